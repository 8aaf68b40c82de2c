"""Dates and times as people write them, in Chinese and English (rulebook section 8, screens.md section 3.5).

A date without a time is due at close of business of that day; on a day off it is kept and marked.
Everything is read in the board's time zone. What cannot be read raises `DateProblem`; nothing is guessed
from a part of the text. Days are ordinals (`date.toordinal()`), instants epoch seconds.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Literal, Protocol

import msgspec

from store.errors import DateProblem
from store.rules.people_times import NO_TIME, Clock, take_time

HALF_A_YEAR = 183
_YEARS = range(1970, 2200)
_EXCEL_EPOCH = date(1899, 12, 30).toordinal()
_LONGEST = 60

_WEEK_ZH = "一二三四五六日"
_WEEK_EN = "mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "yesterday": -1,
    "今天": 0, "今日": 0, "today": 0,
    "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_WEEKS = {"上": -1, "last": -1, "本": 0, "这": 0, "this": 0, "下": 1, "next": 1, "下下": 2}
_SECONDS = {"h": 3600, "小时": 3600, "m": 60, "分钟": 60}
_PER_DAY = {"d": 1, "天": 1, "日": 1, "w": 7, "周": 7, "星期": 7}

DATE_AHEAD = (
    r"[0-9０-９]{1,4}[-－/／.．年月:：点點][0-9０-９]|[+＋][0-9０-９]|[今明后後][天日]|"
    rf"[本这這下]?(?:周|週|星期|礼拜|禮拜)[{_WEEK_ZH}天]|(?i:next |today|tomorrow|{_WEEK_EN})"
)
"""Regular expression of how a date begins, for the line grammar's `《` (a mark only where a date follows)."""

_SIMPLER = str.maketrans("後週禮號點時個內這截—–−‐", "后周礼号点时个内这截----")
_AROUND = re.compile(r"\s*([年月日号点时周个])\s*")
_BEFORE = re.compile(r"^(?:(?:by|before|until|till|due|on)\s+|截止到?|[于至到])\s*")
_AFTER = re.compile(r"\s*(?:下班)?(?:之前|以前|为止|截止|前|止)?$")
_AMOUNT = re.compile(
    r"(?P<sign>[+-])?\s*(?P<n>\d{1,4})\s*(?P<unit>wds?|working days?|workdays?|个?工作日|"
    r"hours?|hrs?|h|个?小时|minutes?|mins?|m|分钟|days?|d|天|日|weeks?|w|周|个?星期)\s*(?P<side>以?[内后]|之[内后]|以?前|之前|ago|later)?"
)
_YMD = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})[日号]?|(\d{4})(\d{2})(\d{2})")
_MD = re.compile(r"(\d{1,2})(?:[-/.]|月)(\d{1,2})[日号]?")
_ENGLISH = re.compile(
    r"(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+)?(?P<m>[a-z]{3,9})\.?(?:\s+(?P<e>\d{1,2})(?:st|nd|rd|th)?)?(?:,?\s+(?P<y>\d{4}))?"
)
_WEEKDAY = re.compile(
    rf"[(]?(?:(?P<week>下下|上|本|这|下|next|this|last)\s*个?)?"
    rf"(?:(?:周|星期|礼拜)(?P<zh>[{_WEEK_ZH}天])|\b(?P<en>{_WEEK_EN})\b\.?,?)[)]?"
)
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")


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


def _shown(value: object) -> str:
    """The value for an error message."""
    text = value if isinstance(value, str) else str(value)
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
        plain = unicodedata.normalize("NFKC", text).strip().lower().translate(_SIMPLER)
        plain = _AROUND.sub(r"\1", plain)
        if plain in ("now", "现在"):
            return self.instant(self.now)
        if _SERIAL.fullmatch(plain):
            return self.serial(float(plain))
        amount = _AMOUNT.fullmatch(plain)
        if amount is not None:
            return self.amount(amount)
        plain = _AFTER.sub("", _BEFORE.sub("", plain))
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
        if rest in _DAYS:
            return self.day(self.days.day_of(self.now) + _DAYS[rest], clock)
        amount = _AMOUNT.fullmatch(rest)
        if amount is not None:
            return self.day(self.amount(amount, whole_days=True).ordinal, clock)
        weekday = _WEEKDAY.search(rest)
        if weekday is None:
            return self.day(self.calendar_day(rest), clock)
        number = _WEEK_ZH.index(weekday["zh"].replace("天", "日")) if weekday["zh"] else _english_weekday(weekday["en"])
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
            return self.day(today - (today - 1) % 7 + number + 7 * _WEEKS[week], clock)
        ordinal = today + (number - (today - 1)) % 7
        due = self.days.close_of(ordinal) if clock.seconds is None else self.days.at_seconds(ordinal, clock.seconds)
        return self.day(ordinal if due > self.now else ordinal + 7, clock)

    def calendar_day(self, text: str) -> int:
        """The ordinal of a date with or without a year, in figures or with an English month."""
        full = _YMD.fullmatch(text)
        if full is not None:
            year, month, day = (int(part) for part in full.groups() if part)
            return self.ordinal(year, month, day)
        short = _MD.fullmatch(text)
        if short is not None:
            return self.without_year(int(short[1]), int(short[2]))
        named = _ENGLISH.fullmatch(text)
        if named is None or named["m"][:3] not in _MONTHS or bool(named["d"]) == bool(named["e"]):
            raise self.unknown()
        month, day = _MONTHS.index(named["m"][:3]) + 1, int(named["d"] or named["e"])
        return self.ordinal(int(named["y"]), month, day) if named["y"] else self.without_year(month, day)

    def ordinal(self, year: int, month: int, day: int) -> int:
        """The ordinal of a full date. Raises `DateProblem` if there is no such day."""
        if year not in _YEARS:
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
        key = unit if unit in _SECONDS or unit in _PER_DAY else unit[0]
        n = -n if back else n
        if key in _PER_DAY:
            return self.day(self.days.day_of(self.now) + n * _PER_DAY[key])
        if whole_days:
            raise self.unknown()
        return self.instant(self.now + n * _SECONDS[key])

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
        if not date(_YEARS[0], 1, 1).toordinal() <= ordinal < date(_YEARS[-1] + 1, 1, 1).toordinal():
            raise self.out_of_range()
        if clock.offset is not None:
            there = datetime.combine(date.fromordinal(ordinal), datetime.min.time(), UTC)
            return self.instant(int((there + timedelta(seconds=(clock.seconds or 0) - clock.offset)).timestamp()))
        if clock.seconds is not None:
            epoch = self.days.at_seconds(ordinal, clock.seconds)
        else:
            epoch = self.days.close_of(ordinal) if self.close else self.days.at_seconds(ordinal, 0)
        return When(epoch, ordinal, clock.seconds is not None, None if self.days.is_working_day(ordinal) else "day_off")

    def instant(self, epoch: int) -> When:
        """The answer for an instant."""
        ordinal = self.days.day_of(epoch)
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


def _english_weekday(name: str) -> int:
    """Monday 0, by the first three letters."""
    return ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(name[:3])
