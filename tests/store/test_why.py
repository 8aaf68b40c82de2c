"""The sum behind a clock, in lines of template and fields."""

from __future__ import annotations

from string import Formatter
from typing import Any

import pytest

from store import records as r
from store.rules.clocks import Kind
from store.rules.why import Days, Lasting, why
from store.rules.working_time import WorkingTime
from store.settings import Span
from tests.store.clock_helpers import (
    CARD,
    DESIGN,
    NOW,
    at,
    board_of,
    book_of,
    card,
    entry,
    issue,
    meeting,
    only,
    subtask,
    working,
)

EVERYTHING = (
    card(circulated_at=at("2026-09-18 10:00")),
    subtask(),
    issue(),
    issue(id=301, kind="warning", number="I-013"),
    issue(id=302, number="I-014", state="resolved", resolved_at=NOW, resolution_due=at("2026-10-11 12:00")),
    meeting(state="held", ended_at=at("2026-10-09 16:00")),
    entry(1, "2026-10-09 16:20"),
    r.Duty(id=600, card=CARD, department=DESIGN),
    r.Milestone(id=700, card=CARD, name="评审", due=NOW + 86_400),
)


def lines_of(kind: Kind, *records: r.Record, days: WorkingTime | None = None) -> dict[str, Any]:
    board, book = board_of(*records), book_of(*records)
    found = why(board, only(book, kind), days or working(), NOW)
    return dict((*found.total, *found.lines))


def test_every_clock_can_be_explained_and_every_line_has_its_fields() -> None:
    board, book = board_of(*EVERYTHING), book_of(*EVERYTHING)
    clocks = book.of_card(CARD)
    assert len({clock.kind for clock in clocks}) == 15
    for clock in clocks:
        found = why(board, clock, working(), NOW)
        for template, fields in (*found.total, *found.lines):
            assert {name for _, name, _, _ in Formatter().parse(template) if name} <= set(fields), template


def test_a_tier_shows_each_day_it_counted() -> None:
    board, book = board_of(card(), issue()), book_of(card(), issue())
    found = why(board, only(book, "tier"), working(), NOW)
    assert (found.rule, found.origin) == (Span(3, "WD"), "default")
    assert [(day.kind, day.number) for day in found.days] == [
        ("working", 1),
        ("make_up", 2),
        ("weekend", 0),
        ("working", 3),
    ]
    lines, total = dict(found.lines), dict(found.total)
    assert total["entered tier {tier} {at}"]["tier"] == 1
    assert "the start day is not counted" in lines
    assert total["{span} working days: {days}"]["days"] == Days(found.days)
    assert lines["due {due}, {time} left"]["time"] == Lasting(at("2026-10-12 18:00") - NOW)
    assert lines["then tier {tier} is due"] == {"tier": 2}


def test_the_last_tier_goes_nowhere() -> None:
    assert "then it stays breached until the executive rules" in lines_of("tier", card(), issue(tier=3))


@pytest.mark.parametrize(
    ("fields", "records", "origin"),
    [
        ({}, [], "default"),
        ({}, [r.Setting(id=91, key="response", value="48 h")], "board"),
        ({"response_limit_hours": 2}, [r.Setting(id=91, key="response", value="48 h")], "card"),
    ],
)
def test_where_a_rule_comes_from(fields: dict[str, Any], records: list[r.Record], origin: str) -> None:
    made = (card(**fields), issue(), *records)
    found = why(board_of(*made), only(book_of(*made), "response"), working(), NOW)
    assert found.origin == origin
    assert found.days == ()


def test_hours_say_how_they_are_counted() -> None:
    assert "{span} h, day and night" in lines_of("response", card(), issue())
    lines = lines_of("response", card(), issue(), days=working("working"))
    assert "{span} h, counted in working time" in lines


def test_days_of_a_year_not_published_are_estimated() -> None:
    lines = lines_of("tier", card(), issue(tier_since=at("2026-12-30 10:00")))
    assert lines["the make-up days of {year} are not published: estimated"] == {"year": 2027}


def test_how_it_stands() -> None:
    assert "due {due}, over by {time}" in lines_of("response", card(), issue())
    assert "due {due}, met {met}, {time} before" in lines_of("response", card(), issue(responded_at=NOW - 90_000))
    assert "due {due}, met {met}, {time} after" in lines_of("response", card(), issue(responded_at=NOW))
    assert "due {due}, void: its subject was cancelled" in lines_of("card_due", card(stage="cancelled"))
