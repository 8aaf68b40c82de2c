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

import msgspec
from textual.pilot import Pilot

import tui.app
from store.board import Board
from store.clock import FixedClock
from store.file.storage import encode
from tests.store.builders import T0
from tui.app import CrossdeckApp
from tui.session import PersonalSettings, Session

ROUNDS = 400


class Deck(CrossdeckApp):
    """The App with what a test looks at and turns."""

    CSS_PATH = str(Path(tui.app.__file__).with_name("app.tcss"))  # Textual looks beside the subclass
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


def write_board(board: Board, path: Path, name: str = "Q4") -> Path:
    """A board of the builders as a file."""
    meta = msgspec.structs.replace(board.meta, name=name)
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
) -> AsyncIterator[tuple[Deck, Pilot[int]]]:
    """The dashboard open on `board`, read and drawn. A file of that name that is there already is taken as it is."""
    path = folder / name
    if not path.exists():
        write_board(board, path)
    clock = FixedClock(now)
    environ = dict(os.environ) | {"CROSSDECK_STATE": str(folder / "state")}
    app = Deck(Session(path, clock=clock, settings=PersonalSettings(), wanted=me, environ=environ))
    app.clock = clock
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.state is not None)
        yield app, pilot


async def until(pilot: Pilot[int], holds: Callable[[], object]) -> None:
    """Let the app work until the condition holds; fails after `ROUNDS` looks."""
    for _ in range(ROUNDS):
        await pilot.pause()
        if holds():
            return
        await pilot.pause(0.01)
    raise AssertionError("\n".join(getattr(pilot.app, "screen_text", ["the condition never held"])))
