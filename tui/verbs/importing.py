"""`O`: read a paper: its path, then the preview (`ImportScreen`), where what is chosen becomes one operation."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from store.errors import as_sentence
from store.exchange.choosing import Ties
from store.exchange.plan import ImportPlan
from store.exchange.preview import read_import
from store.views.state import BoardState
from tui.entry import Entry, Field, Request, Values
from tui.i18n import _
from tui.screens.base import DeckScreen
from tui.screens.import_preview import ImportScreen
from tui.verbs.forms import filled

if TYPE_CHECKING:
    from tui.app import CrossdeckApp

WAIT = 0.3
"""Seconds after which it is looked again whether something is still typed."""


def ask(screen: DeckScreen) -> Request | None:
    """The path of a file; its preview follows."""
    state = screen.state
    if state is None:
        return None

    card = card_here(state, screen.current())

    def submit(values: Values) -> None:
        text = filled(values["path"].strip().strip("'\""), _("path"))
        screen.deck.notice(_("Reading {path}").format(path=text))
        # A file on a share may hang, and a large sheet takes a second: keys must not wait for it.
        args = (screen.deck, state, Path(text).expanduser(), card)
        threading.Thread(target=_read, args=args, daemon=True).start()

    return Entry(
        key="import",
        heading=Text(_("import: path of a paper (xlsx, docx, csv, json)")),
        fields=[Field("path", _("path"), required=True)],
        submit=submit,
    )


def card_here(state: BoardState, here: tuple[str, int] | None) -> int | None:
    """The card under the cursor, or that of the record there: what a paper that names none is of."""
    if here is None or not here[0]:
        return None
    table, key = here
    if table == "meetings" and key in state.board.meetings:
        return state.board.card_of_meeting(state.board.meetings[key])
    return key if table == "cards" else getattr(state.board.table(table).get(key), "card", None)


def _read(deck: CrossdeckApp, state: BoardState, path: Path, card: int | None) -> None:
    """In a thread of its own: it touches no widget."""
    try:
        board = deck.session.store.past.whole(state.board)
        plan = read_import([path], board, state.working, deck.now(), person=deck.me or 0, card=card)
        ties = Ties(plan)
    except Exception as error:  # noqa: BLE001 - a dead thread would leave "Reading" standing
        deck.call_later(deck.notice, deck.error_text(as_sentence(error)), error=True)
    else:
        deck.call_later(_show, deck, plan, ties)


def _show(deck: CrossdeckApp, plan: ImportPlan, ties: Ties) -> None:
    """The preview over the screen in front, once nothing is typed there: its keys must not act on the preview."""
    front = deck.screen_stack[-1]
    if isinstance(front, DeckScreen) and not front.entering:
        deck.push_screen(ImportScreen(plan, ties))
    else:
        deck.set_timer(WAIT, lambda: _show(deck, plan, ties))
