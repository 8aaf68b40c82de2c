"""The fields of a card as text and back: what a form shows, and what is typed there (rulebook §2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from store.errors import Refused
from store.records import Card
from store.rules.regular_meeting import read_regular
from store.views.state import BoardState
from tui import words
from tui.field_words import field_word, value_word
from tui.i18n import N_, _
from tui.present.card_papers import meeting_words
from tui.verbs.forms import NO, typed_date, when_typed
from tui.verbs.names import need_department, need_person

TERMS: Mapping[str, tuple[str, ...]] = {
    "category": ("project", "process_improvement", "problem_solving", "resource_coordination", "target_alignment"),
    "type": ("special", "routine", "urgent"),
    "priority": ("high", "medium", "low"),
    "cadence": ("daily", "weekly", "realtime"),
    "recurs": ("weekly", "monthly", "quarterly"),
}
"""Fields whose value is one of these terms."""
PEOPLE = frozenset({"lead", "acceptor", "tracker", "requester_contact", "urgent_contact", "initiator"})
DEPARTMENTS = frozenset({"lead_department", "initiating_department", "acceptor_department"})
DATES = {"planned_start": False, "planned_finish": True, "initiated_at": False}
"""Fields that are an instant -> whether a date alone is its close of business."""
HOURS = frozenset({"answer_limit_hours", "response_limit_hours"})
DEFAULTS = {"category": "project", "type": "special", "priority": "medium", "cadence": "daily", "recurs": None}
"""What nothing typed for a term means."""


class CardField(NamedTuple):
    """One field of a card's form: its name and what stands in it while it is empty."""

    name: str
    hint: str = ""


FORM = (
    CardField("name", N_("the topic, at most 20 characters")),
    CardField("lead", N_("answers for the result; empty: the head of your department")),
    CardField("planned_start", N_("today, 12-01, Mon, +3wd")),
    CardField("planned_finish", N_("12-01, next Fri 18:00, +20wd")),
    CardField("goal", N_("the result with its number: 1,000,000 impressions, conversion of 5%")),
    CardField("scope", N_("what belongs to it")),
    CardField("out_of_scope", N_("what does not")),
    CardField("deliverables", N_("what is handed over in the end")),
    CardField("acceptance_criteria", N_("how the acceptor sees that it is done")),
    CardField("resources", N_("people, equipment: 1 design assistant, 3 display sets")),
    CardField("resources_used", N_("what of it was used")),
    CardField("budget", N_("amount and currency: 200000 CNY")),
    CardField("budget_used", N_("amount spent so far")),
    CardField("mechanism", N_("how you keep each other informed")),
    CardField("cadence", N_("how often progress is owed: daily, weekly, realtime")),
    CardField("regular_meeting", N_("weekly Wed 17:00, daily 9:30, monthly 15 10:00, -")),
    CardField("channel", N_("chat group or mailing list")),
    CardField("urgent_contact", N_("who is called when it burns; phone on their person")),
    CardField("project", N_("begins the number; empty: by type")),
    CardField("category", N_("project, process, problem, resource, target")),
    CardField("type", N_("special, routine, urgent")),
    CardField("priority", N_("high, medium, low")),
    CardField("kickoff", N_("is a kickoff meeting held? yes or no")),
    CardField("answer_limit_hours", N_("hours a department has to answer; empty: the board's rule")),
    CardField("response_limit_hours", N_("urgent cards: hours to the first response")),
    CardField("acceptor", N_("who accepts the result")),
    CardField("requester_contact", N_("answers questions; empty: your department's liaison")),
    CardField("tracker", N_("reviews the tracking table each week; empty: the lead")),
    CardField("recurs", N_("weekly, monthly, quarterly; empty: once")),
    CardField("background", N_("why it is done")),
    CardField("notes"),
)
"""The form of a card, most asked first; what the gate to circulating asks for stands before the rest."""
HINTS = {each.name: each.hint for each in FORM}


def shown(state: BoardState, card: Card, name: str) -> str:
    """A field of a card as it can be typed."""
    value = getattr(card, name)
    if name == "regular_meeting":
        return meeting_words(card.regular_meeting, card.meeting_day, card.meeting_at)
    if name in DATES:
        return typed_date(state, value)
    if name in PEOPLE:
        return state.board.person_name(value)
    if name in DEPARTMENTS:
        return state.board.department_name(value)
    if name in TERMS:
        return value_word("cards", name, value) if value else ""
    if name == "kickoff":
        return words.yes_no(yes=bool(value))
    return "" if value is None else str(value)


def read(state: BoardState, name: str, text: str, now: int, before: Card | None) -> dict[str, Any]:
    """The fields of a card a typed text stands for. Raises CrossdeckError that says what it can be."""
    text = text.strip()
    if name == "regular_meeting":
        found = read_regular(text)
        return {"regular_meeting": found.every, "meeting_day": found.day, "meeting_at": found.at}
    if name in DATES:
        return {name: when_typed(state, text, now, getattr(before, name, None), close=DATES[name])}
    if name in PEOPLE:
        return {name: need_person(state, text.lstrip("@＠")) if text else None}
    if name in DEPARTMENTS:
        return {name: need_department(state, text.lstrip("@＠")) if text else None}
    if name in TERMS:
        return {name: term(name, text)}
    if name in HOURS:
        return {name: _hours(name, text)}
    if name == "kickoff":
        return {name: text.casefold() not in NO}
    return {name: text}


def term(name: str, text: str) -> str | None:
    """The term a text or its beginning names. Raises Refused with the words there are."""
    typed = text.strip().casefold()
    if not typed:
        return DEFAULTS[name]
    for each in TERMS[name]:
        if any(word.casefold().startswith(typed) for word in _called(name, each)):
            return each
    known = ", ".join(value_word("cards", name, each) for each in TERMS[name])
    raise Refused(
        '"{value}" is none of {known}.', code="refuse.term", value=text[:60], known=known, field=name.replace("_", " ")
    )


def _called(name: str, value: str) -> tuple[str, ...]:
    """What a term is called: as it is stored, in the reader's language, short."""
    short = (words.priority(value, short=True),) if name == "priority" else ()
    return (value, value.replace("_", " "), value_word("cards", name, value), *short)


def _hours(name: str, text: str) -> int | None:
    plain = text.removesuffix("h").removesuffix("小时").removesuffix("小時").strip()
    if not plain:
        return None
    if not plain.isdecimal() or not 1 <= int(plain) <= 10_000:
        raise Refused(
            '{field}: "{value}" is no number of hours.',
            code="refuse.hours",
            field=name.replace("_", " "),
            value=text[:60],
        )
    return int(plain)


def labelled(name: str) -> str:
    """The label of a field."""
    return field_word(name)


def hint(name: str) -> str:
    """What stands in an empty field."""
    said = HINTS.get(name, "")
    return _(said) if said else ""
