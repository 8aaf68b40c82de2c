"""A card's regular meeting as people write it: `每周三 17:00`, `weekly Wed 17:00`, `daily 9:30`, `monthly 15 10:00`."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from store.errors import Refused
from store.records import Regular

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CHINESE_DAYS = "一二三四五六日"


class RegularMeeting(NamedTuple):
    """How often (`` for none), on which day (weekday from Monday 0, or day of the month), at what time of day."""

    every: Regular = ""
    day: int | None = None
    at: str = ""


_DAILY = re.compile(r"每日|每天|每个工作日|daily|every day")
_MONTHLY = re.compile(r"(?:每月|monthly|every month)\D{0,6}?(\d{1,2})(?!\d*:)")
_WEEK = re.compile(r"每周|每週|每星期|weekly|every|周|週|星期")
_DAY = re.compile(r"(?:周|週|星期)([一二三四五六日天])|(mon|tue|wed|thu|fri|sat|sun)")
_TIME = re.compile(r"(\d{1,2})[::](\d{2})")
NONE = frozenset({"", "-", "no", "none", "无", "無", "不开"})


def read_regular(text: str) -> RegularMeeting:
    """What a person wrote, `-` or nothing for none. Raises Refused that shows the forms."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if plain in NONE:
        return RegularMeeting()
    time = _TIME.search(plain)
    at = f"{int(time[1]):02d}:{time[2]}" if time and int(time[1]) < 24 and int(time[2]) < 60 else ""
    head = plain[: time.start()] if time else plain
    if _DAILY.search(head):
        return RegularMeeting("daily", None, at)
    if (found := _MONTHLY.search(head)) and 1 <= int(found[1]) <= 31:
        return RegularMeeting("monthly", int(found[1]), at)
    day = _DAY.search(head)
    if day or _WEEK.search(head):
        return RegularMeeting("weekly", _weekday(day[1] or day[2]) if day else None, at)
    raise Refused(
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
