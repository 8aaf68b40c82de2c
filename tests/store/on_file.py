"""Boards with a history: each operation goes through a whole revision, as it does under the lock."""

from __future__ import annotations

from typing import Any

from store import records as r
from store.board import Board
from store.file.chain import Settled
from store.file.journal import Recorded
from store.file.settling import Calendar, next_revision
from store.operations.base import Operation, Stamp, decode
from store.rules.working_time import WorkingTime
from tests.store.builders import T0, as_body, stamp
from tests.store.clock_helpers import working

NO_MATTER = frozenset({"history", "counters", "clients"})


def china(_: Board) -> WorkingTime:
    """China's days, whatever the board says."""
    return working()


def settled(
    board: Board, operation: Operation, by: int | Stamp, at: int = T0, calendar: Calendar | None = china
) -> tuple[Board, Settled]:
    """The board after an operation as the file holds it, and what became of the operation.

    With a `calendar` (Board -> working time) it keeps the results of the clocks it closes.
    """
    sign = by if isinstance(by, Stamp) else stamp(by, at)
    client = f"client{sign.person}"
    n = 1 + max((entry.n for entry in board.history.values() if entry.client == client), default=0)
    record = Recorded(client=client, n=n, operation=operation, stamp=sign, seen={}, digest="")
    revision = next_revision(board, [record], at, "test", calendar=calendar)
    return Board(revision.meta, revision.raws), revision.settled[0]


def kept(board: Board, name: str, by: int, at: int = T0, /, **fields: Any) -> Board:
    """`settled` for an operation by its name; fails if it was put aside."""
    after, one = settled(board, decode(name, fields), by, at)
    assert one.outcome != "aside", [str(reason) for reason in one.reasons]
    return after


def newest(board: Board) -> int:
    """Chain number of the last entry."""
    return max(board.history)


def reverted(board: Board, by: int, entry: int = 0, at: int = T0) -> Board:
    """The board after the Revert of an entry (0: the last one)."""
    return kept(board, "Revert", by, at, entry=entry or newest(board))


def standing_tables(board: Board) -> dict[str, dict[int, dict[str, Any]]]:
    """All records but history, counters, clients and progress entries that were taken back, or take one back."""
    found = {
        name: {key: as_body(record) for key, record in board.table(name).items()}
        for name in r.TABLES
        if name not in NO_MATTER
    }
    from store.rules.entries import standing

    stand: set[int] = set()
    for subtask in {entry.subtask for entry in board.progress.values()}:
        entries = sorted((e for e in board.progress.values() if e.subtask == subtask), key=lambda e: e.at)
        stand |= {entry.id for entry in standing(entries)}
    found["progress"] = {key: body for key, body in found["progress"].items() if key in stand}
    return found
