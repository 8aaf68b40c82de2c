"""Columns of a live table: which stand at a width, and that a line has exactly its cells."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.widgets.columns import Cell, Column, Placed, choose_columns, fit_cell, join_pieces, line_of

OVERVIEW = (
    Column("id", "id", 15, cut="left"),
    Column("card", "card", 22, flexible=True),
    Column("lead", "lead", 8),
    Column("departments", "departments", 8),
    Column("priority", "P", 2),
    Column("stage", "stage", 6),
    Column("progress", "progress", 13, min_width=4),
    Column("clock", "clock", 8),
    Column("who", "who acts", 12, min_width=9),
)
LEAVE = ("departments", "priority", "lead", "progress", "clock", "stage")
NEVER_LEAVE = {"id", "card", "progress", "who"}


def chosen(cells: int) -> dict[str, int]:
    return {column.key: wide for column, wide in choose_columns(OVERVIEW, cells, LEAVE)}


def test_all_columns_stand_at_120() -> None:
    assert chosen(120 - 18) == {column.key: column.width for column in OVERVIEW}


def test_at_80_the_bar_left_but_its_percent_stays() -> None:
    assert chosen(80 - 18) == {"id": 15, "card": 22, "stage": 6, "progress": 4, "who": 11}


def test_what_is_over_goes_to_the_title() -> None:
    assert chosen(220 - 18)["card"] == 122


@pytest.mark.parametrize(
    ("cells", "gone"),
    [
        (102, set()),
        (99, set()),
        (98, {"departments"}),
        (89, {"departments", "priority"}),
        (86, {"departments", "priority", "lead"}),
        (70, {"departments", "priority", "lead"}),
        (67, {"departments", "priority", "lead", "clock"}),
        (58, {"departments", "priority", "lead", "clock", "stage"}),
    ],
)
def test_columns_leave_in_their_order(cells: int, gone: set[str]) -> None:
    assert {column.key for column in OVERVIEW} - chosen(cells).keys() == gone


def test_before_the_bar_leaves_what_may_shrink_shrinks() -> None:
    assert (chosen(78)["who"], chosen(78)["progress"]) == (9, 13)
    assert chosen(77)["progress"] == 4


@given(st.integers(0, 250))
def test_columns_and_gaps_never_take_more_than_there_is(cells: int) -> None:
    placed = choose_columns(OVERVIEW, cells, LEAVE)
    assert sum(wide for _, wide in placed) + max(0, len(placed) - 1) <= cells
    keys = [column.key for column, _ in placed]
    assert keys == [column.key for column in OVERVIEW if column.key in keys]
    if cells >= 15 + 22 + 4 + 9 + 3:
        assert set(keys) >= NEVER_LEAVE
        assert sum(wide for _, wide in placed) + len(placed) - 1 == cells
    assert "card" in keys


def test_the_title_is_the_last_to_go_on_a_tiny_screen() -> None:
    assert chosen(5) == {"card": 5}
    assert chosen(0) == {"card": 0}


@pytest.mark.parametrize(
    ("cell", "cells", "pieces"),
    [
        ("ab", 4, [("ab  ", "")]),
        (("ab", "red"), 1, [("~", "red")]),
        ([("ab", "red"), ("cd", "dim")], 5, [("ab", "red"), ("cd", "dim"), (" ", "")]),
        ([("ab", "red"), ("cd", "dim")], 3, [("ab", "red"), ("~", "dim")]),
        ([("ab", "red"), ("cd", "dim")], 2, [("a~", "red")]),
        ([("▪受阻 ", "red"), ("!滞后", "yellow")], 9, [("▪受阻 ", "red"), ("! ~", "yellow")]),
        ([], 2, [("  ", "")]),
        ("[/x]\x1b[2J", 8, [("[/x][2J ", "")]),
        ([("a\u202eb", "red"), ("c", "")], 4, [("ab", "red"), ("c ", "")]),
    ],
)
def test_a_cell_keeps_its_tones_and_its_width(cell: Cell, cells: int, pieces: list[tuple[str, str]]) -> None:
    assert join_pieces(fit_cell(cell, cells)) == pieces


TEXT = st.text(st.sampled_from([*"ab ", *"跨部门，", "\x1b", "\u202e", "\n", "\u0301"]), max_size=20)
CELL = st.one_of(
    TEXT, st.tuples(TEXT, st.sampled_from(["red", ""])), st.lists(st.tuples(TEXT, st.just("dim")), max_size=4)
)


@given(st.lists(CELL, max_size=11), st.integers(0, 160))
def test_a_line_has_exactly_its_cells_whatever_its_texts_hold(cells: list[Cell], total: int) -> None:
    placed: list[Placed] = choose_columns(OVERVIEW, total, LEAVE)
    pieces = line_of(cells, placed, total)
    assert sum(cell_len(text) for text, _ in pieces) == total
    assert all(text for text, _ in pieces)
    assert all(one[1] != two[1] for one, two in pairwise(pieces))
