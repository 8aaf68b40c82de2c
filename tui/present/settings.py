"""The board's settings in words: what each is for, its value as it is typed, its default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.board import Board
from store.settings import RULES, SETTING_KEYS, BoardSettings
from tui import words
from tui.i18n import N_, _, p_

MEANINGS: Mapping[str, str] = {
    "region": N_("region of the holidays: CN, HK, TW, SG"),
    "subdivision": N_("part of the region, where its holidays differ"),
    "time_zone": N_("time zone; empty: the region's"),
    "weekend": N_("days off each week: Sat, Sun; empty: the region's"),
    "extra_days_off": N_("own days off: 2026-12-31 name, ..."),
    "extra_working_days": N_("own working days: 2026-10-10, ..."),
    "opens": N_("business opens"),
    "closes": N_("close of business: when a date is due"),
    "lunch": N_("lunch break; none: no break"),
    "progress_at": N_("daily progress report"),
    "follow_up": N_("daily follow-up note"),
    "hours": N_("hours of rules: elapsed (day and night) or working"),
    "cadence": N_("cadence of new cards: daily, weekly, realtime"),
    "card_prefixes": N_("numbers without a project begin with: special, routine, urgent"),
    "realtime_hours": N_("working hours between reports in real time"),
    "lag_points": N_("points under plan from which a subtask lags"),
    "auto_escalate": N_("issues move up by themselves: on or off"),
    "confirm_signs": N_("confirming signs too: on or off"),
    "bell": N_("a new breach rings: on or off"),
    "title": N_("breaches in the terminal's title: on or off"),
    "vague_words": N_("own vague words, refused in duties, decisions, action items, standards: a, b"),
    "vague_exceptions": N_("phrases that hold a vague word and are clear: a, b"),
    "executive": N_("executive, the last instance"),
    "administrator": N_("administrator: people and settings"),
    "confirmation_without_kickoff": N_("confirmation, no kickoff held"),
}
"""Setting -> what it is for; those not here are the rules of clocks, or speak for themselves."""


def meaning(key: str) -> str:
    """What a setting is for, in the reader's language."""
    if key in MEANINGS:
        return _(MEANINGS[key])
    return _("clock: {name}").format(name=words.clock(key)) if key in words.CLOCKS else ""


def value_of(board: Board, key: str) -> tuple[Any, Any]:
    """The value in force and the default; people by their names, spans as they are typed."""
    now, default = board.settings, BoardSettings()
    value, normal = (str(each.span(key)) if key in RULES else getattr(each, key) for each in (now, default))
    if key in {"executive", "administrator"} and value is not None:
        value = board.person_name(getattr(now, key)) or None
    return value, normal


def typed(value: Any, key: str = "") -> str:
    """A value (of the setting `key`) as it is typed to set it."""
    if value is None:
        return "-"
    if key == "weekend":
        return ", ".join(p_("weekday", words.WEEKDAYS[day]) for day in value) or "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, dict):
        return ", ".join(f"{key} {name}".strip() for key, name in value.items())
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def rows(board: Board) -> list[tuple[str, str, str, bool]]:
    """(key, value, default, whether it is set) of every setting, in the order of the rulebook."""
    found = []
    for key in SETTING_KEYS:
        value, normal = value_of(board, key)
        found.append((key, typed(value, key), typed(normal, key), value != normal))
    return found
