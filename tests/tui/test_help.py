"""`?`: keys of the screen in front, glyphs, grammar, this board."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.builders import Cast, busy, do
from tests.tui.deck import Deck, running, typed, until
from tui import i18n
from tui.cells import width
from tui.commands import BY_ID, GROUPS
from tui.i18n import _
from tui.screens.help import HelpScreen, help_lines


def text(app: Deck) -> str:
    """All lines of the help, also those below the edge."""
    assert isinstance(app.screen, HelpScreen)
    return "\n".join(line.plain for line in app.screen.lines.lines)


async def test_the_tabs_keep_their_numbers(tmp_path: Path) -> None:
    async with running(busy(), tmp_path, size=(80, 24)) as (app, pilot):
        before = app.screen_text[2]
        await typed(pilot, "?")
        await until(pilot, lambda: app.screen_text[2].endswith("HELP"))
        tabs = before.rpartition("  ")[0].rstrip()
        assert "4 minutes" in tabs
        assert app.screen_text[2].startswith(tabs)


async def test_every_command_of_the_screen_stands_there_with_its_key(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.lines.lines)
        shown = text(app)
        for command in ("goto.1", "palette", "progress", "block", "take", "filter", "sort", "mark", "help", "back"):
            line = next(line for line in shown.split("\n") if _(BY_ID[command].help) in line)
            assert BY_ID[command].shown in line
        assert [title for title in GROUPS.values() if title in shown][:4] == list(GROUPS.values())[:4]
        assert "65 what is done > next ! problem @support from" in shown
        assert "✗ over" in shown
        assert str(tmp_path / "board.json") in shown


async def test_a_screen_shows_its_own_commands_only(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("3")
        await until(pilot, lambda: app.front.number == 3 and app.front.current())
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.lines.lines)
        assert BY_ID["escalate"].help in text(app)
        assert BY_ID["block"].help not in text(app)


async def test_rules_that_differ_from_the_default_are_named(tmp_path: Path) -> None:
    board = do(busy(), "SetSetting", Cast.wang, key="response", value="12h")
    async with running(board, tmp_path) as (app, pilot):
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.lines.lines)
        assert "response" in next(line for line in text(app).split("\n") if "rules that differ" in line)


async def test_the_filter_leaves_matching_lines_and_esc_takes_it_back(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("question_mark", "slash")
        await typed(pilot, "escalate")
        assert isinstance(app.screen, HelpScreen)
        assert all("escalate" in line.plain.casefold() for line in app.screen.lines.lines)
        assert app.screen.lines.lines
        await pilot.press("escape")
        assert len(app.screen.lines.lines) > 30


@pytest.mark.parametrize("key", ["q", "escape", "question_mark", "f9"])
async def test_it_closes_and_the_row_is_the_same(tmp_path: Path, key: str) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("j", "question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.press(key)
        await until(pilot, lambda: app.front.current() == ("cards", Cast.draft))


async def test_it_scrolls(tmp_path: Path) -> None:
    async with running(busy(), tmp_path, size=(80, 24)) as (app, pilot):
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.lines.lines)
        assert isinstance(app.screen, HelpScreen)
        lines = app.screen.lines
        for key in ("j", "down", "pagedown", "ctrl+d"):
            before = lines.scroll_offset.y
            await pilot.press(key)
            await until(pilot, lambda: lines.scroll_offset.y > before)  # noqa: B023
        for key in ("k", "up", "pageup", "ctrl+u"):
            before = lines.scroll_offset.y
            await pilot.press(key)
            await until(pilot, lambda: lines.scroll_offset.y < before or before == 0)  # noqa: B023


@pytest.mark.parametrize("language", ["en", "zh_Hans", "zh_Hant"])
async def test_nothing_is_wider_than_the_screen(tmp_path: Path, language: str) -> None:
    i18n.choose(language)
    async with running(busy(), tmp_path, size=(80, 60)) as (app, pilot):
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.lines.lines)
        for line in app.screen_text:
            assert width(line) <= 80
        cut = [line.plain for line in help_lines(app.front.about, 80) if line.cell_len > 80]  # type: ignore[attr-defined]
        assert not [line for line in cut if "board.json" not in line and "xdg" not in line and "state" not in line]
