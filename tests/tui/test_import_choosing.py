"""`O`, the preview: rows are left out and taken in again, what hangs on them follows, Enter imports the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.store.builders import office
from tests.store.import_helpers import card_row, overview
from tests.tui.deck import Deck, running, typed, until, written_board
from tui.screens.import_preview import ImportScreen

REGISTER = Path(__file__).parent.parent / "data" / "T4-department-register.xlsx"
SIZES = [(80, 24), (120, 40)]


def screen(app: Deck) -> ImportScreen:
    assert isinstance(app.screen, ImportScreen)
    return app.screen


async def opened(app: Deck, pilot: Pilot[int], path: Path) -> ImportScreen:
    await typed(pilot, f"O{path}\n")
    await until(pilot, lambda: isinstance(app.screen, ImportScreen) and bool(app.screen.table.window.rows))
    return screen(app)


async def settled(app: Deck, pilot: Pilot[int]) -> None:
    await until(pilot, lambda: not isinstance(app.screen, ImportScreen))
    await until(pilot, lambda: not app.session.store.pending)


@pytest.mark.parametrize("size", SIZES)
async def test_a_card_left_out_stays_out_with_its_subtasks(size: tuple[int, int], tmp_path: Path) -> None:
    async with running(office(), tmp_path, size=size) as (app, pilot):
        front = await opened(app, pilot, REGISTER)
        before = written_board(tmp_path / "board.json")
        first = front.rows[0].item
        assert getattr(first, "table", "") == "cards"
        await pilot.press("v")
        await until(pilot, lambda: "left out" in "\n".join(app.screen_text[4:8]))
        hanging = [
            row for row in front.rows if row.key in front.shown.out and getattr(row.item, "table", "") == "subtasks"
        ]
        assert hanging
        await pilot.press("enter")
        await settled(app, pilot)
        board = written_board(tmp_path / "board.json")
        assert getattr(first, "id", 0) not in board.cards
        assert not [row for row in hanging if getattr(row.item, "id", 0) in board.subtasks]
        assert len(board.cards) > len(before.cards)
        assert app.message.startswith("Imported:")


async def test_what_was_left_out_is_taken_in_again(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        front = await opened(app, pilot, REGISTER)
        await pilot.press("space", "space")
        assert front.shown.out == frozenset()
        await pilot.press("V", "enter")
        assert app.message == "Nothing is chosen."
        await pilot.press("V")
        assert front.shown.out == frozenset()


async def test_what_hangs_says_so(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        front = await opened(app, pilot, REGISTER)
        await pilot.press("space")
        (hanging, *_) = [row for row in front.rows if row.key in front.shown.out and row.id]
        front.table.move_to(hanging.id)
        await pilot.press("space")
        assert app.message.startswith("It hangs on a row")


async def test_one_undo_takes_the_import_back(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        before = len(written_board(tmp_path / "board.json").cards)
        await opened(app, pilot, REGISTER)
        await pilot.press("enter")
        await settled(app, pilot)
        assert len(written_board(tmp_path / "board.json").cards) > before
        await pilot.press("u", "enter")
        await until(pilot, lambda: len(written_board(tmp_path / "board.json").cards) == before)


async def test_changes_show_old_and_new_and_n_finds_the_unclear(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    async with running(office(), tmp_path, size=(160, 40)) as (app, pilot):
        await opened(app, pilot, overview(path, card_row(priority="高")))
        await pilot.press("enter")
        await settled(app, pilot)
        front = await opened(app, pilot, overview(path, card_row(priority="低", state="差不多了")))
        await pilot.press("end", "n")
        row = front.table.window.row
        assert row is not None
        assert row.kind == "unclear"
        assert "差不多了" in "\n".join(app.screen_text)
        await pilot.press("space")
        assert app.message.startswith("This row only tells")
        await until(pilot, lambda: "high > low" in "\n".join(app.screen_text))


async def test_three_hundred_rows_scroll(tmp_path: Path) -> None:
    rows = [card_row(f"产品迭代2024-{n:03}", name=f"任务{n}") for n in range(1, 301)]
    async with running(office(), tmp_path) as (app, pilot):
        front = await opened(app, pilot, overview(tmp_path / "r.xlsx", *rows))
        cards = [row for row in front.rows if getattr(row.item, "table", "") == "cards"]
        assert len(cards) == 300
        front.table.move_to(cards[-1].id)
        await until(pilot, lambda: "任务300" in "\n".join(app.screen_text))


async def test_it_waits_while_something_is_typed(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await typed(pilot, f"O{REGISTER}\n/abc")
        await until(pilot, lambda: app.panel_text == "abc")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
