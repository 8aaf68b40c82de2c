"""The time an agenda item has taken against its box (screens.md §3.5)."""

from __future__ import annotations

from collections.abc import Sequence

from store.file.presence import Sign
from store.records import Meeting
from store.views.state import BoardState
from tui.editor.page import Section
from tui.i18n import _

EARLY = 900
"""Seconds before its start from which a meeting may be under way; what is written earlier prepares it (ours)."""


def under_way(state: BoardState, meeting: Meeting, now: int) -> bool:
    """Whether time is taken: on its day, from a quarter of an hour before its start until it is said to be held."""
    day_of = state.working.day_of
    begun = meeting.starts - EARLY <= now and day_of(meeting.starts) == day_of(now)
    return meeting.state == "notice" and begun


def keeps_time(state: BoardState, meeting: Meeting, company: Sequence[Sign], *, typing: bool) -> bool:
    """Whether this desk takes the time, so that nobody's is counted twice: the recorder's, without them a writer's."""
    if state.me is not None and state.me == meeting.recorder:
        return True
    here = {sign.name for sign in company if meeting.id in sign.on}
    return typing and state.board.person_name(meeting.recorder) not in here


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
