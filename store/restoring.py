"""What it takes to have a board as a backup of it stands: worked out, shown, and then one operation (core 2.8).

Clients, history and what was put aside stay, counters keep the highest number ever given: so nothing that goes comes
back from a journal, and no number is given twice. People and departments that came since stay too, because the
history names them. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from store import records as r
from store.board import Board
from store.changes import Add, Change, Drop, Put, add
from store.operations.prepared import KEPT, changed_fields, document

STAY = frozenset({"people", "departments"})
"""Tables of which nothing goes."""

Place = tuple[str, int]
"""Table and doc id of a record."""


class Plan(Struct, frozen=True, kw_only=True):
    """The changes, and what they come to: records that come, go and change, and those that cannot be helped."""

    changes: tuple[Change, ...]
    come: tuple[Place, ...] = ()
    go: tuple[Place, ...] = ()
    change: tuple[Place, ...] = ()
    damaged: tuple[Place, ...] = ()
    """Records the backup has damaged too: they stay as they are."""


def plan_restore(board: Board, backup: Board) -> Plan:
    """Work out what takes `board` to what `backup` holds. Both are of the same board."""
    board.decode_all()
    backup.decode_all()
    changes = [change for table in r.TABLES if table not in KEPT for change in _differences(board, backup, table)]
    drops, adds, puts = (
        {(change.table, change.id) for change in changes if isinstance(change, kind)} for kind in (Drop, Add, Put)
    )
    return Plan(
        changes=(*changes, *highest(board, [backup])),
        come=tuple(sorted(adds - drops)),
        go=tuple(sorted(drops - adds)),
        change=tuple(sorted(puts | (drops & adds))),
        damaged=tuple(sorted(place for place in backup.damaged if place[0] not in KEPT)),
    )


def _differences(board: Board, backup: Board, table: str) -> Iterator[Change]:
    now, then = board.table(table), backup.table(table)
    raw_now, raw_then = board.raws.get(table, {}), backup.raws.get(table, {})
    for key, record in then.items():
        if (table, key) in board.damaged:
            yield Drop(table, key, None)
            yield Add(table, key, document(backup, table, key))
        elif key not in now:
            yield Add(table, key, document(backup, table, key))
        elif raw_now.get(str(key)) != raw_then.get(str(key)):
            change = changed_fields(table, key, now[key], record)
            if change is not None:
                yield change
    for key in now:
        if key not in then and (table, key) not in backup.damaged and table not in STAY:
            yield Drop(table, key, document(board, table, key))


def highest(board: Board, others: Iterable[Board]) -> list[Change]:
    """The changes that bring counters and the numbers of clients up to the highest any of these boards has."""
    boards = [board, *others]
    return [*highest_counters(board, boards), *highest_clients(board, boards)]


def highest_counters(board: Board, boards: Iterable[Board]) -> Iterator[Change]:
    """Yield the changes that bring each counter up to the highest any of these boards has."""
    found: dict[str, r.Counter] = {}
    for counter in (row for each in boards for row in each.counters.values()):
        if counter.key not in found or found[counter.key].value < counter.value:
            found[counter.key] = counter
    for key, counter in found.items():
        yield from _raised("counters", board.counters.get(key), counter)


def highest_clients(board: Board, boards: Iterable[Board]) -> Iterator[Change]:
    """Yield the changes that bring the number of each client up to the highest any of these boards has."""
    found: dict[str, r.ClientRow] = {}
    for row in (row for each in boards for row in each.clients.values()):
        if row.client not in found or found[row.client].n < row.n:
            found[row.client] = row
    for client, row in found.items():
        yield from _raised("clients", board.clients.get(client), row)


def _raised(table: str, there: r.Record | None, wanted: r.Record) -> list[Change]:
    if there is None:
        return [add(wanted)]
    change = changed_fields(table, there.id, there, wanted)
    return [change] if change else []
