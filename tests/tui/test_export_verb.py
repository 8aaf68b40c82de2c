"""`o`: papers of the record here, of its card and of the board; the file, and what is there already."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.store.builders import office
from tests.tui.deck import Deck, running, typed, until
from tui.entry import Choice


def labels(app: Deck) -> list[str]:
    request = app.front.panel.request
    assert isinstance(request, Choice)
    return [option.label.plain for option in request.options]


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the program was started in: files go there unless a path says otherwise."""
    folder = tmp_path / "papers"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


async def test_the_papers_of_a_card_and_of_the_board(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("o")
        found = labels(app)
        assert found[0].startswith("Task card  xlsx md html  ")
        assert any(line.startswith("Escalation record") and line.endswith("whole board") for line in found)
        assert any(line.startswith("Calendar  ics") for line in found)
        await pilot.press("escape")


async def test_a_workbook_is_written_and_never_replaced_without_a_word(tmp_path: Path, here: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await typed(pilot, "odivision\n")
        await until(pilot, lambda: app.heading.startswith("export: file or folder"))
        await pilot.press("enter")
        await until(pilot, lambda: bool(files(here)))
        (path,) = files(here)
        assert path.name.startswith("Division of work")
        assert openpyxl.load_workbook(path).sheetnames[0] == "Division of work"
        path.write_bytes(b"mine")
        await typed(pilot, "odivision\n")
        await until(pilot, lambda: app.heading.startswith("export: file or folder"))
        await pilot.press("enter")
        await until(pilot, lambda: "Replace it?" in app.heading)
        assert path.read_bytes() == b"mine"
        assert not any("Writing" in line for line in app.screen_text)
        await pilot.press("down", "enter")
        await until(pilot, lambda: path.read_bytes() != b"mine")
        assert [each.name for each in files(here)] == [path.name]


async def test_the_ending_says_the_format(tmp_path: Path, here: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await typed(pilot, "osummary\n")
        await until(pilot, lambda: app.heading.startswith("export: file or folder"))
        await pilot.press("ctrl+u")
        await typed(pilot, f"{here}/a.exe\n")
        await until(pilot, lambda: "no format" in app.message)
        await pilot.press(*["backspace"] * 3)
        await typed(pilot, "md\n")
        await until(pilot, (here / "a.md").exists)
        assert (here / "a.md").read_text().startswith("# Summary report")


async def test_a_folder_that_is_not_there_is_said_and_the_path_can_be_put_right(tmp_path: Path, here: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await typed(pilot, "osummary\n")
        await until(pilot, lambda: app.heading.startswith("export: file or folder"))
        await pilot.press("ctrl+u")
        await typed(pilot, f"{here}/none/a.md\n")
        await until(pilot, lambda: any("There is no folder" in line for line in app.screen_text))
        assert not [*files(here)]
        await until(pilot, lambda: app.front.entering)
        await pilot.press(*["backspace"] * len("none/a.md"))
        await typed(pilot, "a.md\n")
        await until(pilot, (here / "a.md").exists)
