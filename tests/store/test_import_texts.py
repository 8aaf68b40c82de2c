"""What an import makes of hostile text, of sync rows and milestones, and of many rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.board import Board
from store.records import Card
from tests.store.import_helpers import (
    ALLOCATION,
    NOW,
    OVERVIEW_HEAD,
    SYNC_HEAD,
    card_row,
    imported,
    instant,
    overview,
    plan_of,
    workbook,
)


def the_card(board: Board) -> Card:
    (card,) = board.cards.values()
    return card


HOSTILE = ("[/x]", "[@click=app.quit]甲", "\x1b[31m红", "\u202e反", "=1+1", "长" * 5_000, "a\u200bb", "{0}{x}", "'; --")


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:8]))
def test_hostile_text_is_data(text: str, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    row = [*card_row(name=text, goal=text, lead=text, finish=text, state=text), text]
    quoted = [f'"{cell}"' for cell in row]
    path.write_text("\n".join([",".join([*OVERVIEW_HEAD, "附"]), ",".join(quoted)]), encoding="utf-8")
    plan = plan_of(path)
    board = imported(plan)
    card = the_card(board)
    assert card.name.isprintable()
    assert card.goal == "".join(char for char in text if char.isprintable())
    assert len(card.name) <= 500
    assert card.goal in card.notes
    assert plan_of(path, board=board).operation() is None
    plan.to_builtins()


def test_a_sync_row_may_lack_its_date(tmp_path: Path) -> None:
    rows = [["", "晨会", "决议:周五上线", "*明、*强", "全体", "/", ""], ["下周", "晚会", "", "", "", "", ""]]
    path = workbook(tmp_path / "s.xlsx", {"信息同步共享记录表": [SYNC_HEAD, *rows]})
    plan = plan_of(path)
    assert [u.value for u in plan.unclear] == ["", "下周"]
    board = imported(plan)
    first = next(s for s in board.sync.values() if s.topic == "晨会")
    assert (first.kind, first.at, first.by_name, first.card) == ("decision", NOW, "*明、*强", None)
    later = plan_of(path, board=board, now=NOW + 5 * 86_400)
    assert later.operation() is None


def test_a_sync_topic_names_one_card_or_none(tmp_path: Path) -> None:
    cards = [("产品迭代2024-001", "新版上线"), ("产品迭代2024-002", "新版上线准备"), ("产品迭代2024-003", "渠道梳理会")]
    topics = {
        "新版上线准备进展": "产品迭代-2024-002",
        "新版上线进展": "产品迭代-2024-001",
        "产品迭代2024-003 情况": "产品迭代-2024-003",
        "渠道梳理同步": "产品迭代-2024-003",
        "新版进展": None,
        "新版上进展": None,
        "团建": None,
    }
    rows = [["2026-11-18", topic, "x", "*明", "全体", "", ""] for topic in topics]
    overview(tmp_path / "r.xlsx", *(card_row(number, name=name) for number, name in cards))
    workbook(tmp_path / "s.xlsx", {"信息同步共享记录表": [SYNC_HEAD, *rows]})
    board = imported(plan_of(tmp_path / "s.xlsx", tmp_path / "r.xlsx"))
    assert {s.topic: board.cards[s.card].number if s.card else None for s in board.sync.values()} == topics


def test_sync_rows_that_differ_in_their_note_only_are_one_entry(tmp_path: Path) -> None:
    rows = [
        ["2026-11-18", "晨会", "x", "*明", to, "/", note]
        for to, note in (("甲组", "一"), ("乙组", "二"), ("甲组", "一"))
    ]
    path = workbook(tmp_path / "s.xlsx", {"信息同步共享记录表": [SYNC_HEAD, *rows]})
    board = imported(plan_of(path))
    (entry,) = board.sync.values()
    assert (entry.to, entry.note) == ("甲组；乙组", "一；二")
    assert plan_of(path, board=board).operation() is None


def test_a_milestone_without_a_date_is_tentative(tmp_path: Path) -> None:
    form = [
        ["任务名称", "主视觉"],
        ["所属项目", "Q4营销"],
        ["负责人", "*主管"],
        ["计划完成时间", "2026年12月25日"],
        ["里程碑节点", "十二月中旬:初稿;12月20日:定稿(暂定)"],
        ["进度更新", "预算已批;2026-11-18:开工"],
    ]
    path = workbook(tmp_path / "a.xlsx", {"s": [["跨部门任务分配表"], *form]})
    plan = plan_of(path)
    assert [u.value for u in plan.unclear] == ["十二月中旬: 初稿", "预算已批"]
    board = imported(plan)
    found = {m.name: (m.due, m.tentative) for m in board.milestones.values()}
    assert found == {"十二月中旬: 初稿": (None, True), "定稿(暂定)": (instant(2026, 12, 20), True)}
    assert {e.done for e in board.progress.values()} == {"预算已批", "开工"}
    assert plan_of(path, board=board, now=NOW + 3 * 86_400).operation() is None


def test_a_thousand_rows(tmp_path: Path) -> None:
    rows = [card_row(f"产品迭代2024-{n:03d}", name=f"任务{n}", lead=f"人{n % 30}") for n in range(1, 1_001)]
    board = imported(plan_of(path := overview(tmp_path / "r.xlsx", *rows)))
    assert (len(board.cards), len(board.people)) == (1_000, 33)
    again = plan_of(path, board=board)
    assert (len(again.same), again.operation()) == (1_000, None)


def test_every_entry_of_an_import_is_signed_by_somebody_on_the_board() -> None:
    board = imported(plan_of(ALLOCATION))
    assert {entry.by in board.people for entry in board.progress.values()} == {True}
