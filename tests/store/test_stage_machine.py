"""The stage machine never reaches a state without its gate, whatever is tried in whatever order (rulebook §2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from store import records as r
from store.board import Board
from store.operations.base import decode
from store.records import Gate
from store.rules.gates import missing, was_missing
from tests.store.builders import DAY, HOUR, T0, Cast, do, office, stamp, written
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


# From the work to the archive -----------------------------------------------------------------------------------

AT_WORK = do(office(), "EditCard", c.wang, card=c.card, fields={"acceptor": c.zhang})
CLOSERS = (None, None, None, c.wang, c.li, c.zhang)
"""Who signs a step; None: whoever may (the acceptor gives the verdict, the lead does the rest)."""
CLOSING: list[tuple[str, dict[str, Any]]] = [
    *(("HandOver", {"subtask": key, "deliverable": "V1"}) for key in (c.plan, c.poster, c.idle)),
    *(("AcceptSubtask", {"subtask": key}) for key in (c.plan, c.poster, c.idle)),
    ("SendBack", {"subtask": c.plan, "reason": "缺预算表"}),
    ("VoidSubtask", {"subtask": c.idle, "reason": "不做了"}),
    *(("ConfirmSupport", {"card": c.card, "department": place}) for place in (c.sales, c.design)),
    ("SubmitForAcceptance", {"card": c.card}),
    ("SubmitForAcceptance", {"card": c.card, "reason": "客户今天验收"}),
    ("GiveVerdict", {"card": c.card, "verdict": "pass"}),
    ("GiveVerdict", {"card": c.card, "verdict": "rectify", "remarks": "缺数据", "rectify_by": T0 + 3 * DAY}),
    ("GiveVerdict", {"card": c.card, "verdict": "fail", "remarks": "未签约", "planned_finish": T0 + 90 * DAY}),
    ("GiveVerdict", {"card": c.card, "verdict": "fail", "remarks": "终止", "cancel": True}),
    ("RecordRetro", {"card": c.card, "well": "快", "short": "晚", "improvements": "提前一周锁定口径"}),
    ("WaiveRetro", {"card": c.card, "reason": "例行"}),
    ("Reopen", {"card": c.card, "reason": "漏项"}),
    ("ArchiveCard", {"card": c.card}),
    ("ArchiveCard", {"card": c.card, "reason": "复盘并入年度"}),
    ("VoidCard", {"card": c.card, "reason": "不做了"}),
]
OFTEN = [
    ("SubmitForAcceptance", {"card": c.card, "reason": "客户今天验收"}),
    ("GiveVerdict", {"card": c.card, "verdict": "pass"}),
    ("RecordRetro", {"card": c.card, "well": "快", "short": "晚", "improvements": "提前一周锁定口径"}),
    ("ArchiveCard", {"card": c.card, "reason": "复盘并入年度"}),
    ("Reopen", {"card": c.card, "reason": "漏项"}),
]
"""The way through, so that it is gone to its end as well."""
ONWARD = {
    ("active", "acceptance"), ("acceptance", "completed"), ("acceptance", "active"), ("completed", "active"),
    ("active", "cancelled"), ("acceptance", "cancelled"),
}  # fmt: skip


@settings(max_examples=120)
@given(st.lists(st.tuples(st.sampled_from([*CLOSING, *OFTEN * 8]), st.sampled_from(CLOSERS)), min_size=10, max_size=40))
def test_no_card_is_accepted_completed_or_archived_without_its_gate(
    steps: list[tuple[tuple[str, dict[str, Any]], int | None]],
) -> None:
    board = AT_WORK
    for n, ((name, fields), signer) in enumerate(steps):
        by = signer or (c.zhang if name == "GiveVerdict" else c.wang)
        operation, sign = decode(name, fields), stamp(by, T0 + n * HOUR)
        if any(operation.check(board, sign)):
            continue
        after = written(board, operation.apply(board, sign))
        if c.card in after.archived:
            left(board, operation.parting(board, sign), by)
            return
        went(board, after, by)
        board = after


def went(before: Board, after: Board, by: int) -> None:
    """A step between the work and the completion is one the rulebook allows, its gate open or passed by the lead."""
    old, new = before.cards[c.card], after.cards[c.card]
    if new.stage == old.stage:
        return
    assert (old.stage, new.stage) in ONWARD
    newest = after.acceptances_of[c.card][-1] if after.acceptances_of[c.card] else None
    passed = [each for each in after.passes_of[c.card] if each not in before.passes_of[c.card]]
    if new.stage == "acceptance":
        gaps = missing(before, c.card, "acceptance")
        assert [each.gate for each in passed] == (["acceptance"] if gaps else [])
        assert by == old.lead
        assert newest is not None
        assert newest.verdict is None
    if old.stage == "acceptance" and new.stage != "cancelled":
        assert newest is not None
        assert newest.verdict == ("pass" if new.stage == "completed" else "fail")
        assert newest.verdict_by == by == c.zhang
    if new.stage == "active":
        assert new.reason or (newest is not None and newest.remarks)


def left(before: Board, records: Mapping[str, Mapping[int, r.Record]], by: int) -> None:
    """Only a completed card whose acceptance passed leaves, with its retro or the lead's reason."""
    assert before.cards[c.card].stage == "completed"
    assert before.acceptances_of[c.card][-1].verdict == "pass"
    assert by == c.wang
    gaps = missing(before, c.card, "archived")
    passes = [each for each in records.get("passes", {}).values() if isinstance(each, r.Pass)]
    assert any(each.gate == "archived" for each in passes) == bool(gaps)
