"""The stage machine never reaches a state without its gate, whatever is tried in whatever order (rulebook §2)."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from store.board import Board
from store.operations.base import decode
from store.records import Gate
from store.rules.gates import missing, was_missing
from tests.store.builders import HOUR, T0, Cast, office, stamp, written
from tests.store.ready_cards import CARD, draft, duty

c = Cast
START = draft(office(), goal="")
PEOPLE = (c.wang, c.li, c.chen, c.sun)
STEPS: list[tuple[str, dict[str, Any]]] = [
    ("Circulate", {"card": CARD}),
    ("Circulate", {"card": CARD, "reason": "先行试点"}),
    ("Activate", {"card": CARD}),
    ("Activate", {"card": CARD, "reason": "先行试点"}),
    ("VoidCard", {"card": CARD, "reason": "不做了"}),
    ("AskAgain", {"card": CARD}),
    ("AddDuty", {"card": CARD, **duty(c.design)}),
    ("EditCard", {"card": CARD, "fields": {"goal": "曝光量 100 万"}}),
    ("EditCard", {"card": CARD, "fields": {"goal": ""}}),
    ("EditCard", {"card": CARD, "fields": {"kickoff": False}}),
    ("EditCard", {"card": CARD, "fields": {"lead": None}}),
    ("EditCard", {"card": CARD, "fields": {"lead": c.li}}),
    *(
        (name, {"card": CARD, "department": place} | ({"text": "改期"} if name == "ObjectTo" else {}))
        for name in ("Confirm", "Sign", "ObjectTo")
        for place in (c.market, c.sales, c.design)
    ),
]
GATES: dict[str, Gate] = {"circulating": "circulating", "active": "active"}
LEGAL = {("draft", "circulating"), ("draft", "active"), ("circulating", "active")}
OVER = {"cancelled"}


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(PEOPLE)), max_size=40))
def test_no_stage_is_reached_without_its_gate(steps: list[tuple[tuple[str, dict[str, Any]], int]]) -> None:
    board = START
    for n, ((name, fields), by) in enumerate(steps):
        operation, sign = decode(name, fields), stamp(by, T0 + n * HOUR)
        if any(operation.check(board, sign)):
            continue
        after = written(board, operation.apply(board, sign))
        holds(board, after, by)
        board = after


def holds(before: Board, after: Board, by: int) -> None:
    """What a step did to the stage, the version and the signatures of the card is what the rulebook allows."""
    old, new = before.cards[CARD], after.cards[CARD]
    if new.stage != old.stage:
        assert new.stage in OVER or (old.stage, new.stage) in LEGAL
        gaps = missing(before, CARD, GATES[new.stage]) if new.stage in GATES else []
        passed = [each for each in after.passes_of[CARD] if each not in before.passes_of[CARD]]
        assert len(passed) == (1 if gaps else 0)
        if gaps:
            assert passed[0].gate == new.stage
            assert passed[0].reason
            assert [str(text) for text in was_missing(passed[0])] == [str(gap.text) for gap in gaps]
            assert by == old.lead or old.lead is None
    assert new.version >= old.version
    assert (new.version >= 1) == (new.activated_at is not None)
    for each in after.duties_of[CARD]:
        assert (each.answer == "signed") == (each.signed_at is not None)
        assert (each.answer == "pending") <= (each.answered_at is None)
        if each.answer == "signed":
            assert each.signed_by == after.departments[each.department].head
