"""Verbs on the sync log of a card: an entry, and that everybody has it in writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.operations.base import Operation
from store.operations.sync import AddSyncEntry, MarkSent
from tui.entry import Request
from tui.i18n import _
from tui.verbs.forms import heading, nothing, verb_word, words_entry, yes_entry

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref


def note(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`c` on a card or subtask: an entry of the sync log."""
    state = screen.state
    if state is None or not refs:
        return None
    table, key = refs[0]
    record = state.board.table(table).get(key)
    card = state.board.cards.get(key if table == "cards" else getattr(record, "card", None) or 0)
    if card is None:
        return nothing(screen, "note")
    topic = getattr(record, "name", "") or card.name

    # The reference answers a problem in an entry of that subtask (its response clock).
    reference = getattr(record, "number", "") if table == "subtasks" else ""

    def make(text: str) -> list[Operation]:
        return [AddSyncEntry(card=card.id, topic=topic, content=text, reference=reference)]

    return words_entry(screen, f"note:{key}", heading(verb_word("note"), card.number, topic), _("what to share"), make)


def mark_sent(screen: DeckScreen, refs: list[Ref]) -> Request | None:
    """`S` on a sync entry: everybody has it in writing."""
    entry = screen.state.board.sync.get(refs[0][1]) if screen.state and refs else None
    if entry is None or entry.sent_at is not None:
        return nothing(screen, "mark sent")
    head = heading(verb_word("mark sent"), "", entry.topic)
    question = _("All participants have it in writing? Enter yes, Esc no.")
    return yes_entry(screen, f"sent:{entry.id}", head, [MarkSent(sync=entry.id)], question)
