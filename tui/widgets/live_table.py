"""The one table of the dashboard: any number of rows, a countdown in front, repainted only where it changed.

Textual's DataTable needs 2.7 s to mount 10,000 rows and sends the whole table when one cell changes; here a row
is formatted only while it is on screen, and a tick sends the 17 cells of the rows whose countdown reads anew.
The countdown is the first column because the compositor re-sends a row from the widget's left edge.

The table knows no record: a `Painter` of the screen turns a row into text. For each visible row `repaint` compares
all that its look depends on with what was painted: one way for tick, refresh, cursor and marks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import Any, ClassVar, Generic

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from tui.painting import Painted
from tui.widgets.columns import Column, Piece
from tui.widgets.row_lines import LEAD_WIDTH, Key, RowLines, Stands
from tui.widgets.rows import FOREVER, Painter, R, RowWindow, ids_of
from tui.widgets.tones import Tones

WHEEL_ROWS = 3


class LiveTable(Painted, Generic[R], can_focus=True):
    """A table of rows with a cursor, marks and live countdowns.

    `leave` is the order in which columns leave a narrow screen (`choose_columns`). The screen gives the rows
    (`set_rows`), the time (`tick`, once a second) and the ids of rows waiting to be written (`set_pending`).
    `marked` holds the ids of marked rows, also of those a filter hides.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "LiveTable { width: 1fr; height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", show=False, id="table.up"),
        Binding("down", "cursor_down", show=False, id="table.down"),
        Binding("pageup", "page_up", show=False, id="table.page_up"),
        Binding("pagedown", "page_down", show=False, id="table.page_down"),
        Binding("home", "first", show=False, id="table.first"),
        Binding("end", "last", show=False, id="table.last"),
    ]

    class _About(Message):
        def __init__(self, table: LiveTable[Any], row_id: Hashable) -> None:
            self.table = table
            self.row_id = row_id
            super().__init__()

        @property
        def control(self) -> LiveTable[Any]:
            """The table, so that `@on(LiveTable.Opened, "#id")` works."""
            return self.table

    class Highlighted(_About):
        """Another record is under the cursor now; `row_id` is None when the table is empty."""

    class Opened(_About):
        """A click on the row under the cursor. Enter is the screen's own, so that keys typed ahead come after it."""

    def __init__(
        self,
        columns: Sequence[Column],
        painter: Painter[R],
        *,
        leave: Sequence[str] = (),
        lead_title: str = "",
        lines_per_row: int = 1,
        empty_text: str = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """A table without rows. `lead_title` heads the first column, `empty_text` stands while there is no row."""
        super().__init__(id=id, classes=classes)
        self.painter = painter
        self.lines_per_row = lines_per_row
        self.marked: set[Hashable] = set()
        self.pending: frozenset[Hashable] = frozenset()
        self.window: RowWindow[R] = RowWindow()
        self._columns, self._leave, self._lead_title = columns, leave, lead_title
        self._empty_text, self._heading_note = empty_text, ""
        self._now = 0
        self._arranged = Size()
        self._lines = RowLines(painter, lines_per_row)
        self._stands = Stands()
        self._steady: dict[int, int] = {}
        """Line on screen -> the second from which its row may read otherwise."""
        self._tones = Tones(self)

    # What the screen gives and asks

    @property
    def cursor_id(self) -> Hashable | None:
        """The id of the record under the cursor, None in an empty table."""
        row = self.window.row
        return None if row is None else row.id

    def set_rows(self, rows: Sequence[R], now: int | None = None) -> None:
        """Show these rows (and take the time, if given); cursor and screen line stay (`RowWindow.replace`)."""
        before = self.cursor_id
        self._now = self._now if now is None else now
        if bool(rows) != bool(self.window.rows):
            self.refresh()  # the empty table's words stand where rows will, and the other way round
        self.window.replace(rows)
        self._shown(before)

    def set_pending(self, ids: Collection[Hashable]) -> None:
        """The rows that wait to be written: they carry `^`."""
        self.pending = frozenset(ids)
        self.repaint()

    def set_words(self, *, empty: str | None = None, note: str | None = None) -> None:
        """The text of an empty table, and the word at the end of the heading ("" for none; stale data says so)."""
        words = (self._empty_text if empty is None else empty, self._heading_note if note is None else note)
        if words != (self._empty_text, self._heading_note):
            self._empty_text, self._heading_note = words
            self.refresh()

    def set_columns(self, columns: Sequence[Column], leave: Sequence[str]) -> None:
        """Other columns, if they differ."""
        if (list(columns), list(leave)) != (list(self._columns), list(self._leave)):
            self._columns, self._leave = columns, leave
            self._arrange()
            self.refresh()

    def tick(self, now: int) -> None:
        """It is `now` (epoch seconds): repaint the rows that read otherwise."""
        back, self._now = now < self._now, now
        self.repaint(None if back else [slot for slot in self._slots if self._steady.get(slot, 0) <= now])

    def move_to(self, row_id: Hashable) -> bool:
        """The cursor onto this record; False if it is not among the rows."""
        at = self.window.find(row_id)
        if at is not None:
            self._step(at - self.window.cursor)
        return at is not None

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away."""
        if (row_id := self.cursor_id) is not None:
            self.marked ^= {row_id}
            self.repaint()

    def mark_all(self) -> None:
        """Mark all rows shown, or if all are marked, none of them."""
        ids = set(ids_of(self.window.rows))
        self.marked = self.marked - ids if ids <= self.marked else self.marked | ids
        self.repaint()

    def marked_ids(self) -> list[Hashable]:
        """The marked among the rows shown, in their order: what a verb over marks acts on."""
        return [each for each in ids_of(self.window.rows) if each in self.marked] if self.marked else []

    # Moving

    def _step(self, by: int) -> None:
        window, before = self.window, self.cursor_id
        top, line = window.top, window.cursor
        window.move(by)
        self._shown(before, (line - top, window.cursor - top) if window.top == top else None)

    def _move(self, move: Callable[[int], None], by: int) -> None:
        before = self.cursor_id
        move(by)
        self._shown(before)

    def _shown(self, before: Hashable | None, slots: Iterable[int] | None = None) -> None:
        self.repaint(slots)
        if self.cursor_id != before:
            self.post_message(self.Highlighted(self, self.cursor_id))

    def action_cursor_up(self) -> None:
        """One row up."""
        self._step(-1)

    def action_cursor_down(self) -> None:
        """One row down."""
        self._step(1)

    def action_page_up(self) -> None:
        """One page up."""
        self._move(self.window.turn, -1)

    def action_page_down(self) -> None:
        """One page down."""
        self._move(self.window.turn, 1)

    def action_first(self) -> None:
        """To the first row."""
        self._step(-len(self.window.rows))

    def action_last(self) -> None:
        """To the last row."""
        self._step(len(self.window.rows))

    def action_open(self) -> None:
        """Open the record under the cursor."""
        if (row_id := self.cursor_id) is not None:
            self.post_message(self.Opened(self, row_id))

    def on_click(self, event: events.Click) -> None:
        """The cursor to the row clicked; opens it on a second click or if it had the cursor."""
        line = event.y - 1
        at = self.window.top + line // self.lines_per_row
        if line < 0 or at >= len(self.window.rows):
            return
        event.stop()
        if at == self.window.cursor or event.chain > 1:
            self.action_open()
        else:
            self._step(at - self.window.cursor)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls; the cursor stays on screen."""
        self._move(self.window.scroll, WHEEL_ROWS)
        event.stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls; the cursor stays on screen."""
        self._move(self.window.scroll, -WHEEL_ROWS)
        event.stop()

    def notify_style_update(self) -> None:
        """The theme changed: styles are looked up anew."""
        super().notify_style_update()
        self._tones.forget()

    def on_resize(self) -> None:
        """Other columns and another page; the cursor's row stays on screen."""
        if self.size != self._arranged:
            self._arrange()
            self.refresh()

    def _arrange(self) -> None:
        self._arranged = self.size
        if not self.size:  # hidden: it comes back to the page it had
            return
        self._lines.arrange(self._columns, self._leave, self.size.width, self.size.height)
        self.window.page = max(1, (self.size.height - 1) // self.lines_per_row)
        self.window.clamp()

    @property
    def _slots(self) -> range:
        """Numbers of the rows that have room on screen, the last one perhaps in part."""
        return range(-(-(self.size.height - 1) // self.lines_per_row))

    def repaint(self, slots: Iterable[int] | None = None) -> None:
        """Repaint exactly what differs from what was painted, whole rows or their first 17 cells (in `slots`)."""
        regions, high, wide = [], self.lines_per_row, self.size.width
        for slot in self._slots if slots is None else slots:
            at = self.window.top + slot
            key = self._key(at)
            self._steady[slot] = self.painter.steady(self.window.rows[at], self._now) if key else FOREVER
            if cells := self._stands.differs(slot, key, wide):
                regions.append(Region(0, 1 + slot * high, cells, high if cells == wide else 1))
        if regions:
            self.refresh(*regions)

    def _key(self, at: int) -> Key | None:
        if at >= len(self.window.rows):
            return None
        row, here = self.window.rows[at], at == self.window.cursor
        signs = (">" if here else " ") + ("^" if row.id in self.pending else "*" if row.id in self.marked else " ")
        look = self.painter.look(row, self._now)
        return Key((row.id, look, here and self.has_focus), (signs, self.painter.lead(row, self._now)))

    def render_line(self, y: int) -> Strip:
        """One line of the widget: the heading, a line of a row, or blank."""
        if self.size != self._arranged:  # painted before it is told of its size
            self._arrange()
        lines = self._lines
        wide = self.size.width if self.size.width > LEAD_WIDTH else None  # narrower: Textual cuts what is too much
        if y == 0:
            return self._tones.strip(lines.heading(self._lead_title, self._heading_note), wide)
        slot, line = divmod(y - 1, self.lines_per_row)
        at = self.window.top + slot
        self._stands.painted[slot] = key = self._key(at)
        if key is None:
            return self._tones.strip(lines.words("" if self.window.rows else self._empty_text, y - 1), wide)
        pieces = lines.body(self.window.rows[at], key.body[1], self._now)[line]
        if line == 0:
            pieces = self._lead(key) + pieces
        return self._tones.strip(pieces, wide, cursor=key.body[2])

    def render_head(self, y: int, cells: int) -> Strip | None:
        """The first column of a row, where a tick or the like changed nothing else."""
        slot, line = divmod(y - 1, self.lines_per_row)
        key = self._stands.turn(slot) if cells == LEAD_WIDTH and not line else None
        return self._tones.strip(self._lead(key), cells, cursor=key.body[2]) if key else None

    def _lead(self, key: Key) -> list[Piece]:
        whole = not key.body[2] and self._tones.blends(key.lead[1].band)
        return self._lines.lead(*key.lead, whole=whole)
