"""How long: the one place that turns seconds into words (design 4, screens 2). Pure, no Textual.

All take whole seconds. What is left rounds up, so a text never says less than is left and never 0 while
time is left; what has gone by rounds down. Every text is at most 8 cells (`with_seconds` apart).
"""

from __future__ import annotations

from typing import Final

MINUTE: Final = 60
HOUR: Final = 3_600
DAY: Final = 86_400
SECONDS_SHOWN: Final = 600
"""Seconds stand only in the last ten minutes and the first ten over."""
HOURS_SHOWN: Final = 2 * DAY
"""Under this: hours and minutes; from here on days and hours."""


def countdown(left: int, *, seconds: bool = True) -> str:
    """Time left until a due, in seconds; negative = so long over.

    `3d 05h` from two days up, `21h 07m`, `50m` under an hour, `5m 00s` in the last ten minutes, then
    `+5m 00s` over, `+13m`, `+3h 12m`, `+3d 05h` (without hours from 100 days over, or 1,000 left).
    Without `seconds`, for what is not drawn each second: `5m`, `+5m`.
    """
    if left < 0:
        return "+" + (_over(-left) if seconds else _past(-left))
    if seconds and left <= SECONDS_SHOWN:
        return _short(left)
    minutes = -(-left // MINUTE)
    if minutes * MINUTE < HOURS_SHOWN:
        return _minutes(minutes)
    return _hours(-(-left // HOUR), -(-left // DAY), 1_000)


def with_seconds(left: int) -> str:
    """Time left with its seconds always shown, for the header's nearest clock; negative = over.

    `5m 00s` under an hour, `3h 12:07` under two days, `12d 05:12:07` above: 12 cells at most for less
    than 100 days, one more when over. It is the one clock that ticks whatever is left.
    """
    sign, rest = ("+", -left) if left < 0 else ("", left)
    if rest < HOUR:
        return sign + _short(rest)
    if rest < HOURS_SHOWN:
        return f"{sign}{rest // HOUR}h {_clock(rest % HOUR)}"
    hours = rest % DAY // HOUR
    return f"{sign}{rest // DAY}d {hours:02d}:{_clock(rest % HOUR)}"


def elapsed(seconds: int) -> str:
    """Time gone by, rounded down and without seconds: `0m`, `27h 12m`, `3d 05h`. Negative counts as 0."""
    return _past(max(0, seconds))


def met(before: int) -> str:
    """A met clock: how long before its due it was met, `-2h 40m`; `+2h 40m` when after it."""
    return ("-" if before >= 0 else "+") + _past(abs(before))


def _short(seconds: int) -> str:
    """Minutes and seconds with their units: `05:00` alone would read as a time of day."""
    return f"{seconds // MINUTE}m {seconds % MINUTE:02d}s"


def _clock(seconds: int) -> str:
    return f"{seconds // MINUTE:02d}:{seconds % MINUTE:02d}"


def _minutes(minutes: int) -> str:
    return f"{minutes}m" if minutes < 60 else f"{minutes // 60}h {minutes % 60:02d}m"


def _hours(hours: int, days: int, days_alone: int) -> str:
    """Days and hours; from `days_alone` days on the hours go, to stay within 8 cells."""
    return f"{days}d" if hours >= days_alone * 24 else f"{hours // 24}d {hours % 24:02d}h"


def _over(seconds: int) -> str:
    return _short(seconds) if seconds < SECONDS_SHOWN else _past(seconds)


def _past(seconds: int) -> str:
    if seconds < HOURS_SHOWN:
        return _minutes(seconds // MINUTE)
    return _hours(seconds // HOUR, seconds // DAY, 100)
