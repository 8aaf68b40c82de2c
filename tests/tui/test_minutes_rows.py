"""Row mode of the minutes editor: moving, adding, subtasks, findings, and hostile surroundings."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.operations.minutes import SavedLine, SaveLines
from tests.store.builders import Cast
from tests.tui.boards import HOSTILE
from tests.tui.deck import elsewhere, typed, until, written_board
from tests.tui.minutes_board import MEETING, WORDS, item, lines, meeting, settled, writing
from tui.cells import width
from tui.screens.minutes import MinutesScreen


def kinds(path: Path, number: int) -> list[tuple[str, str]]:
    return [(line.kind, line.text) for line in lines(written_board(path), number)]


async def test_row_mode_moves_lines_makes_subtasks_and_finds_gaps(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    async with writing(meeting(), tmp_path) as (app, pilot, editor):
        await typed(pilot, "\t\t没有人\n")
        await pilot.press("escape")
        await pilot.press("g", "n")
        assert editor.cursor.text == "没有人"
        await pilot.press("K")
        await settled(pilot, app, editor)
        assert [text for _kind, text in kinds(path, 1)] == [WORDS[1], WORDS[2], "没有人", WORDS[3]]
        await pilot.press("down", "greater_than_sign")
        await until(pilot, lambda: len(written_board(path).subtasks) == 4)
        await until(pilot, lambda: any("subtask 04" in text for text in app.screen_text))
        await pilot.press("n", "enter")
        await typed(pilot, " @李强 <10-16")
        await pilot.press("escape", "n")
        assert "No findings" in app.message


async def test_row_mode_adds_action_items_and_agenda_items(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    async with writing(meeting(), tmp_path) as (app, pilot, editor):
        await pilot.press("escape", "up", "A")
        await typed(pilot, "第二个行动")
        await pilot.press("escape", "a")
        await typed(pilot, "下周安排 5 @李强\n")
        await until(pilot, lambda: len(editor.page.sections) == 5)
        await settled(pilot, app, editor)
        assert kinds(path, 1)[-1] == ("action", "第二个行动")
        added = written_board(path).agenda_of[MEETING][4]
        assert (added.title, added.minutes, added.presenter) == ("下周安排", 5, Cast.li)
        await pilot.press("G", "K")
        await until(pilot, lambda: [s.item.title for s in editor.page.sections][3] == "下周安排")
        await pilot.press("e")
        await pilot.press("ctrl+u")
        await typed(pilot, "别的 0\n")
        await until(pilot, lambda: [s.item.title for s in editor.page.sections][3] == "别的")


async def test_a_person_unknown_to_the_board_is_asked_before_typing(tmp_path: Path) -> None:
    async with writing(meeting(), tmp_path, me="") as (app, pilot, editor):
        assert not editor.text.typing
        await pilot.press("enter")
        assert "Who are you?" in app.heading
        await typed(pilot, "新人\n\n")  # a new name is asked for once more
        await until(pilot, lambda: editor.text.typing)


@pytest.mark.parametrize("size", [(20, 5), (40, 8), (59, 14)])
async def test_a_tiny_terminal_loses_nothing(size: tuple[int, int], tmp_path: Path) -> None:
    async with writing(meeting(), tmp_path, size=size) as (app, pilot, editor):
        await typed(pilot, "字字字字字字字字字字字字\n\t\tb @李强\n")
        await pilot.press("up", "up", "down", "escape", "g", "G", "n", "z")
        await settled(pilot, app, editor)
        assert ("point", "字字字字字字字字字字字字") in kinds(tmp_path / "board.json", 1)
        assert all(width(row) <= size[0] for row in app.screen_text)
        await pilot.resize_terminal(120, 40)
        await until(pilot, lambda: any("字字字字字字字字字字字字" in row for row in app.screen_text))


async def test_texts_that_act_are_shown_as_text(tmp_path: Path) -> None:
    board = meeting()
    bad = [SavedLine(kind="decision", text=text, order=9 + n) for n, text in enumerate(HOSTILE)]
    async with writing(board, tmp_path) as (app, pilot, _editor):
        change = SaveLines(meeting=MEETING, item=item(board, 1), lines=tuple(bad))
        elsewhere(tmp_path / "board.json", change, by=Cast.li)
        app.do_reread()
        await until(pilot, lambda: any("[@click=app.quit]渠道[/]" in row for row in app.screen_text))
        assert any(row.endswith("~") for row in app.screen_text)
        assert "\x1b" not in "".join(app.screen_text)
        assert all(width(row) <= 120 for row in app.screen_text)
        await pilot.press("escape", "G", *["up"] * 6, "enter", "end")
        await typed(pilot, "x")
        await pilot.press("escape", "q")
        await until(pilot, lambda: isinstance(app.screen, MinutesScreen))


async def test_who_opens_minutes_to_read_them_writes_only_after_enter_or_e(tmp_path: Path) -> None:
    async with writing(meeting(), tmp_path, me="李强") as (app, pilot, editor):
        assert not editor.text.typing
        assert app.message == "Open for reading. Enter writes here."
        await typed(pilot, "G")
        await pilot.press("e" if editor.cursor.text else "enter")
        assert editor.text.typing


async def test_x_takes_out_the_line_and_leaves_the_meeting(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    async with writing(meeting(), tmp_path) as (app, pilot, editor):
        await pilot.press("escape", "g", "X")
        assert app.message == "X takes out a line here; the meeting is cancelled in the list of meetings."
        editor.cursor.go(editor.page.sections[1].lines[1])
        await pilot.press("X")
        assert app.heading == f"void  {WORDS[2]}"
        await typed(pilot, "no\n")
        await until(pilot, lambda: not app.front.entering)
        assert len(editor.page.sections[1].lines) == 3
        await pilot.press("X", "enter")
        await settled(pilot, app, editor)
        assert [text for _kind, text in kinds(path, 1)] == [WORDS[1], WORDS[3]]
        assert written_board(path).meetings[MEETING].state == "held"
        await pilot.press("greater_than_sign")
        await until(pilot, lambda: any("subtask 04" in text for text in app.screen_text))
        await pilot.press("X")
        assert app.message == "This action item is a subtask already and stays one."
