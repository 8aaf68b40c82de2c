"""Boards, sessions and a disk that fails, for the tests of store.file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from store.clock import FixedClock
from store.file.disk import Disk
from store.file.shared_board import CommitResult, SharedBoard, create_board
from store.operations.base import Operation, Stamp
from store.operations.cards import CreateCard
from store.operations.people import AddPerson
from store.operations.sync import AddSyncEntry

NOW = 1_795_000_000
ANA = 11
CARD = 101


def stamp(at: int = NOW, person: int = ANA) -> Stamp:
    return Stamp(person=person, at=at, recorded=at, terminal="ana@pc7")


def make_board(path: Path, *more: Operation) -> Path:
    """A board with one person and one card."""
    operations = [AddPerson(id=ANA, name="安娜"), CreateCard(id=CARD, name="渠道推广", project="P"), *more]
    create_board(path, name="测试", clock=FixedClock(NOW), stamp=stamp(), operations=operations)
    return path


def session(path: Path, state: Path, disk: Disk | None = None, clock: Any = None) -> SharedBoard:
    return SharedBoard(path, state=state, clock=clock or FixedClock(NOW), terminal="ana@pc7", disk=disk)


def opened(path: Path, state: Path, disk: Disk | None = None) -> SharedBoard:
    shared = session(path, state, disk)
    shared.read()
    return shared


def sync(topic: str) -> AddSyncEntry:
    return AddSyncEntry(topic=topic)


def write(shared: SharedBoard, *operations: Operation) -> CommitResult:
    shared.record(operations, stamp())
    return shared.commit()


def topics(path: Path, state: Path) -> list[str]:
    """What stands in the sync log, as a session that is new sees it."""
    shared = opened(path, state)
    try:
        return [entry.topic for entry in shared.shown().sync.values()]
    finally:
        shared.close()


class HastyDisk(Disk):
    """A disk on which waiting takes no time, and never less than a fifth of a second by its clock."""

    def __init__(self) -> None:
        self.slept = 0.0

    def sleep(self, seconds: float) -> None:
        self.slept += max(seconds, 0.2)

    def monotonic(self) -> float:
        return super().monotonic() + self.slept


CALLS = (
    *("open", "read", "write", "fsync", "close", "fstat", "stat", "listdir", "link", "replace", "rename"),
    *("mkdir", "unlink", "rmdir", "fchmod", "chmod", "truncate", "makedirs"),
)


class FaultyDisk(HastyDisk):
    """Fails chosen calls. `trace` lists the calls made since the last `fail` or `heal`."""

    def __init__(self) -> None:
        super().__init__()
        self.trace: list[str] = []
        self._number, self._call, self._at, self._after = 0, "", range(0), False

    def fail(self, number: int, call: str = "", *, at: range = range(10**6), after: bool = False) -> None:
        """Let `call` (any, if empty) give the errno at these places of the trace; `after`: having done its work."""
        self.trace, self._number, self._call, self._at, self._after = [], number, call, at, after

    def heal(self) -> None:
        self.fail(0, at=range(0))

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        return self._through(name, found) if name in CALLS else found

    def _through(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def made(*arguments: Any) -> Any:
            fails = len(self.trace) in self._at and self._call in {"", name}
            self.trace.append(name)
            if not fails:
                return call(*arguments)
            if self._after or name == "close":
                result = call(*arguments)
                if name == "open":
                    os.close(result)
            raise OSError(self._number, os.strerror(self._number))

        return made
