"""Import: many records in one operation, so that it is one commit and one undo (rulebook §2-§4, core 2.20).

What stands on the board already (same doc id, same number, same fields that make it what it is) is left
as it is, so that importing twice, or two people importing one file at once, changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct

from store import records as r
from store.board import Board
from store.changes import Add, Change, Put, add, compact, merged, put
from store.errors import Refused
from store.operations.act import Act, absent, needed, too_long
from store.operations.base import Stamp
from store.operations.cards import cadence_of
from store.operations.numbering import Numbers
from store.operations.progress import percent_reasons
from store.operations.raci import home_of, letter_id, signatures_void, touched_by
from store.operations.shape import LINE_LIMIT, Shape, leaves, mapped
from store.operations.subtasks import circles_in
from store.operations.voiding import ALL_SIGN, ASKED, ONE_SIGNS, asked_anew, concerned
from store.rules.division import letters_of
from store.text import clean

SAME: Final[Mapping[str, tuple[str, ...]]] = {
    "departments": ("name",),
    "people": ("name", "department", "organisation"),
    "cards": ("number",),
    "duties": ("card", "department"),
    "milestones": ("card", "subtask", "name", "due"),
    "subtasks": ("number",),
    "letters": ("subtask", "department", "person"),
    "progress": ("subtask", "at", "percent", "done", "next", "problem", "replaces"),
    "sync": ("card", "at", "topic", "content"),
    "meetings": ("name", "starts"),
    "attendance": ("meeting", "person"),
    "agenda": ("meeting", "order", "title"),
    "lines": ("item", "kind", "text", "order"),
}
"""Tables an import may add to, in the order that references need -> the fields that make two records the same."""

Kind = TypeVar("Kind", bound=r.Record)

ONE_LINE: Final = frozenset(
    ("name", "number", "paper_number", "project", "topic", "code", "organisation", "deliverable")
)
"""Fields of imported records that are one line."""


class ImportedRecord(Struct, frozen=True, kw_only=True):
    """A record as it came: table, doc id, body (builtins)."""

    table: str
    id: int
    body: dict[str, Any]


class ImportedFields(Struct, frozen=True, kw_only=True):
    """Fields of a record that stands, with the values they get."""

    table: str
    id: int
    fields: dict[str, Any]


class ImportRecords(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Import records: departments, people, cards with all of their work, sync entries, meetings with their minutes.

    Args:
        records: new ones, each {table, id, body}; one that stands already is left out. Numbers are kept and not
            given out again; a card or subtask without one gets the next.
        updates: fields of records that stand, each {table, id, fields}.
    """

    records: tuple[ImportedRecord, ...] = ()
    updates: tuple[ImportedFields, ...] = ()

    def subject(self) -> int:
        """An import is the board's."""
        return 0

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Every record fits its table and refers to what is there or comes with it."""
        coming = {(item.table, item.id) for item in self.records}
        bodies = [(item.table, item.id, item.body) for item in self.records]
        fits = True
        for update in self.updates:
            record = board.table(update.table).get(update.id) if update.table in SAME else None
            if record is None and update.table in SAME:
                fits = False
                yield absent(update.table, update.id)
            else:
                bodies.append((update.table, update.id, msgspec.to_builtins(record) | update.fields if record else {}))
        for table, number, body in bodies:
            reasons = [*_unfit(table, number, body)] or [*_dangling(board, table, body, coming)]
            fits = fits and not reasons
            yield from reasons
        if fits and any(body.get("depends_on") for table, _, body in bodies if table == "subtasks"):
            changes = self.apply(board, by)
            yield from circles_in(board.with_changes(changes), changes)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The records that are new, the fields that differ, the counters of the numbers.

        What was signed for and is another now is void and asked anew, as after an edit by hand (rulebook §2, §3).
        """
        numbers = Numbers(board, by)
        changes: list[Change] = [*_Taking(board, numbers).take(self.records)]
        for update in self.updates:
            record = board.table(update.table)[update.id]
            new = _made(update.table, update.id, msgspec.to_builtins(record) | update.fields)
            changes.append(put(record, **{name: getattr(new, name) for name in update.fields}))
        changes = compact([*changes, *numbers.changes()])
        return merged(changes, _void_after(board, by, changes))


class _Taking:
    """Records on their way in: doubles are found, and references to them turned to what stands."""

    def __init__(self, board: Board, numbers: Numbers) -> None:
        self._board = board
        self._numbers = numbers
        self._instead: dict[tuple[str, int], int] = {}
        self._card_numbers = {card.id: card.number for card in board.cards.values()}

    def take(self, records: tuple[ImportedRecord, ...]) -> Iterator[Change]:
        """The changes that add what is new, table by table, so that references lead backwards only."""
        for table in SAME:
            shape = Shape("fields", table=table)
            rows = [
                _made(table, item.id, self._defaults(table, item.body) | mapped(item.body, shape, self._turned))
                for item in records
                if item.table == table
            ]
            # Every number that came is taken before the first one is given out.
            for row in rows:
                self._numbers.keep(table, getattr(row, "number", ""), getattr(row, "card", 0))
            yield from self._new(table, rows)

    def _defaults(self, table: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """What a new record has unless the paper says otherwise."""
        return {"cadence": cadence_of(self._board, body.get("type", ""))} if table == "cards" else {}

    def _new(self, table: str, rows: list[Any]) -> Iterator[Change]:
        if not rows:
            return
        known = set(self._board.table(table))
        standing = {_key(table, record): record.id for record in self._board.table(table).values()}
        standing.pop(None, None)
        for row in rows:
            double = row.id if row.id in known else standing.get(_key(table, row))
            if double is not None:
                self._instead[table, row.id] = double
                continue
            row = self._numbered(table, row)
            known.add(row.id)
            if _key(table, row) is not None:
                standing[_key(table, row)] = row.id
            yield add(row)

    def _turned(self, value: Any, shape: Shape, _name: str) -> Any:
        return self._instead.get((shape.table, value), value) if shape.kind == "ref" else value

    def _numbered(self, table: str, row: Any) -> Any:
        if table == "cards":
            row = row if row.number else msgspec.structs.replace(row, number=self._numbers.card(row))
            self._card_numbers[row.id] = row.number
        elif table == "subtasks" and not row.number:
            number = self._numbers.subtask(row.card, self._card_numbers.get(row.card, ""))
            row = msgspec.structs.replace(row, number=number)
        elif table == "meetings" and not row.number:
            row = msgspec.structs.replace(row, number=self._numbers.meeting())
        elif table == "letters":  # their subtask may be one that stands
            row = msgspec.structs.replace(row, id=letter_id(row.subtask, row.department, row.person))
        return row


def _void_after(board: Board, by: Stamp, changes: Iterable[Change]) -> list[Change]:
    """What changes that no operation of their own made (an import) make void: answers to cards and duties, signatures.

    The changes are made against `board`; what they add to a card that is new with them was signed by nobody.
    """
    out: list[Change] = []
    sides: dict[int, set[int | None]] = {}
    for change in changes:
        record = board.table(change.table).get(change.id)
        if isinstance(change, Put) and isinstance(record, (r.Card, r.Duty)):
            names = [name for name in change.fields if name in (ALL_SIGN if isinstance(record, r.Card) else ONE_SIGNS)]
            card = record if isinstance(record, r.Card) else board.cards[record.card]
            if card.stage in (*ASKED, "draft"):
                out = merged(out, asked_anew(board, by, concerned(board, record, names), ", ".join(names)))
        elif change.table == "subtasks" and isinstance(change, (Add, Put)):
            new = _after(record, change, r.Subtask)
            if new.card in board.cards:
                old = record if isinstance(record, r.Subtask) else None
                sides.setdefault(new.card, set()).update(touched_by(board, old, new))
        elif change.table == "letters" and isinstance(change, (Add, Put)):
            letter = _after(record, change, r.Letter)
            subtask = board.subtasks.get(letter.subtask)
            if subtask is not None:
                sides.setdefault(subtask.card, set()).add(letter.department or home_of(board, letter.person))
    for key, departments in sides.items():
        out = merged(out, signatures_void(board, key, departments))
    return out


def _after(record: r.Record | None, change: Add | Put, kind: type[Kind]) -> Kind:
    """The record a change leaves."""
    if isinstance(change, Add):
        return msgspec.convert((change.record or {}) | {"id": change.id}, kind)
    new = {name: after for name, (_before, after) in change.fields.items()}
    return msgspec.convert(msgspec.to_builtins(record) | new, kind)


def _made(table: str, number: int, body: Mapping[str, Any]) -> Any:
    """The record of a body. Raises msgspec.ValidationError."""
    tidy = {
        name: clean(value) if name in ONE_LINE and isinstance(value, str) else value for name, value in body.items()
    }
    return msgspec.convert(tidy | {"id": number}, r.TABLES[table])


def _key(table: str, record: Any) -> tuple[Any, ...] | None:
    """What makes a record the same as another; None if it lacks that (a card without a number)."""
    key = tuple(getattr(record, name) for name in SAME[table])
    return key if any(key) else None


def _unfit(table: str, number: int, body: Mapping[str, Any]) -> Iterator[Refused]:
    if table not in SAME:
        yield Refused("Records of {table} cannot be imported.", code="refuse.import", table=table)
        return
    try:
        record = _made(table, number, body)
    except msgspec.ValidationError as problem:
        yield Refused("This cannot be stored: {why}.", code="refuse.value", why=str(problem).rstrip("."))
        return
    named = next((name for name in ("name", "topic") if hasattr(record, name)), None)
    if named and not getattr(record, named).strip():
        yield needed(named)
    for name in ONE_LINE & set(record.__struct_fields__):
        if len(getattr(record, name)) > LINE_LIMIT:
            yield too_long(name, len(getattr(record, name)), LINE_LIMIT)
    if letters_of(getattr(record, "letters", "")) is None:
        yield Refused('"{text}" is not of R, A, C, I.', code="refuse.letters", text=record.letters)
    percent = getattr(record, "percent", None)
    yield from percent_reasons(percent)


def _dangling(
    board: Board, table: str, body: Mapping[str, Any], coming: Collection[tuple[str, int]]
) -> Iterator[Refused]:
    for _, shape, value in leaves(dict(body), Shape("fields", table=table)):
        if shape.kind == "ref" and value not in board.table(shape.table) and (shape.table, value) not in coming:
            yield absent(shape.table, value)
