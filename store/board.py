"""Board: ONE immutable revision of everything, indexed (design §1-2, core 4.2).

A screen reads a Board and nothing else. Tables decode lazily from the raw bytes of the file and are
carried over from the revision before where the bytes are equal, so a foreign change costs only what
it changed. Compared by identity.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping
from functools import cache, cached_property
from itertools import compress, islice, repeat
from operator import eq, ne
from types import MappingProxyType
from typing import Any, cast

import msgspec
from msgspec import Raw
from msgspec.structs import force_setattr

from store import records as r
from store.changes import Add, Change, Put
from store.grouped import Grouped
from store.indexes import carry_indexes
from store.settings import BoardSettings

RawTable = Mapping[str, Raw]
Touched = Mapping[str, Collection[str]]
"""Table -> ids as text."""
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError)
"""What a record that does not decode raises."""


@cache
def decoder(table: str) -> msgspec.json.Decoder[r.Record]:
    """The typed decoder of one record of a table."""
    return msgspec.json.Decoder(r.TABLES[table])


class Board(Grouped):
    """One revision. Tables are dicts doc id -> record; every index is built when first asked for."""

    def __init__(
        self,
        meta: r.BoardMeta,
        raws: Mapping[str, RawTable],
        parent: Board | None = None,
        touched: Touched = MappingProxyType({}),
    ) -> None:
        """Take raw tables (`table -> id -> Raw`). `parent`, never an overlaid Board, lends what is equal.

        `touched` saves comparing the tables it names: which rows of theirs may differ from the parent's.
        """
        self.meta = meta
        self.raws = raws
        self.damaged: dict[tuple[str, int], str] = {}
        """Records that do not decode: (table, id) -> reason. They are shown as damaged and never written."""
        self.pending: frozenset[int] = frozenset()
        """Doc ids whose change waits to be written."""
        self.changed: dict[str, Collection[int]] | None = None
        """Table -> doc ids that differ from the parent's, new ones in the file's order (None: no parent)."""
        self._parent = parent
        self._tables: dict[str, dict[int, r.Record]] = {}
        if parent is not None:
            self._carry_over(parent, touched)

    def _carry_over(self, parent: Board, touched: Touched) -> None:
        """Decode what differs from the parent in the tables the parent had decoded, share the rest and its indexes."""
        self.changed = {}
        # Copies, because another thread may be decoding a table of the parent just now.
        damaged = dict(parent.damaged)
        for name, before in dict(parent._tables).items():
            rows = self.raws.get(name, {})
            old_raw = parent.raws.get(name, {})
            changed, gone = _differences(rows, old_raw, touched.get(name))
            self.damaged |= {k: v for k, v in damaged.items() if k[0] == name}
            if not changed and not gone:
                self._tables[name] = before
                continue
            table = dict(before)
            for key in changed:
                self.damaged.pop((name, int(key)), None)
                self._decode(name, key, rows[key], table)
            for key in gone:
                table.pop(int(key), None)
            self._tables[name] = table
            self.changed[name] = [*map(int, changed), *map(int, gone)]
        carry_indexes(self, parent, self.changed)
        self._carry_last_entry(parent)

    def _carry_last_entry(self, parent: Board) -> None:
        last = parent.__dict__.get("last_entry")
        rows = self.raws.get("history", {})
        added = [] if rows is parent.raws.get("history") else (self.changed or {}).get("history")
        if last is not None and added is not None and (not last or str(last) in rows):
            self.__dict__["last_entry"] = max((last, *added))

    def _decode(self, name: str, key: str, raw: Raw, table: dict[int, r.Record]) -> None:
        try:
            number = int(key)
            record = decoder(name).decode(raw)
        except UNREADABLE as problem:
            if key.isdecimal():
                self.damaged[name, int(key)] = str(problem)
                table.pop(int(key), None)
            return
        force_setattr(record, "id", number)
        table[number] = record

    def table(self, name: str) -> dict[int, r.Record]:
        """All records of a table by doc id, decoded at the first call."""
        found = self._tables.get(name)
        if found is None:
            found = self._tables[name] = self._decoded(name, self.raws.get(name, {}))
        return found

    def _decoded(self, name: str, rows: RawTable) -> dict[int, r.Record]:
        """Decode all rows of a table: at once, or one by one if any of them is damaged."""
        if not rows:
            return {}  # making a decoder takes longer than a hundred records
        try:
            ids = [*map(int, rows)]
            records = [*map(decoder(name).decode, rows.values())]
        except UNREADABLE:
            found: dict[int, r.Record] = {}
            for key, raw in rows.items():
                self._decode(name, key, raw, found)
            return found
        deque(map(force_setattr, records, repeat("id"), ids), maxlen=0)  # no step of Python for each of 20,000
        return dict(zip(ids, records, strict=True))

    def decode_all(self) -> None:
        """Decode every record of every table once (before anything is written; design §3.3)."""
        for name in r.TABLES:
            self.table(name)

    def with_changes(self, changes: Iterable[Change]) -> Board:
        """This Board with changes drawn over it; the ids they touch are `pending`."""
        board = Board.__new__(Board)
        board.meta, board.raws, board.damaged = self.meta, self.raws, self.damaged
        board._parent, board._tables = self, dict(self._tables)
        touched: dict[str, dict[int, None]] = defaultdict(dict)
        for change in changes:
            if change.table not in touched:
                board._tables[change.table] = dict(self.table(change.table))
            table = board._tables[change.table]
            touched[change.table][change.id] = None
            if isinstance(change, Add):
                table[change.id] = _record(change.table, change.id, change.record or {})
            elif isinstance(change, Put):
                before = table.get(change.id)
                if before is not None:
                    body = msgspec.to_builtins(before) | {k: new for k, (_, new) in change.fields.items()}
                    table[change.id] = _record(change.table, change.id, body)
            else:
                table.pop(change.id, None)
        board.changed = {name: [*ids] for name, ids in touched.items()}
        carry_indexes(board, self, board.changed)
        if "last_entry" in self.__dict__:
            board.__dict__["last_entry"] = self.last_entry
        board.pending = self.pending.union(*touched.values())
        return board

    def with_older_history(self, older: Mapping[int, r.HistoryEntry]) -> Board:
        """This Board with the entries that were moved out of the file in its history: only for reading back in time."""
        board = self.with_changes(())
        board.take_parent()
        board._tables["history"] = {**older, **self.history}
        board.pending = self.pending
        return board

    def take_parent(self) -> Board | None:
        """The revision this one came from, once: who builds an incremental index asks, then it is let go."""
        parent, self._parent = self._parent, None
        return parent

    # What follows from it --------------------------------------------------------------------------

    @cached_property
    def settings(self) -> BoardSettings:
        """The board's settings with defaults filled in."""
        rows = cast("dict[int, r.Setting]", self.table("settings"))
        return BoardSettings.of({s.key: s.value for s in rows.values()})

    @cached_property
    def by_number(self) -> dict[str, tuple[str, int]]:
        """Number people see (and its paper form) -> (table, doc id)."""
        found: dict[str, tuple[str, int]] = {}
        for name in ("cards", "subtasks", "issues", "meetings", "archived"):
            for key, record in self.table(name).items():
                for number in (getattr(record, "number", ""), getattr(record, "paper_number", "")):
                    if number:
                        found.setdefault(number, (name, key))
        return found

    @cached_property
    def clients(self) -> dict[str, r.ClientRow]:
        """Client -> its row."""
        return {c.client: c for c in cast("dict[int, r.ClientRow]", self.table("clients")).values()}

    @cached_property
    def counters(self) -> dict[str, r.Counter]:
        """Counter key -> counter."""
        return {c.key: c for c in cast("dict[int, r.Counter]", self.table("counters")).values()}

    @cached_property
    def last_entry(self) -> int:
        """The highest chain number of the history, 0 if there is none."""
        return max(map(int, self.raws.get("history", ())), default=0)

    # Small questions ----------------------------------------------------------------------------

    def person_name(self, person: int | None) -> str:
        """A person's name, or an empty string."""
        found = self.people.get(person or 0)
        return found.name if found else ""

    def card_of_meeting(self, meeting: r.Meeting) -> int | None:
        """The card a meeting is about: its own, or that of its issue; None without either."""
        issue = None if meeting.card else self.issues.get(meeting.issue or 0)
        return meeting.card or (issue.card if issue else None)

    def department_name(self, department: int | None) -> str:
        """A department's name, or an empty string."""
        found = self.departments.get(department or 0)
        return found.name if found else ""


def _differences(
    rows: RawTable, before: RawTable, touched: Collection[str] | None = None
) -> tuple[list[str], set[str]]:
    """Keys that are new or have other bytes, and keys that are gone; at the speed of C, for 10,000 rows.

    Only those in `touched` are looked at, where that is known.
    """
    if rows is before:
        return [], set()
    if touched is not None:
        changed = [key for key in touched if key in rows and rows[key] != before.get(key)]
        return changed, {key for key in touched if key in before and key not in rows}
    if len(rows) >= len(before) and all(map(eq, rows, before)):  # the usual change: a record or two, new ones behind
        changed = [*compress(rows, map(ne, rows.values(), before.values())), *islice(rows, len(before), None)]
        return changed, set()
    changed = list(compress(rows, map(ne, rows.values(), map(before.get, rows))))
    added = sum(key not in before for key in changed)
    return changed, set() if len(rows) - added == len(before) else set(before.keys() - rows.keys())


def _record(table: str, number: int, body: dict[str, Any]) -> r.Record:
    record = msgspec.convert(body, r.TABLES[table])
    force_setattr(record, "id", number)
    return record
