"""What a board does by itself, and when next: tiers that run out, subtasks that begin to lag (rulebook §5, §7).

Worked out card by card from a clock book; a card whose clocks did not change is taken over from the revision before,
so that asking at every tick costs one comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from store.board import Board
from store.operations.base import Operation
from store.operations.by_itself import AutoEscalate, RecordLag
from store.records import Card, Subtask, SyncEntry
from store.rules.clock_book import ClockBook
from store.rules.entries import standing
from store.rules.ladder import TOP_TIER
from store.rules.lag import flags

MOST = 50
"""Operations handed out at once: a board that was just imported may lag in many places."""
NEVER = 1 << 62


class Chore(NamedTuple):
    """One operation nobody has to ask for, and the instant from which it is due."""

    at: int
    operation: Operation


class Chores:
    """The chores of one revision. `next_at` is the instant the first is due (`NEVER`: none will be)."""

    def __init__(self, book: ClockBook, before: Chores | None = None) -> None:
        """Work them out; `before` (of any earlier revision) lends the cards whose clocks are the same."""
        self.clocks = book.by_card
        self.by_card: dict[int, tuple[Chore, ...]] = {}
        self.rules = (book.working, book.board.settings.auto_escalate, book.board.settings.lag_points)
        known = before if before is not None and before.rules == self.rules else None
        for card in book.board.cards.values():
            mine = self.clocks.get(card.id)
            if known is not None and mine is known.clocks.get(card.id):
                found = known.by_card.get(card.id, ())
            else:
                found = tuple(_of_card(book, card)) if card.stage in {"circulating", "active", "acceptance"} else ()
            if found:
                self.by_card[card.id] = found
        self.next_at = min((chore.at for chores in self.by_card.values() for chore in chores), default=NEVER)

    def due(self, now: int) -> Sequence[Operation]:
        """Return what is due at `now`, longest due first, at most `MOST`. One tier of an issue at a time."""
        if now < self.next_at:
            return ()
        found = sorted((c for chores in self.by_card.values() for c in chores if c.at <= now), key=attrgetter("at"))
        return [chore.operation for chore in found[:MOST]]


def _of_card(book: ClockBook, card: Card) -> Iterator[Chore]:
    """Yield the chores of one card."""
    if book.board.settings.auto_escalate:
        yield from _tiers(book, card)
    if card.stage == "active":
        for subtask in book.board.subtasks_of.get(card.id, ()):
            since = _begins_to_lag(book, card, subtask)
            if since is not None:
                told = RecordLag(
                    subtask=subtask.id, since=since, percent=subtask.percent, finish=subtask.planned_finish
                )
                yield Chore(since, told)


def _tiers(book: ClockBook, card: Card) -> Iterator[Chore]:
    """Yield the moves of a card's issues: each from its tier, when that has run out."""
    for clock in book.open_of(card.id):
        if clock.kind != "tier":
            continue
        issue = book.board.issues[clock.subject]
        if issue.tier < TOP_TIER:
            move = AutoEscalate(issue=issue.id, from_tier=issue.tier, entered=issue.tier_since, due=clock.due)
            yield Chore(clock.due + 1, move)  # at its due to the second a clock still runs


def _begins_to_lag(book: ClockBook, card: Card, subtask: Subtask) -> int | None:
    """Return when a subtask begins to lag as it stands; None if it does not, or that is in the sync log already."""
    points = book.board.settings.lag_points
    since = flags(card, subtask, None, book.working, points).lagging_from
    if since is None:
        return None
    told = _last_told(book.board, subtask)
    return since if told is None or _caught_up(book, card, subtask, told, since) else None


def _last_told(board: Board, subtask: Subtask) -> SyncEntry | None:
    """Return the newest entry that says the subtask lags."""
    notes = board.sync_of.get(subtask.card, ())
    return next((note for note in reversed(notes) if note.event == "lag" and note.subtask == subtask.id), None)


def _caught_up(book: ClockBook, card: Card, subtask: Subtask, told: SyncEntry, since: int) -> bool:
    """Say whether the subtask did not lag at some moment after `told`: a report caught up, or its plan moved."""
    from msgspec.structs import replace

    points = book.board.settings.lag_points
    entries = book.board.progress_of.get(subtask.id, ())
    reports = [each for each in standing(entries) if each.at > told.at and each.percent is not None]
    for report in reports:
        then = flags(card, replace(subtask, percent=report.percent), None, book.working, points).lagging_from
        if then is None or then > report.at:
            return True
    return not reports and since > told.at
