"""What a board does by itself, and when next: tiers that run out, subtasks that lag, regular meetings (§5, §6, §7).

Worked out card by card from a clock book; a card whose clocks did not change is taken over from the revision before,
so that asking at every tick costs one comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec.structs import replace

from store.board import Board
from store.operations.base import Operation, Stamp
from store.operations.by_itself import AutoEscalate, RecordLag
from store.records import Card, Subtask, SyncEntry
from store.rules.clock_book import ClockBook
from store.rules.clock_facts import OWES
from store.rules.entries import standing
from store.rules.ladder import TOP_TIER

MOST = 50
"""Operations handed out at once: a board that was just imported may lag in many places."""
NEVER = 1 << 62


class Chore(NamedTuple):
    """One operation nobody has to ask for, and the instant from which it is due."""

    at: int
    kind: type[Operation]
    fields: dict[str, Any]

    def operation(self) -> Operation:
        """The operation; it is made when it is due, most never are before their card changes."""
        return self.kind(**self.fields)


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
        return [chore.operation() for chore in found[:MOST]]

    def signed(self, by: Stamp) -> list[tuple[Operation, Stamp]]:
        """Return what is due when `by` is recorded, each signed; a move up happened when its tier ran out."""
        return [
            (each, replace(by, at=each.due) if isinstance(each, AutoEscalate) else by) for each in self.due(by.recorded)
        ]


def _of_card(book: ClockBook, card: Card) -> Iterator[Chore]:
    """Yield the chores of one card."""
    if book.board.settings.auto_escalate:
        yield from _tiers(book, card)
    yield from _regular_meeting(book, card)
    if card.stage == "active":
        for subtask in book.board.subtasks_of.get(card.id, ()):
            since = _begins_to_lag(book, subtask)
            if since is not None:
                seen = {"percent": subtask.percent, "finish": subtask.planned_finish}
                yield Chore(since, RecordLag, {"subtask": subtask.id, "since": since} | seen)


def _regular_meeting(book: ClockBook, card: Card) -> Iterator[Chore]:
    """Yield the plan of a card's next regular meeting, once the last one was held or cancelled."""
    meetings = [each for each in book.board.meetings_of.get(card.id, ()) if each.regular and each.card == card.id]
    if not meetings:
        return
    from store.operations.regular import PlanRegular, next_slot
    from store.rules.series import series_of, wants_another

    series = series_of(meetings)
    last = series[-1]
    following = next_slot(book.board, card, last.starts, book.working) if wants_another(series) else None
    if following is not None:
        slot = {"starts": following.starts, "skipped": following.skipped}
        yield Chore(last.ended_at or last.cancelled_at or last.starts, PlanRegular, {"card": card.id} | slot)


def _tiers(book: ClockBook, card: Card) -> Iterator[Chore]:
    """Yield the moves of a card's issues: each from its tier, when that has run out."""
    for clock in book.open_of(card.id):
        if clock.kind != "tier":
            continue
        issue = book.board.issues[clock.subject]
        if issue.tier < TOP_TIER:
            seen = {"from_tier": issue.tier, "entered": issue.tier_since, "due": clock.due}
            # At its due to the second a clock still runs.
            yield Chore(clock.due + 1, AutoEscalate, {"issue": issue.id} | seen)


def _begins_to_lag(book: ClockBook, subtask: Subtask) -> int | None:
    """Return when a subtask begins to lag as it stands; None if it does not, or that is in the sync log already."""
    finish = subtask.planned_finish
    if finish is None or subtask.status not in OWES:
        return None
    since = book.facts.lagging_since(subtask, finish)
    told = _last_told(book.board, subtask)
    return since if told is None else _begins_anew(book, subtask, finish, (told.at, since))


def _last_told(board: Board, subtask: Subtask) -> SyncEntry | None:
    """Return the newest entry that says the subtask lags."""
    notes = board.sync_of.get(subtask.card, ())
    return next((note for note in reversed(notes) if note.event == "lag" and note.subtask == subtask.id), None)


def _begins_anew(book: ClockBook, subtask: Subtask, finish: int, lag: tuple[int, int]) -> int | None:
    """Return when a subtask that was written to lag begins to again; None if it has lagged ever since.

    Between lies a report that caught up, or a plan that moved. `lag` is when it was written, and since when the
    subtask lags as it stands now (epoch seconds). A report that takes the percent back lets it lag from then on: the
    instant worked out from the percent alone may be the one that was written before.
    """
    written, since = lag
    entries = book.board.progress_of.get(subtask.id, ())
    reports = [each for each in standing(entries) if each.at > written and each.percent is not None]
    if not reports:
        return since if since > written else None
    lagging = (book.facts.lagging_since(replace(subtask, percent=each.percent), finish) for each in reports)
    caught_up = any(then > each.at for then, each in zip(lagging, reports, strict=True))
    return max(since, reports[-1].at) if caught_up else None
