"""A few cards of a Board, with indexes of just them: what one operation asks about, without one pass for each index."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from store.board import Board
from store.indexes import INDEXES
from store.records import Issue, Record
from store.tables import Tables


class Part(Tables):
    """Answers what a Board answers, its indexes only about some cards and what hangs on them."""

    def __init__(self, board: Board, cards: frozenset[int | None]) -> None:
        """Take the Board and the cards (None: what has no card)."""
        self._board = board
        self._cards = {key or 0 for key in cards}
        self.settings = board.settings
        self.card_of_meeting = board.card_of_meeting

    def table(self, name: str) -> dict[int, Record]:
        """All records of a table by doc id."""
        return self._board.table(name)

    def __getattr__(self, name: str) -> dict[int, list[Any]]:
        """Return an index: the Board's if it has it, else made of the records of these cards alone."""
        if name not in INDEXES:
            raise AttributeError(name)
        known = self._board.__dict__.get(name)
        found: dict[int, list[Any]] = known if known is not None else self._made(name)
        self.__dict__[name] = found
        return found

    def _made(self, name: str) -> dict[int, list[Any]]:
        index = INDEXES[name]
        rows = self._board.table(index.table)
        found: dict[int, list[Any]] = defaultdict(list)
        if not rows:
            return found
        key, wanted = index.key_on(self._board), self._wanted(index.table)
        for row in rows.values():
            if (place := key(row)) in wanted:
                found[place].append(row)
        for group in found.values():
            group.sort(key=index.order)
        return found

    def _wanted(self, table: str) -> set[int]:
        """Return what records of a table hang on, of these cards."""
        if table == "steps":
            return {each.id for each in self._board.issues.values() if self._holds(each)}
        if table in {"progress", "letters", "inputs", "scopes", "supports", "incidents"}:
            return {each.id for group in self.subtasks_of.values() for each in group if each.card in self._cards}
        if table in {"attendance", "agenda"}:
            return {each.id for group in self.meetings_of.values() for each in group}
        return self._cards

    def _holds(self, issue: Issue) -> bool:
        return issue.card in self._cards
