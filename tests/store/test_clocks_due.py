"""When each kind of clock is due and who must act: the table of rulebook section 8, row by row."""

from __future__ import annotations

import pytest

from store import records as r
from store.rules.clocks import Kind
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
    SUN,
    WANG,
    ZHANG,
    at,
    book_of,
    card,
    duty,
    issue,
    meeting,
    only,
    subtask,
)

CIRCULATED = at("2026-10-09 16:00")

DUES: list[tuple[str, Kind, list[r.Record], str, tuple[int, ...]]] = [
    ("planned finish of the card", "card_due", [card()], "2026-12-01 18:00", (WANG,)),
    ("planned finish of the subtask", "subtask_due", [card(), subtask()], "2026-10-12 18:00", (LI,)),
    (
        "date of the milestone",
        "milestone",
        [card(), r.Milestone(id=700, card=CARD, name="3版初稿", due=at("2026-10-16 18:00"), responsible=CHEN)],
        "2026-10-16 18:00",
        (CHEN,),
    ),
    (
        "milestone: head of its department where nobody is named",
        "milestone",
        [card(), r.Milestone(id=700, card=CARD, name="3版初稿", due=at("2026-10-16 18:00"), department=DESIGN)],
        "2026-10-16 18:00",
        (CHEN,),
    ),
    (
        "confirmation: 2 WD, the make-up Saturday counts, Sunday does not",
        "confirmation",
        [card(stage="circulating", activated_at=None, circulated_at=CIRCULATED), duty()],
        "2026-10-12 18:00",
        (LI,),
    ),
    (
        "confirmation: 24 h if no kickoff is held",
        "confirmation",
        [card(stage="circulating", circulated_at=CIRCULATED, kickoff=False), duty()],
        "2026-10-10 16:00",
        (LI,),
    ),
    (
        "confirmation: the card's answer limit",
        "confirmation",
        [card(stage="circulating", circulated_at=CIRCULATED, kickoff=False, answer_limit_hours=6), duty()],
        "2026-10-09 22:00",
        (LI,),
    ),
    (
        "confirmation: a new version starts a new clock for the department concerned",
        "confirmation",
        [card(circulated_at=at("2026-09-10 10:00")), duty(asked_at=at("2026-09-30 11:00"))],
        "2026-10-09 18:00",
        (LI,),
    ),
    ("response: 24 h from raising", "response", [card(), issue()], "2026-10-09 13:43", (WANG,)),
    (
        "response: the card's response limit",
        "response",
        [card(response_limit_hours=2), issue(kind="dispute")],
        "2026-10-08 15:43",
        (WANG,),
    ),
    ("coordination: 24 h from raising", "coordination", [card(), issue(kind="warning")], "2026-10-09 13:43", (WANG,)),
    ("tier: Fri 9, make-up Sat 10, Mon 12", "tier", [card(), issue()], "2026-10-12 18:00", (CHEN, WANG)),
    (
        "tier: entered on a day off, the first working day counts",
        "tier",
        [card(), issue(tier_since=at("2026-10-03 10:00"))],
        "2026-10-10 18:00",
        (CHEN, WANG),
    ),
    (
        "tier 2: the leaders in charge of both sides",
        "tier",
        [card(), issue(kind="dispute", tier=2, from_department=SALES)],
        "2026-10-12 18:00",
        (BOSS_S, BOSS_M),
    ),
    (
        "tier 2 without leaders: the executive",
        "tier",
        [card(), issue(tier=2, from_department=DESIGN, department=DESIGN)],
        "2026-10-12 18:00",
        (ZHANG,),
    ),
    (
        "tier 2 with neither: the lead",
        "tier",
        [card(), issue(tier=2, from_department=DESIGN, department=DESIGN), r.Person(id=ZHANG, name="张岚", left_at=1)],
        "2026-10-12 18:00",
        (WANG,),
    ),
    ("tier 3: the executive", "tier", [card(), issue(tier=3)], "2026-10-12 18:00", (ZHANG,)),
    (
        "tier 1: with one side known, the lead beside its head",
        "tier",
        [card(), issue(department=None)],
        "2026-10-12 18:00",
        (CHEN, WANG),
    ),
    (
        "resolution: the due of the decision, kept on a day off",
        "resolution",
        [
            card(),
            issue(
                state="resolved",
                resolved_at=NOW,
                resolution_due=at("2026-10-11 12:00"),
                resolution_owner=SUN,
                resolution_department=MARKET,
            ),
        ],
        "2026-10-11 12:00",
        (SUN,),
    ),
    (
        "draft of the minutes: 24 h after the end, to the recorder",
        "minutes_draft",
        [card(), meeting(state="held", ended_at=at("2026-10-09 16:00"))],
        "2026-10-10 16:00",
        (SUN,),
    ),
    (
        "final minutes: 48 h after the end, to the chair, due on a day off kept",
        "minutes_final",
        [card(), meeting(state="held", ended_at=at("2026-10-09 16:00"))],
        "2026-10-11 16:00",
        (WANG,),
    ),
    ("meeting: its start, asked of the chair", "meeting", [card(), meeting()], "2026-10-09 15:30", (WANG,)),
]


@pytest.mark.parametrize(("kind", "records", "due", "who"), [row[1:] for row in DUES], ids=[row[0] for row in DUES])
def test_due_and_who(kind: Kind, records: list[r.Record], due: str, who: tuple[int, ...]) -> None:
    clock = only(book_of(*records), kind)
    assert (clock.due, clock.who) == (at(due), who)
    assert clock.closed is None
    assert not clock.void
