"""A card of the archive, read-only, on the card's own tabs; `d` reopens it (rulebook §2, → archived)."""

from __future__ import annotations

from store.views.state import BoardState
from tui import verbs
from tui.archived import ArchivedCard
from tui.i18n import _
from tui.screens.base import method_of
from tui.screens.card import CardScreen

READ_ONLY = frozenset({"undo", "redo", "export", "import"})
"""Commands of a screen that would act on the board."""


class ArchivedCardScreen(CardScreen):
    """The card as its file holds it. What the board does meanwhile does not change it."""

    def __init__(self, found: ArchivedCard) -> None:
        """`found` is what was read."""
        super().__init__(found.card)
        self.found = found

    @property
    def state(self) -> BoardState | None:
        """The state of the archived records alone."""
        return self.found.state

    def take_state(self) -> None:
        """Draw the frame; a card somebody reopened is shown no longer."""
        super().take_state()
        live = self.deck.state
        if live is not None and self.card_id not in live.board.archived and self.is_current:
            self.deck.notice(_("This card was reopened."))
            self.app.pop_screen()

    def can(self, command: str) -> bool:
        """Only what reads, and reopening."""
        return command == "step" if command in verbs.VERBS else super().can(command)

    def action_command(self, command: str) -> None:
        """Verbs that change say that it lies in the archive."""
        if command in READ_ONLY or (command in verbs.VERBS and command != "step"):
            if not self.entering:
                self.deck.notice(_("In the archive: read only. {key} reopens it.").format(key=self.deck.key_of("step")))
            return
        super().action_command(command)

    def run_verb(self, command: str) -> None:
        """`d`: reopening."""
        from tui.verbs.reopening import reopen_archived

        self.open_panel(reopen_archived(self, self.found))

    def do_open(self) -> None:
        """Details and sums as ever; there is nothing to edit."""
        if self.tab.id in {"card", "meetings"} and hasattr(self, method_of("preview")):
            self.do_preview()
        else:
            super().do_open()
