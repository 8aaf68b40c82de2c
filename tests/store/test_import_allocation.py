"""An allocation table of the board read again: what the board has in a record of its own is no note, all else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import records as r
from store.board import Board
from store.changes import add
from store.exchange.plan import ImportPlan
from tests.store.builders import T0, Busy, Cast, busy, written
from tests.store.import_helpers import plan_of, workbook

c, k = Cast, Busy
NEED = "门店名单"


def board() -> Board:
    return written(busy(), [add(r.Input(id=9_001, subtask=c.poster, what=NEED, department=c.sales))])


def read(tmp_path: Path, on: Board, label: str, text: str) -> ImportPlan:
    subtask, card = on.subtasks[c.poster], on.cards[c.card]
    rows = [
        ["跨部门任务分配表"],
        ["任务名称", subtask.name],
        ["所属项目", card.name],
        ["负责人", "陈思"],
        [label, text],
    ]
    return plan_of(workbook(tmp_path / "one.xlsx", {"分配": rows}), board=on, now=T0, card=c.card)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"销售部 {NEED}", None),
        (f"销售部 {NEED} 2026-10-12", None),
        (f"销售部 {NEED} 2026-10-12 12:00", None),
        (f"销售部 {NEED}改为两份", f"销售部 {NEED}改为两份"),
        (f"销售部 {NEED}\n样机 3 台", "样机 3 台"),
    ],
)
def test_support_that_is_asked_for_already(text: str, kept: str | None, tmp_path: Path) -> None:
    plan = read(tmp_path, board(), "所需资源与支持", text)
    changes = {name: new for item in plan.update for name, (_old, new) in item.changes.items()}
    assert changes.get("inputs") == kept


@pytest.mark.parametrize("more", ["", "，需延期两天"])
def test_a_warning_of_the_board_is_no_note_and_what_is_added_to_it_is(more: str, tmp_path: Path) -> None:
    on = board()
    issue = on.issues[k.blocked]
    plan = read(tmp_path, on, "风险点", f"{issue.number} {issue.title}{more}")
    notes = [new for item in plan.update for name, (_old, new) in item.changes.items() if name == "notes"]
    assert [more in note for note in notes] == ([True] if more else [])
