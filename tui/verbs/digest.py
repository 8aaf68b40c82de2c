"""`Y`: the digest as text, to the terminal's clipboard and always to a file (screens.md §4, copy)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from store.errors import CrossdeckError
from store.records import Card
from store.views.digest import Period, digest
from tui.copies import save_copy
from tui.entry import Choice, Option
from tui.i18n import _, p_
from tui.present.digest import FORMS, PERIODS, Form, digest_text

if TYPE_CHECKING:
    from store.views.state import BoardState
    from tui.screens.base import DeckScreen

FORM_WORDS: dict[Form, str] = {"markdown": "Markdown", "plain": ""}
ENDINGS: dict[Form, str] = {"markdown": "md", "plain": "txt"}


def copy_choice(screen: DeckScreen, state: BoardState) -> Choice:
    """Which digest: today, this week, this month of the board, or the card here; Markdown first, then plain text."""
    card = _card_here(screen, state)
    options = []
    for form in FORMS:
        kind = FORM_WORDS[form] or _("plain text")
        for period, word in PERIODS.items():
            options.append(Option(f"{form} {period} 0", Text(f"{p_('digest', word)}  {kind}"), f"{period} {form}"))
        if card is not None:
            text = _("this card: {id}").format(id=card.number)
            options.append(Option(f"{form} week {card.id}", Text(f"{text}  {kind}"), f"card {form}"))

    def chosen(option: str) -> None:
        form, period, key = option.split()
        _copy(screen, state, form, period, int(key) or None)  # type: ignore[arg-type]  # ids of the options above

    return Choice(Text(_("copy which digest?")), options, chosen)


def _card_here(screen: DeckScreen, state: BoardState) -> Card | None:
    """The card under the cursor, or the one the record there belongs to."""
    found = screen.current()
    if found is None:
        return None
    table, key = found
    record = state.board.table(table).get(key) if table else None
    if table == "meetings" and key in state.board.meetings:
        return state.board.cards.get(state.board.card_of_meeting(state.board.meetings[key]) or 0)
    return state.board.cards.get(key if table == "cards" else getattr(record, "card", None) or 0)


def _copy(screen: DeckScreen, state: BoardState, form: Form, period: Period, card: int | None) -> None:
    """To a file of this machine and, if the terminal lets a program, to its clipboard."""
    deck = screen.deck
    text = digest_text(state, digest(state, deck.now(), period, card), form)
    name = f"digest-{'card' if card else period}.{ENDINGS[form]}"
    try:
        path = save_copy(deck.session.state_dir / "copies", name, text)
    except CrossdeckError as error:
        deck.notice(deck.error_text(error), error=True)
        return
    deck.copy_to_clipboard(text)
    deck.notice(_("Copied if your terminal allows; also in {path}.").format(path=path))
