"""Joint review (联合评审, rulebook §3, T5): who said what when, once for each revision."""

from __future__ import annotations

import pytest

from store.board import Board
from tests.store.builders import DAY, HOUR, T0, Cast, busy, do, refused

c = Cast


@pytest.fixture(scope="module")
def reviewed() -> Board:
    """`busy` with `plan` reviewed by market and design."""
    return do(busy(), "EditSubtask", c.wang, subtask=c.plan, fields={"reviewers": [c.market, c.design]})


def test_each_reviewing_department_says_its_word_by_whom_and_when(reviewed: Board) -> None:
    board = do(reviewed, "ReviewSubtask", c.fang, T0 + HOUR, subtask=c.plan, text="可用")
    board = do(board, "ReviewSubtask", c.sun, T0 + DAY, subtask=c.plan, text="缺预算表", objects=True)
    assert [(each.department, each.by, each.at, each.text, each.agrees) for each in board.joint_reviews_of[c.plan]] == [
        (c.design, c.fang, T0 + HOUR, "可用", True),
        (c.market, c.sun, T0 + DAY, "缺预算表", False),
    ]


def test_a_later_word_replaces_the_one_before(reviewed: Board) -> None:
    board = do(reviewed, "ReviewSubtask", c.sun, subtask=c.plan, text="缺预算表", objects=True)
    board = do(board, "ReviewSubtask", c.wang, T0 + HOUR, subtask=c.plan)
    (word,) = board.joint_reviews_of[c.plan]
    assert (word.by, word.text, word.agrees) == (c.wang, "", True)


def test_what_was_sent_back_is_reviewed_anew(reviewed: Board) -> None:
    board = do(reviewed, "ReviewSubtask", c.fang, subtask=c.plan, text="可用")
    board = do(board, "HandOver", c.li, subtask=c.plan, deliverable="V1")
    board = do(board, "SendBack", c.wang, subtask=c.plan, reason="缺数据")
    board = do(board, "ReviewSubtask", c.fang, T0 + DAY, subtask=c.plan, text="再看")
    assert [(each.revision, each.text) for each in board.joint_reviews_of[c.plan]] == [(0, "可用"), (1, "再看")]


@pytest.mark.parametrize(
    ("fields", "by", "code"),
    [
        ({"subtask": c.plan}, c.li, "refuse.reviewer"),
        ({"subtask": c.plan, "department": c.sales}, c.wang, "refuse.reviewer"),
        ({"subtask": c.plan, "objects": True, "text": " "}, c.fang, "refuse.empty"),
        ({"subtask": c.idle}, c.wang, "refuse.state"),
        ({"subtask": c.plan, "department": c.design}, c.li, ""),
    ],
)
def test_a_word_is_of_a_reviewing_department_and_an_objection_says_why(
    reviewed: Board, fields: dict[str, object], by: int, code: str
) -> None:
    assert refused(reviewed, "ReviewSubtask", by, **fields) == code
