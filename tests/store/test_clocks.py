"""When a clock is met or void, and who acts where the one asked is from outside (rulebook section 8)."""

from __future__ import annotations

from typing import get_args

import pytest

from store import records as r
from store.rules.clock_book import clock_book
from store.rules.clock_makers import MAKERS
from store.rules.clocks import Kind, left, state
from store.rules.why import DATED, ENDS, STARTS, why
from tests.store.clock_helpers import (
    BOSS_M,
    CARD,
    CHEN,
    CLIENT,
    DESIGN,
    LI,
    NOW,
    SALES,
    SUB,
    SUN,
    WANG,
    ZHANG,
    at,
    board_of,
    book_of,
    card,
    duty,
    everything,
    issue,
    kinds,
    meeting,
    only,
    subtask,
    working,
)


def test_every_kind_of_the_rulebook_has_a_maker_and_a_start_or_a_date_that_is_explained() -> None:
    made = {kind for kind, _, _ in MAKERS}
    assert set(get_args(Kind)) == made | {"report_problem", "report_warning"}  # beside those of report_block
    assert len(get_args(Kind)) == 28
    assert set(STARTS) | set(DATED) | set(ENDS) == set(get_args(Kind))


CIRCULATED = at("2026-10-09 16:00")
HELD = meeting(state="held", ended_at=at("2026-10-09 16:00"))
DONE = at("2026-10-09 10:00")

CLOSINGS: list[tuple[str, Kind, list[r.Record], int]] = [
    ("submitted", "card_due", [card(stage="acceptance", submitted_at=DONE)], DONE),
    ("accepted: as submitted", "card_due", [card(stage="completed", submitted_at=DONE, completed_at=NOW)], DONE),
    ("handed over", "subtask_due", [card(), subtask(status="awaiting_acceptance", handed_over_at=DONE)], DONE),
    ("done: as handed over", "subtask_due", [card(), subtask(status="done", handed_over_at=DONE, done_at=NOW)], DONE),
    (
        "output is there",
        "milestone",
        [card(), r.Milestone(id=700, card=CARD, name="3版初稿", due=NOW, reached_at=DONE)],
        DONE,
    ),
    ("confirmed", "confirmation", [card(circulated_at=NOW), duty(answer="confirmed", answered_at=DONE)], DONE),
    ("objected", "confirmation", [card(circulated_at=NOW), duty(answer="objected", answered_at=DONE)], DONE),
    ("signed", "confirmation", [card(circulated_at=NOW), duty(answer="signed", answered_at=DONE)], DONE),
    ("answered", "response", [card(), issue(responded_at=DONE)], DONE),
    ("resolved at once", "response", [card(), issue(resolved_at=DONE, state="resolved")], DONE),
    ("solution recorded without a meeting", "coordination", [card(), issue(kind="warning", coordinated_at=DONE)], DONE),
    (
        "coordination meeting begun",
        "coordination",
        [
            card(),
            issue(kind="warning"),
            meeting(kind="coordination", card=None, issue=300, starts=DONE, state="held"),
        ],
        DONE,
    ),
    ("tier: resolved", "tier", [card(), issue(resolved_at=DONE, state="resolved")], DONE),
    (
        "resolution done",
        "resolution",
        [card(), issue(state="resolved", resolved_at=DONE, resolution_due=NOW, resolution_done_at=DONE)],
        DONE,
    ),
    ("draft sent", "minutes_draft", [card(), meeting(state="draft", ended_at=DONE - 3600, draft_at=DONE)], DONE),
    ("final", "minutes_final", [card(), meeting(state="final", ended_at=DONE - 3600, final_sent_at=DONE)], DONE),
    ("held", "meeting", [card(), HELD], at("2026-10-09 15:30")),
]


@pytest.mark.parametrize(("kind", "records", "closed"), [row[1:] for row in CLOSINGS], ids=[row[0] for row in CLOSINGS])
def test_met_with_how_long_before_or_after(kind: Kind, records: list[r.Record], closed: int) -> None:
    clock = only(book_of(*records), kind)
    assert state(clock, NOW) == "met"
    assert clock.closed == closed
    assert left(clock, NOW) == clock.due - closed


@pytest.mark.parametrize(
    "records",
    [
        [card(stage="draft", activated_at=None), subtask(), duty()],
        [card(stage="circulating", activated_at=None), subtask()],
    ],
    ids=["draft", "circulating without being asked"],
)
def test_no_clocks_before_anything_is_agreed(records: list[r.Record]) -> None:
    assert kinds(book_of(*records)) == set()


def test_a_card_sent_back_from_acceptance_has_its_clock_as_it_was() -> None:
    back = only(book_of(card(submitted_at=DONE)), "card_due")
    assert (back.closed, back.due) == (None, at("2026-12-01 18:00"))


def test_a_subtask_sent_back_has_its_clock_as_it_was() -> None:
    clock = only(book_of(card(), subtask(status="in_progress", handed_over_at=DONE)), "subtask_due")
    assert (clock.closed, clock.due) == (None, at("2026-10-12 18:00"))


def test_asking_for_information_leaves_the_confirmation_running() -> None:
    clock = only(book_of(card(circulated_at=CIRCULATED), duty(answer_text="预算?")), "confirmation")
    assert state(clock, NOW) == "running"


def test_a_bare_acknowledge_is_no_response() -> None:
    clock = only(book_of(card(), issue(state="acknowledged", acknowledged_at=DONE)), "response")
    assert state(clock, NOW) == "breached"


def test_moving_up_starts_the_next_tier_and_leaves_the_response_as_it_was() -> None:
    book = book_of(card(), issue(tier=2, tier_since=NOW))
    assert only(book, "tier").due == at("2026-10-13 18:00")
    assert only(book, "response").due == at("2026-10-09 13:43")


def test_the_last_tier_stays_breached() -> None:
    clock = only(book_of(card(), issue(tier=3)), "tier")
    assert state(clock, at("2027-10-09 16:55")) == "breached"


def test_a_snooze_leaves_the_clocks_running() -> None:
    calm, put_off = (only(book_of(card(), issue(snoozed_until=until)), "tier") for until in (None, NOW + 86_400))
    assert calm == put_off


def test_a_warning_has_no_response_and_a_dispute_no_coordination() -> None:
    assert kinds(book_of(card(), issue(kind="warning"))) == {"card_due", "coordination", "tier", "report_warning"}
    assert kinds(book_of(card(), issue(kind="dispute"))) == {"card_due", "response", "tier"}


def test_a_meeting_that_passed_asks_until_it_is_held_moved_or_cancelled() -> None:
    assert state(only(book_of(card(), meeting()), "meeting"), NOW) == "breached"
    assert state(only(book_of(card(), meeting(starts=NOW + 60)), "meeting"), NOW) == "running"
    assert state(only(book_of(card(), meeting(state="cancelled")), "meeting"), NOW) == "void"


def test_a_meeting_not_held_has_no_minutes_to_write() -> None:
    assert kinds(book_of(card(), meeting())) == {"card_due", "meeting", "notice"}


def test_a_meeting_without_a_card_has_its_clocks_too() -> None:
    book = book_of(meeting(card=None))
    assert only(book, "meeting").card is None
    assert book.of_card(None)


def test_the_tiers_an_issue_has_left_stay_in_the_record() -> None:
    moved = [at("2026-10-09 09:00"), at("2026-10-13 10:00")]
    steps = [
        r.IssueStep(id=310 + n, issue=300, kind="escalated", at=when, by=WANG, text="没结果", tier=n + 2)
        for n, when in enumerate(moved)
    ]
    book = book_of(card(), subtask(), issue(tier=3, tier_since=moved[1]), *steps)
    tiers = sorted((c for c in everything(book) if c.kind == "tier"), key=lambda clock: clock.started or 0)
    assert [(c.due, c.closed, c.who) for c in tiers] == [
        (at("2026-10-12 18:00"), moved[0], (CHEN, WANG)),
        (at("2026-10-13 18:00"), moved[1], (BOSS_M,)),
        (at("2026-10-16 18:00"), None, (ZHANG,)),
    ]
    assert [c for c in book.running if c.kind == "tier"] == [tiers[2]]
    assert [dict(why(book.board, clock, working(), NOW).total[0][1])["tier"] for clock in tiers] == [1, 2, 3]


def test_cancelling_a_card_voids_what_still_ran_and_leaves_what_was_met() -> None:
    gone = card(stage="cancelled", cancelled_at=NOW, circulated_at=DONE)
    answered = duty(answer="confirmed", answered_at=DONE)
    book = book_of(gone, subtask(), issue(), meeting(), answered, duty(id=601, department=DESIGN))
    states = {(clock.kind, state(clock, NOW)) for clock in book.of_card(CARD)}
    assert states == {
        ("card_due", "void"),
        ("subtask_due", "void"),
        ("progress", "void"),
        ("response", "void"),
        ("tier", "void"),
        ("follow_up", "void"),
        ("meeting", "void"),
        ("notice", "void"),
        ("report_block", "met"),
        ("confirmation", "met"),
        ("confirmation", "void"),
    }
    assert CARD not in book.nearest


def test_cancelling_a_subtask_voids_its_clocks_and_those_of_its_milestones() -> None:
    stone = r.Milestone(id=700, card=CARD, subtask=SUB, name="初稿", due=NOW)
    book = book_of(card(), subtask(status="cancelled"), stone)
    assert {(clock.kind, state(clock, NOW)) for clock in book.of_card(CARD)} == {
        ("card_due", "running"),
        ("subtask_due", "void"),
        ("progress", "void"),
        ("milestone", "void"),
    }


WITHOUT_INSIDER: list[tuple[str, Kind, list[r.Record], tuple[int, ...]]] = [
    ("owner", "subtask_due", [card(), subtask(owner=CLIENT)], (LI,)),
    ("lead: head of the initiating department", "card_due", [card(lead=CLIENT)], (WANG,)),
    ("no lead", "card_due", [card(lead=None, initiating_department=SALES)], (LI,)),
    ("recorder: the chair", "minutes_draft", [card(), meeting(recorder=CLIENT, state="held", ended_at=NOW)], (WANG,)),
    ("chair: the recorder", "meeting", [card(), meeting(chair=CLIENT)], (SUN,)),
    (
        "owner of a decision: head of its department",
        "resolution",
        [
            card(),
            issue(resolved_at=NOW, resolution_due=NOW, resolution_owner=CLIENT, resolution_department=SALES),
        ],
        (LI,),
    ),
    (
        "head: the liaison",
        "confirmation",
        [
            card(circulated_at=NOW),
            duty(department=DESIGN, liaison=SUN),
            r.Department(id=DESIGN, name="设计部", head=CLIENT),
        ],
        (SUN,),
    ),
    ("unknown person", "subtask_due", [card(), subtask(owner=987654, department=None)], (WANG,)),
]


@pytest.mark.parametrize(
    ("kind", "records", "who"), [row[1:] for row in WITHOUT_INSIDER], ids=[row[0] for row in WITHOUT_INSIDER]
)
def test_people_from_outside_never_must_act(kind: Kind, records: list[r.Record], who: tuple[int, ...]) -> None:
    assert only(book_of(*records), kind).who == who


def test_a_board_overrides_a_rule_by_its_id() -> None:
    rule = r.Setting(id=91, key="tier", value="1 WD")
    assert only(book_of(card(), issue(), rule), "tier").due == at("2026-10-09 18:00")


def test_working_hours_turn_24_h_into_a_working_day() -> None:
    records = board_of(card(), issue(raised_at=at("2026-09-30 15:00")))
    assert only(clock_book(records, working("working")), "response").due == at("2026-10-08 15:00")


def test_ten_working_days_over_national_day() -> None:
    rule = r.Setting(id=91, key="tier", value="10 WD")
    friday = at("2026-09-18 11:00")
    assert only(book_of(card(), issue(tier_since=friday), rule), "tier").due == at("2026-10-09 18:00")


def test_what_is_recorded_later_counts_from_when_it_happened() -> None:
    clock = only(book_of(card(), issue(raised_at=at("2026-10-07 09:00"))), "response")
    assert (clock.started, clock.due) == (at("2026-10-07 09:00"), at("2026-10-08 09:00"))
