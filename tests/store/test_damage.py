"""A board damaged in every way: only errors in words, and never a write over a file that cannot be read whole.

`CROSSDECK_DAMAGE` says how many cases; `make test-damage` runs ten thousand.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from store.board import Board
from store.checking import problems
from store.clock import FixedClock
from store.errors import BoardReadOnly, CrossdeckError
from store.file.shared_board import SharedBoard
from store.file.storage import encode, meta_of, parse
from store.repairing import repairs
from store.restoring import plan_restore
from tests.store.builders import Cast, busy
from tests.store.storage_helpers import NOW, HastyDisk, stamp, sync

CASES = int(os.environ.get("CROSSDECK_DAMAGE", "120"))
WRITTEN = {"_meta", "sync", "history", "clients", "results", "counters", "asides"}
"""Tables the change that is tried may touch."""
PIECES = (
    b"",
    b"\0",
    b"{",
    b"}",
    b'"',
    b",",
    b"[]",
    b"null",
    b"\xff",
    b"-1",
    b"1e400",
    b"true",
    b'{"1":{}}',
    b"\\ud800",
)
Spoil = Callable[[random.Random, bytes], bytes]


def flipped(rng: random.Random, data: bytes) -> bytes:
    """Some bits are another way round."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 30))):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def cut(rng: random.Random, data: bytes) -> bytes:
    """The end is missing."""
    return data[: rng.randrange(len(data))]


def holed(rng: random.Random, data: bytes) -> bytes:
    """A part is missing, zeros, or another part of the file."""
    at, length = rng.randrange(len(data)), rng.choice((1, 8, 64, 4096))
    other = rng.randrange(len(data))
    filled = rng.choice((b"", b"\0" * length, data[other : other + length]))
    return data[:at] + filled + data[at + length :]


def replaced(rng: random.Random, data: bytes) -> bytes:
    """A value somewhere is another one."""
    out = data
    for _ in range(rng.choice((1, 2, 10))):
        marks = [n for n in range(len(out)) if out[n] in b':,"{}[]']
        at = rng.choice(marks)
        out = out[: at + 1] + rng.choice(PIECES) + out[at + 1 + rng.choice((0, 1, 4)) :]
    return out


def doubled(rng: random.Random, data: bytes) -> bytes:
    """A part stands twice."""
    at, length = rng.randrange(len(data)), rng.choice((10, 100, 1000))
    return data[:at] + data[at : at + length] + data[at:]


SPOIL: tuple[Spoil, ...] = (flipped, cut, holed, replaced, doubled)


@pytest.fixture(scope="module")
def good() -> bytes:
    board = busy()
    return encode(board.meta, board.raws)


def is_whole(data: bytes) -> bool:
    try:
        parse(data)
    except BoardReadOnly:
        return False
    return True


def attempt(path: Path, state: Path) -> str:
    """Read, check and change the board as any session would; the code of what it says, empty if it was written."""
    shared = SharedBoard(path, state=state, clock=FixedClock(NOW), terminal="t", disk=HastyDisk())
    try:
        board = shared.read()
        board.decode_all()
        assert all(each.where for each in problems(board))
        assert all(each.changes for each in repairs(board))
        plan_restore(board, board)
        shared.record([sync("one")], stamp(person=Cast.wang))
        shared.commit()
    except CrossdeckError as error:
        return error.code
    finally:
        shared.close()
    return ""


@pytest.mark.parametrize("part", range(5))
def test_damage_is_said_in_words_and_never_written_over(part: int, good: bytes, tmp_path: Path) -> None:
    rng, written = random.Random(part), 0
    for number in range(CASES // 5):
        data = SPOIL[part](rng, good)
        path = tmp_path / f"{number}" / "board.json"
        path.parent.mkdir()
        path.write_bytes(data)
        code = attempt(path, tmp_path / "state" / str(number))
        after = path.read_bytes()
        if not is_whole(data):
            assert (bool(code), after, os.listdir(path.parent)) == (True, data, ["board.json"]), (part, number)
        elif not code:
            written += 1
            before, now = parse(data), parse(after)
            for table in before.keys() - WRITTEN:
                assert dict(before[table]) == dict(now[table]), (part, number, table)
    assert SPOIL[part] in {cut, holed, doubled} or written, "no case got through: the damage is too coarse"


@pytest.mark.parametrize("part", range(5))
def test_a_session_that_has_the_board_open_keeps_it_and_what_waits(part: int, good: bytes, tmp_path: Path) -> None:
    rng = random.Random(100 + part)
    path = tmp_path / "board.json"
    path.write_bytes(good)
    shared = SharedBoard(path, state=tmp_path / "state", clock=FixedClock(NOW), terminal="t", disk=HastyDisk())
    held = shared.read()
    shared.record([sync("waits")], stamp(person=Cast.wang))
    for _ in range(CASES // 10):
        data = SPOIL[part](rng, good)
        if is_whole(data):
            continue
        path.write_bytes(data)
        for step in (shared.poll, shared.commit):
            with pytest.raises(BoardReadOnly):
                step()
        assert (path.read_bytes(), shared.board is held, len(shared.pending)) == (data, True, 1)
    path.write_bytes(good)
    shared.commit()
    raws = parse(path.read_bytes())
    after = Board(meta_of(raws), raws)
    assert [entry.topic for entry in after.sync.values()].count("waits") == 1
