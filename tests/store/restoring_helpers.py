"""Boards, their backups, and sessions in processes of their own, for the tests of what is put back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from store.board import Board
from store.file.shared_board import SharedBoard
from store.file.storage import meta_of, parse
from store.operations.prepared import RestoreBoard
from store.restoring import plan_restore
from tests.store.storage_helpers import write

ROOT = Path(__file__).parents[2]


def read(path: Path) -> Board:
    raws = parse(path.read_bytes())
    return Board(meta_of(raws), raws)


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


def other_process(path: Path, state: Path, name: str, count: int, kill: str = "0") -> None:
    """A session in a process of its own writes some entries; with `kill` it dies on the way."""
    command = [sys.executable, "-m", "tests.store.storage_worker", str(path), str(state), name, str(count), kill]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=kill == "0", timeout=120)


def topics_of(path: Path) -> set[str]:
    return {entry.topic for entry in read(path).sync.values()}
