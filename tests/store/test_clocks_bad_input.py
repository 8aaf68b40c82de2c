"""Bad input (issue 3): dates that cannot be, days that are off, zones and summers, a clock that goes wrong."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import records as r
from store.rules.calendar_data import CalendarSettings
from store.rules.calendar_source import build_calendar
from store.rules.clock_book import clock_book
from store.rules.clocks import Clock, band, left, state
from store.rules.working_time import WorkingTime
from tests.store.cases_of_clocks import CASES, stone
from tests.store.clock_helpers import (
    CARD,
    LI,
    NOW,
    SALES,
    SUB,
    WANG,
    at,
    board_of,
    card,
    duty,
    entry,
    issue,
    meeting,
    people,
    subtask,
    working,
)


def clocks_at(now: int, *records: r.Record) -> list[Clock]:
    book = clock_book(board_of(*records), working(), now=now)
    return [clock for key in (*book.board.cards, None) for clock in book.of_card(key)]


ORDER = {"void": 0, "running": 0, "breached": 1, "met": 1}
BANDS = {"calm": 0, "soon": 0, "now": 1, "breached": 2}
"""Calm and soon are one here: "the same time on the next working day" lies nearer from a day off than from the evening
before it (rulebook §8), so that a clock may be soon on Friday evening and calm again on Saturday."""


@given(st.sampled_from(CASES), st.integers(NOW - 20 * 86_400, NOW + 60 * 86_400), st.integers(0, 30 * 86_400))
def test_clocks_are_monotonic_in_now(case: tuple[object, ...], now: int, later: int) -> None:
    records = case[2]
    assert isinstance(records, list)
    for clock in clocks_at(NOW, *records):
        before, after = state(clock, now), state(clock, now + later)
        assert ORDER[before] <= ORDER[after]
        assert left(clock, now + later) <= left(clock, now)
        if clock.is_open:
            assert BANDS[band(clock, now, working())] <= BANDS[band(clock, now + later, working())]


@given(st.integers(0, 90), st.lists(st.integers(0, 40 * 60), max_size=8))
def test_a_subtask_that_lags_goes_on_lagging_until_somebody_reports(percent: int, minutes: list[int]) -> None:
    board = board_of(card(), subtask(percent=percent))
    book = clock_book(board, working(), now=at("2026-09-28 08:00"))
    seen = False
    for step in sorted(minutes):
        book = book.awake(at("2026-09-28 08:00") + step * 600)
        lags = any(clock.kind == "delay_notice" for clock in book.running)
        assert lags or not seen
        seen = lags


def test_a_start_after_its_finish_has_clocks_and_harms_nothing() -> None:
    mad = subtask(planned_start=at("2026-10-20 09:00"), planned_finish=at("2026-10-12 18:00"))
    found = {clock.kind: clock for clock in clocks_at(at("2026-10-14 09:00"), card(), mad)}
    assert found["subtask_due"].due == at("2026-10-12 18:00")
    assert band(found["subtask_due"], NOW, working()) in {"soon", "calm"}
    assert state(found["delay_notice"], at("2026-10-14 09:00")) == "breached"


def test_a_due_on_a_holiday_is_kept() -> None:
    due = at("2026-10-05 18:00")
    found = {clock.kind: clock.due for clock in clocks_at(NOW, card(planned_finish=due), subtask(planned_finish=due))}
    assert found["card_due"] == found["subtask_due"] == due


def test_a_head_who_left_the_board_and_a_department_without_one() -> None:
    nobody = [row for row in people() if not (isinstance(row, r.Person) and row.id == LI)]
    board = board_of(card(stage="circulating", circulated_at=NOW), duty())
    assert clock_book(board, working()).of_card(CARD)[0].who == (LI,)
    raws = {name: dict(rows) for name, rows in board.raws.items()}
    raws["people"].pop(str(LI))
    gone = type(board)(board.meta, raws)
    assert len(gone.people) == len([row for row in nobody if isinstance(row, r.Person)])
    assert clock_book(gone, working()).of_card(CARD)[0].who == (WANG,)  # the lead


def test_nobody_who_has_left_must_act() -> None:
    left = r.Person(id=LI, name="李强", department=SALES, left_at=NOW)
    board = board_of(card(stage="circulating", circulated_at=NOW), duty(), left)
    assert clock_book(board, working()).of_card(CARD)[0].who == (WANG,)  # its head left: the lead
    board = board_of(card(), subtask(), stone(responsible=LI), left)
    assert {clock.who for clock in clock_book(board, working()).running} == {(WANG,)}


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2024-02-28 10:00", 1, "2024-02-29 18:00"),
        ("2024-02-29 10:00", 1, "2024-03-01 18:00"),
        ("2028-02-28 10:00", 2, "2028-03-01 18:00"),
        ("2027-02-26 10:00", 1, "2027-03-01 18:00"),
    ],
)
def test_29_february(start: str, n: int, due: str) -> None:
    days = WorkingTime(build_calendar(CalendarSettings(), range(2023, 2029)), CalendarSettings())
    assert days.due_in_working_days(at(start), n) == at(due)


@pytest.mark.parametrize(
    ("zone", "start", "h24", "wd1"),
    [
        # Summer time begins on Sunday 29 March 2026 at 02:00: that day has 23 hours.
        ("Europe/Berlin", "2026-03-27 18:30", "2026-03-28 18:30", "2026-03-30 18:00"),
        ("Europe/Berlin", "2026-03-28 12:00", "2026-03-29 13:00", "2026-03-30 18:00"),
        # It ends on Sunday 25 October at 03:00: that day has 25.
        ("Europe/Berlin", "2026-10-24 12:00", "2026-10-25 11:00", "2026-10-26 18:00"),
        ("America/New_York", "2026-03-07 12:00", "2026-03-08 13:00", "2026-03-09 18:00"),
    ],
)
def test_hours_are_elapsed_hours_and_days_end_at_the_same_time_across_summer_time(
    zone: str, start: str, h24: str, wd1: str
) -> None:
    settings = CalendarSettings(region="DE", zone=zone)
    days = WorkingTime(build_calendar(settings, range(2025, 2028)), settings)

    def there(text: str) -> int:
        return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())

    assert days.due_after(there(start), 86_400) == there(h24)
    assert days.due_in_working_days(there(start), 1) == there(wd1)


def test_another_zone_moves_what_runs_by_its_working_days_not_by_its_hours() -> None:
    raised = at("2026-10-08 23:30")
    records = (card(), subtask(), issue(raised_at=raised, since=raised, tier_since=raised))
    settings = CalendarSettings(zone="Asia/Tokyo")  # there it is Friday already
    tokyo = WorkingTime(build_calendar(settings, range(2025, 2029)), settings)
    here, there = (
        {clock.kind: clock.due for clock in clock_book(board_of(*records), days).running} for days in (working(), tokyo)
    )
    assert here["response"] == there["response"] == raised + 86_400
    assert here["tier"] == at("2026-10-12 18:00")
    assert there["tier"] == at("2026-10-13 17:00")  # 18:00 in Tokyo, a day later


def test_a_machine_an_hour_fast_closes_nothing_before_its_start() -> None:
    fast = NOW + 3_600
    early = issue(raised_at=fast, since=fast, tier_since=fast, responded_at=NOW)
    found = {clock.kind: clock for clock in clocks_at(NOW, card(), subtask(), early)}
    assert left(found["response"], NOW) == 86_400 + 3_600
    assert state(found["response"], NOW) == "met"
    ahead = entry(1, "2026-10-09 17:55")
    progress = next(clock for clock in clocks_at(NOW, card(), subtask(), ahead) if clock.kind == "progress")
    assert progress.due >= NOW


def test_a_meeting_that_ends_before_it_starts_still_asks_for_its_minutes() -> None:
    mad = meeting(state="held", starts=NOW, ends=NOW - 3_600)
    found = {clock.kind: clock.due for clock in clocks_at(NOW, card(), mad)}
    assert found["minutes_draft"] == NOW - 3_600 + 86_400


def test_records_whose_subject_is_gone_have_no_clock() -> None:
    lost = [
        r.Input(id=1, subtask=999, what="x", due=NOW),
        r.SupportRequest(id=2, subtask=999, asked_at=NOW, asked_by=LI),
        r.Incident(id=3, subtask=999, kind="stopped", since=NOW, by=LI),
        r.Milestone(id=4, card=999, name="x", due=NOW),
        r.SyncEntry(id=5, at=NOW, topic="x", card=999, notify=True),
    ]
    assert {clock.kind for clock in clocks_at(NOW, card(), *lost)} == {"card_due"}
    assert SUB not in board_of(card()).subtasks
