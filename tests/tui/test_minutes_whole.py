"""A whole meeting in the dashboard: planned by the card's mechanism, noticed, written, reviewed, final, amended."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from store.operations.reviewing import ReviewMinutes
from store.records import Meeting
from tests.store.builders import DAY, HOUR, T0, Cast, do, office
from tests.tui.deck import Deck, elsewhere, running, typed, until, written_board
from tests.tui.minutes_board import settled
from tui.screens.minutes_editor import MinutesEditor

c = Cast
STARTS = T0 + 7 * DAY - 55 * 60
"""Friday 2026-10-16 16:00."""


def regular(path: Path) -> list[Meeting]:
    """The regular meetings in the file, by their starts."""
    return sorted(written_board(path).meetings.values(), key=lambda each: each.starts)


async def plan(app: Deck, pilot: Pilot[int], path: Path) -> int:
    """The first regular meeting by the card's mechanism, its notice sent; gives its doc id."""
    app.list.table.move_to(c.card)
    await pilot.press("m", "down", "enter")
    assert "regular meetings  Q4营销-2026-001" in app.heading
    assert "weekly, Fri 16:00" in app.heading
    assert "Fri 10-16 16:00-17:00" in app.message
    await typed(pilot, " @王敏 @孙悦 +会议室A\n")
    await until(pilot, lambda: regular(path))
    found = regular(path)[0]
    assert (found.starts, found.place, found.recorder) == (STARTS, "会议室A", c.sun)
    await pilot.press("4", "S", "enter")
    await until(pilot, lambda: regular(path)[0].notice_sent_at)
    return found.id


async def write(app: Deck, pilot: Pilot[int]) -> None:
    """Who is there, a point, a decision and an action item; the clock of the item runs."""
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, MinutesEditor) and app.screen.text.typing)
    editor = app.screen
    assert isinstance(editor, MinutesEditor)
    await pilot.press("up")
    await typed(pilot, "- 陈思 病假\n华东数据已齐\n\t由李强定稿渠道政策 @李强 <10-20\n")
    await typed(pilot, "渠道政策 @李强 <10-20 =三档返利 +无\n\n")
    app.pass_time(12 * 60 + 20)
    assert any("12:20" in row for row in app.screen_text)
    await pilot.press("escape")
    await settled(pilot, app, editor)


async def finalise(app: Deck, pilot: Pilot[int], path: Path, key: int) -> None:
    """Held, draft out, a comment of the one head who was there, final, distributed, amended."""
    app.pass_time(HOUR)
    await pilot.press("d", "enter")
    await until(pilot, lambda: regular(path)[0].state == "held")
    await pilot.press("d", "enter")
    await until(pilot, lambda: regular(path)[0].state == "draft")
    elsewhere(path, ReviewMinutes(meeting=key, answer="comment", text="返利写清"), by=c.li, at=app.now())
    app.do_reread()
    await until(pilot, lambda: app.state and app.state.board.reviews_of[key])
    await pilot.press("d")
    assert "1 action item becomes a subtask." in app.message
    await pilot.press("enter")
    await until(pilot, lambda: regular(path)[0].state == "final")
    await pilot.press("S", "enter")
    await until(pilot, lambda: regular(path)[0].final_sent_at)
    await pilot.press("e")
    await typed(pilot, "返利为三档\n")
    await until(pilot, lambda: written_board(path).amendments)


async def test_from_the_plan_to_an_amendment(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    weekly = {"regular_meeting": "weekly", "meeting_day": 4, "meeting_at": "16:00"}
    board = do(office(), "EditCard", c.wang, card=c.card, fields=weekly)
    async with running(board, tmp_path) as (app, pilot):
        key = await plan(app, pilot, path)
        app.pass_time(STARTS - T0)
        await write(app, pilot)
        await finalise(app, pilot, path, key)
    found = written_board(path)
    (made,) = [each for each in found.subtasks.values() if each.source_line]
    assert (made.name, made.owner, made.standard, made.resources) == ("渠道政策", c.li, "三档返利", "无")
    assert found.lines[made.source_line or 0].subtask == made.id
    assert {row.person: row.presence for row in found.attendance_of[key]}[c.chen] == "absent"
    assert [(each.person, each.text) for each in found.reviews_of[key]] == [(c.li, "返利写清")]

    async with running(found, tmp_path, now=STARTS + 3 * HOUR, chores=True) as (app, pilot):
        await until(pilot, lambda: len(regular(path)) == 2)
        following = regular(path)[1]
        assert (following.starts, following.series, following.place) == (STARTS + 7 * DAY, key, "会议室A")
        await pilot.press("4")
        await until(pilot, lambda: any("1 carry" in row for row in app.screen_text))
