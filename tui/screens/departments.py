"""Departments (`2`): how far each is, what it owes, its subtasks (screens.md §3.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.types import CSSPathType

from store.views.departments import SORTS, DepartmentRow, departments, subtasks_of_department
from store.views.sorting import Key
from store.views.state import BoardState
from store.views.subtasks import SubtaskRow
from tui.i18n import Np_, _, p_
from tui.present.departments import (
    DepartmentPainter,
    SubtaskPainter,
    department_clocks,
    department_columns,
    subtask_columns,
    summary,
)
from tui.screens.base import Ref
from tui.screens.list_screen import BELOW_FROM, RIGHT_FROM, ListScreen
from tui.widgets.columns import Column
from tui.widgets.lines import ScrolledLines
from tui.widgets.live_table import LiveTable


class DepartmentsScreen(ListScreen):
    """Departments left, the chosen one's subtasks right; one department fills a narrow screen."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["base.tcss", "departments.tcss"]
    number = 2
    place = "departments"
    record_table = "departments"
    sorts: ClassVar[dict[str, str]] = {
        "due": Np_("sort", "due"),
        "owed": Np_("sort", "owed"),
        "name": Np_("sort", "name"),
    }
    sort_keys: ClassVar[Mapping[str, Key]] = SORTS

    def __init__(self) -> None:
        """Two tables and the department's clocks."""
        super().__init__()
        columns, leave = subtask_columns()
        self.subtasks: LiveTable[SubtaskRow] = LiveTable(
            columns, SubtaskPainter(lambda: self.state), leave=leave, lead_title=p_("column", "left"), id="subtasks"
        )
        self.summary = ScrolledLines(id="summary")
        self.clocks = ScrolledLines(id="clocks")

    def make_columns(self) -> tuple[list[Column], tuple[str, ...]]:
        """The columns of a department."""
        return department_columns(), ()

    def make_table(self) -> LiveTable[Any]:
        """Three lines a department."""
        return LiveTable(
            self.columns, DepartmentPainter(lambda: self.state), lead_title=p_("column", "left"), lines_per_row=3,
            id="table",
        )  # fmt: skip

    def compose_body(self) -> ComposeResult:
        """Departments | their subtasks, clocks below (beside them when very wide)."""
        with Container(id="panes"):
            yield self.table
            with Vertical(id="right"):
                yield self.summary
                yield self.subtasks
                yield self.clocks

    def place_preview(self) -> None:
        """One department below 100 columns; clocks below, or a third pane from 160."""
        cells = self.size.width
        self.set_class(cells < BELOW_FROM, "-one")
        self.set_class(cells >= RIGHT_FROM, "-three")
        if cells < BELOW_FROM and self.focused is self.table:
            self.subtasks.focus()
        self.call_after_refresh(self.draw_preview)

    # Rows -------------------------------------------------------------------------------------------

    def all_rows(self, state: BoardState, now: int) -> Sequence[DepartmentRow]:
        """All departments."""
        return departments(state, now)

    def show_state(self, state: BoardState) -> None:
        """Both tables."""
        self.subtasks.set_pending(state.waiting)
        super().show_state(state)

    def tick_body(self, now: int) -> None:
        """Both tables tick; the rows of departments depend on the time of day."""
        self.subtasks.tick(now)
        if now % 60 == 0 and self.state is not None:
            self.rows = self.all_rows(self.state, now)
            self.refilter()
        super().tick_body(now)

    def draw_preview(self) -> None:
        """The chosen department's subtasks, clocks and summary."""
        state, row, now = self.state, self.row(), self.deck.now()
        if state is None:
            return
        if row is None:
            self.subtasks.set_rows([], now)
            self.subtasks.set_words(empty=self.empty_text())  # the only pane of a narrow screen
            self.summary.show([])
            self.clocks.show([])
            return
        self.subtasks.set_rows(subtasks_of_department(state, row.id), now)
        self.subtasks.set_words(empty=_("No subtasks. a adds one."))
        rows = self.table.window.rows
        place = f"{self.table.window.cursor + 1}/{len(rows)}"
        self.summary.show(summary(state, row, now, place))
        self.clocks.show(department_clocks(state, row, now))

    def empty_text(self) -> str:
        """No department yet."""
        return _("No departments yet. {add} adds the first, {palette} people: people; O imports a register.").format(
            add=self.deck.key_of("add"), palette=self.deck.key_of("palette")
        )

    # Cursor -----------------------------------------------------------------------------------------

    @property
    def active(self) -> LiveTable[Any]:
        """The table that has the keys."""
        return self.subtasks if self.focused is self.subtasks else self.table

    def current(self) -> Ref | None:
        """The subtask under the cursor, or the department."""
        if self.active is self.subtasks:
            found = self.subtasks.cursor_id
            return ("subtasks", found) if isinstance(found, int) else None
        return super().current()

    def targets(self) -> list[Ref]:
        """Marked subtasks, or what is under the cursor."""
        if self.active is self.subtasks:
            marked = [("subtasks", i) for i in self.subtasks.marked_ids() if isinstance(i, int)]
            found = self.current()
            return marked or ([found] if found else [])
        return super().targets()

    def follow(self, ref: Ref) -> None:
        """The cursor onto a department, or onto a subtask: its department first."""
        table, key = ref
        if table == "departments":
            self.table.move_to(key)
        subtask = self.state.board.subtasks.get(key) if self.state and table == "subtasks" else None
        if subtask is not None:
            self.table.move_to(subtask.department or 0)
            self.draw_preview()
            self.subtasks.move_to(key)

    def do_pane(self) -> None:
        """The other table."""
        (self.table if self.active is self.subtasks and self.table.display else self.subtasks).focus()
        self.draw_bottom()

    def do_left(self) -> None:
        """The department before."""
        self.table.action_cursor_up()

    def do_right(self) -> None:
        """The next department."""
        self.table.action_cursor_down()

    def add_table(self) -> str:
        """`a` adds a subtask for this department."""
        return "departments"

    def do_open(self) -> None:
        """On a department: its subtasks. On a subtask: the card."""
        if self.active is self.table:
            self.subtasks.focus()
            self.draw_bottom()
            return
        found = self.current()
        subtask = self.state.board.subtasks.get(found[1]) if self.state and found and found[0] == "subtasks" else None
        if subtask is not None:
            from tui.screens.card import CardScreen

            self.app.push_screen(CardScreen(subtask.card, tab="work", subtask=subtask.id))

    def do_walk(self) -> None:
        """The stand-up: one department at a time."""
        rows = [row.id for row in self.table.window.rows]
        if rows:
            from tui.screens.standup import StandupScreen

            self.app.push_screen(StandupScreen(rows, self.table.window.cursor))

    def preview_lines(self, state: BoardState, row: Any, cells: int) -> list[Text]:
        """The right pane stands for a preview."""
        return []
