"""Every errno at every call of a commit: old or new content, never torn, and nothing lost or doubled after."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import msgspec
import pytest

from store.errors import BoardReadOnly, BoardUnavailable, CrossdeckError
from store.file.storage import parse
from tests.store.storage_helpers import FaultyDisk, HastyDisk, make_board, opened, stamp, sync

ERRNOS = (
    *(errno.EIO, errno.ENOSPC, errno.EACCES, errno.EPERM, errno.ESTALE, errno.EROFS, errno.ETIMEDOUT),
    *(errno.ENOTCONN, errno.ENOENT, errno.EBUSY, errno.EFBIG, errno.ENOTSUP, errno.EDQUOT),
)
LASTING = (errno.EIO, errno.ENOSPC, errno.EACCES, errno.ENOENT)


def name(number: int) -> str:
    return errno.errorcode[number]


class Trial:
    """One board after the other, each with one commit that meets faults."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.new = make_board(folder / "new.json").read_bytes()
        self.count = 0
        self.calls = self.commit(0, range(0))

    def commit(self, number: int, at: range, *, after: bool = False, call: str = "") -> list[str]:
        """A commit with faults at these places, and one without: both changes are in the file, once."""
        self.count += 1
        folder = self.folder / str(self.count)
        folder.mkdir()
        path = folder / "board.json"
        path.write_bytes(self.new)
        disk = FaultyDisk()
        shared = opened(path, folder / "state", disk)
        shared.record([sync("one")], stamp())
        disk.fail(number, call, at=at, after=after)
        written = False
        try:
            written = bool(shared.commit().settled)
        except (BoardUnavailable, BoardReadOnly) as error:
            check_words(error, path)
        trace = disk.trace
        disk.heal()
        content = path.read_bytes()
        assert content == self.new or topics(content) == ["one"]
        assert not (written and shared.pending)
        assert [record.n for record in shared.pending] == [1] or content != self.new
        shared.record([sync("two")], stamp())
        shared.commit()
        assert shared.pending == []
        shared.close()
        assert topics(path.read_bytes()) == ["one", "two"]
        return trace


def check_words(error: CrossdeckError, path: Path) -> None:
    """What a person is told: what happened where, what becomes of the changes; no number of an error."""
    said = str(error)
    assert error.code in {"unavailable", "unreadable", "missing", "full", "permission", "locked"}
    assert str(path.parent) in said
    assert said.endswith(".") or "chmod" in said
    assert "Errno" not in said
    assert "wait" in said or "may not read" in said


def topics(content: bytes) -> list[str]:
    history = [(e["client"], e["n"]) for e in msgspec.json.decode(content)["history"].values()]
    assert len(history) == len(set(history))
    return [msgspec.json.decode(row)["topic"] for row in parse(content)["sync"].values()]


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trial:
    monkeypatch.setattr(os, "fsync", int)  # hundreds of commits, and nobody pulls the plug
    return Trial(tmp_path)


@pytest.mark.parametrize("number", ERRNOS, ids=name)
def test_an_error_instead_of_any_one_call(number: int, trial: Trial) -> None:
    assert len(trial.calls) > 30
    for place in range(len(trial.calls)):
        trial.commit(number, range(place, place + 1))


@pytest.mark.parametrize("number", [errno.EIO, errno.ETIMEDOUT], ids=name)
def test_an_error_after_any_one_call_was_done(number: int, trial: Trial) -> None:
    for place in range(len(trial.calls)):
        trial.commit(number, range(place, place + 1), after=True)


@pytest.mark.parametrize("number", LASTING, ids=name)
def test_an_error_from_any_call_on(number: int, trial: Trial) -> None:
    for place in range(len(trial.calls)):
        trial.commit(number, range(place, 10**6))


@pytest.mark.parametrize("number", ERRNOS, ids=name)
def test_a_kind_of_call_that_always_fails(number: int, trial: Trial) -> None:
    for call in set(trial.calls):
        trial.commit(number, range(10**6), call=call)


def test_a_torn_read_is_tried_again(tmp_path: Path) -> None:
    path, state = make_board(tmp_path / "board.json"), tmp_path / "state"

    class Torn(HastyDisk):
        reads = 0

        def read(self, fd: int, size: int) -> bytes:
            data = super().read(fd, size)
            self.reads += 1
            return data[: len(data) // 2] if self.reads == 1 and data else data

    disk = Torn()
    assert opened(path, state, disk).board is not None
    assert disk.reads > 1


def test_a_full_share_says_so_and_keeps_the_change(tmp_path: Path) -> None:
    path, state = make_board(tmp_path / "board.json"), tmp_path / "state"
    disk = FaultyDisk()
    shared = opened(path, state, disk)
    shared.record([sync("one")], stamp())
    before = path.read_bytes()
    disk.fail(errno.ENOSPC, "write")
    with pytest.raises(BoardUnavailable) as full:
        shared.commit()
    assert full.value.code == "full"
    assert path.read_bytes() == before
    disk.heal()
    assert shared.commit().settled[0].outcome == "applied"
