"""The walk (`space`): one record at a time in the whole body, for a stand-up (screens.md §3.8). Triage of issues."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.types import CSSPathType

from store.views.state import BoardState
from tui.i18n import Np_, _, p_
from tui.present.walk import issue_page, timer, triage_head
from tui.screens.base import DeckScreen, Ref
from tui.screens.list_screen import ListScreen
from tui.widgets.lines import Lines, ScrolledLines

FOOTER = {
    "walk": Np_("walk", "next"),
    "finding": Np_("walk", "next breached"),
    "left": Np_("walk", "back"),
    "back": Np_("walk", "end"),
    "open": Np_("walk", "card"),
    "why": Np_("walk", "why"),
}


class WalkScreen(DeckScreen):
    """Records in a fixed order, one of them shown. Verbs stay on it; `space` goes on, `h` goes back, `q` ends."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["base.tcss", "walk.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "command('down')", show=False),
        Binding("up", "command('up')", show=False),
    ]
    AUTO_FOCUS = ""  # else the closed panel's input takes the keys
    table_name: ClassVar[str] = ""
    footer_names: ClassVar[dict[str, str]] = FOOTER
    one_by_one: ClassVar[bool] = True
    """Whether the record shown has a timer of its own."""

    def __init__(self, rows: Sequence[int], at: int = 0) -> None:
        """`rows` are doc ids in the order of the list, `at` the one under its cursor."""
        super().__init__()
        self.rows = list(rows)
        self.at = min(max(0, at), len(self.rows) - 1)
        self.title_line = Lines(id="walk-title")
        self.this_timer = Lines(classes="walk-timer")
        self.all_timer = Lines(classes="walk-timer")
        self.page = ScrolledLines(id="walk-page")
        self.began = self.shown_at = 0

    # What a walk shows --------------------------------------------------------------------------------

    def head_line(self, state: BoardState, now: int, cells: int) -> Text:
        """Which record of how many, and what comes next."""
        raise NotImplementedError

    def page_lines(self, state: BoardState, now: int, cells: int) -> Sequence[Text]:
        """The record shown."""
        raise NotImplementedError

    def at_end(self) -> None:
        """Space on the last record."""

    # Body ---------------------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """Head with its timers (each a widget: a tick sends those cells only), then the record."""
        with Horizontal(id="walk-head"):
            yield self.title_line
            yield self.this_timer
            yield self.all_timer
        yield self.page

    def on_mount(self) -> None:
        """Both timers start."""
        self.shown_at = self.deck.now()
        self.began = self.began or self.shown_at

    def on_resize(self) -> None:
        """Lines are cut to the width."""
        self.call_after_refresh(self.draw)

    def show_state(self, state: BoardState) -> None:
        """The record as it is now; the order stays."""
        self.draw()

    def tick_body(self, now: int) -> None:
        """Timers and countdown."""
        self.draw()

    def draw(self, *, keep_scroll: bool = True) -> None:
        """Draw what differs."""
        state, cells = self.state, self.size.width
        if state is None or not cells or not self.rows:
            return
        now = self.deck.now()
        self.title_line.show([self.head_line(state, now, cells)])
        if self.one_by_one:
            self.this_timer.show([timer(p_("walk", "this"), now - self.shown_at)])
        self.all_timer.show([timer(p_("walk", "all"), now - self.began)])
        self.page.show(self.page_lines(state, now, cells), keep_scroll=keep_scroll)

    # Where ----------------------------------------------------------------------------------------------

    @property
    def shown(self) -> int:
        """Doc id of the record shown."""
        return self.rows[self.at]

    def current(self) -> Ref | None:
        """The record shown: every verb acts on it."""
        return (self.table_name, self.shown) if self.rows else None

    def go(self, at: int) -> None:
        """Show another record; its timer starts."""
        self.at = at
        self.shown_at = self.deck.now()
        self.draw(keep_scroll=False)
        self.draw_aside(keep_scroll=False)
        self.draw_bottom()

    def do_walk(self) -> None:
        """The next record; after the last the end of the walk."""
        if self.at + 1 < len(self.rows):
            self.go(self.at + 1)
        else:
            self.at_end()

    def do_right(self) -> None:
        """The next record."""
        self.do_walk()

    def do_left(self) -> None:
        """The record before."""
        if self.at:
            self.go(self.at - 1)

    def do_first(self) -> None:
        """The first record."""
        self.go(0)

    def do_last(self) -> None:
        """The last record."""
        self.go(len(self.rows) - 1)

    def do_down(self) -> None:
        """One line down in a long record."""
        self.page.page(1)

    def do_up(self) -> None:
        """One line up."""
        self.page.page(-1)

    def do_preview_down(self) -> None:
        """A page down."""
        self.page.turn(1)

    def do_preview_up(self) -> None:
        """A page up."""
        self.page.turn(-1)

    def leave(self) -> None:
        """End on the record shown: the list's cursor goes with it."""
        shown = self.shown if self.rows else 0
        self.app.pop_screen()
        front = self.app.screen
        if isinstance(front, ListScreen) and front.record_table == self.table_name:
            front.table.move_to(shown)

    def footer_commands(self) -> list[str]:
        """How to go on; the verbs stand in the body."""
        return [command for command in self.footer_names if self.can(command)]

    def command_name(self, command: str) -> str:
        """What a key does here."""
        label = self.footer_names.get(command)
        return p_("walk", label) if label else super().command_name(command)


class TriageScreen(WalkScreen):
    """One issue of the escalation queue after the other; after the last the summary."""

    number = 3
    table_name = "issues"

    def head_line(self, state: BoardState, now: int, cells: int) -> Text:
        """Place, done, next."""
        return triage_head(state, self.rows, self.at, now, cells)

    def page_lines(self, state: BoardState, now: int, cells: int) -> Sequence[Text]:
        """The issue."""
        return issue_page(state, self.shown, now, cells, self.deck.key_of)

    def at_end(self) -> None:
        """What was done, what is left, what is to be sent."""
        from tui.screens.walk_summary import SummaryScreen

        self.app.push_screen(SummaryScreen(self.rows, self.began))

    def do_finding(self) -> None:
        """The next issue whose clock is over."""
        self._find(1)

    def do_finding_back(self) -> None:
        """The one before."""
        self._find(-1)

    def _find(self, by: int) -> None:
        state, now = self.state, self.deck.now()
        count = len(self.rows)
        for step in range(1, count):
            at = (self.at + by * step) % count
            row = state.issue_rows.get(self.rows[at]) if state else None
            if row is not None and row.state != "resolved" and row.holds("breached", now):
                self.go(at)
                return
        self.deck.notice(_("No other issue of this walk is breached."))

    def do_open(self) -> None:
        """The card of the issue shown."""
        issue = self.state.board.issues.get(self.shown) if self.state else None
        if issue is not None:
            from tui.screens.card import CardScreen

            self.app.push_screen(CardScreen(issue.card, tab="issues"))
