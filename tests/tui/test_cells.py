"""Cells: what is cut, fitted and wrapped is as wide on the terminal as it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.cells import cut, cut_left, fit, width, wrap

MIXED = [*"ab ~-", *"跨部门，。（）", "\x1b", "\x9b", "\u202e", "\u200b", "\u0301", "\n", "\t", "👨", "é"]
HOSTILE = st.text(st.sampled_from(MIXED))
ANY_TEXT = st.one_of(HOSTILE, st.text(st.characters(codec="utf-8"), max_size=60))
NOT_FIRST = "，。、；：！？）】》」』"


@pytest.mark.parametrize(
    ("cells", "text"),
    [(12, "跨部门任务卡"), (11, "跨部门任务~"), (10, "跨部门任 ~"), (3, "跨~"), (2, " ~"), (1, "~"), (0, "")],
)
def test_cut_never_splits_a_wide_character(cells: int, text: str) -> None:
    assert cut("跨部门任务卡", cells) == text


@pytest.mark.parametrize(
    ("cells", "text"), [(15, "Q4营销-2026-001"), (14, "~营销-2026-001"), (13, "~ 销-2026-001"), (1, "~"), (0, "")]
)
def test_an_id_is_cut_on_its_left(cells: int, text: str) -> None:
    assert cut_left("Q4营销-2026-001", cells) == text


@pytest.mark.parametrize(
    ("text", "cells", "align", "fitted"),
    [
        ("ab", 4, "left", "ab  "),
        ("ab", 4, "right", "  ab"),
        ("abcdef", 4, "left", "abc~"),
        ("王敏", 5, "right", " 王敏"),
        ("王敏敏", 5, "left", "王敏~"),
        ("", 3, "left", "   "),
        ("a\x1b[2Jb", 6, "left", "a[2Jb "),
        ("a\tb\u202ec", 4, "left", "a bc"),
    ],
)
def test_fit(text: str, cells: int, align: str, fitted: str) -> None:
    assert fit(text, cells, "right" if align == "right" else "left") == fitted


@given(ANY_TEXT, st.integers(0, 40), st.sampled_from(["left", "right"]), st.sampled_from(["left", "right"]))
def test_fitted_text_has_exactly_its_cells_whatever_it_holds(text: str, cells: int, align: str, at: str) -> None:
    fitted = fit(text, cells, "left" if align == "left" else "right", "left" if at == "left" else "right")
    assert cell_len(fitted) == cells == width(fitted)
    assert all(c.isprintable() or c == "\u3000" or c.isspace() for c in fitted if c.isascii() or ord(c) < 0xA0)


@given(ANY_TEXT, st.integers(1, 40))
def test_cut_text_says_so(text: str, cells: int) -> None:
    whole = cut(text, 10_000)
    for short in (cut(text, cells), cut_left(text, cells)):
        assert width(short) <= cells
        assert short == whole or "~" in (short[0], short[-1])
    assert whole.startswith(cut(text, cells).rstrip("~").rstrip(" "))


def test_a_very_long_name_is_cut_like_any_other() -> None:
    assert fit("长" * 5_000, 7) == "长长长~"


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("", 5, [""]),
        ("a\n\nb", 5, ["a", "", "b"]),
        ("abc def ghi", 7, ["abc def", "ghi"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("张三、李四，讨论", 6, ["张三、", "李四，", "讨论"]),
        ("讨论接口。", 8, ["讨论接", "口。"]),
        ("说（括号）完", 6, ["说（括", "号）完"]),
        ("讨论 API 接口", 8, ["讨论 API", "接口"]),
    ],
)
def test_wrap(text: str, cells: int, lines: list[str]) -> None:
    assert wrap(text, cells) == lines


@pytest.mark.parametrize(
    ("text", "cells", "most", "lines"),
    [
        ("abc def ghi jkl", 7, 1, ["abc de~"]),
        ("ab cdefg", 5, 1, ["ab~"]),
        ("ab cdefg", 5, 2, ["ab", "cdefg"]),
        ("a\nb\nc", 5, 2, ["a", "b~"]),
        ("abc", 5, 0, []),
    ],
)
def test_wrap_says_when_there_was_more(text: str, cells: int, most: int, lines: list[str]) -> None:
    assert wrap(text, cells, most) == lines


@given(ANY_TEXT, st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_nothing_but_blanks(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert all(width(line) <= cells for line in lines)
    assert "".join("".join(lines).split()) == "".join("".join(wrap(text, 100_000)).split())


@given(st.text(st.sampled_from("跨部门任务，。、；：！？）】》」』")), st.integers(12, 30))
def test_no_line_begins_with_a_closing_mark(text: str, cells: int) -> None:
    for before, line in zip(lines := wrap(text, cells), lines[1:], strict=False):
        full = width(before) >= cells - 1  # a run of marks longer than the line has to break somewhere
        assert line[0] not in NOT_FIRST or (full and all(c in NOT_FIRST for c in before[1:]))
