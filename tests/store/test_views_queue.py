"""The escalation queue and the list of meetings, at the moment of the mock-ups."""

from __future__ import annotations

from typing import Any

import pytest

from store import records as r
from store.rules.clocks import state as state_of
from store.views.filters import parse_filter
from store.views.minutes import SORTS, MeetingRow, minutes
from store.views.queue import issue_detail, queue
from store.views.sorting import sort_rows
from store.views.state import BoardState
from tests.store.clock_helpers import (
    BOSS_M,
    BOSS_S,
    CARD,
    CHEN,
    DESIGN,
    MARKET,
    NOW,
    SALES,
    WANG,
    ZHANG,
    at,
    issue,
    meeting,
)
from tests.store.view_helpers import held, office


def full_queue(*more: r.Record) -> BoardState:
    return office(
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
    found = issue_detail(office(step), 300)
    assert found is not None
    assert [name for name, _ in found.texts] == ["what", "impact", "tried", "needed"]
    assert found.participants == ((CHEN, "raised_by"), (WANG, "lead"))
    assert [each.text for each in found.steps] == ["仍缺 2 个省"]
    assert {clock.kind for clock in found.clocks} == {"report_block", "response", "follow_up", "tier"}
    assert found.next_tier == (BOSS_M,)
    assert found.row.sides == (DESIGN, MARKET)
    assert issue_detail(office(), 12345) is None


def test_a_dispute_lies_between_its_positions() -> None:
    sides = (r.Position(department=SALES, text="市场部付"), r.Position(department=MARKET, text="销售部付"))
    found = issue_detail(office(issue(id=305, kind="dispute", positions=sides, tier=3)), 305)
    assert found is not None
    assert (found.row.sides, found.next_tier) == ((SALES, MARKET), ())
    assert found.positions == ((SALES, "市场部付"), (MARKET, "销售部付"))
    assert (ZHANG, "tier") in found.participants
    second = issue_detail(office(issue(id=305, kind="dispute", positions=sides)), 305)
    assert second is not None
    assert second.next_tier == (BOSS_S, BOSS_M)


def line(number: int, of: int, **fields: Any) -> r.MinutesLine:
    return r.MinutesLine(id=number, meeting=of, item=1, order=number, kind="action", text="数据 v2", **fields)


def many_meetings() -> BoardState:
    return office(
        held(401, "2026-10-08 17:15", kind="coordination", card=None, issue=300),
        held(402, "2026-10-09 15:30"),
        meeting(id=403, starts=at("2026-10-12 10:00"), name="M403"),
        held(
            404,
            "2026-09-29 16:00",
            state="final",
            draft_at=at("2026-09-30 10:00"),
            final_at=at("2026-09-30 12:00"),
            final_sent_at=at("2026-09-30 12:00"),
        ),
        line(1, 402),
        line(2, 402, subtask=202),
        line(3, 402, subtask=201),
        line(4, 404, subtask=201),
    )


def meetings(of: BoardState, column: str = "due") -> tuple[MeetingRow, ...]:
    return sort_rows(minutes(of), column, SORTS)


def test_meetings_with_the_nearest_clock_first_and_final_ones_last() -> None:
    rows = meetings(many_meetings())
    assert [row.id for row in rows] == [401, 402, 403, 404]
    first, second, third, last = rows
    assert [row.clock.kind for row in rows if row.clock] == [
        "minutes_draft",
        "minutes_draft",
        "notice",
        "minutes_final",
    ]
    assert (first.card, first.card_number, first.issue) == (CARD, "Q4营销-2026-001", 300)
    assert (second.items, second.items_open, second.items_done) == (3, 1, 1)
    assert (third.draft, third.final) == (None, None)
    assert third.carried == 2
    assert last.final is not None
    assert (last.due, state_of(last.final, NOW)) == (None, "met")


@pytest.mark.parametrize(("column", "first"), [("due", 401), ("date", 403), ("state", 403), ("card", 401)])
def test_sorting_meetings(column: str, first: int) -> None:
    assert meetings(many_meetings(), column)[0].id == first


def test_filtering_meetings() -> None:
    of = many_meetings()
    assert [row.id for row in parse_filter("who:孙悦 M402").apply(meetings(of), of, NOW)] == [402]
    assert [row.id for row in parse_filter("is:24h").apply(meetings(of), of, NOW)] == [401, 402]
