"""A held meeting with four agenda items, and the editor open on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from textual.pilot import Pilot

from store.board import Board
from store.records import MinutesLine
from store.rules.working_time import WorkingTime
from store.views.state import BoardState
from tests.store.builders import DAY, T0, Cast, do, office
from tests.store.clock_helpers import working
from tests.tui.deck import Deck, running, until
from tui.screens.minutes_editor import MinutesEditor

MEETING = 801
HELD_UNTIL = T0 - 55 * 60
WORDS = ("上次 3 项已完成", "完成3版草图", "由孙悦负责", "渠道数据 v2")


@cache
def meeting(*, held: bool = True, lines: bool = True) -> Board:
    """`office` with one progress meeting; two of its items have lines, the first is finished."""
    c = Cast
    agenda = [
        {"title": "上次行动项", "minutes": 5},
        {"title": "主视觉", "minutes": 10},
        {"title": "渠道"},
        {"title": "其他"},
    ]
    board = do(
        office(), "CallMeeting", c.sun, T0 - DAY, id=MEETING, kind="progress", name="筹备会", card=c.card,
        starts=T0 - 85 * 60, ends=HELD_UNTIL, place="会议室A", chair=c.wang, recorder=c.sun,
        invitees=[c.wang, c.sun, c.chen, c.li], agenda=agenda,
    )  # fmt: skip
    if held:
        board = do(board, "HoldMeeting", c.sun, meeting=MEETING, ended_at=HELD_UNTIL)
    if lines:
        first, second = item(board, 0), item(board, 1)
        point = {"id": 8011, "kind": "point", "text": WORDS[0], "order": 0}
        board = do(board, "SaveLines", c.sun, meeting=MEETING, item=first, lines=[point], finished=True)
        board = do(
            board, "SaveLines", c.sun, meeting=MEETING, item=second, used_seconds=740,
            lines=[
                {"id": 8021, "kind": "point", "text": WORDS[1], "order": 0},
                {"id": 8022, "kind": "decision", "text": WORDS[2], "order": 1},
                {"id": 8023, "kind": "action", "text": WORDS[3], "order": 2, "owner": c.sun, "who": "孙悦",
                 "due": T0 + DAY, "standard": "五省齐全"},
            ],
        )  # fmt: skip
    return board


def item(board: Board, number: int) -> int:
    """Doc id of an agenda item, counted from 0."""
    return board.agenda_of[MEETING][number].id


def lines(board: Board, number: int) -> list[MinutesLine]:
    """The lines of an agenda item on a board."""
    return board.lines_of[item(board, number)]


def seen(board: Board, me: int | None = Cast.sun) -> BoardState:
    """The state of a board."""
    time: WorkingTime = working()
    return BoardState(board, time, me=me)


@asynccontextmanager
async def writing(
    board: Board, folder: Path, *, size: tuple[int, int] = (120, 40), me: str = "孙悦"
) -> AsyncIterator[tuple[Deck, Pilot[int], MinutesEditor]]:
    """The editor open on the meeting, as `4` and Enter open it."""
    async with running(board, folder, size=size, me=me) as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: app.list.rows)
        app.list.table.move_to(MEETING)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MinutesEditor) and app.screen.opened)
        editor = app.screen
        assert isinstance(editor, MinutesEditor)
        await pilot.pause()
        yield app, pilot, editor


async def settled(pilot: Pilot[int], app: Deck, editor: MinutesEditor) -> None:
    """Until everything that was typed stands in the file."""
    await until(
        pilot,
        lambda: (
            not app.session.store.pending
            and not any(line.waiting or line.changed for line in editor.page.lines())
            and app.state is app.base
        ),
    )
