"""What only ISO 8601 writes so: week dates, basic forms with a time, durations. Read by pendulum, which knows it all.

pendulum is imported when such a text comes: the dates people usually write are read without it in microseconds.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pendulum import Date, Duration

# A week or a day of the year without its day is left out: what it means as a due would be a guess.
ISO = re.compile(r"\d{4}-?w\d{2}-?[1-7](?:t.+)?|\d{8}t\d.*|p(?:\d.*|t\d.*)")
"""A case-folded text that is one of these, or nothing."""


def read_iso(text: str, today: date) -> date | datetime | timedelta | None:
    """A day, a time of a day (naive: board time), or so long from now; None for what is none of these.

    A duration of days, weeks, months or years is counted from `today`; one with both days and hours is not read.
    """
    import pendulum

    try:
        found = pendulum.parse(text.upper(), exact=True, tz=None)
        if isinstance(found, pendulum.Duration):
            return _from(pendulum.Date.fromordinal(today.toordinal()), found)
    except (ValueError, OverflowError):  # no such week, month or hour; a year beyond 9999
        return None
    return found if isinstance(found, date) else None


def _from(today: Date, lasting: Duration) -> date | timedelta | None:
    seconds = lasting.hours * 3600 + lasting.minutes * 60 + lasting.remaining_seconds
    if not seconds:
        return today + lasting if lasting else None
    whole = lasting.years or lasting.months or lasting.weeks or lasting.remaining_days
    return None if whole else timedelta(seconds=seconds)
