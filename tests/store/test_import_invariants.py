"""Whatever stands in the cells: an import is accepted by its operation, and a second one changes nothing."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.import_helpers import (
    NOW,
    OVERVIEW_HEAD,
    PROGRESS_HEAD,
    SYNC_HEAD,
    card_row,
    imported,
    plan_of,
    progress_row,
)

SOUND = [
    *(str(cell) for cell in (*card_row(), *progress_row())),
    *(
        "产品迭代2024-002",
        "日常协作2026-001",
        "待验收",
        "已完成",
        "受阻",
        "100",
        "35%",
        "2026/11/17",
        "11月15日前",
        "十月中旬",
    ),
    *("市场部(文案)", "*经理", "张三、李四", "/", "无", "", "", "明天", "101"),
]
CELL = st.one_of(st.sampled_from(SOUND), st.text(max_size=12))


def rows(width: int) -> st.SearchStrategy[list[list[str]]]:
    return st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=5)


def write(path: Path, tables: Sequence[tuple[Sequence[str], list[list[str]]]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        for head, body in tables:
            writer.writerow(head)
            writer.writerows([cell.encode("utf-8", "replace").decode() for cell in row] for row in body)


@given(cards=rows(len(OVERVIEW_HEAD)), progress=rows(len(PROGRESS_HEAD)), sync=rows(len(SYNC_HEAD)))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_register_goes_in_once(
    cards: list[list[str]], progress: list[list[str]], sync: list[list[str]], tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    write(path, [(OVERVIEW_HEAD, cards), (PROGRESS_HEAD, progress), (SYNC_HEAD, sync)])
    plan = plan_of(path)
    plan.to_builtins()
    if plan.operation() is None:
        return
    again = plan_of(path, board=imported(plan), now=NOW + 3 * 86_400)
    assert again.to_builtins()["update"] == []
    assert again.operation() is None


@pytest.mark.parametrize("second_card", ["产品迭代2024-001", "产品迭代2024-003"])
def test_a_number_of_another_card_counts_the_same_before_and_after_that_card_is_made(
    second_card: str, tmp_path: Path
) -> None:
    path = tmp_path / "p.csv"
    body = [[str(cell) for cell in progress_row(card="产品迭代2024-002")]]
    body.append([str(cell) for cell in progress_row(number=f"{second_card}-05", card=second_card, name="复核")])
    write(path, [(PROGRESS_HEAD, body)])
    plan = plan_of(path)
    assert [u.where for u in plan.unclear if "another card" in str(u.why)] == ["p.csv:p!A2"]
    assert plan_of(path, board=imported(plan), now=NOW + 3 * 86_400).operation() is None


def test_a_subtask_keeps_its_number_when_the_card_of_that_number_comes_later(tmp_path: Path) -> None:
    path, later = tmp_path / "p.csv", tmp_path / "r.csv"
    cards = [[str(cell) for cell in card_row("", name="满意度调研")]]
    write(path, [(OVERVIEW_HEAD, cards), (PROGRESS_HEAD, [[str(cell) for cell in progress_row(card="满意度调研")]])])
    board = imported(plan_of(path))
    (subtask,) = board.subtasks.values()
    assert subtask.number == "产品迭代-2024-001-01"
    write(later, [(OVERVIEW_HEAD, [[str(cell) for cell in card_row(name="别的任务")]])])
    board = imported(plan_of(later, board=board), board)
    assert plan_of(path, board=board, now=NOW + 3 * 86_400).operation() is None


LABELS = [
    "任务名称",
    "所属项目",
    "任务描述",
    "负责部门",
    "负责人",
    "协同部门",
    "协同人",
    "计划开始时间",
    "计划完成时间",
]
LISTS = ["里程碑节点", "所需资源与支持", "完成标准与备注", "进度更新", "风险点", "其他"]
ITEMS = st.lists(CELL, max_size=3).map(";".join)


@given(values=st.lists(CELL, min_size=9, max_size=9), lists=st.lists(ITEMS, min_size=6, max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_allocation_table_goes_in_once(values: list[str], lists: list[str], tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    pairs = [*zip(LABELS, values, strict=True), *zip(LISTS, lists, strict=True)]
    write(path, [(["跨部门任务分配表"], [list(pair) for pair in pairs])])
    plan = plan_of(path)
    if plan.operation() is None:
        assert plan.unclear or plan.skipped
        return
    again = plan_of(path, board=imported(plan), now=NOW + 3 * 86_400)
    assert again.to_builtins()["update"] == []
    assert again.operation() is None


@pytest.mark.parametrize("times", [2, 3])
def test_a_sheet_may_grow_row_by_row(times: int, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    board = None
    body: list[list[str]] = []
    for n in range(times):
        body.append([str(cell) for cell in progress_row(20 * (n + 1), f"2026-11-{16 + n}", done=f"第{n}步")])
        write(path, [(PROGRESS_HEAD, body)])
        board = imported(plan_of(path, board=board), board)
    assert board is not None
    (subtask,) = board.subtasks.values()
    assert (subtask.percent, len(board.progress)) == (20 * times, times)
