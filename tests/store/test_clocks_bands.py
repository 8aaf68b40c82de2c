"""States and bands of a clock as time goes by (rulebook section 8)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.rules.clocks import Band, Clock, band, left, span, state
from tests.store.clock_helpers import NOW, at, working

HOUR = 3600


def clock(started: int | None, due: int, closed: int | None = None, *, void: bool = False) -> Clock:
    return Clock("tier", "issues", 1, 1, started, due, closed, void)


BANDS: list[tuple[str, int | None, int, Band]] = [
    ("long span, under 2 h", -100 * HOUR, 2 * HOUR - 1, "now"),
    ("long span, 2 h", -100 * HOUR, 2 * HOUR, "soon"),
    ("long span: under one working day, tomorrow is a make-up day", -400 * HOUR, 24 * HOUR - 1, "soon"),
    ("long span: one working day", -400 * HOUR, 24 * HOUR, "calm"),
    ("24 h span: a quarter is 6 h", -18 * HOUR - 1, 6 * HOUR - 1, "soon"),
    ("24 h span: at a quarter", -18 * HOUR, 6 * HOUR, "calm"),
    ("span of 8 h: under a quarter", -6 * HOUR - 1, 2 * HOUR - 1, "now"),
    ("span of 4 h: under 1 h", -3 * HOUR - 1, HOUR - 1, "now"),
    ("span of 4 h: an hour is calm, soon is never less than now", -3 * HOUR, HOUR, "calm"),
    ("span just over 8 h: 2 h and not the quarter", -7 * HOUR, 2 * HOUR - 60, "now"),
    ("no start: only the working day", None, 24 * HOUR - 1, "soon"),
    ("no start: beyond it", None, 24 * HOUR, "calm"),
    ("no start: under 2 h", None, HOUR, "now"),
    ("at the due to the second", -100 * HOUR, 0, "now"),
    ("a second later", -100 * HOUR, -1, "breached"),
]


@pytest.mark.parametrize(("started", "rest", "expected"), [b[1:] for b in BANDS], ids=[b[0] for b in BANDS])
def test_bands(started: int | None, rest: int, expected: Band) -> None:
    one = clock(None if started is None else NOW + started, NOW + rest)
    assert band(one, NOW, working()) == expected


def test_a_working_day_reaches_over_the_weekend() -> None:
    saturday = at("2026-10-17 11:00")
    assert band(clock(None, at("2026-10-19 10:59")), saturday, working()) == "soon"
    assert band(clock(None, at("2026-10-19 11:00")), saturday, working()) == "calm"


def test_met_and_void_stay_what_they_are() -> None:
    assert band(clock(0, NOW - 1, NOW - 2), NOW, working()) == "met"
    assert band(clock(0, NOW - 1, void=True), NOW, working()) == "void"


def test_met_late_stays_met_and_says_how_late() -> None:
    late = clock(NOW - 90, NOW - 60, NOW)
    assert (state(late, NOW + 999), left(late, NOW + 999)) == ("met", -60)


def test_a_clock_that_starts_at_its_due_has_no_span() -> None:
    assert span(clock(NOW, NOW)) is None
    assert span(clock(NOW - 5, NOW)) == 5


ORDER = {"calm": 0, "soon": 1, "now": 2, "breached": 3}


@settings(deadline=None)
@given(st.integers(0, 400 * HOUR), st.integers(-300 * HOUR, 300 * HOUR), st.integers(0, 100 * HOUR))
def test_time_only_makes_a_clock_more_pressing(length: int, rest: int, later: int) -> None:
    one = clock(NOW + rest - length, NOW + rest)
    order = ["running", "breached"]
    assert order.index(state(one, NOW)) <= order.index(state(one, NOW + later))
    assert ORDER[band(one, NOW, working())] <= ORDER[band(one, NOW + later, working())]
    assert left(one, NOW) - left(one, NOW + later) == later
