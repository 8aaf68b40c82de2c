"""Verbs on cards by their stage: say yes, say no, on to the next stage, void."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.operations.cards import VoidCard
from store.records import Card, Duty
from tui.entry import Request
from tui.verbs import card_answers as answers
from tui.verbs import raci
from tui.verbs.forms import nothing, over
from tui.verbs.subtasks import void_entry

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref


def _card(screen: DeckScreen, refs: list[Ref]) -> Card | None:
    return screen.state.board.cards.get(refs[0][1]) if screen.state and refs else None


def _duty(screen: DeckScreen, refs: list[Ref]) -> tuple[Card, Duty] | None:
    board = screen.state.board if screen.state and refs else None
    duty = board.duties.get(refs[0][1]) if board else None
    card = board.cards.get(duty.card) if board and duty else None
    return (card, duty) if card and duty else None


def take(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`t` on a card: confirm, then sign, for my department; reply to a question; sign the division; seen."""
    card, state, me = _card(screen, refs), screen.state, screen.deck.me
    if card is None or state is None:
        return None
    question = answers.asked_of_me(state, me, card)
    if question is not None:
        return answers.reply(screen, state, card, question)
    duty = answers.my_duty(state, me, card)
    if duty is not None:
        return answers.answer(screen, state, card, duty)
    unsigned = raci.unsigned_duty(state, card)
    if unsigned is not None:
        return raci.sign(screen, state, card, unsigned)
    if answers.unseen(state, me, card):
        return answers.seen(screen, state, card)
    return nothing(screen, "take")


def take_duty(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`t` on a duty: confirm it, then sign it; the requester contact replies to its question."""
    found, state = _duty(screen, refs), screen.state
    if found is None or state is None:
        return None
    card, duty = found
    question = answers.asked_of_me(state, screen.deck.me, card)
    if question is not None and question.id == duty.id:
        return answers.reply(screen, state, card, duty)
    return answers.answer(screen, state, card, duty) if duty.answer != "signed" else nothing(screen, "take")


def refuse(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`T` on a card: object for my department, or ask (`?`)."""
    card, state, me = _card(screen, refs), screen.state, screen.deck.me
    if card is None or state is None:
        return None
    mine = answers.my_duties(state, me, card)
    duty = answers.my_duty(state, me, card) or next(iter(mine), None)
    return answers.objection(screen, state, card, duty) if duty else nothing(screen, "object")


def refuse_duty(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`T` on a duty: object, or ask."""
    found, state = _duty(screen, refs), screen.state
    if found is None or state is None:
        return None
    return answers.objection(screen, state, *found)


def step(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`d` on a card: through the gate of its next stage, or what that gate misses."""
    card = _card(screen, refs)
    if card is None:
        return None
    if card.stage in {"draft", "circulating"}:
        from tui.verbs.card_gates import step as through

        return through(screen, card)
    return nothing(screen, "step")


def void(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`X` on a card."""
    card = _card(screen, refs)
    if card is None or over(screen, card):
        return None
    return void_entry(screen, card.id, card.number, card.name, lambda why: [VoidCard(card=card.id, reason=why)])
