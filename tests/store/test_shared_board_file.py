from __future__ import annotations

import errno
import os
import stat
import struct
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.errors import BoardReadOnly, BoardUnavailable
from store.file.storage import parse
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


def files(path: Path) -> list[str]:
    return sorted(os.listdir(path.parent))


# Accidents ------------------------------------------------------------------------------------------


def test_changes_an_old_copy_took_away_are_put_back_once(path: Path, state: Path) -> None:
    shared = opened(path, state)
    write(shared, sync("one"))
    old = path.read_bytes()
    write(shared, sync("two"))
    lost = path.read_bytes()
    path.write_bytes(old)
    result = write(shared, sync("three"))
    assert result.put_back == 1
    assert sorted(topics(path, state)) == ["one", "three", "two"]
    keys = [(entry.client, entry.n) for entry in result.board.history.values()]
    assert len(keys) == len(set(keys)) == 5
    saved = list((path.parent / "板 one.json.backups").glob("rewind-*.json"))
    assert [file.read_bytes() for file in saved] == [lost]


def test_a_replace_of_unknown_outcome_is_settled_by_the_numbers(path: Path, state: Path) -> None:
    disk = FaultyDisk()
    shared = opened(path, state, disk)
    shared.record([sync("one")], stamp())
    disk.fail(5, "replace", after=True)
    with pytest.raises(BoardUnavailable):
        shared.commit()
    assert [record.n for record in shared.pending] == [1]
    disk.heal()
    shared.commit()
    assert shared.pending == []
    assert topics(path, state) == ["one"]


# What stays of the file -----------------------------------------------------------------------------


def test_mode_and_group_stay(path: Path, state: Path) -> None:
    os.chmod(path, 0o664)
    if os.getuid() == 0:
        os.chown(path, -1, 4321)
    before = path.stat()
    os.umask(old := os.umask(0o077))
    os.umask(0o077)
    try:
        write(opened(path, state), sync("a"))
    finally:
        os.umask(old)
    after = path.stat()
    assert after.st_ino != before.st_ino
    assert (stat.S_IMODE(after.st_mode), after.st_gid) == (0o664, before.st_gid)


def test_an_access_list_stays(path: Path, state: Path) -> None:
    entries = [(1, 6, -1), (2, 6, 1234), (4, 4, -1), (16, 6, -1), (32, 4, -1)]  # owner, user 1234, group, mask, others
    acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)
    try:
        os.setxattr(path, "system.posix_acl_access", acl)
    except OSError as error:
        pytest.skip(f"no access lists here: {error}")
    before = path.stat()
    write(opened(path, state), sync("a"))
    assert os.getxattr(path, "system.posix_acl_access") == acl
    assert path.stat().st_mode == before.st_mode


def test_a_link_stays_a_link(path: Path, state: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(path)
    shared = opened(link, state)
    assert shared.path == path.resolve()
    write(shared, sync("a"))
    assert link.is_symlink()
    assert topics(path, state) == ["a"]


def test_nothing_but_the_backup_stays_beside_the_board(path: Path, state: Path) -> None:
    before = path.read_bytes()
    shared = opened(path, state)
    write(shared, sync("a"))
    write(shared, sync("b"))
    assert files(path) == ["板 one.json", "板 one.json.backups"]
    (saved,) = (path.parent / "板 one.json.backups").iterdir()
    assert saved.read_bytes() == before


def test_the_newest_fourteen_backups_stay(path: Path, state: Path) -> None:
    clock = FixedClock(NOW)
    shared = session(path, state, clock=clock)
    shared.read()
    for _ in range(16):
        shared.record([sync("a")], stamp(clock.now()))
        shared.commit()
        clock.advance(86_400)
    names = os.listdir(f"{path}.backups")
    assert len(names) == 14
    assert max(names) == "2026-12-03.json"


def test_leftovers_of_the_dead_are_swept_after_an_hour(path: Path, state: Path) -> None:
    young = path.parent / ".板 one.json.pc7-1-abcd.tmp"
    old = path.parent / ".板 one.json.pc7-2-abcd.tmp"
    lock = path.parent / "板 one.json.lock.stale-1"
    other = path.parent / ".other.json.pc7-2-abcd.tmp"
    lock.mkdir()
    for file in (young, old, other, lock / "owner"):
        file.write_text("x")
    for file in (old, other, lock):
        os.utime(file, (NOW - 10**9, NOW - 10**9))
    write(opened(path, state), sync("a"))
    assert files(path) == sorted([young.name, other.name, path.name, "板 one.json.backups"])


def test_a_share_that_refuses_hard_links_works(path: Path, state: Path) -> None:
    disk = FaultyDisk()
    disk.fail(1, "link")
    shared = opened(path, state, disk)
    before = path.read_bytes()
    write(shared, sync("a"))
    assert topics(path, state) == ["a"]
    (saved,) = (path.parent / "板 one.json.backups").iterdir()
    assert saved.read_bytes() == before


def test_a_folder_without_permission_says_at_once_who_can_change_it(path: Path, state: Path) -> None:
    class Closed(FaultyDisk):  # root, who runs the tests of many a container, may write everywhere
        open_to_us = False

        def access(self, path: str, mode: int) -> bool:
            return self.open_to_us

    disk = Closed()
    shared = opened(path, state, disk)
    shared.record([sync("a")], stamp())
    disk.fail(errno.EACCES, "mkdir")
    with pytest.raises(BoardReadOnly) as refused:
        shared.commit()
    assert refused.value.code == "permission"
    assert refused.value.fields["owner"] == path.parent.owner()
    assert f"chmod g+w {path.parent}" in str(refused.value)
    assert disk.slept == 0
    assert [record.n for record in shared.pending] == [1]
    disk.open_to_us = True
    disk.heal()
    assert shared.commit().settled[0].outcome == "applied"


def test_a_file_marked_read_only_is_left_alone(path: Path, state: Path) -> None:
    os.chmod(path, 0o444)
    before = path.read_bytes()
    shared = opened(path, state)
    shared.record([sync("a")], stamp())
    with pytest.raises(BoardReadOnly) as refused:
        shared.commit()
    assert refused.value.code == "permission"
    assert path.read_bytes() == before
    os.chmod(path, 0o644)
    assert shared.commit().settled[0].outcome == "applied"


def test_a_damaged_file_is_never_written_over(path: Path, state: Path) -> None:
    shared = opened(path, state, HastyDisk())
    shared.record([sync("a")], stamp())
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BoardReadOnly) as refused:
        shared.commit()
    assert refused.value.code == "torn"
    assert path.read_bytes() == whole[: len(whole) // 2]
    path.write_bytes(whole)
    assert shared.commit().settled[0].outcome == "applied"
    assert parse(path.read_bytes())["sync"]
