"""Clocks that jump, numbers that fall, servers that refuse for a moment: nothing is lost, and what happened is said."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.file.outbox import DAY
from tests.store.storage_helpers import (
    NOW,
    FaultyDisk,
    HastyDisk,
    opened,
    session,
    stamp,
    sync,
    topics,
    write,
)


@pytest.mark.parametrize("jump", [400 * DAY, -400 * DAY])
def test_what_was_recorded_before_the_date_of_this_machine_jumped_is_sent(path: Path, state: Path, jump: int) -> None:
    clock = FixedClock(NOW)
    shared = session(path, state, clock=clock)
    shared.read()
    shared.record([sync("one")], stamp())
    clock.advance(jump)
    shared.record([sync("two")], stamp(clock.now()))
    assert [one.outcome for one in shared.commit().settled] == ["applied", "applied"]
    assert shared.pending == []
    assert topics(path, state) == ["one", "two"]


def test_a_machine_whose_date_is_off_prunes_no_row_of_others(path: Path, tmp_path: Path) -> None:
    class Off(FixedClock):
        real = True

    one = opened(path, tmp_path / "one")
    write(one, sync("one"))
    off = session(path, tmp_path / "off", clock=Off(NOW + 4000 * DAY))
    off.read()
    off.record([sync("off")], stamp())
    off.commit()
    assert off.ahead is not None
    assert off.ahead > 300 * DAY
    one.poll()
    write(one, sync("two"))
    board = one.shown()
    assert {one.client, off.client} <= set(board.clients)
    assert [entry.topic for entry in board.sync.values()] == ["one", "off", "two"]


def test_a_row_that_was_pruned_is_no_accident(path: Path, tmp_path: Path) -> None:
    one = opened(path, tmp_path / "one")
    write(one, sync("one"))
    later = session(path, tmp_path / "later", clock=FixedClock(NOW + 40 * DAY))
    later.read()
    later.record([sync("later")], stamp(NOW + 40 * DAY))
    board = later.commit().board
    assert one.client not in board.clients
    one._clock.advance(40 * DAY)  # type: ignore[attr-defined]
    one.poll()
    assert one.pending == []
    assert write(one, sync("two")).put_back == 0
    assert not list(path.parent.glob("*.backups/rewind-*"))


def test_whoever_only_looks_keeps_what_an_old_copy_took_from_others(path: Path, tmp_path: Path) -> None:
    writer, reader = opened(path, tmp_path / "writer"), opened(path, tmp_path / "reader", HastyDisk())
    old = path.read_bytes()
    write(writer, sync("one"))
    writer.close()
    reader.poll()
    held = path.read_bytes()
    path.write_bytes(old)
    disk = reader._disk
    assert isinstance(disk, HastyDisk)
    reader.poll()
    disk.slept += 6  # it stands: no stale answer of a share
    reader.poll()
    (saved,) = path.parent.glob("*.backups/rewind-*.json")
    assert saved.read_bytes() == held
    heir = opened(path, tmp_path / "writer")
    assert [record.key for record in heir.pending] == [(writer.client, 1)]
    assert heir.commit().put_back == 1
    assert topics(path, tmp_path / "last") == ["one"]


def test_a_server_that_refuses_while_somebody_has_the_file_open_is_asked_again(path: Path, state: Path) -> None:
    disk = FaultyDisk()
    shared = opened(path, state, disk)
    for call in ("open", "link", "replace", "rename"):
        shared.record([sync(call)], stamp())
        disk.fail(errno.EACCES, call, at=range(3))
        assert [one.outcome for one in shared.commit().settled] == ["applied"]
        disk.heal()
        disk.fail(errno.EACCES, "open", at=range(2))
        shared.poll()
        disk.heal()
    assert topics(path, state) == ["open", "link", "replace", "rename"]
