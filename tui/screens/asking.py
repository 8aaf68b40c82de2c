"""AskingScreen: what opens the bottom panel, for verbs on records and for what acts on no row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from tui import verbs
from tui.commands import BY_ID
from tui.entry import Request
from tui.i18n import _
from tui.screens.docked import DockedScreen, Ref

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen


class AskingScreen(DockedScreen):
    """Who is unknown to the board is asked who they are before the first change."""

    def taken_by(self, command: str) -> list[Ref]:
        """The records a verb takes."""
        raise NotImplementedError

    def table_of_verb(self, command: str) -> str:
        """The table of these records."""
        raise NotImplementedError

    def open_panel(self, request: Request) -> None:
        """Open the bottom panel."""
        raise NotImplementedError

    @property
    def _whole(self) -> DeckScreen:
        """This screen, as verbs take it."""
        return cast("DeckScreen", self)

    def run_verb(self, command: str) -> None:
        """Open the panel for a verb on the records under the cursor or marked.

        Who is unknown to the board is asked who they are first (once; then the verb goes on).
        """
        if self.state is None:
            self.deck.notice(_("The board is not read yet."))
            return
        if self.deck.me is None:
            from tui.verbs.who import ask

            self.open_panel(ask(self._whole, lambda: self.run_verb(command)))
            return
        table = self.table_of_verb(command)
        found = verbs.verb(command, table)
        if found is None:
            self.deck.notice(self._why_not(command, table), passing=True)
            return
        request = found(self._whole, self.taken_by(command))
        if request is not None:
            self.open_panel(request)

    def _why_not(self, command: str, table: str) -> str:
        """Why a verb does nothing here: no row is under the cursor, or none of a kind it acts on."""
        name, key = BY_ID[command].name, self.deck.key_of(command)
        if not table and self._whole.can("add"):
            text = _("{key} {verb}: nothing is under the cursor. {add} adds one.")
            return text.format(key=key, verb=name, add=self.deck.key_of("add"))
        return _('"{verb}" does not act here.').format(verb=name)

    def do_import(self) -> None:
        """A register or an allocation table, with a preview."""
        from tui.verbs.importing import ask

        self._ask(ask, self.do_import)

    def do_export(self) -> None:
        """A paper of the record here, its card or the board, as a file; it changes nothing, so anybody may."""
        from tui.verbs.exporting import choose

        if (request := choose(self._whole)) is not None:
            self.open_panel(request)

    def do_people(self) -> None:
        """Departments and people of the board."""
        from tui.verbs.people import choose

        self._ask(choose, self.do_people)

    def do_settings(self) -> None:
        """The settings of the board."""
        from tui.verbs.settings import choose

        self._ask(choose, self.do_settings)

    def do_undo(self) -> None:
        """My last change that stands, taken back."""
        from tui.verbs.undo import undo

        self._ask(undo, self.do_undo)

    def do_redo(self) -> None:
        """What I undid last."""
        from tui.verbs.undo import redo

        self._ask(redo, self.do_redo)

    def _ask(self, make: Callable[[DeckScreen], Request | None], again: Callable[[], None]) -> None:
        """Open the panel for what acts on no row; who is unknown to the board is asked who they are first."""
        if self.deck.me is None and self.state is not None:
            from tui.verbs.who import ask as ask_name

            self.open_panel(ask_name(self._whole, again))
        elif (request := make(self._whole)) is not None:
            self.open_panel(request)
