"""What screens and the command line hold: one Board with its clocks and rows, kept up from revision to revision."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from store.board import Board
from store.rules.clock_book import ClockBook, cards_of, clock_book
from store.rules.ladder import Roster
from store.rules.working_time import WorkingTime
from store.views.overview import CardRow, card_row


class BoardState:
    """A Board under one working time. Rows in it do not depend on now; views that do are handed it.

    Compared by identity, like the Board. Everything is worked out when first asked for.
    """

    def __init__(self, board: Board, working: WorkingTime, parent: BoardState | None = None) -> None:
        """Take `board`; `parent` (the state of any earlier revision) lends what has not changed."""
        self.board = board
        self.working = working
        self.book: ClockBook = clock_book(board, working, parent.book if parent else None)
        if parent is not None and self.book.renewed is not None and "card_rows" in parent.__dict__:
            self.__dict__["card_rows"] = self._renewed_rows(parent.card_rows, self.book.renewed)

    def following(self, board: Board, working: WorkingTime | None = None) -> BoardState:
        """Return the state of another revision: the next one, or this one with waiting changes drawn over it."""
        board.take_parent()
        return BoardState(board, working or self.working, self)

    @property
    def roster(self) -> Roster:
        """Who may have to act on this board."""
        return self.book.facts.roster

    @cached_property
    def card_rows(self) -> dict[int, CardRow]:
        """Card id -> row of the overview, all cards, in the board's order."""
        return {key: card_row(self, card) for key, card in self.board.cards.items()}

    @cached_property
    def pending_cards(self) -> frozenset[int | None]:
        """Cards with a change that waits to be written, on them or on anything that hangs on them."""
        board = self.board
        found: set[int | None] = set()
        for table in ("cards", "duties", "milestones", "subtasks", "issues", "sync", "progress", "meetings"):
            rows = board.table(table)
            found.update(cards_of(board, table, [key for key in board.pending if key in rows]))
        return frozenset(found)

    def _renewed_rows(self, before: dict[int, CardRow], cards: Iterable[int | None]) -> dict[int, CardRow]:
        rows = dict(before)
        for key in cards:
            card = self.board.cards.get(key or 0)
            if card is not None:
                rows[card.id] = card_row(self, card)
            elif key is not None:
                rows.pop(key, None)
        return rows
