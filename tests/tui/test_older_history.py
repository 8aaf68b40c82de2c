"""`H` and the card's history go on where the board's own history ends, in files; nothing of it is read before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from store.file import history_files
from store.operations.cards import EditCard
from store.operations.sync import AddSyncEntry
from tests.store.builders import Cast, busy
from tests.tui.deck import Deck, elsewhere, running, until
from tui.screens.card import CardScreen


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two entries stay on the board."""
    monkeypatch.setattr(history_files, "KEPT", 2)
    monkeypatch.setattr(history_files, "SLACK", 0)


def folder(tmp_path: Path) -> Path:
    return tmp_path / "board.json.history"


def moved(tmp_path: Path) -> None:
    """The history of the card lies in files; the board's own two entries are about something else."""
    path = tmp_path / "board.json"
    notes = ("first", "second", "third")
    elsewhere(path, *(EditCard(card=Cast.card, fields={"notes": each}) for each in notes), by=Cast.wang)
    elsewhere(path, *(AddSyncEntry(topic=f"topic {number}") for number in range(3)))
    assert folder(tmp_path).is_dir()


async def opened(app: Deck, pilot: Pilot[int], tmp_path: Path) -> None:
    """The board of which that is true, in front."""
    moved(tmp_path)
    app.engine.reread()
    await until(pilot, lambda: app.state is not None and len(app.state.board.sync) >= 3)
    assert app.state is not None
    assert app.state.older is None


def shown(app: Deck, words: str) -> bool:
    return any(words in line for line in app.screen_text)


async def test_the_history_of_a_record_goes_on_in_the_files(tmp_path: Path) -> None:
    async with running(busy(), tmp_path, size=(160, 48)) as (app, pilot):
        await opened(app, pilot, tmp_path)
        await pilot.press("H")
        await until(pilot, lambda: shown(app, "second > third"))
        assert shown(app, "first > second")
        assert not shown(app, "reading older history")


async def test_the_cards_history_has_a_row_for_each_entry_there_ever_was(tmp_path: Path) -> None:
    async with running(busy(), tmp_path, size=(160, 48)) as (app, pilot):
        await opened(app, pilot, tmp_path)
        await until(pilot, lambda: app.list.current() == ("cards", Cast.card))
        app.push_screen(CardScreen(Cast.card, "history"))
        await until(pilot, lambda: shown(app, "second > third"))
        assert shown(app, "first > second")


async def test_where_the_files_cannot_be_read_it_says_so_and_the_next_time_they_are_tried_again(tmp_path: Path) -> None:
    async with running(busy(), tmp_path, size=(160, 48)) as (app, pilot):
        await opened(app, pilot, tmp_path)
        (file,) = folder(tmp_path).iterdir()
        content = file.read_bytes()
        file.unlink()
        file.mkdir()
        await pilot.press("H")
        await until(pilot, lambda: shown(app, "The older history cannot be read now."))
        file.rmdir()
        file.write_bytes(content)
        await pilot.press("H", "H")
        await until(pilot, lambda: shown(app, "second > third"))


async def test_a_past_that_was_rewritten_is_told_when_the_board_is_opened(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await opened(app, pilot, tmp_path)
        app.session.store.close()
    path = tmp_path / "board.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    data["history"][max(data["history"], key=int)]["hash"] = "0" * 32
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    async with running(busy(), tmp_path) as (app, pilot):
        await until(pilot, lambda: "its history was rewritten" in app.message)
