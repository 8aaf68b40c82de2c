"""Drafts: what was being typed, per person, record and verb, on disk every 3 seconds (screens.md §1)."""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path

import msgspec

from store.board import Board
from store.file.whole import write_whole
from store.tokens import digest
from store.views.numbers import table_of
from tui.commands import BY_ID

PATIENCE = 1.0
"""Seconds that leaving waits for a disk that does not answer."""

BACK = {
    "confirm": "take",
    "correct": "edit",
    "deliverable": "progress",
    "edit_input": "edit",
    "minutes": "open",
    "questions": "take",
    "raci": "edit",
    "retro": "step",
    "verdict": "step",
}
"""Part of a draft's key that is no command -> the command behind which it was typed."""


class Drafts:
    """Drafts of one board in one small JSON file on this machine.

    A file that cannot be written is not an error: the text is still on screen.
    """

    def __init__(self, folder: Path, board: Path) -> None:
        """`folder` is made when the first draft is saved."""
        self._folder, self._board = folder, board
        self._changed: dict[str, str] = {}
        """What was kept since the last save; an empty text takes a draft away."""
        self._keeping, self._saving = threading.Lock(), threading.Lock()

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
        with self._keeping:
            self._changed[key] = text

    def drop(self, key: str) -> None:
        """The text was recorded."""
        self.keep(key, "")

    def save(self) -> None:
        """Write what changed since the last call; drafts of another session on this board stay."""
        if self._saving.acquire(timeout=PATIENCE):  # also without a change: one may be on its way
            try:
                if self._changed:
                    self._write()
            finally:
                self._saving.release()

    def save_soon(self) -> None:
        """As `save`, without waiting for the disk."""
        if self._changed and not self._saving.locked():
            threading.Thread(target=self.save, name="drafts", daemon=True).start()

    def _write(self) -> None:
        with self._keeping:
            changed, self._changed = self._changed, {}
        texts = {key: text for key, text in self._load().items() if key not in changed}
        texts |= {key: text for key, text in changed.items() if text}
        try:
            write_whole(self._path, msgspec.json.encode(texts))
        except OSError:
            with self._keeping:
                self._changed = changed | self._changed


def draft_words(text: str) -> str:
    """A draft as a person reads it: a line as it is, of a form what its fields hold, of minutes their last line."""
    if not text.startswith("{"):
        return text
    try:
        kept = msgspec.json.decode(text, type=dict[str, str])
    except (msgspec.DecodeError, msgspec.ValidationError):
        from tui.editor.keeping import last_words

        return last_words(text) or text
    return " ".join(filter(None, kept.values()))


def brings_back(key: str) -> str:
    """The command that opens again what a draft was typed in; empty if no key of ours does."""
    parts = key.split(":")
    return next((part for part in parts if part in BY_ID), "") or next((BACK[p] for p in parts if p in BACK), "")


def stands(board: Board, key: str) -> bool:
    """Whether the record a draft was typed for is still there: not archived, no issue that was resolved meanwhile."""
    found = next((int(part) for part in key.split(":")[1:] if part.isdecimal() and part != "0"), 0)
    issue = board.issues.get(found)
    return issue.state != "resolved" if issue is not None else not found or bool(table_of(board, found))
