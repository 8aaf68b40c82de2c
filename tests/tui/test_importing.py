"""`O`: a register is read beside the keys, shown before it is recorded, and every failure is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.builders import office
from tests.tui.deck import running, typed, until, written_board
from tui.screens.import_preview import ImportScreen

REGISTER = Path(__file__).parent.parent / "data" / "register-overview-utf8.csv"


async def test_a_register_is_shown_and_then_recorded(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        before = len(written_board(tmp_path / "board.json").cards)
        await typed(pilot, f"O{REGISTER}\n")
        await until(pilot, lambda: isinstance(app.screen, ImportScreen) and bool(app.screen.table.window.rows))
        await pilot.press("enter")
        await until(pilot, lambda: len(written_board(tmp_path / "board.json").cards) > before)


async def test_the_preview_opens_on_the_screen_in_front(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await typed(pilot, f"O{REGISTER}")
        await typed(pilot, "\n3")
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        await pilot.press("q")
        assert app.front.number == 3


async def test_an_error_nobody_foresaw_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise ZeroDivisionError("why")

    monkeypatch.setattr("tui.verbs.importing.read_import", broken)
    async with running(office(), tmp_path) as (app, pilot):
        await typed(pilot, "Oregister.csv\n")
        await until(pilot, lambda: "This went wrong inside crossdeck: ZeroDivisionError: why." in app.message)


async def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await typed(pilot, f"O{tmp_path / 'none.csv'}\n")
        await until(pilot, lambda: "There is no file" in " ".join(app.screen_text[-5:]))
