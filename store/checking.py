"""What is wrong with a board that can be read: damaged records, references to nothing, doubled numbers, counters.

Reading already refuses a file that is torn, foreign or newer. Nothing here changes anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from store.board import Board
from store.errors import CrossdeckError, SettingError
from store.file.chain import chain_hash
from store.operations.act import WHAT
from store.operations.shape import leaves, members
from store.records import TABLES, Setting
from store.rules.paper_ids import read_card_id
from store.settings import convert

NUMBERED = ("cards", "subtasks", "issues", "meetings")
"""Tables whose records carry a number people see."""


class Problem(Struct, frozen=True):
    """One thing that is wrong: `where` is `table/doc id` (with its number), `why` a sentence."""

    where: str
    why: CrossdeckError


def problems(board: Board) -> Iterator[Problem]:
    """Everything wrong with a board, in the order of its tables."""
    board.decode_all()
    for (table, key), why in sorted(board.damaged.items()):
        yield Problem(f"{table}/{key}", CrossdeckError("This record is damaged: {why}.", code="damaged", why=why))
    yield from _references(board)
    yield from _doubled(board)
    yield from _counters(board)
    yield from _settings(board)
    yield from _history(board)


def _references(board: Board) -> Iterator[Problem]:
    known: dict[str, dict[int, Any]] = {name: dict(board.table(name)) for name in TABLES}
    known["cards"] |= board.archived  # what a card recurs from may be in the archive
    for table in TABLES:
        shapes = members(TABLES[table])
        # Most fields hold no reference; asking only those that do keeps a large board quick to check.
        asked = [(name, shape) for name, shape in shapes.items() if shape.kind in {"ref", "list", "struct"}]
        for key, record in board.table(table).items():
            for name, shape in asked:
                for field, kind, value in leaves(getattr(record, name), shape, name):
                    if kind.kind == "ref" and value not in known[kind.table]:
                        yield Problem(
                            _named(table, key, record),
                            CrossdeckError(
                                "{field} refers to {what} {value}, which is not on this board.",
                                code="reference",
                                field=field.replace("_", " "),
                                what=WHAT[kind.table],
                                value=value,
                            ),
                        )


def _doubled(board: Board) -> Iterator[Problem]:
    for table in NUMBERED:
        holders = defaultdict[str, list[int]](list)
        for key, record in board.table(table).items():
            if number := getattr(record, "number", ""):
                holders[number].append(key)
        for number, keys in holders.items():
            if len(keys) > 1:
                yield Problem(
                    f"{table}/{keys[-1]} ({number})",
                    CrossdeckError("{n} records have the number {number}.", code="doubled", n=len(keys), number=number),
                )


def _counters(board: Board) -> Iterator[Problem]:
    highest = defaultdict[str, int](int)
    for table in NUMBERED:
        for record in board.table(table).values():
            for key, value in _counted(table, record):
                highest[key] = max(highest[key], value)
    for key, value in highest.items():
        counter = board.counters.get(key)
        if counter is not None and counter.value < value:
            yield Problem(
                f"counters/{counter.id} ({key})",
                CrossdeckError(
                    "The counter {key} stands at {value}, but number {highest} is given out.",
                    code="counter",
                    key=key,
                    value=counter.value,
                    highest=value,
                ),
            )


def _counted(table: str, record: Any) -> Iterator[tuple[str, int]]:
    """The key of the counter a number comes from, and the number itself."""
    if table in {"issues", "meetings"}:
        tail = record.number.rpartition("-")[2]
        if tail.isdecimal():
            yield table[:-1], int(tail)
        return
    found = read_card_id(record.number)
    if found is None:
        return
    if table == "cards":
        yield f"card/{found.prefix}/{found.year}", found.number
    elif found.sub is not None:
        yield f"subtask/{record.card}", found.sub


def _settings(board: Board) -> Iterator[Problem]:
    for key, row in board.table("settings").items():
        if isinstance(row, Setting):
            try:
                convert(row.key, row.value)
            except SettingError as problem:
                yield Problem(f"settings/{key} ({row.key})", problem)


def _history(board: Board) -> Iterator[Problem]:
    """Entries of the chain whose hash does not fit what they hold and what stands before them (core 2.12)."""
    previous: str | None = None
    for number, entry in sorted(board.history.items()):
        if previous is None and number > 1:
            previous = entry.hash  # older entries were moved out; the first one left is taken as it is
            continue
        body = msgspec.json.decode(board.raws["history"][str(number)]) if str(number) in board.raws["history"] else {}
        if not isinstance(body, dict) or chain_hash(previous or "", body) != entry.hash:
            yield Problem(
                f"history/{number}",
                CrossdeckError("This history entry, or the one before it, was changed afterwards.", code="history"),
            )
        previous = entry.hash


def _named(table: str, key: int, record: Any) -> str:
    number = getattr(record, "number", "")
    return f"{table}/{key} ({number})" if number else f"{table}/{key}"
