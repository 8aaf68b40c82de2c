"""What was undone and redone, read off the history (design §2, core 2.9).

A Revert turns an operation round, a Revert of that turns it back. However they name each other, each of
them turns the same operation once more: it is in effect while their number is even. `turns` holds them.

Only the oldest entries ever leave the board, so what was built on an entry that is there is there too. A Revert of an
entry that left stands for that one: what is older than the board's history is neither undone nor redone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import msgspec
from msgspec import Struct

from store.board import Board
from store.changes import Change
from store.records import HistoryEntry

REVERT = "Revert"
"""The name of the operation that turns another round."""
DONE = frozenset({"applied", "merged"})
"""Outcomes of operations that changed something."""
BY_ITSELF = frozenset({"AutoEscalate", "RecordLag"})
"""Operations nobody asked for (`store.operations.by_itself`): they are not the signer's to undo with one key."""


class Later(Struct, frozen=True):
    """What came after an entry and stands: the entry that brought it about, and the changes it is made of."""

    entry: HistoryEntry
    changes: tuple[Change, ...]


class Turns:
    """Operations of a board's history, and the Reverts that turned each of them, oldest first."""

    def __init__(self, board: Board) -> None:
        """Read the history once."""
        self.entries = board.history
        self._meetings = board.meetings
        self._named = {(entry.client, entry.n): key for key, entry in self.entries.items()}
        self.of: dict[int, list[int]] = {}
        """Chain number of an operation -> those of the Reverts that turned it."""
        self._root: dict[int, int] = {}
        for key, entry in sorted(self.entries.items()):
            if entry.outcome in DONE and entry.operation == REVERT and isinstance(entry.payload, dict):
                turned = self.find(entry.payload)
                if turned is None or turned.id < key:
                    root = self._root[key] = self.root(turned.id) if turned else _left(entry.payload)
                    self.of.setdefault(root, []).append(key)

    def find(self, fields: dict[str, Any]) -> HistoryEntry | None:
        """The entry a Revert's fields name: by its author's own number where that is given.

        A history that was restored and replayed may hold it under another chain number.
        """
        if fields.get("client"):
            return self.entries.get(self._named.get((fields["client"], fields.get("n", 0)), 0))
        return self.entries.get(fields.get("entry", 0))

    def root(self, key: int) -> int:
        """The operation an entry is or turns."""
        return self._root.get(key, key)

    def stands(self, key: int) -> bool:
        """Whether what an entry did was not turned round since."""
        return sum(turn > key for turn in self.of.get(self.root(key), ())) % 2 == 0

    def last(self, root: int) -> HistoryEntry:
        """The newest entry that turned an operation, else itself (which is on the board then)."""
        return self.entries[self.of.get(root, [root])[-1]]

    def later(self, key: int) -> Iterator[Later]:
        """Other operations that differ from how they stood right after an entry, oldest first."""
        own = self.root(key)
        for root in sorted({*self.entries, *self.of} - self._root.keys() - {own}):
            entry = self.entries.get(root) or self.last(root)
            since = (root > key) + sum(turn > key for turn in self.of.get(root, ()))
            if since % 2 and entry.outcome in DONE:
                yield Later(self.last(root), changes_of(entry))

    def _by_itself(self, entry: HistoryEntry) -> bool:
        """Whether nobody asked for it: also the next meeting of a series, which would be planned again at once."""
        if entry.operation != "PlanRegular":
            return entry.operation in BY_ITSELF
        made = (self._meetings.get(change.id) for change in changes_of(entry) if change.table == "meetings")
        return any(meeting is not None and meeting.series is not None for meeting in made)

    def last_done(self, person: int, but: Collection[int] = ()) -> HistoryEntry | None:
        """The entry to turn round next to undo a person's operations, newest first; `but` leaves out operations."""
        for root, entry in sorted(self.entries.items(), reverse=True):
            own = entry.by == person and root not in self._root and root not in but and entry.outcome in DONE
            if own and not self._by_itself(entry) and len(self.of.get(root, ())) % 2 == 0:
                return self.last(root)
        return None

    def last_undone(self, person: int) -> HistoryEntry | None:
        """The entry to turn round to redo what a person undid last; None once they did something else since."""
        undone = [
            turns[-1]
            for root, turns in self.of.items()
            if len(turns) % 2 and root in self.entries and self.entries[root].by == person
        ]
        newest = max(undone, default=0)
        for key, entry in self.entries.items():
            mine = entry.by == person and not self._by_itself(entry)
            if key > newest and mine and key not in self._root and entry.outcome in DONE:
                return None
        return self.entries.get(newest)


def _left(fields: dict[str, Any]) -> int:
    """A number for an operation whose entry left the board: below all that are on it."""
    named = fields.get("entry")
    return -named if isinstance(named, int) else 0


def changes_of(entry: HistoryEntry) -> tuple[Change, ...]:
    """The changes of an entry; an added record has no body there."""
    return msgspec.convert(entry.changes, tuple[Change, ...])
