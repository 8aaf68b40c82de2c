"""Durations in words: one table, and what holds for every number of seconds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.duration import countdown, elapsed, met, with_seconds

MINUTE, HOUR, DAY = 60, 3_600, 86_400
LEFT = st.one_of(
    st.integers(-1_000 * DAY + 1, 1_000 * DAY - 1), st.integers(-3 * HOUR, 3 * HOUR), st.integers(0, 3 * DAY)
)


def shown(text: str) -> tuple[int, int]:
    """The seconds a text says, and the size of its last unit; an oracle of its own."""
    sign = -1 if text.startswith("+") else 1
    text = text.lstrip("+")
    if clock := re.fullmatch(r"(\d+)m (\d\d)s", text):
        return sign * (int(clock[1]) * 60 + int(clock[2])), 1
    units = {"d": DAY, "h": HOUR, "m": MINUTE}
    parts = re.findall(r"(\d+)([dhm])", text)
    assert " ".join("".join(part) for part in parts) == text
    return sign * sum(int(number) * units[unit] for number, unit in parts), units[parts[-1][1]]


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (53 * DAY + 2 * HOUR, "53d 02h"),
        (3 * DAY + 5 * HOUR, "3d 05h"),
        (3 * DAY + 4 * HOUR + 1, "3d 05h"),
        (2 * DAY + 1, "2d 01h"),
        (2 * DAY, "2d 00h"),
        (2 * DAY - 1, "2d 00h"),
        (2 * DAY - MINUTE, "47h 59m"),
        (25 * HOUR + 5 * MINUTE, "25h 05m"),
        (21 * HOUR + 7 * MINUTE, "21h 07m"),
        (95 * MINUTE, "1h 35m"),
        (HOUR, "1h 00m"),
        (HOUR - 1, "1h 00m"),
        (50 * MINUTE, "50m"),
        (49 * MINUTE + 1, "50m"),
        (10 * MINUTE + 1, "11m"),
        (10 * MINUTE, "10m 00s"),
        (5 * MINUTE, "5m 00s"),
        (1, "0m 01s"),
        (0, "0m 00s"),
        (-1, "+0m 01s"),
        (-5 * MINUTE, "+5m 00s"),
        (-10 * MINUTE + 1, "+9m 59s"),
        (-10 * MINUTE, "+10m"),
        (-14 * MINUTE + 1, "+13m"),
        (-3 * HOUR - 12 * MINUTE - 59, "+3h 12m"),
        (-2 * DAY + 1, "+47h 59m"),
        (-2 * DAY, "+2d 00h"),
        (-3 * DAY - 5 * HOUR - 3_599, "+3d 05h"),
        (-99 * DAY - 23 * HOUR, "+99d 23h"),
        (-100 * DAY, "+100d"),
        (999 * DAY + 22 * HOUR + 1, "999d 23h"),
        (1_000 * DAY, "1000d"),
    ],
)
def test_countdown(left: int, text: str) -> None:
    assert countdown(left) == text


@given(LEFT)
def test_what_is_left_is_never_said_too_short_and_what_is_over_never_too_long(left: int) -> None:
    said, unit = shown(countdown(left))
    assert left <= said < left + unit  # over is negative: rounding it down is rounding up, too


@given(LEFT, st.integers(0, 10 * DAY))
def test_less_left_never_reads_as_more(left: int, passed: int) -> None:
    assert shown(countdown(left - passed))[0] <= shown(countdown(left))[0]


@given(LEFT)
def test_countdown_fits_its_eight_cells(left: int) -> None:
    assert len(countdown(left)) <= 8
    assert len(met(left)) <= 8
    assert len(elapsed(left)) <= 8


@given(st.integers(1, 1_000 * DAY))
def test_it_never_says_nothing_is_left_while_time_is(left: int) -> None:
    assert shown(countdown(left))[0] > 0


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (300, "5m 00s"),
        (3_599, "59m 59s"),
        (HOUR, "1h 00:00"),
        (3 * HOUR + 727, "3h 12:07"),
        (2 * DAY - 1, "47h 59:59"),
        (12 * DAY + 5 * HOUR + 727, "12d 05:12:07"),
        (0, "0m 00s"),
        (-300, "+5m 00s"),
        (-3 * HOUR - 727, "+3h 12:07"),
        (-3 * DAY, "+3d 00:00:00"),
    ],
)
def test_the_header_clock_always_shows_seconds(left: int, text: str) -> None:
    assert with_seconds(left) == text


@given(st.integers(-99 * DAY, 99 * DAY))
def test_the_header_clock_turns_every_second(left: int) -> None:
    assert with_seconds(left) != with_seconds(left - 1)
    assert len(with_seconds(left)) <= 13


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0m"), (59, "0m"), (60, "1m"), (27 * HOUR + 12 * MINUTE + 59, "27h 12m"), (3 * DAY - 1, "2d 23h"), (-5, "0m")],
)
def test_elapsed_rounds_down(seconds: int, text: str) -> None:
    assert elapsed(seconds) == text


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (2 * HOUR + 40 * MINUTE, "-2h 40m"),
        (27 * HOUR + 359, "-27h 05m"),
        (0, "-0m"),
        (-90, "+1m"),
        (200 * DAY, "-200d"),
    ],
)
def test_met_says_how_long_before_or_after(before: int, text: str) -> None:
    assert met(before) == text
