"""Reading a card of the archive: its file is read by a thread of its own, the screen gets frozen values (design §2)."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from store.errors import as_sentence
from store.packages import as_board
from store.views.state import BoardState
from tui.i18n import _

if TYPE_CHECKING:
    from tui.facts import Facts


class ArchivedCard(Struct, frozen=True):
    """A card of the archive as it is shown: a state of its records alone, and the records as its file holds them."""

    card: int
    state: BoardState
    records: dict[str, Any]


def open_archived(deck: Facts, card: int, *, reopen: bool = False) -> None:
    """Read a card's file and show it (`reopen`: and ask for the reason); a share that hangs keeps nobody waiting."""
    state = deck.state
    if state is None:
        return
    if card in state.board.pending:
        deck.notice(_("Its file is written with the change that waits."))
        return
    deck.notice(_("Reading the archive."))
    threading.Thread(target=_read, args=(deck, card, state, reopen), name="archive", daemon=True).start()


def _read(deck: Facts, card: int, live: BoardState, reopen: bool) -> None:
    try:
        package = deck.session.store.archived(card)
        board = as_board(live.board, package.records, package.history)
        found = ArchivedCard(card, deck.session.build(board, None), package.records)
    except Exception as error:  # noqa: BLE001 - whichever it is, the person waits for an answer
        deck.call_later(partial(deck.notice, deck.error_text(as_sentence(error)), error=True))
    else:
        deck.call_later(partial(_show, deck, found, reopen))


def _show(deck: Facts, found: ArchivedCard, reopen: bool) -> None:
    from tui.screens.archived_card import ArchivedCardScreen

    deck.notice("")
    screen = ArchivedCardScreen(found)
    deck.push_screen(screen)
    if reopen:
        screen.call_after_refresh(screen.run_verb, "step")
