"""Epoch seconds to local days and back, by a table of offsets instead of date objects."""

from __future__ import annotations

from bisect import bisect_right

from store.rules.calendar_data import CalendarData

DAY = 86_400
EPOCH_ORDINAL = 719_163  # date(1970, 1, 1).toordinal()


class LocalTime:
    """One zone's offsets from 1970 to 2070; beyond them the first and last offset hold.

    A local time that occurs twice means its first occurrence, one that is skipped is taken with the
    offset before the change (so 02:30 becomes 03:30), as in `datetime` with `fold=0`.
    """

    def __init__(self, data: CalendarData) -> None:
        """Take the offsets of `data`."""
        self.zone = data.zone
        self._changes = data.changes
        self._offsets = data.offsets
        self._local_changes = [
            change + max(before, after)
            for change, before, after in zip(data.changes, data.offsets[:-1], data.offsets[1:], strict=True)
        ]
        # Most zones of our regions have not moved for decades: one comparison instead of a search.
        self._steady_from = data.changes[-1] if data.changes else -(1 << 62)
        self._steady_local = self._local_changes[-1] if data.changes else -(1 << 62)
        self._steady = data.offsets[-1]

    def offset_at(self, instant: int) -> int:
        """Return the seconds that local time is ahead of UTC at this instant."""
        if instant >= self._steady_from:
            return self._steady
        return self._offsets[bisect_right(self._changes, instant)]

    def day_of(self, instant: int) -> int:
        """Return the ordinal of the local date at this instant."""
        if instant >= self._steady_from:
            return (instant + self._steady) // DAY + EPOCH_ORDINAL
        return (instant + self._offsets[bisect_right(self._changes, instant)]) // DAY + EPOCH_ORDINAL

    def split(self, instant: int) -> tuple[int, int]:
        """Return the local date (ordinal) and time of day (seconds from midnight) at this instant."""
        days, seconds = divmod(instant + self.offset_at(instant), DAY)
        return days + EPOCH_ORDINAL, seconds

    def at(self, ordinal: int, minutes: int) -> int:
        """Return the instant of a local date and time of day in minutes from midnight."""
        return self.at_seconds(ordinal, minutes * 60)

    def at_seconds(self, ordinal: int, seconds: int) -> int:
        """Return the instant of a local date and time of day in seconds from midnight."""
        local = (ordinal - EPOCH_ORDINAL) * DAY + seconds
        if local >= self._steady_local:
            return local - self._steady
        return local - self._offsets[bisect_right(self._local_changes, local)]
