"""Who owes a progress report today (screens 3.2, 3.7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from store.views.subtasks import SubtaskRow

if TYPE_CHECKING:
    from store.views.state import BoardState


def end_of_day(state: BoardState, now: int) -> int:
    """Return the last second of the board's date at `now`."""
    return state.working.at(state.working.day_of(now) + 1, 0) - 1


def owed(state: BoardState, now: int) -> tuple[SubtaskRow, ...]:
    """Return the subtasks that owe a report today (a missed one or today's), what is due first on top."""
    end = end_of_day(state, now)
    found = [row for row in all_rows(state) if row.owed_at is not None and row.owed_at <= end]
    found.sort(key=lambda row: (row.owed_at, row.number, row.id))
    return tuple(found)


def all_rows(state: BoardState) -> Iterator[SubtaskRow]:
    """Yield the rows of all subtasks."""
    for rows in state.subtask_rows.values():
        yield from rows


def owed_by(state: BoardState, person: int | None, now: int) -> tuple[SubtaskRow, ...]:
    """Return the owed reports a person may give: as owner, or as liaison of the subtask's department."""
    if person is None:
        return ()
    return tuple(row for row in owed(state, now) if row.owner == person or person in liaisons(state, row))


def chain(
    state: BoardState, now: int, *, card: int | None = None, department: int | None = None
) -> tuple[SubtaskRow, ...]:
    """Return the reports `p` walks through: those I owe, the given card's or department's before the others."""
    mine = owed_by(state, state.me, now)

    def elsewhere(row: SubtaskRow) -> bool:
        return (card is not None and row.card != card) or (department is not None and row.department != department)

    return tuple(sorted(mine, key=elsewhere))


def liaisons(state: BoardState, row: SubtaskRow) -> set[int]:
    """Return the liaisons of the department that answers for a subtask."""
    duties = state.board.duties_of.get(row.card, ())
    return {duty.liaison for duty in duties if duty.liaison and duty.department == row.department}
