"""The history moves into files as it grows: nothing lost, nothing twice, and nothing else depends on where it is."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tinydb import TinyDB

from store.errors import BoardUnavailable
from store.file import history_files
from store.file.disk import Disk
from store.file.shared_board import SharedBoard
from store.operations.reverting import Revert
from store.undoing import Turns
from tests.store.storage_helpers import ANA, CALLS, CARD, HastyDisk, make_board, opened, stamp, sync, topics, write


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five entries stay; from eight on the surplus is moved."""
    monkeypatch.setattr(history_files, "KEPT", 5)
    monkeypatch.setattr(history_files, "SLACK", 2)


def grown(tmp_path: Path, count: int, disk: Disk | None = None) -> SharedBoard:
    """A board with `count` entries in the sync log, each of a commit of its own."""
    shared = opened(make_board(tmp_path / "board.json"), tmp_path / "state", disk)
    for number in range(count):
        write(shared, sync(f"topic {number}"))
    return shared


def numbers(shared: SharedBoard) -> list[int]:
    """Chain numbers of the history, files first."""
    board = shared.read()
    return [*shared.past.older(board), *sorted(board.history)]


def files(path: Path) -> list[Path]:
    return sorted(Path(f"{path}.history").iterdir())


def problems(shared: SharedBoard) -> list[tuple[str, str]]:
    return [(where, why.code) for where, why in shared.past.problems(shared.read())]


def test_the_oldest_entries_move_into_a_file_of_their_month_and_the_chain_holds(tmp_path: Path) -> None:
    shared = grown(tmp_path, 20)
    with TinyDB(shared.path, encoding="utf-8") as db:
        kept = sorted(entry.doc_id for entry in db.table("history"))
    assert 5 <= len(kept) <= 7
    assert [file.name for file in files(shared.path)] == ["2026-11.jsonl"]
    assert numbers(shared) == list(range(1, 23))
    assert problems(shared) == []


def test_older_entries_are_found_by_record_and_by_instant(tmp_path: Path) -> None:
    shared = grown(tmp_path, 20)
    board = shared.read()
    first = next(iter(board.sync))
    assert {entry.operation for entry in shared.past.older(board, [first]).values()} == {"AddSyncEntry"}
    assert len(shared.past.older(board, [first])) == 1
    assert CARD in next(iter(shared.past.older(board, [CARD]).values())).touched
    assert shared.past.older(board, since=2**40) == {}
    assert sorted(shared.past.whole(board).history) == list(range(1, 23))
    assert shared.past.whole(board).sync is board.sync


def test_entries_keep_what_another_program_put_into_them(tmp_path: Path) -> None:
    shared = grown(tmp_path, 1)
    with TinyDB(shared.path, encoding="utf-8", indent=1) as db:
        db.table("history").update({"mood": "好\n"}, doc_ids=[1])
    for number in range(9):
        write(shared, sync(f"more {number}"))
    lines = files(shared.path)[0].read_bytes().splitlines()
    assert msgspec.json.decode(lines[0])["body"]["mood"] == "好\n"


class HistoryFault(HastyDisk):
    """One call on the history's files (or the replace behind them) fails, at first; `after`: having done its work."""

    def __init__(self, call: str, *, after: bool) -> None:
        super().__init__()
        self.call, self.after, self.left, self.failed = call, after, 0, 0
        self._ours: set[int] = set()

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        return partial(self._made, name, found) if name in CALLS else found

    def _made(self, name: str, call: Callable[..., Any], *arguments: Any) -> Any:
        first = arguments[0]
        ours = name == "replace" or (first in self._ours if isinstance(first, int) else ".history" in str(first))
        fails = ours and name == self.call and self.left > 0
        if fails:
            self.left, self.failed = self.left - 1, self.failed + 1
        result: Any = call(*arguments) if not fails or self.after or name == "close" else None
        if name == "open" and not fails and ours:
            self._ours.add(result)
        elif name == "open" and fails and self.after:
            os.close(result)
        elif name == "close":
            self._ours.discard(first)
        if fails:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return result


@pytest.mark.parametrize("call", ["mkdir", "open", "fstat", "write", "fsync", "close", "replace"])
@pytest.mark.parametrize("after", [False, True])
def test_a_move_that_fails_anywhere_loses_nothing_and_doubles_nothing(tmp_path: Path, call: str, after: bool) -> None:
    disk = HistoryFault(call, after=after)
    shared = grown(tmp_path, 5, disk)
    disk.left = 2
    for number in range(12):
        shared.record([sync(f"late {number}")], stamp())
        with suppress(BoardUnavailable):
            shared.commit()
    assert disk.failed
    shared.commit()
    assert numbers(shared) == list(range(1, 20))
    assert problems(shared) == []
    assert files(shared.path)
    said = topics(shared.path, tmp_path / "other")
    assert len(said) == len(set(said)) == 17


def test_a_share_that_refuses_the_folder_costs_the_move_and_never_the_write(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    Path(f"{path}.history").write_text("in the way", encoding="utf-8")
    shared = opened(path, tmp_path / "state")
    for number in range(12):
        write(shared, sync(f"topic {number}"))
    assert sorted(shared.read().history) == list(range(1, 15))


def test_a_line_cut_short_by_a_crash_swallows_no_other(tmp_path: Path) -> None:
    shared = grown(tmp_path, 8)
    (file,) = files(shared.path)
    file.write_bytes(file.read_bytes() + b'{"board":"x","entry":9,"bo')
    for number in range(10):
        write(shared, sync(f"more {number}"))
    assert numbers(shared) == list(range(1, 21))
    assert problems(shared) == []


def test_colleagues_may_write_the_files_who_may_write_the_board(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    path.chmod(0o664)
    shared = opened(path, tmp_path / "state")
    for number in range(9):
        write(shared, sync(f"topic {number}"))
    assert stat.S_IMODE(files(path)[0].stat().st_mode) == 0o664


def test_an_old_copy_over_the_board_lets_the_chain_go_another_way(tmp_path: Path) -> None:
    shared = grown(tmp_path, 3)
    shutil.copy(shared.path, tmp_path / "old.json")
    for number in range(9):
        write(shared, sync(f"gone {number}"))
    assert files(shared.path)
    shared.close()
    shutil.copy(tmp_path / "old.json", shared.path)
    other = opened(shared.path, tmp_path / "other")
    for number in range(12):
        write(other, sync(f"other {number}"))
    assert numbers(other) == list(range(1, 18))
    assert problems(other) == []
    entries = other.past.whole(other.read()).history
    subjects = {entry.subject for entry in entries.values() if entry.operation == "AddSyncEntry"}
    assert subjects <= set(other.read().sync)


# Who is done, and what was undone, do not depend on where the entries are ---------------------------


def test_a_journal_that_comes_back_is_not_written_twice_once_its_entries_have_moved(tmp_path: Path) -> None:
    shared = grown(tmp_path, 4)
    folder = tmp_path / "state" / shared.read().meta.board
    copies = [(file, file.read_bytes()) for file in folder.glob("*.jsonl")]
    for number in range(9):
        write(shared, sync(f"more {number}"))
    assert min(shared.read().history) > 6
    shared.close()
    for file, content in copies:  # a home directory that was restored from a backup
        file.write_bytes(content)
    again = opened(shared.path, tmp_path / "state")
    again.commit()
    write(again, sync("new"))
    said = topics(shared.path, tmp_path / "other")
    assert len(said) == len(set(said)) == 14


@pytest.mark.parametrize("kept", [5, 10**6])
def test_what_was_undone_stays_undone_wherever_the_entries_are(
    tmp_path: Path, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_files, "KEPT", kept)
    shared = opened(make_board(tmp_path / "board.json"), tmp_path / "state")
    write(shared, sync("undone"))
    entry = shared.read().history[max(shared.read().history)]
    write(shared, Revert(entry=entry.id, client=entry.client, n=entry.n, record=entry.subject))
    revert = max(shared.read().history)
    for number in range(4):  # so many that what was undone has left, and its undo has not
        write(shared, sync(f"more {number}"))
    board = shared.read()
    assert (entry.id in board.history, revert in board.history) == (kept > 5, True)
    again = Revert(entry=entry.id, client=entry.client, n=entry.n, record=entry.subject)
    assert [*again.check(board, stamp())] != []
    offered = set[int]()
    while (last := Turns(shared.read()).last_done(ANA)) is not None and last.id > revert:
        offered.add(last.id)
        write(shared, Revert(entry=last.id, client=last.client, n=last.n, record=last.subject))
    assert offered >= set(range(revert + 2, revert + 5))  # the undos move entries too
    assert last is None or last.id < entry.id  # what is older, never the undo of it
    redo = Turns(shared.read()).last_undone(ANA)
    assert redo is not None
    assert redo.id > revert
    assert "undone" not in topics(shared.path, tmp_path / "other")


def test_an_undo_that_waited_is_settled_as_if_nothing_had_moved(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    waiting, others = opened(path, tmp_path / "state"), opened(path, tmp_path / "others")
    write(waiting, sync("mine"))
    entry = waiting.read().history[max(waiting.read().history)]
    waiting.record([Revert(entry=entry.id, client=entry.client, n=entry.n, record=entry.subject)], stamp())
    for number in range(9):
        write(others, sync(f"topic {number}"))
    assert entry.id not in others.read().history
    result = waiting.commit()
    assert [one.outcome for one in result.settled] == ["applied"]
    assert "mine" not in topics(path, tmp_path / "other")
    assert numbers(waiting) == list(range(1, 14))
    assert problems(waiting) == []
