"""When something is due: working days, working hours and cadences in the board's time zone.

Rulebook section 8, preamble. Instants are epoch seconds, days ordinals (`date.toordinal()`). Nothing
is walked day by day, so a due costs about a microsecond and a board of thousands of clocks none to
speak of; the sum behind a due (`counted_days`) is built only when somebody asks.
"""

from __future__ import annotations

from typing import Any

from store.rules.calendar_data import Cadence, CalendarData, CalendarSettings, check_hours
from store.rules.local_time import DAY, LocalTime
from store.rules.working_days import Counted, WorkingDays

HOUR = 3_600


class WorkingTime(WorkingDays, LocalTime):
    """A board's calendar, zone and hours. Never changed after it is made: new settings make a new one."""

    def __init__(self, data: CalendarData, settings: CalendarSettings) -> None:
        """Combine the days and offsets of `data` with the hours of `settings`.

        Raises `SettingError` if the hours do not follow each other.
        """
        check_hours(settings)
        WorkingDays.__init__(self, data)
        LocalTime.__init__(self, data)
        self.settings = settings
        self.kept: dict[int, Any] = {}
        """What others worked out from it: minutes of the follow-up -> points (`store.rules.clock_facts`)."""
        self._planned: dict[tuple[int, int], int] = {}
        self._opening = settings.opening * 60
        self._close = settings.close * 60
        lunch = settings.lunch or (settings.close, settings.close)
        self._lunch_starts, self._lunch_ends = lunch[0] * 60, lunch[1] * 60
        self._pause = self._lunch_ends - self._lunch_starts
        self._full_day = self._close - self._opening - self._pause

    def open_of(self, ordinal: int) -> int:
        """Return the instant at which business opens on this date, whether or not it is a working day."""
        return self.at_seconds(ordinal, self._opening)

    def close_of(self, ordinal: int) -> int:
        """Return close of business on this date: when a typed date without a time is due."""
        return self.at_seconds(ordinal, self._close)

    def due_in_working_days(self, start: int, n: int) -> int:
        """Return close of business of the nth working day after `start` (`n WD`).

        Days count by date. The start day never counts, whatever its hour. A start on a day off counts
        from the next working day, which is the first one counted: 1 WD from a Saturday is Monday 18:00.
        With n = 0 it is close of business of the start day, or of the next working day after a day off.
        """
        day = self.day_of(start)
        if n <= 0:
            return self.close_of(self.working_day_from(day))
        return self.at_seconds(self.nth(self.rank(day) + n), self._close)

    def counted_days(self, start: int, n: int) -> list[Counted]:
        """Return the dates that `due_in_working_days(start, n)` passes, each with why it counts or not."""
        return self.count_days(self.day_of(start), n)

    def days_before(self, instant: int, n: int) -> list[Counted]:
        """Return the dates that `working_days_before(instant, n)` passes, latest first, each with its number."""
        found: list[Counted] = []
        ordinal, number = self.day_of(instant), 0
        while number < n:
            ordinal -= 1
            works = self.is_working_day(ordinal)
            number += works
            name = None if works else self.holiday_name(ordinal)
            found.append(Counted(ordinal, self.kind_of_day(ordinal), name, number if works else 0))
        return found

    def working_days_before(self, instant: int, n: int) -> int:
        """Return close of business of the nth working day before the date of `instant` (`N WD before`)."""
        return self.close_of(self.nth(self.rank(self.day_of(instant) - 1) + 1 - n))

    def planned_working_days(self, start: int, finish: int) -> int:
        """Return the number of working days from the date of `start` to that of `finish`, both included."""
        found = self._planned.get((start, finish))  # a board asks of all its subtasks, many of which share their dates
        if found is None:
            found = self.rank(self.day_of(finish)) - self.rank(self.day_of(start) - 1)
            self._planned[start, finish] = found
        return found

    def due_after(self, start: int, seconds: int) -> int:
        """Return when an `h` rule is due: elapsed time, or working time if the board sets `hours = "working"`."""
        return self.due_in_working_hours(start, seconds) if self.settings.hours == "working" else start + seconds

    def due_in_working_hours(self, start: int, seconds: int) -> int:
        """Return when `seconds` of an `h` rule are over on a board that counts working hours.

        Each whole 24 h is a working day, ending at the same time of day and counted as in
        `due_in_working_days`; what remains is spent in working hours. Time that is used up exactly at a
        close is due at that close, not at the next opening.
        """
        days, rest = divmod(seconds, DAY)
        if days:
            start = self._same_time(start, days)
        return self.worked_by(self.worked_until(start) + rest) if rest else start

    def same_time_next_working_day(self, instant: int) -> int:
        """Return the same time of day on the next working day: the far end of "under one working day"."""
        return self._same_time(instant, 1)

    def working_seconds_between(self, start: int, end: int) -> int:
        """Return the working time between two instants, in seconds without lunch; negative if they are swapped."""
        return self.worked_until(end) - self.worked_until(start)

    def worked_until(self, instant: int) -> int:
        """Return the working seconds from the start of the calendar to `instant`."""
        day, seconds = self.split(instant)
        rank = self.rank(day)
        if seconds >= self._close or not self.is_working_day(day):
            return rank * self._full_day
        if seconds <= self._lunch_starts:
            today = max(seconds - self._opening, 0)
        else:
            today = max(seconds, self._lunch_ends) - self._opening - self._pause
        return (rank - 1) * self._full_day + today

    def worked_by(self, worked: int) -> int:
        """Return the earliest instant at which so many seconds have been worked; undoes `worked_until`."""
        days, before = divmod(worked - 1, self._full_day)
        seconds = self._opening + before + 1
        if seconds > self._lunch_starts:
            seconds += self._pause
        return self.at_seconds(self.nth(days + 1), seconds)

    def worked_on(self, start: int, seconds: int) -> int:
        """Return the instant at which so many working seconds have passed since `start`."""
        return self.worked_by(self.worked_until(start) + seconds)

    def next_point(self, cadence: Cadence, after: int) -> int:
        """Return the next instant strictly after `after` at which a progress entry is owed (rulebook section 4).

        `daily`: the daily report time (17:00) of each working day. `weekly`: close of business of the
        day `weekly_day` names; a week without working days owes nothing. `realtime`: so many (4) working hours on.
        """
        if cadence == "realtime":
            return self.worked_by(self.worked_until(after) + self.settings.realtime_hours * HOUR)
        day = self.day_of(after)
        if cadence == "daily":
            return self.next_daily(self.settings.daily_report, after)
        monday = day - (day - 1) % 7
        while True:
            owed = self.weekly_day(monday)
            if owed is not None and (point := self.close_of(owed)) > after:
                return point
            monday += 7

    def next_daily(self, minutes: int, after: int) -> int:
        """Return the next instant strictly after `after` at so many minutes from midnight of a working day."""
        day = self.day_of(after)
        point = self.at(self.working_day_from(day), minutes)
        return point if point > after else self.at(self.next_working_day(day), minutes)

    def _same_time(self, instant: int, days: int) -> int:
        """Return the same time of day, `days` working days on."""
        day, seconds = self.split(instant)
        return self.at_seconds(self.nth(self.rank(day) + days), seconds)
