"""The digest: what happened and what is next, today, this week, this month or on one card (rulebook §7).

It is made to be pasted into a chat group, so restricted entries show topic and recipients only, whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeVar

from msgspec import Struct

from store.records import Issue, IssueStep, ProgressEntry, Subtask, SyncEntry
from store.rules.clocks import Clock
from store.rules.entries import standing
from store.rules.privacy import as_seen

if TYPE_CHECKING:
    from store.views.state import BoardState

Period = Literal["today", "week", "month"]
T = TypeVar("T", Issue, SyncEntry)


class Reported(Struct, frozen=True):
    """A progress entry with its subtask."""

    subtask: Subtask
    entry: ProgressEntry


class Moved(Struct, frozen=True):
    """An issue that went up a tier, and the step that says so."""

    issue: Issue
    step: IssueStep


class Digest(Struct, frozen=True):
    """One digest as of `now`. `first` and `last` are the days it covers (ordinals, in the board's time zone).

    `card` is its doc id, None for the whole board. `over` are clocks that are over, longest first, `coming` those due
    by the end of the period (of a card: all that run); what happened lies within the period, oldest first, but
    `unsent`: all that participants do not have in writing yet. `waiting` are issues still open.
    """

    period: Period
    card: int | None
    now: int
    first: int
    last: int
    over: tuple[Clock, ...]
    coming: tuple[Clock, ...]
    reports: tuple[Reported, ...]
    raised: tuple[Issue, ...]
    moved: tuple[Moved, ...]
    resolved: tuple[Issue, ...]
    waiting: tuple[Issue, ...]
    written: tuple[SyncEntry, ...]
    unsent: tuple[SyncEntry, ...]


def days_of(period: Period, today: int) -> tuple[int, int]:
    """Return the first and last day (ordinals) of the day, the Monday-Sunday week or the month of `today`."""
    if period == "today":
        return today, today
    if period == "week":
        monday = today - (today - 1) % 7
        return monday, monday + 6
    there = date.fromordinal(today)
    following = date(there.year + there.month // 12, there.month % 12 + 1, 1)
    return there.replace(day=1).toordinal(), following.toordinal() - 1


def digest(state: BoardState, now: int, period: Period = "today", card: int | None = None) -> Digest:
    """Return the digest of the board, or of one card (then of its week unless `period` says otherwise)."""
    working = state.working
    first, last = days_of(period, working.day_of(now))

    def within(at: int | None) -> bool:
        return at is not None and first <= working.day_of(at) <= last

    board = state.board
    issues = sorted(_of(card, board.issues.values()), key=lambda each: (each.raised_at, each.number))
    entries = sorted((as_seen(e, None) for e in _of(card, board.sync.values())), key=lambda each: (each.at, each.id))
    running = [clock for clock in state.book.running if card is None or clock.card == card]
    coming = [clock for clock in running if clock.due >= now]
    return Digest(
        period=period,
        card=card,
        now=now,
        first=first,
        last=last,
        over=tuple(clock for clock in running if clock.due < now),
        coming=tuple(c for c in coming if card is not None or working.day_of(c.due) <= last),
        reports=tuple(each for each in _reports(state, card) if within(each.entry.at)),
        raised=tuple(each for each in issues if within(each.raised_at)),
        moved=tuple(each for each in _moved(state, issues) if within(each.step.at)),
        resolved=tuple(each for each in issues if within(each.resolved_at) and each.became is None),
        waiting=tuple(each for each in issues if each.state != "resolved"),
        written=tuple(each for each in entries if within(each.at)),
        unsent=tuple(each for each in entries if each.sent_at is None),
    )


def _of(card: int | None, records: Iterable[T]) -> Iterator[T]:
    """Yield the records of a card, of all cards without one."""
    return (each for each in records if card is None or each.card == card)


def _reports(state: BoardState, card: int | None) -> Iterator[Reported]:
    """Yield the standing entries of subtasks in the order of their cards and numbers."""
    board = state.board
    for key in board.cards if card is None else (card,):
        for subtask in board.subtasks_of.get(key, ()):
            for entry in standing(board.progress_of.get(subtask.id, ())):
                yield Reported(subtask, entry)


def _moved(state: BoardState, issues: Iterable[Issue]) -> Iterator[Moved]:
    """Yield every move up the ladder of these issues."""
    for issue in issues:
        for step in state.board.steps_of.get(issue.id, ()):
            if step.kind == "escalated":
                yield Moved(issue, step)
