"""Triage: one issue of the queue after the other."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.operations.queue import Escalate
from tests.store.builders import HOUR, T0, Cast, office
from tests.tui.deck import Deck, running, typed, until
from tests.tui.issue_boards import RAISED, queue_board
from tests.tui.walking import issue, page, shown, triage
from tui.cells import width
from tui.screens.walk import TriageScreen, WalkScreen
from tui.screens.walk_summary import SummaryScreen

Running = AbstractAsyncContextManager[tuple[Deck, Pilot[int]]]


@pytest.fixture
def queue(tmp_path: Path) -> Running:
    return running(queue_board(), tmp_path)


class Presses:
    """Key presses besides text, counted as the walk-throughs of screens.md count them."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.pilot = pilot
        self.count = 0

    async def press(self, *keys: str) -> None:
        self.count += len(keys)
        await self.pilot.press(*keys)

    async def say(self, key: str, text: str) -> None:
        """A verb, its text, Enter: two presses."""
        await self.press(key)
        await typed(self.pilot, text)
        await self.press("enter")


# Walk-through 7b ----------------------------------------------------------------------------------------


async def test_six_issues_of_a_stand_up_in_23_presses(queue: Running) -> None:
    async with queue as (app, pilot):
        keys = Presses(pilot)
        await keys.press("3")
        await until(pilot, lambda: len(app.list.rows) == 6)
        await keys.press("space")
        await until(pilot, lambda: isinstance(app.screen, TriageScreen))

        await keys.say("t", "今天下班前给渠道数据")
        await until(pilot, lambda: issue(app, 101).responded_at == T0)
        await keys.press("space")
        await keys.say("d", "讲师改期到下周三 @J. Meyer <下周三")
        await until(pilot, lambda: issue(app, 102).state == "resolved")
        await keys.press("space")
        await keys.say("d", "周一前定稿 @孙悦 <周一")
        await until(pilot, lambda: issue(app, 103).state == "resolved")
        await keys.press("space")
        await keys.say("t", "今天定场地")
        await until(pilot, lambda: issue(app, 104).responded_at == T0)
        await keys.press("space")
        await keys.say("x", "两部门谈不拢")
        await until(pilot, lambda: issue(app, 105).tier == 2)
        await keys.press("space")
        await keys.say("c", "等人事部周一答复")
        await until(pilot, lambda: app.state and len(app.state.board.steps_of[106]) == 4)
        await keys.press("space")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen))

        await keys.press("S", "enter")
        await until(pilot, lambda: issue(app, 102).notified_at == issue(app, 103).notified_at == T0)
        await keys.press("q")
        await until(pilot, lambda: app.front.number == 3 and not isinstance(app.screen, WalkScreen))
        assert keys.count <= 23
        assert shown(app) == 106


# Triage -----------------------------------------------------------------------------------------------------


async def test_one_issue_fills_the_body(queue: Running) -> None:
    async with queue as (app, pilot):
        screen = await triage(app, pilot)
        lines = [line.strip() for line in app.screen_text]
        assert lines[3].startswith("TRIAGE 1/6   done 0   next I-002 讲师档期冲突 ✗ +1h 00m")
        assert lines[3].endswith("this 00:00    all 00:00")
        assert lines[4].startswith("✗ over +3h 00m   response  王敏 must act (lead)")
        assert lines[4].endswith("▪blocked I-001  #-- 1/3  in this tier 27h 00m")
        assert lines[6:8] == [
            "渠道数据缺失, 主文案不能定稿",
            "设计部 > 市场部   Q4营销-2026-001-02 主视觉设计   ◉ open",
        ]
        assert "needs      市场部 10-10 12:00 前给渠道数据 v2" in page(app)
        assert "t take  x escalate  d resolve  c note  m meeting  S sent" in page(app)
        assert "Z snooze" not in page(app)
        assert "tier       due Mon 10-12 18:00 (3d 02h), then tier 2: 张岚" in page(app)
        assert screen.current() == ("issues", 101)


async def test_space_right_and_h_walk_in_the_order_of_the_list(queue: Running) -> None:
    async with queue as (app, pilot):
        await triage(app, pilot)
        seen = [shown(app)]
        for key in ("space", "right", "h", "left", "left"):
            await pilot.press(key)
            seen.append(shown(app))
        assert seen == [101, 102, 103, 102, 101, 101]


async def test_the_walk_begins_at_the_cursor_and_ends_on_the_record_shown(queue: Running) -> None:
    async with queue as (app, pilot):
        await pilot.press("3")
        await until(pilot, lambda: len(app.list.rows) == len(RAISED))
        await pilot.press("down", "down", "space")
        await until(pilot, lambda: isinstance(app.screen, TriageScreen))
        assert shown(app) == 103
        await pilot.press("space", "q")
        await until(pilot, lambda: not isinstance(app.screen, WalkScreen))
        assert app.front.current() == ("issues", 104)


async def test_n_goes_to_the_next_breached_one(queue: Running) -> None:
    async with queue as (app, pilot):
        await triage(app, pilot, "space", "space", "n")
        assert shown(app) == 101
        await pilot.press("n")
        assert shown(app) == 102
        await pilot.press("N")
        assert shown(app) == 101


async def test_a_verb_stays_on_the_record_and_two_work_in_a_row(queue: Running) -> None:
    async with queue as (app, pilot):
        await triage(app, pilot)
        await typed(pilot, "t今天给\n")
        await until(pilot, lambda: issue(app, 101).state == "acknowledged")
        assert shown(app) == 101
        assert "▸ ackn." in page(app)
        await typed(pilot, "c仍缺 2 个省\n")
        await until(pilot, lambda: "仍缺 2 个省" in page(app))
        assert shown(app) == 101


async def test_a_resolved_issue_says_so_and_counts_as_done(queue: Running) -> None:
    async with queue as (app, pilot):
        await triage(app, pilot, "space")
        await typed(pilot, "d改期 @孙悦 <周一\n")
        await until(pilot, lambda: issue(app, 102).state == "resolved")
        assert "done 1" in app.screen_text[3]
        assert app.screen_text[4].strip().startswith("✓ resolved")
        assert "decision   改期  市场部 孙悦  Mon 10-12 18:00" in page(app)
        assert "d decision done  c note  m meeting  S sent" in page(app)
        assert "not sent" in page(app)
        await pilot.press("h")
        assert "next I-002 讲师档期冲突 ✓ resolved" in app.screen_text[3]


async def test_a_colleague_moves_the_rows_but_not_the_walk(queue: Running) -> None:
    async with queue as (app, pilot):
        await triage(app, pilot, "space")
        app.record([Escalate(issue=102, reason="eilt")], person=Cast.li)
        await until(pilot, lambda: "##- 2/3" in app.screen_text[4])
        assert shown(app) == 102
        assert app.screen_text[3].strip().startswith("TRIAGE 2/6")


async def test_timers_and_countdown_run(queue: Running) -> None:
    async with queue as (app, pilot):
        await triage(app, pilot)
        app.pass_time(80)
        await pilot.pause()
        assert app.screen_text[3].endswith("this 01:20    all 01:20")
        assert "+3h 01m" in app.screen_text[4]
        await pilot.press("space")
        app.pass_time(20)
        await pilot.pause()
        assert app.screen_text[3].endswith("this 00:20    all 01:40")
        app.pass_time(HOUR)
        await pilot.pause()
        assert app.screen_text[3].endswith("this 1h 00m   all 1h 01m")


async def test_the_sum_behind_the_clock_closes_before_the_walk_ends(queue: Running) -> None:
    async with queue as (app, pilot):
        await triage(app, pilot, "equals_sign")
        await until(pilot, lambda: any("rule: response" in line for line in app.screen_text))
        await pilot.press("q")
        assert isinstance(app.screen, TriageScreen)
        assert not any("rule: response" in line for line in app.screen_text)


async def test_what_cannot_be_done_is_said(queue: Running) -> None:
    async with queue as (app, pilot):
        await triage(app, pilot, "p")
        assert app.front.panel.is_open  # the issue's subtask
        await pilot.press("escape", "e")
        assert app.message == '"edit" does not act here.'


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (220, 60), (60, 15)])
async def test_no_line_is_wider_than_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(queue_board(), tmp_path, size=size) as (app, pilot):
        screen = await triage(app, pilot)
        for number in RAISED:
            screen.go(screen.rows.index(number))
            await pilot.pause()
            assert all(width(line) <= size[0] for line in app.screen_text)
            assert sum(line.startswith(" TRIAGE") for line in app.screen_text) == 1


async def test_nothing_to_walk_says_so(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("3", "space")
        assert app.message.startswith("No open issue. Next check:")
