"""A Board as of an earlier instant (`--at` on a reader): what happened later is taken back.

Taken back is work and what became of it. Who works here and which rules hold (people, departments,
settings) stays as it is. What was entered later but says of itself that it began by then stays too
("what is recorded later counts from the instant it is said to have happened", rulebook §8): a card
typed in today whose work started last Monday, and everything an import found in a register.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from store.board import Board
from store.changes import Add, Change, Drop, Put, plain
from store.operations.shape import members
from store.records import TABLES, HistoryEntry

_Place = tuple[str, int]

STAYS = frozenset({"people", "departments", "settings", "counters", "clients", "history", "archived", "asides"})
"""Tables that are not taken back; of the history only entries are left out."""
PARENTS = {"card": "cards", "subtask": "subtasks", "issue": "issues", "meeting": "meetings", "item": "agenda"}
"""Field -> table of the record that one hangs on."""
OWN = {"progress": "at", "steps": "at", "sync": "at", "issues": "raised_at", "results": "closed"}
"""Table -> the one instant that says when a record of it came to be, whatever else it names."""


def board_as_of(board: Board, instant: int) -> Board:
    """Return `board` without what happened after `instant` (epoch seconds), newest taken back first.

    Only what its history still holds can be taken back, and a record that was dropped stays away. A field
    that something else has set since keeps that value. The same Board if nothing happened later.
    """
    past = _Past(board, instant)
    for _, entry in sorted(board.history.items(), reverse=True):
        past.walk(entry)
    return past.board()


class _Past:
    """The walk back through the history, newest entry first."""

    def __init__(self, board: Board, instant: int) -> None:
        self._board, self._instant = board, instant
        self._fields: dict[_Place, dict[str, Any]] = {}
        """Fields that were taken back, with the value they had, as JSON holds it."""
        self._gone: set[_Place] = set()
        self._needed: set[_Place] = set()
        """What a record that stays hangs on."""
        self._following: list[tuple[_Place, _Place | None]] = []
        """Records that name no instant of their own, and what was added together with them."""

    def walk(self, entry: HistoryEntry) -> None:
        """Take an entry back if it happened later; note what hangs on what if not."""
        late = entry.at > self._instant
        if late:
            self._gone.add(("history", entry.id))
        changes = [c for c in msgspec.convert(entry.changes, tuple[Change, ...]) if c.table not in STAYS]
        added = {(change.table, change.id) for change in changes if isinstance(change, Add)}
        for change in reversed(changes):
            place = (change.table, change.id)
            if self._board.table(change.table).get(change.id) is None:
                continue
            if isinstance(change, Add):
                self._added(place, added, entry.operation if late else None)
            elif late and isinstance(change, Put) and not self._says_earlier(change):
                self._take_back(place, change)

    def board(self) -> Board:
        """The Board that the walk came to."""
        for place, parent in self._following:
            if parent is None or parent in self._gone:
                self._gone.add(place)
        if not self._gone and not self._fields:
            return self._board
        back: list[Change] = [Drop(*place) for place in self._gone]
        for place, fields in self._fields.items():
            if place not in self._gone:
                back.append(Put(*place, {name: (None, value) for name, value in fields.items()}))
        before = self._board.with_changes(back)
        before.pending = self._board.pending
        return before

    def _value(self, place: _Place, name: str) -> Any:
        """A field of a record as far back as the walk has come, as JSON holds it."""
        fields = self._fields.get(place, {})
        return fields[name] if name in fields else plain(getattr(self._board.table(place[0])[place[1]], name, None))

    def _added(self, place: _Place, together: set[_Place], operation: str | None) -> None:
        """Decide on an added record; `operation` is the one that added it later (None: it was there by then)."""
        found = ((table, self._value(place, name)) for name, table in PARENTS.items())
        parents = [(table, key) for table, key in found if key]
        if operation is not None and place not in self._needed:
            began = self._began(place, register=operation == "ImportRecords")
            if began is None:
                self._following.append((place, next((each for each in parents if each in together), None)))
                return
            if began > self._instant:
                self._gone.add(place)
                return
        self._needed.update(parents)

    def _began(self, place: _Place, *, register: bool) -> int | None:
        """The first instant a record names of itself, epoch seconds; None if it names none.

        What a register listed was there before it was read, save what carries the instant it happened at.
        """
        if place[0] in OWN:
            at: int | None = self._value(place, OWN[place[0]])
            return at
        if register:
            return 0
        named = (self._value(place, name) for name in _instants(place[0]))
        return min((at for at in named if at is not None), default=None)

    def _says_earlier(self, change: Put) -> bool:
        """Whether a change entered later is said to have happened by then (a meeting held yesterday)."""
        # The time of day of a card's regular meeting is a text.
        named = [new for name, (_, new) in change.fields.items() if name.endswith("_at") and isinstance(new, int)]
        return bool(named) and max(named) <= self._instant

    def _take_back(self, place: _Place, change: Put) -> None:
        for name, (old, new) in change.fields.items():
            if self._value(place, name) == new:
                self._fields.setdefault(place, {})[name] = old


@cache
def _instants(table: str) -> tuple[str, ...]:
    return tuple(name for name, shape in members(TABLES[table]).items() if shape.kind == "instant")
