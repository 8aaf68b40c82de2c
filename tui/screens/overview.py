"""Overview (`1`): every card, the one that breaches first on top (screens.md §3.1)."""

from __future__ import annotations

from collections import ChainMap
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
        """Every card; those in the archive behind, where the filter shows them."""
        # Not one list with those of the archive: the rows of cards are made when they come on screen.
        archived = {row.id: row for row in state.archived_rows}
        ids = [*state.card_rows, *archived]
        return RowsInOrder(ids, ChainMap(archived, state.card_rows))  # type: ignore[arg-type] # neither is written to

    def shown_rows(self, state: BoardState, now: int) -> Sequence[CardRow]:
        """The rows the filter leaves, sorted; in the usual order none is made before it is on screen."""
        if self.filter.words or self.filter.unknown or self.sort_key != "due" or self.sort_reversed:
            return super().shown_rows(state, now)
        return RowsInOrder(usual_order(state), state.card_rows)

    def empty_text(self) -> str:
        """No cards yet; of a new board what comes before the first."""
        if self.rows:
            return _("All cards are in the archive ({n}): {key} shows them. a makes a new one.").format(
                n=len(self.rows), key=self.deck.key_of("presets")
            )
        if self.state is not None and not self.state.board.departments:
            return _("No cards yet. First the departments: 2, then a. Or O imports a register.")
        return _("No cards yet. a new card, O import a register.")

    def preview_lines(self, state: BoardState, row: CardRow, cells: int) -> list[Text]:
        """The card under the cursor."""
        if row.id in state.board.archived:
            from tui.present.archived import archived_preview

            return archived_preview(state, row.id, cells)
        return card_preview(state, row, self.deck.now(), cells)

    def add_table(self) -> str:
        """`a` makes a card."""
        return "cards"

    @property
    def archived(self) -> int:
        """Doc id of the card under the cursor if it lies in the archive, else 0."""
        found = self.current()
        return found[1] if found is not None and self.state and found[1] in self.state.board.archived else 0

    def run_verb(self, command: str) -> None:
        """A card in the archive is only reopened; `a` makes a new one wherever the cursor stands."""
        if not self.archived or command == "add":
            super().run_verb(command)
        elif command == "step":
            self.open_archived(reopen=True)
        else:
            self.deck.notice(_("In the archive: read only. {key} reopens it.").format(key=self.deck.key_of("step")))

    def open_archived(self, *, reopen: bool = False) -> None:
        """Read the card's file and show it."""
        from tui.archived import open_archived

        open_archived(self.deck, self.archived, reopen=reopen)

    def do_open(self) -> None:
        """Everything about this card."""
        found = self.current()
        if self.archived:
            self.open_archived()
        elif found is not None:
            from tui.screens.card import CardScreen

            self.app.push_screen(CardScreen(found[1]))
