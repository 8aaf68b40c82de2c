"""The division of work on a card: its subtasks, the one under the cursor in full, the milestones (screens.md §3.6)."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from store.records import Subtask
from store.rules.entries import last_report
from store.views.card import CardDetail, LoggedEntry
from store.views.state import BoardState
from store.views.subtasks import SubtaskRow
from tui import words
from tui.duration import countdown
from tui.i18n import _, p_
from tui.look import STYLES
from tui.present.card_preview import entry_line
from tui.present.departments import SubtaskPainter, subtask_cell
from tui.present.lines import dashes, labelled, wrapped
from tui.subjects import due_text, local, subtask_number
from tui.widgets.columns import Cell, Column, Placed

FAR = 1 << 62
LABEL = 13


def work_columns() -> tuple[list[Column], tuple[str, ...]]:
    """Number, subtask, department, owner, progress, state and flags, what it waits for."""
    columns = [
        Column("number", p_("column", "no"), 4, cut="left"),
        Column("subtask", p_("column", "subtask"), 18, flexible=True),
        Column("department", p_("column", "dept"), 7),
        Column("owner", p_("column", "owner"), 8),
        Column("progress", p_("column", "progress"), 13, min_width=4, short="%"),
        Column("state", p_("column", "state/flags"), 18),
        Column("needs", p_("column", "needs"), 8),
    ]
    return columns, ("needs", "department", "progress", "owner")


class WorkPainter(SubtaskPainter):
    """Subtasks of one card: numbers without the card's, departments by name, what each waits for."""

    def cell(self, state: BoardState, row: SubtaskRow, place: Placed, now: int) -> Cell:
        """One cell of a subtask."""
        return _cell(state, row, place, now)


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


def subtask_detail(state: BoardState, row: SubtaskRow, now: int, cells: int) -> list[Text]:
    """Everything about a subtask that does not stand in its row."""
    subtask = state.board.subtasks.get(row.id)
    if subtask is None:
        return []
    lines = [dashes(f"{row.number or '?'} {subtask.name}", cells)]
    lines += labelled(p_("label", "plan"), [Text(_plan(state, subtask))], LABEL)
    lines += wrapped(p_("label", "standard"), subtask.standard, cells, 3, LABEL)
    lines += wrapped(p_("field", "deliverable"), subtask.deliverable, cells, 2, LABEL)
    last = last_report(state.board.progress_of.get(row.id, ()))
    if last is not None:
        lines += wrapped(
            p_("label", "last"), entry_line(state, LoggedEntry(last, subtask, None), now).plain, cells, 3, LABEL
        )
    lines += wrapped(p_("field", "inputs"), subtask.inputs, cells, 3, LABEL)
    waits = [f"{subtask_number(each)} {each.name} {words.status(each.status)}" for each in
             waits_for(state, subtask.depends_on)]  # fmt: skip
    lines += wrapped(p_("field", "waits for"), "; ".join(waits), cells, 2, LABEL)
    lines += wrapped(p_("label", "issues"), _issues(state, subtask), cells, 2, LABEL)
    helpers = ", ".join(filter(None, map(state.board.person_name, subtask.collaborators)))
    lines += wrapped(p_("field", "collaborators"), helpers, cells, 2, LABEL)
    lines += wrapped(p_("field", "description"), subtask.description, cells, None, LABEL)
    lines += wrapped(p_("field", "resources"), subtask.resources, cells, 2, LABEL)
    return [*lines, *wrapped(p_("field", "reason"), subtask.reason, cells, 2, LABEL)]


def _plan(state: BoardState, subtask: Subtask) -> str:
    ends = (due_text(state, each) if each else "?" for each in (subtask.planned_start, subtask.planned_finish))
    who = state.board.person_name(subtask.owner)
    department = state.board.department_name(subtask.department)
    source = _("from minutes") if subtask.source_line else ""
    return "   ".join(part for part in (" -> ".join(ends), who, department, source) if part)


def _issues(state: BoardState, subtask: Subtask) -> str:
    """Open issues on a subtask in one line."""
    found = (each for each in state.board.issues_of.get(subtask.card, ()) if each.subtask == subtask.id)
    return "; ".join(
        f"{each.number} {words.issue_kind(each.kind)} {each.title}" for each in found if each.state != "resolved"
    )


def milestones_line(state: BoardState, detail: CardDetail, now: int) -> Text | None:
    """`milestones  7d 02h 10-16 3版初稿 | 14d 02h 10-23 定稿`: those that are not reached; None without any."""
    coming = [each for each in detail.milestones if each.reached_at is None]
    if not coming:
        return None
    line = Text.assemble(" ", (p_("label", "milestones"), STYLES["head"]), "  ")
    for n, each in enumerate(coming):
        line.append(" | " if n else "", STYLES["dim"])
        if each.due is not None:
            tone = "red" if each.due < now else "dim"
            line.append(f"{countdown(each.due - now, seconds=False)} {local(state, each.due):%m-%d} ", STYLES[tone])
        line.append(each.name)
    return line
