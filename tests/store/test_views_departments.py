"""Departments and owed reports, at the moment of the mock-ups."""

from __future__ import annotations

import pytest

from store.rules.clocks import state as state_of
from store.views.departments import DepartmentRow, departments, subtasks_of_department
from store.views.inbox import inbox_items
from store.views.owed import chain, owed, owed_by
from store.views.state import BoardState
from tests.store.clock_helpers import (
    CARD,
    CHEN,
    DESIGN,
    LI,
    MARKET,
    NOW,
    SALES,
    SUN,
    WANG,
    at,
    card,
    subtask,
)
from tests.store.view_helpers import held, office


def department(of: BoardState, key: int) -> DepartmentRow:
    return next(row for row in departments(of, NOW) if row.id == key)


def test_a_department_counts_its_subtasks_in_five_groups_that_exclude_each_other() -> None:
    of = office()
    sales = department(of, SALES)
    assert (sales.done, sales.in_progress, sales.lagging, sales.blocked, sales.overdue) == (0, 1, 1, 0, 0)
    assert sales.glyphs == (("in_progress", "in_progress"), ("in_progress", "lagging"))
    assert (sales.open_subtasks, sales.owed) == (2, 1)
    assert department(of, DESIGN).blocked == 1
    assert department(of, MARKET).done == 1
    late = departments(of, at("2026-10-13 09:00"))
    assert {row.id: row.overdue for row in late} == {SALES: 1, DESIGN: 1, MARKET: 0}


def test_a_department_owns_the_clocks_it_must_act_on() -> None:
    of = office(held(400, "2026-10-09 15:30"))
    found = of.clocks_by_department
    kinds = {key: {clock.kind for clock in clocks} for key, clocks in found.items()}
    assert kinds[MARKET] == {"card_due", "follow_up", "response", "tier", "minutes_draft", "minutes_final"}
    assert kinds[DESIGN] == {"subtask_due", "progress", "tier"}
    market = department(of, MARKET)
    assert market.clock is not None
    assert (market.clock.kind, market.who) == ("response", (WANG,))


def test_the_sparkline_counts_finished_work_and_is_blank_on_days_off() -> None:
    days = department(office(), MARKET).sparkline
    # 26 and 27 September were a weekend, 1 to 7 October are off.
    assert days == (None, None, 0, 0, 0, None, None, None, None, None, None, None, 1, 0)


def test_last_entry_of_a_department() -> None:
    sales = department(office(), SALES)
    assert (sales.last_entry, sales.last_by) == (at("2026-10-09 16:30"), LI)
    assert department(office(), MARKET).last_entry is None


@pytest.mark.parametrize(
    ("column", "first"),
    [("due", DESIGN), ("owed", DESIGN), ("name", MARKET)],
)
def test_sorting_departments(column: str, first: int) -> None:
    assert departments(office(), NOW, column)[0].id == first


def test_the_subtasks_of_a_department_have_what_runs_out_first_on_top_and_done_ones_last() -> None:
    of = office(subtask(id=206, number="N-06", status="done", handed_over_at=NOW - 9600))
    assert [row.id for row in subtasks_of_department(of, SALES)] == [202, 204, 205, 206]
    done = subtasks_of_department(of, SALES)[-1]
    assert done.clock is not None
    assert state_of(done.clock, NOW) == "met"
    assert done.due is None


def test_owed_today_is_what_is_due_by_midnight_and_not_entered() -> None:
    of = office()
    assert [row.id for row in owed(of, NOW)] == [203, 202]
    assert [row.owed_at for row in owed(of, NOW)] == [at("2026-09-28 17:00"), at("2026-10-09 17:00")]
    assert [row.id for row in owed(of, at("2026-10-10 00:00"))] == [203, 202, 204]


def test_i_owe_as_owner_and_as_liaison_of_the_department() -> None:
    of = office(me=LI)
    assert [row.id for row in owed_by(of, LI, NOW)] == [202]
    assert [row.id for row in owed_by(of, SUN, NOW)] == [202]
    assert [row.id for row in owed_by(of, WANG, NOW)] == []
    assert owed_by(of, None, NOW) == ()


def test_the_chain_of_reports_begins_with_the_card_or_department_it_was_started_on() -> None:
    other = [card(id=102, number="Q4营销-2026-002"), subtask(id=210, card=102, number="O-01")]
    of = office(*other, me=LI)
    assert [row.id for row in chain(of, NOW)] == [210, 202]
    assert [row.id for row in chain(of, NOW, card=CARD)] == [202, 210]
    assert [row.id for row in chain(of, NOW, department=SALES)] == [210, 202]


def test_what_waits_for_me_and_as_what() -> None:
    of = office()
    mine = [(item.what, item.role) for item in inbox_items(of, WANG, NOW)]
    assert {("response", "lead"), ("tier", "head"), ("card_due", "lead")} <= set(mine)
    theirs = [(item.what, item.role) for item in inbox_items(of, CHEN, NOW)]
    assert {("progress", "owner"), ("subtask_due", "owner"), ("tier", "head")} <= set(theirs)
    assert inbox_items(of, None, NOW) == ()
