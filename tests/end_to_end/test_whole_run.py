"""The issue's scripted run: samples imported, then everything by keyboard, while a second process watches."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.terminal import WAIT, Terminal
from tests.end_to_end.tmux import TmuxTerminal

DATA = Path(__file__).parents[1] / "data"
PROGRAM = [sys.executable, "-m", "tui"]


class Colleague:
    """A second process on the same board: the command line, asked until it sees what it waits for."""

    def __init__(self, folder: Path) -> None:
        """State of its own, as on another machine."""
        self.board = folder / "看板 board.json"
        self.env = {**os.environ, "XDG_STATE_HOME": str(folder / "other"), "LANG": "C.UTF-8"}

    def command(self) -> list[str]:
        """The command line on this board."""
        return [*PROGRAM, "--board", str(self.board), "--as", "王敏"]

    def run(self, *words: str) -> str:
        """The output of one command."""
        command = [*PROGRAM, "--as", "王敏", *words] if words[0] == "init" else [*self.command(), *words]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def wait(self, *words: str, until: Callable[[Any], bool]) -> None:
        """Ask until the JSON answer is as wanted."""
        end = time.monotonic() + WAIT
        while not until(found := json.loads(self.run(*words, "--json"))):
            assert time.monotonic() < end, found


@pytest.fixture
def colleague(tmp_path: Path) -> Colleague:
    found = Colleague(tmp_path)
    found.run("init", str(found.board))
    found.run("import", *(str(DATA / name) for name in ("T4-department-register.xlsx", "T5-allocation-table.xlsx")))
    return found


def dashboard(colleague: Colleague, tmp_path: Path) -> tuple[list[str], dict[str, str]]:
    env = {"XDG_STATE_HOME": str(tmp_path / "here"), "LANG": "C.UTF-8"}
    return [*PROGRAM, str(colleague.board), "--as", "王敏"], env


@pytest.fixture(params=["80x24", "120x40", "tmux"])
def screen(request: pytest.FixtureRequest, colleague: Colleague, tmp_path: Path) -> Iterator[Terminal | TmuxTerminal]:
    command, env = dashboard(colleague, tmp_path)
    if request.param == "tmux":
        if shutil.which("tmux") is None:
            pytest.skip("tmux is not installed")
        with TmuxTerminal(command, 120, 40, env) as terminal:
            yield terminal
        return
    cols, rows = map(int, request.param.split("x"))
    with Terminal(command, cols, rows, env) as terminal:
        yield terminal


@pytest.mark.slow
def test_the_whole_run(screen: Terminal | TmuxTerminal, colleague: Colleague) -> None:
    screen.wait_text("Q4营销活动筹备")
    # The card with work, its division, the subtask under the cursor.
    screen.press("enter")
    screen.wait_text("[card]")
    screen.press("]")
    screen.wait_text("活动宣传主视觉设计")
    screen.press("p")
    screen.wait_text("-- progress")
    screen.type("65 初稿完成 > 送审 ! 缺渠道数据 @设计部")
    screen.wait_text("65% (+65)")
    screen.press("enter")
    colleague.wait("list", "subtasks", until=lambda rows: any(r["percent"] == 65 for r in rows))

    screen.wait_text("All reports of today are in.")
    screen.press("b")
    screen.wait_text("-- blocked")
    screen.type("字体授权未到 / 主视觉推迟 / 催过两次 / 请 @设计部 周三前给")
    screen.press("enter")
    colleague.wait("list", "issues", until=lambda rows: [row["id"] for row in rows] == ["I-001"])

    screen.press("3")
    screen.wait_text("I-001")
    screen.press("t")
    screen.wait_text("-- take")
    screen.type("明天上午联系供应商")
    screen.press("enter")
    colleague.wait("list", "issues", until=lambda rows: rows[0]["state"] == "acknowledged")
    screen.press("d")
    screen.wait_text("-- resolve")
    screen.type("改用备选字体 @设计部 @*主管 <+3wd")
    screen.press("enter")
    colleague.wait("list", "issues", "--all", until=lambda rows: rows[0]["state"] == "resolved")
    screen.press("esc")

    colleague.run("do", "CallMeeting", json.dumps(
        {"kind": "progress", "name": "筹备会", "card": "Q4营销活动筹备-2026-001", "starts": "2026-10-09T15:30"}
    ))  # fmt: skip
    screen.press("4")
    screen.wait_text("筹备会")
    screen.press("enter")
    screen.wait_text("point")
    screen.type("渠道数据已齐")
    screen.press("esc")
    colleague.wait("show", "M-001", until=lambda found: "渠道数据已齐" in json.dumps(found, ensure_ascii=False))
    screen.press("ctrl+q")
    assert screen.wait_exit() == 0
