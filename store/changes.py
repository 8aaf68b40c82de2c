"""Put, Add, Drop: what any operation comes to (design §2, core 2.1).

The same changes draw the pending row, go through TinyDB's tables at commit, are the history entry
and are the undo. Field values inside changes are builtins (what JSON holds), never record objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from store.records import TABLES, Record

if TYPE_CHECKING:
    from tinydb import TinyDB


class Put(Struct, frozen=True, tag="put", tag_field="t", array_like=True, gc=False):
    """Set fields of one record: name -> (value seen, new value)."""

    table: str
    id: int
    fields: dict[str, tuple[Any, Any]]


class Add(Struct, frozen=True, tag="add", tag_field="t", array_like=True, gc=False):
    """A new record. In the history it is named by its id alone (`record` is None there)."""

    table: str
    id: int
    record: dict[str, Any] | None


class Drop(Struct, frozen=True, tag="drop", tag_field="t", array_like=True, gc=False):
    """Take a record away (only settings, lines and undone additions; work is voided, not dropped).

    `record` is what it held, so that it can be added again (None in entries of programs before undo).
    """

    table: str
    id: int
    record: dict[str, Any] | None = None


Change = Put | Add | Drop


class Loss(Struct, frozen=True, array_like=True, gc=False):
    """A field two people changed: who saw `seen`, wanted `mine`, and found `theirs`; `kept` is what stands."""

    table: str
    id: int
    field: str
    seen: Any
    mine: Any
    theirs: Any
    kept: Any


def plain(value: Any) -> Any:
    """A field's value as JSON holds it (tuples become lists, structs become objects)."""
    if value is None or type(value) in (int, str, bool):
        return value
    # Through JSON, because `to_builtins` leaves tuples as they are, and a journal gives lists back.
    return msgspec.json.decode(msgspec.json.encode(value))


def table_of(record: Record) -> str:
    """The table a record belongs to."""
    return _TABLE_OF[type(record)]


def add(record: Record) -> Add:
    """The change that adds this record (its `id` must be minted)."""
    return Add(table_of(record), record.id, _body(record))


def drop(record: Record) -> Drop:
    """The change that takes this record away."""
    return Drop(table_of(record), record.id, _body(record))


def _body(record: Record) -> dict[str, Any]:
    body = {name: plain(value) for name, value in msgspec.to_builtins(record).items()}
    del body["id"]
    return body


def put(record: Record, **fields: Any) -> Put:
    """The change that sets these fields; fields that already have the value are left out."""
    diff = {
        name: (plain(getattr(record, name)), plain(value))
        for name, value in fields.items()
        if getattr(record, name) != value
    }
    return Put(table_of(record), record.id, diff)


def compact(changes: Iterable[Change]) -> list[Change]:
    """Without the changes that change nothing."""
    return [c for c in changes if not (isinstance(c, Put) and not c.fields)]


@cache
def settle_kinds(table: str) -> Mapping[str, str]:
    """Field -> "text", "set" or "state" for the fields of a table that are not plain scalars."""
    kinds: dict[str, str] = {}
    for name, hint in get_type_hints(TABLES[table], include_extras=True).items():
        for part in (hint, *get_args(hint)):
            if get_origin(part) is Annotated:
                for extra in part.__metadata__:
                    if isinstance(extra, msgspec.Meta) and extra.extra and "settle" in extra.extra:
                        kinds[name] = extra.extra["settle"]
    return kinds


def merged(first: list[Change], then: list[Change]) -> list[Change]:
    """Two lots of changes against the same board as one: what both set is as the second leaves it."""
    out: dict[tuple[str, int], Change] = {}
    for change in (*first, *then):
        before = out.get((change.table, change.id))
        if isinstance(before, Put) and isinstance(change, Put):
            change = Put(change.table, change.id, before.fields | change.fields)
        out[change.table, change.id] = change
    return [*out.values()]


def seen_values(changes: Iterable[Change]) -> dict[str, dict[str, Any]]:
    """What the author saw: "table/id" -> field -> old value. Goes into the journal beside the operation."""
    return {f"{c.table}/{c.id}": {f: v[0] for f, v in c.fields.items()} for c in changes if isinstance(c, Put)}


class StateMoved(Exception):
    """A state is no longer where the author saw it: the operation is put aside."""

    def __init__(self, table: str, record: int, field: str, seen: Any, theirs: Any) -> None:
        """Name the field, the value the author saw and the one that stands."""
        self.table, self.record, self.field, self.seen, self.theirs = table, record, field, seen, theirs
        super().__init__(f"{field} is {theirs}, not {seen}")


def settle(
    seen: Mapping[str, Mapping[str, Any]], changes: Iterable[Change], merge_text: str = "\n-- {theirs}"
) -> tuple[list[Change], list[Loss]]:
    """Settle changes made against the Board that stands with what the author saw (design §3.4).

    `changes` come from `apply` on the Board under the lock, so each old value is what stands now.
    Scalar: last writer wins and the loss is listed. Text: both are kept below each other. Set:
    additions and removals are merged. State: only from the value seen.

    Raises StateMoved when a state field moved meanwhile.
    """
    out: list[Change] = []
    losses: list[Loss] = []
    for change in changes:
        if not isinstance(change, Put):
            out.append(change)
            continue
        before = seen.get(f"{change.table}/{change.id}", {})
        fields: dict[str, tuple[Any, Any]] = {}
        for name, (theirs, mine) in change.fields.items():
            if name not in before or before[name] == theirs or theirs == mine:
                fields[name] = (theirs, mine)
                continue
            kind = settle_kinds(change.table).get(name, "scalar")
            if kind == "state":
                raise StateMoved(change.table, change.id, name, before[name], theirs)
            kept = _merged(kind, before[name], mine, theirs, merge_text)
            fields[name] = (theirs, kept)
            losses.append(Loss(change.table, change.id, name, before[name], mine, theirs, kept))
        out.append(Put(change.table, change.id, fields))
    return compact(out), losses


def _merged(kind: str, seen: Any, mine: Any, theirs: Any, merge_text: str) -> Any:
    if kind == "text" and theirs:
        return f"{mine}{merge_text.format(theirs=theirs)}" if mine else theirs
    if kind == "set":
        base, new = list(seen or []), list(mine or [])
        stay = [x for x in (theirs or []) if x in new or x not in base]
        return stay + [x for x in new if x not in base and x not in stay]
    return mine


def write(changes: Iterable[Change], db: TinyDB) -> None:
    """Make the changes in a TinyDB. The only code that touches TinyDB tables (design §2).

    Only named fields of stored documents are set; unknown fields keep their bytes.
    """
    from tinydb.table import Document

    for change in changes:
        table = db.table(change.table)
        if isinstance(change, Put):
            table.update({name: new for name, (_, new) in change.fields.items()}, doc_ids=[change.id])
        elif isinstance(change, Add):
            table.insert(Document(change.record or {}, doc_id=change.id))
        else:
            table.remove(doc_ids=[change.id])


_TABLE_OF = {cls: name for name, cls in TABLES.items()}
