"""Keeps worked-out calendars in the state directory, so that a start never imports `holidays`.

One small JSON file for each calendar. Its key holds all that decides its content: the version of
`holidays`, region, subdivision, language, zone, weekend, years and the board's extra days. A cache
that cannot be read, does not fit its key or cannot be written is no error: the calendar is built.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

import msgspec

from store.file.whole import write_whole
from store.rules.calendar_data import CalendarData, CalendarSettings, zone_of
from store.rules.working_time import WorkingTime

FORMAT = 1
YEARS_BACK = 3
YEARS_AHEAD = 2
KEPT_FILES = 16


class _Entry(msgspec.Struct, frozen=True):
    """What a cache file holds."""

    key: str
    data: CalendarData


def load_working_time(settings: CalendarSettings, now: int, cache_dir: Path | None) -> WorkingTime:
    """Return the working time of a board for the years around `now` (epoch seconds).

    `cache_dir` is made if it is missing; None works without a cache. Raises `SettingError` for settings
    that cannot be used.
    """
    year = datetime.fromtimestamp(now, UTC).year
    years = range(year - YEARS_BACK, year + YEARS_AHEAD + 1)
    if cache_dir is None:
        return WorkingTime(_build(settings, years), settings)
    key = _key(settings, years)
    path = cache_dir / f"calendar-{crc32(key.encode()):08x}.json"
    data = _read(path, key)
    if data is None:
        data = _build(settings, years)
        _write(path, _Entry(key, data))
    return WorkingTime(data, settings)


def _build(settings: CalendarSettings, years: range) -> CalendarData:
    """Work the calendar out; the module is imported here so that a warm start never loads it."""
    from store.rules.calendar_source import build_calendar

    return build_calendar(settings, years)


def _key(settings: CalendarSettings, years: range) -> str:
    """Return everything that decides a calendar's content as one line of JSON."""
    parts = (
        FORMAT,
        _holidays_version(),
        settings.region.upper(),
        settings.subdivision,
        settings.language,
        zone_of(settings),
        settings.weekend,
        (years[0], years[-1]),
        settings.extra_days_off,
        settings.extra_working_days,
    )
    return msgspec.json.encode(parts).decode()


def _holidays_version() -> str:
    """Return what tells one installed version of `holidays` from another, without importing it.

    The name of its dist-info directory, for `importlib.metadata` would cost more than the whole warm
    start; where the library lies without one, the time its package directory was last changed.
    """
    found = importlib.util.find_spec("holidays")
    if found is None or found.origin is None:
        return "unknown"
    package = os.path.dirname(found.origin)
    try:
        beside = os.listdir(os.path.dirname(package))
        installed = [name for name in beside if name.startswith("holidays-") and name.endswith(".dist-info")]
        return " ".join(sorted(installed)) or str(os.stat(package).st_mtime_ns)
    except OSError:
        return "unknown"


def _read(path: Path, key: str) -> CalendarData | None:
    """Return the cached calendar, or None if there is none that is whole and made under this key."""
    try:
        entry = msgspec.json.decode(path.read_bytes(), type=_Entry)
    except (OSError, msgspec.MsgspecError, RecursionError):
        return None
    data = entry.data
    whole = bool(data.flags) and set(data.flags) <= {"0", "1"} and len(data.offsets) == len(data.changes) + 1
    return data if whole and entry.key == key else None


def _write(path: Path, entry: _Entry) -> None:
    """Put the entry in place whole, or not at all; a state directory that cannot be written is no error."""
    with contextlib.suppress(OSError):
        write_whole(path, msgspec.json.encode(entry))
        kept = sorted(path.parent.glob("calendar-*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
        for old in kept[KEPT_FILES:]:
            old.unlink(missing_ok=True)
