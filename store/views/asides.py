"""What was put aside and waits for a person, with what stands on the board instead (design §3.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from store.board import Board
from store.changes import plain
from store.errors import CrossdeckError, Refused, UsageError
from store.operations.base import Operation, decode
from store.operations.references import STARTS, find, instant
from store.operations.shape import Shape, members, shape_in
from store.records import TABLES, Aside, HistoryEntry
from store.views.numbers import table_of

if TYPE_CHECKING:
    from store.rules.people_dates import Days

TYPED = frozenset({"line", "prose", "instant", "plain"})
"""Kinds of fields that can be typed in one field of a form, besides references to `NAMED`."""
NAMED = frozenset({"people", "departments"})
"""Tables whose records are named by a word; a reference to another is which record a change is about."""


class Wanted(Struct, frozen=True):
    """One field of what was put aside: its value then, and that of the record it is about as it stands now.

    `now` is None where the record has no such field; `inside` is whether it stands in the operation's `fields`.
    """

    name: str
    shape: Shape
    value: Any
    now: Any = None
    inside: bool = False


def asides_of(board: Board, person: int | None) -> list[Aside]:
    """Return what was put aside of a person's changes, oldest first."""
    mine = [row for row in board.asides.values() if row.by == person]
    return sorted(mine, key=lambda row: (row.recorded_at, row.client, row.n))


def card_of(board: Board, key: int) -> int | None:
    """Return the card a record belongs to, itself if it is one; None without."""
    table = table_of(board, key)
    record: Any = board.table(table)[key] if table else None
    return key if table == "cards" else getattr(record, "card", None)


def operation_of(aside: Aside) -> Operation:
    """Return the operation as its author gave it. Raises UsageError if this program does not know it (any more)."""
    return decode(aside.operation, aside.payload)


def reasons_of(aside: Aside | HistoryEntry) -> list[CrossdeckError]:
    """Return why it was put aside, as errors whose sentences can be said in any language."""
    found: list[CrossdeckError] = []
    for code, message, fields in aside.reasons if isinstance(aside, Aside) else aside.why:
        try:
            found.append(Refused(message, code=code, **fields))
        except (KeyError, IndexError, ValueError, TypeError):  # written by hand, or by another version
            found.append(Refused("{why}", code=code, why=message))
    return found


def wanted(board: Board, aside: Aside) -> Iterator[Wanted]:
    """Yield the fields of it that can be typed anew, each beside what stands now.

    Ids of what it is about or makes are none of them: another record is another change.
    """
    operation = operation_of(aside)
    table = table_of(board, aside.subject)
    record: Any = board.table(table).get(aside.subject) if table else None
    for name, shape in members(type(operation)).items():
        value = plain(getattr(operation, name))
        if isinstance(value, dict) and name == "fields":
            known = members(TABLES[table]) if table in TABLES else {}
            for inner, mine in value.items():
                kind = known.get(inner) or shape_in(shape, inner)
                if _typed(kind, mine):
                    yield Wanted(inner, kind, mine, plain(getattr(record, inner, None)), inside=True)
        elif name != "id" and value not in (None, "") and _typed(shape, value):
            yield Wanted(name, shape, value, plain(getattr(record, name, None)))


def edited(board: Board, aside: Aside, typed: Mapping[str, str], now: int, days: Days) -> Operation:
    """Return the operation with some of its fields (`wanted`) typed anew; dates and names as people write them.

    `now` (epoch seconds) and `days` are what dates are read by. Raises DateProblem, NotFound, Refused, UsageError.
    """
    payload: dict[str, Any] = {**aside.payload}
    inside: dict[str, Any] = dict(payload.get("fields") or {})
    known = {each.name: each for each in wanted(board, aside)}
    for name, text in typed.items():
        if name not in known:
            fields = ", ".join(known)
            raise UsageError('It has no field "{name}" to edit. It has: {fields}.', name=name[:60], fields=fields)
        each = known[name]
        (inside if each.inside else payload)[name] = _read(board, each, text.strip(), now, days)
    return decode(aside.operation, payload | ({"fields": inside} if inside else {}))


def _read(board: Board, each: Wanted, text: str, now: int, days: Days) -> Any:
    if not text:
        return "" if each.shape.kind in {"line", "prose"} else None
    if each.shape.kind == "ref":
        return find(board, each.shape.table, text)
    if each.shape.kind == "instant":
        return instant(text, board, now, days, start=each.name in STARTS)
    if not isinstance(each.value, int):
        return text
    if not (text.isascii() and text.isdecimal()):
        raise Refused('{field}: "{value}" is no number.', code="refuse.value", field=each.name, value=text[:60])
    return int(text)


def _typed(shape: Shape, value: Any) -> bool:
    if isinstance(value, (bool, list, dict)):
        return False
    return shape.kind in TYPED or (shape.kind == "ref" and shape.table in NAMED)
