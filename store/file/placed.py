"""Files people asked for (exports): put where they said, under a safe name, never over another without a word."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

from store.errors import CrossdeckError
from store.text import clean

BYTES: Final = 180
"""Longest name in bytes of UTF-8, its ending not counted: file systems take 255, sync folders less."""
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(\..*)?")


class WouldReplace(CrossdeckError):
    """A file of this name is there already; nothing was written."""


def safe_name(stem: str, ending: str) -> str:
    """`stem.ending` as one plain name inside a folder, whatever people wrote.

    Letters and digits of any script, blanks and `._()-` stay, all else becomes `-`; never hidden, never a name that
    Windows keeps for itself, at most `BYTES` long.
    """
    plain = re.sub(r"[^\w .()（）-]+", "-", clean(stem))
    plain = re.sub(r"\s+", " ", plain).encode()[:BYTES].decode(errors="ignore").strip(" -._")
    if not plain or _RESERVED.fullmatch(plain):
        plain = f"crossdeck-{plain}".rstrip("-")
    return f"{plain}.{ending}"


def place(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write `data` to `path`, whole or not at all; its folder must be there.

    Raises WouldReplace where the file stands and `replace` is not said, CrossdeckError where it cannot be written.
    """
    passing = path.with_name(f".crossdeck-{os.getpid()}.tmp")
    try:
        with passing.open("wb") as file:
            file.write(data)
        if replace:
            os.replace(passing, path)
        else:
            _link(passing, path)
    except FileExistsError:
        raise WouldReplace("{path} is there already.", path=path) from None
    except OSError as problem:
        raise CrossdeckError("{path} cannot be written: {why}.", path=path, why=problem.strerror or problem) from None
    finally:
        with suppress(OSError):
            passing.unlink(missing_ok=True)


def _link(passing: Path, path: Path) -> None:
    """Give the finished file its name, if nothing has it; where links are not to be had, as near to that as can be."""
    try:
        os.link(passing, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(path) from None
        os.replace(passing, path)
