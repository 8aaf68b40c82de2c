"""The numbers people see: `PROJECT-YEAR-NNN`, `…-NN`, `I-NNN`, `M-NNN` (rulebook §2, §5; core 2.6).

Given out in `apply`, under the lock, from the table `counters` (highest number ever given under a key),
never twice; while a pending row is drawn the number is `?`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from store import records as r
from store.board import Board
from store.changes import Change, add, put
from store.operations.act import derived
from store.operations.base import Stamp
from store.rules.paper_ids import format_card_id, read_card_id
from store.settings import BoardSettings

TYPES: Final = ("special", "routine", "urgent")
"""Types of card in the order of the setting `card_prefixes`."""


def prefix_of(card: r.Card, settings: BoardSettings) -> str:
    """The first part of a card's number: its project, else the board's word for its type (T4)."""
    return card.project.strip() or settings.card_prefixes[TYPES.index(card.type)]


class Numbers:
    """The numbers one operation gives out; several of a kind count on. `changes` holds the counters in the end."""

    def __init__(self, board: Board, by: Stamp) -> None:
        """Start from the board's counters; the year is that of `by.at` in the board's time zone."""
        self._board = board
        self._provisional = by.provisional
        self._at = by.at
        self._highest: dict[str, int] = {}

    def card(self, card: r.Card) -> str:
        """The next `PROJECT-YEAR-NNN` for a card (which has no number yet).

        The year is the one it is given out in, also to a card that an import found on an older paper: numbers of
        earlier years belong to the registers of those years, which may yet be imported under them (never twice, §2).
        """
        prefix, year = prefix_of(card, self._board.settings), self._year()
        number = self._next(f"card/{prefix}/{year}")
        return format_card_id(prefix, year, number) if number else f"{prefix}-{year}-?"

    def subtask(self, card: int, card_number: str) -> str:
        """The next `…-NN` under a card's number."""
        number = self._next(f"subtask/{card}")
        return f"{card_number}-{number:02d}" if number else f"{card_number}-?"

    def issue(self) -> str:
        """The next `I-NNN`."""
        return self._plain("issue", "I")

    def meeting(self) -> str:
        """The next `M-NNN`."""
        return self._plain("meeting", "M")

    def keep(self, table: str, number: str, card: int = 0) -> None:
        """Take note of a number that came from elsewhere (import), so that it is not given out again.

        `card` is the doc id of the card a subtask belongs to.
        """
        if table in {"issues", "meetings"}:
            tail = number.rpartition("-")[2]
            return self._raise(table.removesuffix("s"), int(tail)) if tail.isdecimal() else None
        found = read_card_id(number)
        if found is None:
            return None
        if table == "cards":
            self._raise(f"card/{found.prefix}/{found.year}", found.number)
        elif table == "subtasks" and found.sub is not None:
            self._raise(f"subtask/{card}", found.sub)
        return None

    def changes(self) -> list[Change]:
        """The changes that keep the counters; none while numbers are `?`."""
        out: list[Change] = []
        for key, value in self._highest.items():
            stored = self._board.counters.get(key)
            row = r.Counter(id=derived("counters", key), key=key, value=value)
            if stored is None:
                out.append(add(row))
            elif value > stored.value:
                out.append(put(stored, value=value))
        return [] if self._provisional else out

    def _plain(self, key: str, letter: str) -> str:
        number = self._next(key)
        return f"{letter}-{number:03d}" if number else f"{letter}-?"

    def _year(self) -> int:
        from zoneinfo import ZoneInfo

        return datetime.fromtimestamp(self._at, ZoneInfo(self._board.settings.zone)).year

    def _next(self, key: str) -> int:
        if self._provisional:
            return 0
        self._raise(key, self._current(key) + 1)
        return self._highest[key]

    def _raise(self, key: str, value: int) -> None:
        self._highest[key] = max(value, self._current(key))

    def _current(self, key: str) -> int:
        if key not in self._highest:
            stored = self._board.counters.get(key)
            # A board that another program filled may lack the counter: then the numbers that stand are counted.
            self._highest[key] = stored.value if stored else max(self._standing(key), default=0)
        return self._highest[key]

    def _standing(self, key: str) -> Iterable[int]:
        kind, _, rest = key.partition("/")
        if kind == "card":
            prefix, _, year = rest.rpartition("/")
            numbers = [card.number for card in self._board.cards.values()]
            for text in (*numbers, *(row.number for row in self._board.archived.values())):
                found = read_card_id(text)
                if found and (found.prefix, str(found.year)) == (prefix, year):
                    yield found.number
        elif kind == "subtask":
            for subtask in self._board.subtasks.values():
                found = read_card_id(subtask.number) if subtask.card == int(rest) else None
                yield (found.sub or 0) if found else 0
        else:
            for record in self._board.table(f"{kind}s").values():
                tail = str(getattr(record, "number", "")).rpartition("-")[2]
                yield int(tail) if tail.isdecimal() else 0
