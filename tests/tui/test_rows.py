"""The cursor among rows: on its record, on its screen line, on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.rows import RowWindow


class Row(NamedTuple):
    id: int


def window(ids: Sequence[int], *, cursor: int = 0, top: int = 0, page: int = 10) -> RowWindow[Row]:
    made: RowWindow[Row] = RowWindow()
    made.page = page
    made.replace([Row(each) for each in ids])
    made.cursor, made.top = cursor, top
    return made


def rows(ids: Sequence[int]) -> list[Row]:
    return [Row(each) for each in ids]


def test_the_cursor_and_its_screen_line_stay_with_the_record() -> None:
    shown = window(range(100), cursor=50, top=45)
    shown.replace(rows([99, 98, *range(98)]))
    assert shown.row == Row(50)
    assert shown.cursor - shown.top == 5


@pytest.mark.parametrize(
    ("left", "heir"),
    [
        ([0, 1, 2, 4, 5], 4),
        ([0, 1, 2], 2),
        ([5, 0], 5),
        ([0], 0),
        ([7, 8, 9], 9),  # nobody is left: the cursor keeps its place as far as it can
    ],
)
def test_a_record_that_is_gone_hands_the_cursor_to_its_nearest_neighbour(left: list[int], heir: int) -> None:
    shown = window(range(6), cursor=3)
    shown.replace(rows(left))
    assert shown.row == Row(heir)


def test_the_neighbour_below_comes_first() -> None:
    shown = window(range(6), cursor=3)
    shown.replace(rows([2, 4]))
    assert shown.row == Row(4)


def test_empty_and_back() -> None:
    shown = window(range(5), cursor=3)
    shown.replace([])
    assert (shown.row, shown.cursor, shown.top) == (None, 0, 0)
    shown.move(1)
    shown.turn(1)
    shown.scroll(1)
    assert shown.row is None
    shown.replace(rows([8, 9]))
    assert shown.row == Row(8)


def test_a_step_over_the_edge_turns_a_third_of_the_page() -> None:
    shown = window(range(100), cursor=9, top=0, page=9 + 1)
    shown.move(1)
    assert (shown.cursor, shown.top) == (10, 3)
    shown.move(1)
    assert (shown.cursor, shown.top) == (11, 3)
    shown = window(range(100), cursor=50, top=50, page=10)
    shown.move(-1)
    assert (shown.cursor, shown.top) == (49, 47)


def test_holding_the_key_scrolls_rarely() -> None:
    shown = window(range(10_000), page=45)
    tops = []
    for _ in range(250):
        shown.move(1)
        tops.append(shown.top)
    assert shown.cursor == 250
    assert len(set(tops)) <= 250 // 15 + 1


def test_ends_and_pages() -> None:
    shown = window(range(100), page=10)
    shown.move(1_000)
    assert (shown.cursor, shown.top) == (99, 90)
    shown.turn(-1)
    assert (shown.cursor, shown.top) == (89, 80)
    shown.move(-1_000)
    assert (shown.cursor, shown.top) == (0, 0)
    shown.turn(1)
    assert (shown.cursor, shown.top) == (10, 10)


def test_the_wheel_takes_the_cursor_along_only_at_the_edge() -> None:
    shown = window(range(100), cursor=5, page=10)
    shown.scroll(3)
    assert (shown.cursor, shown.top) == (5, 3)
    shown.scroll(3)
    assert (shown.cursor, shown.top) == (6, 6)
    shown.scroll(-100)
    assert (shown.cursor, shown.top) == (6, 0)


def test_a_smaller_page_keeps_the_cursor_on_screen() -> None:
    shown = window(range(100), cursor=19, top=10, page=10)
    shown.page = 4
    shown.clamp()
    assert (shown.cursor, shown.top) == (19, 16)
    shown.page = 10
    shown.clamp()
    assert shown.top <= 19 < shown.top + 10


IDS = st.lists(st.integers(0, 40), unique=True, max_size=40)
STEPS = st.lists(st.tuples(st.sampled_from(["move", "turn", "scroll"]), st.integers(-50, 50)), max_size=5)


@given(IDS, STEPS, st.lists(IDS, max_size=4), st.integers(1, 12))
def test_whatever_changes_the_cursor_is_on_screen_and_stays_on_its_record(
    first: list[int], steps: list[tuple[str, int]], changes: list[list[int]], page: int
) -> None:
    shown = window(first, page=page)
    for step, by in steps:
        getattr(shown, step)(by)
    for ids in changes:
        before, line = shown.row, shown.cursor - shown.top
        shown.replace(rows(ids))
        if before is not None and before.id in ids:
            assert shown.row == before
            if shown.cursor - line == max(0, min(shown.cursor - line, len(ids) - page)):
                assert shown.cursor - shown.top == line
        assert (shown.row is None) == (not ids)
        assert 0 <= shown.top <= max(0, len(ids) - page)
        assert shown.top <= shown.cursor < shown.top + page
