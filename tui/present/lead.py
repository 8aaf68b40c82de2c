"""The first column: band, word, countdown of a clock (screens.md §2), and the painter of rows that begin with it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from store.rules.clocks import NOW_LEFT, Clock, band, left, span
from store.rules.working_time import WorkingTime
from store.views.state import BoardState
from tui import words
from tui.duration import DAY, MINUTE, SECONDS_SHOWN, countdown, met
from tui.look import glyph
from tui.widgets.columns import Cell, Placed
from tui.widgets.rows import FOREVER, HasId, Lead, Painter

TONE = {"breached": "over"}
"""Band -> style name, where they differ."""
NO_LEAD = Lead("", "", "", "none")
"""Before the first read, and of rows that have no first column."""
StateOf = Callable[[], BoardState | None]
"""Gives the state in front; None before the first read."""


class HasClock(HasId, Protocol):
    """A row with the clock its first column shows."""

    @property
    def clock(self) -> Clock | None:
        """The nearest clock."""


C = TypeVar("C", bound=HasClock)


def lead_of(clock: Clock | None, now: int, working: WorkingTime, *, seconds: bool = True) -> Lead:
    """The first column of a row whose nearest clock this is; without `seconds` where nothing ticks."""
    if clock is None:
        return Lead(glyph("none"), words.band("none"), "", "none")
    name = band(clock, now, working)
    rest = left(clock, now)
    tone = TONE.get(name, name)
    time = "" if name == "void" else met(rest) if name == "met" else countdown(rest, seconds=seconds)
    return Lead(glyph(tone), words.band_of(name, rest), time, tone)


def steady_until(clock: Clock | None, now: int, working: WorkingTime) -> int:
    """The first second after `now` at which `lead_of` may differ: its minute is over, or its band changes."""
    if clock is None or not clock.is_open:
        return FOREVER
    rest, whole = clock.due - now, span(clock)
    if -SECONDS_SHOWN <= rest <= SECONDS_SHOWN:
        return now + 1
    if rest < 0:
        return now + MINUTE - -rest % MINUTE
    day_left = working.same_time_next_working_day(now) - now
    limits = (NOW_LEFT, day_left) if whole is None else (NOW_LEFT, day_left, whole / 4)
    # The day counted is another one from midnight on.
    ends = [rest - math.ceil(limit) + 1 for limit in limits if rest >= limit]
    return now + min((rest - 1) % MINUTE + 1, DAY - working.split(now)[1], *ends)


class StatePainter(Painter[C]):
    """Rows over the state in front: a row's clock first, then a cell for each column that stands."""

    def __init__(self, state: StateOf) -> None:
        """`state` gives the state in front."""
        self._state = state

    def lead(self, row: C, now: int) -> Lead:
        """The row's clock."""
        state = self._state()
        return lead_of(row.clock, now, state.working) if state else NO_LEAD

    def cells(self, row: C, now: int, placed: Sequence[Placed]) -> Sequence[Cell]:
        """One cell for each column that stands."""
        state = self._state()
        return [self.cell(state, row, place, now) if state else "" for place in placed]

    def cell(self, state: BoardState, row: C, place: Placed, now: int) -> Cell:
        """The cell of one column."""
        raise NotImplementedError
