"""Backups put back: as one operation, for good, and over a file that cannot be read any more."""

from __future__ import annotations

import errno
import gzip
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from store.board import Board
from store.clock import FixedClock
from store.errors import BoardReadOnly, CrossdeckError, Refused
from store.file import backups
from store.file.disk import Disk
from store.file.restoring import rebuild
from store.file.shared_board import SharedBoard
from store.file.storage import encode, meta_of, parse
from store.operations.base import Operation
from store.operations.cards import CreateCard, EditCard
from store.operations.people import AddPerson
from store.operations.prepared import KEPT, RestoreBoard
from store.operations.progress import RecordProgress
from store.operations.reverting import Revert
from store.operations.subtasks import AddSubtask
from store.records import FORMAT, TABLES
from store.restoring import plan_restore
from tests.store.builders import as_body
from tests.store.storage_helpers import ANA, CARD, NOW, FaultyDisk, HastyDisk, make_board, opened, stamp, sync, write

ROOT = Path(__file__).parents[2]
NEW = 202


def read(path: Path) -> Board:
    raws = parse(path.read_bytes())
    return Board(meta_of(raws), raws)


def work(board: Board) -> dict[str, object]:
    """What a restore puts back: every record but those that say what was given out, written and put aside."""
    found = {name: {key: as_body(rec) for key, rec in board.table(name).items()} for name in TABLES if name not in KEPT}
    return {name: rows for name, rows in found.items() if rows}


def restored(shared: SharedBoard, backup: Path) -> str:
    board = shared.read()
    plan = plan_restore(board, read(backup))
    result = write(shared, RestoreBoard(backup=backup.name, changes=plan.changes))
    return result.settled[-1].outcome


def saved(path: Path) -> Path:
    """A copy of the board as it is, for a backup."""
    copy = path.with_name("saved.json")
    copy.write_bytes(path.read_bytes())
    return copy


def test_the_board_is_as_the_backup_has_it_and_keeps_what_was_given_out(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json", CreateCard(id=102, name="店庆", project="P"))
    shared = opened(path, tmp_path / "state")
    backup = saved(path)
    before = read(path)
    edit = EditCard(card=CARD, fields={"notes": "later", "priority": "high"})
    write(shared, edit, AddSubtask(id=NEW, card=102, name="甲"), CreateCard(id=103, name="c", project="P"))
    plan = plan_restore(shared.read(), read(backup))
    assert (plan.come, plan.change) == ((), (("cards", CARD),))
    assert set(plan.go) == {("subtasks", NEW), ("cards", 103)}
    assert restored(shared, backup) == "applied"
    after = read(path)
    assert work(after) == work(before)
    assert after.meta.epoch == before.meta.epoch + 1
    assert after.meta.rev > before.meta.rev
    assert {key: row.value for key, row in after.counters.items()}["card/P/2026"] == 3
    assert [after.history[n].operation for n in sorted(after.history)][-4:] == [
        "EditCard",
        "AddSubtask",
        "CreateCard",
        "RestoreBoard",
    ]
    assert after.history[max(after.history)].payload == {"backup": backup.name}


def test_it_is_undone_and_redone_to_the_letter(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json", AddSubtask(id=301, card=CARD, name="甲", owner=ANA))
    shared = opened(path, tmp_path / "state")
    backup = saved(path)
    write(shared, RecordProgress(subtask=301, percent=40, done="x"), AddSubtask(id=NEW, card=CARD, name="乙"))
    then = work(read(path))
    assert len(read(path).progress) == 1
    restored(shared, backup)
    taken = work(read(path))
    last = max(read(path).history)
    for number, expected in enumerate((then, taken, then), last):
        assert write(shared, Revert(entry=number)).settled[0].outcome == "applied"
        assert work(read(path)) == expected


def test_a_board_made_anew_is_not_undone_into_a_damaged_one(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    backup = saved(path)
    torn(path)
    board, damaged = rebuild(str(path), str(backup), stamp(), disk=HastyDisk())
    shared = opened(path, tmp_path / "state")
    with pytest.raises(Refused, match=damaged) as refused:
        shared.record([Revert(entry=max(board.history))], stamp())
    assert refused.value.code == "undo.damaged"


def test_people_who_came_since_stay(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    shared = opened(path, tmp_path / "state")
    backup = saved(path)
    write(shared, AddPerson(id=77, name="李强"), sync("a"))
    restored(shared, backup)
    after = read(path)
    assert after.people[77].name == "李强"
    assert not after.sync


def test_a_record_that_was_damaged_by_hand_is_mended(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    backup = saved(path)
    raws = parse(path.read_bytes())
    whole = raws["cards"][str(CARD)]
    raws["cards"][str(CARD)] = raws["cards"][str(CARD)].__class__(b'{"name":7}')
    path.write_bytes(encode(meta_of(raws), raws))
    shared = opened(path, tmp_path / "state")
    assert restored(shared, backup) == "applied"
    assert read(path).raws["cards"][str(CARD)] == whole


@pytest.mark.parametrize(
    "between",
    [
        EditCard(card=NEW, fields={"notes": "somebody else's"}),
        AddSubtask(card=NEW, name="hangs on what would go"),
    ],
    ids=["a record that goes was changed", "something hangs on it"],
)
def test_what_was_looked_at_is_what_happens_or_nothing_does(tmp_path: Path, between: Operation) -> None:
    path = make_board(tmp_path / "board.json")
    one, two = opened(path, tmp_path / "one"), opened(path, tmp_path / "two")
    backup = saved(path)
    write(one, CreateCard(id=NEW, name="later", project="P"))
    operation = RestoreBoard(backup="b", changes=plan_restore(one.read(), read(backup)).changes)
    one.record([operation], stamp())
    two.read()
    write(two, between)
    before = work(read(path))
    settled = one.commit().settled
    assert [(each.outcome, each.reasons[0].code) for each in settled] == [("aside", "meanwhile")]
    assert work(read(path)) == before
    assert read(path).meta.epoch == 0


def other_process(path: Path, state: Path, name: str, count: int, kill: str = "0") -> None:
    """A session in a process of its own writes some entries; with `kill` it dies on the way."""
    command = [sys.executable, "-m", "tests.store.storage_worker", str(path), str(state), name, str(count), kill]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=kill == "0", timeout=120)


def topics_of(path: Path) -> set[str]:
    return {entry.topic for entry in read(path).sync.values()}


@pytest.mark.slow
def test_nothing_that_was_taken_away_comes_back_from_another_process(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    path = make_board(tmp_path / "share" / "board.json")
    backup = saved(path)
    other_process(path, tmp_path / "ended", "ended", 3)
    alive = opened(path, tmp_path / "alive")
    write(alive, sync("alive"))
    alive.record([sync("waits")], stamp())  # acknowledged, not in the file: nothing was taken away of it
    shared = opened(path, tmp_path / "state")
    assert topics_of(path) == {"ended 0", "ended 1", "ended 2", "alive"}
    restored(shared, backup)
    assert topics_of(path) == set()
    other_process(path, tmp_path / "ended", "again", 1)
    alive.poll()
    alive.commit()
    alive.close()
    heir = opened(path, tmp_path / "alive")
    heir.commit()
    assert (heir.pending, topics_of(path)) == ([], {"again 0", "waits"})
    keys = [(entry.client, entry.n) for entry in read(path).history.values()]
    assert len(keys) == len(set(keys))


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
