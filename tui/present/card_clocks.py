"""The clocks of a card: open ones by due, then closed and void ones, dim (screens.md §3.6)."""

from __future__ import annotations

from typing import NamedTuple

from store.rules.clocks import Clock
from store.views.card import CardDetail
from store.views.state import BoardState
from tui import words
from tui.i18n import language, p_
from tui.present.lead import StatePainter
from tui.subjects import due_cell, part_words, who_names
from tui.widgets.columns import Cell, Column, Placed


class ClockRow(NamedTuple):
    """One clock; what it hangs on and its due tell it apart from the others."""

    id: tuple[str, int, str, int]
    clock: Clock


def clock_columns() -> tuple[list[Column], tuple[str, ...]]:
    """Clock, who must act, due, what it is about."""
    columns = [
        Column("clock", p_("column", "clock"), 12 if language() == "en" else 8),
        Column("who", p_("column", "who acts"), 10),
        Column("due", p_("column", "due"), 16),
        Column("about", p_("column", "about"), 18, flexible=True),
    ]
    return columns, ()


def clock_rows(detail: CardDetail) -> list[ClockRow]:
    """All clocks of the card."""
    return [ClockRow((each.table, each.subject, each.kind, each.due), each) for each in detail.clocks]


class ClockPainter(StatePainter[ClockRow]):
    """Clocks."""

    def cell(self, state: BoardState, row: ClockRow, place: Placed, now: int) -> Cell:
        """One cell of a clock."""
        return _cell(state, row.clock, place.column.key, now)


def _cell(state: BoardState, clock: Clock, key: str, now: int) -> Cell:
    tone = "" if clock.is_open else "dim"
    if key == "clock":
        return (words.clock(clock.kind), tone)
    if key == "who":
        return (who_names(state, clock, 1), tone)
    if key == "due":
        return (due_cell(state, clock.due, now), "dim")
    return (part_words(state, clock), tone)
