"""`crossdeck outbox`: what waits on this machine, sent or given up."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from store.errors import BoardUnavailable
from store.file.shared_board import SharedBoard
from tests.store.builders import Cast
from tests.tui.command_line import CommandLine, office

__all__ = ["office"]

PLAN, POSTER = "Q4营销-2026-001-01", "Q4营销-2026-001-02"
WANG = ("--as", "王敏")


@contextmanager
def share_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The board can be read and not written."""

    def away(*_args: Any, **_more: Any) -> None:
        raise BoardUnavailable("The board {path} cannot be reached: {why}.", path="b.json", why="Host is down")

    with monkeypatch.context() as broken:
        broken.setattr(SharedBoard, "commit", away)
        yield


def test_nothing_waits(office: CommandLine) -> None:
    ran = office("outbox")
    assert (ran.code, ran.err) == (0, "")
    assert "Nothing waits" in ran.out
    assert office.json("outbox") == []


def next_time_of_files(folder: Path) -> None:
    """Wait until the file system's clock moved on: it ticks every few milliseconds, two calls in here are quicker."""
    probe = folder / "probe"
    probe.touch()
    first = probe.stat().st_mtime_ns
    while probe.stat().st_mtime_ns == first:
        probe.touch()


def test_what_waits_is_listed_and_sent(office: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with share_away(monkeypatch):
        office("progress", PLAN, "66", *WANG)
        next_time_of_files(tmp_path)
        office("progress", POSTER, "40", "--as", "陈思")
        found = office.json("outbox")
        assert [(item["number"], item["operation"], item["by"]) for item in found] == [
            (1, "RecordProgress", "王敏"),
            (2, "RecordProgress", "陈思"),
        ]
        assert [item["subject"] for item in found] == [PLAN, POSTER]
        ran = office("outbox", "--retry")
        assert ran.code == 1
        assert "Host is down" in ran.err
    ran = office("outbox", "--retry")
    assert ran.code == 0
    assert "2 changes sent." in ran.out
    board = office.board()
    assert (board.subtasks[Cast.plan].percent, board.subtasks[Cast.poster].percent) == (66, 40)


@pytest.mark.parametrize(("typed", "left"), [("drop\n", 1), ("DROP \n", 1), ("\n", 2), ("yes\n", 2), ("", 2)])
def test_one_is_given_up_only_after_the_word_is_typed(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: str, left: int
) -> None:
    with share_away(monkeypatch):
        office("progress", PLAN, "66", *WANG)
        next_time_of_files(tmp_path)
        office("progress", POSTER, "40", "--as", "陈思")
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        ran = office("outbox", "--drop", "1")
        assert ran.code == (0 if left == 1 else 1)
        assert PLAN in ran.out
        assert len(office.json("outbox")) == left
    office("outbox", "--retry")
    board = office.board()
    assert board.subtasks[Cast.poster].percent == 40
    assert board.subtasks[Cast.plan].percent == (60 if left == 1 else 66)


def test_the_question_leaves_standard_output_to_json(office: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    with share_away(monkeypatch):
        office("progress", PLAN, "66", *WANG)
        (waiting,) = office.json("outbox")
        monkeypatch.setattr("sys.stdin", io.StringIO("no\n"))
        ran = office("outbox", "--drop", "1", "--json")
        assert (ran.code, ran.out, "Type drop" in ran.err, PLAN in ran.err) == (1, "", True, True)
        monkeypatch.setattr("sys.stdin", io.StringIO("drop\n"))
        ran = office("outbox", "--drop", "1", "--json")
        assert (ran.code, "Type drop" in ran.err) == (0, True)
        assert ran.json == waiting | {"state": "dropped"}


@pytest.mark.parametrize(("number", "code"), [("3", 1), ("0", 2), ("x", 2)])
def test_a_number_that_is_not_there_is_said(office: CommandLine, number: str, code: int) -> None:
    ran = office("outbox", "--drop", number)
    assert ran.code == code
    assert "crossdeck outbox" in ran.err


def test_what_waits_is_listed_without_the_board_too(office: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    with share_away(monkeypatch):
        office("progress", PLAN, "66", *WANG)
    away = office.path.rename(office.path.with_suffix(".away"))
    ran = office("outbox")
    assert (ran.code, "There is no board" in ran.err) == (1, True)
    assert ran.out.splitlines()[1].split()[::3] == ["1", "progress"]
    assert [item["operation"] for item in office("outbox", "--json").json] == ["RecordProgress"]
    for option in ("--drop", "--resend"):
        ran = office("outbox", option, "1", *WANG)
        assert (ran.code, ran.out) == (1, "")
    away.rename(office.path)
    assert office("outbox", "--retry").code == 0
    assert office.board().subtasks[Cast.plan].percent == 66


def test_one_thing_at_a_time(office: CommandLine) -> None:
    ran = office("outbox", "--retry", "--drop", "1", *WANG)
    assert (ran.code, ran.err) == (2, "crossdeck: --retry, --drop exclude each other.\n")
