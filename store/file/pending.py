"""Operations on their way: checked against what is shown, and drawn over the Board until the file has them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from store.board import Board
from store.changes import Change, seen_values
from store.file.journal import Draft, Recorded
from store.file.settling import draw
from store.operations.base import Operation, Stamp


def check(board: Board, operation: Operation, stamp: Stamp) -> tuple[Board, Draft]:
    """One operation against what is shown: the Board after it, and the draft to record.

    Raises the first reason why it may not happen (Refused).
    """
    for reason in operation.check(board, stamp):
        raise reason
    changes = operation.apply(board, msgspec.structs.replace(stamp, provisional=True))
    after = board.with_changes(changes)
    after.take_parent()
    return after, (operation, stamp, seen_values(changes))


class Drawing:
    """Pending operations over one Board, drawn one after the other as they come."""

    def __init__(self, board: Board) -> None:
        """Start on a Board that was read."""
        self._board = self._tip = self._drawn = board
        self._keys: list[tuple[str, int]] = []
        self._changes: list[Change] = []

    def continues(self, board: Board, pending: Sequence[Recorded]) -> bool:
        """Whether this drawing is of the same Board and of the first of these operations."""
        return board is self._board and [record.key for record in pending[: len(self._keys)]] == self._keys

    def drawn(self, pending: Sequence[Recorded]) -> Board:
        """The Board with all of them: one overlay of the Board read. What no longer applies is left out."""
        new = pending[len(self._keys) :]
        for record in new:
            self._tip, one = draw(self._tip, record, provisional=True)
            self._changes += one.changes
            self._keys.append(record.key)
        if new:
            self._drawn = self._board.with_changes(self._changes)
        return self._drawn
