"""Drafts: what was being typed, per person, record and verb, on disk every 3 seconds (screens.md §1)."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

import msgspec

from store.tokens import digest


class Drafts:
    """Drafts of one board in one small JSON file on this machine.

    A file that cannot be written is not an error: the text is still on screen.
    """

    def __init__(self, folder: Path, board: Path) -> None:
        """`folder` is made when the first draft is saved."""
        self._folder, self._board = folder, board
        self._dirty = False

    # Both are worked out when something is first entered: no start waits for a digest and a file.
    @cached_property
    def _path(self) -> Path:
        return self._folder / f"{digest(str(self._board).encode(), 8).hex()}.json"

    @cached_property
    def _texts(self) -> dict[str, str]:
        return self._load()

    def _load(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return {}

    def get(self, key: str) -> str:
        """The draft under a key, or an empty string."""
        return self._texts.get(key, "")

    def keys(self) -> list[str]:
        """Keys that have a draft, oldest first."""
        return list(self._texts)

    def keep(self, key: str, text: str) -> None:
        """Remember a text; an empty one takes the draft away."""
        if text == self._texts.get(key, ""):
            return
        self._texts.pop(key, None)
        if text:
            self._texts[key] = text
        self._dirty = True

    def drop(self, key: str) -> None:
        """The text was recorded."""
        self.keep(key, "")

    def save(self) -> None:
        """Write what changed since the last call, by replace, so that a kill never leaves half a file."""
        if not self._dirty:
            return
        temp = self._path.with_suffix(f".{os.getpid()}.tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temp.write_bytes(msgspec.json.encode(self._texts))
            temp.replace(self._path)
        except OSError:
            return
        self._dirty = False
