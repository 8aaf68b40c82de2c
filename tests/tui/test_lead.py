"""The first column between two looks at it: what `steady_until` promises a table."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from store.rules.clocks import Clock
from tests.store.builders import DAY, T0
from tests.store.clock_helpers import working
from tui.present.lead import lead_of, steady_until
from tui.widgets.rows import FOREVER

WORKING = working()


def clock(due: int, span: int | None = None, closed: int | None = None) -> Clock:
    return Clock("progress", "subtasks", 1, 1, None if span is None else due - span, due, closed)


@given(
    left=st.integers(-3 * DAY, 12 * DAY),
    span=st.none() | st.integers(1, 60 * DAY),
    at=st.integers(0, 7 * DAY),
    after=st.integers(0, 2 * DAY),
)
@example(left=2 * 3600, span=None, at=0, after=0)
@example(left=5 * DAY, span=20 * DAY, at=0, after=1)
def test_asked_again_only_then_it_is_true_at_any_moment(left: int, span: int | None, at: int, after: int) -> None:
    each = clock(T0 + at + left, span)
    asked, now = T0 + at + after - min(after, 7200), T0 + at + after
    while (following := steady_until(each, asked, WORKING)) <= now:
        assert following > asked
        asked = following
    assert lead_of(each, asked, WORKING) == lead_of(each, now, WORKING)


def test_what_is_closed_or_has_no_clock_is_never_asked_again() -> None:
    assert steady_until(None, T0, WORKING) == FOREVER
    assert steady_until(clock(T0, closed=T0 - 5), T0, WORKING) == FOREVER


def test_a_countdown_in_minutes_is_asked_once_a_minute() -> None:
    assert steady_until(clock(T0 + 3 * DAY + 1800), T0, WORKING) == T0 + 60
    assert steady_until(clock(T0 + 300), T0, WORKING) == T0 + 1
