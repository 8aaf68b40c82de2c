"""Working time against a slow oracle that walks day by day over the typed notices with `datetime`."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.rules.calendar_data import Cadence, CalendarSettings
from tests.store.official_days import ZONES, instant, is_official_working_day, working_time

SPANS = [(time(9), time(12)), (time(13), time(18))]
ONE = timedelta(1)

regions = st.sampled_from(sorted(ZONES))
# Inside the notices, with room for what is counted backwards and forwards.
instants = st.integers(instant("2024-02-01 00:00"), instant("2026-11-15 00:00"))
counts = st.integers(1, 12)


def local(epoch: int, region: str) -> datetime:
    return datetime.fromtimestamp(epoch, ZoneInfo(ZONES[region]))


def epoch(day: date, at: time, region: str) -> int:
    return int(datetime.combine(day, at, ZoneInfo(ZONES[region])).timestamp())


def walk(region: str, day: date, n: int, step: timedelta = ONE) -> date:
    """Return the nth working day after (or before) `day`."""
    while n:
        day += step
        n -= is_official_working_day(region, day)
    return day


def worked(region: str, start: int, end: int) -> int:
    """Return the working seconds in [start, end), day by day and span by span."""
    total, day = 0, local(start, region).date()
    while day <= local(end, region).date():
        if is_official_working_day(region, day):
            for opens, closes in SPANS:
                total += max(0, min(end, epoch(day, closes, region)) - max(start, epoch(day, opens, region)))
        day += ONE
    return total


@given(regions, instants, counts)
def test_working_days_after_and_before(region: str, start: int, n: int) -> None:
    calendar = working_time(CalendarSettings(region=region))
    today = local(start, region).date()
    assert calendar.due_in_working_days(start, n) == epoch(walk(region, today, n), time(18), region)
    assert calendar.working_days_before(start, n) == epoch(walk(region, today, n, -ONE), time(18), region)
    same_time = epoch(walk(region, today, n), local(start, region).time(), region)
    assert calendar.due_in_working_hours(start, n * 86_400) == same_time


@given(regions, instants, counts)
def test_the_sum_ends_on_the_due_and_numbers_the_days_that_count(region: str, start: int, n: int) -> None:
    calendar = working_time(CalendarSettings(region=region))
    counted = calendar.counted_days(start, n)
    today = calendar.day_of(start)
    assert [one.ordinal for one in counted] == list(range(today + 1, today + 1 + len(counted)))
    assert [one.number for one in counted if one.number] == list(range(1, n + 1))
    assert calendar.close_of(counted[-1].ordinal) == calendar.due_in_working_days(start, n)
    for one in counted:
        assert bool(one.number) == is_official_working_day(region, date.fromordinal(one.ordinal))
        assert (one.kind in {"working", "make_up"}) == bool(one.number)


@given(regions, instants, st.integers(0, 40 * 86_400))
def test_working_time_between(region: str, start: int, length: int) -> None:
    calendar, end = working_time(CalendarSettings(region=region)), start + length
    assert calendar.working_seconds_between(start, end) == worked(region, start, end)
    first, last = local(start, region).date(), local(end, region).date()
    days = [first + timedelta(number) for number in range(1, (last - first).days + 1)]
    count = sum(is_official_working_day(region, one) for one in days)
    assert calendar.planned_working_days(start, end) == count + is_official_working_day(region, first)


@given(regions, instants, st.integers(1, 86_399))
def test_working_hours_are_over_at_the_earliest_instant(region: str, start: int, seconds: int) -> None:
    due = working_time(CalendarSettings(region=region)).due_in_working_hours(start, seconds)
    assert worked(region, start, due) == seconds
    assert worked(region, start, due - 1) == seconds - 1


def owed_on(region: str, cadence: Cadence, day: date) -> bool:
    """Say whether a report is owed on this day, from the words of the rulebook."""
    if cadence == "daily":
        return is_official_working_day(region, day)
    week = [day - timedelta(day.weekday()) + timedelta(number) for number in range(7)]
    to_friday = [one for one in week[:5] if is_official_working_day(region, one)]
    weekend = [one for one in week[5:] if is_official_working_day(region, one)]
    return day in (to_friday or weekend)[-1:]


@given(regions, instants, st.sampled_from(["daily", "weekly"]))
def test_cadence_points(region: str, after: int, cadence: Cadence) -> None:
    day, hour = local(after, region).date(), time(17) if cadence == "daily" else time(18)
    while not (owed_on(region, cadence, day) and epoch(day, hour, region) > after):
        day += ONE
    assert working_time(CalendarSettings(region=region)).next_point(cadence, after) == epoch(day, hour, region)


@given(instants, st.integers(0, 10**6), st.sampled_from(["daily", "weekly", "realtime"]))
def test_points_move_forward_with_time(earlier: int, later: int, cadence: Cadence) -> None:
    calendar = working_time()
    point = calendar.next_point(cadence, earlier)
    assert earlier < point <= calendar.next_point(cadence, earlier + later)


@given(st.integers(date(1900, 1, 1).toordinal(), date(2200, 1, 1).toordinal()), st.integers(-3000, 3000))
def test_rank_and_nth_undo_each_other_inside_and_outside_the_calendar(ordinal: int, n: int) -> None:
    calendar = working_time(CalendarSettings(region="CN"))
    assert calendar.rank(ordinal) - calendar.rank(ordinal - 1) == calendar.is_working_day(ordinal)
    rank = calendar.rank(ordinal) + n
    found = calendar.nth(rank)
    assert calendar.is_working_day(found)
    assert calendar.rank(found) == rank
    assert calendar.working_day_from(ordinal) >= ordinal
    assert calendar.next_working_day(ordinal) > ordinal


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"])
@settings(max_examples=100)
@given(data=st.data())
def test_local_time_is_that_of_zoneinfo(zone: str, data: st.DataObject) -> None:
    calendar, info = working_time(CalendarSettings(zone=zone)), ZoneInfo(zone)
    # Anywhere, or close to a change of the offset, where mistakes would be.
    somewhere = st.integers(0, instant("2069-01-01 00:00"))
    near = st.builds(int.__add__, st.sampled_from(calendar.data.changes or (0,)), st.integers(-8_000, 8_000))
    epoch_now = data.draw(st.one_of(somewhere, near.filter(lambda at: at >= 0)))
    moment = datetime.fromtimestamp(epoch_now, info)
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    assert calendar.split(epoch_now) == (moment.toordinal(), seconds)
    assert calendar.day_of(epoch_now) == moment.toordinal()
    wall = moment.replace(fold=0)
    assert calendar.at_seconds(moment.toordinal(), seconds) == int(wall.timestamp())
    shifted = (wall.replace(tzinfo=None) + timedelta(minutes=47)).replace(tzinfo=info)  # may fall into a gap
    assert calendar.at_seconds(shifted.toordinal(), shifted.hour * 3600 + shifted.minute * 60 + shifted.second) == int(
        shifted.timestamp()
    )


def test_rank_and_nth_at_the_edges_of_the_calendar() -> None:
    calendar = working_time()
    first, last = date(2023, 1, 1).toordinal(), date(2028, 12, 31).toordinal()
    assert (calendar.rank(first - 1), calendar.nth(0)) == (0, date(2022, 12, 30).toordinal())
    assert calendar.nth(1) == date(2023, 1, 3).toordinal()  # Sunday 1 and Monday 2 January were off
    assert calendar.nth(calendar.rank(last)) == date(2028, 12, 29).toordinal()
    assert calendar.nth(calendar.rank(last) + 1) == date(2029, 1, 1).toordinal()  # no holidays known there


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_the_offset_changes_to_the_second(zone: str) -> None:
    calendar, info = working_time(CalendarSettings(zone=zone)), ZoneInfo(zone)
    assert len(calendar.data.changes) > 100
    for change in calendar.data.changes:
        for moment in (datetime.fromtimestamp(change + shift, info) for shift in (-1, 0)):
            shift = moment.utcoffset()
            assert shift is not None
            assert calendar.offset_at(int(moment.timestamp())) == shift.total_seconds()


@given(regions, instants, st.integers(0, 24 * 60 - 1))
def test_a_daily_point_is_the_next_working_day_at_that_time(region: str, after: int, minutes: int) -> None:
    calendar = working_time(CalendarSettings(region=region))
    at, day = time(minutes // 60, minutes % 60), local(after, region).date()
    while not (is_official_working_day(region, day) and epoch(day, at, region) > after):
        day += ONE
    assert calendar.next_daily(minutes, after) == epoch(day, at, region)


@given(regions, instants, counts)
def test_the_days_counted_back_are_those_of_the_notices(region: str, start: int, n: int) -> None:
    calendar = working_time(CalendarSettings(region=region))
    found = calendar.days_before(start, n)
    assert [day.number for day in found if day.number] == list(range(1, n + 1))
    for day in found:
        assert bool(day.number) == is_official_working_day(region, date.fromordinal(day.ordinal))
    assert calendar.close_of(found[-1].ordinal) == calendar.working_days_before(start, n)
