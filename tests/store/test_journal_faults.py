"""Every errno at every call of an acknowledgement: it counts and is sent once, or is refused in words, never sent."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import msgspec
import pytest

from store.clock import FixedClock
from store.errors import Refused
from store.file.shared_board import SharedBoard
from store.file.storage import parse
from tests.store.storage_helpers import NOW, FaultyDisk, HastyDisk, make_board, stamp, sync
from tests.store.test_shared_board_faults import ERRNOS, name


def opened_at(path: Path, state: Path, home: FaultyDisk | None = None) -> SharedBoard:
    shared = SharedBoard(path, state=state, clock=FixedClock(NOW), terminal="t", disk=HastyDisk(), home=home)
    shared.read()
    return shared


class Trial:
    """One machine after the other, each with acknowledgements that meet faults."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.new = make_board(folder / "new.json").read_bytes()
        self.count = 0
        self.calls = self.record(0, range(0))

    def record(self, number: int, at: range, *, after: bool = False, call: str = "") -> list[str]:
        """Acknowledge twice, with faults, and once without; then the program is killed and started anew."""
        self.count += 1
        folder = self.folder / str(self.count)
        folder.mkdir()
        path = folder / "board.json"
        path.write_bytes(self.new)
        home = FaultyDisk()
        shared = opened_at(path, folder / "state", home)
        home.fail(number, call, at=at, after=after)
        told, refused = list[str](), list[Refused]()
        for topics in (["one"], ["two", "three", "four"]):
            try:
                shared.record([sync(topic) for topic in topics], stamp())
                told += topics
            except Refused as error:
                refused.append(error)
        assert {error.code for error in refused} <= {"journal"}
        assert all("Nothing was recorded." in str(error) and "Errno" not in str(error) for error in refused)
        trace = home.trace
        home.heal()
        assert [record.n for record in shared.pending] == sorted({record.n for record in shared.pending})
        shared.record([sync("five")], stamp())
        told.append("five")
        assert len(shared.pending) == len(told)
        shared._numbers._outbox._own.close()  # type: ignore[union-attr]  # as the system does for who is killed
        heir = opened_at(path, folder / "state")
        heir.commit()
        assert heir.pending == []
        heir.close()
        rows = parse(path.read_bytes())["sync"].values()
        assert [msgspec.json.decode(row)["topic"] for row in rows] == told
        return trace


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trial:
    monkeypatch.setattr(os, "fsync", int)
    return Trial(tmp_path)


@pytest.mark.parametrize("number", ERRNOS, ids=name)
def test_an_error_instead_of_any_one_call(number: int, trial: Trial) -> None:
    assert len(trial.calls) > 8
    for place in range(len(trial.calls)):
        trial.record(number, range(place, place + 1))


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC], ids=name)
def test_an_error_after_any_one_call_was_done_or_from_it_on(number: int, trial: Trial) -> None:
    for place in range(len(trial.calls)):
        trial.record(number, range(place, place + 1), after=True)
        trial.record(number, range(place, 10**6))


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC], ids=name)
def test_a_kind_of_call_that_always_fails(number: int, trial: Trial) -> None:
    for call in set(trial.calls):
        trial.record(number, range(10**6), call=call)
