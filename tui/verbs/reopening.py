"""Bringing a card back from the archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.operations.archive import ReopenArchived
from store.operations.base import Operation
from tui.archived import ArchivedCard
from tui.entry import Entry
from tui.i18n import _
from tui.verbs.forms import heading, words_entry

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen


def reopen_archived(screen: DeckScreen, found: ArchivedCard) -> Entry:
    """A reason, and the card is active again with all its records."""
    card = found.state.board.cards[found.card]

    def make(text: str) -> Sequence[Operation]:
        return [ReopenArchived(card=card.id, reason=text, records=found.records)]

    return words_entry(
        screen, f"reopen:{card.id}", heading(_("reopen"), card.number, card.name), _("reason"), make,
        hint=_("why it goes back to active; a second acceptance follows"),
    )  # fmt: skip
