"""Papers of boards with any texts: read into the same board they change nothing, into an empty one they come again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.board import Board
from store.views.state import BoardState
from tests.store.import_helpers import (
    ME,
    NOW,
    OVERVIEW_HEAD,
    PROGRESS_HEAD,
    card_row,
    imported,
    plan_of,
    progress_row,
    workbook,
    working,
)
from tui import i18n
from tui.papers.desk import Desk
from tui.papers.every import BY_KEY, built

TEXT = st.sampled_from(
    [
        *(
            "提升客户复购率",
            "=1+1",
            "+cmd|' /C calc'!A0",
            "@SUM(A1)",
            "-",
            "a\nb",
            "a;b；c",
            "（全角）：１２３",
            "繁體說明",
        ),
        *(
            "繁體說明",
            "x" * 600,
            "<b>&amp;</b>",
            "'=1",
            "[/x]",
            "2024-10-30: 完成",
            "100%",
            "任务ID",
            "a\tb",
            "\u202eabc",
            "～、，。",
        ),
    ]
) | st.text(max_size=30)


@pytest.fixture
def chinese() -> Iterator[None]:
    i18n.choose("zh_Hans")
    yield
    i18n.choose("en")


def of_texts(path: Path, texts: list[str]) -> Board:
    """A board with two cards, a subtask and its entry that hold these texts."""
    safe = [text.encode("utf-8", "replace").decode() for text in texts]
    clean = ["".join(char for char in text if char in "\n\t" or char >= " ").lstrip("=") for text in safe]
    name, goal, remark, done, then, problem = clean
    cards = [card_row(name=f"任务{name}", goal=goal, remark=remark), card_row("产品迭代2024-002", name="另一项")]
    rows = [progress_row(done=done, next=then, problem=problem)]
    plan = plan_of(
        workbook(path, {"部门任务总览表": [OVERVIEW_HEAD, *cards], "任务执行进度跟踪表": [PROGRESS_HEAD, *rows]})
    )
    return imported(plan)


@pytest.mark.parametrize("kind", ["register", "card", "division"])
@given(texts=st.lists(TEXT, min_size=6, max_size=6))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_paper_read_into_its_own_board_changes_nothing(
    kind: str, texts: list[str], tmp_path: Path, chinese: None
) -> None:
    board = of_texts(tmp_path / "in.xlsx", texts)
    card = min(board.cards)
    _stem, data = built(
        BY_KEY[kind], Desk(BoardState(board, working(), me=ME), NOW), 0 if kind == "register" else card, "xlsx"
    )
    again = tmp_path / "again.xlsx"
    again.write_bytes(data)
    plan = plan_of(again, board=board, card=card)
    assert plan.to_builtins()["update"] == []
    assert [item.title for item in plan.create] == []
