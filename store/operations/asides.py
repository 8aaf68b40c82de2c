"""What was put aside and waits for its author: taken out once it was resent, edited or dismissed (design §3.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from store.board import Board
from store.changes import Change, drop
from store.errors import NotFound, Refused
from store.operations.act import Act, only
from store.operations.base import Stamp

How = Literal["resent", "edited", "dismissed"]


class ClearAside(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Take what was put aside out of its author's inbox; resending and editing come together with the change itself.

    Args:
        aside: its number (`crossdeck outbox --json`).
        how: resent, edited or dismissed.
        record: the record the history files this under; left out, the board.
    """

    kept: ClassVar[bool] = True
    waits: ClassVar[bool] = False
    about: ClassVar[str] = "record"

    aside: int
    how: How = "dismissed"
    record: int = 0

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """It waits, and whoever signs is its author."""
        row = board.asides.get(self.aside)
        if row is None:
            yield NotFound("This does not wait any more: it was resent, edited or dismissed meanwhile.")
        else:
            yield from only(board, by, "author", [row.by])

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The row goes; the history keeps it."""
        return [drop(board.asides[self.aside])]
