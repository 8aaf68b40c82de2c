"""What every screen with a live table has: movement, Enter, and marks where verbs take several rows."""

from __future__ import annotations

from typing import Any

from tui.screens.base import DeckScreen
from tui.widgets.live_table import LiveTable


class TableScreen(DeckScreen):
    """The keys act on the table that is `active`."""

    @property
    def active(self) -> LiveTable[Any]:
        """The table that has the keys."""
        raise NotImplementedError

    def on_live_table_highlighted(self, message: LiveTable.Highlighted) -> None:
        """On another row other verbs may act."""
        self.draw_bottom()
        self.ask_verbs_later()

    def on_live_table_opened(self, message: LiveTable.Opened) -> None:
        """A click on the row under the cursor does what Enter does."""
        self.do_open()

    def do_open(self) -> None:
        """Open the row under the cursor."""

    def do_down(self) -> None:
        """One row down."""
        self.active.action_cursor_down()

    def do_up(self) -> None:
        """One row up."""
        self.active.action_cursor_up()

    def do_first(self) -> None:
        """First row."""
        self.active.action_first()

    def do_last(self) -> None:
        """Last row."""
        self.active.action_last()

    def do_copy_text(self) -> None:
        """A digest as text: today, this week, this month, the card here."""
        if self.state is not None:
            from tui.verbs.digest import copy_choice

            self.open_panel(copy_choice(self, self.state))


class MarkingScreen(TableScreen):
    """A table whose rows can be marked: a verb takes all of them."""

    def do_mark(self) -> None:
        """Mark this row and go on."""
        self.active.toggle_mark()
        self.active.action_cursor_down()
        self.draw_frame()

    def do_mark_all(self) -> None:
        """Mark all rows shown, or none."""
        self.active.mark_all()
        self.draw_frame()

    def unmark(self) -> None:
        """Marks go with the verb they were made for."""
        self.active.marked.clear()
        self.active.repaint()
        self.draw_frame()
