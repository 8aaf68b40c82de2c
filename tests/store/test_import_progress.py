"""Rows of the tracking sheet: entries in time order, corrections, and what they make of the subtask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from store.board import Board
from store.changes import put
from store.operations.base import Stamp
from store.operations.progress import RecordProgress
from store.records import Subtask
from store.rules.entries import standing
from tests.store.import_helpers import (
    ME,
    NOW,
    card_row,
    imported,
    instant,
    overview,
    plan_of,
    progress_row,
    progress_sheet,
)


def the_subtask(board: Board) -> Subtask:
    (subtask,) = board.subtasks.values()
    return subtask


@pytest.fixture
def board(tmp_path: Path) -> Board:
    return imported(plan_of(overview(tmp_path / "r.xlsx", card_row())))


def test_the_newest_entry_gives_the_percent(board: Board, tmp_path: Path) -> None:
    rows = [
        progress_row(60, "2026-11-18", done="b"),
        progress_row(20, "2026-11-16", done="a"),
        progress_row("", "2026-11-19", done="c"),
    ]
    new = imported(plan_of(progress_sheet(tmp_path / "p.xlsx", *rows), board=board), board)
    subtask = the_subtask(new)
    assert (subtask.percent, subtask.status, subtask.started_at) == (60, "in_progress", instant(2026, 11, 16, 17))
    entries = new.progress_of[subtask.id]
    assert [(e.percent, e.before, e.done, e.problem) for e in entries] == [
        (20, 0, "a", ""),
        (60, 20, "b", ""),
        (None, 60, "c", ""),
    ]


def test_rows_that_disagree_about_the_owner_settle_on_the_last(board: Board, tmp_path: Path) -> None:
    rows = [progress_row(20, "2026-11-16"), progress_row(40, "2026-11-17", owner="*磊")]
    path = progress_sheet(tmp_path / "p.xlsx", *rows)
    new = imported(plan_of(path, board=board), board)
    assert new.person_name(the_subtask(new).owner) == "*磊"
    assert plan_of(path, board=new).operation() is None


@pytest.mark.parametrize(
    ("cell", "percent"),
    [(80, 80), ("80", 80), ("80%", 80), ("８０％", 80), (79.9, 79), (0, 0), (100, 100), ("29.0 %", 29)],
)
def test_percentages(cell: Any, percent: int, board: Board, tmp_path: Path) -> None:
    plan = plan_of(progress_sheet(tmp_path / "p.xlsx", progress_row(cell)), board=board)
    assert plan.unclear == []
    assert the_subtask(imported(plan, board)).percent == percent


@pytest.mark.parametrize("cell", [101, -1, "abc", "80左右", 0.8, "0.8", 1e300, "９９９９９"])
def test_what_is_no_percentage_is_unclear(cell: Any, board: Board, tmp_path: Path) -> None:
    path = progress_sheet(tmp_path / "p.xlsx", progress_row(cell))
    plan = plan_of(path, board=board)
    (unclear,) = plan.unclear
    assert unclear.where == "p.xlsx:任务执行进度跟踪表!E3"
    new = imported(plan, board)
    (entry,) = new.progress.values()
    assert (entry.percent, the_subtask(new).percent) == (None, 0)
    assert unclear.value in entry.done
    assert plan_of(path, board=new).operation() is None


def test_the_share_in_a_percentage_cell(board: Board, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = progress_sheet(tmp_path / "p.xlsx", progress_row(0.29))
    book = load_workbook(path)
    book.worksheets[0]["E3"].number_format = "0%"
    book.save(path)
    plan = plan_of(path, board=board)
    assert plan.unclear == []
    assert the_subtask(imported(plan, board)).percent == 29


def test_at_100_it_waits_for_acceptance_and_is_done_with_its_card(board: Board, tmp_path: Path) -> None:
    path = progress_sheet(tmp_path / "p.xlsx", progress_row(100))
    new = imported(plan_of(path, board=board), board)
    assert the_subtask(new).status == "awaiting_acceptance"
    assert the_subtask(new).handed_over_at == instant(2026, 11, 18, 17)
    done = overview(tmp_path / "r.xlsx", card_row(state="已完成"))
    plan = plan_of(done, path, board=new)
    assert {item.table for item in plan.update} == {"cards", "subtasks"}
    last = imported(plan, new)
    assert (the_subtask(last).status, the_subtask(last).done_at) == ("done", instant(2026, 11, 18, 17))
    assert plan_of(done, path, board=last).operation() is None


def test_a_new_day_is_a_new_entry(board: Board, tmp_path: Path) -> None:
    new = imported(plan_of(progress_sheet(tmp_path / "p.xlsx", progress_row(40)), board=board), board)
    path = progress_sheet(tmp_path / "p.xlsx", progress_row(70, "2026-11-19", done="全部发放"))
    plan = plan_of(path, board=new)
    assert [item.table for item in plan.create] == ["progress"]
    assert [item.changes for item in plan.update] == [{"percent": (40, 70)}]
    new = imported(plan, new)
    assert the_subtask(new).percent == 70
    assert plan_of(path, board=new).operation() is None


def test_a_changed_row_of_the_same_day_corrects_the_entry(board: Board, tmp_path: Path) -> None:
    new = imported(plan_of(progress_sheet(tmp_path / "p.xlsx", progress_row(40)), board=board), board)
    path = progress_sheet(tmp_path / "p.xlsx", progress_row(45, done="问卷二稿"))
    plan = plan_of(path, board=new)
    assert plan.create == []
    assert [(item.table, item.changes) for item in plan.update] == [
        ("progress", {"percent": (40, 45), "done": ("问卷初稿", "问卷二稿")}),
        ("subtasks", {"percent": (40, 45)}),
    ]
    new = imported(plan, new)
    entries = new.progress_of[the_subtask(new).id]
    assert len(entries) == 2
    assert [(e.percent, e.done) for e in standing(entries)] == [(45, "问卷二稿")]
    assert plan_of(path, board=new).operation() is None


def test_what_was_entered_on_the_board_since_stays(board: Board, tmp_path: Path) -> None:
    path = progress_sheet(tmp_path / "p.xlsx", progress_row(40))
    new = imported(plan_of(path, board=board), board)
    entry = RecordProgress(subtask=the_subtask(new).id, percent=90, done="现场")
    new = new.with_changes(entry.apply(new, Stamp(person=ME, at=NOW, recorded=NOW)))
    plan = plan_of(path, board=new)
    assert plan.operation() is None
    older = progress_sheet(tmp_path / "p.xlsx", progress_row(40), progress_row(50, "2026-11-19"))
    new = imported(plan_of(older, board=new), new)
    assert the_subtask(new).percent == 90


def test_a_finished_subtask_is_left_alone(board: Board, tmp_path: Path) -> None:
    path = progress_sheet(tmp_path / "p.xlsx", progress_row(40))
    new = imported(plan_of(path, board=board), board)
    new = new.with_changes([put(the_subtask(new), status="cancelled")])
    later = progress_sheet(tmp_path / "p.xlsx", progress_row(50, "2026-11-19"))
    plan = plan_of(later, board=new)
    assert [(i.table, i.changes) for i in plan.update] == []


def test_the_progress_sheet_may_come_first(tmp_path: Path) -> None:
    path = progress_sheet(tmp_path / "p.xlsx", progress_row(40))
    plan = plan_of(path)
    assert [u.value for u in plan.unclear] == ["产品迭代-2024-001"]
    first = imported(plan)
    assert plan_of(path, board=first).operation() is None
    plan = plan_of(overview(tmp_path / "r.xlsx", card_row()), board=first)
    assert "cards" not in {item.table for item in plan.create}
    (card,) = imported(plan, first).cards.values()
    assert (card.name, card.number) == ("Q4客户满意度调研报告", "产品迭代-2024-001")


def test_a_row_of_no_card_at_all_is_not_taken(board: Board, tmp_path: Path) -> None:
    row = progress_row(number="", card="不存在的任务")
    plan = plan_of(progress_sheet(tmp_path / "p.xlsx", row), board=board)
    assert plan.operation() is None
    assert [u.value for u in plan.unclear] == ["不存在的任务"]


def test_a_subtask_without_number_belongs_to_its_card_by_name(board: Board, tmp_path: Path) -> None:
    path = progress_sheet(tmp_path / "p.xlsx", progress_row(number="", card="Q4客户满意度调研报告"))
    new = imported(plan_of(path, board=board), board)
    assert the_subtask(new).number == "产品迭代-2024-001-01"
    assert plan_of(path, board=new).operation() is None


def test_one_number_for_two_subtasks_is_a_double(board: Board, tmp_path: Path) -> None:
    path = progress_sheet(tmp_path / "p.xlsx", progress_row(40), progress_row(50, name="另一项"))
    plan = plan_of(path, board=board)
    assert [(u.value, u.where) for u in plan.unclear] == [("产品迭代2024-001-01", "p.xlsx:任务执行进度跟踪表!A4")]
    assert the_subtask(imported(plan, board)).percent == 40


def test_a_number_of_another_card_is_not_kept_as_one(board: Board, tmp_path: Path) -> None:
    other = overview(tmp_path / "o.xlsx", card_row("产品迭代2024-002", name="另一张"))
    path = progress_sheet(tmp_path / "p.xlsx", progress_row(card="另一张"))
    plan = plan_of(other, path, board=board)
    assert [(u.value, u.where) for u in plan.unclear] == [("产品迭代2024-001-01", "p.xlsx:任务执行进度跟踪表!A3")]
    new = imported(plan, board)
    assert the_subtask(new).number == "产品迭代-2024-002-01"
    assert plan_of(other, path, board=new).operation() is None


def test_an_entry_without_date_is_dated_today_once(board: Board, tmp_path: Path) -> None:
    path = progress_sheet(tmp_path / "p.xlsx", progress_row(40, ""), progress_row(50, "上周", done="又一步"))
    plan = plan_of(path, board=board)
    assert [u.value for u in plan.unclear] == ["", "上周"]
    new = imported(plan, board)
    assert {e.at for e in new.progress.values()} == {NOW}
    assert plan_of(path, board=new, now=NOW + 9 * 86_400).operation() is None
