"""The form of one department's duty: role + action + standard, its liaison and work lead (rulebook §1, §2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from rich.text import Text

from store.operations.base import Operation
from store.operations.concrete import concrete_duty
from store.operations.duties import AddDuty, EditDuty, RemoveDuty
from store.operations.voiding import concerned
from store.records import Card, Duty
from store.views.state import BoardState
from tui.entry import Echo, Entry, Field, Request, Values
from tui.i18n import N_, _, p_
from tui.verbs.forms import different, heading, over, refused_echo, verb_word, words_entry
from tui.verbs.names import known_names, need_person

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen

PARTS = ("role", "action", "standard")
DUTY_HINT = N_("role + action + standard")
"""What stands in an empty duty."""
SEPARATORS = ("+", "＋")
"""What stands between the parts of a duty in one line."""


def split_names(text: str) -> list[str]:
    """`A, B`, `@A @B`, `A、B` as names."""
    parts = text.replace("，", ",").replace("、", ",").replace("@", ",").replace("＠", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def split_duty(text: str) -> Values:
    """`role + action + standard` as its parts; what has no `+` is the action."""
    for mark in SEPARATORS[1:]:
        text = text.replace(mark, SEPARATORS[0])
    parts = [part.strip() for part in text.split(SEPARATORS[0])]
    if len(parts) == 1:
        parts = ["", parts[0]]
    parts += [""] * (3 - len(parts))
    return {"role": parts[0], "action": parts[1], "standard": " + ".join(p for p in parts[2:] if p)}


def duty_words(role: str, action: str, standard: str) -> str:
    """The three parts in one line, as they are typed."""
    if not (role or standard):
        return action
    return f"{role} + {action} + {standard}" if standard else f"{role} + {action}"


def duty_entry(
    screen: DeckScreen,
    state: BoardState,
    card: Card,
    duty: Duty | int,
    *,
    first: str = "",
    then: Callable[[], Request | None] | None = None,
) -> Entry:
    """The form of a duty, of one to be added where only its department (a doc id) is given.

    `first` is the field it opens on, `then` gives what follows.
    """
    old = duty if isinstance(duty, Duty) else None
    department = duty.department if isinstance(duty, Duty) else duty
    board = state.board

    def submit(values: Values) -> Sequence[Operation]:
        typed = _typed_duty(state, values)
        if old is None:
            return [AddDuty(card=card.id, department=department, **typed)]
        return [EditDuty(duty=old.id, fields=different(old, typed))]

    liaison = old.liaison if old else board.departments[department].head
    return Entry(
        key=f"{screen.deck.me}:edit:duty:{old.id if old else f'{card.id}:{department}'}",
        heading=heading(verb_word("edit"), card.number, card.name, board.department_name(department)),
        fields=_duty_fields(state, first),
        submit=submit,
        echo=lambda values: duty_echo(state, values, old) or Echo(Text("")),
        initial={
            **{name: getattr(old, name) if old else "" for name in PARTS},
            "liaison": board.person_name(liaison or board.departments[department].head),
            "work_lead": board.person_name(old.work_lead) if old else "",
        },
        confirm=lambda values: _voids(state, values, old),
        recorded=then,
    )


def _voids(state: BoardState, values: Values, old: Duty | None) -> str | None:
    """What a change of a duty makes void, in a sentence."""
    if old is None:
        return None
    changed = [name for name in PARTS if values.get(name, "").strip() != getattr(old, name)]
    return void_sentence(state, concerned(state.board, old, changed))


def _duty_fields(state: BoardState, first: str) -> list[Field]:
    """The fields of a duty, this one in front."""
    people = known_names(state)
    fields = [
        Field("role", p_("label", "role"), _("who does it: sales manager, designer..."), options=people),
        Field("action", p_("label", "action"), _("what is done, with its date and amount: supply the final copy")),
        Field("standard", p_("label", "standard"), _("how it is measured: final file, signed off by brand")),
        Field("liaison", p_("label", "liaison"), _("the contact on this card"), options=people),
        Field("work_lead", p_("label", "work lead"), _("who leads the work; empty: the liaison"), options=people),
    ]
    at = next((n for n, each in enumerate(fields) if each.name == first), 0)
    return fields[at:] + fields[:at]


def _typed_duty(state: BoardState, values: Values) -> dict[str, Any]:
    """What was typed, people as doc ids. Raises the refusal of a name nobody has."""
    typed: dict[str, Any] = {name: values.get(name, "").strip() for name in PARTS}
    for name in ("liaison", "work_lead"):
        text = values.get(name, "").strip().lstrip("@＠")
        typed[name] = need_person(state, text) if text else None
    return typed


def duty_echo(state: BoardState, values: Values, old: Duty | None = None) -> Echo | None:
    """What is vague in a duty that is typed, or that it says nothing; None if it is concrete or as it was."""
    typed = {name: values.get(name, "").strip() for name in PARTS}
    changed = [name for name in PARTS if old is None or typed[name] != getattr(old, name)]
    return refused_echo(concrete_duty(state.board, SimpleNamespace(**typed), changed))


def void_sentence(state: BoardState, duties: Sequence[Duty]) -> str | None:
    """What an edit does to signatures, said before Enter does it; None where it touches none."""
    names = [state.board.department_name(each.department) for each in duties if each.answer == "signed"]
    if not names:
        return None
    said = _("This change voids the signature of {dept}. Enter: change and ask again.")
    return said.format(dept=", ".join(names))


def edit(screen: DeckScreen, refs: list[tuple[str, int]]) -> Request | None:
    """`e` on a duty."""
    state = screen.state
    duty = state.board.duties.get(refs[0][1]) if state and refs else None
    card = state.board.cards.get(duty.card) if state and duty else None
    if state is None or card is None or duty is None or over(screen, card):
        return None
    return duty_entry(screen, state, card, duty)


def remove(screen: DeckScreen, refs: list[tuple[str, int]]) -> Request | None:
    """`X` on a duty: take the department off the card, with a reason."""
    state = screen.state
    duty = state.board.duties.get(refs[0][1]) if state and refs else None
    card = state.board.cards.get(duty.card) if state and duty else None
    if state is None or card is None or duty is None or over(screen, card):
        return None
    key, place = duty.id, state.board.department_name(duty.department)
    return words_entry(
        screen, f"void:duty:{key}", heading(verb_word("void"), card.number, card.name, place), p_("label", "reason"),
        lambda text: [RemoveDuty(duty=key, reason=text)],
        hint=_("why {department} is taken off this card").format(department=place),
    )  # fmt: skip
