"""A Board as it stood at an earlier instant (`--at` on a reader): what happened later is taken back."""

from __future__ import annotations

from typing import Any

import msgspec

from store.board import Board
from store.changes import Add, Change, Drop, Put, plain

_Bodies = dict[tuple[str, int], dict[str, Any] | None]


def board_as_of(board: Board, instant: int) -> Board:
    """Return `board` without the operations that happened after `instant` (epoch seconds), newest taken back first.

    Only what its history still holds can be taken back, and a record that was dropped stays away. A field
    that something else has set since keeps that value. The same Board if nothing happened later.
    """
    bodies: _Bodies = {}
    for _, entry in sorted(board.history.items(), reverse=True):
        if entry.at > instant:
            for change in reversed(msgspec.convert(entry.changes, tuple[Change, ...])):
                _take_back(board, change, bodies)
            bodies["history", entry.id] = None
    if not bodies:
        return board
    back: list[Change] = []
    for (table, key), body in bodies.items():
        if body is None:
            back.append(Drop(table, key))
        else:
            now = _body(board, table, key) or {}
            back.append(Put(table, key, {name: (now.get(name), value) for name, value in body.items()}))
    before = board.with_changes(back)
    before.pending = board.pending
    return before


def _take_back(board: Board, change: Change, bodies: _Bodies) -> None:
    place = (change.table, change.id)
    if isinstance(change, Add):
        bodies[place] = None
        return
    body = bodies[place] if place in bodies else _body(board, *place)
    if body is None or not isinstance(change, Put):
        return
    for name, (old, new) in change.fields.items():
        if body.get(name) == new:
            body[name] = old
    bodies[place] = body


def _body(board: Board, table: str, key: int) -> dict[str, Any] | None:
    """Return all fields of a record as JSON holds them."""
    record = board.table(table).get(key)
    return None if record is None else {f: plain(getattr(record, f)) for f in record.__struct_fields__ if f != "id"}
