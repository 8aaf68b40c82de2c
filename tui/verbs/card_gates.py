"""`d` on a draft or circulating card: through the gate, or what is missing and where it is put right (rulebook §2).

Enter on something missing opens the one line that puts it right, and the list comes back without it; Tab (or the last
line) is the lead's reason to pass the gate all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from store.operations.answers import AskAgain
from store.operations.base import Operation
from store.operations.cards import EditCard
from store.operations.duties import AddDuty
from store.operations.stages import Activate, Circulate
from store.records import Card, Gate
from store.rules.gates import Need, missing
from store.views.state import BoardState
from tui.entry import Choice, Entry, Option, Request
from tui.field_words import field_word
from tui.i18n import _, p_
from tui.look import STYLES, glyph
from tui.sentences import sentence
from tui.verbs.card_answers import answer, my_duties
from tui.verbs.card_duties import duty_entry, split_names
from tui.verbs.forms import heading, stage_change, typed_date, verb_word, when_typed, words_entry, yes_entry
from tui.verbs.names import known_names, need_department, need_person

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen

DATES = ("planned_start", "planned_finish", "initiated_at")
"""Needs that are a date."""


def step(screen: DeckScreen, card: Card) -> Request | None:
    """The question that takes the card on, or the list of what its gate misses."""
    state = screen.state
    if state is None:
        return None
    gate = next_gate(state, card)
    if missing(state.board, card.id, gate):
        return _gaps(screen, state, card, gate)
    question = _("{change}? Enter yes, Esc no.").format(change=stage_change(card.stage, gate))
    return yes_entry(screen, f"step:{card.id}", _head(card, gate), [_through(card, gate, "")], question)


def _head(card: Card, gate: Gate) -> Text:
    return heading(verb_word("step"), card.number, card.name, stage_change(card.stage, gate))


def next_gate(state: BoardState, card: Card) -> Gate:
    """Where a draft or circulating card goes next: a draft of one department straight to active."""
    alone = len(state.board.duties_of.get(card.id, ())) == 1
    return "circulating" if card.stage == "draft" and not alone else "active"


def _through(card: Card, gate: Gate, reason: str) -> Operation:
    if gate == "circulating":
        return Circulate(card=card.id, reason=reason)
    return Activate(card=card.id, reason=reason)


def _gaps(screen: DeckScreen, state: BoardState, card: Card, gate: Gate) -> Choice:
    """What is missing, one line each; last what else can be done."""
    head, lacking = _head(card, gate), missing(state.board, card.id, gate)
    options = [
        Option(str(n), Text.assemble((f"{glyph('over')} ", STYLES["red"]), sentence(need.text)))
        for n, need in enumerate(lacking)
    ]
    objected = [d.department for d in state.board.duties_of.get(card.id, ()) if d.answer == "objected"]
    if objected and card.stage != "draft":
        names = ", ".join(state.board.department_name(each) for each in objected)
        options.append(Option("again", Text(_("ask {names} again: the new version").format(names=names))))
    may_pass = card.lead is None or state.me in {card.lead, state.board.settings.administrator}
    if may_pass:
        options.append(Option("pass", Text(_("pass all the same, with a reason that stays on the card"))))
    again = partial(_again, screen, card.id)

    def chosen(name: str) -> Request | None:
        if name == "pass":
            return _reason(screen, card, gate, head)
        if name == "again":
            return yes_entry(
                screen, f"again:{card.id}", head, [AskAgain(card=card.id)], _("Ask again? Enter yes, Esc no.")
            )
        return _put_right(screen, card, lacking[int(name)], again)

    return Choice(
        heading=head,
        options=options,
        chosen=chosen,
        form=(lambda: _reason(screen, card, gate, head)) if may_pass else None,
    )


def _again(screen: DeckScreen, card: int) -> Request | None:
    """The gate once more, as the card stands now."""
    found = screen.state.board.cards.get(card) if screen.state else None
    return step(screen, found) if found and found.stage in {"draft", "circulating"} else None


def _reason(screen: DeckScreen, card: Card, gate: Gate, head: Text) -> Entry:
    return words_entry(
        screen, f"step:pass:{card.id}", head, _("reason to pass"), lambda text: [_through(card, gate, text)],
        hint=_("why the gate is passed although something is missing; it stays on the card"),
    )  # fmt: skip


def _put_right(screen: DeckScreen, card: Card, need: Need, again: Callable[[], Request | None]) -> Request | None:
    """The line that puts one missing thing right."""
    state = screen.state
    if state is None:
        return None
    duty = state.board.duties.get(need.record) if need.table == "duties" else None
    if need.id == "signed" and duty is not None:
        if duty.answer == "objected":
            return duty_entry(screen, state, card, duty, then=again)
        mine = any(each.id == duty.id for each in my_duties(state, screen.deck.me, card))
        if mine or state.me == state.board.settings.administrator:  # who may act for anyone (rulebook §1)
            request = answer(screen, state, card, duty)
            if isinstance(request, Entry):
                request.recorded = again
            return request
        screen.deck.notice(_waits(state, duty.department))
        return again()
    if duty is not None:
        return duty_entry(screen, state, card, duty, first=need.field, then=again)
    if need.id == "kickoff":
        return _kickoff(screen, card, again)
    if need.id == "initiating_department" and card.initiating_department:
        return duty_entry(screen, state, card, card.initiating_department, then=again)
    return _field(screen, state, card, need.field or need.id, again)


def _waits(state: BoardState, department: int) -> str:
    board = state.board
    place = board.departments[department]
    who = board.person_name(place.head) or place.name
    return _("{department}: {who} answers, with t on this card.").format(department=place.name, who=who)


def _kickoff(screen: DeckScreen, card: Card, again: Callable[[], Request | None]) -> Choice:
    """Held, or recorded as not held; both with a note."""
    head = heading(verb_word("step"), card.number, card.name, field_word("kickoff"))
    asked = {"held": _("the kickoff was held: when, and who was there"), "not": _("no kickoff is held: why")}
    options = [Option(name, Text(question)) for name, question in asked.items()]

    def chosen(name: str) -> Entry:
        held = name == "held"
        entry = words_entry(
            screen, f"kickoff:{name}:{card.id}", head, p_("label", "note"),
            lambda text: [EditCard(card=card.id, fields={"kickoff": held, "kickoff_note": text})],
            hint=asked[name],
        )  # fmt: skip
        entry.recorded = again
        return entry

    return Choice(heading=head, options=options, chosen=chosen)


def _field(
    screen: DeckScreen, state: BoardState, card: Card, name: str, again: Callable[[], Request | None]
) -> Entry | None:
    """One field of the card in one line."""
    now = screen.deck.now()
    label = field_word(name)

    def make(text: str) -> Sequence[Operation]:
        if name == "departments":
            return [AddDuty(card=card.id, department=need_department(state, each)) for each in split_names(text)]
        if name in DATES:
            value: object = when_typed(state, text, now, getattr(card, name), close=name == "planned_finish")
        elif name == "lead":
            value = need_person(state, text.lstrip("@＠"))
        else:
            value = text
        return [EditCard(card=card.id, fields={name: value})]

    entry = words_entry(
        screen, f"field:{name}:{card.id}", heading(verb_word("edit"), card.number, card.name, label), label, make
    )
    entry.recorded = again
    if name in DATES:
        entry.initial = {"text": typed_date(state, getattr(card, name))}
    if name in {"departments", "lead"}:
        from tui.verbs.names import complete_name

        names = known_names(state)
        entry.complete = lambda text: complete_name(text, names)
    return entry
