"""Damaged board files by the thousand: what opening one and writing to it must come to, whatever the damage."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from pathlib import Path

import msgspec

from store.errors import BoardReadOnly, BoardUnavailable, CrossdeckError, Refused
from store.file.shared_board import SharedBoard
from store.file.storage import parse
from store.operations.base import Stamp
from store.operations.sync import AddSyncEntry
from store.views.state import build_state
from tests.store.storage_helpers import NOW, HastyDisk, session

PIECES = (
    *(b"", b"null", b"-1", b"0", b"1e999", b"9" * 400, b"[]", b"{}", b'"', b"\\", b"\x00", b"\xff", b"\xed\xa0\x80"),
    *(b'"\\ud800"', b"true", b"[" * 5_000, b'{"a":' * 5_000, b'"_meta"', b'"1":{}', b",", b":", b"}", b"NaN", b"01"),
)
"""What is put where something else was."""


def damaged(data: bytes, dice: random.Random) -> bytes:
    """The bytes of a board after one to three accidents."""
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        start = dice.randrange(len(data) + 1)
        end = min(len(data), start + dice.choice((0, 1, 1, 2, 8, 100, 5_000)))
        kind = dice.randrange(9)
        if kind == 0:  # a byte that flipped
            flipped = bytes(byte ^ 1 << dice.randrange(8) for byte in data[start : start + 1])
            data = data[:start] + flipped + data[start + 1 :]
        elif kind == 1:  # a file that ends early, or late
            data = data[:start] if dice.random() < 0.7 else data + data[start:end]
        elif kind == 2:  # a piece that is gone, or zeroed
            data = data[:start] + (bytes(end - start) if dice.random() < 0.3 else b"") + data[end:]
        elif kind == 3:  # a piece that stands twice, or elsewhere
            data = data[:end] + data[start:end] + data[end:]
        elif kind == 4:  # something else in its place
            data = data[:start] + dice.choice(PIECES) + data[end:]
        else:  # another value: a number or a word between two marks
            data = _other_value(data, start, dice)
    return data


def _other_value(data: bytes, start: int, dice: random.Random) -> bytes:
    colon = data.find(b":", start)
    stop = min((place for mark in b",}]" if (place := data.find(mark, colon + 1)) >= 0), default=-1)
    return data if colon < 0 or stop < 0 else data[: colon + 1] + dice.choice(PIECES) + data[stop:]


def check(folder: Path, data: bytes) -> str:
    """Open a file with these bytes, look at it and write to it; what became of it: a code, or "written".

    No other exception than the two for people, no byte written where the file cannot be read whole, and every row
    the change does not touch in the new file as it was in the damaged one.
    """
    path, state = folder / "board.json", folder / "state"
    path.write_bytes(data)
    state.mkdir(exist_ok=True)
    for journals in state.iterdir():  # the calendar in it may stay
        if journals.is_dir():
            shutil.rmtree(journals)
    shared = session(path, state, HastyDisk())
    try:
        return _looked_at_and_written(shared, path, data, folder)
    except (BoardReadOnly, BoardUnavailable) as error:
        refused = error
    finally:
        shared.close()
    assert path.read_bytes() == data, "a file that is refused was written"
    assert str(refused)
    return refused.code


def _looked_at_and_written(shared: SharedBoard, path: Path, data: bytes, folder: Path) -> str:
    board = shared.read()
    board.decode_all()
    with suppress(CrossdeckError):  # settings that give no calendar: said in words
        build_state(board, now=NOW, me=None, cache_dir=folder / "state")
    stamp = Stamp(person=next(iter(board.people), 0), at=NOW, recorded=NOW, terminal="t")
    try:
        (recorded,) = shared.record([AddSyncEntry(topic="after")], stamp)
    except Refused:  # nobody there any more who could sign
        assert path.read_bytes() == data
        return "refused"
    shared.commit()
    _untouched(data, path.read_bytes(), shared.client)
    assert recorded not in shared.pending
    return "written"


def _untouched(before: bytes, after: bytes, client: str) -> None:
    """Every row of the damaged file stands in the new one, byte for byte; only `_meta` is another."""
    old, new = parse(before), parse(after)
    for table, rows in old.items():
        for key, row in rows.items():
            assert table == "_meta" or bytes(new[table][key]) == bytes(row), f"{table}/{key} changed"
    added = {table: new[table].keys() - old.get(table, {}).keys() for table in new}
    assert {table: len(keys) for table, keys in added.items() if keys} == {"sync": 1, "history": 1, "clients": 1}
    (entry,) = (msgspec.json.decode(new["history"][key]) for key in added["history"])
    assert (entry["client"], entry.get("outcome", "applied")) == (client, "applied")
