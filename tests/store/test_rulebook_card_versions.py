"""Rulebook §1 and §2, clause by clause: versions, void signatures, duties, roles, people who leave."""

from __future__ import annotations

from typing import Any

import pytest

from store.operations.cards import duty_id
from store.rules.roles import is_unsigned
from tests.store.builders import DAY, T0, Cast, do, office, refused
from tests.store.ready_cards import CARD, active, circulated, draft, duty, gaps, said, signed

c = Cast
MARKET, SALES = duty_id(CARD, c.market), duty_id(CARD, c.sales)


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
    assert sentence.startswith("销售部 still owns duty Q4营销-2026-001; ")
    assert sentence.endswith("name the department that takes it over.")
    assert "渠道激励方案初稿" in sentence
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
