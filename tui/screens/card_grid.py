"""The division of work on the card's screen: its own cursor in the RACI grid (screens.md §3.6).

`l` goes into the grid and on to the right, `h` back and out of it, `e` opens the line of the cell, Tab shows the grid
in place of the other columns where both do not stand side by side.
"""

from __future__ import annotations

from typing import Any

from store.views.card import CardDetail
from store.views.division import Holder
from store.views.state import BoardState
from tui.i18n import _
from tui.present.card_raci import Grid, grid_column, matrix_of
from tui.present.card_work import WorkPainter, columns_with
from tui.screens.base import Ref
from tui.screens.table_screen import MarkingScreen
from tui.widgets.columns import choose_columns
from tui.widgets.live_table import LiveTable
from tui.widgets.row_lines import LEAD_WIDTH


class GridScreen(MarkingScreen):
    """A screen one of whose tables is the division of work of a card."""

    work: LiveTable[Any]

    @property
    def on_work(self) -> bool:
        """Whether the division of work is in front."""
        raise NotImplementedError

    @property
    def grid(self) -> Grid:
        """The grid of the table."""
        painter = self.work.painter
        assert isinstance(painter, WorkPainter)  # noqa: S101 - the tab's own painter
        return painter.grid

    def show_grid(self, state: BoardState, detail: CardDetail) -> None:
        """The matrix as it is now; the cursor stays on its column."""
        grid, was = self.grid, self.grid.holder
        grid.matrix = matrix_of(state, detail)
        grid.at = grid.matrix.holders.index(was) if was in grid.matrix.holders else -1
        self._arrange(state)
        self._at_row()

    def _arrange(self, state: BoardState) -> bool:
        """Give the table its columns; whether the grid stands among them at this width."""
        columns, leave = columns_with(grid_column(state, self.grid.matrix), alone=self.grid.alone)
        self.work.set_columns(columns, leave)
        placed = choose_columns(columns, self.size.width - LEAD_WIDTH - 1, leave)
        return any(place.column.key == "raci" for place in placed)

    def _at_row(self) -> None:
        row = self.work.window.row
        self.grid.row = row.id if row is not None else 0
        self.work.repaint()

    def on_live_table_highlighted(self, message: LiveTable.Highlighted) -> None:
        """The cursor of the grid goes with the row."""
        if self.on_work:
            self._at_row()

    def do_right(self) -> None:
        """Into the grid, or one cell to the right."""
        state = self.state
        if state is not None and self.on_work and self.work.window.row is not None and self.grid.move(1):
            if not self._arrange(state):
                self.grid.alone = True
                self._arrange(state)
            self._at_row()

    def do_left(self) -> None:
        """One cell to the left, or out of the grid."""
        if self.on_work and self.grid.move(-1):
            self._at_row()

    def do_pane(self) -> None:
        """The grid in place of the other columns, or they again."""
        if not self.on_work or self.state is None:
            return
        grid = self.grid
        if not grid.matrix.holders:
            self.deck.notice(_("No department is on this card yet."))
            return
        grid.alone = not grid.alone
        if not self._arrange(self.state):
            grid.at = -1
        self._at_row()

    def cell_here(self) -> tuple[Ref, Holder] | None:
        """The subtask and the column under the cursor of the grid; None outside of it."""
        row, holder = self.work.window.row, self.grid.holder
        return (("subtasks", row.id), holder) if self.on_work and row is not None and holder is not None else None

    def next_cell(self) -> tuple[Ref, Holder] | None:
        """The cursor to the next cell: to the right, then the first of the next row. None after the last one."""
        if not self.grid.move(1):
            window = self.work.window
            if window.cursor + 1 >= len(window.rows):
                return None
            self.grid.at = 0
            self.work.action_cursor_down()
        self._at_row()
        return self.cell_here()

    def do_edit(self) -> None:
        """In the grid the letters of the cell, else the record under the cursor."""
        if self.cell_here() is None:
            self.run_verb("edit")
            return
        from tui.verbs.raci import edit_cell

        self._ask(edit_cell, self.do_edit)
