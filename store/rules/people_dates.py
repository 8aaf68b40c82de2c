"""Dates and times as people write them, in Chinese and English (rulebook section 8, screens.md section 3.5).

A date without a time is due at close of business of that day; on a day off it is kept and marked.
Everything is read in the board's time zone. What cannot be read raises `DateProblem`; nothing is guessed
from a part of the text. Days are ordinals (`date.toordinal()`), instants epoch seconds.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, Protocol

import msgspec

from store.errors import DateProblem
from store.rules.date_words import (
    AFTER,
    AMOUNT,
    BEFORE,
    DAYS,
    ENGLISH,
    MD,
    MONTHS,
    PER_DAY,
    SECONDS,
    SERIAL,
    WEEK_EN_SHORT,
    WEEK_ZH,
    WEEKDAY,
    WEEKS,
    YMD,
    simple,
)
from store.rules.iso_dates import ISO, read_iso
from store.rules.people_times import NO_TIME, Clock, take_time

HALF_A_YEAR = 183
_ORDINALS = range(date(1970, 1, 1).toordinal(), date(2200, 1, 1).toordinal())
_EXCEL_EPOCH = date(1899, 12, 30).toordinal()
_LONGEST = 60


class Days(Protocol):
    """What is needed of a calendar; `store.rules.working_time.WorkingTime` is one."""

    def day_of(self, instant: int, /) -> int:
        """Ordinal of the local date at an instant."""
        ...

    def at_seconds(self, ordinal: int, seconds: int, /) -> int:
        """Instant of a local date and the seconds from its midnight."""
        ...

    def close_of(self, ordinal: int, /) -> int:
        """Close of business on a date."""
        ...

    def due_in_working_days(self, start: int, n: int, /) -> int:
        """Close of business of the nth working day after `start`."""
        ...

    def is_working_day(self, ordinal: int, /) -> bool:
        """Whether a date is a working day."""
        ...


class When(msgspec.Struct, frozen=True):
    """A date as understood: instant, its local day (ordinal), whether a time was said, `day_off` if it is one."""

    epoch: int
    ordinal: int
    had_time: bool
    note: Literal["day_off"] | None = None


def parse_when(
    value: str | float | date | datetime, now: int, days: Days, *, year_context: int | None = None, close: bool = True
) -> When:
    """Read a date or time a person wrote, or a cell of a sheet (text, Excel serial number, date, datetime).

    Without a time it is close of business of that day, or its midnight with `close=False` (for a start).
    A date without a year lies in `year_context` (an import: the year of the sheet's other dates), else it
    is the nearest to come: one more than 183 days past means next year. A weekday alone is the next one,
    today while its time has not passed; 下周三 / next Wed is in the next Monday-Sunday week. A time alone
    is today's, or tomorrow's if that has passed. `+3wd` counts working days, `+2d` days, `+4h` elapsed hours.

    Raises `DateProblem` for anything else (十月中旬, 待定), for a day that does not exist, for a weekday
    that contradicts its date, and for years before 1970 or after 2199.
    """
    reader = _Reader(_shown(value), now, days, year_context, close)
    if isinstance(value, datetime):
        return reader.stamp(value)
    if isinstance(value, date):
        return reader.day(value.toordinal())
    if isinstance(value, str):
        return reader.text(value)
    return reader.serial(float(value))


def _weekday_number(found: re.Match[str]) -> int:
    """Monday 0 to Sunday 6, of a match of `WEEKDAY`."""
    if found["zh"]:
        return WEEK_ZH.index(found["zh"].replace("天", "日"))
    return WEEK_EN_SHORT.index(found["en"][:3])


def _shown(value: object) -> str:
    """The value for an error message."""
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}~"


class _Reader:
    """One value being read: what is known around it, and the steps."""

    def __init__(self, shown: str, now: int, days: Days, year: int | None, close: bool) -> None:
        self.shown = shown
        self.now = now
        self.days = days
        self.year = year
        self.close = close

    def text(self, text: str) -> When:
        """Any text: what it says about time at its end, then what it says about the day."""
        if len(text) > _LONGEST:
            raise self.unknown()
        plain = simple(text)
        if plain in ("now", "现在"):
            return self.instant(self.now)
        if SERIAL.fullmatch(plain):
            return self.serial(float(plain))
        amount = AMOUNT.fullmatch(plain)
        if amount is not None:
            return self.amount(amount)
        if ISO.fullmatch(plain):
            return self.iso(plain)
        plain = AFTER.sub("", BEFORE.sub("", plain))
        rest, clock = take_time(plain)
        if clock.broken:
            raise self.no_such_day()
        return self.spoken(rest, clock)

    def spoken(self, rest: str, clock: Clock) -> When:
        """The day named by `rest`, at `clock`."""
        if not rest:
            if clock.seconds is None or clock.offset is not None:
                raise self.unknown()
            today = self.days.day_of(self.now)
            return self.day(today if self.days.at_seconds(today, clock.seconds) > self.now else today + 1, clock)
        if rest in DAYS:
            return self.day(self.days.day_of(self.now) + DAYS[rest], clock)
        amount = AMOUNT.fullmatch(rest)
        if amount is not None:
            return self.day(self.amount(amount, whole_days=True).ordinal, clock)
        weekday = WEEKDAY.search(rest)
        if weekday is None:
            return self.day(self.calendar_day(rest), clock)
        number = _weekday_number(weekday)
        beside = (rest[: weekday.start()] + rest[weekday.end() :]).strip(" ,")
        if not beside:
            return self.weekday(number, weekday["week"], clock)
        if weekday["week"]:
            raise self.unknown()
        found = self.day(self.calendar_day(beside), clock)
        if (found.ordinal - 1) % 7 != number:
            raise DateProblem(
                '"{value}": that day is not that weekday. Correct one of the two.',
                code="date.weekday",
                value=self.shown,
            )
        return found

    def weekday(self, number: int, week: str | None, clock: Clock) -> When:
        """A weekday (Monday 0) of the week said, or the next one that has not passed."""
        today = self.days.day_of(self.now)
        if week:
            return self.day(today - (today - 1) % 7 + number + 7 * WEEKS[week], clock)
        ordinal = today + (number - (today - 1)) % 7
        due = self.days.close_of(ordinal) if clock.seconds is None else self.days.at_seconds(ordinal, clock.seconds)
        return self.day(ordinal if due > self.now else ordinal + 7, clock)

    def calendar_day(self, text: str) -> int:
        """The ordinal of a date with or without a year, in figures or with an English month."""
        full = YMD.fullmatch(text)
        if full is not None:
            year, month, day = (int(part) for part in full.groups() if part)
            return self.ordinal(year, month, day)
        short = MD.fullmatch(text)
        if short is not None:
            return self.without_year(int(short[1]), int(short[2]))
        named = ENGLISH.fullmatch(text)
        if named is None or bool(named["d"]) == bool(named["e"]):
            raise self.unknown()
        month, day = MONTHS.index(named["m"][:3]) + 1, int(named["d"] or named["e"])
        return self.ordinal(int(named["y"]), month, day) if named["y"] else self.without_year(month, day)

    def ordinal(self, year: int, month: int, day: int) -> int:
        """The ordinal of a full date. Raises `DateProblem` if there is no such day."""
        if not 1970 <= year < 2200:
            raise self.out_of_range()
        try:
            return date(year, month, day).toordinal()
        except ValueError:
            raise self.no_such_day() from None

    def without_year(self, month: int, day: int) -> int:
        """The ordinal of a month and day: in the year of the context, else the nearest to come."""
        if self.year is not None:
            return self.ordinal(self.year, month, day)
        today = self.days.day_of(self.now)
        this_year = date.fromordinal(today).year
        for year in (this_year, this_year + 1):
            # 29 February may exist in the next year only.
            if (month, day) == (2, 29) and year % 4:
                continue
            found = self.ordinal(year, month, day)
            if found >= today - HALF_A_YEAR:
                return found
        raise self.no_such_day()

    def amount(self, found: re.Match[str], *, whole_days: bool = False) -> When:
        """`+3wd`, `2天内`, `4h`, `3 days ago`: so much from now. `whole_days` refuses hours and minutes."""
        n, unit, side = int(found["n"]), found["unit"].removeprefix("个"), found["side"] or ""
        back = found["sign"] == "-" or side == "ago" or side.endswith("前")
        # "3日" is also the third of a month, "4m" hardly a deadline: both need a word or sign beside them.
        if unit in ("日", "m") and not (side or found["sign"]):
            raise self.unknown()
        if (unit.startswith("w") and "d" in unit) or unit == "工作日":
            if back:
                raise self.unknown()
            return self.day(self.days.day_of(self.days.due_in_working_days(self.now, n)))
        key = unit if unit in SECONDS or unit in PER_DAY else unit[0]
        n = -n if back else n
        if key in PER_DAY:
            return self.day(self.days.day_of(self.now) + n * PER_DAY[key])
        if whole_days:
            raise self.unknown()
        return self.instant(self.now + n * SECONDS[key])

    def iso(self, text: str) -> When:
        """`2026-W42-5`, `20261016T1200Z`, `P2W`, `PT4H`."""
        found = read_iso(text, date.fromordinal(self.days.day_of(self.now)))
        if found is None:
            raise self.unknown()
        if isinstance(found, timedelta):
            return self.instant(self.now + int(found.total_seconds()))
        return self.stamp(found) if isinstance(found, datetime) else self.day(found.toordinal())

    def serial(self, number: float) -> When:
        """An Excel serial number: days since 1899-12-30, the fraction being the time of day."""
        if not 20_000 <= number < 110_000:  # 1954 to 2201, and false for NaN; smaller numbers are counts, not dates
            raise self.unknown()
        whole, seconds = divmod(round(number * 86_400), 86_400)
        return self.day(_EXCEL_EPOCH + whole, Clock(seconds) if seconds else NO_TIME)

    def stamp(self, value: datetime) -> When:
        """A datetime: an instant if it carries a zone, else board time; midnight (an Excel date) has no time."""
        if value.tzinfo is not None:
            return self.instant(int(value.timestamp()))
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return self.day(value.toordinal(), Clock(seconds) if seconds else NO_TIME)

    def day(self, ordinal: int, clock: Clock = NO_TIME) -> When:
        """The answer for a day and a time of day (24:00 is the next midnight)."""
        if ordinal not in _ORDINALS:
            raise self.out_of_range()
        if clock.offset is not None:
            midnight = int(datetime.combine(date.fromordinal(ordinal), time(), UTC).timestamp())
            return self.instant(midnight + (clock.seconds or 0) - clock.offset)
        if clock.seconds is not None:
            epoch = self.days.at_seconds(ordinal, clock.seconds)
        else:
            epoch = self.days.close_of(ordinal) if self.close else self.days.at_seconds(ordinal, 0)
        return When(epoch, ordinal, clock.seconds is not None, None if self.days.is_working_day(ordinal) else "day_off")

    def instant(self, epoch: int) -> When:
        """The answer for an instant."""
        ordinal = self.days.day_of(epoch)
        if ordinal not in _ORDINALS:
            raise self.out_of_range()
        return When(epoch, ordinal, True, None if self.days.is_working_day(ordinal) else "day_off")

    def unknown(self) -> DateProblem:
        """The error for what is no date."""
        return DateProblem(
            '"{value}" is not a date. Write 2026-10-12, 10-12 18:00, Fri, +3wd or tomorrow.', value=self.shown
        )

    def no_such_day(self) -> DateProblem:
        """The error for 2026-02-30 and 25:00."""
        return DateProblem('"{value}": there is no such day or time.', code="date.no_such_day", value=self.shown)

    def out_of_range(self) -> DateProblem:
        """The error for a year nobody means."""
        return DateProblem('"{value}": the year must be 1970 to 2199.', code="date.out_of_range", value=self.shown)
