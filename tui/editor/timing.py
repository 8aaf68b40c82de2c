"""The time an agenda item has taken against its box (screens.md §3.5)."""

from __future__ import annotations

from tui.editor.page import Section
from tui.i18n import _


def over(section: Section) -> int:
    """Seconds an agenda item is over its planned minutes; 0 if it is not or has none."""
    planned = (section.item.minutes or 0) * 60
    return max(0, section.used - planned) if planned else 0


def timer(section: Section) -> str:
    """`12:20 of 10:00, over 2:20`: the time an agenda item has taken."""
    used = minutes_seconds(section.used)
    if not section.item.minutes:
        return used if section.used else ""
    text = _("{used} of {planned}").format(used=used, planned=f"{section.item.minutes}:00")
    late = over(section)
    return text + (", " + _("over {time}").format(time=minutes_seconds(late)) if late else "")


def minutes_seconds(seconds: int) -> str:
    """`12:20`, also beyond an hour: `75:05`."""
    return f"{seconds // 60}:{seconds % 60:02d}"
