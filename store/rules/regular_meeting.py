"""A card's regular meeting as people write it: `每周三 17:00`, `weekly Wed 17:00`, `daily 9:30`, `monthly 15 10:00`."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from store.errors import Refused
from store.records import Regular
from store.rules.people_times import take_time

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CHINESE_DAYS = "一二三四五六日"


class RegularMeeting(NamedTuple):
    """How often (`` for none), on which day (weekday from Monday 0, or day of the month), at what time of day."""

    every: Regular = ""
    day: int | None = None
    at: str = ""


_MEETS = r"(?:\s*(?:例会|例會|开会|開會|召开|召開|meeting))?(?:\s*at)?"
_DAILY = re.compile(rf"(?:每日|每天|每个?工作日|每個工作日|daily|every (?:working )?day){_MEETS}")
_MONTHLY = re.compile(
    r"(?:每个?月|每個月|monthly,?|every month)(?: on)?(?: the)?(?: day)?"
    rf"\s*(\d{{1,2}})\s*(?:日|号|號|st|nd|rd|th)?{_MEETS}"
)
_WEEKLY = re.compile(
    r"(?:(?:每个?|每個)?(?:周|週|星期)([一二三四五六日天])?|weekly|(?:weekly,? |every |every week )?(?:on )?"
    rf"(mon|tue|wed|thu|fri|sat|sun)(?:days?|sdays?|nesdays?|rsdays?|urdays?)?){_MEETS}"
)
MIDNIGHT = 24 * 60
"""Minutes of a day."""
NONE = frozenset({"", "-", "no", "none", "无", "無", "不开"})


def read_regular(text: str) -> RegularMeeting:
    """What a person wrote, `-` or nothing for none. Raises Refused that shows the forms."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if plain in NONE:
        return RegularMeeting()
    head, clock = take_time(plain)
    minute = (clock.seconds or 0) // 60
    at = f"{minute // 60:02d}:{minute % 60:02d}" if clock.seconds is not None else ""
    # Two days a week or a time nobody understands: what is typed is never left out without a word.
    if clock.broken or minute >= MIDNIGHT:
        raise _not_understood(text)
    if _DAILY.fullmatch(head):
        return RegularMeeting("daily", None, at)
    if (found := _MONTHLY.fullmatch(head)) and 1 <= int(found[1]) <= 31:
        return RegularMeeting("monthly", int(found[1]), at)
    if found := _WEEKLY.fullmatch(head):
        day = found[1] or found[2]
        return RegularMeeting("weekly", _weekday(day) if day else None, at)
    raise _not_understood(text)


def _not_understood(text: str) -> Refused:
    return Refused(
        '"{value}" is no regular meeting. Write daily 9:30, weekly Wed 17:00, monthly 15 10:00, or -.',
        code="refuse.regular",
        value=text[:60],
    )


def written(every: str, day: int | None, at: str) -> str:
    """The meeting as it can be typed; empty for none."""
    parts = [every]
    if every == "weekly" and day is not None:
        parts.append(WEEKDAYS[day % 7].capitalize())
    elif every == "monthly" and day is not None:
        parts.append(str(day))
    return " ".join(part for part in (*parts, at) if part) if every else ""


def _weekday(word: str) -> int:
    if word in WEEKDAYS:
        return WEEKDAYS.index(word)
    return CHINESE_DAYS.index("日" if word == "天" else word)
