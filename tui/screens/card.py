"""The card (Enter): everything about one card, on tabs (screens.md §3.6)."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.types import CSSPathType

from store.rules.clocks import Clock
from store.views.card import CardDetail, card_detail, history_ids
from store.views.state import BoardState
from tui import verbs
from tui.i18n import _, p_
from tui.present.card_clocks import ClockRow
from tui.present.card_head import WIDE_FROM, card_line, tabs_line
from tui.present.card_raci import lint_line
from tui.present.card_tabs import BY_ID, TABS, Tab, empty_words
from tui.present.card_work import milestones_line
from tui.screens.base import DeckScreen, Ref
from tui.screens.card_grid import GridScreen
from tui.subjects import acted_on
from tui.widgets.lines import Lines
from tui.widgets.live_table import LiveTable

REPORTED_ON = frozenset({"subtasks", "issues", "cards"})
"""What a report is about; of other rows it is about what they hang on."""
LOOKING_BACK = frozenset({"history", "report"})
"""Tabs that show what the history says."""
HANDED_ON = frozenset({"block", "warn", "dispute", "note", "meet", "add_below"})
"""Verbs that make something new about a record: a row that has none of its own hands them to what it hangs on."""


class CardScreen(GridScreen):
    """One card. The tab is remembered for the session, each tab keeps its cursor."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["base.tcss", "card.tcss"]
    place = "card"

    def __init__(self, card_id: int, tab: str = "", subtask: int = 0) -> None:
        """`card_id` is the card's doc id, `tab` one of `card_tabs.TABS`, `subtask` the doc id the cursor goes to."""
        super().__init__()
        self.card_id = card_id
        self.tab = BY_ID.get(tab) or TABS[0]
        self.head = Lines(id="head")
        self.note = Lines(id="note")
        self.tables: dict[str, LiveTable[Any]] = {each.id: self._table_of(each) for each in TABS}
        self.work = self.tables["work"]
        self._asked_tab: str | None = tab
        self._wanted = subtask
        self._detail: CardDetail | None = None

    def _table_of(self, tab: Tab) -> LiveTable[Any]:
        columns, leave = tab.columns()
        title = p_("column", "when") if tab.dated else p_("column", "left")
        return LiveTable(columns, tab.painter(lambda: self.state), leave=leave, lead_title=title, id=f"tab-{tab.id}")

    def open_ids(self) -> tuple[int, ...]:
        """The card, and the row under the cursor."""
        found = self.current()
        return (self.card_id, found[1]) if found and found[1] != self.card_id else (self.card_id,)

    # Body -------------------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """Head and tabs, the tables (one is shown), a line of milestones."""
        yield self.head
        yield from self.tables.values()
        yield self.note

    def on_mount(self) -> None:
        """The tab that was asked for, or the one of the last card."""
        below = self.app.screen_stack[-2:-1]
        # The number of a list is one of its class.
        self.number = below[0].number if below and isinstance(below[0], DeckScreen) else 0  # type: ignore[misc]
        if self._asked_tab is not None:  # None: somebody walked the tabs before this was mounted
            self.tab = BY_ID.get(self._asked_tab or str(self.deck.left_over.get("card.tab", ""))) or TABS[0]
        self.show_tab(self.tab)

    def on_resize(self) -> None:
        """Texts are wrapped anew, the pane below comes or goes."""
        self.show_rows()
        self.rest_aside()

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab to the front."""
        self.tab, self._asked_tab = tab, None
        self.deck.left_over["card.tab"] = tab.id
        for name, table in self.tables.items():
            table.display = name == tab.id
        self.show_rows()
        self.active.focus()
        self.rest_aside()
        self.draw_bottom()

    def show_state(self, state: BoardState) -> None:
        """A new revision. A card that is gone closes the screen."""
        self._detail = card_detail(state, self.card_id)
        if self._detail is None:
            self.deck.notice(_("This card is no longer on the board."))
            if self.is_current:
                self.app.pop_screen()
            return
        for table in self.tables.values():
            table.set_pending(state.waiting)
        self.show_rows()

    def show_rows(self) -> None:
        """The rows of the tab in front; the cursor stays on its record."""
        state, detail = self.state, self._detail
        if state is None or detail is None or not self.size.width:
            return
        now = self.deck.now()
        if self.on_work:
            self.show_grid(state, detail)
        if self.tab.id in LOOKING_BACK:
            self.deck.want_history(state, history_ids(state, self.card_id), detail.card.created_at or 0)
        self.active.set_rows(self.tab.rows(state, detail, now, self.size.width), now)
        key = self.deck.key_of("progress" if self.tab.id == "progress" else "add")
        self.active.set_words(empty=empty_words(state, self.tab, detail, key, now))
        if self._wanted and self.tab.id == "work":
            self.active.move_to(self._wanted)
            self._wanted = 0
        notes = [lint_line(state, detail), milestones_line(state, detail, now)] if self.on_work else []
        lines = [line for line in notes if line is not None]
        self.note.display = bool(lines)
        self.note.styles.height = len(lines)
        self.note.show(lines)
        self.draw_head(now)

    def tick_body(self, now: int) -> None:
        """Countdowns turn, in the head too."""
        self.active.tick(now)
        self.draw_head(now)
        if now % 60 == 0:
            self.show_rows()

    # Head -------------------------------------------------------------------------------------------

    def draw_head(self, now: int) -> None:
        """The card in one line with its nearest clock, then the tabs."""
        state, detail, cells = self.state, self._detail, self.size.width
        if state is not None and detail is not None:
            keys = [self.deck.key_of(command) for command in ("tab_back", "tab_next", "back")]
            self.head.show([card_line(state, detail, now, cells), tabs_line(detail, self.tab, keys, cells)])

    # Cursor -----------------------------------------------------------------------------------------

    @property
    def on_work(self) -> bool:
        """Whether the division of work is in front."""
        return self.tab.id == "work"

    @property
    def active(self) -> LiveTable[Any]:
        """The table of the tab in front."""
        return self.tables[self.tab.id]

    def refs(self) -> list[Ref]:
        """What the row under the cursor is, what it hangs on, and last the card."""
        row = self.active.window.row
        if isinstance(row, ClockRow) and self.state is not None:
            return [acted_on(self.state, row.clock), ("cards", self.card_id)]
        return [*(self.tab.refs(row) if row is not None else ()), ("cards", self.card_id)]

    def current(self) -> Ref | None:
        """The record under the cursor; the card itself where there is no row."""
        return self.refs()[0]

    def targets(self) -> list[Ref]:
        """Marked rows, or the one under the cursor."""
        rows = [row for row in self.active.window.rows if row.id in self.active.marked]
        return [self.tab.refs(row)[0] for row in rows if self.tab.refs(row)] or self.refs()[:1]

    def taken_by(self, command: str) -> list[Ref]:
        """A verb that makes something new acts on the nearest record that can have it."""
        found = super().taken_by(command)
        if command == "progress":
            return [ref for ref in (*found, *self.refs()) if ref[0] in REPORTED_ON][:1]
        if command in HANDED_ON and not verbs.acts_on(command, found[0][0]):
            return [ref for ref in self.refs() if verbs.acts_on(command, ref[0])][:1]
        return found

    def add_table(self) -> str:
        """`a` makes one more of what the tab shows."""
        return self.tab.adds

    def clock_here(self) -> Clock | None:
        """On the clocks the one under the cursor, else the nearest of the record."""
        row = self.active.window.row
        return row.clock if isinstance(row, ClockRow) else super().clock_here()

    def follow(self, ref: Ref) -> None:
        """The cursor onto a record, if the tab in front shows it."""
        row = next((row for row in self.active.window.rows if ref in self.tab.refs(row)[:1]), None)
        if row is not None:
            self.active.move_to(row.id)

    # The pane below ---------------------------------------------------------------------------------

    def close_aside(self) -> None:
        """What was asked for goes; the detail of the row comes back where it stands."""
        self.rest_aside()

    def rest_aside(self) -> None:
        """Below from 100 columns the detail of the row; narrower, and where it is asked for only, nothing."""
        wide = self.size.width >= WIDE_FROM
        if self.tab.detail is not None and not self.tab.asked and self.deck.left_over.get(f"card.detail.{wide}", wide):
            self.aside.open("detail", self.detail_lines)
        else:
            self.aside.close()

    def detail_lines(self, cells: int) -> list[Text]:
        """The row under the cursor in full."""
        state, row = self.state, self.active.window.row
        if state is None or row is None or self.tab.detail is None:
            return []
        return self.tab.detail(state, row, self.deck.now(), cells)

    def do_preview(self) -> None:
        """The detail on or off, remembered for narrow and wide screens apart."""
        wide = self.size.width >= WIDE_FROM
        self.deck.left_over[f"card.detail.{wide}"] = self.aside.topic != "detail"
        self.rest_aside()

    def show_history(self) -> None:
        """Older history was read: a row of it each, and what changed since."""
        if self.tab.id in LOOKING_BACK:
            self.show_rows()
        super().show_history()

    # Commands ---------------------------------------------------------------------------------------

    def do_tab_next(self) -> None:
        """The next tab."""
        self.show_tab(TABS[(TABS.index(self.tab) + 1) % len(TABS)])

    def do_tab_back(self) -> None:
        """The tab before."""
        self.show_tab(TABS[TABS.index(self.tab) - 1])

    def do_open(self) -> None:
        """A meeting: its minutes; a clock: its sum; a field: its form; else everything about the row."""
        found = self.current()
        if self.tab.id == "clocks":
            self.do_why()
        elif self.tab.id == "meetings" and found is not None and found[0] == "meetings":
            from tui.screens.minutes_editor import MinutesEditor

            self.app.push_screen(MinutesEditor(found[1]))
        elif self.tab.id == "card":
            self.run_verb("edit")
        elif self.tab.asked:
            self.toggle_aside("history", self.detail_lines)
        elif self.aside.topic != "detail":
            self.do_preview()
