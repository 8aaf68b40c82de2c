"""The time of day at the end of a date as people write it: `18:00`, `12点半`, `下午3点`, `6 pm`, `16:55+08:00`."""

from __future__ import annotations

import re

import msgspec

_TIME = re.compile(
    r"(?P<part>凌晨|早上|上午|中午|下午|傍晚|晚上)?\s*(?<![\d:.])"
    r"(?:(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?|[点时](?P<past>半|整|\d{1,2}分?)?)\s*(?P<half>[ap]m)?"
    r"|(?P<bare>\d{1,2})\s*(?P<bare_half>[ap]m))"
    r"\s*(?P<zone>z|[+-]\d{2}:?\d{2})?$",
    re.ASCII,
)
_AFTERNOON = ("下午", "傍晚", "晚上", "pm")


class Clock(msgspec.Struct, frozen=True):
    """A time of day in seconds from midnight (None: none was said), with the offset from UTC where one was given.

    `broken`: it has the form of a time but there is none like it (25:00).
    """

    seconds: int | None = None
    offset: int | None = None
    broken: bool = False


NO_TIME = Clock()


def take_time(text: str) -> tuple[str, Clock]:
    """Split half-width lower-case `text` into what stands before its time, and the time.

    Midnight written with seconds behind a date (`2024-10-30 00:00:00`) is how a sheet exports a date
    alone, so it counts as no time. `24:00` is the end of the day.
    """
    found = _TIME.search(text)
    if found is None:
        return text, NO_TIME
    before = text[: found.start()]
    iso = re.search(r"\dt$", before) is not None
    rest = (before[:-1] if iso else before).strip(" ,")
    seconds = _seconds(found)
    if seconds is None:
        return rest, Clock(broken=True)
    zone = found["zone"]
    if zone is None:
        date_alone = bool(rest) and seconds == 0 and found["second"] is not None and not iso
        return rest, NO_TIME if date_alone else Clock(seconds)
    offset = _offset(zone)
    # "12:00-14:00" is a span, not a zone: a zone to the west needs the T of an ISO instant.
    if not rest or offset is None or (zone[0] == "-" and not iso):
        return text, NO_TIME
    return rest, Clock(seconds, offset)


def _seconds(found: re.Match[str]) -> int | None:
    """Seconds from midnight, None if there is no such time."""
    hour = int(found["hour"] or found["bare"])
    half = found["half"] or found["bare_half"] or found["part"] or ""
    past = (found["past"] or "").removesuffix("分")
    minute = 30 if past == "半" else int(past) if past.isdigit() else int(found["minute"] or 0)
    second = int(found["second"] or 0)
    if half.endswith("m") and not 1 <= hour <= 12:
        return None
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    if minute > 59 or second > 59 or hour > 24 or (hour == 24 and (minute or second)):
        return None
    return hour * 3600 + minute * 60 + second


def _offset(zone: str) -> int | None:
    """Seconds ahead of UTC of `z`, `+08:00`, `+0800`; None beyond what exists."""
    if zone == "z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        return None
    return (hours * 3600 + minutes * 60) * (-1 if zone[0] == "-" else 1)
