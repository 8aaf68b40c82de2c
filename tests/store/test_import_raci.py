"""The RACI matrix of a division of work, as paper: its letters come to the board, and nothing else becomes one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from store.board import Board
from store.changes import put
from store.exchange.plan import ImportPlan
from store.operations.base import decode
from tests.store.builders import T0, Cast, do, office, stamp, written
from tests.store.import_helpers import plan_of, workbook
from tests.store.on_file import kept, reverted

c = Cast
HEAD = ("环节", "市场部", "销售部", "方圆")
TITLED = [("RACI",), HEAD]


def start() -> Board:
    board = do(office(), "SetLetters", c.wang, subtask=c.plan, department=c.sales, letters="AR")
    return do(board, "SetLetters", c.wang, subtask=c.poster, department=c.market, letters="C")


def plan_from(tmp_path: Path, *rows: Sequence[Any], board: Board, sheet: str = "分工") -> ImportPlan:
    path = workbook(tmp_path / "raci.xlsx", {sheet: list(rows)})
    return plan_of(path, board=board, now=T0, card=c.card)


def taken(plan: ImportPlan, board: Board) -> Board:
    return kept(board, "ImportRecords", c.wang, records=plan.records, updates=plan.updates)


def letters(board: Board) -> dict[tuple[int, int], str]:
    return {(row.subtask, row.department or row.person or 0): row.letters for row in board.letters.values()}


def test_the_letters_come_to_the_subtasks_of_those_names(tmp_path: Path) -> None:
    board = start()
    rows = [HEAD, ("渠道激励方案初稿", "C", "R/A", "i"), ("主视觉设计", "Ｉ", None, "R、A")]
    plan = plan_from(tmp_path, *rows, board=board)
    assert (plan.unclear, plan.skipped) == ([], [])
    assert {item.where for item in plan.create} == {f"raci.xlsx:分工!{place}" for place in ("B2", "D2", "D3")}
    assert [(item.where, item.changes) for item in plan.update] == [("raci.xlsx:分工!B3", {"letters": ("C", "I")})]
    assert [item.where for item in plan.same] == ["raci.xlsx:分工!C2"]
    after = taken(plan, board)
    assert letters(after) == {
        (c.plan, c.market): "C",
        (c.plan, c.sales): "AR",
        (c.plan, c.fang): "I",
        (c.poster, c.market): "I",
        (c.poster, c.fang): "AR",
    }
    assert plan_from(tmp_path, *rows, board=after).operation() is None
    assert letters(reverted(after, c.wang)) == letters(board)


def test_what_is_blank_leaves_what_the_board_has(tmp_path: Path) -> None:
    board = start()
    plan = plan_from(tmp_path, HEAD, ("渠道激励方案初稿", "C", "", "-"), board=board)
    assert letters(taken(plan, board)) == letters(board) | {(c.plan, c.market): "C"}


def test_a_titled_matrix_names_what_it_cannot_read(tmp_path: Path) -> None:
    rows = [*TITLED, ("渠道激励方案初稿", "X", "AR", None), ("没有这一步", "R", None, None)]
    plan = plan_from(tmp_path, *rows, board=start())
    assert [(item.where, str(item.why)) for item in plan.unclear] == [
        ("raci.xlsx:分工!B3", '"X" is not of R, A, C, I.'),
        ("raci.xlsx:分工!A4", 'No subtask here is called "没有这一步".'),
    ]
    assert plan.operation() is None


def test_without_a_title_a_table_of_anything_else_is_none(tmp_path: Path) -> None:
    rows = [("任务", "市场部", "备注"), ("渠道激励方案初稿", "C", "先等报价")]
    plan = plan_from(tmp_path, *rows, board=start())
    assert (plan.create, len(plan.skipped)) == ([], 1)


def test_a_division_of_work_on_a_sheet_called_raci_is_a_division(tmp_path: Path) -> None:
    head = ("环节", "责任部门/人", "任务描述", "完成时限", "输出物")
    plan = plan_from(tmp_path, head, ("门店陈列", "销售部:李强", "", "", "清单"), board=start(), sheet="RACI")
    assert {item.table for item in plan.create} == {"subtasks"}


def test_the_division_and_its_matrix_come_in_one_file(tmp_path: Path) -> None:
    sheets: dict[str, Sequence[Sequence[Any]]] = {
        "RACI": [*TITLED, ("门店陈列", "A", "R", None)],
        "分工表": [
            ("环节", "责任部门/人", "任务描述", "完成时限", "输出物"),
            ("门店陈列", "销售部:李强", "", "", "清单"),
        ],
    }
    path = workbook(tmp_path / "both.xlsx", sheets)
    board = office()
    after = taken(plan_of(path, board=board, now=T0, card=c.card), board)
    (new,) = (each for each in after.subtasks.values() if each.name == "门店陈列")
    assert letters(after) == {(new.id, c.market): "A", (new.id, c.sales): "R"}
    assert do(after, "SetLetters", c.wang, subtask=new.id, department=c.sales, letters="C").letters.keys() == (
        after.letters.keys()
    )


def test_other_letters_void_the_signature_of_their_department(tmp_path: Path) -> None:
    board = start()
    for duty in board.duties_of[c.card]:
        board = written(board, [put(duty, division_signed_at=T0, division_signed_by=c.wang)])
    plan = plan_from(tmp_path, HEAD, ("渠道激励方案初稿", None, "R", "C"), board=board)
    after = taken(plan, board)
    unsigned = {each.department for each in after.duties_of[c.card] if each.division_signed_at is None}
    assert unsigned == {c.sales, c.design}


def test_the_letters_of_a_completed_card_stay(tmp_path: Path) -> None:
    board = start()
    board = written(board, [put(board.cards[c.card], stage="completed")])
    plan = plan_from(tmp_path, HEAD, ("渠道激励方案初稿", "I", "R", None), board=board)
    stays = f"{board.cards[c.card].number} is completed: letters stays as it was accepted."
    assert {(item.where, str(item.why)) for item in plan.unclear} == {
        ("raci.xlsx:分工!B2", stays),
        ("raci.xlsx:分工!C2", stays),
    }
    assert plan.operation() is None


@pytest.mark.parametrize("wrong", ["X", "AX"])
def test_the_operation_refuses_what_are_no_letters(wrong: str) -> None:
    body = {"subtask": c.plan, "department": c.market, "letters": wrong}
    operation = decode("ImportRecords", {"records": [{"table": "letters", "id": 7, "body": body}]})
    assert [reason.code for reason in operation.check(office(), stamp(c.wang))] == ["refuse.letters"]
