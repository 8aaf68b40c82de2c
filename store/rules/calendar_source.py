"""Works out a region's days from the `holidays` library and a zone's offsets from the zone database.

Slow (importing `holidays` alone takes over 100 ms), so `store.file.calendar_cache` keeps what comes
out, and both libraries are imported inside the functions: a start with a warm cache loads neither.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from store.errors import SettingError
from store.rules.calendar_data import CalendarData, CalendarSettings, check_weekend, extra_days, zone_of

if TYPE_CHECKING:
    from collections.abc import Callable

# Make-up days of these regions are announced year by year; a year without any is a guess of the library.
ANNOUNCED_YEARLY = frozenset({"CN"})

# Hong Kong's gazetted general holidays are two categories of the library: statutory ones and the rest.
CATEGORIES = {"HK": ("public", "optional")}

_DAY = 86_400
_ZONE_SPAN = (0, 100 * 366 * _DAY)
_ZONE_STEP = 7 * _DAY


def build_calendar(settings: CalendarSettings, years: range) -> CalendarData:
    """Return the days of `years` and the offsets of the zone under `settings`.

    The board's own days overrule the region's. Raises `SettingError` for a region, subdivision, zone,
    weekend or extra day that cannot be used.
    """
    found = _region_days(settings, years)
    weekend = tuple(sorted(found.weekend if settings.weekend is None else set(settings.weekend)))
    check_weekend(weekend)
    off, extra_working = extra_days(settings)
    announced = {day.toordinal() for day in found.weekend_workdays}
    names = _clean_names(found, weekend, announced) | off
    working = (announced | extra_working) - off.keys()
    for ordinal in working:
        names.pop(ordinal, None)
    first, last = date(years[0], 1, 1).toordinal(), date(years[-1], 12, 31).toordinal()
    flags = "".join(
        "1" if day in working or ((day - 1) % 7 not in weekend and day not in names) else "0"
        for day in range(first, last + 1)
    )
    make_ups = tuple(sorted(day for day in working if (day - 1) % 7 in weekend and first <= day <= last))
    published = {day.year for day in found.weekend_workdays}
    guessed = settings.region.upper() in ANNOUNCED_YEARLY
    zone = zone_of(settings)
    changes, offsets = _zone_offsets(zone)
    return CalendarData(
        first=first,
        flags=flags,
        weekend=weekend,
        make_ups=make_ups,
        names={day: name for day, name in sorted(names.items()) if first <= day <= last},
        estimated=tuple(year for year in years if guessed and year not in published),
        zone=zone,
        changes=changes,
        offsets=offsets,
    )


def _region_days(settings: CalendarSettings, years: range) -> Any:
    """Return the library's calendar of the region, filled for `years`."""
    import holidays

    region = settings.region.upper()
    try:
        # The library would else take the language from the environment of whoever fills the cache.
        kind = type(holidays.country_holidays(region))
        language = settings.language if settings.language in kind.supported_languages else kind.default_language
        return holidays.country_holidays(
            region,
            subdiv=settings.subdivision,
            years=years,
            language=language,
            categories=CATEGORIES.get(region, ("public",)),
        )
    except NotImplementedError:
        place = region if settings.subdivision is None else f"{region} / {settings.subdivision}"
        raise SettingError(
            "No public holidays are known for region {region}: use a two-letter country code such as CN, "
            "and a subdivision of that country.",
            code="region",
            region=place,
        ) from None


def _clean_names(found: Any, weekend: tuple[int, ...], announced: set[int]) -> dict[int, str]:
    """Return ordinal to holiday name, with days given in exchange for a make-up day named after their holiday.

    The library calls 6 October 2026 "day off instead of 20 September"; people call it National Day.
    """
    observed = _label(found, "observed_label").replace("%s", "", 1)
    exchanged = _label(found, "substituted_label").partition("%s")[0]
    names: dict[int, str] = {}
    nameless: list[int] = []
    for day, name in sorted(found.items()):
        names[day.toordinal()] = _plain_name(name, observed)
        if exchanged and name.startswith(exchanged):
            nameless.append(day.toordinal())
    holidays_proper = {day: name for day, name in names.items() if day not in nameless}

    def is_off(day: int) -> bool:
        return day in names or ((day - 1) % 7 in weekend and day not in announced)

    for day in nameless:
        names[day] = _neighbour(day, holidays_proper, is_off) or names[day]
    return names


def _plain_name(name: str, observed: str) -> str:
    """Return a name without the mark of a holiday moved from a day off, which stands before or after it.

    Where another holiday falls on the same day, that one names it.
    """
    if not observed.strip():
        return name
    parts = name.split("; ")
    own = [part for part in parts if observed not in part]
    return "; ".join(own or [part.replace(observed, "").strip() for part in parts])


def _label(found: Any, attribute: str) -> str:
    """Return one of the library's name patterns in the calendar's language, or "" if it has none."""
    pattern = getattr(found, attribute, None)
    return str(found.tr(pattern)) if pattern else ""


def _neighbour(day: int, names: dict[int, str], is_off: Callable[[int], bool]) -> str | None:
    """Return the name of the holiday in the same run of days off: the one before, else the one after."""
    for step in (-1, 1):
        near = day + step
        while is_off(near):
            if near in names:
                return names[near]
            near += step
    return None


def _zone_offsets(zone: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the instants from 1970 to 2070 at which the zone's offset changes, and the offsets around them.

    Raises `SettingError` for a zone that is not known.
    """
    import zoneinfo

    try:
        info = zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingError('There is no time zone "{value}". Write Asia/Shanghai.', code="zone", value=zone) from None

    def offset_at(instant: int) -> int:
        shift = datetime.fromtimestamp(instant, UTC).astimezone(info).utcoffset()
        return int(shift.total_seconds()) if shift is not None else 0

    changes: list[int] = []
    offsets = [offset_at(_ZONE_SPAN[0])]
    for low in range(*_ZONE_SPAN, _ZONE_STEP):
        after = offset_at(low + _ZONE_STEP)
        if after != offsets[-1]:
            changes.append(_first_with(after, low, low + _ZONE_STEP, offset_at))
            offsets.append(after)
    return tuple(changes), tuple(offsets)


def _first_with(offset: int, low: int, high: int, offset_at: Callable[[int], int]) -> int:
    """Return the first instant in (low, high] at which `offset` holds, by halving."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if offset_at(middle) == offset else (middle, high)
    return high
