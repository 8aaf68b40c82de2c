"""What comes by import or from minutes voids what was signed for, as an edit by hand does (rulebook §2, §3, §6)."""

from __future__ import annotations

from typing import Any

from store.board import Board
from store.changes import put
from tests.store.builders import DAY, T0, Busy, Cast, busy, do, written

c, k = Cast, Busy


def signed() -> Board:
    """`busy`, its division signed by every department."""
    board = busy()
    for duty in board.duties_of[c.card]:
        board = written(board, [put(duty, division_signed_at=T0, division_signed_by=c.wang)])
    return board


def imported(table: str, record: int, **fields: Any) -> Board:
    return do(signed(), "ImportRecords", c.wang, updates=[{"table": table, "id": record, "fields": fields}])


def answers(board: Board) -> dict[int, str]:
    return {duty.department: duty.answer for duty in board.duties_of[c.card]}


def division(board: Board) -> set[int]:
    """The departments that have signed the division."""
    return {duty.department for duty in board.duties_of[c.card] if duty.division_signed_at is not None}


ALL = {c.market: "signed", c.sales: "signed", c.design: "signed"}
EVERYBODY = set(ALL)


def test_another_goal_scope_or_date_asks_every_department_anew() -> None:
    board = imported("cards", c.card, goal="5000 台")
    assert answers(board) == dict.fromkeys(ALL, "pending")
    assert {duty.voided_by_edit for duty in board.duties_of[c.card]} == {"goal"}
    assert (board.cards[c.card].stage, division(board)) == ("active", EVERYBODY)
    assert answers(imported("cards", c.card, notes="见附件")) == ALL


def test_another_duty_asks_its_department_anew() -> None:
    duty = next(each for each in busy().duties_of[c.card] if each.department == c.sales)
    assert answers(imported("duties", duty.id, action="出三档返利方案")) == ALL | {c.sales: "pending"}
    assert answers(imported("duties", duty.id, liaison=c.mei)) == ALL


def test_another_owner_or_finish_of_a_subtask_voids_the_division_signatures_it_touches() -> None:
    assert division(imported("subtasks", c.plan, owner=c.fang)) == {c.market}
    assert division(imported("subtasks", c.plan, planned_finish=T0 + 9 * DAY)) == {c.market, c.design}
    assert division(imported("subtasks", c.plan, description="三档")) == EVERYBODY


def test_a_new_subtask_of_a_card_that_stands_voids_its_departments_signatures() -> None:
    body = {"card": c.card, "name": "物料清单", "owner": c.chen, "department": c.design}
    board = do(signed(), "ImportRecords", c.wang, records=[{"table": "subtasks", "id": 990, "body": body}])
    assert division(board) == {c.market, c.sales}


def test_an_action_item_that_becomes_a_subtask_does_so_too() -> None:
    assert division(do(signed(), "MakeSubtask", c.wang, line=k.held + 3)) == {c.sales, c.design}


def test_what_changes_nothing_voids_nothing() -> None:
    finish = busy().subtasks[c.plan].planned_finish
    board = imported("subtasks", c.plan, planned_finish=finish)
    assert (answers(board), division(board)) == (ALL, EVERYBODY)
