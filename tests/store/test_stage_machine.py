"""No order of operations takes a card to a stage without its gate: open, or passed with a reason that stays."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from store.board import Board
from store.operations.base import decode
from store.records import Gate, Stage
from store.rules.gates import last_round, missing
from tests.store.builders import DAY, T0, Cast, office, run, stamp
from tests.store.closing import worked

c = Cast
WORTH: list[tuple[str, dict[str, Any]]] = [
    ("ConfirmSupport", {"card": c.card, "department": c.sales}),
    ("ConfirmSupport", {"card": c.card, "department": c.design, "text": "好"}),
    ("SubmitForAcceptance", {"card": c.card}),
    ("SubmitForAcceptance", {"card": c.card, "reason": "客户今天验收"}),
    ("GiveVerdict", {"card": c.card, "verdict": "pass"}),
    ("GiveVerdict", {"card": c.card, "verdict": "rectify", "remarks": "缺", "rectify_by": T0 + 90 * DAY}),
    ("GiveVerdict", {"card": c.card, "verdict": "fail", "remarks": "差", "planned_finish": T0 + 90 * DAY}),
    ("Sign", {"card": c.card, "department": c.sales}),
    ("Confirm", {"card": c.card, "department": c.sales}),
    ("EditCard", {"card": c.card, "fields": {"goal": "别的"}}),
    ("AddSubtask", {"card": c.card, "name": "补一项", "owner": c.li}),
    ("RecordRetro", {"card": c.card, "well": "a", "short": "b", "improvements": "c"}),
    ("Reopen", {"card": c.card, "reason": "漏项"}),
    ("ArchiveCard", {"card": c.card}),
    ("ArchiveCard", {"card": c.card, "reason": "复盘并入年度"}),
    ("VoidCard", {"card": c.card, "reason": "停"}),
]
ALLOWED: set[tuple[Stage, Stage]] = {
    ("active", "acceptance"),
    ("acceptance", "active"),
    ("acceptance", "completed"),
    ("completed", "active"),
    ("completed", "archived"),
    ("active", "cancelled"),
    ("acceptance", "cancelled"),
}
GATES: dict[Stage, Gate] = {"acceptance": "acceptance", "archived": "archived"}


def stage_of(board: Board) -> Stage:
    return "archived" if c.card in board.archived else board.cards[c.card].stage


@settings(deadline=None, max_examples=60)
@given(st.booleans(), st.lists(st.sampled_from(WORTH), min_size=4, max_size=14))
def test_no_stage_without_its_gate(done: bool, steps: list[tuple[str, dict[str, Any]]]) -> None:
    board = worked() if done else office()
    for day, (name, fields) in enumerate(steps):
        who = {"ConfirmSupport": {c.sales: c.li, c.design: c.chen}.get(fields.get("department", 0), 0)}
        by = who.get(name) or {"GiveVerdict": c.zhang, "Sign": c.li, "Confirm": c.li}.get(name, c.wang)
        operation, sign = decode(name, fields), stamp(by, T0 + day * DAY)
        if any(operation.check(board, sign)):
            continue
        before, board = board, run(board, operation, sign)
        was, now = stage_of(before), stage_of(board)
        if was == now:
            continue
        assert (was, now) in ALLOWED
        if now in GATES:
            assert not missing(before, c.card, GATES[now]) or fields["reason"]
        if now == "completed":
            newest = last_round(board, c.card)
            assert newest is not None
            assert newest.verdict == "pass"
        if now == "archived":
            return
