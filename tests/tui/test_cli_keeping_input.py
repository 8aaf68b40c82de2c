"""`crossdeck check --repair`, `restore` and `merge`: what is no answer, no copy, no backup."""

from __future__ import annotations

import io

import pytest

from tests.store.builders import Cast
from tests.tui.command_line import CommandLine, office
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


@pytest.mark.parametrize("command", ["restore", "merge"])
def test_a_device_is_read_by_nobody(office: CommandLine, command: str) -> None:
    ran = office(command, "/dev/zero", *WANG)
    assert (ran.code, "inside crossdeck" in ran.err) == (1, False)
    assert office.bare("--board", "/dev/zero", "list", "cards").code == 1
