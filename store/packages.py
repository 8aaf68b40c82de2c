"""What belongs to one card, as the archive keeps it: its records whole, their digest, the name of the file.

Pure: no file is read or written here (`store.file.archive` does that).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Raw, Struct

from store import records as r
from store.board import Board
from store.operations.shape import leaves, members
from store.text import clean
from store.tokens import digest

STAYS: Final = frozenset({"settings", "people", "departments", "cards", "archived", "counters", "clients", "history"})
"""Tables of which nothing belongs to a card (`cards` aside: the card itself)."""
HOLDERS: Final = {"meeting": "meetings", "card": "cards", "issue": "issues", "subtask": "subtasks"}
"""Field -> table of the record one belongs to, the first that is filled in."""
FIRST: Final = ("cards", "subtasks", "issues", "meetings")
"""Tables others hang on, so that each is complete before it is asked about."""
BYTES: Final = 120
"""Most bytes of a file's name before its number and date: file systems take 255."""

Records = Mapping[str, Mapping[int, r.Record]]
"""Table -> doc id -> record."""
Bodies = Mapping[str, Mapping[str, Any]]
"""Table -> doc id as text -> the record as its document."""


class Reference(Struct, frozen=True):
    """A record that refers to another: where it stands, by which field, and to what."""

    table: str
    id: int
    field: str
    to_table: str
    to: int


def package(board: Board, card: int) -> dict[str, dict[int, r.Record]]:
    """Every record that belongs to a card, by table, the card itself first; in the file's order."""
    found: dict[str, dict[int, r.Record]] = {"cards": {card: board.cards[card]}}
    for table in (*FIRST[1:], *(name for name in r.TABLES if name not in STAYS and name not in FIRST)):
        rows = {key: record for key, record in board.table(table).items() if _belongs(record, found)}
        if rows:
            found[table] = rows
    return found


def _belongs(record: r.Record, found: Mapping[str, Collection[int]]) -> bool:
    for name, table in HOLDERS.items():
        holder = getattr(record, name, None)
        if holder:
            return holder in found.get(table, ())
    return False


def digest_of(records: Records) -> str:
    """The digest of records as this program reads them: order of tables and records, unknown fields left out."""
    plain = {table: {str(key): body_of(record) for key, record in rows.items()} for table, rows in records.items()}
    return digest(msgspec.json.encode(plain, order="sorted"), 16).hex()


def body_of(record: r.Record) -> dict[str, Any]:
    """A record as its document, without its id."""
    body: dict[str, Any] = msgspec.to_builtins(record)
    body.pop("id", None)
    return body


def decoded(bodies: Bodies) -> dict[str, dict[int, r.Record]]:
    """Documents as records. Raises msgspec.ValidationError or ValueError for what is none."""
    return {
        table: {int(key): msgspec.convert(dict(body) | {"id": int(key)}, r.TABLES[table]) for key, body in rows.items()}
        for table, rows in bodies.items()
        if table in r.TABLES
    }


def as_board(live: Board, bodies: Bodies, history: Iterable[Mapping[str, Any]]) -> Board:
    """A Board of one archived card, to be read like any other: its records among the people and rules of `live`."""
    shared = {name: live.raws.get(name, {}) for name in ("settings", "people", "departments")}
    entries = {str(number): Raw(msgspec.json.encode(entry)) for number, entry in enumerate(history, 1)}
    own = {
        table: {str(key): Raw(msgspec.json.encode(body)) for key, body in rows.items()}
        for table, rows in bodies.items()
        if table in r.TABLES and table not in shared
    }
    return Board(live.meta, {**shared, **own, "history": entries})


def refers_into(board: Board, found: Records) -> Iterator[Reference]:
    """Records outside a package that refer to one in it; what a card recurs from is its line in the archive."""
    for table in r.TABLES:
        if table in {"archived", "counters", "clients", "history"}:
            continue
        inside = found.get(table, {})
        shapes = {
            name: shape for name, shape in members(r.TABLES[table]).items() if shape.kind not in {"line", "prose"}
        }
        for key, record in board.table(table).items():
            if key in inside:
                continue
            for each in refers(table, key, record, shapes):
                if each.to in found.get(each.to_table, ()) and each.field != "previous":
                    yield each


def refers_out(found: Records) -> Iterator[Reference]:
    """References in a package to records that are not in it."""
    for table, rows in found.items():
        shapes = members(r.TABLES[table])
        for key, record in rows.items():
            for each in refers(table, key, record, shapes):
                if each.to not in found.get(each.to_table, ()):
                    yield each


def refers(table: str, key: int, record: r.Record, shapes: Mapping[str, Any]) -> Iterator[Reference]:
    """The references in the given fields of a record."""
    for name, shape in shapes.items():
        value = getattr(record, name)
        if shape.kind == "ref":
            if value:
                yield Reference(table, key, name, shape.table, value)
        elif value and shape.kind in {"list", "struct"}:
            for _field, kind, each in leaves(value, shape, name):
                if kind.kind == "ref" and each:
                    yield Reference(table, key, name, kind.table, each)


def file_name(card: r.Card, completed: int, zone: str) -> str:
    """`PROJECT-NAME-ID-DATE.json`: one plain name, whatever people wrote (rulebook §2, T2, T4).

    `completed` is the instant of completion. Letters and digits of any script, `.` and `_` stay, all else becomes
    `-`; never a hidden name, never one a system keeps for itself, never a folder.
    """
    date = datetime.fromtimestamp(completed, ZoneInfo(zone)).date().isoformat()
    title = "-".join(filter(None, (_safe(card.project), _safe(card.name))))
    title = title.encode()[:BYTES].decode(errors="ignore").strip("-._") or "card"
    number = _safe(card.number).encode()[:BYTES].decode(errors="ignore").strip("-._") or str(card.id)
    return f"{title}-{number}-{date}.json"


def _safe(text: str) -> str:
    """Text as part of a file's name. The other characters would be a folder, a wildcard or a stream somewhere."""
    return re.sub(r"[^\w.]+", "-", clean(text)).strip("-._")


def history_of(board: Board, keys: Collection[int]) -> list[r.HistoryEntry]:
    """The entries of the board's history that changed one of these records, or are filed under one, in order."""
    wanted = frozenset(keys)
    return [
        entry
        for _, entry in sorted(board.history.items())
        if entry.subject in wanted or any(change[2] in wanted for change in entry.changes if len(change) > 2)
    ]
