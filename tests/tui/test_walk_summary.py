"""The end of a triage: what was done, what is left, what is to be sent."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.deck import Deck, running, typed, until
from tests.tui.issue_boards import queue_board
from tests.tui.walking import issue, page, triage
from tui.screens.walk import TriageScreen
from tui.screens.walk_summary import SummaryScreen

Running = AbstractAsyncContextManager[tuple[Deck, Pilot[int]]]


@pytest.fixture
def queue(tmp_path: Path) -> Running:
    return running(queue_board(), tmp_path)


async def test_the_summary_says_done_left_and_to_be_sent(queue: Running) -> None:
    async with queue as (app, pilot):
        screen = await triage(app, pilot)
        await typed(pilot, "t今天给\n")
        await until(pilot, lambda: issue(app, 101).state == "acknowledged")
        await pilot.press("space")
        await typed(pilot, "d改期 @孙悦 <周一\n")
        await until(pilot, lambda: issue(app, 102).state == "resolved")
        screen.go(5)
        await pilot.press("space")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen) and app.screen.page.lines)
        lines = [line.strip() for line in page(app).splitlines()]
        heads = ["resolved 1", "dealt with, still open 1", "left as it was 4", "to be sent 1"]
        assert [line for line in lines if line in heads] == heads
        assert "I-002 讲师档期冲突: 改期 | 市场部 孙悦 | Mon 10-12 18:00" in lines
        await pilot.press("x")
        assert app.message == '"escalate" does not act here.'
        await pilot.press("h")
        assert isinstance(app.screen, TriageScreen)


async def test_the_summary_is_copied_to_a_file_too(queue: Running) -> None:
    async with queue as (app, pilot):
        screen = await triage(app, pilot)
        screen.go(5)
        await pilot.press("space")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen))
        assert "Y copy" in app.screen_text[-1]
        await pilot.press("Y")
        path = app.session.state_dir / "copies" / "triage.md"
        await until(pilot, path.exists)
        text = path.read_text(encoding="utf-8")
        assert "## left as it was 6" in text
        assert "- I-001 渠道数据缺失, 主文案不能定稿: #-- 1/3 open | 王敏 must act" in text
        assert app.clipboard == text
        assert path.stat().st_mode & 0o77 == 0


async def test_nothing_comes_after_the_summary(queue: Running) -> None:
    async with queue as (app, pilot):
        screen = await triage(app, pilot)
        screen.go(5)
        await pilot.press("space")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen))
        await pilot.press("space")
        assert app.message == "no command on Space; ? shows all"
        assert isinstance(app.screen, SummaryScreen)
