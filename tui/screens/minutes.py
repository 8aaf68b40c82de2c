"""Minutes (`4`): all meetings with the clocks of their minutes (screens.md §3.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text

from store.views.minutes import SORTS, MeetingRow, minutes
from store.views.sorting import Key
from store.views.state import BoardState
from tui.i18n import Np_, _
from tui.present.meetings import MeetingPainter, meeting_columns, meeting_preview
from tui.screens.list_screen import ListScreen
from tui.widgets.columns import Column


class MinutesScreen(ListScreen):
    """All meetings; Enter opens the editor."""

    number = 4
    place = "minutes"
    record_table = "meetings"
    sorts: ClassVar[dict[str, str]] = {
        "due": Np_("sort", "due"),
        "date": Np_("sort", "date"),
        "card": Np_("sort", "card"),
        "state": Np_("sort", "state"),
    }
    sort_keys: ClassVar[Mapping[str, Key]] = SORTS

    def make_columns(self) -> tuple[list[Column], tuple[str, ...]]:
        """The columns of a meeting row."""
        return meeting_columns()

    def make_painter(self) -> MeetingPainter:
        """How a meeting reads."""
        return MeetingPainter(lambda: self.state)

    def all_rows(self, state: BoardState, now: int) -> Sequence[MeetingRow]:
        """Every meeting; those without an open clock stand by date, newest first."""
        return minutes(state)

    def empty_text(self) -> str:
        """No meeting yet."""
        return _("No meeting yet. a new, m on a card calls one.")

    def preview_lines(self, state: BoardState, row: MeetingRow, cells: int) -> list[Text]:
        """The meeting under the cursor."""
        return meeting_preview(state, row, cells)

    def add_table(self) -> str:
        """`a` calls a meeting."""
        return "meetings"

    def do_open(self) -> None:
        """The minutes of this meeting."""
        found = self.current()
        if found is not None:
            from tui.screens.minutes_editor import MinutesEditor

            self.deck.hold_keys()  # what is typed ahead is text, once the editor is there
            self.app.push_screen(MinutesEditor(found[1]))
