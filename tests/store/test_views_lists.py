"""Departments, queue, minutes, card and owed reports, at the moment of the mock-ups."""

from __future__ import annotations

from typing import Any

import pytest

from store import records as r
from store.rules.clocks import state as state_of
from store.views.card import card_detail, card_preview
from store.views.departments import DepartmentRow, departments, subtasks_of_department
from store.views.filters import parse_filter
from store.views.minutes import minutes
from store.views.owed import by_owner, chain, inbox, owed, owed_by
from store.views.queue import issue_detail, queue
from store.views.state import BoardState
from store.views.subjects import card_number, subject_number
from tests.store.clock_helpers import (
    BOSS_M,
    BOSS_S,
    CARD,
    CHEN,
    DESIGN,
    LI,
    MARKET,
    NOW,
    SALES,
    SUB,
    SUN,
    WANG,
    ZHANG,
    at,
    board_of,
    card,
    entry,
    issue,
    meeting,
    subtask,
    working,
)

SERVED = ["2026-09-28 16:00", "2026-09-29 16:00", "2026-09-30 16:00", "2026-10-08 16:58"]
TODAY = [*SERVED, "2026-10-09 16:30"]


def entries(of: int, times: list[str], **fields: Any) -> list[r.ProgressEntry]:
    return [entry(of * 10 + n, time, subtask=of, **fields) for n, time in enumerate(times)]


def held(number: int, day: str, **fields: Any) -> r.Meeting:
    return meeting(
        **(
            {"id": number, "starts": at(day), "state": "held", "ended_at": at(day) + 1800, "name": f"M{number}"}
            | fields
        )
    )


def state(*more: r.Record, me: int | None = None) -> BoardState:
    """One active card: sales owes a report of 202, design is blocked on 203 and silent, market is done."""
    records: list[r.Record] = [
        card(),
        r.Duty(id=600, card=CARD, department=SALES, liaison=SUN, answer="signed", answered_at=at("2026-09-20 10:00")),
        subtask(
            id=201, number="N-01", department=MARKET, owner=WANG, status="done", handed_over_at=at("2026-10-08 11:00")
        ),
        subtask(id=202, number="N-02", percent=90),
        *entries(202, SERVED),
        subtask(id=203, number="N-03", department=DESIGN, owner=CHEN, status="blocked", percent=90),
        subtask(id=204, number="N-04", department=SALES, owner=LI, percent=20, planned_finish=at("2026-10-20 18:00")),
        *entries(204, TODAY),
        subtask(id=205, number="N-05", department=SALES, owner=SUN, status="cancelled"),
        issue(subtask=203),
        *more,
    ]
    return BoardState(board_of(*records), working(), me=me)


def department(of: BoardState, key: int) -> DepartmentRow:
    return next(row for row in departments(of, NOW) if row.id == key)


def test_a_department_counts_its_subtasks_in_five_groups_that_exclude_each_other() -> None:
    of = state()
    sales = department(of, SALES)
    assert (sales.done, sales.in_progress, sales.lagging, sales.blocked, sales.overdue) == (0, 1, 1, 0, 0)
    assert sales.glyphs == (("in_progress", "in_progress"), ("in_progress", "lagging"))
    assert (sales.open_subtasks, sales.owed) == (2, 1)
    assert department(of, DESIGN).blocked == 1
    assert department(of, MARKET).done == 1
    late = departments(of, at("2026-10-13 09:00"))
    assert {row.id: row.overdue for row in late} == {SALES: 1, DESIGN: 1, MARKET: 0}


def test_a_department_owns_the_clocks_it_must_act_on() -> None:
    of = state(held(400, "2026-10-09 15:30"))
    found = of.clocks_by_department
    kinds = {key: {clock.kind for clock in clocks} for key, clocks in found.items()}
    assert kinds[MARKET] == {"card_due", "response", "tier", "minutes_draft", "minutes_final"}
    assert kinds[DESIGN] == {"subtask_due", "progress", "tier"}
    market = department(of, MARKET)
    assert market.clock is not None
    assert (market.clock.kind, market.who) == ("response", (WANG,))


def test_the_sparkline_counts_finished_work_and_is_blank_on_days_off() -> None:
    days = department(state(), MARKET).sparkline
    # 26 and 27 September were a weekend, 1 to 7 October are off.
    assert days == (None, None, 0, 0, 0, None, None, None, None, None, None, None, 1, 0)


def test_last_entry_of_a_department() -> None:
    sales = department(state(), SALES)
    assert (sales.last_entry, sales.last_by) == (at("2026-10-09 16:30"), LI)
    assert department(state(), MARKET).last_entry is None


@pytest.mark.parametrize(
    ("column", "first"),
    [("due", DESIGN), ("owed", DESIGN), ("name", MARKET)],
)
def test_sorting_departments(column: str, first: int) -> None:
    assert departments(state(), NOW, column)[0].id == first


def test_the_subtasks_of_a_department_have_what_runs_out_first_on_top_and_done_ones_last() -> None:
    of = state(subtask(id=206, number="N-06", status="done", handed_over_at=NOW - 9600))
    assert [row.id for row in subtasks_of_department(of, SALES)] == [202, 204, 205, 206]
    done = subtasks_of_department(of, SALES)[-1]
    assert done.clock is not None
    assert state_of(done.clock, NOW) == "met"
    assert done.due is None


def test_owed_today_is_what_is_due_by_midnight_and_not_entered() -> None:
    of = state()
    assert [row.id for row in owed(of, NOW)] == [203, 202]
    assert [row.owed_at for row in owed(of, NOW)] == [at("2026-09-28 17:00"), at("2026-10-09 17:00")]
    assert [row.id for row in owed(of, at("2026-10-10 00:00"))] == [203, 202, 204]
    assert list(by_owner(owed(of, NOW))) == [CHEN, LI]


def test_i_owe_as_owner_and_as_liaison_of_the_department() -> None:
    of = state(me=LI)
    assert [row.id for row in owed_by(of, LI, NOW)] == [202]
    assert [row.id for row in owed_by(of, SUN, NOW)] == [202]
    assert [row.id for row in owed_by(of, WANG, NOW)] == []
    assert owed_by(of, None, NOW) == ()


def test_the_chain_of_reports_begins_with_the_card_or_department_it_was_started_on() -> None:
    other = [card(id=102, number="Q4营销-2026-002"), subtask(id=210, card=102, number="O-01")]
    of = state(*other, me=LI)
    assert [row.id for row in chain(of, NOW)] == [210, 202]
    assert [row.id for row in chain(of, NOW, card=CARD)] == [202, 210]
    assert [row.id for row in chain(of, NOW, department=SALES)] == [210, 202]


def test_what_waits_for_me() -> None:
    of = state()
    assert [clock.kind for clock in inbox(of, WANG)] == ["response", "tier", "card_due"]
    assert [clock.kind for clock in inbox(of, CHEN)] == ["progress", "subtask_due", "tier"]
    assert inbox(of, None) == ()


def full_queue(*more: r.Record) -> BoardState:
    return state(
        issue(id=301, kind="warning", number="I-015", what="", risk="讲师档期冲突", raised_at=NOW - 86_400 + 60),
        issue(id=302, kind="dispute", number="I-011", over="费用", tier=2, tier_since=NOW, responded_at=NOW),
        issue(id=303, number="I-009", state="resolved", resolved_at=NOW, responded_at=NOW),
        issue(id=304, number="I-016", raised_at=NOW - 90_000, snoozed_until=NOW + 60),
        *more,
    )


def test_the_queue_has_what_breaches_first_on_top_and_snoozed_ones_last() -> None:
    of = full_queue()
    rows = parse_filter("").apply(queue(of, NOW), of, NOW)
    assert [row.id for row in rows] == [300, 301, 302, 304]
    assert [row.id for row in queue(of, NOW + 60)][:2] == [300, 304]


@pytest.mark.parametrize(
    ("column", "first"),
    [("due", 300), ("tier", 302), ("age", 300), ("card", 300)],
)
def test_sorting_the_queue(column: str, first: int) -> None:
    assert queue(full_queue(), NOW, column)[0].id == first


def test_a_resolved_issue_is_found_when_asked_for() -> None:
    of = full_queue()
    assert [row.id for row in parse_filter("is:resolved").apply(queue(of, NOW), of, NOW)] == [303]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is:breached", [300, 304]),
        ("is:blocked", [300, 304]),
        ("is:escalated", [302]),
        ("讲师", [301]),
        ("I-011", [302]),
        ("dept:SC", [300, 301, 302, 304]),
        ("who:分管", [302]),
        ("is:24h", [301]),
    ],
)
def test_filtering_the_queue(text: str, expected: list[int]) -> None:
    of = full_queue()
    assert [row.id for row in parse_filter(text).apply(queue(of, NOW), of, NOW)] == expected


def test_an_issue_whose_tier_ran_out_says_so() -> None:
    row = queue(full_queue(), NOW)[0]
    assert not row.ran_out(at("2026-10-12 18:00"))
    assert row.ran_out(at("2026-10-12 18:00") + 1)


def test_the_detail_of_an_issue() -> None:
    step = r.IssueStep(id=900, issue=300, kind="note", at=NOW, by=CHEN, text="仍缺 2 个省")
    found = issue_detail(state(step), 300)
    assert found is not None
    assert [name for name, _ in found.texts] == ["what", "impact", "tried", "needed"]
    assert found.participants == ((CHEN, "raised_by"), (WANG, "lead"))
    assert [each.text for each in found.steps] == ["仍缺 2 个省"]
    assert {clock.kind for clock in found.clocks} == {"response", "tier"}
    assert found.next_tier == (BOSS_M,)
    assert found.row.sides == (DESIGN, MARKET)
    assert issue_detail(state(), 12345) is None


def test_a_dispute_lies_between_its_positions() -> None:
    sides = (r.Position(department=SALES, text="市场部付"), r.Position(department=MARKET, text="销售部付"))
    found = issue_detail(state(issue(id=305, kind="dispute", positions=sides, tier=3)), 305)
    assert found is not None
    assert (found.row.sides, found.next_tier) == ((SALES, MARKET), ())
    assert found.positions == ((SALES, "市场部付"), (MARKET, "销售部付"))
    assert (ZHANG, "tier") in found.participants
    second = issue_detail(state(issue(id=305, kind="dispute", positions=sides)), 305)
    assert second is not None
    assert second.next_tier == (BOSS_S, BOSS_M)


def line(number: int, of: int, **fields: Any) -> r.MinutesLine:
    return r.MinutesLine(id=number, meeting=of, item=1, order=number, kind="action", text="数据 v2", **fields)


def many_meetings() -> BoardState:
    return state(
        held(401, "2026-10-08 17:15", kind="coordination", card=None, issue=300),
        held(402, "2026-10-09 15:30"),
        meeting(id=403, starts=at("2026-10-12 10:00"), name="M403"),
        held(404, "2026-09-29 16:00", state="final", draft_at=at("2026-09-30 10:00"), final_at=at("2026-09-30 12:00")),
        line(1, 402),
        line(2, 402, subtask=202),
        line(3, 402, subtask=201),
        line(4, 404, subtask=201),
    )


def test_meetings_with_the_nearest_clock_first_and_final_ones_last() -> None:
    rows = minutes(many_meetings())
    assert [row.id for row in rows] == [401, 402, 403, 404]
    first, second, third, last = rows
    assert [row.clock.kind for row in rows if row.clock] == [
        "minutes_draft",
        "minutes_draft",
        "meeting",
        "minutes_final",
    ]
    assert (first.card, first.card_number, first.issue) == (CARD, "Q4营销-2026-001", 300)
    assert (second.items, second.items_open) == (3, 1)
    assert (third.draft, third.final) == (None, None)
    assert third.carried == 2
    assert last.final is not None
    assert (last.due, state_of(last.final, NOW)) == (None, "met")


@pytest.mark.parametrize(("column", "first"), [("due", 401), ("date", 403), ("state", 403), ("card", 401)])
def test_sorting_meetings(column: str, first: int) -> None:
    assert minutes(many_meetings(), column)[0].id == first


def test_filtering_meetings() -> None:
    of = many_meetings()
    assert [row.id for row in parse_filter("who:孙悦 M402").apply(minutes(of), of, NOW)] == [402]
    assert [row.id for row in parse_filter("is:24h").apply(minutes(of), of, NOW)] == [401, 402]


def test_the_preview_of_a_card() -> None:
    of = state(meeting(id=403, starts=at("2026-10-12 10:00")), subtask(id=207, number="N-07"), *entries(207, SERVED))
    found = card_preview(of, CARD, NOW)
    assert found is not None
    assert [(group.clock.kind, len(group.others)) for group in found.clocks] == [
        ("progress", 0),
        ("response", 0),
        ("progress", 1),
    ]
    assert [duty.department for duty in found.duties] == [SALES]
    assert [row.id for row in found.issues] == [300]
    assert found.last is not None
    assert (found.last.entry.at, found.last.subtask.id) == (at("2026-10-09 16:30"), 204)
    assert found.next_meeting is not None
    assert found.next_meeting.id == 403
    assert card_preview(of, 12345, NOW) is None


def test_the_tabs_of_a_card() -> None:
    corrected = entry(999, "2026-10-09 16:30", subtask=204, replaces=2544, recorded_at=NOW)
    history = [
        r.HistoryEntry(id=n, client="c", n=n, operation="X", by=WANG, at=NOW, recorded_at=NOW, subject=subject)
        for n, subject in ((1, CARD), (2, 202), (3, 12345), (4, 300))
    ]
    of = state(corrected, held(404, "2026-09-29 16:00"), *history)
    found = card_detail(of, CARD)
    assert found is not None
    assert [row.id for row in found.subtasks] == [201, 202, 203, 204, 205]
    assert found.progress[0].entry.id == corrected.id
    assert [each.entry.id for each in found.progress if each.by] == [2544]
    closed = [clock for clock in found.clocks if not clock.is_open]
    assert found.clocks[-len(closed) :] == tuple(closed)
    assert {clock.kind for clock in closed} == {"subtask_due", "progress", "confirmation", "meeting"}
    assert [each.id for each in found.history] == [4, 2, 1]
    assert [row.id for row in found.meetings] == [404]
    assert card_detail(of, 12345) is None


def test_a_withdrawn_report_is_not_the_last_entry() -> None:
    gone = entry(998, "2026-10-09 16:30", subtask=204, replaces=2544, withdrawn=True, recorded_at=NOW)
    of = state(gone)
    assert of.card_rows[CARD].last_entry == at("2026-10-08 16:58")


def test_numbers_people_see() -> None:
    of = state(
        r.Milestone(id=700, card=CARD, name="评审", due=NOW),
        r.Milestone(id=701, card=CARD, subtask=202, name="初稿", due=NOW),
        entry(990, "2026-10-09 16:40", subtask=204, problem="缺数据"),
        meeting(id=405, card=None, number="M-009"),
    )
    seen = {(clock.kind, subject_number(of.board, clock)) for clock in of.book.running}
    assert {
        ("card_due", "Q4营销-2026-001"),
        ("progress", "N-02"),
        ("tier", "I-012"),
        ("milestone", "Q4营销-2026-001"),
        ("milestone", "N-02"),
        ("response", "N-04"),
        ("meeting", "M-009"),
    } <= seen
    assert {card_number(of.board, clock) for clock in of.book.running} == {"Q4营销-2026-001", ""}
    assert SUB not in of.board.subtasks
