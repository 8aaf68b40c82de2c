"""What a frame costs, and that frames of parts leave the same on the terminal as one of everything."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.pilot import Pilot
from textual.strip import Strip

from store.operations.progress import RecordProgress
from tests.store.builders import DAY, T0, office
from tests.tui.boards import many, owing
from tests.tui.deck import Deck, running
from tui.messages import Acknowledged
from tui.painting import FewLines, KeptLines, Pieces
from tui.screens.base import DeckScreen
from tui.widgets.lines import Lines
from tui.widgets.live_table import LiveTable

Cell = tuple[str, Style | None]


class Glass:
    """The screen of a terminal that gets every frame."""

    def __init__(self, app: Deck, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.frames: list[object] = []
        monkeypatch.setattr(app, "_display", self._show)

    def _show(self, _screen: object, update: object) -> None:
        if isinstance(update, Pieces):
            for x, y, strip in update._pieces:
                self._put(x, y, strip)
        elif isinstance(update, LayoutUpdate):
            for y, strips in enumerate(update.strips):
                self._put(0, y, Strip.join(strips))
        if update is not None:
            self.frames.append(update)

    def _put(self, x: int, y: int, strip: Strip) -> None:
        self.cells |= {(x + at, y): cell for at, cell in enumerate(cells_of(strip))}


def cells_of(strip: Strip) -> list[Cell]:
    found: list[Cell] = []
    for text, style, _control in strip:
        for character in text:
            cells = Segment(character).cell_length
            found += [(character, style), *[("", style)] * (cells - 1)]
    return found


def whole(app: Deck) -> dict[tuple[int, int], Cell]:
    """Everything drawn anew, nothing kept."""
    for widget in app.screen.walk_children(with_self=True):
        widget._styles_cache.clear()  # type: ignore[attr-defined]
    strips = app.screen._compositor.render_strips()
    return {(x, y): cell for y, strip in enumerate(strips) for x, cell in enumerate(cells_of(strip))}


async def settle(pilot: Pilot[int]) -> None:
    await pilot.pause()
    await pilot.pause()


STEPS = ("j", "down", "m", "2", "tab", "j", "1", "p", "9", "esc", "=", "k", "v", "/", "1", "a", "x", "enter")


@pytest.mark.parametrize("size", [(80, 24), (160, 48), (30, 6)])
async def test_frames_of_parts_leave_what_one_of_everything_would(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(many(60), tmp_path, size=size, me="李强") as (app, pilot):
        await settle(pilot)
        glass = Glass(app, monkeypatch)
        app.screen.refresh()
        await settle(pilot)
        for place, key in enumerate(STEPS):
            await pilot.press(key)
            app.pass_time((1, 59, 3600, DAY)[place % 4])
            await settle(pilot)
            assert glass.cells == whole(app), key


async def test_a_tick_is_painted_before_it_returns_and_draws_nothing_but_what_ticks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(many(60), tmp_path, size=(120, 40), now=T0 + 1) as (app, pilot):
        app.stop_ticking()  # time passes here only when it is said to
        await settle(pilot)
        app.pass_time(1)
        await settle(pilot)
        glass = Glass(app, monkeypatch)
        drawn: Counter[str] = Counter()
        for kind, name in ((LiveTable, "render_line"), (LiveTable, "render_head"), (Lines, "render_line")):
            count(monkeypatch, kind, name, drawn)
        app.pass_time(1)
        assert len(glass.frames) == 1
        (update,) = glass.frames
        assert isinstance(update, Pieces)
        # The clock of the header and the one card whose due is less than an hour away.
        assert update._pieces[0][:2] == (0, 0)
        assert drawn["LiveTable.render_line"] == 0
        assert drawn["Lines.render_line"] == 0
        assert drawn["LiveTable.render_head"] == len(update._pieces) - 1
        await settle(pilot)
        assert len(glass.frames) == 1
        assert glass.frames == [update]


async def test_a_step_of_the_cursor_draws_two_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(many(60), tmp_path, size=(80, 24)) as (_app, pilot):
        await settle(pilot)
        drawn: Counter[str] = Counter()
        count(monkeypatch, LiveTable, "render_line", drawn)
        await pilot.press("down")
        await settle(pilot)
        assert drawn["LiveTable.render_line"] == 2


async def test_what_stands_under_a_turned_clock_is_put_together_when_all_of_it_is_asked_for(tmp_path: Path) -> None:
    async with running(owing(), tmp_path, me="李强") as (app, pilot):
        await settle(pilot)
        before = app.front.header.lines[0].plain
        app.pass_time(1)
        after = app.front.header.lines[0].plain
        assert len(after) == len(before)
        assert after != before
        assert app.screen_text[0] == after.rstrip()


async def test_every_screen_paints_by_parts(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        for key in "234?":
            await pilot.press(key)
            await settle(pilot)
            assert isinstance(app.screen._compositor, FewLines)
        assert isinstance(app.front.header._styles_cache, KeptLines)


async def test_a_screen_that_stood_is_not_styled_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("2", "1")
        await settle(pilot)
        styled: Counter[str] = Counter()
        count(monkeypatch, DeckScreen, "update_node_styles", styled)
        await pilot.press("2")
        await settle(pilot)
        assert app.front.number == 2
        assert "[2 " in app.screen_text[2]
        assert not styled


def count(monkeypatch: pytest.MonkeyPatch, kind: type[Any], name: str, into: Counter[str]) -> None:
    """Count the calls of a method."""
    method = getattr(kind, name)

    def counted(self: Any, *arguments: Any) -> Any:
        into[f"{kind.__name__}.{name}"] += 1
        return method(self, *arguments)

    monkeypatch.setattr(kind, name, counted)


async def test_the_sign_of_what_is_recorded_is_painted_in_the_moment_it_is_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(owing(), tmp_path, me="李强") as (app, pilot):
        app.stop_ticking()
        await pilot.press("2", "tab")
        await settle(pilot)
        glass = Glass(app, monkeypatch)
        found = app.front.current()
        assert found is not None
        assert found[0] == "subtasks"
        stamp = app.session.stamp(app.me or 0)
        recorded = app.session.store.record([RecordProgress(subtask=found[1], percent=70)], stamp)
        app.on_acknowledged(Acknowledged(0, list(recorded)))
        assert len(glass.frames) == 1
        assert "^" in {character for character, _style in glass.cells.values()}
