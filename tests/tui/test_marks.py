"""Marks: a verb for several takes them all, any other the row under the cursor."""

from __future__ import annotations

from pathlib import Path

from tests.store.builders import Cast, office
from tests.tui.deck import running, until
from tests.tui.issue_boards import queue_board


async def test_a_verb_for_one_record_takes_the_row_under_the_cursor(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        app.list.table.move_to(Cast.card)
        await pilot.press("v")
        app.list.table.move_to(Cast.draft)
        await pilot.press("e")
        assert "店庆" in app.heading
        await pilot.press("escape", "d")
        assert "店庆" in app.heading


async def test_on_a_card_too(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        app.list.table.move_to(Cast.card)
        await pilot.press("enter", "]")
        await until(pilot, lambda: (app.front.current() or ("",))[0] == "subtasks")
        await pilot.press("g", "v", "G", "e")
        await until(pilot, lambda: app.front.entering)
        assert app.state is not None
        last = app.front.current()
        assert last is not None
        assert app.state.board.subtasks[last[1]].name in app.heading


async def test_a_verb_for_several_takes_the_marked_ones(tmp_path: Path) -> None:
    async with running(queue_board(), tmp_path) as (app, pilot):
        await pilot.press("3")
        await until(pilot, lambda: app.list.record_table == "issues" and len(app.list.rows) == 6)
        await pilot.press("g", "v", "v", "G", "c")
        assert "2 issues" in app.heading


async def test_marked_rows_are_counted_beside_the_sort(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("v")
        assert "sort due | 1 marked" in app.screen_text[2]
        await pilot.press("V")
        assert "2 marked" in app.screen_text[2]
        await pilot.press("V")
        assert "marked" not in app.screen_text[2]
