"""The clocks of a card: open ones by due, then closed and void ones, dim (screens.md §3.6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from store.rules.clocks import Clock
from store.views.card import CardDetail
from store.views.state import BoardState
from tui import words
from tui.i18n import language, p_
from tui.present.lead import lead_of
from tui.present.why import instant_text
from tui.subjects import subject_words, who_names
from tui.widgets.columns import Cell, Column, Placed
from tui.widgets.rows import Lead, Painter

StateOf = Callable[[], BoardState | None]


class ClockRow(NamedTuple):
    """One clock; what it hangs on and its due tell it apart from the others."""

    id: tuple[str, int, str, int]
    clock: Clock


def clock_columns() -> tuple[list[Column], tuple[str, ...]]:
    """Clock, who must act, due, what it is about."""
    columns = [
        Column("clock", p_("column", "clock"), 12 if language() == "en" else 8),
        Column("who", p_("column", "who acts"), 10),
        Column("due", p_("column", "due"), 15 if language() == "en" else 16),
        Column("about", p_("column", "about"), 18, flexible=True),
    ]
    return columns, ()


def clock_rows(detail: CardDetail) -> list[ClockRow]:
    """All clocks of the card."""
    return [ClockRow((each.table, each.subject, each.kind, each.due), each) for each in detail.clocks]


class ClockPainter(Painter[ClockRow]):
    """Asked only for rows on screen."""

    def __init__(self, state: StateOf) -> None:
        """`state` gives the state in front."""
        self._state = state

    def lead(self, row: ClockRow, now: int) -> Lead:
        """The clock itself."""
        state = self._state()
        return lead_of(row.clock, now, state.working) if state else Lead("", "", "", "none")

    def cells(self, row: ClockRow, now: int, placed: Sequence[Placed]) -> Sequence[Cell]:
        """One cell for each column that stands."""
        state = self._state()
        return [_cell(state, row.clock, place.column.key, now) if state else "" for place in placed]


def _cell(state: BoardState, clock: Clock, key: str, now: int) -> Cell:
    tone = "" if clock.is_open else "dim"
    if key == "clock":
        return (words.clock(clock.kind), tone)
    if key == "who":
        return (who_names(state, clock, 1), tone)
    if key == "due":
        return (instant_text(state, clock.due, now), "dim")
    return (subject_words(state, clock), tone)
