"""The stand-up: one department after the other, its owed reports by `p`."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.store.builders import HOUR, T0, Cast
from tests.tui.deck import Deck, running, typed, until
from tests.tui.issue_boards import queue_board
from tests.tui.walking import page
from tui.screens.standup import StandupScreen
from tui.screens.walk import WalkScreen

Running = AbstractAsyncContextManager[tuple[Deck, Pilot[int]]]


@pytest.fixture
def queue(tmp_path: Path) -> Running:
    return running(queue_board(), tmp_path)


async def standup(app: Deck, pilot: Pilot[int], department: int) -> StandupScreen:
    await pilot.press("2")
    await until(pilot, lambda: app.list.record_table == "departments" and len(app.list.rows) == 3)
    app.list.table.move_to(department)
    await pilot.press("space")
    await until(pilot, lambda: isinstance(app.screen, StandupScreen) and app.screen.page.lines)
    assert isinstance(app.screen, StandupScreen)
    return app.screen


async def test_one_department_at_a_time(queue: Running) -> None:
    async with queue as (app, pilot):
        screen = await standup(app, pilot, Cast.design)
        assert screen.current() == ("departments", Cast.design)
        assert app.screen_text[3].strip().startswith("STAND-UP ")
        assert app.screen_text[4].strip().startswith("设计部   陈思")
        assert "owes today 1" in page(app)
        assert "also blocked, lagging or overdue 0" in page(app)
        assert page(app).count("主视觉设计") == 1
        assert "▪blocked !lagging" in page(app)
        assert "陈思: 3版草图" in page(app)


async def test_p_walks_the_reports_of_others_too(tmp_path: Path) -> None:
    async with running(queue_board(), tmp_path, now=T0 + HOUR) as (app, pilot):
        await standup(app, pilot, Cast.sales)
        await pilot.press("p")
        assert "渠道激励方案初稿" in app.heading
        await typed(pilot, "\n")
        assert app.message == "1 report still owed today: 李强."
        await typed(pilot, "p70 三档测算\n")
        await until(pilot, lambda: app.state and app.state.board.subtasks[Cast.plan].percent == 70)
        await until(pilot, lambda: not app.front.panel.is_open)
        assert "owes today 0" in page(app)
        assert app.message == "Recorded: Q4营销-2026-001-01 70%. All reports of this department are in."


async def test_space_after_the_last_says_what_is_owed(queue: Running) -> None:
    async with queue as (app, pilot):
        screen = await standup(app, pilot, Cast.market)
        screen.go(2)
        await pilot.press("space")
        assert app.message.startswith("3 reports still owed today: ")
        await pilot.press("h")
        assert screen.at == 1
        await pilot.press("q")
        await until(pilot, lambda: not isinstance(app.screen, WalkScreen))
        assert app.front.current() == ("departments", screen.shown)
