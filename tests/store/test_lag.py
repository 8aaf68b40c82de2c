"""Lagging, overdue, silent, the five groups and a card's percent (rulebook section 3)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.rules.clock_book import clock_book
from store.rules.lag import NO_FLAGS, Flags, card_percent, flags, group
from tests.store.clock_helpers import NOW, SUB, at, board_of, card, entry, only, subtask, working

START, FINISH = at("2026-09-28 09:00"), at("2026-10-12 18:00")
"""28, 29, 30 September, 8, 9, 10 and 12 October: seven working days of 8 h."""


def derived(percent: int = 0, **fields: Any) -> Flags:
    one = subtask(percent=percent, **({"planned_start": START, "planned_finish": FINISH} | fields))
    return flags(card(), one, None, working(), 10)


@pytest.mark.parametrize(
    ("percent", "now", "lags"),
    [
        (0, "2026-09-28 14:00", False),  # 4 of 56 hours: 7 %
        (0, "2026-09-28 15:36", False),  # 5.6 hours: exactly 10 %
        (0, "2026-09-28 15:37", True),
        (0, "2026-10-01 12:00", True),  # the holidays use nothing up, three days are gone
        (33, "2026-10-05 12:00", False),  # 24 of 56 hours: 42.9 %
        (32, "2026-10-05 12:00", True),
        (95, "2026-10-12 18:00", False),
        (95, "2026-10-12 18:01", True),  # its finish has passed
        (100, "2026-10-12 18:01", True),
    ],
)
def test_lagging(percent: int, now: str, lags: bool) -> None:
    assert derived(percent).lagging(at(now)) is lags


@settings(deadline=None)
@given(st.integers(0, 100), st.integers(START - 86_400, FINISH + 86_400), st.integers(0, 40))
def test_lagging_is_the_share_of_working_time(percent: int, now: int, points: int) -> None:
    found = flags(card(), subtask(percent=percent), None, working(), points)
    used, planned = (max(0, working().working_seconds_between(START, end)) for end in (now, FINISH))
    share = used / planned * 100
    assert found.lagging(now) is (share > percent + points + 1e-9 or now > FINISH)


def test_overdue_from_the_second_after_the_finish() -> None:
    assert not derived().overdue(FINISH)
    assert derived().overdue(FINISH + 1)


def test_silent_is_a_breached_progress_clock() -> None:
    board = board_of(card(), subtask(), entry(1, "2026-10-09 16:20"))
    clock = only(clock_book(board, working()), "progress")
    found = flags(card(), board.subtasks[SUB], clock, working(), 10)
    assert not found.silent(at("2026-10-09 17:00"))
    assert found.silent(at("2026-10-09 17:00") + 1)


@pytest.mark.parametrize("fields", [{"planned_finish": None}, {"status": "done"}, {"status": "cancelled"}])
def test_what_cannot_lag(fields: dict[str, Any]) -> None:
    found = derived(**fields)
    assert (found.lagging(NOW * 2), found.overdue(NOW * 2)) == (False, False)


def test_nothing_lags_before_the_card_is_active() -> None:
    assert flags(card(stage="circulating"), subtask(), None, working(), 10) == NO_FLAGS


def test_without_a_start_only_the_finish_counts() -> None:
    assert derived(planned_start=None).lagging_from == FINISH + 1


def test_the_groups_exclude_each_other() -> None:
    late, slow = Flags(lagging_from=5, overdue_from=5), Flags(lagging_from=5)
    assert group("blocked", late, 9) == "overdue"
    assert group("blocked", slow, 9) == "blocked"
    assert group("in_progress", slow, 9) == "lagging"
    assert group("in_progress", slow, 4) == "in_progress"
    assert group("done", NO_FLAGS, 9) == "done"
    assert group("awaiting_acceptance", NO_FLAGS, 9) == "in_progress"
    assert group("not_started", NO_FLAGS, 9) == "in_progress"
    assert group("cancelled", late, 9) is None


LONG = {"planned_start": at("2026-10-08 09:00"), "planned_finish": at("2026-10-10 18:00")}
"""Three working days."""
SHORT = {"planned_start": at("2026-10-08 09:00"), "planned_finish": at("2026-10-08 18:00")}
NONE = {"planned_start": None, "planned_finish": None}


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        ([], 0),
        ([(LONG, 50, "in_progress"), (SHORT, 100, "done")], 62),
        ([(LONG, 50, "in_progress"), (SHORT, 0, "cancelled")], 50),
        ([(LONG, 0, "cancelled")], 0),
        ([(NONE, 10, "in_progress"), (SHORT, 20, "in_progress")], 15),
        ([(LONG, 100, "awaiting_acceptance"), (SHORT, 100, "done")], 99),
        ([(LONG, 60, "done"), (SHORT, 100, "done")], 100),
    ],
)
def test_the_percent_of_a_card(work: list[tuple[dict[str, Any], int, str]], expected: int) -> None:
    made = [subtask(id=200 + n, percent=p, status=s, **dates) for n, (dates, p, s) in enumerate(work)]
    assert card_percent(made, working()) == expected


def test_a_completed_card_without_a_division_of_work_is_whole() -> None:
    assert [card_percent([], working(), stage) for stage in ("completed", "archived", "acceptance")] == [100, 100, 0]
    left = subtask(percent=40, status="in_progress", **LONG)
    assert card_percent([left], working(), "completed") == 40
