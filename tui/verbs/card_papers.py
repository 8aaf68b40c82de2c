"""Verbs without a key of their own: a paper attached, the next of a card that recurs (rulebook §2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from store.operations.base import Operation
from store.operations.papers import AddAttachment
from store.operations.recurring import MakeNext
from tui import words
from tui.entry import Echo, Entry, Field, Request, Values
from tui.i18n import _, p_
from tui.verbs.forms import filled, heading, verb_word, yes_entry

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref


def attach(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """A paper on a card or a subtask: `name version link` in one line, or the form."""
    state = screen.state
    if state is None or not refs:
        return None
    table, key = refs[0]
    subtask = state.board.subtasks.get(key) if table == "subtasks" else None
    card = state.board.cards.get(subtask.card if subtask else key)
    if card is None:
        return None

    def submit(values: Values) -> Sequence[Operation]:
        name = filled(values.get("name", ""), p_("field", "name"))
        version, link = values.get("version", "").strip(), values.get("link", "").strip()
        return [
            AddAttachment(card=card.id, subtask=subtask.id if subtask else None, name=name, version=version, link=link)
        ]

    number, name = (subtask.number, subtask.name) if subtask else (card.number, card.name)
    return Entry(
        key=f"{screen.deck.me}:attach:{key}",
        heading=heading(verb_word("attach"), number, name),
        fields=[
            Field("name", p_("label", "paper"), _("what it is called"), required=True),
            Field("version", p_("label", "edition"), _("V1.0, final...")),
            Field("link", p_("label", "link"), _("where it lies")),
        ],
        submit=submit,
        parse=read_paper,
        format=lambda v: " ".join(
            part for part in (v.get("name", ""), v.get("version", ""), v.get("link", "")) if part
        ),
        echo=lambda v: Echo(Text(" | ".join(part for part in (v["name"], v["version"], v["link"]) if part))),
        hint=_("name, version, link: budget V2 //share/budget.xlsx"),
    )


def _parts(values: Values) -> list[str]:
    return [part for part in (values.get(name, "") for name in ("name", "version", "link")) if part]


def read_paper(line: str) -> Values:
    """`预算表 V2 //share/x.xlsx`: the last word with a slash is the link, one like V2 before it the version."""
    parts = line.split()
    link = parts.pop() if parts and ("/" in parts[-1] or "\\" in parts[-1]) else ""
    version = parts.pop() if len(parts) > 1 and parts[-1][:1] in "vV" and parts[-1][1:2].isdigit() else ""
    return {"name": " ".join(parts), "version": version, "link": link}


def make_next(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """The next card of one that recurs, as a draft with the improvements of its retro."""
    state = screen.state
    card = state.board.cards.get(refs[0][1]) if state and refs else None
    if state is None or card is None:
        return None
    if card.recurs is None:
        screen.deck.notice(_("{id} does not recur: e, field recurs.").format(id=card.number or card.name))
        return None
    from tui.field_words import value_word

    period = value_word("cards", "recurs", card.recurs)
    question = _("Make the next card ({period}) as a draft? Enter yes, Esc no.").format(period=period)
    head = heading(verb_word("next card"), card.number, card.name, words.stage(card.stage))
    return yes_entry(screen, f"next:{card.id}", head, [MakeNext(card=card.id)], question)
