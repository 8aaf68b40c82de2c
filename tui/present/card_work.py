"""The division of work on a card: its subtasks with their RACI letters, the milestones (screens.md §3.6)."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from store.records import Subtask
from store.rules.relative_dates import due_of
from store.views.card import CardDetail
from store.views.state import BoardState
from store.views.subtasks import SubtaskRow
from tui.duration import countdown
from tui.i18n import _, p_
from tui.look import STYLES
from tui.present.card_raci import Grid
from tui.present.departments import SubtaskPainter, subtask_cell
from tui.present.lead import StateOf
from tui.subjects import local, subtask_number
from tui.widgets.columns import Cell, Column, Placed

FAR = 1 << 62


def work_columns() -> tuple[list[Column], tuple[str, ...]]:
    """The columns before a state is there: without the grid."""
    return columns_with(None, alone=False)


def columns_with(grid: Column | None, *, alone: bool) -> tuple[list[Column], tuple[str, ...]]:
    """Number, subtask, department, owner, progress, state and flags, what it waits for, RACI.

    `alone`: number, subtask and the grid, which takes the place of the others where they do not stand together.
    """
    first = [
        Column("number", p_("column", "no"), 4, cut="left"),
        Column("subtask", p_("column", "subtask"), 18, flexible=True),
    ]
    if grid is not None and alone:
        return [*first, grid], ()
    columns = [
        *first,
        Column("department", p_("column", "dept"), 7),
        Column("owner", p_("column", "owner"), 8),
        Column("progress", p_("column", "progress"), 13, min_width=4, short="%"),
        Column("state", p_("column", "state/flags"), 18),
        Column("needs", p_("column", "needs"), 6),
        *([grid] if grid else []),
    ]
    return columns, ("needs", "department", "raci", "progress", "owner")


class WorkPainter(SubtaskPainter):
    """Subtasks of one card: numbers without the card's, departments by name, what each waits for, RACI letters."""

    def __init__(self, state: StateOf) -> None:
        """The screen moves the cursor of the grid and gives it a new matrix."""
        super().__init__(state)
        self.grid = Grid()

    def look(self, row: SubtaskRow, now: int) -> object:
        """The row, its flags of the moment, its letters."""
        return super().look(row, now), self.grid.look(row.id)

    def cell(self, state: BoardState, row: SubtaskRow, place: Placed, now: int) -> Cell:
        """One cell of a subtask."""
        return self.grid.cells(row.id) if place.column.key == "raci" else _cell(state, row, place, now)


def _cell(state: BoardState, row: SubtaskRow, place: Placed, now: int) -> Cell:
    key = place.column.key
    if key == "number":
        return (row.number.rsplit("-", 1)[-1] or "?", "dim")
    if key == "department":
        return state.board.department_name(row.department)
    if key == "needs":
        return (" ".join(subtask_number(each) for each in waits_for(state, row.depends_on)), "dim")
    return subtask_cell(state, row, place, now)


def waits_for(state: BoardState, ids: Sequence[int]) -> list[Subtask]:
    """The subtasks a subtask waits for, those that are on the board."""
    return [found for found in map(state.board.subtasks.get, ids) if found is not None]


def work_rows(detail: CardDetail) -> list[SubtaskRow]:
    """What runs out first on top; without an open clock by number, cancelled ones last."""
    return sorted(detail.subtasks, key=lambda row: (row.status == "cancelled", row.due or FAR, row.number))


def _day(state: BoardState, due: int, now: int) -> str:
    """`10-16`, in another year `2027-01-16`."""
    at = local(state, due)
    return f"{at:%m-%d}" if at.year == local(state, now).year else f"{at:%Y-%m-%d}"


def milestones_line(state: BoardState, detail: CardDetail, now: int) -> Text | None:
    """`milestones  7d 02h 10-16 3版初稿 | 14d 02h 10-23 定稿`: those that are not reached; None without any."""
    found = [(due_of(state.board, each, state.working), each) for each in detail.milestones if each.reached_at is None]
    if not found:
        return None
    found.sort(key=lambda each: FAR if each[0] is None else each[0])
    line = Text.assemble(" ", (p_("label", "milestones"), STYLES["head"]), "  ")
    for n, (due, each) in enumerate(found):
        line.append(" | " if n else "", STYLES["dim"])
        if due is not None:
            tone = "red" if due < now else "dim"
            line.append(f"{countdown(due - now, seconds=False)} {_day(state, due, now)} ", STYLES[tone])
        elif each.relative:
            line.append(f"{each.relative} ", STYLES["dim"])
        line.append(each.name)
        if each.tentative:
            line.append(f" ({_('tentative')})", STYLES["dim"])
    return line
