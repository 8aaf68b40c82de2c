"""How a card that is typed was understood: names, dates, what is missing, what is advised (rulebook §2)."""

from __future__ import annotations

from rich.text import Text

from store.errors import CrossdeckError
from store.records import Card
from store.views.state import BoardState
from tui import words
from tui.entry import Echo, Values
from tui.i18n import _
from tui.sentences import sentence
from tui.verbs.card_duties import duty_echo, split_duty, split_names
from tui.verbs.card_values import labelled, read
from tui.verbs.forms import date_words
from tui.verbs.names import find_name

LONG_NAME = 20
"""Characters a card's topic should not go beyond (T3); it is advised, not refused."""


def card_echo(state: BoardState, values: Values, now: int, old: Card | None, days: int = 0) -> Echo:
    """The parts of a card in one line; an error where a date or a word is none.

    `days`: the working days a template gives, so that no finish need be typed.
    """
    parts = [values.get("name", "")]
    departments = split_names(values.get("departments", ""))
    known = [name for name in (values.get("lead", ""), *departments) if name]
    parts += [name if find_name(state, name) else f"{name}?" for name in known]
    if values.get("planned_finish"):
        parts.append(date_words(state, values["planned_finish"], now))
    if values.get("priority"):
        try:
            parts.append(words.priority(read(state, "priority", values["priority"], now, old)["priority"]))
        except CrossdeckError as error:
            return Echo(Text(sentence(error)), error=True)
    for name, text in values.items():
        if name.startswith("duty:") and (vague := duty_echo(state, split_duty(text))):
            return vague
    parts += _advice(values, departments, old, days)
    return Echo(Text(" | ".join(part for part in parts if part)))


def _advice(values: Values, departments: list[str], old: Card | None, days: int) -> list[str]:
    wanted = ["name"] if days else ["name", "planned_finish"]
    if old is None:
        wanted.insert(1, "departments")
    missing = [labelled(name) for name in wanted if not values.get(name, "").strip()]
    out = [_("missing: {fields}").format(fields=", ".join(missing))] if missing else []
    if old is None and len(departments) == 1:
        out.append(_("one department: its head's signature is enough"))
    if len(values.get("name", "")) > LONG_NAME:
        out.append(_("over {n} characters").format(n=LONG_NAME))
    return out
