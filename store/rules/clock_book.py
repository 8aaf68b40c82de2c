"""All clocks of a Board, by card and by due; kept up from one revision to the next.

A book costs its cards once; the next revision recomputes only the cards whose records differ. Nothing
here depends on now, so a tick asks the book and works nothing out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from operator import attrgetter

from store.board import Board
from store.records import Card
from store.rules import clocks_cards, clocks_work
from store.rules.clock_changes import affected_cards
from store.rules.clock_facts import Facts
from store.rules.clock_makers import Prepared, made, prepared
from store.rules.clocks import Clock, by_due
from store.rules.frozen import with_results
from store.rules.working_time import WorkingTime

LOOKS = 60
"""Seconds after which the book looks again for subtasks that began to lag."""

Clocks = tuple[Clock, ...]
_due = attrgetter("due")


class ClockBook:
    """The clocks of one Board. Made by `clock_book`."""

    def __init__(self, facts: Facts, by_card: dict[int | None, Clocks], nearest: dict[int | None, Clock]) -> None:
        """Take the clocks of each card and the nearest open one of each card that has any."""
        self.facts = facts
        self.now = facts.now
        """When it was asked last which subtasks lag, epoch seconds; None: never."""
        self.board = facts.board
        self.working = facts.working
        self.by_card = by_card
        """Card id (None: meetings without a card) -> its open clocks by due."""
        self.nearest = nearest
        """Card id -> its open clock that is due first."""
        self.renewed: frozenset[int | None] | None = None
        """Cards worked out anew against the book this one came from (None: all)."""
        self._whole: dict[int | None, Clocks] = {}

    def open_of(self, card: int | None) -> Clocks:
        """Return a card's open clocks by due."""
        return self.by_card.get(card, ())

    def of_card(self, card: int | None) -> Clocks:
        """Return a card's clocks, open ones first by due, then those met or void; the latter are worked out now."""
        found = self._whole.get(card)
        if found is None:
            found = self._whole[card] = (*self.open_of(card), *self._closed(card))
        return found

    def of(self, table: str, subject: int, card: int | None, *, closed: bool = True) -> Clocks:
        """Return the clocks of one record, which hangs on `card`; only its open ones if `closed` is False."""
        clocks = self.of_card(card) if closed else self.open_of(card)
        return tuple(c for c in clocks if c.subject == subject and c.table == table)

    def _closed(self, key: int | None) -> list[Clock]:
        """Work out the closed and void clocks of a card."""
        card = self.board.cards.get(key) if key is not None else None
        if card is None and key is not None:
            return []
        facts, makers = self._everything
        found = [clock for clock in made(facts, makers, card) if not clock.is_open]
        return with_results(self.board, key, found, self.open_of(key))

    @cached_property
    def _everything(self) -> tuple[Facts, Prepared]:
        facts = Facts(self.board, self.working, self.facts, closed=True, now=self.now)
        return facts, prepared(facts)

    def awake(self, now: int) -> ClockBook:
        """Return the book as it is at `now`: this one, unless subtasks began to lag (or caught up) since.

        Costs a comparison but for one call a minute, which asks of all subtasks.
        """
        if self.now is not None and now - self.now < LOOKS:
            return self
        facts = Facts(self.board, self.working, self.facts, now=now)
        before, after = self.facts.late_of, facts.late_of
        cards = frozenset(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
        if cards:
            return _renewed(self, cards, facts)
        self.now = now
        return self

    @cached_property
    def running(self) -> list[Clock]:
        """All open clocks, what runs out (or ran out) first on top."""
        found = [
            clock for clocks in self.by_card.values() for clock in clocks if clock.closed is None and not clock.void
        ]
        found.sort(key=by_due)
        return found

    def next_from(self, now: int) -> Clock | None:
        """Return the open clock that runs out next at or after `now`, None if none does."""
        # Not by way of `running`: sorting all clocks of a large board is what a start can do without.
        coming = None
        for clocks in self.by_card.values():
            for clock in clocks:
                if clock.due < now:
                    continue
                if coming is not None and clock.due > coming.due:
                    break
                if coming is None or by_due(clock) < by_due(coming):
                    coming = clock
        return coming

    def due_at(self, instant: int) -> list[Clock]:
        """Return the open clocks due at exactly this second."""
        found = []
        for clocks in self.by_card.values():
            for clock in clocks:
                if clock.due >= instant:
                    if clock.due > instant:
                        break
                    found.append(clock)
        return found

    def breached(self, now: int) -> list[Clock]:
        """Return the open clocks that are over at `now`, longest over first."""
        return self.running[: bisect_left(self.running, now, key=_due)]

    def everything(self) -> Iterator[Clock]:
        """Yield open and closed clocks alike, the progress clocks that entries closed among them (`--all`)."""
        for key, card in self.board.cards.items():
            yield from self.of_card(key)
            yield from self.closed_progress(card)
        yield from self.of_card(None)

    def closed_progress(self, card: Card) -> Iterator[Clock]:
        """Yield the progress clocks of a card that entries closed; worked out when asked for."""
        if clocks_cards.has_run(card):
            for subtask in self.board.subtasks_of.get(card.id, ()):
                yield from clocks_work.closed_progress(self.facts, card, subtask)


def clock_book(
    board: Board, working: WorkingTime, parent: ClockBook | None = None, *, now: int | None = None
) -> ClockBook:
    """Work out all clocks of `board`, those of what lags as it does at `now` (None: as the parent knew, or none).

    `parent` is the book of an earlier revision under the same working time: only cards with records
    that differ are worked out anew (all of them if people, departments or settings differ).
    """
    if parent is not None and parent.working is working:
        woken = parent if now is None else parent.awake(now)
        affected = affected_cards(parent.board, board)
        if affected is not None:
            book = _renewed(woken, affected, Facts(board, working, woken.facts, now=woken.now))
            book.renewed = affected | (woken.renewed or frozenset() if woken is not parent else frozenset())
            return book
    facts = Facts(board, working, now=parent.now if now is None and parent is not None else now)
    book, makers = ClockBook(facts, {}, {}), prepared(facts)
    for card in board.cards:
        _enter(book, makers, card)
    _enter(book, makers, None)
    return book


def _renewed(parent: ClockBook, affected: frozenset[int | None], facts: Facts) -> ClockBook:
    """Return the parent's book with the affected cards worked out anew."""
    book = ClockBook(facts, dict(parent.by_card), dict(parent.nearest))
    book.renewed = affected
    makers = prepared(facts)
    for card in affected:
        book.by_card.pop(card, None)
        book.nearest.pop(card, None)
        _enter(book, makers, card)
    if "running" in parent.__dict__:
        book.__dict__["running"] = _patched(parent.running, parent, book, affected)
    return book


def _patched(running: list[Clock], old: ClockBook, new: ClockBook, affected: Iterable[int | None]) -> list[Clock]:
    """Return the sorted list of open clocks with those of some cards exchanged."""
    result = running.copy()
    for card in affected:
        for clock in old.open_of(card):
            del result[bisect_left(result, by_due(clock), key=by_due)]
    # Only then: a record that moved to another card has the same key under both.
    for card in affected:
        for clock in new.open_of(card):
            result.insert(bisect_left(result, by_due(clock), key=by_due), clock)
    return result


def _enter(book: ClockBook, makers: Prepared, key: int | None) -> None:
    """Work out the open clocks of one card and enter them."""
    card = book.board.cards.get(key) if key is not None else None
    if card is None and key is not None:
        return
    found = made(book.facts, makers, card)
    if found:
        book.nearest[key] = found[0]
        book.by_card[key] = tuple(found)
