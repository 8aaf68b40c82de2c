"""Bringing a card back from the archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.operations.archive import ReopenArchived
from store.operations.base import Operation
from tui.archived import ArchivedCard
from tui.entry import Entry
from tui.verbs.closing_forms import reopen_entry

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen


def reopen_archived(screen: DeckScreen, found: ArchivedCard) -> Entry:
    """A reason, and if need be a new finish: the card is active again with all its records."""
    card = found.state.board.cards[found.card]

    def make(reason: str, finish: int | None) -> Sequence[Operation]:
        return [ReopenArchived(card=card.id, reason=reason, records=found.records, planned_finish=finish)]

    return reopen_entry(screen, found.state, card, make)
