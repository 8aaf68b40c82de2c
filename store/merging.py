"""What a copy of a board has that the board lacks, as one operation (design §3.6, issue 4.5).

A sync program that met two writers keeps both files; an accident leaves `rewind-*` behind. The history says which
operations only the copy has: (client, number) above what the board has of that client. Their changes are made on the
board as it is: what both changed is settled per field, and what cannot be is left and named. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Final

from msgspec import Struct

from store import records as r
from store.board import Board
from store.changes import Add, Change, Drop, Loss, Put, StateMoved, plain, settle, settle_kinds
from store.merged_numbers import Renumbering
from store.operations.prepared import KEPT, MergeCopy, document
from store.operations.shape import Shape, leaves, members
from store.packages import refers_into
from store.restoring import Place, highest_clients
from store.undoing import DONE, changes_of

Left = tuple[str, int, str, Any, Any]
"""Table, record, field, the copy's value, the board's: what stays as the board has it. No field: the whole record."""
MERGE: Final = "MergeCopy"
ROUNDS: Final = 10
"""How often what refers to nothing is taken out: such chains are short."""


class Plan(Struct, frozen=True, kw_only=True):
    """Entries of the copy's history the board lacks, the changes they come to here, and what is left as it is."""

    entries: tuple[r.HistoryEntry, ...]
    changes: tuple[Change, ...]
    left: tuple[Left, ...] = ()
    lost: tuple[Loss, ...] = ()

    def operation(self, copy: str) -> MergeCopy:
        """The operation that makes it; `copy` is the file's name."""
        told = tuple((e.client, e.n, e.operation, e.by, e.at, e.subject) for e in self.entries)
        return MergeCopy(copy=copy, entries=told, left=self.left, lost=self.lost, changes=self.changes)


def plan_merge(board: Board, copy: Board, older: Collection[tuple[str, int]] = ()) -> Plan:
    """Work out what `copy` has that `board` lacks; `older`: (client, number) of entries moved out of the board's file.

    Both are of the same board; an empty plan has no entries.
    """
    board.decode_all()
    copy.decode_all()
    entries = tuple(lacking(board, copy, older))
    if not entries:
        return Plan(entries=(), changes=())
    folded = _Folded(entries)
    merge = _Merge(board, copy, folded, {(e.client, e.n) for e in entries})
    changes = merge.worked_out()
    rows = [Add("asides", key, document(copy, "asides", key)) for key in _waiting(board, copy, entries)]
    made = (*changes, *rows, *highest_clients(board, [board, copy]))
    return Plan(entries=entries, changes=made, left=tuple(merge.left), lost=tuple(merge.lost))


def lacking(board: Board, copy: Board, older: Collection[tuple[str, int]] = ()) -> Iterator[r.HistoryEntry]:
    """The entries of `copy`, in its order, of operations `board` never had."""
    known = {(entry.client, entry.n) for entry in board.history.values()} | set(older)
    for entry in board.history.values():
        if entry.operation == MERGE and isinstance(entry.payload, dict):
            known |= {(taken[0], taken[1]) for taken in entry.payload.get("entries", ())}
    for _, entry in sorted(copy.history.items()):
        row = board.clients.get(entry.client)
        if (entry.client, entry.n) not in known and (row is None or entry.n > row.n):
            yield entry


def _waiting(board: Board, copy: Board, entries: Iterable[r.HistoryEntry]) -> Iterator[int]:
    """What was put aside in the copy and still waits for its author there."""
    keys = {(entry.client, entry.n) for entry in entries}
    for key, row in copy.asides.items():
        if (row.client, row.n) in keys and key not in board.asides:
            yield key


class _Folded:
    """The changes of several entries as one lot: what was added, dropped, and each field's first and last value."""

    def __init__(self, entries: Iterable[r.HistoryEntry]) -> None:
        self.added: dict[Place, None] = {}
        self.dropped: dict[Place, Drop] = {}
        self.fields: dict[Place, dict[str, tuple[Any, Any, int]]] = {}
        """Place -> field -> (value before, value after, when it was recorded)."""
        for entry in entries:
            for change in changes_of(entry) if entry.outcome in DONE else ():
                if change.table not in KEPT:
                    self._take(change, entry.recorded_at)

    def _take(self, change: Change, when: int) -> None:
        place = change.table, change.id
        if isinstance(change, Add):
            if self.dropped.pop(place, None) is None:
                self.added[place] = None
        elif isinstance(change, Drop):
            self.fields.pop(place, None)
            if place in self.added:
                del self.added[place]
            else:
                self.dropped[place] = change
        elif place not in self.added:
            known = self.fields.setdefault(place, {})
            for name, (old, new) in change.fields.items():
                known[name] = (known[name][0] if name in known else old, new, when)


class _Merge:
    """Puts the folded changes of a copy on a board."""

    def __init__(self, board: Board, copy: Board, folded: _Folded, keys: Collection[tuple[str, int]]) -> None:
        self._board, self._copy, self._folded = board, copy, folded
        self.left: list[Left] = []
        self.lost: list[Loss] = []
        self._ours = _times(board, copy)

    def worked_out(self) -> list[Change]:
        """The changes, references all leading somewhere; `left` and `lost` say the rest."""
        changes: list[Change] = [*self._adds(), *self._puts(), *self._drops()]
        for _ in range(ROUNDS):
            lost = self._dangling(changes)
            if not lost:
                break
            for change in lost:
                changes.remove(change)
                self._leave(change.table, change.id)
        return Renumbering(self._board, self._copy).renumbered(changes)

    def _adds(self) -> Iterator[Change]:
        for table, key in self._folded.added:
            if key in self._board.table(table):
                continue
            if key in self._copy.table(table):
                yield Add(table, key, document(self._copy, table, key))
            else:
                self._leave(table, key)

    def _puts(self) -> Iterator[Change]:
        for (table, key), fields in self._folded.fields.items():
            record = self._board.table(table).get(key)
            if record is None:
                self._leave(table, key)
                continue
            found: dict[str, tuple[Any, Any]] = {}
            for name, (seen, mine, when) in fields.items():
                theirs = plain(getattr(record, name, None))
                kept = self._settled(Put(table, key, {name: (theirs, mine)}), name, seen, when)
                if kept != theirs:
                    found[name] = (theirs, kept)
            if found:
                yield Put(table, key, found)

    def _settled(self, change: Put, name: str, seen: Any, when: int) -> Any:
        """The value a field gets: of a scalar the later one, a state only from where its author saw it."""
        theirs, mine = change.fields[name]
        if theirs in (seen, mine):
            return mine
        kind = settle_kinds(change.table).get(name, "scalar")
        if kind == "scalar" and self._ours.get((change.table, change.id, name), 0) > when:
            return self._kept(change, name)
        try:
            settled, losses = settle({f"{change.table}/{change.id}": {name: seen}}, [change])
        except StateMoved:
            return self._kept(change, name)
        self.lost += losses
        return settled[0].fields[name][1] if settled and isinstance(settled[0], Put) else theirs

    def _kept(self, change: Put, name: str) -> Any:
        theirs, mine = change.fields[name]
        self.left.append((change.table, change.id, name, mine, theirs))
        return theirs

    def _drops(self) -> Iterator[Change]:
        for (table, key), drop in self._folded.dropped.items():
            record = self._board.table(table).get(key)
            if record is None:
                continue
            used = next(refers_into(self._board, {table: {key: record}}), None)
            changed = any(place[:2] == (table, key) for place in self._ours)
            if used is None and not changed and drop.record is not None:
                yield Drop(table, key, document(self._board, table, key))
            else:
                self._leave(table, key)

    def _leave(self, table: str, key: int) -> None:
        self.left.append((table, key, "", None, None))

    def _dangling(self, changes: list[Change]) -> list[Change]:
        """Changes with a reference to what is on neither side."""
        after = self._board.with_changes(changes)
        return [
            change
            for change in changes
            if not isinstance(change, Drop) and any(_nowhere(after, to, key) for to, key in _to(change))
        ]


def _nowhere(after: Board, table: str, key: int) -> bool:
    if table == "cards" and key in after.archived:
        return False
    return key not in after.table(table)


def _to(change: Put | Add) -> Iterator[Place]:
    """What a change refers to."""
    shapes = members(r.TABLES[change.table])
    values = change.record or {} if isinstance(change, Add) else {n: new for n, (_old, new) in change.fields.items()}
    for name, value in values.items():
        shape = shapes.get(name, Shape("any"))
        for _field, kind, key in _leaves(value, shape):
            if kind.kind == "ref" and isinstance(key, int):
                yield kind.table, key


def _leaves(value: Any, shape: Shape) -> Iterator[tuple[str, Shape, Any]]:
    """As `leaves`, of builtins: a struct is a dict there."""
    if isinstance(value, list) and shape.inner:
        for part in value:
            yield from _leaves(part, shape.inner)
    elif isinstance(value, dict) and shape.kind == "struct":
        for name, part in value.items():
            yield from _leaves(part, shape.members.get(name, Shape("any")))
    else:
        yield from leaves(value, shape)


def _times(board: Board, copy: Board) -> dict[tuple[str, int, str], int]:
    """When each field was last set by what only the board has (epoch seconds)."""
    common = {(entry.client, entry.n) for entry in copy.history.values()}
    found: dict[tuple[str, int, str], int] = {}
    only: Callable[[r.HistoryEntry], bool] = lambda e: (e.client, e.n) not in common and e.outcome in DONE  # noqa: E731
    for entry in filter(only, board.history.values()):
        for change in changes_of(entry):
            if isinstance(change, Put):
                for name in change.fields:
                    place = change.table, change.id, name
                    found[place] = max(found.get(place, 0), entry.recorded_at)
    return found
