"""What is unsafe about the place of a board is said at the start: a sync folder once a day, copies each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.message import Message

from store.file.disk import Disk
from tests.store.builders import DAY, T0
from tui.surroundings import FILE, LookedAround, look_around, said

BOARD = '{"_meta":{"1":{"format":2,"board":"b"}}}'


@pytest.fixture
def dropbox(tmp_path: Path) -> Path:
    path = tmp_path / "Dropbox" / "board.json"
    path.parent.mkdir()
    path.write_text(BOARD)
    return path


def test_a_sync_folder_is_warned_of_once_a_day(dropbox: Path, tmp_path: Path) -> None:
    first = said(dropbox, tmp_path / "state", T0, Disk())
    assert "Dropbox" in first
    assert "crossdeck doctor" in first
    assert said(dropbox, tmp_path / "state", T0 + 60, Disk()) == ""
    assert said(dropbox, tmp_path / "state", T0 + DAY, Disk()) == first
    other = dropbox.with_name("other.json")
    other.write_text(BOARD)
    assert said(other, tmp_path / "state", T0 + DAY, Disk()) == first


def test_copies_are_told_at_each_start(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    for name in ("board.json", "board (1).json", "board.sync-conflict-20261009-165500.json"):
        (tmp_path / name).write_text(BOARD)
    for _ in range(2):
        assert said(path, tmp_path / "state", T0, Disk()) == (
            "2 copies of a sync program lie beside the board: crossdeck merge."
        )


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"a":"b"}'])
def test_what_was_told_may_be_unreadable(dropbox: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / FILE).write_bytes(content)
    assert "Dropbox" in said(dropbox, tmp_path / "state", T0, Disk())


def test_a_quiet_place_says_nothing_and_posts_nothing(tmp_path: Path, dropbox: Path) -> None:
    path = tmp_path / "board.json"
    path.write_text(BOARD)
    assert said(path, tmp_path / "state", T0, Disk()) == ""
    posted: list[Message] = []
    look_around(path, tmp_path / "state", T0, posted.append).join(10)
    assert posted == []
    look_around(dropbox, tmp_path / "state", T0, posted.append).join(10)
    assert [type(each) for each in posted] == [LookedAround]
