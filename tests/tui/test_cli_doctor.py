"""`crossdeck doctor`: a table in words, or JSON; exit code 1 where a board is not safe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.file.doctor import Diagnosis
from tests.tui.command_line import CommandLine, office
from tui.cli import doctor

__all__ = ["office"]


def test_it_says_what_it_found_and_that_a_place_is_safe(office: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    fine = [Diagnosis("lock", "ok", "{n} locks raced for by two processes, each given once.", {"n": 200})]
    monkeypatch.setattr(doctor, "examine", lambda *_args: fine)
    ran = office("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert "200 locks" in ran.out
    assert "safe" in ran.out


def test_what_is_unsafe_is_an_exit_code(office: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "examine", lambda *_args: [Diagnosis("replace", "bad", "Oh {x}.", {"x": "no"})])
    ran = office("doctor", "--json")
    assert ran.code == 1
    assert json.loads(ran.out)[0] == {"check": "replace", "level": "bad", "says": "Oh no."}


def test_a_board_a_folder_or_nothing_may_be_named(office: CommandLine, tmp_path: Path) -> None:
    for named in (tmp_path, tmp_path / "new.json"):
        found = {each["check"] for each in json.loads(office.bare("doctor", named, "--json").out)}
        assert {"file_system", "lock", "replace", "access", "clock", "latency"} <= found


@pytest.mark.parametrize(
    ("environ", "check", "level"),
    [({"TERM": "dumb"}, "colours", "bad"), ({"TERM": "xterm", "NO_COLOR": ""}, "colours", "ok")],
)
def test_the_terminal_is_looked_at(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], check: str, level: str
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert {found.check: found.level for found in doctor.terminal(environ)}[check] == level
