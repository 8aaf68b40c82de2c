"""What an import would do, row by row (`O`): rows can be left out, Enter imports the others as one operation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.types import CSSPathType

from store.errors import CrossdeckError
from store.exchange.choosing import Ties, chosen
from store.exchange.plan import ImportPlan
from store.views.state import BoardState
from tui.i18n import _, p_
from tui.look import STYLES
from tui.present.importing import ImportPainter, ImportRow, Shown, counts_text, import_columns, import_lines, rows_of
from tui.present.lines import dashes
from tui.screens.table_screen import MarkingScreen
from tui.widgets.lines import Lines, ScrolledLines
from tui.widgets.live_table import LiveTable

CHECKED = frozenset({"unclear", "vague", "skipped"})
"""Rows `n` goes to: what a person should look at."""


class ImportScreen(MarkingScreen):
    """Stands over the screen `O` was pressed on; after the import, or `q`, that one is back."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["base.tcss", "import_preview.tcss"]

    def __init__(self, plan: ImportPlan, ties: Ties) -> None:
        """`ties` are those of the plan."""
        super().__init__()
        self.plan, self.ties = plan, ties
        self.rows = rows_of(plan)
        self.left_out: set[tuple[str, int]] = set()
        """What was left out by hand."""
        self.shown = Shown(plan, lambda: self.state)
        self._recorded = False
        columns, leave = import_columns()
        self.table: LiveTable[ImportRow] = LiveTable(
            columns,
            ImportPainter(self.shown),
            leave=leave,
            lead_title=p_("column", "import"),
            id="table",
            empty_text=_("There is nothing in this file."),
        )
        self.heading = Lines(id="heading")
        self.preview = ScrolledLines(id="preview")

    def compose_body(self) -> ComposeResult:
        """What is chosen, the rows, all of the one under the cursor."""
        yield self.heading
        yield self.table
        yield self.preview

    def on_mount(self) -> None:
        """The table has the keys."""
        self.table.focus()

    def show_state(self, state: BoardState) -> None:
        """The plan stays what it was read as: an operation that fits no more is refused when it is recorded."""
        self.table.set_rows(self.rows, self.deck.now())
        self._draw()

    def on_resize(self) -> None:
        """Lines are cut to the width."""
        self._draw()

    def on_live_table_highlighted(self, message: LiveTable.Highlighted) -> None:
        """All of this row."""
        self.preview.scroll_to(y=0, animate=False)
        self._draw()

    def on_live_table_opened(self, message: LiveTable.Opened) -> None:
        """A second click leaves a row out; only the key imports."""
        self.do_walk()

    def _draw(self) -> None:
        cells = self.size.width
        if not cells or not self.is_mounted:
            return
        self.heading.show([dashes(f"{_('import preview')}: {counts_text(self.plan)}", cells)])
        row = self.table.window.row
        self.preview.show(import_lines(self.shown, row, self.deck.now(), cells) if row is not None else [])
        self.draw_frame()

    @property
    def active(self) -> LiveTable[ImportRow]:
        """The one table."""
        return self.table

    def list_status(self) -> Text:
        """`12/14 chosen`."""
        choosable = [row.key for row in self.rows if row.key is not None]
        kept = sum(key not in self.shown.out for key in choosable)
        return Text(_("{n}/{all} chosen").format(n=kept, all=len(choosable)) + " ", STYLES["cyan"])

    def footer_commands(self) -> Iterable[str]:
        """Import, leave out, the next row to look at, back."""
        return ("open", "mark", "mark_all", "finding", "back") if self._new else ("finding", "back")

    def command_name(self, command: str) -> str:
        """What the keys do here."""
        row = self.table.window.row
        out = row is not None and row.key in self.shown.out
        names = {
            "open": p_("key", "import"),
            "mark": p_("key", "take in") if out else p_("key", "leave out"),
            "mark_all": p_("key", "all or none"),
            "finding": p_("key", "unclear"),
            "back": p_("key", "import nothing"),
        }
        return names.get(command) or super().command_name(command)

    @property
    def _new(self) -> bool:
        return bool(self.plan.create or self.plan.update)

    # Choosing -------------------------------------------------------------------------------------

    def do_mark(self) -> None:
        """Leave this row out with what hangs on it, or take it in again; the cursor goes on."""
        self.do_walk()
        self.table.action_cursor_down()

    def do_walk(self) -> None:
        """The same; the cursor stays."""
        row = self.table.window.row
        if row is None or row.key is None:
            self.deck.notice(_("This row only tells; rows that are new or changed can be left out."), passing=True)
            return
        if row.key in self.left_out:
            self._leave(self.left_out - {row.key})
        elif row.key in self.shown.out:
            self.deck.notice(_("It hangs on a row that is left out; take that one in again."), passing=True)
        else:
            self._leave(self.left_out | {row.key})

    def do_mark_all(self) -> None:
        """None of them, or all again."""
        keys = {row.key for row in self.rows if row.key is not None}
        self._leave(set() if keys <= self.shown.out else keys)

    def _leave(self, out: set[tuple[str, int]]) -> None:
        self.left_out = out
        self.shown.out = self.ties.out(out)
        self.table.repaint()
        self._draw()

    # Looking --------------------------------------------------------------------------------------

    def do_finding(self) -> None:
        """The next row that is unclear, vague or skipped."""
        self._find(1)

    def do_finding_back(self) -> None:
        """The one before."""
        self._find(-1)

    def _find(self, by: int) -> None:
        at, count = self.table.window.cursor, len(self.rows)
        for step in range(1, count + 1):
            row = self.rows[(at + by * step) % count]
            if row.kind in CHECKED:
                self.table.move_to(row.id)
                return
        self.deck.notice(_("Nothing here is unclear."), passing=True)

    def do_preview_down(self) -> None:
        """Scroll what is said of the row."""
        self.preview.turn(1)

    def do_preview_up(self) -> None:
        """Scroll it back."""
        self.preview.turn(-1)

    # Importing ------------------------------------------------------------------------------------

    def do_open(self) -> None:
        """Import what is chosen, as one operation: one undo takes it back."""
        part = chosen(self.plan, self.left_out, self.ties)
        operation = part.operation()
        if operation is None:
            self.deck.notice(_("Nothing is chosen.") if self._new else _("Nothing new: the board has all of it."))
            return
        if self._recorded:
            return
        self._recorded = True

        def done(_changes: object) -> None:
            if self.is_current:
                self.deck.pop_screen()
            said = _("Imported: {counts}.").format(counts=counts_text(part))
            self.deck.notice(f"{said} " + _("{key} takes it back.").format(key=self.deck.key_of("undo")))

        self.deck.record([operation], done, self._failed)

    def _failed(self, error: CrossdeckError) -> None:
        """The board moved on: say so; the rows can be looked at and tried again."""
        self._recorded = False
