"""Which breaches ring for whom, and when a bell may ring (rulebook §8: bells wait for opening)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from store.board import Board
from store.rules.clocks import Clock
from store.rules.working_time import WorkingTime

Breach = tuple[str, int, int]
"""A breach by what it is of: kind of the clock, doc id of its subject, due. The same one never rings twice."""


def breach_of(clock: Clock) -> Breach:
    """Return what tells this breach from all others."""
    return clock.kind, clock.subject, clock.due


def may_ring(working: WorkingTime, now: int) -> bool:
    """Say whether `now` (epoch seconds) lies between opening and close of business of a working day."""
    day = working.day_of(now)
    return working.is_working_day(day) and working.open_of(day) <= now < working.close_of(day)


def next_opening(working: WorkingTime, now: int) -> int:
    """Return the first opening after `now`."""
    day = working.working_day_from(working.day_of(now))
    if working.open_of(day) <= now:
        day = working.next_working_day(day)
    return working.open_of(day)


def concerning(board: Board, clocks: Iterable[Clock], person: int | None) -> Iterator[Clock]:
    """Yield the clocks on which a person must act, and those of cards they lead."""
    led = {card.id for card in board.cards.values() if card.lead == person} if person else set()
    for clock in clocks:
        if person in clock.who or clock.card in led:
            yield clock
