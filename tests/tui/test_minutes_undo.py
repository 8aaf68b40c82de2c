"""Undo over the ends of lines: what Backspace joined or took away comes back, and no words are lost on the way."""

from __future__ import annotations

from pathlib import Path

from tests.tui.deck import typed, written_board
from tests.tui.minutes_board import lines, meeting, settled, writing


async def test_joined_lines_part_again_and_nothing_is_lost(tmp_path: Path) -> None:
    async with writing(meeting(lines=False), tmp_path) as (app, pilot, editor):
        await typed(pilot, "第一行\n第二行")
        await pilot.press("home", "backspace")
        assert editor.cursor.text == "第一行第二行"
        await typed(pilot, "加")
        await pilot.press("ctrl+z")
        assert editor.cursor.text == "第一行第二行"
        await pilot.press("ctrl+z")
        assert [line.text for line in editor.page.sections[0].lines] == ["第一行", "第二行"]
        assert (editor.cursor.text, editor.cursor.index) == ("第二行", 0)
        await pilot.press("escape")
        await settled(pilot, app, editor)
        assert [line.text for line in lines(written_board(tmp_path / "board.json"), 0)] == ["第一行", "第二行"]


async def test_a_line_that_was_emptied_and_taken_away_comes_back_with_its_words(tmp_path: Path) -> None:
    async with writing(meeting(lines=False), tmp_path) as (app, pilot, editor):
        await typed(pilot, "留着\n\t决议甲")
        await pilot.press("ctrl+u", "backspace")
        assert [line.text for line in editor.page.sections[0].lines] == ["留着"]
        await pilot.press("ctrl+z", "ctrl+z")
        found = [(line.kind, line.text) for line in editor.page.sections[0].lines]
        assert found == [("point", "留着"), ("decision", "决议甲")]
        await pilot.press("escape")
        await settled(pilot, app, editor)
