"""Two people at two terminals on one board: each sees the other's change, and nothing is lost."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.program import COMMAND, ROOT, dashboard, environment
from tests.tui.boards import OWED, owing
from tests.tui.deck import write_board, written_board

pytestmark = pytest.mark.slow
LI = "李强"


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return write_board(owing(), tmp_path / "share" / "board.json")


def test_each_sees_what_the_other_records_and_keeps_its_place(board: Path, tmp_path: Path) -> None:
    with (
        dashboard(board, LI, state=tmp_path / "li", size=(120, 40)) as li,
        dashboard(board, "王敏", state=tmp_path / "wang", size=(120, 40)) as wang,
    ):
        li.wait_text("live")
        wang.wait_text("live")
        wang.press("j")
        wang.wait(lambda: any(line.startswith("> - none") for line in wang.lines()), "the second row")
        li.press("p")
        li.wait_text("渠道1")
        li.type("95 fast fertig\r")
        li.wait_text("渠道2")
        wang.wait_text("4 due at 17:00")
        assert any(line.startswith("> - none") for line in wang.lines())
        wang.press("e")
        wang.wait_text("-- edit")
        wang.press("esc", "k", "c")
        wang.wait_text("-- note")
        wang.type("gesehen\r")
        wang.wait_gone("-- note")
        li.type("96 weiter\r")
        li.wait_text("渠道3")
        for terminal in (li, wang):
            terminal.wait_gone("waiting")
            terminal.press("esc", "ctrl+q")
            assert terminal.wait_exit() == 0
    found = written_board(board)
    assert [s.content for s in found.sync.values()] == ["gesehen"]
    assert [e.done for e in found.progress.values()][-2:] == ["fast fertig", "weiter"]


def test_writers_beside_an_open_dashboard_lose_nothing(board: Path, tmp_path: Path) -> None:
    with dashboard(board, LI, state=tmp_path / "li", size=(120, 40)) as li:
        li.wait_text("live")
        li.press("p")
        others = [
            subprocess.Popen(
                [*COMMAND, "--board", str(board), "--as", "王敏", "do", "AddSyncEntry", f'{{"topic": "s{n}"}}'],
                env=environment(tmp_path / f"machine{n}"),
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            for n in range(6)
        ]
        for place in range(5):
            li.wait_text(f"渠道{place + 1}")
            li.type(f"7{place} r{place}\r")
        li.wait_text("All reports of today are in.")
        for other in others:
            _out, err = other.communicate(timeout=60)
            assert (other.returncode, err) == (0, b"")
        li.wait_gone("waiting")
        li.press("ctrl+q")
        assert li.wait_exit() == 0
    found = written_board(board)
    theirs = [entry.topic for entry in found.sync.values() if entry.topic.startswith("s")]
    assert sorted(theirs) == [f"s{n}" for n in range(6)]
    said = {e.subtask: e.done for e in found.progress.values() if e.done.startswith("r")}
    assert said == {subtask: f"r{place}" for place, subtask in enumerate(OWED)}
    assert found.meta.rev > 6
