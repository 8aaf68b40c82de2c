"""What an import makes of cells: clear, unclear, changed since, hostile."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from store.board import Board
from store.changes import Add, Drop, add, put
from store.records import Archived, Card
from tests.store.builders import do, written
from tests.store.import_helpers import (
    ALLOCATION,
    ME,
    NOW,
    OVERVIEW_HEAD,
    TASK_CARD,
    card_row,
    empty_board,
    imported,
    instant,
    overview,
    plan_of,
)


def the_card(board: Board) -> Card:
    (card,) = board.cards.values()
    return card


def test_a_card_without_a_number_gets_one_and_is_known_again(tmp_path: Path) -> None:
    path = overview(tmp_path / "r.xlsx", card_row(""))
    board = imported(plan_of(path))
    assert the_card(board).number == "专项任务-2026-001"
    again = plan_of(path, board=board)
    assert (again.operation(), [item.number for item in again.same]) == (None, ["专项任务-2026-001"])


def test_a_number_that_came_is_not_given_out_again(tmp_path: Path) -> None:
    board = imported(plan_of(overview(tmp_path / "a.xlsx", card_row("日常协作2026-007"))))
    board = imported(
        plan_of(overview(tmp_path / "b.xlsx", card_row("", type="常规任务", name="另一项")), board=board), board
    )
    assert sorted(c.number for c in board.cards.values()) == ["日常协作-2026-007", "日常协作-2026-008"]


def test_the_word_of_a_type_is_no_project(tmp_path: Path) -> None:
    board = do(empty_board(), "SetSetting", ME, key="card_prefixes", value=["SPECIAL", "ROUTINE", "URGENT"])
    numbers = ("URGENT-2026-003", "紧急任务-2026-004", "WEB-2026-005")
    rows = [card_row(number, name=number) for number in numbers]
    board = imported(plan_of(overview(tmp_path / "a.xlsx", *rows), board=board), board)
    made = {card.number: card.project for card in board.cards.values()}
    assert made == dict(zip(numbers, ("", "", "WEB"), strict=True))


def test_the_allocation_tables_card_and_subtask_get_numbers() -> None:
    board = imported(plan_of(ALLOCATION))
    (subtask,) = board.subtasks.values()
    assert (the_card(board).number, subtask.number) == ("Q4营销活动筹备-2026-001", "Q4营销活动筹备-2026-001-01")


def test_a_card_of_the_archive_is_not_made_anew_under_its_number(tmp_path: Path) -> None:
    board = imported(plan_of(overview(tmp_path / "a.xlsx", card_row("日常协作2026-007"))))
    card = the_card(board)
    left = Archived(
        id=card.id, number=card.number, name=card.name, archived_at=NOW, archived_by=ME, file="x.json", digest=""
    )
    board = written(board, [Drop("cards", card.id), add(left)])
    plan = plan_of(overview(tmp_path / "b.xlsx", card_row("日常协作2026-007")), board=board)
    assert plan.operation() is None
    assert ["is in the archive" in str(each.why) for each in plan.unclear] == [True]


def test_our_own_form_of_the_number_is_the_same_card(tmp_path: Path) -> None:
    board = imported(plan_of(overview(tmp_path / "a.xlsx", card_row("产品迭代2024-001"))))
    for form in ("产品迭代-2024-001", "产品迭代２０２４－００１"):
        assert plan_of(overview(tmp_path / "b.xlsx", card_row(form)), board=board).operation() is None


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("2024-10-30", instant(2024, 10, 30)),
        ("2024/10/30", instant(2024, 10, 30)),
        ("2024年10月30日", instant(2024, 10, 30)),
        ("２０２４－１０－３０", instant(2024, 10, 30)),
        ("2024-10-30 15:30", instant(2024, 10, 30, 15, 30)),
        ("11月15日前", instant(2025, 11, 15)),
        (datetime(2024, 10, 30), instant(2024, 10, 30)),  # noqa: DTZ001
        (datetime(2024, 10, 30, 9, 15), instant(2024, 10, 30, 9, 15)),  # noqa: DTZ001
        (date(2024, 10, 30), instant(2024, 10, 30)),
        (45595, instant(2024, 10, 30)),
        ("45595", instant(2024, 10, 30)),
    ],
)
def test_dates(cell: object, due: int, tmp_path: Path) -> None:
    others = [card_row(f"产品迭代2025-00{n}", finish=f"2025-0{n}-01") for n in (6, 7)]
    plan = plan_of(overview(tmp_path / "r.xlsx", card_row(finish=cell), *others))
    assert plan.unclear == []
    assert {c.number: c.planned_finish for c in imported(plan).cards.values()}["产品迭代-2024-001"] == due


@pytest.mark.parametrize(
    ("field", "value", "record"),
    [
        ("finish", "十月中旬", "planned_finish"),
        ("finish", "明天", "planned_finish"),
        ("finish", "周五", "planned_finish"),
        ("finish", "2024-02-30", "planned_finish"),
        ("finish", 7, "planned_finish"),
        ("state", "差不多了", "stage"),
        ("type", "其他", "type"),
        ("priority", "很高", "priority"),
        ("lead", "***", "lead"),
    ],
)
def test_an_unclear_cell_is_listed_and_kept(field: str, value: Any, record: str, tmp_path: Path) -> None:
    path = overview(tmp_path / "r.xlsx", card_row(**{field: value}))
    plan = plan_of(path)
    (unclear,) = plan.unclear
    assert unclear.value == str(value)
    assert unclear.where.startswith("r.xlsx:部门任务总览表!")
    assert str(unclear.why)
    board = imported(plan)
    assert getattr(the_card(board), record) == getattr(Card(name=""), record)
    assert f": {value}" in the_card(board).notes
    again = plan_of(path, board=board)
    assert again.operation() is None
    assert [(u.where, u.value) for u in again.unclear] == [(unclear.where, unclear.value)]


def test_a_missing_owner_is_unclear(tmp_path: Path) -> None:
    plan = plan_of(overview(tmp_path / "r.xlsx", card_row(lead="/")))
    assert [(u.value, str(u.why)) for u in plan.unclear] == [("/", "Nobody is named here.")]
    assert the_card(imported(plan)).lead is None


def test_of_several_owners_the_first_is_taken(tmp_path: Path) -> None:
    board = imported(plan := plan_of(overview(tmp_path / "r.xlsx", card_row(lead="张三、李四"))))
    assert [u.value for u in plan.unclear] == ["张三、李四"]
    assert board.person_name(the_card(board).lead) == "张三"
    assert "张三、李四" in the_card(board).notes


def test_a_doubled_id_is_taken_once(tmp_path: Path) -> None:
    path = overview(tmp_path / "r.xlsx", card_row(), card_row(name="别的任务"))
    plan = plan_of(path)
    (unclear,) = plan.unclear
    assert (unclear.value, unclear.where) == ("产品迭代2024-001", "r.xlsx:部门任务总览表!A4")
    assert "r.xlsx:部门任务总览表!A3" in str(unclear.why)
    board = imported(plan)
    assert the_card(board).name == "Q4客户满意度调研报告"
    assert plan_of(path, board=board).operation() is None


def test_two_rows_of_one_name_without_numbers_are_a_double(tmp_path: Path) -> None:
    path = overview(tmp_path / "r.xlsx", card_row(""), card_row("", goal="另一个目标"))
    plan = plan_of(path)
    assert [(u.value, u.where) for u in plan.unclear] == [("Q4客户满意度调研报告", "r.xlsx:部门任务总览表!A4")]
    assert plan_of(path, board=imported(plan)).operation() is None


def test_a_register_row_and_a_task_card_of_one_number_are_one_card(tmp_path: Path) -> None:
    path = overview(
        tmp_path / "r.xlsx", card_row("Q3推广2026-001", name="Q3新产品上市推广", goal="", finish="2026-09-30")
    )
    plan = plan_of(path, TASK_CARD)
    assert plan.unclear == []
    board = imported(plan)
    card = the_card(board)
    assert (card.stage, board.person_name(card.initiator)) == ("active", "*强")
    assert "曝光量" in card.goal
    assert len(board.duties_of[card.id]) == 4
    assert plan_of(path, TASK_CARD, board=board).operation() is None


def test_a_number_in_no_known_form_is_kept_as_paper_number(tmp_path: Path) -> None:
    path = overview(tmp_path / "r.xlsx", card_row("T-1"))
    board = imported(plan := plan_of(path))
    assert [u.value for u in plan.unclear] == ["T-1"]
    assert (the_card(board).paper_number, the_card(board).number) == ("T-1", "专项任务-2026-001")
    assert plan_of(path, board=board).operation() is None


def test_rows_that_are_no_records_are_skipped(tmp_path: Path) -> None:
    plan = plan_of(overview(tmp_path / "r.xlsx", card_row(), ["", "", "合计 1 项"]))
    assert [s.where for s in plan.skipped] == ["r.xlsx:部门任务总览表!A4"]
    assert "合计 1 项" in str(plan.skipped[0].why)


def test_unknown_columns_go_to_the_notes(tmp_path: Path) -> None:
    path = overview(tmp_path / "r.xlsx", [*card_row(), "12人天"], head=[*OVERVIEW_HEAD, "预计工时"])
    assert "预计工时: 12人天" in the_card(imported(plan_of(path))).notes


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        ("未开始", "active"),
        ("进行中", "active"),
        ("受阻", "active"),
        ("待验收", "acceptance"),
        ("已完成", "completed"),
        ("已 完 成", "completed"),
    ],
)
def test_states(state: str, stage: str, tmp_path: Path) -> None:
    card = the_card(imported(plan_of(overview(tmp_path / "r.xlsx", card_row(state=state)))))
    assert card.stage == stage
    assert ("受阻" in card.notes) == (state == "受阻")
    assert (card.activated_at is not None) == (stage in {"active", "acceptance"})


def test_changed_cells_are_updates_and_blanks_are_not(tmp_path: Path) -> None:
    board = imported(plan_of(overview(tmp_path / "r.xlsx", card_row())))
    later = card_row(finish="2024-11-15", state="待验收", goal="", remark="/", priority="")
    path = overview(tmp_path / "r.xlsx", later)
    plan = plan_of(path, board=board, now=NOW + 60)
    (item,) = plan.update
    assert item.changes == {
        "planned_finish": (instant(2024, 10, 30), instant(2024, 11, 15)),
        "stage": ("active", "acceptance"),
        "submitted_at": (None, NOW + 60),
    }
    assert plan.create == []
    new = imported(plan, board)
    assert (the_card(new).goal, the_card(new).priority) == ("提升客户复购率", "high")
    assert plan_of(path, board=new, now=NOW + 90).operation() is None


def test_a_card_on_the_board_does_not_go_back(tmp_path: Path) -> None:
    board = imported(plan_of(overview(tmp_path / "r.xlsx", card_row(state="已完成"))))
    plan = plan_of(overview(tmp_path / "r.xlsx", card_row(state="进行中")), board=board)
    assert plan.operation() is None
    assert [(u.value, "completed" in str(u.why)) for u in plan.unclear] == [("进行中", True)]


def test_a_renamed_person_is_known_again(tmp_path: Path) -> None:
    path = overview(tmp_path / "r.xlsx", card_row())
    board = imported(plan_of(path))
    lead = board.people[the_card(board).lead or 0]
    renamed = board.with_changes([put(lead, name="王明")])
    assert plan_of(path, board=renamed).operation() is None


def changed_by_somebody(board: Board, operation: str = "EditCard") -> Board:
    """The board after its card's finish was moved to 1 December 2024 there."""
    change = put(the_card(board), planned_finish=instant(2024, 12, 1))
    entry = {"client": "c", "n": 1, "operation": operation, "by": ME, "at": NOW, "recorded_at": NOW}
    return board.with_changes([change, Add("history", 7, entry | {"changes": msgspec.to_builtins([change])})])


def test_what_was_changed_on_the_board_since_stays(tmp_path: Path) -> None:
    path = overview(tmp_path / "r.xlsx", card_row())
    board = changed_by_somebody(imported(plan_of(path)))
    plan = plan_of(path, board=board)
    assert plan.operation() is None
    assert [str(u.why) for u in plan.unclear] == ["planned finish was changed on the board since; it stays so."]
    newer = plan_of(overview(tmp_path / "r.xlsx", card_row(finish="2025-01-15")), board=board)
    assert [item.changes["planned_finish"][1] for item in newer.update] == [instant(2025, 1, 15)]


def test_a_paper_may_go_back_to_what_an_earlier_import_said(tmp_path: Path) -> None:
    path = overview(tmp_path / "r.xlsx", card_row())
    board = changed_by_somebody(imported(plan_of(path)), "ImportRecords")
    assert [item.changes["planned_finish"][1] for item in plan_of(path, board=board).update] == [instant(2024, 10, 30)]


def test_what_was_accepted_stays_whatever_a_later_paper_says(tmp_path: Path) -> None:
    board = imported(plan_of(overview(tmp_path / "r.xlsx", card_row(state="已完成"))))
    later = overview(tmp_path / "r.xlsx", card_row(state="进行中", finish="2025-01-15", helpers="*华、*丽"))
    plan = plan_of(later, board=board)
    assert [str(unclear.why) for unclear in plan.unclear] == [
        "On the board this card is completed already; it stays so.",
        "产品迭代-2024-001 is completed: planned finish stays as it was accepted.",
    ]
    after = imported(plan, board)
    assert (the_card(after).stage, the_card(after).planned_finish) == ("completed", instant(2024, 10, 30))
    assert "*丽" in the_card(after).notes
