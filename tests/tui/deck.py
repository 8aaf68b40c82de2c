"""The dashboard on a board in a folder of the test, with a clock that stands still until it is moved.

    async with running(office(), tmp_path, size=(120, 40)) as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: ...)

Nothing here sleeps: `until` lets the app work until a condition holds.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import msgspec
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

import tui.app
from store.board import Board
from store.clock import FixedClock
from store.file.shared_board import SharedBoard
from store.file.storage import encode
from store.operations.base import Operation, Stamp
from store.port import BoardStore
from tests.store.builders import T0, Cast
from tui.app import CrossdeckApp
from tui.screens.base import DeckScreen
from tui.screens.list_screen import ListScreen
from tui.session import PersonalSettings, Session

ROUNDS = 3_000
NEVER = 1e9


class Deck(CrossdeckApp):
    """The App with what a test looks at and turns."""

    # Textual looks beside the subclass.
    CSS_PATH = [str(Path(tui.app.__file__).parent / name) for name in cast("list[str]", CrossdeckApp.CSS_PATH)]
    clock: FixedClock

    def pass_time(self, seconds: int) -> None:
        """So many seconds go by and the app ticks once."""
        self.clock.advance(seconds)
        self.tick()

    @property
    def screen_text(self) -> list[str]:
        """What stands on the screen, line by line."""
        lines = self.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in lines]

    @property
    def message(self) -> str:
        """The message row."""
        return self.screen_text[-2].strip()

    @property
    def front(self) -> DeckScreen:
        """The screen in front."""
        assert isinstance(self.screen, DeckScreen)
        return self.screen

    @property
    def list(self) -> ListScreen:
        """The screen in front, a list."""
        assert isinstance(self.screen, ListScreen)
        return self.screen

    @property
    def panel_text(self) -> str:
        """What is typed in the bottom panel."""
        return self.front.panel.input.value

    @property
    def heading(self) -> str:
        """The heading of the bottom panel."""
        request = self.front.panel.request
        return request.heading.plain if request else ""


def write_board(board: Board, path: Path, name: str = "Q4") -> Path:
    """A board of the builders as a file."""
    meta = msgspec.structs.replace(board.meta, name=name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(meta, board.raws))
    return path


@asynccontextmanager
async def running(
    board: Board,
    folder: Path,
    *,
    size: tuple[int, int] = (120, 40),
    now: int = T0,
    me: str = "王敏",
    name: str = "board.json",
    settings: PersonalSettings | None = None,
    login: str = "",
    away: bool = False,
    chores: bool = False,
    store: BoardStore | None = None,
    hung: bool = False,
) -> AsyncIterator[tuple[Deck, Pilot[int]]]:
    """The dashboard open on `board`, read and drawn. A file of that name that is there already is taken as it is.

    `store` stands behind it in place of a file; `hung`: nothing of it answers. `away`: the share is missing,
    nothing can be read. What a board does by itself it does at once with `chores`, else never.
    """
    path = folder / name
    if store is None and not path.exists() and not away:
        write_board(board, path)
    clock = FixedClock(now)
    environ = dict(os.environ) | {"CROSSDECK_STATE": str(folder / "state")}
    personal = settings or PersonalSettings()
    session = Session(path, clock=clock, settings=personal, wanted=me, environ=environ, store=store)
    session.login = login or session.login
    app = Deck(session)
    app.clock = clock
    app.engine.grace = 0.0 if chores else NEVER
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: hung or (app.freshness.error if away else app.state is not None))
        yield app, pilot


def elsewhere(path: Path, *operations: Operation, by: int = Cast.sun, at: int = T0) -> None:
    """A colleague at another machine makes these changes and they stand in the file."""
    other = SharedBoard(path, state=path.parent / "elsewhere", clock=FixedClock(at), terminal="sun@pc2")
    other.read()
    other.record(operations, Stamp(person=by, at=at, recorded=at, terminal="sun@pc2"))
    other.commit()
    other.close()


def written_board(path: Path) -> Board:
    """The board as a newcomer reads it from the file."""
    found = SharedBoard(path, state=path.parent / "reader", clock=FixedClock(T0))
    board = found.read()
    board.decode_all()
    found.close()
    return board


async def typed(pilot: Pilot[int], text: str) -> None:
    """Type a text, and its line ends as Enter, without waiting between the keys."""
    for character in text:
        key = {"\n": "enter", "\t": "tab"}.get(character) or _character_to_key(character)
        pilot.app.post_message(events.Key(key, character))
    await pilot.pause()


async def until(pilot: Pilot[int], holds: Callable[[], object]) -> None:
    """Let the app work until the condition holds; fails after `ROUNDS` looks."""
    for _ in range(ROUNDS):
        await pilot.pause()
        if holds():
            return
        await pilot.pause(0.01)
    raise AssertionError("\n".join(getattr(pilot.app, "screen_text", ["the condition never held"])))
