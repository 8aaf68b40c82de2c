"""Texts copied out of the dashboard, kept as files too: not every terminal lets a program set its clipboard."""

from __future__ import annotations

import os
from pathlib import Path

from store.errors import CrossdeckError


def save_copy(folder: Path, name: str, text: str) -> Path:
    """Write `text` as `folder/name`, in place of an older one, readable by this person alone; returns its path.

    Raises CrossdeckError where the folder or the file cannot be written.
    """
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as problem:
        raise CrossdeckError("{path} cannot be written: {why}.", path=path, why=problem.strerror) from None
    return path
