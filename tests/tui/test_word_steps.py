"""Words in Latin and Chinese text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.word_steps import word_left, word_right


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("65 draft done", "65 draft "),
        ("65 draft done  ", "65 draft "),
        ("65 初稿完成", "65 "),
        ("渠道激励方案已经完成", "渠道激励方案"),
        ("完成，缺数据", "完成，"),
        ("完成，", "完成"),
        ("方案V1", "方案"),
        ("６５", ""),
        ("word　", ""),
        ("   ", ""),
        ("", ""),
    ],
)
def test_a_step_to_the_left(text: str, left: str) -> None:
    assert text[: word_left(text, len(text))] == left


@pytest.mark.parametrize(
    ("text", "passed"),
    [("draft done", "draft"), (" draft", " draft"), ("渠道激励方案", "渠道激励"), ("，完成", "，"), ("", "")],
)
def test_a_step_to_the_right(text: str, passed: str) -> None:
    assert text[: word_right(text, 0)] == passed


@given(st.text("a 初，é_　9", max_size=30), st.integers(0, 30))
def test_steps_go_on_and_never_leave_the_text(text: str, at: int) -> None:
    at = min(at, len(text))
    assert 0 <= word_left(text, at) <= at <= word_right(text, at) <= len(text)
    assert at == 0 or word_left(text, at) < at
    assert at == len(text) or word_right(text, at) > at
