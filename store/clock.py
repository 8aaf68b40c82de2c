"""The only place that reads the time.

Everything else is handed `now` as whole epoch seconds, so that every rule can be evaluated for any
instant and no test waits for a real second.
"""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Where `now` comes from: `SystemClock` in use, `FixedClock` in tests."""

    real: bool
    """Whether it is this machine's, so that it can be compared with that of a share."""

    def now(self) -> int:
        """Return the current instant in whole epoch seconds, rounded down."""

    def now_exact(self) -> float:
        """Return the current instant in epoch seconds with its fraction, to align ticks to the second."""

    def monotonic(self) -> float:
        """Return seconds that never run backwards, for leases and waits; their zero means nothing."""


class SystemClock:
    """The clock of this machine."""

    real = True

    def now(self) -> int:
        """Return the current instant in whole epoch seconds, rounded down."""
        return int(time.time())

    def now_exact(self) -> float:
        """Return the current instant in epoch seconds with its fraction."""
        return time.time()

    def monotonic(self) -> float:
        """Return seconds that never run backwards, whatever is done to the machine's date."""
        return time.monotonic()


class FixedClock:
    """A clock that stands still until it is moved."""

    real = False

    def __init__(self, now: float) -> None:
        """Start at `now` epoch seconds."""
        self._now = now
        self._ran = 0.0

    def now(self) -> int:
        """Return the instant it was set to, in whole epoch seconds, rounded down."""
        return int(self._now)

    def now_exact(self) -> float:
        """Return the instant it was set to, with its fraction."""
        return float(self._now)

    def monotonic(self) -> float:
        """Return the seconds it was advanced by so far."""
        return self._ran

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass. Negative ones set the date back, as a machine does; `monotonic` then stands."""
        self._now += seconds
        self._ran += max(seconds, 0)


def terminal_offset(instant: int) -> int:
    """Return how many seconds this machine's own time zone is ahead of UTC at an instant."""
    return time.localtime(instant).tm_gmtoff
