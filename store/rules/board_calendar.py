"""A board's settings as the settings of its calendar."""

from __future__ import annotations

from store.rules.calendar_data import CalendarSettings, minutes_of
from store.settings import BoardSettings


def calendar_settings(settings: BoardSettings, language: str | None = None) -> CalendarSettings:
    """Return what the board says about its days, zone and hours. Raises SettingError for a time that is none.

    `language` (`en_US`, `zh_CN`) names the holidays where the region's are known in it; else the region's own does.
    """
    start, _, end = settings.lunch.partition("-")
    return CalendarSettings(
        region=settings.region,
        subdivision=settings.subdivision or None,
        zone=settings.time_zone or None,
        language=language,
        weekend=settings.weekend,
        extra_days_off=tuple(sorted(settings.extra_days_off.items())),
        extra_working_days=tuple(sorted(settings.extra_working_days)),
        opening=minutes_of(settings.opens),
        close=minutes_of(settings.closes),
        lunch=(minutes_of(start), minutes_of(end)) if end.strip() else None,
        daily_report=minutes_of(settings.progress_at),
        realtime_hours=max(settings.realtime_hours, 1),
        hours=settings.hours,
    )
