"""The command line as a program: its streams, its start, two of it at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from store.clock import SystemClock
from store.sample import make_demo

pytestmark = pytest.mark.slow


Running = subprocess.Popen[bytes]
Stream = int | IO[bytes]


class Program:
    """`python -m tui` on a demo board of its own."""

    def __init__(self, folder: Path) -> None:
        """Make the board."""
        self.path = folder / "own" / "board.json"
        make_demo(self.path, SystemClock(), folder)
        self.env = {**os.environ, "CROSSDECK_BOARD": str(self.path), "PYTHONPATH": str(Path.cwd())}

    def start(self, *argv: str, env: dict[str, str] | None = None, out: Stream = subprocess.PIPE) -> Running:
        """Start it and come back at once."""
        command = [sys.executable, "-m", "tui", *argv]
        return subprocess.Popen(
            command, env=self.env | (env or {}), stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE
        )

    def __call__(
        self, *argv: str, env: dict[str, str] | None = None, out: Stream = subprocess.PIPE
    ) -> tuple[int, str, str]:
        """Run it to its end."""
        running = self.start(*argv, env=env, out=out)
        said, err = running.communicate(timeout=60)
        return running.returncode, (said or b"").decode(), (err or b"").decode()

    def first_subtask(self) -> str:
        """The number of the short film's script, whatever the year."""
        items = json.loads(self("list", "subtasks", "--json")[1])
        return next(str(item["id"]) for item in items if item["name"] == "短片脚本")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.mark.parametrize("env", [{"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0"}])
def test_output_survives_a_poor_locale(program: Program, env: dict[str, str]) -> None:
    code, out, err = program("list", "cards", "--lang", "zh_Hans", env=env)
    assert (code, err) == (0, "")
    assert "Q4营销活动筹备" in out
    code, out, err = program("list", "cards", "--json", env=env)
    assert "王敏" in {card["lead"] for card in json.loads(out)}


def test_words_a_poor_locale_could_not_decode_are_understood(program: Program) -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    code, out, err = program("progress", "短片脚本", "55", "--done", "初稿", "--as", "陈思", "--json", env=env)
    assert (code, err) == (0, "")
    assert json.loads(out)["subject"] == program.first_subtask()
    assert json.loads(program("log", "--limit", "1", "--json")[1])[0]["what"].startswith("55% 初稿")


def test_an_encoding_that_lacks_characters_shows_question_marks(program: Program) -> None:
    running = program.start("list", "cards", env={"PYTHONIOENCODING": "latin-1"})
    out, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (0, b"")
    assert b"Q4??" in out


def test_a_reader_of_the_pipe_may_leave(program: Program) -> None:
    with program.start("log", "--json") as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_the_output_is_one_line(program: Program) -> None:
    with Path("/dev/full").open("wb") as full:
        code, _out, err = program("list", "cards", out=full)
    assert code == 1
    assert err.count("\n") == 1
    assert err.startswith("crossdeck: ")


def test_closed_streams_are_no_accident(program: Program) -> None:
    command = f'"{sys.executable}" -m tui list cards >&- 2>&-'
    assert subprocess.run(command, shell=True, env=program.env, timeout=60, check=False).returncode == 0


def test_without_a_terminal_the_board_is_printed(program: Program) -> None:
    for env in ({}, {"TERM": "dumb"}):
        code, out, err = program(env=env)
        assert code == 2
        assert "I-012" in out
        assert err.count("\n") == 1
        assert "Traceback" not in out + err


def test_two_at_once_lose_nothing(program: Program) -> None:
    subtask = program.first_subtask()
    names = ("王敏", "李强")
    rounds = 4
    for n in range(rounds):
        both = [program.start("progress", subtask, "--done", f"{name} {n}", "--as", name) for name in names]
        for running in both:
            _out, err = running.communicate(timeout=60)
            assert (running.returncode, err) == (0, b"")
    entries = json.loads(program("log", "--record", subtask, "--json")[1])
    done = {entry["what"].split(";")[0] for entry in entries}
    assert {f"{name} {n}" for name in names for n in range(rounds)} <= done
    assert json.loads(program("check", "--json")[1]) == {"ok": True, "problems": []}


def test_what_one_writes_the_other_reads(program: Program) -> None:
    subtask = program.first_subtask()
    code, out, err = program("progress", subtask, "64", "--as", "王敏", "--json")
    assert (code, err) == (0, "")
    revision = json.loads(out)["revision"]
    items = {item["id"]: item for item in json.loads(program("list", "subtasks", "--json")[1])}
    assert items[subtask]["percent"] == 64
    assert json.loads(program("progress", subtask, "65", "--as", "李强", "--json")[1])["revision"] == revision + 1


def test_no_command_loads_what_it_does_not_need(program: Program) -> None:
    code = (
        "import sys; from tui.cli import main; main(sys.argv[1:]); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    subtask = program.first_subtask()
    for argv in (["list", "clocks", "--json"], ["list", "cards"], ["progress", subtask, "66", "--as", "王敏"]):
        ran = subprocess.run([sys.executable, "-c", code, *argv], env=program.env, capture_output=True, check=True)
        loaded = set(ran.stderr.decode().splitlines()[-1].split())
        assert not loaded & {"textual", "pendulum", "holidays", "openpyxl", "argparse", "hashlib"}
        assert ("tinydb" in loaded) == (argv[0] == "progress")
