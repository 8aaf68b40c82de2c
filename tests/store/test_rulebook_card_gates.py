"""Rulebook §2, clause by clause: the gates from draft to active, and what a department answers."""

from __future__ import annotations

from typing import Any

import pytest

from store import records as r
from store.operations.cards import duty_id
from store.rules.gates import needs, was_missing
from tests.store.builders import DAY, HOUR, T0, Cast, do, office, refused
from tests.store.ready_cards import CARD, circulated, confirmed, draft, duty, gaps, said, signed

c = Cast
MARKET, SALES = duty_id(CARD, c.market), duty_id(CARD, c.sales)


# -> circulating ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("without", "gap"),
    [
        ({"goal": ""}, "goal"),
        ({"scope": " "}, "scope"),
        ({"planned_start": None}, "planned start"),
        ({"planned_finish": None}, "planned finish"),
        ({"resources": ""}, "resources"),
        ({"mechanism": ""}, "mechanism"),
        ({"duties": [duty(c.market), {"department": c.sales}]}, "duty of 销售部: role, action, standard"),
        ({"duties": [duty(c.market), duty(c.sales) | {"standard": ""}]}, "duty of 销售部: standard"),
        ({"duties": [duty(c.sales)]}, "市场部 initiates the card and has no duty on it"),
        ({"duties": []}, "departments"),
    ],
)
def test_gate_to_circulating_lists_what_is_missing(without: dict[str, Any], gap: str) -> None:
    board = draft(office(), **without)
    assert gaps(board, "circulating") == [gap]
    assert said(board, "Circulate", c.wang, card=CARD) == f"Cannot circulate: {gap}."


def test_gate_to_circulating_opens_when_nothing_is_missing() -> None:
    board = draft(office())
    assert gaps(board, "circulating") == []
    assert [need.id for need in needs(board, CARD, "circulating")] == [
        "name", "number", "priority", "initiated_at", "goal", "scope", "duty", "duty", "planned_start",
        "planned_finish", "resources", "mechanism",
    ]  # fmt: skip
    board = do(board, "Circulate", c.wang, card=CARD, reason="not needed")
    assert (board.cards[CARD].stage, board.cards[CARD].circulated_at) == ("circulating", T0)
    assert not board.passes_of[CARD]


def test_resources_may_be_a_budget_and_the_mechanism_a_regular_meeting() -> None:
    board = draft(office(), resources="", budget="20 万元 CNY", mechanism="", regular_meeting="weekly")
    assert gaps(board, "circulating") == []


def test_the_lead_passes_a_gate_only_with_a_reason_which_stays() -> None:
    board = draft(office(), goal="", initiator=c.li)
    assert refused(board, "Circulate", c.wang, card=CARD) == "gate.circulate"
    assert refused(board, "Circulate", c.li, card=CARD, reason="赶时间") == "refuse.role"
    board = do(board, "Circulate", c.wang, card=CARD, reason="目标下周定")
    (passed,) = board.passes_of[CARD]
    assert (passed.gate, passed.reason, passed.by) == ("circulating", "目标下周定", c.wang)
    assert [str(text) for text in was_missing(passed)] == ["goal"]
    old = r.Pass(id=1, card=CARD, gate="active", missing=("销售部 has not signed",), reason="试点", by=c.wang, at=T0)
    assert [str(text) for text in was_missing(old)] == ["销售部 has not signed"]


def test_the_administrator_may_act_for_anyone_recorded_as_on_behalf_of() -> None:
    board = do(circulated(office()), "SetSetting", c.wang, key="administrator", value=c.fang)
    board = do(board, "Confirm", c.fang, card=CARD, department=c.sales)
    board = do(board, "Sign", c.fang, card=CARD, department=c.sales)
    found = board.duties[SALES]
    assert (found.answered_by, found.answered_for, found.signed_by, found.signed_for) == (c.fang, c.li, c.fang, c.li)
    board = do(board, "Activate", c.fang, card=CARD, reason="授权代办")
    (passed,) = board.passes_of[CARD]
    assert (passed.by, passed.on_behalf_of) == (c.fang, c.wang)


# A department's answer ---------------------------------------------------------------------------------


def test_a_confirmation_ticks_duty_dates_and_people_time_authority() -> None:
    board = circulated(office())
    for left in ("duty", "dates", "resources"):
        ticks = [tick for tick in ("duty", "dates", "resources") if tick != left]
        assert refused(board, "Confirm", c.li, card=CARD, department=c.sales, ticks=ticks) == "refuse.tick"
    assert confirmed(board, c.sales).duties[SALES].ticks == ("duty", "dates", "resources")


def test_an_objection_stops_that_departments_clock_and_the_new_version_asks_it_anew() -> None:
    board = do(circulated(office()), "ObjectTo", c.li, T0 + HOUR, card=CARD, department=c.sales, text="推迟一周")
    assert (board.duties[SALES].answered_at, board.duties[SALES].answer_text) == (T0 + HOUR, "推迟一周")
    assert gaps(board, "active")[:2] == ["市场部 has not confirmed", "销售部 objects: 推迟一周"]
    later = T0 + 2 * HOUR
    board = do(board, "EditDuty", c.wang, later, duty=SALES, fields={"standard": "提供布置照片"})
    assert (board.duties[SALES].answer, board.duties[SALES].asked_at) == ("pending", later)
    assert (board.duties[MARKET].answer, board.duties[MARKET].asked_at) == ("pending", T0)


def test_the_initiator_asks_an_objecting_department_anew_without_an_edit() -> None:
    board = do(circulated(office()), "ObjectTo", c.li, card=CARD, department=c.sales, text="推迟一周")
    assert refused(board, "AskAgain", c.li, card=CARD) == "refuse.role"
    # A clock that runs is not started anew, so nobody gets out of a breach.
    assert refused(board, "AskAgain", c.wang, card=CARD, departments=[c.market]) == "refuse.none"
    board = do(board, "AskAgain", c.wang, T0 + HOUR, card=CARD)
    assert (board.duties[SALES].answer, board.duties[SALES].asked_at) == ("pending", T0 + HOUR)
    assert board.duties[MARKET].asked_at == T0
    assert refused(board, "AskAgain", c.wang, card=CARD) == "refuse.none"


def test_a_question_goes_to_the_requester_contact_and_the_clock_goes_on() -> None:
    board = do(circulated(office()), "AskInfo", c.mei, card=CARD, department=c.sales, text="预算含差旅吗?")
    found = board.duties[SALES]
    assert (found.question, found.question_by, found.answer, found.asked_at) == ("预算含差旅吗?", c.mei, "pending", T0)
    assert refused(board, "Reply", c.wang, card=CARD, department=c.market, text="含") == "refuse.none"
    board = do(board, "Reply", c.wang, T0 + HOUR, card=CARD, department=c.sales, text="含")
    assert (board.duties[SALES].reply, board.duties[SALES].reply_at, board.duties[SALES].asked_at) == (
        "含", T0 + HOUR, T0,
    )  # fmt: skip
    assert refused(board, "Reply", c.wang, card=CARD, department=c.sales, text="再说") == "refuse.none"


def test_confirm_and_sign_are_two_acts_unless_the_board_makes_them_one() -> None:
    board = circulated(office())
    assert confirmed(board, c.sales).duties[SALES].answer == "confirmed"
    board = do(board, "SetSetting", c.wang, key="confirm_signs", value="yes")
    found = confirmed(board, c.sales).duties[SALES]
    assert (found.answer, found.ticks, found.signed_at, found.signed_by, found.means) == (
        "signed", ("duty", "dates", "resources"), T0, c.li, "here",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("means", "kept"),
    [("", "here"), ("OA-2026-17", "OA-2026-17"), ("paper //share/签字.pdf", "paper //share/签字.pdf")],
)
def test_a_head_signs_with_time_and_means(means: str, kept: str) -> None:
    board = confirmed(circulated(office()), c.sales)
    board = do(board, "Sign", c.li, T0 + HOUR, card=CARD, department=c.sales, means=means)
    assert (board.duties[SALES].signed_at, board.duties[SALES].signed_by, board.duties[SALES].means) == (
        T0 + HOUR, c.li, kept,
    )  # fmt: skip


def test_a_signature_on_paper_needs_its_link() -> None:
    board = confirmed(circulated(office()), c.sales)
    assert refused(board, "Sign", c.li, card=CARD, department=c.sales, means="paper") == "refuse.paper"


# -> active ---------------------------------------------------------------------------------------------


def test_gate_to_active_wants_every_department_confirmed_and_signed_by_its_head() -> None:
    board = circulated(office(), kickoff=False)
    assert gaps(board, "active") == ["市场部 has not confirmed", "销售部 has not confirmed"]
    board = confirmed(board, c.market, c.sales)
    assert gaps(board, "active") == ["市场部 has not signed", "销售部 has not signed"]
    board = do(board, "Sign", c.wang, card=CARD, department=c.market)
    assert said(board, "Activate", c.wang, card=CARD) == "Cannot activate: 销售部 has not signed."


def test_gate_to_active_wants_a_lead_a_liaison_per_department_and_the_kickoff() -> None:
    board = circulated(office(), duties=[duty(c.market), duty(c.sales) | {"liaison": None}])
    board = signed(board, c.market, c.sales)
    kickoff = "the kickoff is neither held nor recorded as not held"
    assert gaps(board, "active") == ["销售部 has no liaison", kickoff]
    board = do(board, "EditDuty", c.wang, duty=SALES, fields={"liaison": c.mei})
    assert gaps(board, "active") == [kickoff]
    without = do(board, "EditCard", c.wang, card=CARD, fields={"lead": None, "kickoff_note": "10-08 已开"})
    assert gaps(without, "active") == ["lead"]


@pytest.mark.parametrize("way", ["meeting", "not held", "note"])
def test_the_kickoff_is_held_or_recorded_as_not_held(way: str) -> None:
    board = signed(circulated(office()), c.market, c.sales)
    if way == "meeting":
        meeting = {"id": 950, "kind": "kickoff", "name": "启动会", "card": CARD, "starts": T0 + HOUR, "chair": c.wang}
        board = do(board, "CallMeeting", c.wang, **meeting)
        assert len(gaps(board, "active")) == 1
        board = do(board, "HoldMeeting", c.wang, T0 + 2 * HOUR, meeting=950)
    else:
        fields = {"kickoff": False} if way == "not held" else {"kickoff_note": "10-08 线下已开"}
        board = do(board, "EditCard", c.wang, card=CARD, fields=fields)
    assert gaps(board, "active") == []
    board = do(board, "Activate", c.wang, T0 + DAY, card=CARD)
    assert (board.cards[CARD].stage, board.cards[CARD].version, board.cards[CARD].activated_at) == (
        "active",
        1,
        T0 + DAY,
    )


def test_the_initiating_department_signs_too() -> None:
    board = circulated(office(), kickoff=False)
    board = do(board, "RemoveDuty", c.wang, duty=MARKET, reason="误加")
    board = signed(board, c.sales)
    assert gaps(board, "active") == ["市场部 initiates the card and has no duty on it"]


def test_a_card_of_one_department_goes_active_on_its_heads_signature_alone() -> None:
    board = draft(office(), duties=[{"department": c.market}], goal="", scope="", resources="", mechanism="")
    assert gaps(board, "active") == ["市场部 has not signed"]
    assert refused(board, "Activate", c.wang, card=CARD) == "gate.active"
    board = do(board, "Sign", c.wang, card=CARD, department=c.market)
    assert do(board, "Activate", c.wang, card=CARD).cards[CARD].version == 1
