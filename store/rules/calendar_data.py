"""The facts a board's working time rests on: its settings, and the days and offsets they come to.

Ordinals are `date.toordinal()` (1 January of year 1 is 1, a Monday), minutes count from local
midnight, weekdays from Monday = 0. Rulebook section 8, preamble.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from store.errors import SettingError

HoursRule = Literal["elapsed", "working"]
DayKind = Literal["working", "make_up", "weekend", "holiday"]
Cadence = Literal["daily", "weekly", "realtime"]

# The zone of a region that has only one. A region with several must name its own in the settings.
REGION_ZONES = {
    "CN": "Asia/Shanghai",
    "HK": "Asia/Hong_Kong",
    "MO": "Asia/Macau",
    "TW": "Asia/Taipei",
    "SG": "Asia/Singapore",
    "MY": "Asia/Kuala_Lumpur",
    "JP": "Asia/Tokyo",
    "KR": "Asia/Seoul",
    "VN": "Asia/Ho_Chi_Minh",
    "TH": "Asia/Bangkok",
    "IN": "Asia/Kolkata",
    "DE": "Europe/Berlin",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
}


class CalendarSettings(Struct, frozen=True, kw_only=True):
    """What a board says about its calendar and hours; the defaults are an office in China.

    `zone` None is the region's. `weekend` None is the region's (Hong Kong: Sunday only). `extra_days_off` are
    (ISO date, name), `extra_working_days` ISO dates. `language` names the holidays (`zh_CN`, `en_US`); None is the
    region's own. `realtime_hours` are the working hours between two entries of an urgent card. `hours` says what an
    hour is in `due_after`.
    """

    region: str = "CN"
    subdivision: str | None = None
    zone: str | None = None
    language: str | None = None
    weekend: tuple[int, ...] | None = None
    extra_days_off: tuple[tuple[str, str], ...] = ()
    extra_working_days: tuple[str, ...] = ()
    opening: int = 9 * 60
    close: int = 18 * 60
    lunch: tuple[int, int] | None = (12 * 60, 13 * 60)
    daily_report: int = 17 * 60
    realtime_hours: int = 4
    hours: HoursRule = "elapsed"


class CalendarData(Struct, frozen=True):
    """The days of some years and the offsets of a zone, worked out once and then cached.

    `flags` holds one character a day from ordinal `first` on, "1" if it works. `names` are the days
    a region or the board calls off, weekend days that have a name among them. `make_ups` are weekend
    days that work. `changes` are the instants at which the zone's offset from UTC (seconds) moves to
    the next of `offsets`, which is one longer.
    """

    first: int
    flags: str
    weekend: tuple[int, ...]
    make_ups: tuple[int, ...]
    names: dict[int, str]
    estimated: tuple[int, ...]
    zone: str
    changes: tuple[int, ...]
    offsets: tuple[int, ...]


def zone_of(settings: CalendarSettings) -> str:
    """Return the name of the board's time zone: the one set, else its region's.

    Raises `SettingError` if none is set and the region has none of its own here.
    """
    zone = settings.zone or REGION_ZONES.get(settings.region.upper())
    if zone is None:
        raise SettingError(
            "Region {region} has no time zone of its own: set the board's time zone, for instance Europe/Madrid.",
            code="zone_missing",
            region=settings.region,
        )
    return zone


def minutes_of(text: str) -> int:
    """Read a time of day such as `09:00` or `18:30` (24:00 at most) as minutes from midnight.

    Raises `SettingError` if it is none.
    """
    hours, colon, minutes = text.strip().replace("：", ":").partition(":")
    if colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2 and int(minutes) < 60:
        total = int(hours) * 60 + int(minutes)
        if total <= 24 * 60:
            return total
    raise SettingError('"{value}" is not a time of day. Write 17:00.', code="time_of_day", value=text)


def check_hours(settings: CalendarSettings) -> None:
    """Raise `SettingError` unless opening, lunch, daily report and close follow each other within a day."""
    opening, close = settings.opening, settings.close
    lunch = settings.lunch or (opening, opening)
    if not 0 <= opening <= lunch[0] <= lunch[1] <= close <= 24 * 60 or close - opening <= lunch[1] - lunch[0]:
        raise SettingError("Opening, lunch break and close of business must follow each other.", code="hours_order")
    if not 0 <= settings.daily_report <= 24 * 60:
        raise SettingError("The daily report must be due at a time of day.", code="report_time")


def check_weekend(weekend: tuple[int, ...]) -> None:
    """Raise `SettingError` unless the weekend leaves at least one working weekday (0 Monday to 6 Sunday)."""
    if not all(0 <= day <= 6 for day in weekend) or len(set(weekend)) > 6:
        raise SettingError(
            "The weekend is a list of weekdays from 0 (Monday) to 6 (Sunday), six at most.", code="weekend"
        )


def extra_days(settings: CalendarSettings) -> tuple[dict[int, str], frozenset[int]]:
    """Return the board's own days off (ordinal to name) and its own working days.

    Raises `SettingError` for a date that is none and for one that stands in both lists.
    """
    off = {_ordinal_of(text): name for text, name in settings.extra_days_off}
    working = frozenset(_ordinal_of(text) for text in settings.extra_working_days)
    for ordinal in working & off.keys():
        day = date.fromordinal(ordinal).isoformat()
        raise SettingError("{day} is set both as a day off and as a working day.", code="extra_day_twice", day=day)
    return off, working


def _ordinal_of(text: str) -> int:
    """Read an ISO date; raise `SettingError` if it is none."""
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        raise SettingError('"{value}" is not a date. Write 2026-10-10.', code="extra_day", value=text) from None
