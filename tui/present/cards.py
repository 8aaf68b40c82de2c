"""How a card reads in a list (screens.md §3.1)."""

from __future__ import annotations

from collections.abc import Sequence

from store.views.overview import CardRow
from store.views.state import BoardState
from tui import words
from tui.cells import width
from tui.i18n import language, p_
from tui.look import bar
from tui.present.lead import StatePainter, steady_until
from tui.subjects import day_time, due_cell, first_name
from tui.widgets.columns import Cell, Column, Placed

MOST_DEPARTMENTS = 4


def card_columns() -> tuple[list[Column], tuple[str, ...]]:
    """The columns, and the order in which they leave: departments, priority, lead, bar, clock, stage."""
    short = language() != "en"
    stage = 6 if short else 8
    columns = [
        Column("id", p_("column", "id"), 20, min_width=15, cut="left"),
        Column("card", p_("column", "card"), 22, flexible=True),
        Column("lead", p_("column", "lead"), 8),
        Column("departments", p_("column", "departments") if short else p_("column", "dept"), 8),
        Column("priority", p_("column", "pri"), 2 if short else 3),
        Column("stage", p_("column", "stage"), stage),
        Column("progress", p_("column", "progress"), 13, min_width=4, short="%"),
        Column("clock", p_("column", "clock"), 8 if short else 12),
        Column("who", p_("column", "who acts"), 12, min_width=8),
        Column("finish", p_("column", "finish"), 10),
        Column("last_entry", p_("column", "last entry"), 11),
        Column("issues", p_("column", "issues"), 6, align="right"),
    ]
    leave = (
        "issues", "last_entry", "finish", "departments", "priority", "lead", "progress", "clock", "stage",
    )  # fmt: skip
    return columns, leave


class CardPainter(StatePainter[CardRow]):
    """Cards with their nearest clock."""

    def look(self, row: CardRow, now: int) -> object:
        """The row is all: it holds no time that passes."""
        return row

    def steady(self, row: CardRow, now: int) -> int:
        """Its countdown alone counts time."""
        state = self._state()
        return steady_until(row.clock, now, state.working) if state else now + 1

    def cell(self, state: BoardState, row: CardRow, place: Placed, now: int) -> Cell:
        """One cell of a card."""
        return _cell(state, row, place, now)


def _cell(state: BoardState, row: CardRow, place: Placed, now: int) -> Cell:
    board = state.board
    key = place.column.key
    if key == "id":
        return (row.number or "?", "dim")
    if key == "card":
        return row.name
    if key == "lead":
        return board.person_name(row.lead)
    if key == "departments":
        return (departments_short(state, row.departments), "dim")
    if key == "priority":
        return (words.priority(row.priority, short=True), "yellow" if row.priority == "high" else "dim")
    if key == "stage":
        return (words.stage(row.stage, short=True), "calm" if row.stage == "active" else "cyan" if
                row.stage in {"circulating", "acceptance"} else "dim")  # fmt: skip
    if key == "progress":
        return progress_cell(row.percent, place.width)
    if key == "clock":
        return words.clock(row.clock.kind) if row.clock else ""
    if key == "who":
        return who_short(state, row)
    if key == "finish":
        return (due_cell(state, row.planned_finish, now).rpartition(" ")[0] if row.planned_finish else "", "dim")
    if key == "last_entry":
        return (day_time(state, row.last_entry, now) if row.last_entry else "", "dim")
    return (str(row.open_issues) if row.open_issues else "", "red" if row.blocked else "normal")


def progress_cell(percent: int, cells: int) -> Cell:
    """Bar of 8 cells and the number; in fewer cells the number alone."""
    number = f"{percent:>3d}%"
    return [*bar(percent), (f" {number}", "normal")] if cells >= 13 else number


def departments_short(state: BoardState, departments: Sequence[int]) -> str:
    """First characters (or code letters) of the departments, `+2` beyond four."""
    marks = [mark_of(state, d) for d in departments]
    text = "".join(marks[:MOST_DEPARTMENTS])
    more = len(marks) - MOST_DEPARTMENTS
    return f"{text}+{more}" if more > 0 else text


def mark_of(state: BoardState, department: int) -> str:
    """The character a department is known by in narrow places."""
    found = state.board.departments.get(department)
    if found is None:
        return "?"
    name = found.name or "?"
    return name[0] if width(name[0]) == 2 else (found.code or name)[0].upper()


def who_short(state: BoardState, row: CardRow) -> str:
    """Who must act, or the department when nobody is named."""
    return first_name(state, row.who) or (state.board.department_name(row.clock.department) if row.clock else "")
