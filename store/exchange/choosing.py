"""Of an import the part a person chose: what is left out takes along whatever hangs on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

import msgspec

from store.changes import Add, Change, Put
from store.exchange.plan import ImportPlan, Planned
from store.operations.base import Operation
from store.operations.prepared import TakeRecords
from store.operations.shape import Shape, leaves, mapped
from store.packages import HOLDERS
from store.records import TABLES

Key = tuple[str, int]
"""Table and doc id."""
_LINKS: Final = frozenset({("lines", "subtask")})
"""Fields that are named as a holder and are only a link: the subtask that was made of a line of minutes."""
_NAMED: Final = ("people", "departments")
"""Records that come because others name them: without these nobody asked for them."""


class Ties:
    """Which new records of a plan hang on which; built once, asked after each choice."""

    def __init__(self, plan: ImportPlan) -> None:
        """Reads the bodies of the plan once; a register of 10,000 rows takes a fraction of a second."""
        self._new = dict(_bodies(plan))
        self._hang: dict[Key, set[Key]] = defaultdict(set)
        """A new record -> the new ones that cannot be without it."""
        self._named_by: dict[Key, set[Key]] = {key: set() for key in self._new if key[0] in _NAMED}
        """A new person or department -> the records that name it, new and standing."""
        for key, body in self._new.items():
            self._note(key, body)
        for table, number, fields in _updates(plan):
            for _, to in _refers(table, fields):
                if to in self._named_by:
                    self._named_by[to].add((table, number))

    def _note(self, key: Key, body: Mapping[str, Any]) -> None:
        needed = _needed(key[0])
        for name, to in _refers(key[0], body):
            if to == key or to not in self._new:
                continue
            if name in needed or (name in HOLDERS and (key[0], name) not in _LINKS):
                self._hang[to].add(key)
            if to in self._named_by:
                self._named_by[to].add(key)

    def out(self, left_out: Collection[Key]) -> frozenset[Key]:
        """All that stays out with these: what hangs on a new one, and people and departments none of the rest names."""
        gone = set(left_out)
        ahead = [key for key in gone if key in self._new]
        while ahead:
            more = self._hang.get(ahead.pop(), set()) - gone
            gone |= more
            ahead += more
        # Where a department goes because its only person does, its head may be the next.
        while gone and (alone := {key for key, by in self._named_by.items() if by and by <= gone} - gone):
            gone |= alone
        return frozenset(gone)


def chosen(plan: ImportPlan, left_out: Collection[Key], ties: Ties | None = None) -> ImportPlan:
    """The plan without these records and changes, (table, doc id) each, and without what hangs on them.

    New records of a card that is left out go with it; those of a card that stands, whose changes are left
    out, do not. What stays and names one that went (the owner of a subtask) has that field empty.
    `ties` are those of the plan, if they were built before.
    """
    if not left_out:
        return plan
    gone = (ties or Ties(plan)).out(left_out)
    new = {key for key, _ in _bodies(plan)}
    absent = gone & new

    def stay(items: Iterable[Planned]) -> list[Planned]:
        return [item for item in items if (item.table, item.id) not in gone]

    return msgspec.structs.replace(
        plan,
        create=stay(plan.create),
        update=stay(plan.update),
        prepared=_prepared(plan.prepared, gone, absent),
        records=[
            row | {"body": _without(row["table"], row["body"], absent)}
            for row in plan.records
            if (row["table"], row["id"]) not in gone
        ],
        updates=[
            row | {"fields": fields}
            for row in plan.updates
            if (row["table"], row["id"]) not in gone and (fields := _kept(row["table"], row["fields"], absent))
        ],
    )


@cache
def _needed(table: str) -> frozenset[str]:
    """The fields without which there is no record."""
    return frozenset(each.name for each in msgspec.structs.fields(TABLES[table]) if each.required)


def _bodies(plan: ImportPlan) -> Iterator[tuple[Key, dict[str, Any]]]:
    for row in plan.records:
        yield (row["table"], row["id"]), row["body"]
    for change in _changes(plan.prepared):
        if isinstance(change, Add) and change.record is not None:
            yield (change.table, change.id), change.record


def _updates(plan: ImportPlan) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for row in plan.updates:
        yield row["table"], row["id"], row["fields"]
    for change in _changes(plan.prepared):
        if isinstance(change, Put):
            yield change.table, change.id, {name: new for name, (_old, new) in change.fields.items()}


def _changes(operation: Operation | None) -> tuple[Change, ...]:
    return operation.changes if isinstance(operation, TakeRecords) else ()


def _refers(table: str, body: Mapping[str, Any]) -> Iterator[tuple[str, Key]]:
    for name, shape, value in leaves(dict(body), Shape("fields", table=table)):
        if shape.kind == "ref" and value:
            yield name, (shape.table, value)


def _without(table: str, body: dict[str, Any], absent: frozenset[Key]) -> dict[str, Any]:
    """A body that names none of these."""
    if not any(to in absent for _, to in _refers(table, body)):
        return body

    def turned(value: Any, shape: Shape, _name: str) -> Any:
        return None if shape.kind == "ref" and (shape.table, value) in absent else value

    cleared = mapped(body, Shape("fields", table=table), turned)
    return {
        name: [one for one in value if one is not None] if isinstance(value, list) else value
        for name, value in cleared.items()
        if value is not None
    }


def _kept(table: str, fields: dict[str, Any], absent: frozenset[Key]) -> dict[str, Any]:
    """The changes of a record that name none of these."""
    return {
        name: value
        for name, value in fields.items()
        if absent.isdisjoint(to for _, to in _refers(table, {name: value}))
    }


def _prepared(operation: Operation | None, gone: Collection[Key], absent: frozenset[Key]) -> Operation | None:
    if not isinstance(operation, TakeRecords):
        return operation
    changes: list[Change] = []
    for change in operation.changes:
        if (change.table, change.id) in gone:
            continue
        if isinstance(change, Add) and change.record is not None:
            changes.append(Add(change.table, change.id, _without(change.table, change.record, absent)))
        elif isinstance(change, Put):
            kept = _kept(change.table, {name: new for name, (_, new) in change.fields.items()}, absent)
            if kept:
                changes.append(Put(change.table, change.id, {name: change.fields[name] for name in kept}))
        else:
            changes.append(change)
    # Counters alone are no import.
    if all(change.table == "counters" for change in changes):
        return None
    return msgspec.structs.replace(operation, changes=tuple(changes))
