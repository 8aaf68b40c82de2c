"""Working days as ordinals: which days work, and counting them by table instead of by walking.

A day's *rank* is the number of working days up to and including it, counted from the calendar's
first day; `nth` is its inverse. Every question about working days is one or two of the two. Outside
the years of the calendar the weekend alone decides, and the year counts as estimated.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from itertools import accumulate, compress

from msgspec import Struct

from store.rules.calendar_data import CalendarData, DayKind

MAKE_UP_HORIZON = 14

_AS_BITS = bytes.maketrans(b"01", b"\x00\x01")


class Counted(Struct, frozen=True):
    """One date in the sum behind a due: its kind, its holiday's name, and its number if it counts (else 0)."""

    ordinal: int
    kind: DayKind
    name: str | None
    number: int


class WorkingDays:
    """Questions about the days of one calendar. All arguments and results are ordinals."""

    def __init__(self, data: CalendarData) -> None:
        """Lay out the tables of `data`: a running count, and the list of working days."""
        self.data = data
        flags = data.flags.encode().translate(_AS_BITS)
        self._first = data.first
        self._length = len(flags)
        self._flags = flags
        self._ranks = list(accumulate(flags))
        self._working = list(compress(range(data.first, data.first + len(flags)), flags))
        self._make_ups = frozenset(data.make_ups)
        self._estimated = frozenset(data.estimated)
        weekdays = [day for day in range(7) if day not in data.weekend]
        self._plain_weekdays = weekdays
        self._plain_prefix = [sum(day < length for day in weekdays) for length in range(7)]

    def rank(self, ordinal: int) -> int:
        """Return how many working days there are up to and including this one (negative before the calendar)."""
        index = ordinal - self._first
        if 0 <= index < self._length:
            return self._ranks[index]
        if index < 0:
            return self._plain_rank(ordinal) - self._plain_rank(self._first - 1)
        return len(self._working) + self._plain_rank(ordinal) - self._plain_rank(self._first + self._length - 1)

    def nth(self, rank: int) -> int:
        """Return the working day of this rank: `nth(rank(day) + 3)` is the third working day after `day`."""
        if 0 < rank <= len(self._working):
            return self._working[rank - 1]
        if rank <= 0:
            return self._plain_nth(self._plain_rank(self._first - 1) + rank)
        return self._plain_nth(self._plain_rank(self._first + self._length - 1) + rank - len(self._working))

    def is_working_day(self, ordinal: int) -> bool:
        """Say whether people work on this day; make-up weekend days are full working days."""
        index = ordinal - self._first
        if 0 <= index < self._length:
            return self._flags[index] == 1
        return (ordinal - 1) % 7 not in self.data.weekend

    def kind_of_day(self, ordinal: int) -> DayKind:
        """Say what a day is: `working`, `make_up` (a weekend day that works), `weekend` or `holiday`.

        A weekend day that the region or the board names (Saturday 3 October, National Day) is a holiday.
        """
        if self.is_working_day(ordinal):
            return "make_up" if ordinal in self._make_ups else "working"
        return "holiday" if ordinal in self.data.names else "weekend"

    def holiday_name(self, ordinal: int) -> str | None:
        """Return the name of the holiday, in the calendar's language, or None if the day is none."""
        return self.data.names.get(ordinal)

    def next_make_up_day(self, ordinal: int) -> int | None:
        """Return the next make-up day after this day and within 14 days, or None."""
        make_ups = self.data.make_ups
        at = bisect_right(make_ups, ordinal)
        return make_ups[at] if at < len(make_ups) and make_ups[at] <= ordinal + MAKE_UP_HORIZON else None

    def is_estimated(self, year: int) -> bool:
        """Say whether the make-up days of this year are not published, or the calendar does not reach it."""
        last = self._first + self._length - 1
        covered = date.fromordinal(self._first).year <= year <= date.fromordinal(last).year
        return not covered or year in self._estimated

    def next_working_day(self, ordinal: int) -> int:
        """Return the first working day after this day."""
        return self.nth(self.rank(ordinal) + 1)

    def working_day_from(self, ordinal: int) -> int:
        """Return this day if it works, else the first working day after it."""
        return self.nth(self.rank(ordinal - 1) + 1)

    def weekly_day(self, monday: int) -> int | None:
        """Return the day of a Monday-Sunday week on which a weekly report is owed, None if nobody works in it.

        Friday, else the last working day before it, else the week's last working day after it (a make-up
        weekend day). Rulebook section 4.
        """
        before, friday, sunday = self.rank(monday - 1), self.rank(monday + 4), self.rank(monday + 6)
        if friday > before:
            return self.nth(friday)
        return self.nth(sunday) if sunday > before else None

    def count_days(self, start: int, n: int) -> list[Counted]:
        """Return every date after `start` up to the nth working day, so that a person can follow the sum."""
        counted: list[Counted] = []
        ordinal, number = start, 0
        while number < n:
            ordinal += 1
            works = self.is_working_day(ordinal)
            number += works
            name = None if works else self.holiday_name(ordinal)
            counted.append(Counted(ordinal, self.kind_of_day(ordinal), name, number if works else 0))
        return counted

    def _plain_rank(self, ordinal: int) -> int:
        """Return the number of days up to this one that the weekend leaves, holidays unknown."""
        weeks, rest = divmod(ordinal, 7)
        return weeks * len(self._plain_weekdays) + self._plain_prefix[rest]

    def _plain_nth(self, rank: int) -> int:
        """Return the day of a plain rank."""
        weeks, rest = divmod(rank - 1, len(self._plain_weekdays))
        return weeks * 7 + self._plain_weekdays[rest] + 1
