"""What is unsafe about the place of a board is said at the start: a sync folder once a day, copies each time."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
import pytest
from textual.message import Message

from store.file.disk import Disk
from store.file.storage import encode, meta_of, parse
from tests.store.builders import DAY, T0, Cast, busy
from tests.tui.deck import Deck, running, until
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


def said_of(app: Deck, words: str) -> bool:
    return words in app.message


async def test_records_that_cannot_be_read_are_said_when_there_are_more_of_them(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        assert "cannot be read" not in app.message
        for n, card in enumerate((Cast.card, Cast.draft), 1):
            raws = {name: dict(rows) for name, rows in parse(app.session.path.read_bytes()).items()}
            raws["cards"][str(card)] = msgspec.Raw(b'{"name":7}')
            app.session.path.write_bytes(encode(meta_of(raws), raws))
            app.engine.reread()
            await until(pilot, partial(said_of, app, f"{n} record"))
            assert "crossdeck check" in app.message


async def test_what_is_unsafe_about_the_place_stands_in_the_message_row(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    async with running(busy(), folder) as (app, pilot):
        app.look_around()
        await until(pilot, lambda: "Dropbox syncs this folder" in app.message)
