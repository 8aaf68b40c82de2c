"""Sessions that are killed at named points of a commit: `BOARD STATE NAME COUNT CHANCE [HOST]` is one process of them.

It records COUNT entries in the sync log one by one. At each point of `POINTS` it ends by SIGKILL with CHANCE; then the
next process takes its place with the same state directory, as a person who starts the program again. It prints a line
`a TOPIC` for each it acknowledged, `k POINT` where it was killed, `c SECONDS` a commit took, `u WORDS` where the share
was away for a moment, `! PROBLEM`.
"""

from __future__ import annotations

import importlib
import mmap
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Final

from tinydb import TinyDB

from store.clock import SystemClock
from store.errors import BoardUnavailable
from store.file import owner, waiting_line
from store.file.disk import Disk
from store.file.shared_board import SharedBoard
from store.operations.sync import AddSyncEntry
from tests.store.storage_helpers import ANA, stamp

POINTS: Final = {
    ("half", "journal"): "half a line in the journal",
    ("write", "journal"): "a line in the journal, not safe yet",
    ("fsync", "journal"): "the line safe, nobody told",
    ("mkdir", "lock"): "the lock made, no name in it",
    ("open", "owner"): "an empty name in the lock",
    ("write", "owner"): "the lock named",
    ("link", "name"): "a second name for the board",
    ("read", "name"): "the board being read",
    ("unlink", "name"): "the board read",
    ("link", "backup"): "the backup of the day made",
    ("open", "new"): "an empty new file",
    ("half", "new"): "half a new file",
    ("write", "new"): "a new file, not safe yet",
    ("fsync", "new"): "the new file safe",
    ("close", "new"): "the new file closed",
    ("read", "owner"): "the lock looked at once more",
    ("replace", "board"): "the new file in place",
    ("fsync", "folder"): "the folder safe",
    ("rename", "lock"): "the lock set aside",
    ("unlink", "owner"): "the name taken out of the lock",
    ("rmdir", "gone"): "the lock gone",
}
"""(call, what it is about) -> where a process is killed: always behind the call, but for `half`."""


def kind(path: str) -> str:
    """What a path beside the board, or in the state directory, is."""
    folder, name = os.path.split(path)
    if name == "owner":
        return "owner"
    if ".lock.rel-" in name or ".lock.stale-" in name:
        return "gone"
    if folder.endswith(".backups"):
        return "backup"
    if name.endswith(".tmp"):
        return "name" if ".r-" in name else "new"
    return {".lock": "lock", ".jsonl": "journal", ".new": "journal", ".json": "board"}.get(
        os.path.splitext(name)[1], "folder"
    )


class DeadlyDisk(Disk):
    """A disk under whose calls the process may end; after each replace it reads the board as stock TinyDB does."""

    def __init__(self, chance: float = 0.0) -> None:
        self.chance = chance
        self._kinds: dict[int, str] = {}

    def _point(self, call: str, about: str) -> None:
        point = POINTS.get((call, about))
        if point is not None and random.random() < self.chance:
            say("k", point)
            os.kill(os.getpid(), signal.SIGKILL)

    def open(self, path: str, flags: int, mode: int = 0o666) -> int:
        fd = super().open(path, flags, mode)
        self._kinds[fd] = kind(path)
        if flags & os.O_CREAT:
            self._point("open", kind(path))
        return fd

    def read(self, fd: int, size: int) -> bytes:
        data = super().read(fd, size)
        about = self._kinds[fd]
        if about != "owner" or f":{os.getpid()}:".encode() in data:  # not while somebody else has the lock
            self._point("read", about)
        return data

    def write(self, fd: int, data: bytes | memoryview) -> int:
        about = self._kinds[fd]
        if ("half", about) in POINTS and random.random() < self.chance:
            super().write(fd, data[: len(data) // 2])
            say("k", POINTS["half", about])
            os.kill(os.getpid(), signal.SIGKILL)
        done = super().write(fd, data)
        self._point("write", about)
        return done

    def fsync(self, fd: int) -> None:
        super().fsync(fd)
        self._point("fsync", self._kinds[fd])

    def close(self, fd: int) -> None:
        super().close(fd)
        self._point("close", self._kinds.pop(fd, ""))

    def link(self, old: str, new: str) -> None:
        super().link(old, new)
        self._point("link", kind(new))

    def replace(self, old: str, new: str) -> None:
        super().replace(old, new)
        try:
            with TinyDB(new, encoding="utf-8", access_mode="r") as db:
                if "_meta" not in db.tables():
                    say("!", "no _meta in the file")
        except (ValueError, OSError) as problem:
            say("!", f"after a replace: {problem!r}")
        self._point("replace", kind(new))

    def rename(self, old: str, new: str) -> None:
        super().rename(old, new)
        self._point("rename", kind(old))

    def mkdir(self, path: str, mode: int = 0o777) -> None:
        super().mkdir(path, mode)
        self._point("mkdir", kind(path))

    def rmdir(self, path: str) -> None:
        super().rmdir(path)
        self._point("rmdir", kind(path))

    def unlink(self, path: str) -> None:
        super().unlink(path)
        self._point("unlink", kind(path))


def say(letter: str, text: str) -> None:
    """One line in one write: a process that is killed has said it, or not."""
    os.write(1, f"{letter} {text}\n".encode())


def read(shared: SharedBoard) -> None:
    """Read as the dashboard does: a share that is away comes back."""
    while shared.board is None:
        try:
            shared.read()
        except BoardUnavailable as error:
            say("u", str(error))
            time.sleep(0.5)


def send(shared: SharedBoard) -> None:
    """Commit as the dashboard does: what the share refuses for a moment is sent a moment later."""
    while shared.pending:
        try:
            shared.commit()
        except BoardUnavailable as error:
            say("u", str(error))
            time.sleep(0.5)


def live(path: str, state: str, name: str, count: int, *, chance: float, acknowledged: mmap.mmap, life: int) -> None:
    """One process: go on where the one before it ended."""
    random.seed(f"{name} {life} {time.time_ns()}")
    disk, clock = DeadlyDisk(), SystemClock()
    shared = SharedBoard(Path(path), state=Path(state), clock=clock, terminal=name, disk=disk, home=disk)
    # Where somebody dies every fifth second, what the dead leave must not cost the minutes it costs once a year.
    shared.lock.patience, shared.lock.nameless = 300.0, 0.5
    waiting_line.FORGOTTEN, waiting_line.TURN = 2.0, 0.02
    read(shared)
    while acknowledged[0] < count:
        topic = f"{name} {acknowledged[0]} {life}"
        disk.chance = chance
        shared.record([AddSyncEntry(topic=topic)], stamp(clock.now(), ANA))
        acknowledged[0] += 1
        say("a", topic)
        began = time.monotonic()
        send(shared)
        say("c", f"{time.monotonic() - began:.3f}")
    disk.chance = 0.0
    send(shared)
    shared.close()


def main(path: str, state: str, name: str, count: str, *more: str) -> int:
    """Live again and again, until all entries are recorded and sent."""
    chance, *machine = more
    if machine:  # two mounts of one share stand for two machines
        owner.HOST = machine[0]
    first = SharedBoard(Path(path), state=Path(state), clock=SystemClock())
    read(first)
    first.calendars.of(first.shown())  # what a process needs once, not once in each of its lives
    importlib.import_module("store.results")
    importlib.import_module("store.file.transaction")
    acknowledged = mmap.mmap(-1, 1)
    for life in range(10_000):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                live(path, state, name, int(count), chance=float(chance), acknowledged=acknowledged, life=life)
                code = 0
            except BaseException as problem:  # noqa: BLE001 - whatever it is, the test must hear of it
                say("!", f"{problem!r} from {problem.__cause__!r}".replace("\n", " "))
            os._exit(code)
        _pid, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            return os.waitstatus_to_exitcode(status)
    return 2


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
