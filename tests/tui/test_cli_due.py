"""`crossdeck due`: what waits for a person, for cron and a login shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.builders import T0
from tests.tui.boards import owing
from tests.tui.command_line import CommandLine
from tests.tui.deck import write_board


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line on `owing`."""
    monkeypatch.setenv("CROSSDECK_STATE", str(tmp_path / "state"))
    return CommandLine(write_board(owing(), tmp_path / "board.json"), capsys, T0)


def test_what_is_over_or_due_within_a_day_first_due_first(run: CommandLine) -> None:
    found = run.json("due", "--who", "李强")
    assert {clock["kind"] for clock in found} == {"progress"}
    assert len(found) == 5
    assert all(clock["who"] == ["李强"] for clock in found)
    everything = run.json("due", "--who", "李强", "--all")
    dues = [clock["due"] for clock in everything]
    assert dues == sorted(dues)
    assert "subtask_due" in {clock["kind"] for clock in everything}


def test_without_who_it_is_whoever_sits_here(run: CommandLine) -> None:
    assert run.json("due", "--as", "李强") == run.json("due", "--who", "u12") == run.json("due", "--who", "李强")


def test_a_department_stands_for_its_people(run: CommandLine) -> None:
    names = {name for clock in run.json("due", "--who", "销售部") for name in clock["who"]}
    assert "李强" in names
    assert run.json("due", "--who", "XS") == run.json("due", "--who", "销售部")


def test_within_a_span(run: CommandLine) -> None:
    assert run.json("due", "--who", "李强", "--within", "0h") == []
    assert len(run.json("due", "--who", "李强", "--within", "9d")) > 5


def test_it_is_silent_when_nothing_waits(run: CommandLine) -> None:
    assert run("due", "--who", "J. Meyer") == (0, "", "")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [(("--who", "李墙"), 1, "李强"), (("--within", "soon", "--who", "李强"), 2, "4h")],
)
def test_what_is_off_is_said(run: CommandLine, words: tuple[str, ...], code: int, says: str) -> None:
    ran = run("due", *words)
    assert ran.code == code
    assert says in ran.err
