"""Overview (`1`): every card, the one that breaches first on top (screens.md §3.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text

from store.views.overview import SORTS, CardRow, usual_order
from store.views.rows import RowsInOrder
from store.views.sorting import Key
from store.views.state import BoardState
from tui.i18n import Np_, _
from tui.present.card_preview import card_preview
from tui.present.cards import CardPainter, card_columns
from tui.screens.list_screen import ListScreen
from tui.widgets.columns import Column


class OverviewScreen(ListScreen):
    """All cards with their nearest clock."""

    number = 1
    place = "overview"
    record_table = "cards"
    sorts: ClassVar[dict[str, str]] = {
        "due": Np_("sort", "due"),
        "id": Np_("sort", "id"),
        "priority": Np_("sort", "priority"),
        "stage": Np_("sort", "stage"),
        "progress": Np_("sort", "progress"),
        "lead": Np_("sort", "lead"),
        "last_entry": Np_("sort", "last entry"),
    }

    sort_keys: ClassVar[Mapping[str, Key]] = SORTS

    def make_columns(self) -> tuple[list[Column], tuple[str, ...]]:
        """The columns of a card row."""
        return card_columns()

    def make_painter(self) -> CardPainter:
        """How a card reads."""
        return CardPainter(lambda: self.state)

    def all_rows(self, state: BoardState, now: int) -> Sequence[CardRow]:
        """Every card."""
        return RowsInOrder(list(state.card_rows), state.card_rows)

    def shown_rows(self, state: BoardState, now: int) -> Sequence[CardRow]:
        """The rows the filter leaves, sorted; in the usual order none is made before it is on screen."""
        if self.filter.words or self.filter.unknown or self.sort_key != "due" or self.sort_reversed:
            return super().shown_rows(state, now)
        return RowsInOrder(usual_order(state), state.card_rows)

    def empty_text(self) -> str:
        """No cards yet."""
        return _("No cards yet. a new card, O import a register.")

    def preview_lines(self, state: BoardState, row: CardRow, cells: int) -> list[Text]:
        """The card under the cursor."""
        return card_preview(state, row, self.deck.now(), cells)

    def add_table(self) -> str:
        """`a` makes a card."""
        return "cards"

    def do_open(self) -> None:
        """Everything about this card."""
        found = self.current()
        if found is not None:
            from tui.screens.card import CardScreen

            self.app.push_screen(CardScreen(found[1]))
