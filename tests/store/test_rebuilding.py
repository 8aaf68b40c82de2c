"""A board file that cannot be read any more is made anew; backups are listed and kept; boards of older formats."""

from __future__ import annotations

import errno
import gzip
import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.errors import BoardReadOnly, CrossdeckError, Refused
from store.file import backups
from store.file.disk import Disk
from store.file.restoring import rebuild
from store.file.shared_board import SharedBoard
from store.operations.reverting import Revert
from store.records import FORMAT
from tests.store.restoring_helpers import ROOT, other_process, read, restored, saved, topics_of
from tests.store.storage_helpers import ANA, CARD, NOW, FaultyDisk, HastyDisk, make_board, opened, stamp, sync, write

# A file that cannot be read any more ------------------------------------------------------------------------


def torn(path: Path) -> bytes:
    """Half of the file is gone."""
    data = path.read_bytes()[: len(path.read_bytes()) // 2]
    path.write_bytes(data)
    return data


@pytest.mark.slow
def test_a_torn_board_is_made_anew_and_journals_bring_back_what_came_after(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    path = make_board(tmp_path / "share" / "board.json")
    shared = opened(path, tmp_path / "state")
    write(shared, sync("in the backup"))
    backup = saved(path)
    other_process(path, tmp_path / "ended", "ended", 2)
    shared.read()
    write(shared, sync("mine"))
    bad = torn(path)
    board, damaged = rebuild(str(path), str(backup), stamp(), disk=HastyDisk())
    assert (path.parent / damaged).read_bytes() == bad
    assert topics_of(path) == {"in the backup"}
    assert board.history[max(board.history)].payload == {"backup": backup.name, "damaged": damaged}
    shared.read()
    shared.commit()
    other_process(path, tmp_path / "ended", "again", 1)
    assert topics_of(path) == {"in the backup", "mine", "ended 0", "ended 1", "again 0"}
    entries = read(path).history.values()
    assert len({(entry.client, entry.n) for entry in entries}) == len(entries)


def test_what_a_restore_took_away_stays_away_when_the_board_is_damaged_later(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    shared = opened(path, tmp_path / "state")
    backup = saved(path)
    write(shared, sync("taken away"))
    restored(shared, backup)
    backups.keep(Disk(), str(path), "restore", NOW, side="after")
    torn(path)
    rebuild(str(path), str(backup), stamp(), disk=HastyDisk())
    shared.read()
    shared.commit()
    assert topics_of(path) == set()
    assert read(path).meta.epoch == 1


def test_a_board_that_is_gone_is_made_anew_and_one_that_is_whole_is_left_alone(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    backup = saved(path)
    whole = path.read_bytes()
    with pytest.raises(Refused) as refused:
        rebuild(str(path), str(backup), stamp(), disk=HastyDisk())
    assert (refused.value.code, path.read_bytes()) == ("whole", whole)
    path.unlink()
    assert rebuild(str(path), str(backup), stamp(), disk=HastyDisk())[1] == ""
    assert read(path).cards[CARD].name == "渠道推广"


def test_a_newer_board_is_never_replaced_by_a_backup(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    backup = saved(path)
    path.write_bytes(path.read_bytes().replace(b'"format":2', b'"format":3', 1))
    data = path.read_bytes()
    with pytest.raises(BoardReadOnly) as refused:
        rebuild(str(path), str(backup), stamp(), disk=HastyDisk())
    assert (refused.value.code, path.read_bytes()) == ("newer", data)


# Backups and formats ----------------------------------------------------------------------------------------


def test_backups_are_listed_newest_first_with_what_is_wrong_with_them(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    folder = Path(backups.folder_of(str(path)))
    folder.mkdir()
    for age, (name, data) in enumerate((("b.json", path.read_bytes()), ("a.json", b"{"), ("c.txt", b"no"))):
        (folder / name).write_bytes(data)
        os.utime(folder / name, (NOW - age, NOW - age))
    found = backups.listed(Disk(), str(path))
    assert [(each.name, each.meta is not None, each.why.code if each.why else "") for each in found] == [
        ("b.json", True, ""),
        ("a.json", False, "torn"),
    ]


def test_a_backup_before_a_step_has_the_bytes_and_the_ring_keeps_fourteen(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    names = [backups.keep(Disk(), str(path), "repair", NOW + 60 * n) for n in range(16)]
    folder = Path(backups.folder_of(str(path)))
    assert sorted(each.name for each in folder.iterdir()) == sorted(names[2:])
    assert (folder / names[-1]).read_bytes() == path.read_bytes()
    assert backups.keep(Disk(), str(path), "repair", NOW + 60 * 15) != names[-1]


def format_1(path: Path) -> bytes:
    """The demo board as a program of format 1 wrote it."""
    data = gzip.decompress((ROOT / "tests" / "data" / "board-format-1.json.gz").read_bytes())
    path.write_bytes(data)
    return data


def test_a_board_of_format_1_is_read_as_it_is_and_kept_before_it_is_written_in_ours(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    data = format_1(path)
    shared = SharedBoard(path, state=tmp_path / "state", clock=FixedClock(NOW), terminal="t")
    before = shared.read()
    before.decode_all()
    assert (before.meta.format, before.damaged, len(before.cards)) == (1, {}, 13)
    assert path.read_bytes() == data
    person = next(iter(before.people))
    shared.record([sync("first write")], stamp(person=person))
    shared.commit()
    after = read(path)
    assert after.meta.format == FORMAT
    assert (tmp_path / "board.json.backups" / "before-format-2.json").read_bytes() == data
    assert {key: before.raws["cards"][key] for key in before.raws["cards"]} == dict(after.raws["cards"])
    assert len(after.sync) == len(before.sync) + 1


def test_no_board_of_an_older_format_is_written_without_its_backup(tmp_path: Path) -> None:
    class NoBackups(Disk):
        def open(self, path: str, flags: int, mode: int = 0o666) -> int:
            if ".backups" in path and flags & os.O_CREAT:
                raise OSError(28, "No space left on device")
            return super().open(path, flags, mode)

    path = tmp_path / "board.json"
    data = format_1(path)
    shared = SharedBoard(path, state=tmp_path / "state", clock=FixedClock(NOW), terminal="t", disk=NoBackups())
    board = shared.read()
    shared.record([sync("first write")], stamp(person=next(iter(board.people))))
    with pytest.raises(Exception, match="room"):
        shared.commit()
    assert path.read_bytes() == data
    assert len(shared.pending) == 1


def test_who_signs_must_be_on_the_backup(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    backup = saved(path)
    torn(path)
    bad = path.read_bytes()
    with pytest.raises(Refused) as refused:
        rebuild(str(path), str(backup), stamp(person=ANA + 1), disk=HastyDisk())
    assert (refused.value.code, path.read_bytes()) == ("who", bad)


def test_whatever_call_fails_the_damaged_bytes_are_never_lost(tmp_path: Path) -> None:
    (tmp_path / "keep").mkdir()
    path = make_board(tmp_path / "board.json")
    backup = tmp_path / "keep" / "saved.json"
    backup.write_bytes(path.read_bytes())
    bad = torn(path)
    disk, restored_at = FaultyDisk(), 0
    for number in range(200):
        disk.fail(errno.EIO, at=range(number, number + 1))
        with suppress(CrossdeckError):
            rebuild(str(path), str(backup), stamp(), disk=disk)
        calls = len(disk.trace)
        disk.heal()
        if path.read_bytes() != bad:
            restored_at += 1
            assert read(path).cards[CARD].name == "渠道推广"
            kept = {each.read_bytes() for each in tmp_path.glob("board.json.damaged-*")}
            assert kept == {bad}, number
            path.write_bytes(bad)
        for each in tmp_path.glob("board.json.*"):  # copies, and a lock that could not be given up
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        if number > calls:
            break
    assert 1 < restored_at < number < 199


def test_a_board_made_anew_is_not_undone_into_a_damaged_one(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    backup = saved(path)
    torn(path)
    board, damaged = rebuild(str(path), str(backup), stamp(), disk=HastyDisk())
    shared = opened(path, tmp_path / "state")
    with pytest.raises(Refused, match=damaged) as refused:
        shared.record([Revert(entry=max(board.history))], stamp())
    assert refused.value.code == "undo.damaged"
