"""When something is due (rulebook section 8, preamble, and the cadences of section 4), to the minute."""

from __future__ import annotations

from datetime import date

import pytest

from store.rules.calendar_data import Cadence, CalendarSettings
from tests.store.official_days import instant, working_time, written

CHINA = CalendarSettings()
BERLIN = CalendarSettings(region="DE")


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-09-30 10:00", 3, "Sat 2026-10-10 18:00"),  # over National Day, to a make-up Saturday
        ("2026-09-29 17:05", 3, "Fri 2026-10-09 18:00"),
        ("2026-10-08 13:43", 3, "Mon 2026-10-12 18:00"),
        ("2026-09-18 09:00", 10, "Fri 2026-10-09 18:00"),  # over the Mid-Autumn Festival, make-up Sunday 20 Sep
        ("2026-09-18 09:00", 12, "Mon 2026-10-12 18:00"),
        ("2026-09-18 09:00", 15, "Thu 2026-10-15 18:00"),
        ("2026-10-09 00:00", 1, "Sat 2026-10-10 18:00"),
        ("2026-10-09 23:59", 1, "Sat 2026-10-10 18:00"),  # the start day never counts, whatever its hour
        ("2026-10-10 17:00", 1, "Mon 2026-10-12 18:00"),  # started on a make-up day
        ("2026-10-11 12:00", 1, "Mon 2026-10-12 18:00"),  # started on a day off: the next working day counts
        ("2026-10-01 12:00", 2, "Fri 2026-10-09 18:00"),
        ("2026-02-13 09:00", 3, "Wed 2026-02-25 18:00"),  # Spring Festival: Sat 14 works, 15 to 23 off
        ("2024-02-28 09:00", 1, "Thu 2024-02-29 18:00"),
        ("2025-12-31 09:00", 1, "Sun 2026-01-04 18:00"),
        ("2026-10-09 16:00", 0, "Fri 2026-10-09 18:00"),
        ("2026-10-11 16:00", 0, "Mon 2026-10-12 18:00"),
    ],
)
def test_due_in_working_days(start: str, n: int, due: str) -> None:
    assert written(working_time().due_in_working_days(instant(start), n)) == due


def test_the_sum_behind_a_due_names_each_date() -> None:
    counted = working_time().counted_days(instant("2026-09-29 17:05"), 3)
    assert [(f"{date.fromordinal(one.ordinal):%m-%d}", one.kind, one.name, one.number) for one in counted] == [
        ("09-30", "working", None, 1),
        ("10-01", "holiday", "国庆节", 0),
        ("10-02", "holiday", "国庆节", 0),
        ("10-03", "holiday", "国庆节", 0),
        ("10-04", "weekend", None, 0),
        ("10-05", "holiday", "国庆节", 0),
        ("10-06", "holiday", "国庆节", 0),
        ("10-07", "holiday", "国庆节", 0),
        ("10-08", "working", None, 2),
        ("10-09", "working", None, 3),
    ]


def test_the_sum_counts_a_make_up_day_and_ends_on_the_due() -> None:
    counted = working_time().counted_days(instant("2026-10-08 13:43"), 3)
    assert [(one.kind, one.number) for one in counted] == [
        ("working", 1),
        ("make_up", 2),
        ("weekend", 0),
        ("working", 3),
    ]


@pytest.mark.parametrize(
    ("date_of", "n", "due"),
    [
        ("2026-10-08 09:00", 1, "Wed 2026-09-30 18:00"),
        ("2026-10-12 18:00", 1, "Sat 2026-10-10 18:00"),
        ("2026-10-12 18:00", 2, "Fri 2026-10-09 18:00"),
        ("2026-10-11 09:00", 1, "Sat 2026-10-10 18:00"),  # a meeting on a Sunday
        ("2026-10-10 09:00", 2, "Thu 2026-10-08 18:00"),
    ],
)
def test_working_days_before(date_of: str, n: int, due: str) -> None:
    assert written(working_time().working_days_before(instant(date_of), n)) == due


@pytest.mark.parametrize(
    ("start", "end", "planned"),
    [
        ("2026-09-30 09:00", "2026-10-10 18:00", 4),
        ("2026-10-09 09:00", "2026-10-09 18:00", 1),
        ("2026-10-01 09:00", "2026-10-07 18:00", 0),
        ("2026-10-11 09:00", "2026-10-12 09:00", 1),
        ("2026-10-12 09:00", "2026-10-08 09:00", -2),
    ],
)
def test_planned_working_days(start: str, end: str, planned: int) -> None:
    assert working_time().planned_working_days(instant(start), instant(end)) == planned


def test_hours_run_day_and_night_unless_the_board_counts_working_hours() -> None:
    start = instant("2026-09-30 17:00")
    elapsed, working = working_time(), working_time(CalendarSettings(hours="working"))
    assert written(elapsed.due_after(start, 24 * 3600)) == "Thu 2026-10-01 17:00"
    assert written(working.due_after(start, 24 * 3600)) == "Thu 2026-10-08 17:00"


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-10-09 16:55", 24, "Sat 2026-10-10 16:55"),
        ("2026-10-09 16:55", 48, "Mon 2026-10-12 16:55"),
        ("2026-10-09 22:30", 24, "Sat 2026-10-10 22:30"),  # the same time of day, also at night
        ("2026-10-11 10:00", 24, "Mon 2026-10-12 10:00"),
        ("2026-10-09 16:00", 1, "Fri 2026-10-09 17:00"),
        ("2026-10-09 17:00", 1, "Fri 2026-10-09 18:00"),  # used up at the close, not at the next opening
        ("2026-10-09 17:30", 1, "Sat 2026-10-10 09:30"),
        ("2026-10-09 11:30", 1, "Fri 2026-10-09 13:30"),  # over lunch
        ("2026-10-09 11:00", 1, "Fri 2026-10-09 12:00"),
        ("2026-10-09 12:20", 1, "Fri 2026-10-09 14:00"),
        ("2026-10-09 03:00", 2, "Fri 2026-10-09 11:00"),
        ("2026-10-10 21:00", 2, "Mon 2026-10-12 11:00"),
        ("2026-10-11 15:00", 8, "Mon 2026-10-12 18:00"),
        ("2026-09-30 16:00", 4, "Thu 2026-10-08 11:00"),
        ("2026-10-09 17:00", 26, "Mon 2026-10-12 10:00"),  # a working day, then two hours
        ("2026-10-09 19:00", 0, "Fri 2026-10-09 19:00"),
    ],
)
def test_due_in_working_hours(start: str, hours: int, due: str) -> None:
    assert written(working_time().due_in_working_hours(instant(start), hours * 3600)) == due


def test_hours_follow_the_boards_settings() -> None:
    through = working_time(CalendarSettings(opening=8 * 60, close=17 * 60 + 30, lunch=None))
    assert written(through.due_in_working_hours(instant("2026-10-09 11:30"), 3600)) == "Fri 2026-10-09 12:30"
    assert written(through.due_in_working_hours(instant("2026-10-09 17:00"), 3600)) == "Sat 2026-10-10 08:30"
    assert written(through.due_in_working_days(instant("2026-10-08 13:43"), 3)) == "Mon 2026-10-12 17:30"
    assert written(through.open_of(date(2026, 10, 9).toordinal())) == "Fri 2026-10-09 08:00"
    assert written(through.close_of(date(2026, 10, 11).toordinal())) == "Sun 2026-10-11 17:30"


@pytest.mark.parametrize(
    ("cadence", "after", "point"),
    [
        ("daily", "2026-10-09 16:59", "Fri 2026-10-09 17:00"),
        ("daily", "2026-10-09 17:00", "Sat 2026-10-10 17:00"),  # strictly later; a make-up day owes a report
        ("daily", "2026-10-10 18:30", "Mon 2026-10-12 17:00"),
        ("daily", "2026-09-30 17:00", "Thu 2026-10-08 17:00"),
        ("daily", "2026-10-04 08:00", "Thu 2026-10-08 17:00"),
        ("weekly", "2026-10-08 09:00", "Fri 2026-10-09 18:00"),  # Friday, although Saturday works
        ("weekly", "2026-10-09 18:00", "Fri 2026-10-16 18:00"),
        ("weekly", "2026-10-10 09:00", "Fri 2026-10-16 18:00"),
        ("weekly", "2026-09-28 09:00", "Wed 2026-09-30 18:00"),  # Friday 2 October off: the last day before
        ("weekly", "2026-09-30 18:00", "Fri 2026-10-09 18:00"),
        ("weekly", "2026-09-21 09:00", "Thu 2026-09-24 18:00"),  # Mid-Autumn Friday
        ("weekly", "2026-02-13 18:00", "Fri 2026-02-27 18:00"),  # 16 to 22 Feb has no working day, owes nothing
        ("weekly", "2026-02-14 09:00", "Fri 2026-02-27 18:00"),
        ("weekly", "2024-02-09 18:00", "Sun 2024-02-18 18:00"),  # Mon to Fri off: that week's make-up Sunday
        ("weekly", "2024-02-18 18:00", "Fri 2024-02-23 18:00"),
        ("weekly", "2030-06-05 09:00", "Fri 2030-06-07 18:00"),  # beyond the calendar
        ("realtime", "2026-10-09 09:00", "Fri 2026-10-09 14:00"),
        ("realtime", "2026-10-09 16:55", "Sat 2026-10-10 11:55"),
        ("realtime", "2026-10-10 20:00", "Mon 2026-10-12 14:00"),
        ("realtime", "2026-10-03 11:00", "Thu 2026-10-08 14:00"),
    ],
)
def test_next_cadence_point(cadence: Cadence, after: str, point: str) -> None:
    assert written(working_time().next_point(cadence, instant(after))) == point


def test_a_week_of_days_off_owes_nothing() -> None:
    away = tuple((f"2026-11-{number:02}", "停工") for number in range(9, 16))
    calendar = working_time(CalendarSettings(extra_days_off=away))
    assert written(calendar.next_point("weekly", instant("2026-11-06 18:00"))) == "Fri 2026-11-20 18:00"


@pytest.mark.parametrize(
    ("now", "later"),
    [
        ("2026-10-09 16:55", "Sat 2026-10-10 16:55"),
        ("2026-10-10 08:00", "Mon 2026-10-12 08:00"),
        ("2026-10-11 10:15", "Mon 2026-10-12 10:15"),
        ("2026-09-30 16:55", "Thu 2026-10-08 16:55"),
    ],
)
def test_same_time_next_working_day(now: str, later: str) -> None:
    assert written(working_time().same_time_next_working_day(instant(now))) == later


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-10-09 09:00", "2026-10-09 18:00", 8),
        ("2026-10-09 11:00", "2026-10-09 14:00", 2),
        ("2026-10-09 12:10", "2026-10-09 12:50", 0),
        ("2026-10-09 00:00", "2026-10-10 00:00", 8),
        ("2026-09-30 17:00", "2026-10-08 10:00", 2),
        ("2026-10-10 17:00", "2026-10-12 10:00", 2),
        ("2026-10-12 10:00", "2026-10-10 17:00", -2),
    ],
)
def test_working_seconds_between(start: str, end: str, hours: int) -> None:
    assert working_time().working_seconds_between(instant(start), instant(end)) == hours * 3600


# Europe/Berlin: summer time ends on Sunday 25 October 2026 and begins on Sunday 29 March 2026.
@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-10-23 10:00", 1, "Mon 2026-10-26 18:00"),
        ("2026-03-27 10:00", 1, "Mon 2026-03-30 18:00"),
        ("2026-10-24 23:30", 1, "Mon 2026-10-26 18:00"),
    ],
)
def test_working_days_keep_their_close_over_summer_time(start: str, n: int, due: str) -> None:
    found = working_time(BERLIN).due_in_working_days(instant(start, "Europe/Berlin"), n)
    assert written(found, "Europe/Berlin") == due


def test_an_elapsed_day_is_24_hours_and_a_working_one_the_same_time_of_day() -> None:
    calendar, start = working_time(BERLIN), instant("2026-10-24 12:00", "Europe/Berlin")
    assert written(calendar.due_after(start, 24 * 3600), "Europe/Berlin") == "Sun 2026-10-25 11:00"
    friday = instant("2026-03-27 12:00", "Europe/Berlin")
    monday = calendar.due_in_working_hours(friday, 24 * 3600)
    assert written(monday, "Europe/Berlin") == "Mon 2026-03-30 12:00"
    assert monday - friday == 71 * 3600


def test_local_days_of_23_and_25_hours() -> None:
    calendar = working_time(BERLIN)
    for text, hours in (("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)):
        today = date.fromisoformat(text).toordinal()
        start, end = calendar.at(today, 0), calendar.at(today + 1, 0)
        assert end - start == hours * 3600
        assert [calendar.day_of(t) for t in (start - 1, start, end - 1, end)] == [today - 1, today, today, today + 1]
