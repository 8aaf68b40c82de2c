"""Numbers people see, where records come from another file (rulebook §2: given once, never used again)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from store import records as r
from store.board import Board
from store.changes import Add, Change, add, put
from store.operations.act import derived
from store.rules.paper_ids import format_card_id, read_card_id

NUMBERED: Final = ("cards", "subtasks", "issues", "meetings")
"""Tables whose records carry a number people see, those whose numbers others begin with first."""
LETTERS: Final = {"issues": "I", "meetings": "M"}


def counted(table: str, body: Mapping[str, Any]) -> tuple[str, int] | None:
    """The key of the counter a record's number comes from, and the number itself; None if it is none of ours."""
    number = str(body.get("number") or "")
    if table in LETTERS:
        tail = number.rpartition("-")[2]
        return (table[:-1], int(tail)) if tail.isdecimal() else None
    found = read_card_id(number)
    if found is None:
        return None
    if table == "cards":
        return f"card/{found.prefix}/{found.year}", found.number
    return (f"subtask/{body.get('card')}", found.sub) if found.sub is not None else None


class Renumbering:
    """Gives added records another number where theirs is taken, and keeps the counters."""

    def __init__(self, board: Board, copy: Board) -> None:
        """Start from the board's numbers and the counters of both: the next number is new to either."""
        self._board = board
        self._taken = {
            table: {getattr(record, "number", "") for record in board.table(table).values()} for table in NUMBERED
        }
        self._highest = defaultdict[str, int](int)
        for counter in (*board.counters.values(), *copy.counters.values()):
            self._highest[counter.key] = max(self._highest[counter.key], counter.value)
        self._cards: dict[int, tuple[str, str]] = {}
        """Card that got another number -> the old one and the new one."""

    def renumbered(self, changes: Iterable[Change]) -> list[Change]:
        """The changes, numbers given once, and those of the counters."""
        found = list(changes)
        added = {
            table: [change for change in found if isinstance(change, Add) and change.table == table]
            for table in NUMBERED
        }
        for table in NUMBERED:
            for change in added[table]:
                self._keep(table, change.record or {})
        new = {
            (table, change.id): Add(table, change.id, self._numbered(table, change.id, dict(change.record or {})))
            for table in NUMBERED
            for change in added[table]
        }
        return [*(new.get((c.table, c.id), c) if isinstance(c, Add) else c for c in found), *self._counters()]

    def _keep(self, table: str, body: Mapping[str, Any]) -> None:
        found = counted(table, body)
        if found is not None:
            self._highest[found[0]] = max(self._highest[found[0]], found[1])

    def _numbered(self, table: str, key: int, body: dict[str, Any]) -> dict[str, Any]:
        number = str(body.get("number") or "")
        if table == "subtasks" and body.get("card") in self._cards:
            old, new = self._cards[body["card"]]
            number = body["number"] = number.replace(old, new, 1)
        if number and number in self._taken[table]:
            body["number"] = self._next(table, body) or number
            if table == "cards":
                self._cards[key] = (number, body["number"])
        self._taken[table].add(str(body.get("number") or ""))
        return body

    def _next(self, table: str, body: Mapping[str, Any]) -> str:
        found, parts = counted(table, body), read_card_id(str(body.get("number") or ""))
        if found is None:
            return ""
        self._highest[found[0]] += 1
        number = self._highest[found[0]]
        if table in LETTERS:
            return f"{LETTERS[table]}-{number:03d}"
        if parts is None:
            return ""
        if table == "cards":
            return format_card_id(parts.prefix, parts.year, number)
        return f"{parts.card}-{number:02d}"

    def _counters(self) -> Iterator[Change]:
        for key, value in self._highest.items():
            there = self._board.counters.get(key)
            if there is None:
                yield add(r.Counter(id=derived("counters", key), key=key, value=value))
            elif there.value < value:
                yield put(there, value=value)
