from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from store.clock import FixedClock
from store.errors import BoardUnavailable, Refused
from store.file.disk import Disk
from store.file.journal import Draft, Journal
from store.file.outbox import DAY, new_client
from store.operations.base import Stamp
from store.operations.people import AddPerson
from tests.store.storage_helpers import NOW, FaultyDisk, make_board, opened, session, stamp, sync, topics, write


def draft(topic: str) -> Draft:
    return (AddPerson(name=topic) if topic == "one" else sync(topic)), stamp(), {"cards/1": {"name": "渠道"}}


def make(folder: Path, client: str = "aaaaaaaa", disk: Disk | None = None) -> Journal:
    return Journal.create(str(folder), client, board="b", path="/x/board.json", disk=disk or Disk())


def adopted(path: Path) -> Journal:
    found = Journal.adopt(str(path), Disk())
    assert found is not None
    return found


def test_what_was_appended_is_read_again(tmp_path: Path) -> None:
    journal = make(tmp_path)
    first = journal.append([draft("one"), draft("two")])
    second = journal.append([draft("[/x] 三")])
    assert [record.n for record in first + second] == [1, 2, 3]
    journal.close()
    again = adopted(tmp_path / "aaaaaaaa.jsonl")
    assert [(r.client, r.n, r.digest, r.operation, r.stamp, r.seen) for r in again.records] == [
        (r.client, r.n, r.digest, r.operation, r.stamp, r.seen) for r in first + second
    ]


def test_a_torn_last_line_and_an_unfinished_batch_were_never_acknowledged(tmp_path: Path) -> None:
    journal = make(tmp_path)
    journal.append([draft("one")])
    journal.append([draft("two"), draft("three")])
    journal.close()
    path = tmp_path / "aaaaaaaa.jsonl"
    data = path.read_bytes()
    for cut in range(1, len(data.splitlines()[-1])):
        path.write_bytes(data[:-cut] if cut > 1 else data[:-2])
        again = adopted(path)
        assert [record.n for record in again.records] == [1]
        again.close()


def test_what_was_dropped_is_never_sent_also_after_a_crash_and_its_number_stays_used(tmp_path: Path) -> None:
    journal = make(tmp_path)
    journal.append([draft("one"), draft("two")])
    journal.append([draft("three")])
    journal.drop(2)
    assert [record.n for record in journal.records] == [1, 3]
    journal.close()
    again = adopted(tmp_path / "aaaaaaaa.jsonl")
    assert [record.n for record in again.records] == [1, 3]
    again.drop(3)
    assert [record.n for record in again.append([draft("four")])] == [4]
    again.close()
    assert [record.n for record in adopted(tmp_path / "aaaaaaaa.jsonl").records] == [1, 4]


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_drop_that_could_not_be_kept_drops_nothing(tmp_path: Path, call: str) -> None:
    disk = FaultyDisk()
    journal = make(tmp_path, disk=disk)
    journal.append([draft("one")])
    disk.fail(errno.ENOSPC, call)
    with pytest.raises(OSError, match="No space"):
        journal.drop(1)
    assert [record.n for record in journal.records] == [1]
    journal.close()
    assert [record.n for record in adopted(tmp_path / "aaaaaaaa.jsonl").records] == [1]


def test_a_journal_in_use_is_not_adopted(tmp_path: Path) -> None:
    journal = make(tmp_path)
    journal.append([draft("one")])
    assert Journal.adopt(journal.path, Disk()) is None
    journal.close()
    assert len(adopted(Path(journal.path)).records) == 1


def test_a_journal_with_an_operation_of_a_later_program_is_left_to_it(tmp_path: Path) -> None:
    journal = make(tmp_path)
    journal.append([draft("one")])
    journal.close()
    path = Path(journal.path)
    path.write_bytes(path.read_bytes().replace(b"AddPerson", b"FromLater"))
    assert Journal.adopt(str(path), Disk()) is None


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_refused_append_counts_for_nothing_and_its_number_is_never_used(tmp_path: Path, call: str) -> None:
    disk = FaultyDisk()
    journal = make(tmp_path, disk=disk)
    journal.append([draft("one")])
    disk.fail(errno.ENOSPC, call)
    with pytest.raises(OSError, match="No space"):
        journal.append([draft("two")])
    disk.heal()
    assert [record.n for record in journal.append([draft("three")])] == [3]
    journal.close()
    assert [record.n for record in adopted(Path(journal.path)).records] == [1, 3]


def test_one_fsync_for_a_list(tmp_path: Path) -> None:
    disk = FaultyDisk()
    journal = make(tmp_path, disk=disk)
    disk.heal()
    journal.append([draft(str(n)) for n in range(100)])
    assert disk.trace.count("fsync") == disk.trace.count("write") == 1


def test_clients_have_eight_characters_of_their_own() -> None:
    names = {new_client() for _ in range(100)}
    assert len(names) == 100
    assert {len(name) for name in names} == {8}


def test_what_a_dead_session_left_is_sent_by_the_next_under_its_client(tmp_path: Path) -> None:
    path, state = make_board(tmp_path / "board.json"), tmp_path / "state"
    dead = opened(path, state)
    dead.record([sync("left")], stamp())
    dead.close()  # lets go of the journal, as the system does for a process that is killed
    heir = opened(path, state)
    assert [record.key for record in heir.pending] == [(dead.client, 1)]
    assert [entry.topic for entry in heir.shown().sync.values()] == ["left"]
    heir.record([sync("mine")], stamp())
    assert [(one.client, one.n) for one in heir.commit().settled] == [(dead.client, 1), (heir.client, 1)]
    assert heir.pending == []
    heir.close()
    assert not list((state).glob("*/*.jsonl"))
    assert len(list((state).glob("*/done/*.1.jsonl"))) == 2


def test_a_session_that_lives_keeps_its_own(tmp_path: Path) -> None:
    path, state = make_board(tmp_path / "board.json"), tmp_path / "state"
    one = opened(path, state)
    one.record([sync("mine")], stamp())
    two = opened(path, state)
    assert two.pending == []
    one.close()
    assert [r.client for r in opened(path, state).pending] == [one.client]


def test_a_copy_of_a_board_does_not_get_the_changes_of_the_original(tmp_path: Path) -> None:
    path, state = make_board(tmp_path / "board.json"), tmp_path / "state"
    one = opened(path, state)
    one.record([sync("for the original")], stamp())
    one.close()
    copy = tmp_path / "copy.json"
    copy.write_bytes(path.read_bytes())
    assert opened(copy, state).pending == []
    path.rename(tmp_path / "moved.json")
    assert [r.client for r in opened(tmp_path / "moved.json", state).pending] == [one.client]


def test_what_the_file_lost_after_its_session_ended_is_put_back(tmp_path: Path) -> None:
    path, state = make_board(tmp_path / "board.json"), tmp_path / "state"
    old = path.read_bytes()
    one = opened(path, state)
    write(one, sync("one"))
    one.close()
    path.write_bytes(old)
    heir = opened(path, state)
    assert [record.key for record in heir.pending] == [(one.client, 1)]
    assert heir.commit().put_back == 1
    heir.close()
    assert topics(path, state) == ["one"]


def test_what_waits_is_counted_before_the_file_can_be_read(tmp_path: Path) -> None:
    path, state = make_board(tmp_path / "board.json"), tmp_path / "state"
    one = opened(path, state)
    write(one, sync("sent"))
    one.close()
    two = opened(path, state)
    two.record([sync("a"), sync("b")], stamp())
    two.close()
    away = path.rename(tmp_path / "away.json")
    heir = session(path, state)
    with pytest.raises(BoardUnavailable):
        heir.read()
    assert (heir.waiting, session(tmp_path / "other.json", state).waiting) == (2, 0)
    away.rename(path)
    heir.read()
    assert heir.waiting == 2
    assert heir.commit().put_back == 0
    assert heir.waiting == 0


def test_what_is_older_than_a_month_and_unknown_to_the_file_is_not_sent_by_itself(tmp_path: Path) -> None:
    path, state = make_board(tmp_path / "board.json"), tmp_path / "state"
    one = opened(path, state)
    one.record([sync("old")], Stamp(person=11, at=NOW, recorded=NOW - 31 * DAY))
    one.record([sync("young")], stamp())
    assert [record.n for record in one.pending] == [1, 2]  # this session knows that it never sent them
    one.close()
    assert [record.n for record in opened(path, state).pending] == [2]


def test_rows_of_clients_nobody_uses_go_and_nothing_comes_back(tmp_path: Path) -> None:
    path, state = make_board(tmp_path / "board.json"), tmp_path / "state"
    one = opened(path, state)
    write(one, sync("one"))
    one.close()
    later = session(path, state, clock=FixedClock(NOW + 40 * DAY))
    later.read()
    later.record([sync("two")], stamp(NOW + 40 * DAY))
    board = later.commit().board
    assert set(board.clients) == {later.client}
    assert later.pending == []
    os.utime(next(state.glob(f"*/done/{one.client}.*")), (NOW - 9 * DAY, NOW - 9 * DAY))
    later.close()
    assert [p.name.partition(".")[0] for p in state.glob("*/done/*")] == [later.client]


def test_a_full_disk_here_refuses_in_words_and_records_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, state = make_board(tmp_path / "board.json"), tmp_path / "state"
    shared = opened(path, state)

    def full(self: Disk, fd: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Disk, "fsync", full)
    with pytest.raises(Refused) as refused:
        shared.record([sync("one")], stamp())
    assert refused.value.code == "journal"
    monkeypatch.undo()
    assert shared.pending == []
    shared.record([sync("two")], stamp())
    assert len(shared.commit().settled) == 1


def test_a_state_directory_that_cannot_be_made_refuses_in_words(tmp_path: Path) -> None:
    path, state = make_board(tmp_path / "board.json"), tmp_path / "state"
    state.write_text("a file")
    shared = opened(path, state)
    with pytest.raises(Refused) as refused:
        shared.record([sync("one")], stamp())
    assert refused.value.code == "journal"


def test_a_board_id_that_is_a_path_leads_nowhere_else(tmp_path: Path) -> None:
    path, state = make_board(tmp_path / "board.json"), tmp_path / "a" / "b" / "state"
    meta = opened(path, state).shown().meta
    path.write_bytes(path.read_bytes().replace(meta.board.encode(), b"../../../x"))
    shared = opened(path, state)
    shared.record([sync("one")], stamp())
    assert [found.name for found in tmp_path.iterdir() if found.name not in {"board.json", "a"}] == []
    assert len(list(state.glob("*/*.jsonl"))) == 1
