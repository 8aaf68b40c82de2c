"""A card's way from draft to active: circulated, confirmed, signed, activated; objected to; cancelled."""

from __future__ import annotations

import pytest

from store.board import Board
from store.operations.base import decode
from store.operations.cards import duty_id
from tests.store.builders import DAY, HOUR, T0, Busy, Cast, busy, do, office, refused, stamp

c, k = Cast, Busy


def circulating() -> Board:
    board = do(office(), "CreateCard", c.wang, id=900, name="返场", departments=[c.market, c.sales], lead=c.wang)
    return do(board, "Circulate", c.wang, card=900, reason="试点")


def test_a_card_is_confirmed_then_signed_then_activated() -> None:
    board = circulating()
    assert refused(board, "Sign", c.li, card=900, department=c.sales) == "refuse.sign"
    board = do(board, "Confirm", c.li, T0 + HOUR, card=900, department=c.sales)
    duty = board.duties[duty_id(900, c.sales)]
    assert (duty.answer, duty.answered_at, duty.answered_by, duty.asked_at) == ("confirmed", T0 + HOUR, c.li, T0)
    assert refused(board, "Confirm", c.li, card=900, department=c.sales) == "refuse.none"
    board = do(board, "Sign", c.li, T0 + 2 * HOUR, card=900, department=c.sales, means="OA-77")
    duty = board.duties[duty_id(900, c.sales)]
    assert (duty.answer, duty.signed_at, duty.signed_by, duty.means) == ("signed", T0 + 2 * HOUR, c.li, "OA-77")
    assert refused(board, "Sign", c.li, card=900, department=c.sales) == "refuse.none"
    assert refused(board, "ObjectTo", c.li, card=900, department=c.sales, text="改期") == "refuse.none"
    board = do(board, "Activate", c.wang, T0 + DAY, card=900, reason="试点")
    assert (board.cards[900].stage, board.cards[900].version) == ("active", 1)
    assert refused(board, "Circulate", c.wang, card=900) == "refuse.state"


def test_an_objection_is_an_answer_and_needs_the_change_it_asks_for() -> None:
    board = circulating()
    assert refused(board, "ObjectTo", c.li, card=900, department=c.sales, text=" ") == "refuse.empty"
    board = do(board, "ObjectTo", c.li, card=900, department=c.sales, text="推迟一周")
    duty = board.duties[duty_id(900, c.sales)]
    assert (duty.answer, duty.answer_text, duty.answered_at) == ("objected", "推迟一周", T0)
    board = do(board, "Confirm", c.li, card=900, department=c.sales)
    assert board.duties[duty_id(900, c.sales)].answer_text == ""


@pytest.mark.parametrize("operation", ["Confirm", "ObjectTo", "Sign"])
def test_only_the_head_answers_for_a_department(operation: str) -> None:
    board = circulating()
    fields = {"text": "改"} if operation == "ObjectTo" else {}
    assert refused(board, operation, c.design, card=900, department=c.design, **fields) == "who"
    codes = [
        reason.code
        for reason in decode(operation, {"card": 900, "department": c.sales, **fields}).check(board, stamp(c.mei))
    ]
    assert "refuse.role" in codes
    assert refused(board, operation, c.chen, card=900, department=c.design, **fields) == "refuse.department"
    assert refused(board, operation, c.wang, card=c.draft, department=c.sales, **fields) in {
        "refuse.department",
        "refuse.state",
    }


def test_without_a_head_anybody_of_the_department_answers_and_the_administrator_for_anyone() -> None:
    board = do(circulating(), "EditDepartment", c.wang, department=c.sales, fields={"head": None})
    confirmed = do(board, "Confirm", c.mei, card=900, department=c.sales)
    assert confirmed.duties[duty_id(900, c.sales)].answered_by == c.mei
    assert refused(board, "Confirm", c.chen, card=900, department=c.sales) == "refuse.role"
    board = do(board, "SetSetting", c.wang, key="administrator", value=c.fang)
    done = do(board, "Confirm", c.fang, card=900, department=c.market)
    assert done.duties[duty_id(900, c.market)].answered_by == c.fang


def test_a_card_of_one_department_is_active_on_its_heads_signature_alone() -> None:
    board = do(office(), "Sign", c.wang, card=c.draft, department=c.market)
    assert board.duties[duty_id(c.draft, c.market)].answer == "signed"
    board = do(board, "Activate", c.wang, card=c.draft, reason="试点")
    assert board.cards[c.draft].stage == "active"


def test_a_draft_of_two_departments_does_not_skip_the_circulation() -> None:
    board = do(office(), "AddDuty", c.wang, card=c.draft, department=c.sales)
    assert refused(board, "Activate", c.wang, card=c.draft) == "refuse.state"
    assert refused(board, "Sign", c.wang, card=c.draft, department=c.market) == "refuse.state"


def test_a_card_without_departments_is_not_circulated() -> None:
    board = do(office(), "CreateCard", c.wang, id=901, name="空", lead=c.wang)
    assert refused(board, "Circulate", c.wang, card=901) == "gate.circulate"


def test_a_cancelled_card_stays_as_it_is() -> None:
    board = do(office(), "VoidCard", c.wang, card=c.card, reason="预算取消")
    assert refused(board, "VoidCard", c.wang, card=c.card, reason="x") == "refuse.state"
    assert refused(board, "EditCard", c.wang, card=c.card, fields={"name": "x"}) == "refuse.state"
    assert refused(board, "AddSubtask", c.wang, card=c.card, name="x") == "refuse.state"
    assert refused(board, "AddDuty", c.wang, card=c.card, department=c.market) == "refuse.state"
    assert refused(board, "RecordProgress", c.li, subtask=c.plan, percent=70) == "refuse.state"
    blocked = {"what": "a", "impact": "b", "tried": "c", "needed": "d"}
    assert refused(board, "RaiseBlocked", c.li, subtask=c.plan, **blocked) == "refuse.state"


def test_a_milestone_is_reached_once() -> None:
    board = do(busy(), "ReachMilestone", c.wang, milestone=k.milestone)
    assert refused(board, "ReachMilestone", c.wang, milestone=k.milestone) == "refuse.none"
