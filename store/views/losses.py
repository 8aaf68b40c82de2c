"""Values two people set at the same time, and whose gave way (design §3.4): read off the history.

A loss stands in the entry of whoever wrote last; whose value it was is said by the entry that had set it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from store.board import Board, decoder
from store.changes import Loss
from store.records import HistoryEntry
from store.undoing import DONE, changes_of

_MARK = b'"lost":'
"""What the bytes of an entry with a loss hold; most have none and need not be decoded."""


class Lost(Struct, frozen=True):
    """One value that met another: in which entry, who wrote last, whose value was there before."""

    entry: int
    by: int
    owner: int
    at: int
    loss: Loss

    @property
    def merged(self) -> bool:
        """Whether both were kept: texts below each other, sets joined."""
        return bool(self.loss.kept != self.loss.mine)


def last_entry(board: Board) -> int:
    """Return the number of the newest entry of the history; 0 without any."""
    return board.last_entry


def lost_by(board: Board, person: int, after: int, since: int = 0) -> Iterator[Lost]:
    """Yield where others wrote over a person's values in entries above number `after`, oldest first.

    `since` (epoch seconds) leaves out what was recorded earlier.
    """
    rows = board.raws.get("history", {})
    for number in sorted(key for key in map(int, rows) if key > after):
        raw = rows[str(number)]
        if _MARK not in bytes(raw):
            continue
        entry = decoder("history").decode(raw)
        if isinstance(entry, HistoryEntry) and entry.by != person and entry.recorded_at >= since:
            for loss in losses_of(entry):
                if (owner := owner_of(board, loss, number)) == person:
                    yield Lost(number, entry.by, owner, entry.recorded_at, loss)


def entry_of(board: Board, client: str, n: int) -> int:
    """Return the number of the entry of one operation; that behind the last if the board does not hold it."""
    found = (number for number, entry in board.history.items() if (entry.client, entry.n) == (client, n))
    return next(found, last_entry(board) + 1)


def losses_of(entry: HistoryEntry) -> tuple[Loss, ...]:
    """Return the losses of an entry; none where they cannot be read."""
    try:
        return msgspec.convert(entry.lost, tuple[Loss, ...])
    except msgspec.ValidationError:
        return ()


def owner_of(board: Board, loss: Loss, before: int) -> int:
    """Return who had set the value that was there, in the newest entry below number `before`; 0 if none says so."""
    for number, entry in sorted(board.history.items(), reverse=True):
        if number < before and entry.outcome in DONE and _sets(entry, loss):
            return entry.by
    return 0


def _sets(entry: HistoryEntry, loss: Loss) -> bool:
    for change in changes_of(entry):
        fields: dict[str, Any] = getattr(change, "fields", {})
        if (change.table, change.id) == (loss.table, loss.id) and loss.field in fields:
            return bool(fields[loss.field][1] == loss.theirs)
    return False
