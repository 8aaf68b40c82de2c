"""Rulebook §2, clause by clause: a card from draft to active. Each test is named after what the clause says."""

from __future__ import annotations

from typing import Any

import pytest

from store.board import Board
from store.operations.base import decode
from store.operations.cards import duty_id
from store.operations.papers import seen_count
from store.operations.recurring import next_id
from store.operations.voiding import is_unsigned
from store.rules.gates import missing, needs
from tests.store.builders import DAY, HOUR, T0, Cast, do, office, refused, stamp
from tests.store.ready_cards import CARD, HEADS, active, circulated, confirmed, draft, duty, signed

c = Cast
MARKET, SALES = duty_id(CARD, c.market), duty_id(CARD, c.sales)


def gaps(board: Board, gate: Any, card: int = CARD) -> list[str]:
    return [str(need.text) for need in missing(board, card, gate)]


def said(board: Board, operation: str, by: int, **fields: Any) -> str:
    return next((str(reason) for reason in decode(operation, fields).check(board, stamp(by))), "")


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
    assert (passed.gate, passed.missing, passed.reason, passed.by) == (
        "circulating", ("goal",), "目标下周定", c.wang,
    )  # fmt: skip


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
    assert said(board, "Activate", c.wang, card=CARD).startswith("Cannot activate: 销售部 has not signed. Tab")


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


# Versions and void signatures --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"goal": "曝光量 200 万"},
        {"scope": "全国"},
        {"planned_start": T0 + DAY},
        {"planned_finish": T0 + 40 * DAY},
        {"resources": "预算 10 万元"},
        {"budget": "10 万"},
    ],
)
def test_an_edit_of_goal_scope_dates_or_resources_voids_all_signatures(fields: dict[str, Any]) -> None:
    board = do(active(office()), "EditCard", c.li, T0 + DAY, card=CARD, fields=fields)
    for key in (MARKET, SALES):
        found = board.duties[key]
        assert (found.answer, found.asked_at, found.voided_at, found.signed_at) == (
            "pending", T0 + DAY, T0 + DAY, None,
        )  # fmt: skip
        assert found.voided_by_edit == next(iter(fields))
    assert board.cards[CARD].stage == "active"
    assert is_unsigned(board.cards[CARD], board.duties_of[CARD])


def test_an_edit_of_a_duty_voids_that_departments_signature_alone() -> None:
    board = do(active(office()), "EditDuty", c.li, T0 + DAY, duty=SALES, fields={"action": "布置 86 家门店"})
    assert (board.duties[SALES].answer, board.duties[MARKET].answer) == ("pending", "signed")


@pytest.mark.parametrize("fields", [{"name": "新名"}, {"priority": "high"}, {"notes": "x"}, {"goal": "曝光量 100 万"}])
def test_an_edit_of_anything_else_or_to_the_same_voids_nothing(fields: dict[str, Any]) -> None:
    board = do(active(office()), "EditCard", c.li, T0 + DAY, card=CARD, fields=fields)
    assert not is_unsigned(board.cards[CARD], board.duties_of[CARD])


def test_each_later_signed_change_is_the_next_version() -> None:
    board = active(office())
    assert [each.signed_version for each in board.duties_of[CARD]] == [1, 1]
    board = do(board, "EditCard", c.wang, T0 + DAY, card=CARD, fields={"goal": "曝光量 200 万"})
    board = signed(board, c.market, at=T0 + DAY)
    assert board.cards[CARD].version == 1
    board = signed(board, c.sales, at=T0 + DAY)
    assert board.cards[CARD].version == 2
    assert [each.signed_version for each in board.duties_of[CARD]] == [2, 2]
    board = do(board, "EditDuty", c.wang, T0 + 2 * DAY, duty=SALES, fields={"role": "大区经理"})
    board = signed(board, c.sales, at=T0 + 2 * DAY)
    assert (board.cards[CARD].version, board.duties[SALES].signed_version) == (3, 3)


def test_a_signature_that_was_passed_over_is_no_new_version_when_it_comes() -> None:
    board = signed(circulated(office(), kickoff=False), c.market)
    board = do(board, "Activate", c.wang, card=CARD, reason="销售部出差")
    assert is_unsigned(board.cards[CARD], board.duties_of[CARD])
    board = signed(board, c.sales, at=T0 + DAY)
    assert (board.cards[CARD].version, board.duties[SALES].signed_version) == (1, 1)


def test_a_department_that_joins_later_signs_the_next_version() -> None:
    board = do(active(office()), "AddDuty", c.wang, T0 + DAY, card=CARD, **duty(c.design))
    assert board.duties[duty_id(CARD, c.design)].asked_at == T0 + DAY
    assert signed(board, c.design, at=T0 + DAY).cards[CARD].version == 2


# Duties, roles -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "action", ["支持推广", "配合推广", "协助完成", "支持市场部的推广工作", "supports the promotion"]
)
def test_a_duty_that_only_supports_the_promotion_is_refused(action: str) -> None:
    fields = {"card": CARD, "department": c.design, "action": action}
    board = draft(office())
    assert refused(board, "AddDuty", c.wang, **fields) == "refuse.duty"
    assert refused(board, "EditDuty", c.wang, duty=SALES, fields={"action": action, "standard": ""}) == "refuse.duty"
    bad = {"department": c.sales, "action": action}
    assert refused(board, "CreateCard", c.wang, name="x", duties=[bad]) == "refuse.duty"


def test_a_vague_word_in_a_duty_is_refused_with_the_words_named() -> None:
    fields = {"card": CARD, "department": c.design, "action": "尽快完成设计"}
    board = draft(office())
    assert refused(board, "AddDuty", c.wang, **fields) == "refuse.wording"
    assert refused(board, "EditDuty", c.wang, duty=SALES, fields={"standard": "大概 3 版"}) == "refuse.wording"


@pytest.mark.parametrize("action", ["完成活动物料设计", "制定支持方案", "Deliver the launch video"])
def test_a_duty_that_says_what_is_done_may_wait_for_its_standard(action: str) -> None:
    assert refused(draft(office()), "AddDuty", c.wang, card=CARD, department=c.design, action=action) == ""


def test_a_liaison_who_is_not_the_head_is_registered_by_whom_and_when() -> None:
    board = draft(office(), duties=[duty(c.market), duty(c.sales) | {"liaison": c.mei}])
    assert (board.duties[SALES].liaison_registered_by, board.duties[SALES].liaison_registered_at) == (c.wang, T0)
    assert board.duties[MARKET].liaison_registered_by is None
    board = do(board, "EditDuty", c.sun, T0 + DAY, duty=MARKET, fields={"liaison": c.sun})
    assert (board.duties[MARKET].liaison_registered_by, board.duties[MARKET].liaison_registered_at) == (
        c.sun, T0 + DAY,
    )  # fmt: skip
    board = do(board, "EditDuty", c.sun, duty=MARKET, fields={"liaison": c.wang})
    assert board.duties[MARKET].liaison_registered_by is None


def test_a_head_who_left_is_said_at_the_gate_and_others_of_the_department_may_answer() -> None:
    board = circulated(office(), kickoff=False)
    assert refused(board, "LeaveBoard", c.wang, person=c.li) == "refuse.holds"
    board = do(board, "LeaveBoard", c.wang, T0 + DAY, person=c.li, successor=c.mei)
    assert (board.departments[c.sales].head, board.subtasks[c.plan].owner, board.people[c.li].left_at) == (
        c.mei, c.mei, T0 + DAY,
    )  # fmt: skip
    assert refused(board, "EditDuty", c.wang, duty=SALES, fields={"liaison": c.li}) == "refuse.left"
    board = do(board, "EditDepartment", c.wang, department=c.sales, fields={"head": c.li})
    assert gaps(board, "active")[1] == (
        "销售部 has not signed and its head 李强 has left: name a new head (EditDepartment)"
    )
    assert refused(board, "Confirm", c.mei, card=CARD, department=c.sales) == ""


def test_a_department_is_not_closed_while_it_owns_work_unless_another_takes_it_over() -> None:
    board = do(active(office()), "AddDepartment", c.wang, id=24, name="渠道部", head=c.fang)
    sentence = said(board, "RemoveDepartment", c.wang, department=c.sales)
    assert sentence.startswith("销售部 still owns a duty on Q4营销-2026-001; ")
    assert sentence.endswith("name the department that takes it over.")
    assert "渠道激励方案初稿" in sentence
    assert refused(board, "RemoveDepartment", c.wang, department=c.sales, successor=c.market) == "refuse.double"
    board = do(board, "RemoveDepartment", c.wang, T0 + DAY, department=c.sales, successor=24)
    assert board.departments[c.sales].removed_at == T0 + DAY
    assert board.subtasks[c.plan].department == 24
    taken = next(each for each in board.duties_of[CARD] if each.department == 24)
    assert (taken.answer, taken.asked_at) == ("pending", T0 + DAY)
    assert refused(board, "AddDuty", c.wang, card=c.draft, department=c.sales) == "refuse.removed"
    assert refused(board, "RemoveDepartment", c.wang, department=c.sales) == "refuse.removed"


def test_people_from_outside_hold_no_role_that_must_act() -> None:
    board = do(office(), "AddPerson", c.wang, id=19, name="客户", organisation="ACME")
    assert refused(board, "CreateCard", c.wang, name="x", lead=19) == "refuse.outside"
    assert refused(board, "EditCard", c.wang, card=c.card, fields={"tracker": 19}) == "refuse.outside"
    assert refused(board, "AddDuty", c.wang, card=c.draft, department=c.sales, liaison=19) == "refuse.outside"
    assert refused(board, "EditCard", c.wang, card=c.card, fields={"acceptor": 19}) == ""


# Seen, attachments, recurring --------------------------------------------------------------------------


def test_everyone_named_has_seen_no_objection_as_a_count_not_a_gate() -> None:
    board = circulated(office(), duties=[duty(c.market), duty(c.sales) | {"liaison": c.mei}], acceptor=c.zhang)
    assert seen_count(board, board.cards[CARD]) == (0, 4)
    for who in (c.wang, c.li, c.mei):
        board = do(board, "SaySeen", who, card=CARD)
    assert seen_count(board, board.cards[CARD]) == (3, 4)
    assert refused(board, "SaySeen", c.mei, card=CARD) == "refuse.none"
    assert refused(board, "SaySeen", c.chen, card=CARD) == "refuse.named"
    assert "seen" not in {need.id for need in needs(board, CARD, "active")}


@pytest.mark.parametrize(
    ("period", "start", "moved"),
    [
        ("weekly", "2026-10-26T09:00:00", "2026-11-02T09:00:00"),
        ("monthly", "2027-01-31T09:00:00", "2027-02-28T09:00:00"),
        ("monthly", "2028-01-29T09:00:00", "2028-02-29T09:00:00"),
        ("quarterly", "2026-11-30T09:00:00", "2027-02-28T09:00:00"),
    ],
)
def test_the_next_of_a_recurring_card_is_a_draft_with_the_retros_improvements(
    period: str, start: str, moved: str
) -> None:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    zone = ZoneInfo("Asia/Shanghai")
    at = int(datetime.fromisoformat(start).replace(tzinfo=zone).timestamp())
    board = draft(office(), recurs=period, planned_start=at, planned_finish=at + DAY)
    board = do(board, "AddAttachment", c.wang, id=77, card=CARD, name="素材清单", version="V1")
    board = do(board, "MakeNext", c.li, T0 + DAY, card=CARD)
    card = board.cards[next_id(CARD)]
    assert datetime.fromtimestamp(card.planned_start or 0, zone).replace(tzinfo=None).isoformat() == moved
    assert (card.stage, card.previous, card.number, card.goal) == ("draft", CARD, "Q3推广-2026-002", "曝光量 100 万")
    assert [(each.department, each.answer, each.standard) for each in board.duties_of[card.id]] == [
        (c.market, "pending", "终稿经品牌组确认"), (c.sales, "pending", "终稿经品牌组确认"),
    ]  # fmt: skip
    assert refused(board, "MakeNext", c.li, card=CARD) == "refuse.double"
    assert missing(board, card.id, "circulating") == []


def test_the_improvements_of_the_retro_are_reminders_of_the_next() -> None:
    from store import records as r
    from store.changes import add
    from tests.store.builders import written

    board = draft(office(), recurs="monthly", kickoff=False)
    board = written(board, [add(r.Retro(id=88, card=CARD, improvements="提前 3 天催素材", at=T0, by=c.wang))])
    board = do(board, "MakeNext", c.wang, card=CARD)
    assert board.cards[next_id(CARD)].reminders == "提前 3 天催素材"


def test_a_card_that_does_not_recur_has_no_next() -> None:
    assert refused(draft(office()), "MakeNext", c.wang, card=CARD) == "refuse.recurs"


def test_every_head_of_the_ready_card_is_a_head() -> None:
    board = office()
    assert {key: board.departments[key].head for key in HEADS} == HEADS
