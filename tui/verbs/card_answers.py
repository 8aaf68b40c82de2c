"""What a department says to a card: confirm, sign, object, ask; the reply; "seen, no objection" (rulebook §2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from store.errors import Refused
from store.operations.answers import TICKS, AskInfo, Confirm, ObjectTo, Reply, Sign
from store.operations.base import Operation
from store.operations.papers import SaySeen, seen_count, seen_id
from store.records import Card, Duty
from store.rules.roles import head_of, is_asking, named_on, requester_of
from store.views.state import BoardState
from tui import words
from tui.entry import Echo, Entry, Field, Request, Values
from tui.i18n import N_, _, p_
from tui.verbs.forms import NO, heading, verb_word, words_entry, yes_entry

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen

TICK_WORDS = {
    "duty": N_("the duty is ours"),
    "dates": N_("the dates hold"),
    "resources": N_("people, time and authority are there"),
}
"""What a confirmation ticks."""
ASKS = ("?", "？")
"""What a question begins with instead of an objection."""


def my_duties(state: BoardState, me: int | None, card: Card) -> list[Duty]:
    """The duties of departments I head or work in; the administrator's are all."""
    board = state.board
    person = board.people.get(me or 0)
    headed = {d.id for d in board.departments.values() if d.head == me}
    if person and person.department:
        headed.add(person.department)
    duties = board.duties_of.get(card.id, [])
    mine = [d for d in duties if d.department in headed]
    return mine or ([*duties] if board.settings.administrator == me else [])


def my_duty(state: BoardState, me: int | None, card: Card) -> Duty | None:
    """The first of them that waits for an answer."""
    return next((d for d in my_duties(state, me, card) if d.answer != "signed"), None)


def asked_of_me(state: BoardState, me: int | None, card: Card) -> Duty | None:
    """The first question on a card that waits for me: its requester contact, or who may act for them."""
    if me is None or me not in {requester_of(state.board, card), state.board.settings.administrator}:
        return None
    return next((d for d in state.board.duties_of.get(card.id, ()) if is_asking(d)), None)


def unseen(state: BoardState, me: int | None, card: Card) -> bool:
    """Whether I am named on a card that is out and have not said that I have seen it."""
    if me is None or card.stage in {"draft", "cancelled"} or seen_id(card.id, me) in state.board.seen:
        return False
    return me in named_on(state.board, card)


def answer(screen: DeckScreen, state: BoardState, card: Card, duty: Duty) -> Request:
    """`t` on a duty: confirm it, then sign it."""
    place = state.board.department_name(duty.department)
    chief = head_of(state.board, duty.department)
    behalf = _("on behalf of {other}").format(other=state.board.person_name(chief))
    head = heading(
        verb_word("take"), card.number, card.name, place if chief in {None, state.me} else f"{place}, {behalf}"
    )
    alone = card.stage == "draft" and len(state.board.duties_of.get(card.id, ())) == 1
    if duty.answer in {"pending", "objected"} and not alone:
        return _confirm(screen, state, card, duty, head)
    hint = _("{department} signs: means (here, OA number, paper with link); Enter alone: here").format(department=place)
    return words_entry(
        screen, f"sign:{duty.id}", head, p_("label", "means"),
        lambda text: [Sign(card=card.id, department=duty.department, means=text or "here")],
        needed=False, hint=hint,
    )  # fmt: skip


def _confirm(screen: DeckScreen, state: BoardState, card: Card, duty: Duty, head: Text) -> Entry:
    """Enter ticks all three; Tab shows them one by one."""
    place = state.board.department_name(duty.department)
    both = state.board.settings.confirm_signs
    ask = (
        _("{department} confirms and signs duty, dates, people, time, authority? Enter yes, Esc no.")
        if both
        else _("{department} confirms duty, dates, people, time, authority? Enter yes, Esc no.")
    ).format(department=place)
    said = " + ".join(part for part in (duty.role, duty.action, duty.standard) if part).replace("\n", " ")
    question = f"{said} | {ask}" if said else ask

    def submit(values: Values) -> Sequence[Operation] | None:
        if values.get("answer", "").strip().casefold() in NO:
            return None
        left = [_(TICK_WORDS[tick]) for tick in TICKS if values.get(tick, "").strip().casefold() in NO]
        if left:
            raise Refused(
                "Not ticked: {missing}. T objects with the change that is needed.",
                code="refuse.tick",
                missing="; ".join(left),
            )
        return [Confirm(card=card.id, department=duty.department)]

    yes = words.yes_no(yes=True)
    return Entry(
        key=f"{screen.deck.me}:confirm:{duty.id}",
        heading=head,
        fields=[Field(tick, _(TICK_WORDS[tick]), _("yes or no")) for tick in TICKS],
        parse=lambda line: {"answer": line},
        format=lambda _values: "",
        echo=lambda _values: Echo(Text(question)),
        submit=submit,
        initial=dict.fromkeys(TICKS, yes),
        keep_draft=False,
        hint=question,
    )


def objection(screen: DeckScreen, state: BoardState, card: Card, duty: Duty) -> Entry:
    """`T` on a duty: object with the concrete change; a text that begins with `?` asks the requester contact."""
    board = state.board
    place = board.department_name(duty.department)
    asked = board.person_name(requester_of(board, card)) or "?"

    def make(text: str) -> Sequence[Operation]:
        if text.startswith(ASKS):
            return [AskInfo(card=card.id, department=duty.department, text=text.lstrip("?？").strip())]
        return [ObjectTo(card=card.id, department=duty.department, text=text)]

    return words_entry(
        screen, f"object:{duty.id}", heading(verb_word("object"), card.number, card.name, place),
        _("the concrete change"), make,
        hint=_("the concrete change; a text that begins with ? asks {who}, and the clock runs on").format(who=asked),
    )  # fmt: skip


def reply(screen: DeckScreen, state: BoardState, card: Card, duty: Duty) -> Entry:
    """The requester contact answers what a department asked."""
    board = state.board
    place = board.department_name(duty.department)
    who = board.person_name(duty.question_by)
    return words_entry(
        screen, f"reply:{duty.id}:{duty.question_at}", heading(verb_word("take"), card.number, card.name, place),
        p_("label", "reply"),
        lambda text: [Reply(card=card.id, department=duty.department, text=text)],
        hint=_("{who} asks: {text}").format(who=who, text=duty.question.replace("\n", " ")),
    )  # fmt: skip


def seen(screen: DeckScreen, state: BoardState, card: Card) -> Request:
    """I have seen it and have no objection (人人看过)."""
    done, named = seen_count(state.board, card)
    question = _("Seen, no objection ({n} of {all} so far)? Enter yes, Esc no.").format(n=done, all=named)
    head = heading(verb_word("take"), card.number, card.name)
    return yes_entry(screen, f"seen:{card.id}", head, [SaySeen(card=card.id)], question)
