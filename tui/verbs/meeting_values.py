"""The lines of meetings and agenda items as form values and back, without loss.

- meeting: `name @chair @recorder @others <Wed 15:30-16:30 =goal +place`
- agenda item: `title 10 @presenter`, the number being its minutes
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from store.errors import Refused
from store.records import AgendaItem, Meeting
from store.rules.decision_line import (
    ActionLine,
    DecisionLine,
    format_action,
    format_decision,
    parse_action,
    parse_decision,
)
from store.rules.people_dates import parse_when
from store.views.state import BoardState
from tui.entry import Values
from tui.i18n import _
from tui.subjects import local
from tui.verbs.forms import filled, typed_date
from tui.verbs.names import need_person

SPAN = re.compile(r"(\d{1,2}[:：]\d{2})\s*[-–~～至到]\s*(\d{1,2}[:：]\d{2})\s*$")
MINUTES = re.compile(r"(?:^|\s)(\d{1,3})\s*(?:min|m|分钟|分鐘|分)?$")


class MeetingFacts(NamedTuple):
    """A meeting's facts as typed: instants, person ids; None or empty where nothing was said."""

    name: str
    starts: int | None
    ends: int | None
    chair: int | None
    recorder: int | None
    others: tuple[int, ...]
    goal: str
    place: str
    material_owner: int | None = None
    observers: tuple[int, ...] = ()


def meeting_values(line: str, names: Sequence[str]) -> Values:
    """A typed line as form values."""
    found = parse_action(line, names)
    who = (*found.names, "", "")
    return {
        "name": found.text,
        "start": found.due_text,
        "chair": who[0],
        "recorder": who[1],
        "others": ", ".join(found.names[2:]),
        "goal": found.standard,
        "place": found.resources,
    }


def meeting_line(values: Values) -> str:
    """Form values as the line: a recorder without a chair, or others without both, stay in the form's order."""
    others = [name.strip() for name in re.split("[,，、;；]", values.get("others", "")) if name.strip()]
    names = [values.get("chair", "").strip(), values.get("recorder", "").strip(), *others]
    while names and not names[-1]:
        names.pop()
    # An empty place between names is kept as a name of its own, so that the others keep theirs.
    return format_action(
        ActionLine(
            values.get("name", "").strip(),
            tuple(name or "-" for name in names),
            values.get("start", "").strip(),
            values.get("goal", "").strip(),
            values.get("place", "").strip(),
        )
    )


def facts_of(state: BoardState, values: Values, now: int) -> MeetingFacts:
    """The values understood. Raises Refused (DateProblem, NotFound) for a date or name nobody understands."""
    starts, ends = span_of(state, values.get("start", "").strip(), now)
    return MeetingFacts(
        name=values.get("name", "").strip(),
        starts=starts,
        ends=ends,
        chair=_person(state, values.get("chair", "")),
        recorder=_person(state, values.get("recorder", "")),
        others=_people(state, values.get("others", "")),
        goal=values.get("goal", "").strip(),
        place=values.get("place", "").strip(),
        material_owner=_person(state, values.get("material", "")),
        observers=_people(state, values.get("observers", "")),
    )


def span_of(state: BoardState, text: str, now: int) -> tuple[int | None, int | None]:
    """Start and end of `Wed 15:30-16:30`; the end may be left out. Raises Refused for a day without a time."""
    if not text:
        return None, None
    span = SPAN.search(text)
    begin = parse_when(text[: span.end(1)] if span else text, now, state.working, close=False)
    if not begin.had_time:
        raise Refused('"{value}" says no time. Write the day and the time: Wed 15:30.', code="date.no_time", value=text)
    if span is None:
        return begin.epoch, None
    day = date.fromordinal(begin.ordinal).isoformat()
    end = parse_when(f"{day} {span[2].replace('：', ':')}", now, state.working, close=False)
    if end.epoch < begin.epoch:
        raise Refused("The meeting ends before it starts.", code="refuse.span")
    return begin.epoch, end.epoch


def span_words(state: BoardState, meeting: Meeting) -> str:
    """A meeting's start and end as they can be typed."""
    return typed_date(state, meeting.starts) + (f"-{local(state, meeting.ends):%H:%M}" if meeting.ends else "")


def _people(state: BoardState, names: str) -> tuple[int, ...]:
    found = (_person(state, name) for name in re.split("[,，、;；]", names))
    return tuple(person for person in found if person is not None)


def _person(state: BoardState, name: str) -> int | None:
    return None if name.strip() in {"", "-"} else need_person(state, name.strip())


# Agenda items ----------------------------------------------------------------------------------------


def item_values(line: str, names: Sequence[str]) -> Values:
    """A typed agenda item as form values."""
    found = parse_decision(line, names)
    minutes = MINUTES.search(found.text)
    number = int(minutes[1]) if minutes else 0
    return {
        "title": found.text[: minutes.start()].strip() if minutes else found.text,
        "minutes": str(number) if number else "",
        "presenter": found.who,
    }


def item_line(values: Values) -> str:
    """Form values as the line; a title that ends in a number is followed by `0`, which means no minutes."""
    title, minutes = values.get("title", "").strip(), values.get("minutes", "").strip()
    if minutes or MINUTES.search(title):
        title = f"{title} {minutes or 0}"
    presenter = values.get("presenter", "").strip()
    return format_decision(DecisionLine(title, (presenter,) if presenter else ()))


def item_fields(state: BoardState, values: Values) -> dict[str, Any]:
    """The fields of an agenda item. Raises Refused for minutes that are no number or a name nobody has."""
    minutes = values.get("minutes", "").strip()
    if minutes and not (minutes.isdecimal() and int(minutes) < 1_000):
        raise Refused('"{value}" is no number of minutes.', code="minutes", value=minutes)
    return {
        "title": filled(values.get("title", ""), _("title")),
        "minutes": int(minutes) or None if minutes else None,
        "presenter": _person(state, values.get("presenter", "")),
        "attachments": values.get("attachments", "").strip(),
        "agreed": values.get("agreed", "").strip(),
    }


def item_initial(state: BoardState, item: AgendaItem) -> Values:
    """An agenda item as form values."""
    return {
        "title": item.title,
        "minutes": str(item.minutes or ""),
        "presenter": state.board.person_name(item.presenter),
        "attachments": item.attachments,
        "agreed": item.agreed,
        "disagreement": item.disagreement,
    }
