"""When a card's regular meetings are: the dates its mechanism names, without the days off (rulebook §6)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from store.records import Card, CardType, Regular
from store.rules.calendar_data import minutes_of
from store.rules.working_time import WorkingTime

LONGEST_BREAK: Final = 60
"""Dates in a row that may fall on days off before the search ends: a week off every day of the mechanism's."""
USUAL: Final[dict[CardType, Regular]] = {"routine": "weekly", "special": "weekly", "urgent": "daily"}
"""How often a card of this type meets where its mechanism says nothing (rulebook §6)."""
MINUTES: Final[dict[str, int]] = {"daily": 30, "weekly": 60, "monthly": 60}
"""How long a regular meeting takes unless the one before took another time (ours)."""


class Occurrence(NamedTuple):
    """One regular meeting: its start, and the starts before it that fell on days off (epoch seconds)."""

    starts: int
    skipped: tuple[int, ...] = ()


def rhythm(card: Card) -> tuple[str, int | None, int]:
    """How often a card meets, on which day, at which minute of the day; weekly on Friday 16:00 where it says nothing.

    Daily meetings without a time begin at 09:00 (ours).
    """
    every = card.regular_meeting or USUAL[card.type]
    day = card.meeting_day
    if day is None and every != "daily":
        day = 4 if every == "weekly" else 1
    return every, day, minutes_of(card.meeting_at or ("09:00" if every == "daily" else "16:00"))


def occurrences(card: Card, after: int, working: WorkingTime) -> Iterator[Occurrence]:
    """Yield a card's regular meetings that start after an instant, in order, without end unless every day is off.

    A monthly one on the 31st is on the last day of a shorter month.
    """
    every, day, minute = rhythm(card)
    skipped: list[int] = []
    for ordinal in _days(every, day, working.day_of(after)):
        starts = working.at(ordinal, minute)
        if starts <= after:
            continue
        if working.is_working_day(ordinal):
            yield Occurrence(starts, tuple(skipped))
            skipped = []
        elif every != "daily" or working.kind_of_day(ordinal) != "weekend":
            skipped.append(starts)
        if len(skipped) > LONGEST_BREAK:
            return


def _days(every: str, day: int | None, first: int) -> Iterator[int]:
    """Yield the ordinals of the days a mechanism names, from `first` on."""
    if every == "monthly":
        year, month = date.fromordinal(first).year, date.fromordinal(first).month
        while True:
            last = calendar.monthrange(year, month)[1]
            ordinal = date(year, month, min(day or 1, last)).toordinal()
            if ordinal >= first:
                yield ordinal
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    step = 1 if every == "daily" else 7
    ordinal = first if every == "daily" else first + ((day or 0) - (first - 1)) % 7
    while True:
        yield ordinal
        ordinal += step
