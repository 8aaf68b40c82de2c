"""The line of a dispute: over what, and the position of each of two departments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from store.errors import CrossdeckError, Refused
from store.operations.issues import RaiseDispute
from store.records import Card, Position
from store.views.state import BoardState
from tui import words
from tui.entry import Echo, Entry, Field, Values
from tui.i18n import N_, _, p_
from tui.verbs.forms import heading
from tui.verbs.issue_lines import format_dispute, need, parse_dispute
from tui.verbs.issue_places import Place, parts_echo
from tui.verbs.names import complete_name, known_names, need_name

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen


def dispute_entry(screen: DeckScreen, state: BoardState, place: Place) -> Entry:
    """`over @department position @department position`, with one row for each behind Tab."""
    names = known_names(state)
    departments = tuple(d.name for d in state.board.departments.values())
    return Entry(
        key=f"{screen.deck.me}:dispute:{place.id}",
        heading=heading(words.issue_kind("dispute"), place.number, place.name),
        fields=[
            Field(key, label, options=departments if key.startswith("side") else (), required=True)
            for key, label in _labels().items()
        ],
        parse=lambda text: parse_dispute(text, names),
        format=format_dispute,
        echo=lambda values: _echo(screen, state, values),
        submit=lambda values: [_operation(state, place, values)],
        complete=lambda text: complete_name(text, names),
        hint=_("over what @department position @department position   Tab: form"),
    )


def _labels() -> dict[str, str]:
    return {
        "over": p_("field", "over what"),
        "side1": _("department 1"),
        "position1": _("position 1"),
        "side2": _("department 2"),
        "position2": _("position 2"),
    }


def _side(state: BoardState, name: str) -> int:
    """The department of a name; of a person theirs. Raises NotFound or Refused."""
    found = need_name(state, name.strip())
    person = state.board.people.get(found.person or 0)
    department = found.department or (person.department if person else None)
    if department is None:
        raise Refused("{who} is in no department. Name the department.", code="refuse.dispute", who=name)
    return department


def _operation(state: BoardState, place: Place, values: Values) -> RaiseDispute:
    """Raises Refused for an empty field, an unknown name or a third side."""
    labels = _labels()
    if values.get("more"):
        raise Refused("A dispute is between two departments.", code="refuse.dispute")
    need(values, tuple(labels), N_("A dispute needs both sides: {missing} is empty."), "refuse.dispute", labels)
    sides = (_side(state, values["side1"]), _side(state, values["side2"]))
    texts = (values["position1"].strip(), values["position2"].strip())
    return RaiseDispute(
        card=place.id if isinstance(place, Card) else place.card,
        subtask=None if isinstance(place, Card) else place.id,
        between=sides,
        over=values["over"].strip(),
        positions=tuple(Position(department=d, text=t) for d, t in zip(sides, texts, strict=True)),
    )


def _echo(screen: DeckScreen, state: BoardState, values: Values) -> Echo:
    try:
        if values.get("more"):
            raise Refused("A dispute is between two departments.", code="refuse.dispute")
        parts = [(p_("field", "over what"), values.get("over", ""))]
        for number in "12":
            name = values.get(f"side{number}", "").strip()
            shown = state.board.department_name(_side(state, name)) if name else _labels()[f"side{number}"]
            parts.append((shown, values.get(f"position{number}", "")))
    except CrossdeckError as error:
        return Echo(Text(screen.deck.error_text(error)), error=True)
    return Echo(parts_echo(parts, max(8, (screen.size.width - 40) // 3)))
