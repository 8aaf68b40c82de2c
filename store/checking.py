"""What is wrong with a board that can be read: damaged records, references to nothing, doubled numbers, counters.

Reading already refuses a file that is torn, foreign or newer. Nothing here changes anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from store.board import Board
from store.errors import CrossdeckError, SettingError
from store.file.chain_check import chain_problems
from store.merged_numbers import NUMBERED, counted
from store.operations.act import WHAT
from store.operations.board_settings import PEOPLE_KEYS
from store.operations.shape import leaves, members
from store.records import TABLES, Counter, HistoryEntry, Setting
from store.settings import convert


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
    yield from _entries(board)
    yield from _history(board)


class Dangling(Struct, frozen=True):
    """A reference to nothing: the record it stands in, the field (and the one inside it), where to, and to what."""

    table: str
    id: int
    record: Any
    name: str
    field: str
    to_table: str
    to: Any


def dangling(board: Board) -> Iterator[Dangling]:
    """Every reference to a record that is not on this board."""
    known: dict[str, dict[int, Any]] = {name: dict(board.table(name)) for name in TABLES}
    known["cards"] |= board.archived  # what a card recurs from may be in the archive
    for table, key in board.damaged:  # it is there, and may be mended
        known.setdefault(table, {})[key] = None
    for table in TABLES:
        shapes = members(TABLES[table])
        # Most fields hold no reference; asking only those that do keeps a large board quick to check.
        asked = [(name, shape) for name, shape in shapes.items() if shape.kind in {"ref", "list", "struct"}]
        for key, record in board.table(table).items():
            for name, shape in asked:
                for field, kind, value in leaves(getattr(record, name), shape, name):
                    if kind.kind == "ref" and value not in known[kind.table]:
                        yield Dangling(table, key, record, name, field, kind.table, value)


def nobody(board: Board) -> Iterator[Setting]:
    """Settings that name a person who is not on this board."""
    for row in board.table("settings").values():
        if not (isinstance(row, Setting) and row.key in PEOPLE_KEYS and row.value):
            continue
        if row.value not in board.people and ("people", row.value) not in board.damaged:
            yield row


def _references(board: Board) -> Iterator[Problem]:
    for each in dangling(board):
        yield Problem(named(each.table, each.id, each.record), _nowhere(each.field, each.to_table, each.to))
    for row in nobody(board):
        yield Problem(f"settings/{row.id} ({row.key})", _nowhere(row.key, "people", row.value))


def _nowhere(field: str, table: str, value: object) -> CrossdeckError:
    return CrossdeckError(
        "{field} refers to {what} {value}, which is not on this board.",
        code="reference",
        field=field.replace("_", " "),
        what=WHAT[table],
        value=value,
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


def short_counters(board: Board) -> Iterator[tuple[Counter, int]]:
    """Counters that stand below a number that was given out, and the highest of those."""
    highest = defaultdict[str, int](int)
    for table in NUMBERED:
        for record in (*board.table(table).values(), *(board.archived.values() if table == "cards" else ())):
            found = counted(table, {"number": getattr(record, "number", ""), "card": getattr(record, "card", 0)})
            if found is not None:
                highest[found[0]] = max(highest[found[0]], found[1])
    for key, value in highest.items():
        counter = board.counters.get(key)
        if counter is not None and counter.value < value:
            yield counter, value


def _counters(board: Board) -> Iterator[Problem]:
    for counter, value in short_counters(board):
        yield Problem(
            f"counters/{counter.id} ({counter.key})",
            CrossdeckError(
                "The counter {key} stands at {value}, but number {highest} is given out.",
                code="counter",
                key=counter.key,
                value=counter.value,
                highest=value,
            ),
        )


def _settings(board: Board) -> Iterator[Problem]:
    for key, row in board.table("settings").items():
        if isinstance(row, Setting):
            try:
                convert(row.key, row.value)
            except SettingError as problem:
                yield Problem(f"settings/{key} ({row.key})", problem)


def doubled_entries(board: Board) -> Iterator[HistoryEntry]:
    """History entries of operations that have one already (every operation has exactly one, design §3.3)."""
    seen: set[tuple[str, int]] = set()
    for _, entry in sorted(board.history.items()):
        if entry.client and (entry.client, entry.n) in seen:  # a double that was emptied has no author
            yield entry
        seen.add((entry.client, entry.n))


def _entries(board: Board) -> Iterator[Problem]:
    for entry in doubled_entries(board):
        yield Problem(
            f"history/{entry.id}",
            CrossdeckError("This operation has an entry in the history already.", code="doubled_entry"),
        )


def _history(board: Board) -> Iterator[Problem]:
    """Entries of the chain whose hash does not fit what they hold and what stands before them (core 2.12)."""
    rows = {int(number): raw for number, raw in board.raws.get("history", {}).items()}
    for number, error in chain_problems(rows, whole=False):  # `Past.problems` looks at those that were moved out
        yield Problem(f"history/{number}", error)


def named(table: str, key: int, record: Any) -> str:
    """`table/doc id`, with the number people see if it has one."""
    number = getattr(record, "number", "")
    return f"{table}/{key} ({number})" if number else f"{table}/{key}"
