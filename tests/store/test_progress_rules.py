"""Rulebook §4, progress, clause by clause; each test is named after its clause."""

from __future__ import annotations

from typing import Any

import pytest

from store import records as r
from store.rules.calendar_data import CalendarSettings
from store.rules.calendar_source import build_calendar
from store.rules.clock_book import clock_book
from store.rules.clocks import Clock, state
from store.rules.lag import flags
from store.rules.progress_line import parse_progress
from store.rules.working_time import WorkingTime
from tests.store.builders import HOUR, T0, Cast, busy, do, refused
from tests.store.clock_helpers import SUB, at, board_of, card, entry, only, subtask, working
from tests.store.on_file import kept, reverted

c = Cast


def progress(*records: r.Record, cadence: str = "daily", days: WorkingTime | None = None, **fields: Any) -> Clock:
    board = board_of(card(cadence=cadence), subtask(**fields), *records)
    return only(clock_book(board, days or working()), "progress")


# The entry -------------------------------------------------------------------------------------------


def test_percent_may_be_left_out_and_the_last_stands() -> None:
    board = do(busy(), "RecordProgress", c.li, subtask=c.plan, done="完成两档测算")
    assert board.subtasks[c.plan].percent == 60
    assert refused(board, "RecordProgress", c.li, subtask=c.plan) == "refuse.empty"


def test_entries_are_only_ever_added_a_correction_names_the_one_it_replaces() -> None:
    board = do(busy(), "RecordProgress", c.li, id=901, subtask=c.plan, percent=70, done="三档")
    fixed = do(board, "CorrectProgress", c.li, T0 + HOUR, id=902, entry=901, percent=65, done="两档半")
    assert {901, 902} <= fixed.progress.keys()
    assert (fixed.progress[902].replaces, fixed.progress[902].at) == (901, T0)
    assert fixed.progress[901] == board.progress[901]
    assert fixed.subtasks[c.plan].percent == 65


def test_a_withdrawal_is_a_new_entry_that_names_it() -> None:
    board = do(busy(), "RecordProgress", c.li, id=901, subtask=c.plan, percent=70, done="三档")
    gone = do(board, "WithdrawProgress", c.li, id=902, entry=901, reason="记错")
    assert (gone.progress[902].replaces, gone.progress[902].withdrawn) == (901, True)
    assert gone.subtasks[c.plan].percent == 60


def test_undo_too_is_a_new_entry_that_names_it() -> None:
    done = kept(busy(), "RecordProgress", c.li, id=901, subtask=c.plan, percent=70, done="三档")
    back = reverted(done, c.li)
    new = next(each for key, each in back.progress.items() if key not in done.progress)
    assert (new.replaces, new.withdrawn) == (901, True)
    assert 901 in back.progress


@pytest.mark.parametrize(("line", "kind"), [("65 初稿 !! 缺数据", "blocked"), ("65 初稿 !? 缺数据", "warning")])
def test_a_problem_offers_to_raise_a_blocked_report_or_a_warning(line: str, kind: str) -> None:
    assert parse_progress(line).raise_kind == kind


# Cadence ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cadence", "last", "due"),
    [
        ("daily", "2026-09-28 16:20", "2026-09-29 17:00"),
        ("daily", "2026-09-30 16:20", "2026-10-08 17:00"),  # across National Day
        ("daily", "2026-10-09 16:20", "2026-10-10 17:00"),  # Saturday, a make-up day
        ("weekly", "2026-10-09 16:20", "2026-10-16 18:00"),
        ("weekly", "2026-10-08 16:20", "2026-10-16 18:00"),  # it met Friday the 9th
        ("realtime", "2026-10-09 10:00", "2026-10-09 15:00"),  # lunch does not count
        ("realtime", "2026-10-09 16:00", "2026-10-10 11:00"),
        ("realtime", "2026-09-30 16:00", "2026-10-08 11:00"),
    ],
)
def test_daily_at_17_weekly_on_friday_at_close_realtime_within_4_working_hours(
    cadence: str, last: str, due: str
) -> None:
    start = at("2026-09-28 09:00")
    days = [d for d in ("2026-09-28 16:00", "2026-09-29 16:00", "2026-09-30 16:00", "2026-10-08 16:00") if d < last]
    before = [entry(10 + n, day) for n, day in enumerate(days)] if cadence != "realtime" else []
    assert progress(*before, entry(1, last), cadence=cadence, planned_start=start).due == at(due)


def make_up_only() -> WorkingTime:
    """China, with 8 and 9 October 2026 off as well: of that week only Saturday 10, a make-up day, is worked."""
    settings = CalendarSettings(extra_days_off=(("2026-10-08", "x"), ("2026-10-09", "x")))
    return WorkingTime(build_calendar(settings, range(2025, 2029)), settings)


@pytest.mark.parametrize(
    ("after", "due", "days"),
    [
        ("2026-09-28 09:00", "2026-09-30 18:00", None),  # Friday 2 October is off: the last working day before it
        ("2026-10-01 09:00", "2026-10-09 18:00", None),
        ("2026-10-01 09:00", "2026-10-10 18:00", make_up_only),  # that week's make-up weekend day
        ("2026-02-14 09:00", "2026-02-27 18:00", None),  # Spring Festival: the week of the 16th owes nothing
        ("2026-02-13 19:00", "2026-02-27 18:00", None),  # Saturday 14 works, Friday 13 was that week's point
    ],
)
def test_weekly_with_friday_off(after: str, due: str, days: Any) -> None:
    found = (days or working)().next_point("weekly", at(after))
    assert found == at(due)


# Owed ------------------------------------------------------------------------------------------------


def test_owed_from_activation_and_planned_start() -> None:
    assert progress(planned_start=at("2026-10-08 09:00")).due == at("2026-10-08 17:00")
    assert progress(planned_start=at("2026-09-01 09:00")).due == at("2026-09-21 17:00")  # activated on 21 September
    late = progress(planned_start=None, created_at=at("2026-10-09 10:00"))
    assert late.due == at("2026-10-09 17:00")


@pytest.mark.parametrize(
    ("status", "owes"),
    [
        ("not_started", True),
        ("in_progress", True),
        ("blocked", True),
        ("awaiting_acceptance", False),
        ("done", False),
        ("cancelled", False),
    ],
)
def test_owed_until_awaiting_acceptance_in_blocked_too(status: str, owes: bool) -> None:
    book = clock_book(board_of(card(), subtask(status=status)), working())
    assert any(clock.kind == "progress" for clock in book.running) is owes


@pytest.mark.parametrize("stage", ["draft", "circulating", "acceptance", "completed", "cancelled"])
def test_nothing_is_owed_on_a_card_that_is_not_active(stage: str) -> None:
    book = clock_book(board_of(card(stage=stage), subtask()), working())
    assert not any(clock.kind == "progress" for clock in book.running)


def test_one_open_clock_counting_from_the_earliest_missed_point() -> None:
    found = progress(entry(1, "2026-09-28 16:00"))
    assert found.due == at("2026-09-29 17:00")
    assert state(found, at("2026-10-09 16:55")) == "breached"


def test_one_entry_closes_all_missed_ones_but_does_not_serve_the_next() -> None:
    found = progress(entry(1, "2026-09-28 16:00"), entry(2, "2026-10-09 10:00"))
    assert found.due == at("2026-10-09 17:00")  # it closed 29 and 30 September and 8 October; today's is still owed
    twice = progress(entry(1, "2026-09-28 16:00"), entry(2, "2026-10-09 10:00"), entry(3, "2026-10-09 16:00"))
    assert twice.due == at("2026-10-10 17:00")


def test_a_correction_or_withdrawal_serves_no_point() -> None:
    first = entry(1, "2026-10-08 16:00")
    fixed = r.ProgressEntry(
        id=2, subtask=SUB, at=first.at, by=first.by, replaces=501, recorded_at=at("2026-10-09 16:00")
    )
    begun: Any = {"planned_start": at("2026-09-30 09:00")}
    assert progress(entry(9, "2026-09-30 16:00"), first, fixed, **begun).due == at("2026-10-09 17:00")
    gone = r.ProgressEntry(
        id=3, subtask=SUB, at=first.at, by=first.by, replaces=501, withdrawn=True, recorded_at=at("2026-10-09 16:00")
    )
    assert progress(entry(9, "2026-09-30 16:00"), first, gone, **begun).due == at("2026-10-08 17:00")


# Derived flags ---------------------------------------------------------------------------------------


def test_silent_is_a_breached_progress_clock_unannounced_a_breached_delay_notice() -> None:
    now = at("2026-10-12 10:00")
    board = board_of(card(), subtask(percent=20), entry(1, "2026-10-10 17:30"))
    book = clock_book(board, working(), now=now)
    clocks = {clock.kind: clock for clock in book.open_of(100) if clock.table == "subtasks"}
    found = flags(card(), subtask(percent=20), clocks["progress"], working(), 10, delay=clocks["delay_notice"])
    assert clocks["delay_notice"].due == at("2026-10-10 18:00")  # 1 WD before Monday 12 is Saturday, a make-up day
    assert found.held(now) == ("unannounced", "lagging")
    assert found.held(at("2026-10-12 17:01")) == ("unannounced", "lagging", "silent")
    assert found.held(at("2026-10-12 18:01")) == ("overdue", "unannounced", "lagging", "silent")
