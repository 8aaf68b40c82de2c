"""Lines of the card's first tab about what hangs on it: gates passed with a reason, who has seen it, attachments."""

from __future__ import annotations

from collections.abc import Iterator

from store.records import Card, Duty
from store.rules.gates import was_missing
from store.rules.regular_meeting import written
from store.rules.roles import is_asking, named_on
from store.views.state import BoardState
from tui import words
from tui.field_words import field_word
from tui.i18n import _, p_
from tui.present.fields import value_words
from tui.present.why import instant_text
from tui.sentences import sentence
from tui.subjects import signer_words
from tui.widgets.columns import Piece

Line = tuple[str, str, tuple[Piece, ...]]
"""What a line is known by, its label, its text."""


def meeting_words(every: str, day: int | None, at: str) -> str:
    """A regular meeting, as it can be typed too: `weekly, Wed 17:00`; nothing for none."""
    if every == "weekly" and day is not None:
        name = p_("weekday", words.WEEKDAYS[day % 7])
        return _("weekly, {day} {time}").format(day=name, time=at).strip()
    if every == "monthly" and day is not None:
        return _("monthly, day {day} {time}").format(day=day, time=at).strip()
    if every == "daily":
        return _("daily, {time}").format(time=at) if at else _("daily")
    return written(every, day, at)


def contact_words(state: BoardState, person: int | None) -> str:
    """A person with telephone and chat: `王敏 138…, @wm`."""
    found = state.board.people.get(person or 0)
    return ", ".join(part for part in (found.name, found.phone, found.chat) if part) if found else ""


def passed_lines(state: BoardState, card: Card, now: int) -> Iterator[Line]:
    """Gates the lead passed although something was missing: it stays visible (rulebook §2)."""
    board = state.board
    for n, each in enumerate(board.passes_of.get(card.id, ())):
        who = signer_words(state.board, each.by, each.on_behalf_of)
        text = _("{stage}: {reason} ({who} {t}); missing was: {gaps}").format(
            stage=words.stage(each.gate),
            reason=each.reason,
            who=who,
            t=instant_text(state, each.at, now),
            gaps="; ".join(map(sentence, was_missing(each))),
        )
        yield f"pass:{each.id}", p_("label", "passed gates") if n == 0 else "", ((text, "yellow"),)


def seen_lines(state: BoardState, card: Card) -> Iterator[Line]:
    """`3 of 5; not yet: 李强, 陈思`: who has seen the card and has no objection (人人看过)."""
    if card.stage in {"draft", "cancelled"}:
        return
    from store.operations.papers import seen_id  # the first screen shows no such line: no start waits for it

    named = named_on(state.board, card)
    left = [who for who in named if seen_id(card.id, who) not in state.board.seen]
    text = _("{n} of {all}").format(n=len(named) - len(left), all=len(named))
    if left:
        text += "; " + _("not yet: {names}").format(names=", ".join(map(state.board.person_name, left)))
    yield "seen", p_("label", "seen"), ((text, ""),)


def attachment_lines(state: BoardState, card: Card, now: int) -> Iterator[Line]:
    """`预算表 V2  //share/预算表.xlsx (王敏 10-09)`."""
    board = state.board
    for n, each in enumerate(board.attachments_of.get(card.id, ())):
        by = f"{board.person_name(each.by)} {instant_text(state, each.at, now) if each.at else ''}".strip()
        text = " ".join(part for part in (each.name, each.version, each.link, f"({by})" if by else "") if part)
        yield f"attachment:{each.id}", p_("label", "attachments") if n == 0 else "", ((text, ""),)


def recurrence_lines(state: BoardState, card: Card, now: int) -> Iterator[Line]:
    """How the card recurs, which one it was made from."""
    if card.recurs:
        yield "recurs", field_word("recurs"), ((value_words(state, "cards", "recurs", card.recurs, now), ""),)
    before = state.board.cards.get(card.previous or 0)
    if before is not None:
        yield "previous", field_word("previous"), ((f"{before.number} {before.name}", ""),)


def duty_more(state: BoardState, duty: Duty, now: int) -> Iterator[str]:
    """What a department's line says besides duty and signature: who registered the liaison, questions, void ones."""
    board = state.board
    if duty.liaison_registered_at is not None:
        who, at = board.person_name(duty.liaison_registered_by), instant_text(state, duty.liaison_registered_at, now)
        yield _("liaison registered by {who} {t}").format(who=who, t=at)
    if duty.voided_at is not None:
        changed = ", ".join(field_word(name) for name in duty.voided_by_edit.split(", ") if name)
        yield _("signature of version {n} void since {t}: {fields}").format(
            n=duty.signed_version or 1, t=instant_text(state, duty.voided_at, now), fields=changed or "-"
        )
    if duty.question_at is not None:
        asked = _("{who} asks: {text}").format(who=board.person_name(duty.question_by), text=duty.question)
        said = _("waits for a reply") if is_asking(duty) else f"{board.person_name(duty.reply_by)}: {duty.reply}"
        yield f"{asked} > {said}"
