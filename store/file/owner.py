"""Who holds the lock of a board: what its `owner` file says, and whether that process still lives."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Final

import msgspec
from msgspec import Struct

from store.file.disk import host
from store.tokens import digest, token_hex

HOST = host().replace(":", "_")
"""This machine's name as it stands in an owner file."""
LENGTH: Final = 512
"""Bytes of an owner file, always: a client that holds an old size of it for true still reads all of a new one."""


class Owner(Struct, frozen=True):
    """What the `owner` file says. `token` is host:pid:boot id:random."""

    token: str = ""
    started: str = ""
    who: str = ""
    beat: str = ""

    def is_dead(self) -> bool:
        """Whether it was a process of this machine that is certainly gone (or its pid given to another)."""
        parts = self.token.split(":")
        if len(parts) != 4 or [parts[0], parts[2]] != [HOST, boot()] or not parts[1].isdecimal():
            return False
        return is_gone(int(parts[1]), self.started)

    @classmethod
    def ours(cls, who: str) -> Owner:
        """This process, under a token of its own; `who` is what others see while they wait."""
        return cls(f"{HOST}:{os.getpid()}:{boot()}:{token_hex(8)}", started(os.getpid()), who, "0" * 8)

    def encoded(self) -> bytes:
        """The bytes of the file."""
        return msgspec.json.encode(self).ljust(LENGTH)


def is_gone(pid: int, start: str) -> bool:
    """Whether a process of this machine is gone, or its id given to another than the one begun at `start`."""
    return not _alive(pid) or bool(start and started(pid) not in {"", start})


def machine() -> str:
    """This run of this machine as 8 hex digits, for the names of files."""
    return digest(f"{HOST}:{boot()}".encode(), 4).hex()


def holder(owner: Owner) -> str:
    """Who an owner is, for people."""
    return owner.who or owner.token.partition(":")[0] or "?"


_boot = ""


def boot() -> str:
    """This run of this machine, as one word: boot id and pid namespace (containers share the first)."""
    global _boot  # noqa: PLW0603 - read once, it cannot change
    if not _boot:
        _boot = "unknown"
        with suppress(OSError):
            with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
                _boot = file.read(8)
            _boot += os.readlink("/proc/self/ns/pid").strip("pid:[]")
    return _boot


def started(pid: int) -> str:
    """When a process started, in the kernel's ticks; "" where the system does not tell."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()[19].decode()
    except (OSError, IndexError):
        return ""


def _alive(pid: int) -> bool:
    if os.name == "nt":  # there, signal 0 would end the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
