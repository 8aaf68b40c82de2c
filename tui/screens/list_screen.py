"""ListScreen: a screen whose body is one live table and a preview (overview, queue, minutes).

Filter, presets, sort, marks, findings, preview and movement work alike on all of them (screens.md §4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.types import CSSPathType

from store.views.filters import Filter, parse_filter
from store.views.sorting import Key, sort_rows
from store.views.state import BoardState
from tui.i18n import _, p_
from tui.look import STYLES
from tui.screens.base import Ref
from tui.screens.table_screen import MarkingScreen
from tui.widgets.columns import Column
from tui.widgets.lines import Panes, ScrolledLines, clipped
from tui.widgets.live_table import LiveTable
from tui.widgets.rows import Painter

RIGHT_FROM = 160
BELOW_FROM = 100
MOST_BELOW = 12
REST = 0.12
"""Seconds after which a cursor rests: drawn for each row it passes, previews would slow a held-down arrow."""


class ListScreen(MarkingScreen):
    """Rows of a view in a live table. Subclasses say what the rows are and how they read."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["base.tcss", "list_screen.tcss"]
    record_table: ClassVar[str]
    sorts: ClassVar[dict[str, str]] = {"due": "due"}
    """Sort key -> label (context `sort`), the default first."""
    sort_keys: ClassVar[Mapping[str, Key]] = {}
    """Sort key -> key of a row, beside `due`."""

    def __init__(self) -> None:
        """Empty until a state arrives; filter and sort are remembered for the session."""
        super().__init__()
        self.columns, self.leave_order = self.make_columns()
        self.table: LiveTable[Any] = self.make_table()
        self.preview = ScrolledLines(id="preview")
        self.rows: Sequence[Any] = ()
        self.filter_text = ""
        self.filter = Filter()
        self.sort_key = next(iter(self.sorts))
        self.sort_reversed = False
        self._preview_wish: dict[str, str] = {}

    # What a subclass says ---------------------------------------------------------------------------

    def make_columns(self) -> tuple[list[Column], tuple[str, ...]]:
        """Columns, and the order in which they leave a narrow screen."""
        raise TypeError

    def make_painter(self) -> Painter[Any]:
        """How rows read."""
        raise TypeError

    def make_table(self) -> LiveTable[Any]:
        """The live table of the list."""
        return LiveTable(
            self.columns, self.make_painter(), leave=self.leave_order, lead_title=p_("column", "left"), id="table"
        )

    def all_rows(self, state: BoardState, now: int) -> Sequence[Any]:
        """All rows of the view."""
        raise TypeError

    def sort_rows(self, rows: Sequence[Any]) -> Sequence[Any]:
        """Rows by the sort key in force, due as second key."""
        return sort_rows(rows, self.sort_key, self.sort_keys, reverse=self.sort_reversed)

    def shown_rows(self, state: BoardState, now: int) -> Sequence[Any]:
        """The rows the filter leaves, sorted."""
        return self.sort_rows(self.filter.apply(self.rows, state, now))

    def preview_lines(self, state: BoardState, row: Any, cells: int) -> list[Text]:
        """The preview of a row."""
        return []

    def empty_text(self) -> str:
        """The sentence of an empty list."""
        return ""

    # Body -------------------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """Table and preview."""
        with Panes(id="panes", classes=f"-{self._place()}"):
            yield self.table
            yield self.preview

    def on_mount(self) -> None:
        """The table has the keys."""
        self._rest = self.set_interval(REST, self._rested, pause=True)
        self.place_preview()
        self.table.focus()

    def on_resize(self) -> None:
        """Right from 160 columns, below from 100, off below that."""
        self.place_preview()

    def show_state(self, state: BoardState) -> None:
        """Rows anew; cursor, screen line, filter, sort and marks stay."""
        now = self.deck.now()
        self.rows = self.all_rows(state, now)
        self.table.set_pending(state.waiting)
        self._narrow(state, now)
        self.draw_preview()

    def tick_body(self, now: int) -> None:
        """Countdowns turn; what a filter on time shows may change."""
        self.table.tick(now)
        if now % 10 == 0:
            if self.filter.words:
                self.refilter()
            else:
                self.draw_preview()  # its clocks count minutes, and each turns at another second

    def refilter(self) -> None:
        """Apply filter and sort to the rows."""
        if self.state is not None:
            self._narrow(self.state, self.deck.now())
            self.draw_frame()
            self.draw_preview()

    def _narrow(self, state: BoardState, now: int) -> None:
        shown = self.shown_rows(state, now)
        self.table.set_rows(shown, now)
        self.table.set_words(empty=self._empty(len(shown)))

    def _empty(self, shown: int) -> str:
        if shown or not self.rows or not self.filter_text.strip():  # what is shelved until it is asked for
            return self.empty_text()
        return _('Nothing matches "{f}" ({n} hidden). / then Esc clears.').format(f=self.filter_text, n=len(self.rows))

    def list_status(self) -> Text:
        """`11/11 | sort due | 2 marked | filter x`."""
        shown = len(self.table.window.rows)
        sort = p_("sort", self.sorts[self.sort_key]) + (" -" if self.sort_reversed else "")
        line = Text(f"{shown}/{len(self.rows)} | {_('sort {key}').format(key=sort)}", STYLES["dim"])
        if marked := len(self.table.marked_ids()):
            line.append(f" | {_('{n} marked').format(n=marked)}", STYLES["yellow"])
        if self.filter_text:
            line.append(" | ")
            line.append(_("filter {text}").format(text=clipped(Text(self.filter_text), 24).plain), STYLES["yellow"])
        line.append(" ")
        return line

    def current(self) -> Ref | None:
        """The record under the cursor."""
        found = self.table.cursor_id
        return (self.record_table, found) if isinstance(found, int) else None

    def targets(self) -> list[Ref]:
        """Marked rows, or the one under the cursor."""
        marked = [(self.record_table, i) for i in self.table.marked_ids() if isinstance(i, int)]
        return marked or super().targets()

    def follow(self, ref: Ref) -> None:
        """The cursor onto a record, or its card."""
        table, key = ref
        if table == self.record_table:
            self.table.move_to(key)
        elif self.record_table == "cards" and self.state is not None:
            found = self.state.board.table(table).get(key)
            self.table.move_to(getattr(found, "card", 0))

    @property
    def active(self) -> LiveTable[Any]:
        """The table the movement keys act on."""
        return self.table

    def row(self) -> Any | None:
        """The view row under the cursor."""
        return self.table.window.row

    # Preview ----------------------------------------------------------------------------------------

    def _size_class(self) -> str:
        cells = self.app.size.width  # known before the first layout, so that there is only one
        return "right" if cells >= RIGHT_FROM else "below" if cells >= BELOW_FROM else "narrow"

    def _place(self) -> str:
        size = self._size_class()
        return self._preview_wish.get(size, "off" if size == "narrow" else size)

    def place_preview(self) -> None:
        """Where the preview stands at this size; a choice by `z` is remembered per size class."""
        place = self._place()
        panes = self.query_one("#panes")
        for name in ("right", "below", "off"):
            panes.set_class(place == name, f"-{name}")
        if place == "below":
            self.preview.styles.height = min(MOST_BELOW, max(4, self.size.height // 3))
        self.call_after_refresh(self.draw_preview)

    def draw_preview(self) -> None:
        """The preview of the row under the cursor."""
        state, row = self.state, self.row()
        cells = self.preview.size.width
        if cells == 0 or state is None or not self.preview.display:
            return
        self.preview.show(self.preview_lines(state, row, cells) if row is not None else [])

    def on_live_table_highlighted(self, message: LiveTable.Highlighted) -> None:
        """Another row: its preview, once the cursor rests."""
        if message.table is self.table:
            self._rest.reset()

    def _rested(self) -> None:
        self._rest.pause()
        self.preview.scroll_to(y=0, animate=False)
        self.draw_preview()

    def do_preview(self) -> None:
        """Right, below, off in turn."""
        size = self._size_class()
        order = ["off", "below"] if size == "narrow" else [size, "off"]
        now = self._preview_wish.get(size, order[0])
        self._preview_wish[size] = order[(order.index(now) + 1) % len(order)]
        self.place_preview()

    def do_preview_down(self) -> None:
        """Scroll the preview down."""
        self.preview.turn(1)

    def do_preview_up(self) -> None:
        """Scroll the preview up."""
        self.preview.turn(-1)

    # Findings -----------------------------------------------------------------------------------------

    def do_finding(self) -> None:
        """Next row that is breached or waits for me."""
        self._find(1)

    def do_finding_back(self) -> None:
        """Previous such row."""
        self._find(-1)

    def _find(self, by: int) -> None:
        rows, at = self.table.window.rows, self.table.window.cursor
        now = self.deck.now()
        for step in range(1, len(rows) + 1):
            row = rows[(at + by * step) % len(rows)]
            clock = row.clock
            if clock is not None and ((clock.due or now) < now or self.deck.me in clock.who):
                self.table.move_to(row.id)
                return
        self.deck.notice(_("Nothing here is breached or waits for you."))

    # Filter, presets, sort ------------------------------------------------------------------------------

    def set_filter(self, text: str) -> None:
        """Filter by a text."""
        self.filter = parse_filter(text)
        self.filter_text = text.strip()
        self.refilter()

    def unfilter(self) -> bool:
        """Show all rows again."""
        found = bool(self.filter_text)
        if found:
            self.set_filter("")
        return found

    def do_filter(self) -> None:
        """The filter line."""
        from tui.screens.list_choices import filter_line

        self.open_panel(filter_line(self))

    def do_presets(self) -> None:
        """The usual filters with their counts."""
        if self.state is not None:
            from tui.screens.list_choices import usual_filters

            self.open_panel(usual_filters(self, self.state, self.deck.now()))

    def set_sort(self, key: str) -> None:
        """Sort by a column; the one in force turns round."""
        self.sort_reversed = not self.sort_reversed if key == self.sort_key else False
        self.sort_key = key
        self.refilter()

    def do_sort(self) -> None:
        """Choose the column to sort by."""
        from tui.screens.list_choices import sort_columns

        self.open_panel(sort_columns(self))
