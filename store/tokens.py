"""Random tokens and digests without the modules that would slow every start.

`secrets`, `hashlib` and `socket` together cost a short command 10 ms at import, so this asks the system for random
bytes itself and takes the one digest it makes from the module behind `hashlib`, which loads OpenSSL on top of it.
"""

from __future__ import annotations

import os

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def token_hex(size: int) -> str:
    """Random bytes as hexadecimal figures."""
    return os.urandom(size).hex()


def token_letters(size: int) -> str:
    """Random lower-case letters and figures."""
    return "".join(LETTERS[byte % len(LETTERS)] for byte in os.urandom(size))


def random_bits(bits: int) -> int:
    """A random integer of at most so many bits."""
    size = -(-bits // 8)
    return int.from_bytes(os.urandom(size)) >> (size * 8 - bits)


def digest(data: bytes, size: int) -> bytes:
    """The BLAKE2b digest of some bytes, `size` bytes long."""
    try:
        from _blake2 import blake2b
    except ImportError:  # a Python that has it elsewhere
        from hashlib import blake2b

    return blake2b(data, digest_size=size).digest()
