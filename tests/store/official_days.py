"""Days off and make-up days, typed in from the official notices, and instants to write tests with.

China: notices of the State Council General Office (guobanfa) for 2024, 2025 and 2026. Hong Kong:
gazetted general holidays (the weekend is Sunday only). Taiwan: office calendar of the
Directorate-General of Personnel Administration. Singapore: Ministry of Manpower, with the Mondays
in lieu and the polling day of 2025. Only days from Monday on that are no weekend need to stand here.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from store.file.calendar_cache import load_working_time
from store.rules.calendar_data import CalendarSettings
from store.rules.working_time import WorkingTime

ZONES = {"CN": "Asia/Shanghai", "HK": "Asia/Hong_Kong", "TW": "Asia/Taipei", "SG": "Asia/Singapore"}
WEEKENDS = {"CN": (5, 6), "HK": (6,), "TW": (5, 6), "SG": (5, 6)}

# (region, year): ranges `MM-DD..MM-DD` and single days that are off.
DAYS_OFF = {
    ("CN", 2024): "01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07",
    ("CN", 2025): "01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08",
    ("CN", 2026): "01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07",
    ("HK", 2024): (
        "01-01 02-10 02-12 02-13 03-29 03-30 04-01 04-04 05-01 05-15 06-10 07-01 09-18 10-01 10-11 12-25 12-26"
    ),
    ("HK", 2025): (
        "01-01 01-29 01-30 01-31 04-04 04-18 04-19 04-21 05-01 05-05 05-31 07-01 10-01 10-07 10-29 12-25 12-26"
    ),
    ("HK", 2026): (
        "01-01 02-17 02-18 02-19 04-03 04-04 04-06 04-07 05-01 05-25 06-19 07-01 09-26 10-01 10-19 12-25 12-26"
    ),
    ("TW", 2024): "01-01 02-08..02-14 02-28 04-04..04-07 06-10 09-17 10-10",
    ("TW", 2025): (
        "01-01 01-25..02-02 02-28 04-03..04-06 05-30..06-01 09-27..09-29 10-04..10-06 10-10..10-12 10-24..10-26 12-25"
    ),
    ("TW", 2026): (
        "01-01 02-14..02-22 02-27..03-01 04-03..04-06 05-01..05-03 06-19..06-21 09-25..09-28 10-09..10-11"
        " 10-24..10-26 12-25..12-27"
    ),
    ("SG", 2024): "01-01 02-10..02-12 03-29 04-10 05-01 05-22 06-17 08-09 10-31 12-25",
    ("SG", 2025): "01-01 01-29 01-30 03-31 04-18 05-01 05-03 05-12 06-07 08-09 10-20 12-25",
    ("SG", 2026): "01-01 02-17 02-18 03-21 04-03 05-01 05-27 05-31 06-01 08-09 08-10 11-08 11-09 12-25",
}

MAKE_UP_DAYS = {
    ("CN", 2024): "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ("CN", 2025): "01-26 02-08 04-27 09-28 10-11",
    ("CN", 2026): "01-04 02-14 02-28 05-09 09-20 10-10",
    ("TW", 2024): "02-17",
    ("TW", 2025): "02-08",
}

# Friday 9 October 2026, 16:55 in China: the moment of all mock-ups.
NOW = int(datetime(2026, 10, 9, 16, 55, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp())


def ordinals(year: int, text: str) -> set[int]:
    """Read `MM-DD` and `MM-DD..MM-DD` of a year as ordinals."""
    days: set[int] = set()
    for part in text.split():
        first, _, last = part.partition("..")
        start, end = (date.fromisoformat(f"{year}-{day}").toordinal() for day in (first, last or first))
        days.update(range(start, end + 1))
    return days


def is_official_working_day(region: str, day: date) -> bool:
    """Say whether a day of 2024 to 2026 works according to the notices alone."""
    key = (region, day.year)
    if day.toordinal() in ordinals(day.year, MAKE_UP_DAYS.get(key, "")):
        return True
    return day.weekday() not in WEEKENDS[region] and day.toordinal() not in ordinals(day.year, DAYS_OFF[key])


@cache
def working_time(settings: CalendarSettings | None = None) -> WorkingTime:
    """Return the working time of `settings` (default China) around `NOW`, built once for all tests."""
    return load_working_time(settings or CalendarSettings(), NOW, None)


def day(text: str) -> int:
    """Read an ISO date as its ordinal."""
    return date.fromisoformat(text).toordinal()


def instant(text: str, zone: str = "Asia/Shanghai") -> int:
    """Read `2026-10-09 16:55` in a zone as epoch seconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def written(epoch: int, zone: str = "Asia/Shanghai") -> str:
    """Write epoch seconds as `Fri 2026-10-09 16:55` in a zone."""
    return datetime.fromtimestamp(epoch, ZoneInfo(zone)).strftime("%a %Y-%m-%d %H:%M")
