"""How departments and their subtasks read (screens.md §3.2)."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from store.views.departments import SPARKLINE_DAYS, DepartmentRow
from store.views.owed import end_of_day
from store.views.state import BoardState
from store.views.subtasks import SubtaskRow
from tui import words
from tui.cells import fit, width
from tui.i18n import _, language, p_
from tui.look import STYLES, glyph
from tui.present.cards import progress_cell
from tui.present.lead import StatePainter, lead_of
from tui.subjects import day_time, due_cell, subject_words, who_names
from tui.widgets.columns import Cell, Column, Piece, Placed

GROUP_TONE = {"done": "green", "in_progress": "normal", "lagging": "yellow", "blocked": "red", "overdue": "red"}
STATUS_TONE = {"blocked": "red", "awaiting_acceptance": "cyan", "done": "green", "cancelled": "dim"}
MOST_GLYPHS = 20
IN_THE_TABLE = frozenset({"subtask_due", "progress"})
"""Clocks that the rows of subtasks count down themselves."""
MOST_CLOCKS = 8
LAST_CELLS = 36
"""Cells of a further line in the left pane."""
SUMMARY_CELLS = 42
"""Cells of last entry and sparkline at the head of a narrow screen, where words stand before the digits."""


def department_columns() -> list[Column]:
    """Left pane: countdown, department, open subtasks, reports owed."""
    return [
        Column("name", p_("column", "department"), 10, flexible=True),
        Column("open", p_("column", "open"), 4, align="right"),
        Column("owed", p_("column", "owed"), 4, align="right"),
    ]


class DepartmentPainter(StatePainter[DepartmentRow]):
    """Three lines a department: name and numbers, one glyph per subtask with counts, last entry and sparkline."""

    def cells(self, row: DepartmentRow, now: int, placed: Sequence[Placed]) -> Sequence[Cell]:
        """Name, open subtasks, owed reports."""
        owed: Cell = (f"{row.owed}!", "yellow") if row.owed else ("0 ", "dim")
        return [(row.name, "strong"), str(row.open_subtasks), owed]

    def below(self, row: DepartmentRow, now: int) -> Sequence[Cell]:
        """Glyphs with the five counts; last entry with the sparkline."""
        state = self._state()
        return [
            [*glyphs(row), (" ", "normal"), *counts(row, LAST_CELLS - min(len(row.glyphs), MOST_GLYPHS) - 1)],
            last_line(state, row, now) if state else "",
        ]


def glyphs(row: DepartmentRow) -> list[Piece]:
    """One glyph per subtask, in number order; beyond 20 they are scaled to 20."""
    marks = row.glyphs
    if len(marks) > MOST_GLYPHS:
        marks = tuple(marks[i * len(marks) // MOST_GLYPHS] for i in range(MOST_GLYPHS))
    return [(glyph(group if group in {"lagging", "overdue"} else status), GROUP_TONE[group]) for status, group in marks]


def counts(row: DepartmentRow, cells: int) -> list[Piece]:
    """`完2 进2 滞1 阻1 逾0`: the five exclusive counts by word; zero ones dim, and left out where it is too narrow."""
    pairs = (
        (p_("count", "done"), row.done, "green"),
        (p_("count", "run"), row.in_progress, "normal"),
        (p_("count", "lag"), row.lagging, "yellow"),
        (p_("count", "blk"), row.blocked, "red"),
        (p_("count", "late"), row.overdue, "red"),
    )
    texts = [(f"{word}{n}", tone if n else "dim") for word, n, tone in pairs]
    if sum(width(text) + 1 for text, _tone in texts) > cells:
        texts = [text for text, (_word, n, _tone) in zip(texts, pairs, strict=True) if n]
    return [piece for text in texts for piece in (text, (" ", "normal"))]


def sparkline(row: DepartmentRow) -> str:
    """14 digits, one per day: finished subtasks, `.` for none, blank on days off."""
    return "".join(" " if n is None else "." if n == 0 else str(min(n, 9)) for n in row.sparkline)


def last_line(state: BoardState, row: DepartmentRow, now: int, cells: int = LAST_CELLS) -> list[Piece]:
    """`末次 16:20 王敏    ..1.2 ..31. .2`: last entry, and at the right end what was finished in 14 days."""
    if row.last_entry is None:
        text = _("no entry yet")
    else:
        who = state.board.person_name(row.last_by)
        text = p_("label", "last") + f" {day_time(state, row.last_entry, now)} {who}"
    return [(fit(text, cells - SPARKLINE_DAYS - 1) + " ", "dim"), (sparkline(row), "cyan")]


def summary(state: BoardState, row: DepartmentRow, now: int, place: str) -> list[Text]:
    """The department at the head of a narrow screen."""
    first = Text.assemble(
        " ", (row.name, STYLES["strong"]), "  ", (_("h l other department"), STYLES["dim"]), f" {place} | "
    )
    first.append(_("owes today {n}").format(n=row.owed), STYLES["yellow" if row.owed else "dim"])
    first.append(" | " + _("{n} open subtasks").format(n=row.open_subtasks), STYLES["dim"])
    second = Text(" ")
    for text, tone in [*glyphs(row), ("  ", "normal"), *counts(row, 60)]:
        second.append(text, STYLES.get(tone, STYLES[""]))
    third = Text(" ")
    for text, tone in last_line(state, row, now, SUMMARY_CELLS):
        if tone == "cyan":
            third.append(_("done in 14 days") + " ", STYLES["dim"])
        third.append(text, STYLES.get(tone, STYLES[""]))
    return [first, second, third]


def subtask_columns() -> tuple[list[Column], tuple[str, ...]]:
    """Right pane: number, subtask, owner, progress, state and flags."""
    columns = [
        Column("number", p_("column", "no"), 6, cut="left"),
        Column("subtask", p_("column", "subtask"), 18, flexible=True),
        Column("owner", p_("column", "owner"), 8),
        Column("progress", p_("column", "progress"), 13, min_width=4, short="%"),
        Column("state", p_("column", "state/flags"), 11),
        Column("finish", p_("column", "finish"), 15 if language() == "en" else 16),
    ]
    return columns, ("finish", "progress", "owner")


class SubtaskPainter(StatePainter[SubtaskRow]):
    """Subtasks of one department, or of one card."""

    def look(self, row: SubtaskRow, now: int) -> object:
        """The row and the flags of the moment."""
        return row, flags(row, now)

    def cell(self, state: BoardState, row: SubtaskRow, place: Placed, now: int) -> Cell:
        """One cell of a subtask."""
        return subtask_cell(state, row, place, now)


def flags(row: SubtaskRow, now: int) -> tuple[str, ...]:
    """The derived flags that hold now, worst first."""
    return row.flags.held(now)


def subtask_cell(state: BoardState, row: SubtaskRow, place: Placed, now: int) -> Cell:
    """One cell of a subtask."""
    key = place.column.key
    if key == "number":
        return (short_number(row.number), "dim")
    if key == "subtask":
        return row.name
    if key == "owner":
        return state.board.person_name(row.owner)
    if key == "progress":
        return progress_cell(row.percent, place.width)
    if key == "state":
        return state_cell(row, now, place.width)
    return (due_cell(state, row.planned_finish, now) if row.planned_finish else "", "dim")


def state_cell(row: SubtaskRow, now: int, cells: int = 11) -> Cell:
    """Status word with glyph, then the worst flag; where both do not fit, glyph and flag."""
    tone = STATUS_TONE.get(row.status, "normal")
    word = glyph(row.status) + words.status(row.status)
    held = flags(row, now)
    if not held or row.status in {"done", "cancelled"}:
        return (word, tone)
    flag = f"!{words.flag(held[0])}"
    flag_tone = "red" if held[0] == "overdue" else "yellow"
    if width(word) + 1 + width(flag) <= cells:
        return [(f"{word} ", tone), (flag, flag_tone)]
    return [(glyph(row.status), tone), (flag, flag_tone)]


def short_number(number: str) -> str:
    """Card and subtask number: `001-04`."""
    return "-".join(number.rsplit("-", 2)[-2:]) if number.count("-") > 1 else number or "?"


def department_clocks(state: BoardState, row: DepartmentRow, now: int) -> list[Text]:
    """The department's open clocks that its table of subtasks does not show, and who owes a report today."""
    lines = [Text(" " + _("clocks of {name}").format(name=row.name), STYLES["head"])]
    beside = [each for each in state.clocks_by_department.get(row.id, []) if each.kind not in IN_THE_TABLE]
    for clock in beside[:MOST_CLOCKS]:
        lead = lead_of(clock, now, state.working, seconds=False)
        line = Text.assemble((f" {lead.glyph} {fit(lead.time, 8, 'right')}", STYLES[lead.band]), "  ")
        line.append(f"{fit(words.clock(clock.kind), 12)} {who_names(state, clock, 2)}  {subject_words(state, clock)}")
        lines.append(line)
    if len(lines) == 1:
        lines.append(Text(" " + _("none"), STYLES["dim"]))
    end = end_of_day(state, now)
    owing = [s for s in state.subtasks_by_department.get(row.id, ()) if s.owed_at is not None and s.owed_at <= end]
    people: dict[str, int] = {}
    for subtask in owing:
        name = state.board.person_name(subtask.owner) or "-"
        people[name] = people.get(name, 0) + 1
    text = ", ".join(f"{name} {n}" for name, n in people.items())
    lines.append(
        Text.assemble(
            " ", (_("owes today"), STYLES["head"]), "  ", (text or _("none"), STYLES["yellow" if text else "dim"])
        )
    )
    return lines
