from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
from tinydb import TinyDB

from store.clock import SystemClock
from store.errors import CrossdeckError
from store.file.chain import chain_hash
from store.file.shared_board import SharedBoard
from store.file.storage import parse
from tests.store.storage_helpers import HastyDisk, make_board, opened, session, stamp, sync

ROOT = Path(__file__).parents[2]


def start(path: Path, state: Path, name: str, count: int, kill: float = 0) -> subprocess.Popen[str]:
    arguments = [str(path), str(state), name, str(count), str(kill)]
    command = [sys.executable, "-m", "tests.store.storage_worker", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def acknowledged(process: subprocess.Popen[str]) -> list[str]:
    """What a worker said it had recorded, once it has ended."""
    said, _ = process.communicate(timeout=120)
    return said.splitlines()


def check_whole(path: Path, expected: list[str]) -> None:
    """Every acknowledged change once, one history entry each, the chain unbroken; stock TinyDB reads it all."""
    with TinyDB(path, encoding="utf-8") as db:
        assert Counter(entry["topic"] for entry in db.table("sync")) == Counter(expected)
        entries = sorted(db.table("history"), key=lambda entry: entry.doc_id)
    assert [entry.doc_id for entry in entries] == list(range(1, len(entries) + 1))
    assert max(Counter((entry["client"], entry["n"]) for entry in entries).values()) == 1
    previous = ""
    for entry in entries:
        assert entry["hash"] == chain_hash(previous, dict(entry))
        previous = entry["hash"]


def beside(path: Path) -> set[str]:
    return {found.name for found in path.parent.iterdir()} - {path.name, f"{path.name}.backups"}


def reading(shared: SharedBoard, done: threading.Event, problems: list[object]) -> None:
    """Poll without a pause: revisions only grow, and no read fails."""
    last = 0
    while not done.is_set():
        try:
            board = shared.poll()
        except CrossdeckError as error:
            problems.append(error)
            return
        if board is not None:
            board.decode_all()
            if board.meta.rev < last or board.damaged:
                problems.append((last, board.meta.rev, board.damaged))
            last = board.meta.rev


@pytest.mark.slow
def test_two_processes_at_once_lose_and_double_nothing_and_readers_see_whole_boards(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    path = make_board(tmp_path / "share" / "board.json")
    done, problems = threading.Event(), list[object]()
    reader = threading.Thread(target=reading, args=(opened(path, tmp_path / "r"), done, problems))
    reader.start()
    workers = [start(path, tmp_path / name, name, 100) for name in ("a", "b")]
    said = [topic for worker in workers for topic in acknowledged(worker)]
    done.set()
    reader.join()
    assert problems == []
    assert len(said) == 200
    check_whole(path, said)
    assert beside(path) == set()


@pytest.mark.slow
def test_processes_killed_anywhere_in_a_commit_lose_and_double_nothing(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    path, state = make_board(tmp_path / "share" / "board.json"), tmp_path / "state"
    workers = [start(path, state, f"{n}", 20, 0.003) for n in range(6)]
    said = [topic for worker in workers for topic in acknowledged(worker)]
    killed = [worker for worker in workers if worker.returncode]
    assert killed
    assert all(worker.returncode == -9 for worker in killed)
    parse(path.read_bytes())
    heir = session(path, state, HastyDisk(), SystemClock())
    heir.read()
    heir.record([sync("last")], stamp())
    heir.commit()
    assert heir.pending == []
    heir.close()
    check_whole(path, [*said, "last"])
    assert not [name for name in beside(path) if name.endswith(".lock")]


@pytest.mark.slow
def test_threads_of_one_session_share_it(tmp_path: Path) -> None:
    path, state = make_board(tmp_path / "board.json"), tmp_path / "state"
    shared = opened(path, state)
    recorded, done = threading.Semaphore(0), threading.Event()
    problems: list[object] = []

    def writing() -> None:
        while not (done.is_set() and not shared.pending):
            recorded.acquire()
            shared.commit()

    threads = [
        threading.Thread(target=writing),
        threading.Thread(target=reading, args=(shared, done, problems)),
    ]
    for thread in threads:
        thread.start()
    for number in range(50):
        shared.record([sync(str(number))], stamp())
        assert str(number) in {entry.topic for entry in shared.shown().sync.values()}
        recorded.release()
    done.set()
    recorded.release(2)
    for thread in threads:
        thread.join(30)
    assert problems == []
    shared.commit()
    check_whole(path, [str(number) for number in range(50)])
