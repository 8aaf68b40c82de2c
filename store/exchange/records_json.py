"""A card or the board as JSON, and back (docs/commands.md names the schema): a file of its own, no board file.

`{"crossdeck": {"schema": 1, "kind": "board" | "card", "board": ID, "name": ..., "zone": ...},
"tables": {TABLE: {DOC ID: RECORD}}}`, records as the board keeps them: references are doc ids, instants epoch seconds.
A card's file holds what belongs to it, and the people and departments it names.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from store import records as r
from store.board import Board
from store.changes import Add, Change
from store.errors import ImportProblem
from store.exchange.plan import ImportPlan, Planned, Skipped, Unclear
from store.exchange.values import short
from store.operations.base import Stamp
from store.operations.numbering import Numbers
from store.operations.prepared import TakeRecords, changed_fields
from store.operations.shape import Shape, mapped
from store.packages import body_of, decoded, package, refers_out
from store.text import clean

SCHEMA: Final = 1
LEFT: Final = frozenset({"history", "clients", "asides", "counters", "archived"})
"""Tables of one board alone: who wrote what, which numbers were given out, what lies in its archive."""
MOST_RECORDS: Final = 200_000
"""Of one file; a board of ten years has fewer."""
NUMBERED: Final = ("cards", "subtasks", "issues", "meetings")

Rows = dict[str, dict[int, r.Record]]


class _Head(Struct):
    schema: int
    kind: str = "board"
    board: str = ""
    name: str = ""
    zone: str = ""


class _File(Struct):
    crossdeck: _Head
    tables: dict[str, dict[str, dict[str, Any]]]


def write_json(board: Board, card: int = 0) -> bytes:
    """The records of a card, or of the whole board (0), indented, in UTF-8."""
    if card:
        found: Rows = {table: dict(rows) for table, rows in package(board, card).items()}
        _add_named(board, found)
    else:
        found = {table: dict(board.table(table)) for table in r.TABLES if table not in LEFT}
    head = _Head(SCHEMA, "card" if card else "board", board.meta.board, board.meta.name, board.settings.zone)
    tables = {
        table: {str(key): body_of(record) for key, record in found[table].items()}
        for table in r.TABLES
        if found.get(table)
    }
    return msgspec.json.format(msgspec.json.encode(_File(head, tables)), indent=1) + b"\n"


def _add_named(board: Board, found: Rows) -> None:
    """The people and departments the records name, and those these name."""
    while True:
        new = {
            (each.to_table, each.to)
            for each in refers_out(found)
            if each.to_table in {"people", "departments"} and each.to in board.table(each.to_table)
        }
        if not new:
            return
        for table, key in new:
            found.setdefault(table, {})[key] = board.table(table)[key]


def read_json(path: Path, data: bytes, board: Board, *, person: int, now: int) -> ImportPlan:
    """What taking this file over would add and change; a record is known by its doc id, people also by their name.

    Raises ImportProblem for what is no such file, or one of a newer schema.
    """
    name = clean(path.name)
    rows = _rows(name, data)
    plan = ImportPlan()
    rows = _as_known(board, rows)
    _leave_doubles(board, rows, plan, name)
    changes = [*_changes(board, rows, plan, name)]
    numbers = Numbers(board, Stamp(person=person, at=now, recorded=now))
    changes = [*_numbered(board, changes, numbers), *numbers.changes()]
    if any(change.table != "counters" for change in changes):
        plan.prepared = TakeRecords(file=name, changes=tuple(changes))
    return plan


def _rows(name: str, data: bytes) -> Rows:
    try:
        file = msgspec.json.decode(data, type=_File)
        if file.crossdeck.schema > SCHEMA:
            why = "{file} was written by a newer crossdeck. Update this one to read it."
            raise ImportProblem(why, file=name)
        if sum(map(len, file.tables.values())) > MOST_RECORDS:
            raise ImportProblem("{file} holds more than {most} records.", file=name, most=MOST_RECORDS)
        return {table: rows for table, rows in decoded(file.tables).items() if table not in LEFT}
    except MemoryError:
        raise ImportProblem("{file} is too large for this machine's memory.", file=name) from None
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError, UnicodeDecodeError, RecursionError) as problem:
        why = short(str(problem))
        raise ImportProblem("{file} is no JSON export of crossdeck: {why}.", file=name, why=why) from None


def _as_known(board: Board, rows: Rows) -> Rows:
    """People and departments the board has under the same name stand for those of the file, wherever they are named."""
    instead: dict[tuple[str, int], int] = {}
    homes = {each.name: each.id for each in board.departments.values()}
    for key, record in rows.get("departments", {}).items():
        if key not in board.departments and isinstance(record, r.Department) and record.name in homes:
            instead["departments", key] = homes[record.name]
    people = {(each.name, each.department): each.id for each in board.people.values()}
    for key, record in rows.get("people", {}).items():
        if key not in board.people and isinstance(record, r.Person):
            home = instead.get(("departments", record.department or 0), record.department)
            if (record.name, home) in people:
                instead["people", key] = people[record.name, home]
    if not instead:
        return rows

    def turned(value: Any, shape: Shape, _name: str) -> Any:
        return instead.get((shape.table, value), value) if shape.kind == "ref" else value

    out: Rows = {}
    for table, found in rows.items():
        shape = Shape("fields", table=table)
        bodies = {
            str(key): mapped(body_of(record), shape, turned)
            for key, record in found.items()
            if (table, key) not in instead
        }
        out |= decoded({table: bodies})
    return out


def _leave_doubles(board: Board, rows: Rows, plan: ImportPlan, name: str) -> None:
    """A card whose number another card of the board has stays out, with all that belongs to it; so does an archived."""
    taken = {card.number: card.id for card in board.cards.values() if card.number}
    for key, record in [*rows.get("cards", {}).items()]:
        number = getattr(record, "number", "")
        other = taken.get(number)
        if key not in board.archived and (not number or other is None or other == key):
            continue
        text = "{number} is in the archive; reopen it." if key in board.archived else "{number} is another card here."
        plan.skipped.append(Skipped(f"{name}:{number}", ImportProblem(text, number=number)))
        _drop(rows, key)


def _drop(rows: Rows, card: int) -> None:
    gone = {card}
    for table in ("subtasks", "issues", "meetings", *rows):
        for key, record in [*rows.get(table, {}).items()]:
            holders = {getattr(record, field, None) for field in ("card", "subtask", "issue", "meeting")}
            if table not in {"people", "departments"} and gone & holders:
                gone.add(key)
                del rows[table][key]
    rows["cards"].pop(card)


def _changes(board: Board, rows: Rows, plan: ImportPlan, name: str) -> list[Change]:
    changes: list[Change] = []
    dangling = {(each.table, each.id) for each in refers_out(rows) if each.to not in board.table(each.to_table)}
    for table, found in rows.items():
        for key, record in found.items():
            title = short(str(getattr(record, "name", "") or getattr(record, "title", "") or key))
            item = Planned(table, key, title, f"{name}:{table}/{key}", str(getattr(record, "number", "")))
            stands = board.table(table).get(key)
            if (table, key) in dangling:
                why = ImportProblem("It refers to a record that is neither in the file nor on the board.")
                plan.unclear.append(Unclear(item.where, title, why))
            elif stands is None:
                plan.create.append(item)
                changes.append(Add(table, key, body_of(record)))
            elif (put := changed_fields(table, key, stands, record)) is not None:
                plan.update.append(msgspec.structs.replace(item, changes=put.fields))
                changes.append(put)
            else:
                plan.same.append(item)
    return changes


def _numbered(board: Board, changes: list[Change], numbers: Numbers) -> list[Change]:
    """Numbers that came are kept and never given out again; an issue or meeting whose number is taken gets the next."""
    taken: Mapping[str, set[str]] = {
        table: {str(getattr(row, "number", "")) for row in board.table(table).values()} for table in NUMBERED
    }
    for change in changes:
        number = _number_of(change)
        if number and number not in taken[change.table]:
            numbers.keep(change.table, number, _card_of(change))
    return [_renumbered(change, taken, numbers) for change in changes]


def _number_of(change: Change) -> str:
    """The number of a record a change adds, "" for none."""
    if isinstance(change, Add) and change.table in NUMBERED and change.record:
        return str(change.record.get("number", ""))
    return ""


def _card_of(change: Change) -> int:
    return int(change.record.get("card", 0)) if isinstance(change, Add) and change.record else 0


def _renumbered(change: Change, taken: Mapping[str, set[str]], numbers: Numbers) -> Change:
    if change.table not in {"issues", "meetings"} or _number_of(change) not in taken[change.table]:
        return change
    number = numbers.issue() if change.table == "issues" else numbers.meeting()
    record = change.record if isinstance(change, Add) else None
    return Add(change.table, change.id, (record or {}) | {"number": number})
