"""Texts copied out of the dashboard, kept as files too: not every terminal lets a program set its clipboard."""

from __future__ import annotations

from pathlib import Path

from store.errors import CrossdeckError
from store.file.whole import write_whole


def save_copy(folder: Path, name: str, text: str) -> Path:
    """Write `text` as `folder/name`, in place of an older one, readable by this person alone; returns its path.

    Raises CrossdeckError where the folder or the file cannot be written.
    """
    path = folder / name
    try:
        write_whole(path, text.encode())
    except OSError as problem:
        raise CrossdeckError("{path} cannot be written: {why}.", path=path, why=problem.strerror) from None
    return path
