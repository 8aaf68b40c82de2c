"""Moving in the help, and what its footer offers."""

from __future__ import annotations

from pathlib import Path

from tests.store.builders import office
from tests.tui.deck import running, until
from tui.commands import COMMANDS
from tui.screens.help import HelpScreen


async def test_the_footer_is_that_of_the_help_and_g_goes_to_its_ends(tmp_path: Path) -> None:
    async with running(office(), tmp_path, size=(80, 24)) as (app, pilot):
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.lines.lines)
        assert isinstance(app.screen, HelpScreen)
        assert app.screen_text[-1].split()[:4] == ["/", "filter", "q", "back"]
        lines = app.screen.lines
        await pilot.press("G")
        await until(pilot, lambda: lines.scroll_offset.y == len(lines.lines) - lines.size.height)
        await pilot.press("g")
        await until(pilot, lambda: lines.scroll_offset.y == 0)


async def test_every_command_name_stands_there_whole(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and app.screen.lines.lines)
        assert isinstance(app.screen, HelpScreen)
        shown = [line.plain for line in app.screen.lines.lines]
        named = [command.name for command in COMMANDS if any(command.help in line for line in shown)]
        assert named
        assert [name for name in named if not any(f" {name} " in line for line in shown)] == []
