"""Verbs on cards and duties: new, edit, circulate, confirm, sign, object, activate, void."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from store.errors import CrossdeckError
from store.operations.answers import Confirm, ObjectTo, Sign
from store.operations.base import Operation
from store.operations.cards import CreateCard, EditCard, VoidCard
from store.operations.stages import Activate, Circulate
from store.records import Card, Duty
from store.rules.decision_line import DecisionLine, format_decision, parse_decision
from store.views.state import BoardState
from tui import words
from tui.entry import Echo, Entry, Field, Request, Values
from tui.i18n import _
from tui.sentences import sentence
from tui.verbs.forms import (
    date_words,
    different,
    filled,
    heading,
    nothing,
    stage_change,
    typed_date,
    verb_word,
    when_typed,
    words_entry,
    yes_entry,
)
from tui.verbs.names import find_name, known_names, need_department, need_person
from tui.verbs.subtasks import void_entry

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref


def _card(screen: DeckScreen, refs: list[Ref]) -> Card | None:
    return screen.state.board.cards.get(refs[0][1]) if screen.state and refs else None


# New and edit ----------------------------------------------------------------------------------------


def add(screen: DeckScreen, _refs: list[Ref]) -> Request | None:
    """A new card: name, lead, departments, start, finish."""
    return _form(screen, screen.state, None) if screen.state else None


def edit(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """The card's fields."""
    card = _card(screen, refs)
    return _form(screen, screen.state, card) if screen.state and card else None


def _form(screen: DeckScreen, state: BoardState, old: Card | None) -> Entry:
    names = known_names(state)
    now = screen.deck.now()
    fields = [
        Field("name", _("name"), _("at most 20 characters"), required=True),
        Field("lead", _("lead"), options=names),
        Field("start", _("start"), _("today, 12-01, Mon, +3wd")),
        Field("finish", _("finish"), _("12-01, next Fri 18:00, +20wd")),
        Field("goal", _("goal")),
        Field("project", _("project"), _("begins the number; empty: by type")),
        Field("priority", _("priority"), options=tuple(map(words.priority, words.PRIORITIES))),
    ]
    if old is None:
        fields.insert(2, Field("departments", _("departments"), _("@A @B or A, B"), options=names))

    def submit(values: Values) -> Sequence[Operation]:
        return _operations(state, values, now, old)

    return Entry(
        key=f"{screen.deck.me}:card:{old.id if old else 'new'}",
        heading=heading(verb_word("edit"), old.number, old.name) if old else Text(_("new card")),
        fields=fields,
        parse=lambda line: _values_of(parse_decision(line, names), state),
        format=_line_of,
        echo=lambda values: _echo(state, values, now, old),
        submit=submit,
        initial=_initial(state, old) if old else {},
        hint=_("name @lead @department @department <finish    Tab: all fields"),
    )


def _values_of(line: DecisionLine, state: BoardState) -> Values:
    values = {"name": line.text, "lead": "", "finish": line.due_text}
    departments = []
    for name in line.names:
        found = find_name(state, name)
        if found and found.person:
            values["lead"] = name
        else:
            departments.append(name)
    return values | {"departments": ", ".join(departments)}


def _split(text: str) -> list[str]:
    """`A, B`, `@A @B`, `A、B` as names."""
    parts = text.replace("，", ",").replace("、", ",").replace("@", ",").replace("＠", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def _line_of(values: Values) -> str:
    names = tuple(n for n in (values.get("lead", ""), *_split(values.get("departments", ""))) if n)
    return format_decision(DecisionLine(text=values.get("name", ""), names=names, due_text=values.get("finish", "")))


def _initial(state: BoardState, old: Card) -> Values:
    return {
        "name": old.name,
        "lead": state.board.person_name(old.lead),
        "start": typed_date(state, old.planned_start),
        "finish": typed_date(state, old.planned_finish),
        "goal": old.goal,
        "project": old.project,
        "priority": words.priority(old.priority),
    }


def _operations(state: BoardState, values: Values, now: int, old: Card | None) -> list[Operation]:
    typed = {k: v.strip() for k, v in values.items()}
    began, ends = (old.planned_start, old.planned_finish) if old else (None, None)
    fields: dict[str, object] = {
        "name": filled(typed.get("name", ""), _("name")),
        "lead": need_person(state, typed["lead"]) if typed.get("lead") else None,
        "planned_start": when_typed(state, typed.get("start", ""), now, began, close=False),
        "planned_finish": when_typed(state, typed.get("finish", ""), now, ends),
        "goal": typed.get("goal", ""),
        "project": typed.get("project", ""),
        "priority": _priority(typed.get("priority", "")),
    }
    if old is not None:
        return [EditCard(card=old.id, fields=different(old, fields))]
    fields["lead"] = fields["lead"] or state.me
    fields["planned_start"] = fields["planned_start"] or now
    departments = tuple(need_department(state, name) for name in _split(typed.get("departments", "")))
    from msgspec import convert

    return [convert(fields | {"departments": departments}, CreateCard)]


def _priority(text: str) -> str:
    """The priority a text or its beginning names, medium for none. Raises ImportProblem for another word."""
    typed = text.strip().casefold()
    if not typed:
        return "medium"
    for name in words.PRIORITIES:
        known = (name, words.priority(name), words.priority(name, short=True))
        if any(word.casefold().startswith(typed) for word in known):
            return name
    from store.exchange.values import priority

    return priority(text)


def _echo(state: BoardState, values: Values, now: int, old: Card | None) -> Echo:
    parts = [values.get("name", "")]
    known = [n for n in (values.get("lead", ""), *_split(values.get("departments", ""))) if n]
    parts += [name if find_name(state, name) else f"{name}?" for name in known]
    if values.get("finish"):
        parts.append(date_words(state, values["finish"], now))
    if values.get("priority"):
        try:
            parts.append(words.priority(_priority(values["priority"])))
        except CrossdeckError as error:
            return Echo(Text(sentence(error)), error=True)
    wanted = [("name", _("name")), ("finish", _("finish"))]
    if old is None:
        wanted.insert(1, ("departments", _("departments")))
    missing = [word for key, word in wanted if not values.get(key)]
    if missing:
        parts.append(_("missing: {fields}").format(fields=", ".join(missing)))
    return Echo(Text(" | ".join(p for p in parts if p)))


# Answers and stages ------------------------------------------------------------------------------------


def _my_duty(screen: DeckScreen, card: Card) -> Duty | None:
    """The duty of my department that waits for an answer; where I head several, the first that waits."""
    state = screen.state
    if state is None:
        return None
    board, me = state.board, screen.deck.me
    person = board.people.get(me or 0)
    duties = board.duties_of.get(card.id, [])
    headed = {d.id for d in board.departments.values() if d.head == me}
    if person and person.department:
        headed.add(person.department)
    mine = [d for d in duties if d.department in headed] or ([*duties] if board.settings.administrator == me else [])
    return next((d for d in mine if d.answer != "signed"), None)


def take(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`t` on a card: confirm, then sign, for my department."""
    card = _card(screen, refs)
    if card is None:
        return None
    duty = _my_duty(screen, card)
    return _answer(screen, card, duty) if duty else nothing(screen, "take")


def take_duty(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`t` on a duty: confirm it, then sign it."""
    duty = screen.state.board.duties.get(refs[0][1]) if screen.state and refs else None
    card = screen.state.board.cards.get(duty.card) if screen.state and duty else None
    return _answer(screen, card, duty) if card and duty and duty.answer != "signed" else nothing(screen, "take")


def _answer(screen: DeckScreen, card: Card, duty: Duty) -> Entry:
    place = screen.state.board.department_name(duty.department) if screen.state else ""
    head = heading(verb_word("take"), card.number, card.name, place)
    if duty.answer in {"pending", "objected"}:
        duties = " + ".join(p for p in (duty.role, duty.action, duty.standard) if p)
        question = _("{department} confirms duty, dates, people, time, authority? Enter yes, Esc no.").format(
            department=place
        )
        if duties:
            question = f"{duties}. {question}"
        return yes_entry(
            screen, f"confirm:{duty.id}", head, [Confirm(card=card.id, department=duty.department)], question
        )
    return words_entry(
        screen, f"sign:{duty.id}", head, _("means"),
        lambda text: [Sign(card=card.id, department=duty.department, means=text or "here")],
        needed=False, hint=_("{department} signs: means (here, OA number, paper with link); Enter alone: here").format(
            department=place),
    )  # fmt: skip


def refuse(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`T` on a card: object for my department."""
    card = _card(screen, refs)
    duty = _my_duty(screen, card) if card else None
    return _object(screen, card, duty) if card and duty else nothing(screen, "object")


def refuse_duty(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`T` on a duty: object."""
    duty = screen.state.board.duties.get(refs[0][1]) if screen.state and refs else None
    card = screen.state.board.cards.get(duty.card) if screen.state and duty else None
    return _object(screen, card, duty) if card and duty else nothing(screen, "object")


def _object(screen: DeckScreen, card: Card, duty: Duty) -> Entry:
    place = screen.state.board.department_name(duty.department) if screen.state else ""
    return words_entry(
        screen, f"object:{duty.id}", heading(verb_word("object"), card.number, card.name, place),
        _("the concrete change"), lambda text: [ObjectTo(card=card.id, department=duty.department, text=text)],
    )  # fmt: skip


def step(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`d` on a card: draft is circulated, circulating becomes active."""
    card = _card(screen, refs)
    state = screen.state
    if card is None or state is None:
        return None
    duties = state.board.duties_of.get(card.id, [])
    following = {"draft": "circulating" if len(duties) > 1 else "active", "circulating": "active"}.get(card.stage)
    if following is None:
        return nothing(screen, "step")
    operation: Operation = Circulate(card=card.id) if following == "circulating" else Activate(card=card.id)
    waiting = [state.board.department_name(d.department) for d in duties if d.answer != "signed"]
    question = _("{change}? Enter yes, Esc no.").format(change=stage_change(card.stage, following))
    if following == "active" and waiting:
        question = _("Not signed: {names}.").format(names=", ".join(waiting)) + " " + question
    head = heading(verb_word("step"), card.number, card.name)
    return yes_entry(screen, f"step:{card.id}", head, [operation], question)


def void(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`X` on a card."""
    card = _card(screen, refs)
    if card is None:
        return None
    return void_entry(screen, card.id, card.number, card.name, lambda why: [VoidCard(card=card.id, reason=why)])
