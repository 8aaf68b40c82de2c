"""What accidents left beside a board goes after 30 days; the newest of each kind stays."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from store.file.backups import KEPT, prune
from store.file.disk import Disk
from store.file.replace import sweep
from tests.store.storage_helpers import NOW, FaultyDisk, make_board, opened, sync, write

DAY = 86_400


def put(path: Path, days: float) -> Path:
    """A file that has been there for so many days."""
    path.parent.mkdir(exist_ok=True)
    path.write_text("{}")
    os.utime(path, (NOW - days * DAY, NOW - days * DAY))
    return path


def test_old_ones_go_and_the_newest_of_each_kind_stays(tmp_path: Path) -> None:
    board = tmp_path / "板 one.json"
    folder = Path(f"{board}.backups")
    old = [
        put(folder / "rewind-aa.json", 90),
        put(folder / "merged-20200101-100000-board (2).json", 0),  # its name says when it was moved there
        put(tmp_path / "板 one.json.damaged-20200101-100000", 0),
    ]
    kept = [
        put(folder / "rewind-bb.json", 40),  # the newest of its kind
        put(folder / "merged-20200102-100000-board (3).json", 0),
        put(tmp_path / "板 one.json.damaged-20200102-100000", 0),
        put(folder / "2020-01-01.json", 400),
        put(folder / "before-format-2.json", 400),
        put(folder / "before-restore-20200101-100000.json", 400),
        put(tmp_path / "other.json.damaged-20200101-100000", 400),
        put(folder / "mine.json", 400),
    ]
    sweep(Disk(), str(board), NOW)
    assert [path.name for path in old if path.exists()] == []
    assert [path.name for path in kept if not path.exists()] == []


def test_within_thirty_days_all_stay(tmp_path: Path) -> None:
    board = tmp_path / "b.json"
    kept = [put(Path(f"{board}.backups") / f"rewind-{days}.json", days) for days in (1, 29, 2)]
    prune(Disk(), str(board), NOW)
    assert all(path.exists() for path in kept)
    prune(Disk(), str(board), NOW + KEPT)
    assert [path.exists() for path in kept] == [True, False, False]


@pytest.mark.parametrize("call", ["listdir", "stat", "unlink"])
def test_a_share_that_refuses_costs_nothing(tmp_path: Path, call: str) -> None:
    board = tmp_path / "b.json"
    for days in (50, 60):
        put(Path(f"{board}.backups") / f"rewind-{days}.json", days)
    disk = FaultyDisk()
    disk.fail(errno.EACCES, call)
    prune(disk, str(board), NOW)


def test_the_first_write_of_a_day_does_it(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    old, new = (put(Path(f"{path}.backups") / f"rewind-{days}.json", days) for days in (900, 800))
    write(opened(path, tmp_path / "state"), sync("x"))
    assert (old.exists(), new.exists()) == (False, True)
