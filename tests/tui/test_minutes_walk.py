"""Walk-through 7c of the screens document, key by key: 30 minutes, 4 decisions, 5 action items."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from tests.store.builders import HOUR, T0, Cast, do
from tests.tui.deck import running, typed, until, written_board
from tests.tui.minutes_board import MEETING, lines, meeting
from tui.screens.minutes_editor import MinutesEditor

MOST = 43


class Hand:
    """Counts the keys beside text."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.pilot = pilot
        self.presses = 0

    async def press(self, *keys: str) -> None:
        self.presses += len(keys)
        await self.pilot.press(*keys)

    async def line(self, text: str) -> None:
        await typed(self.pilot, text)
        await self.press("enter")


async def test_a_recorder_needs_no_more_keys_than_the_walk_through(tmp_path: Path) -> None:
    board = meeting(held=False, lines=False)
    board = do(
        board, "CallMeeting", Cast.wang, T0 - 90_000, id=901, kind="other", name="更早的会", card=Cast.card,
        starts=T0 - 2 * HOUR, chair=Cast.wang,
    )  # fmt: skip
    async with running(board, tmp_path, me="孙悦") as (app, pilot):
        hand = Hand(pilot)
        await hand.press("4")
        await until(pilot, lambda: app.list.rows)
        if app.list.table.cursor_id != MEETING:
            await hand.press("down")
        await hand.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MinutesEditor) and app.screen.text.typing)
        await hand.press("up")
        await hand.line("- 李强 出差 @方圆")
        for n in range(12):
            await hand.line(f"要点 {n}")
        for n, actions in enumerate((2, 1, 1, 1)):
            await hand.press("tab")
            await hand.line(f"决定 {n}")
            for each in range(actions):
                due = "" if n == each == 0 else " @孙悦 <10-16"
                await hand.line(f"行动 {n}{each}{due} =齐全 +无")
            if n < 3:
                await hand.press("enter")
        await hand.press("down", "down")
        await hand.press("escape", "n", "enter")
        await typed(pilot, " @陈思 <+3wd")
        await hand.press("escape", "d", "enter")
        await until(pilot, lambda: app.state and app.state.board.meetings[MEETING].state == "held")
        await hand.press("d", "enter")
        await until(pilot, lambda: written_board(tmp_path / "board.json").meetings[MEETING].state == "draft")
        assert hand.presses <= MOST
    found = written_board(tmp_path / "board.json")
    kinds = [line.kind for line in lines(found, 0)]
    assert (kinds.count("point"), kinds.count("decision"), kinds.count("action")) == (12, 4, 5)
    assert all(line.owner and line.due for line in lines(found, 0) if line.kind == "action")
    presence = {row.person: row.presence for row in found.attendance_of[MEETING]}
    assert (presence[Cast.li], presence[Cast.chen]) == ("absent", "present")
