"""Running the command line in this process: its exit code and what it printed, at a fixed time."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from store.board import Board
from store.clock import FixedClock
from store.file.storage import encode, meta_of, parse
from store.sample import make_demo
from tests.store.builders import T0, busy
from tui.cli import main

NOW = int(datetime.fromisoformat("2026-10-09T16:55:00+08:00").timestamp())
"""The moment of the mock-ups, for which the demo is made."""


class Ran(NamedTuple):
    """What one command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)


class CommandLine:
    """`crossdeck` on one board file."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str], now: int) -> None:
        """`now` is what its clock says (epoch seconds)."""
        self.path, self.clock, self._capsys = path, FixedClock(now), capsys

    def __call__(self, *argv: object) -> Ran:
        """Run `crossdeck --board PATH ARGV`."""
        return self.bare("--board", self.path, *argv)

    def bare(self, *argv: object) -> Ran:
        """Run `crossdeck ARGV`."""
        self._capsys.readouterr()
        code = main([str(word) for word in argv], clock=self.clock)
        out, err = self._capsys.readouterr()
        return Ran(code, out, err)

    def json(self, *argv: object) -> Any:
        """What `crossdeck ARGV --json` prints; it must succeed."""
        ran = self(*argv, "--json")
        assert (ran.code, ran.err) == (0, "")
        return ran.json

    def board(self) -> Board:
        """The file as it stands."""
        return read_board(self.path)


def read_board(path: Path) -> Board:
    """The Board in a file."""
    raws = parse(path.read_bytes())
    return Board(meta_of(raws), raws)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo board, made once, as it stands at NOW."""
    path = tmp_path_factory.mktemp("demo") / "board" / "demo.json"
    make_demo(path, FixedClock(NOW), tmp_path_factory.mktemp("state"))
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line on a demo board of one's own."""
    return CommandLine(Path(shutil.copy(demo_file, tmp_path / "demo.json")), capsys, NOW)


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line on the small board of the operations' tests; people's logins are u11 (王敏) to u17."""
    board = busy()
    path = tmp_path / "office.json"
    path.write_bytes(encode(board.meta, board.raws))
    return CommandLine(path, capsys, T0)
