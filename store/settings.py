"""Board settings: rule values, calendar, people with a board-wide role.

They are records (table `settings`), changed by the operation `SetSetting`; a rule's key is its id in
rulebook §8. Only what differs from the default is stored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any, Literal, get_args

import msgspec
from msgspec import Struct

from store.errors import SettingError
from store.rules.calendar_data import REGION_ZONES, minutes_of
from store.rules.paper_ids import format_card_id, read_card_id


class Span(Struct, frozen=True):
    """How long a rule gives: `n` working days ("WD"), hours ("h") or days of the calendar ("d"): `3 WD`, `24 h`."""

    n: int
    unit: Literal["WD", "h", "d"]

    def __str__(self) -> str:
        """As a person types it."""
        return f"{self.n} {self.unit}"


_SPAN = re.compile(r"^\s*(\d{1,4})\s*(wd|h|d|个工作日|個工作日|小时|小時|天)\s*$", re.IGNORECASE)
_UNITS: dict[str, Literal["WD", "h", "d"]] = {"h": "h", "小时": "h", "小時": "h", "d": "d", "天": "d"}

RULES: dict[str, Span] = {
    "change_notice": Span(10, "d"),
    "confirmation": Span(2, "WD"),
    "confirmation_without_kickoff": Span(24, "h"),
    "division": Span(3, "WD"),
    "delay_notice": Span(1, "WD"),
    "report_block": Span(1, "h"),
    "report_problem": Span(2, "h"),
    "report_warning": Span(24, "h"),
    "response": Span(24, "h"),
    "coordination": Span(24, "h"),
    "tier": Span(3, "WD"),
    "support": Span(48, "h"),
    "deliverable": Span(24, "h"),
    "accept_subtask": Span(3, "WD"),
    "acceptance": Span(3, "WD"),
    "notice": Span(1, "WD"),
    "minutes_draft": Span(24, "h"),
    "minutes_final": Span(48, "h"),
    "retro": Span(3, "WD"),
    "notify": Span(24, "h"),
}
"""Default span of each rule that has one (rulebook §8); change_notice, delay_notice and notice count back."""


def parse_span(key: str, text: str) -> Span:
    """`3 WD` or `24 h` as a Span. Raises SettingError that shows the form."""
    found = _SPAN.match(text)
    if not found or int(found[1]) == 0:
        raise SettingError('{key} = "{value}" is not a span. Write 3 WD, 24 h or 10 d.', key=key, value=text)
    return Span(int(found[1]), _UNITS.get(found[2].lower(), "WD"))


class BoardSettings(Struct, frozen=True, kw_only=True, dict=True):
    """All settings of a board, defaults filled in (China, 09:00-18:00, lunch 12:00-13:00)."""

    region: str = "CN"
    subdivision: str = ""
    time_zone: str = ""
    """Empty = the region's (rulebook §1)."""
    weekend: tuple[int, ...] | None = None
    """Weekday numbers off (Monday 0); None = the region's."""
    extra_days_off: dict[str, str] = {}
    """ISO date -> name, beside the region's holidays."""
    extra_working_days: tuple[str, ...] = ()
    """ISO dates worked although the region has them off."""
    opens: str = "09:00"
    closes: str = "18:00"
    lunch: str = "12:00-13:00"
    progress_at: str = "17:00"
    follow_up: str = "17:00"
    """When a follow-up note is owed on a working day (rulebook §8, follow_up)."""
    hours: Literal["elapsed", "working"] = "elapsed"
    cadence: Literal["daily", "weekly", "realtime"] = "daily"
    card_prefixes: tuple[str, ...] = ("专项任务", "日常协作", "紧急任务")
    """How the numbers of special, routine and urgent cards without a project begin (rulebook §2, Id)."""
    realtime_hours: int = 4
    """Working hours between two progress entries of a card whose cadence is realtime (rulebook §4)."""
    lag_points: int = 10
    auto_escalate: bool = False
    """Whether an issue moves up by itself when its tier runs out (rulebook §5)."""
    confirm_signs: bool = False
    """Whether a head who confirms signs in the same act."""
    bell: bool = True
    """Whether a new breach rings the terminal's bell, in working hours (rulebook §8)."""
    title: bool = True
    """Whether the terminal's title says how many clocks are over."""
    vague_words: tuple[str, ...] = ()
    """Words this board holds to be vague, beside the listed ones (rulebook §6)."""
    vague_exceptions: tuple[str, ...] = ()
    """Phrases this board holds to be clear although they hold a vague word."""
    executive: int | None = None
    """Doc id of the person who is last instance (tier 3)."""
    administrator: int | None = None
    """Doc id of the person who may change people and settings and act for anyone."""
    rules: dict[str, Span] = {}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> BoardSettings:
        """From the stored rows; a key or value this program cannot use counts as not set (see `check`)."""
        known: dict[str, Any] = {}
        rules: dict[str, Span] = {}
        for key, value in stored.items():
            try:
                if key in RULES:
                    rules[key] = parse_span(key, str(value))
                elif key in cls.__struct_fields__ and key != "rules":
                    known[key] = convert(key, value)
            except SettingError:
                continue
        return cls(**known, rules=rules)

    def span(self, rule: str) -> Span:
        """The span in force for a rule with one."""
        return self.rules.get(rule) or RULES[rule]

    @property
    def zone(self) -> str:
        """The time zone in force."""
        return self.time_zone or REGION_ZONES.get(self.region, "UTC")

    @cached_property
    def minutes_of_day(self) -> tuple[int, int, int]:
        """Opening, close of business and progress point as minutes after midnight."""
        return minutes_of(self.opens), minutes_of(self.closes), minutes_of(self.progress_at)


def convert(key: str, value: Any) -> Any:
    """A typed or stored value of a known setting as its field's type. Raises SettingError naming key and value.

    Lists are typed with commas; `extra_days_off` as `2026-12-31 company day, 2027-01-04`.
    """
    if key in RULES:
        return str(parse_span(key, str(value)))
    if key not in SETTING_KEYS:
        raise SettingError('There is no setting "{key}". `crossdeck settings` lists them.', key=key)
    try:
        made = msgspec.convert(_typed(key, value) if isinstance(value, str) else value, _types()[key])
    except msgspec.ValidationError:
        raise SettingError(
            '{key} = "{value}" cannot be used. Write {form}.', key=key, value=value, form=_form(key)
        ) from None
    if key in {"opens", "closes", "progress_at", "follow_up"}:
        minutes_of(str(made))
    least = LEAST.get(key)
    if least is not None and made < least:
        raise SettingError('{key} = "{value}" is too small: {least} is the least.', key=key, value=made, least=least)
    if key == "card_prefixes":
        _check_prefixes(made)
    if key == "time_zone" and made:
        _check_zone(str(made))
    return made


@cache
def _types() -> Mapping[str, Any]:
    """Setting -> the type of its value. Once: reading the annotations takes 2 ms, and each Board asks."""
    return {field.name: field.type for field in msgspec.structs.fields(BoardSettings)}


def _typed(key: str, text: str) -> Any:
    parts = [p.strip() for p in re.split(r"[,，、]", text) if p.strip()]
    if key == "extra_days_off":
        return {p.split()[0]: " ".join(p.split()[1:]) for p in parts}
    if key in {"extra_working_days", "card_prefixes", "vague_words", "vague_exceptions"}:
        return parts
    if key == "weekend":
        days = [_WEEKDAYS.get(p.lower(), int(p) if p.isdecimal() else p) for p in parts]
        return None if not parts else [] if parts[0].lower() in _NONE else days
    if key in {"lag_points", "realtime_hours", "executive", "administrator"}:
        return int(text) if text.strip().isdecimal() else (None if not text.strip() else text)
    if key in SWITCHES:
        return _ON_OFF.get(text.strip().lower(), text)
    if key == "lunch" and text.strip().lower() in _NONE:
        return ""
    return text.strip()


TYPES = 3
"""Types of card: special, routine, urgent."""
LEAST: Mapping[str, int] = {"realtime_hours": 1, "lag_points": 0}
"""Settings that are a number, and the least it may be."""
SWITCHES = ("auto_escalate", "confirm_signs", "bell", "title")
"""Settings that are on or off."""
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = {name: day for day, full in enumerate(_DAYS) for name in (full, full[:3])} | {
    f"{week}{name}": day for week in ("周", "週", "星期") for day, name in enumerate("一二三四五六日")
}
_NONE = ("none", "no", "off", "-", "无", "無")
_ON_OFF = dict.fromkeys(("true", "on", "yes", "1", "是", "开", "開"), True) | dict.fromkeys(
    ("false", "off", "no", "0", "否", "关", "關"), False
)


def _form(key: str) -> str:
    """What a setting takes, as it is typed."""
    if key in SWITCHES:
        return "on, off"
    if key == "weekend":
        return "sat, sun"
    if key in {"cadence", "hours"}:
        return ", ".join(get_args(_types()[key]))
    default = getattr(BoardSettings(), key)
    return str(default) if default else "-"


def _check_prefixes(words: tuple[str, ...]) -> None:
    read = [read_card_id(format_card_id(word, 2026, 1)) for word in words]
    if len(words) != TYPES or [found.prefix if found else "" for found in read] != [*words]:
        value = ", ".join(words)
        raise SettingError(
            '"{value}" are not three words numbers can begin with: SPECIAL, ROUTINE, URGENT.', value=value
        )


def _check_zone(name: str) -> None:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise SettingError('There is no time zone "{value}". Write Asia/Shanghai.', value=name) from None


SETTING_KEYS = (*(f for f in BoardSettings.__struct_fields__ if f != "rules"), *RULES)
"""Every key `crossdeck settings` knows."""
