"""What `check --repair` mends: counters below a number given out, references to nothing, doubled history entries.

Everything else that is wrong stays as it is and is said: what a record held before can only be known from a backup.
Pure; `store.file.leftovers` finds the files that were left beside the board.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from store import records as r
from store.board import Board
from store.changes import Change, Put, drop, plain, put
from store.checking import Dangling, dangling, doubled_entries, named, nobody, short_counters
from store.errors import CrossdeckError
from store.file.chain import chain_hash
from store.operations.prepared import document


class Repair(Struct, frozen=True):
    """One thing that is mended: where (`table/doc id`), what is done as a sentence, and the changes."""

    where: str
    what: CrossdeckError
    changes: tuple[Change, ...]


def repairs(board: Board) -> list[Repair]:
    """Everything that can be mended on a board."""
    board.decode_all()
    return [*_counters(board), *_references(board), *_settings(board), *_history(board)]


def _counters(board: Board) -> Iterator[Repair]:
    for counter, value in short_counters(board):
        what = CrossdeckError(
            "The counter {key} goes from {value} to {highest}.",
            code="counter",
            key=counter.key,
            value=counter.value,
            highest=value,
        )
        yield Repair(f"counters/{counter.id} ({counter.key})", what, (put(counter, value=value),))


def _references(board: Board) -> Iterator[Repair]:
    found = defaultdict[tuple[str, int, str], list[Dangling]](list)
    for each in dangling(board):
        found[each.table, each.id, each.name].append(each)
    for (table, key, name), lost in found.items():
        change = _without(table, key, name, lost)
        if change is not None:
            what = CrossdeckError(
                "{field} no longer refers to {value}, which is not on this board.",
                code="reference",
                field=name.replace("_", " "),
                value=", ".join(str(each.to) for each in lost),
            )
            yield Repair(named(table, key, lost[0].record), what, (change,))


def _without(table: str, key: int, name: str, lost: list[Dangling]) -> Put | None:
    """The field without what refers to nothing; None where the record cannot be without it."""
    record = lost[0].record
    old = plain(getattr(record, name))
    gone = {each.to for each in lost}
    if isinstance(old, list):
        new: Any = [part for part in old if part not in gone] if all(type(part) is int for part in old) else old
    else:
        new = None if old in gone else old
    if new == old:
        return None
    try:
        msgspec.convert(msgspec.to_builtins(record) | {name: new}, r.TABLES[table])
    except msgspec.ValidationError:
        return None
    return Put(table, key, {name: (old, new)})


def _settings(board: Board) -> Iterator[Repair]:
    for row in nobody(board):
        what = CrossdeckError("The setting {key} goes back to its default.", code="setting", key=row.key)
        yield Repair(f"settings/{row.id} ({row.key})", what, (drop(row),))


def _history(board: Board) -> Iterator[Repair]:
    """Empty the doubles and chain what stands behind them anew; an entry that was changed afterwards stays found.

    They keep their numbers: a gap in the chain would look like an entry somebody took out.
    """
    doubled = {entry.id for entry in doubled_entries(board)}
    if not doubled:
        return
    changes: list[Change] = []
    before = after = ""
    for number, entry in sorted(board.history.items()):
        body = document(board, "history", number)
        whole = chain_hash(before, body) == entry.hash
        fields = _emptied(body) if number in doubled else {}
        hashed = entry.hash
        if fields or (whole and before != after):
            hashed = chain_hash(after, body | {name: new for name, (_old, new) in fields.items()})
            changes.append(Put("history", number, fields | {"hash": (entry.hash, hashed)}))
        before, after = entry.hash, hashed
    what = CrossdeckError(
        "{n} doubled entries of the history are emptied; those behind them are chained anew.",
        code="doubled_entry",
        n=len(doubled),
    )
    yield Repair(f"history/{min(doubled)}", what, tuple(changes))


def _emptied(body: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What makes an entry say that nothing was done."""
    empty: dict[str, Any] = {"client": "", "n": 0, "outcome": "already", "changes": [], "lost": [], "payload": None}
    return {name: (body.get(name, EMPTY.get(name)), new) for name, new in empty.items()}


EMPTY: dict[str, Any] = {"outcome": "applied", "changes": [], "lost": [], "payload": None}
"""What the fields of an entry hold that says nothing about them."""
