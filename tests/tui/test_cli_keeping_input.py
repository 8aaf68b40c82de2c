"""`crossdeck check --repair`, `restore` and `merge`: what is no answer, no copy, no backup."""

from __future__ import annotations

import io
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.errors import BoardUnavailable
from store.file.disk import Disk
from store.file.shared_board import SharedBoard
from tests.store.builders import Cast
from tests.tui.command_line import NOW, CommandLine, office
from tests.tui.test_cli_keeping import PLAN, WANG, backup, edited

__all__ = ["office"]

c = Cast


def test_the_board_itself_is_no_copy(office: CommandLine) -> None:
    ran = office("merge", office.path, *WANG)
    assert (ran.code, "is the board itself" in ran.err) == (1, True)


def test_backups_and_copies_are_not_none_because_the_share_is_away(office: CommandLine) -> None:
    office.path.rename(office.path.with_suffix(".away"))
    for command in ("restore", "merge"):
        ran = office(command)
        assert (ran.code, ran.out, "There is no board" in ran.err) == (1, "", True)


@pytest.mark.parametrize("stdin", [None, io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n"), "utf-8"), io.StringIO("")])
@pytest.mark.parametrize("command", [("restore",), ("check", "--repair")])
def test_no_answer_is_no(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], stdin: io.TextIOBase | None
) -> None:
    office("progress", PLAN, "70", *WANG)
    edited(office.path, "subtasks", c.plan, owner=12345)
    before = office.path.read_bytes()
    monkeypatch.setattr("sys.stdin", stdin)
    ran = office(*command, *([backup(office).name] if command == ("restore",) else []), *WANG)
    assert (ran.code, ran.err) == (1, "crossdeck: Nothing was done.\n")
    assert office.path.read_bytes() == before


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Path]:
    """A pipe with something in it, held open: who opened it would not wait here, and not be refused either."""
    path = tmp_path / "pipe.json"
    os.mkfifo(path)
    end = os.open(path, os.O_RDWR)
    os.write(end, b" " * 4096)
    yield path
    os.close(end)


@pytest.fixture
def socket_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A socket with a name, which may not be long."""
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("s.json")
        yield tmp_path / "s.json"


@pytest.mark.parametrize("kind", ["pipe", "socket_file", "/dev/zero"])
def test_what_is_no_file_is_refused_by_name(office: CommandLine, request: pytest.FixtureRequest, kind: str) -> None:
    path = kind if kind.startswith("/") else request.getfixturevalue(kind)
    said = f"crossdeck: {path} is no file but a pipe, a socket or a device: name the file of the board.\n"
    for command in ("restore", "merge"):
        ran = office(command, path, *WANG)
        assert (ran.code, ran.out, ran.err) == (1, "", said)
    for words in (["list", "cards"], ["new", "x", *WANG], ["outbox"], ["doctor"]):
        ran = office.bare("--board", path, *words)
        assert (ran.code, ran.out, ran.err) == (1, "", said)


def test_a_pipe_is_not_opened_where_a_board_is_read(pipe: Path) -> None:
    opened: list[str] = []

    class Watched(Disk):
        def open(self, path: str, flags: int, mode: int = 0o666) -> int:
            opened.append(path)
            return super().open(path, flags, mode)

    board = SharedBoard(pipe, state=pipe.parent / "state", clock=FixedClock(NOW), disk=Watched())
    for look in (board.read, board.poll):
        with pytest.raises(BoardUnavailable, match="is no file but a pipe"):
            look()
    assert str(pipe) not in opened


@pytest.mark.parametrize("command", ["restore", "merge"])
def test_a_folder_is_neither_backup_nor_copy(office: CommandLine, tmp_path: Path, command: str) -> None:
    ran = office(command, tmp_path, *WANG)
    assert (ran.code, "is a folder" in ran.err) == (1, True)
