"""DeckScreen: the frame every screen stands in (screens.md §1).

Rows 1-3 header, then the body, the bottom panel (only when something is entered), the message row and
the footer. A screen fills the body, says which record is under the cursor, and draws a state.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.types import CSSPathType

from store.views.state import BoardState
from tui import frame, verbs
from tui.commands import BY_ID, bindings
from tui.entry import Request
from tui.i18n import _
from tui.screens.docked import Ref
from tui.screens.offering import OFFERED, OfferingScreen
from tui.widgets.lines import Lines
from tui.widgets.live_table import LiveTable

if TYPE_CHECKING:
    from tui.widgets.entry_panel import EntryPanel

SMALL = (60, 15)
"""Columns and rows below which the header is row 1 alone."""
TINY = (40, 8)
"""Columns and rows below which only row 1 is shown (and the panel, while something is entered)."""


class DeckScreen(OfferingScreen):
    """Base of all screens. `number` is the tab (1-4), 0 for screens above them (card, walk)."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    CSS_PATH: ClassVar[CSSPathType | None] = ["base.tcss"]
    number: ClassVar[int] = 0
    place: ClassVar[str] = ""
    """What others see of where somebody is (`tui.here.SCREENS`)."""
    ESCAPE_TO_MINIMIZE = False
    BLANK = True  # its widgets cover it: drawing its own lines behind them would double the cost of a paint

    def __init__(self) -> None:
        """Nothing is drawn before a state arrives."""
        super().__init__()
        self.header = Lines(id="header")
        self.bottom = Lines(id="bottom")
        self._panel: EntryPanel | None = None
        self._shown: BoardState | None = None
        self._ticking = 0
        self._still: object = None
        """What the header was drawn from, but for the digits that tick."""
        self._age_said = self._said = ""

    # What a screen says of itself -----------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """The widgets of the body."""
        yield from ()

    def show_state(self, state: BoardState) -> None:
        """Draw a new state (a revision was read, or a change of ours waits)."""

    def tick_body(self, now: int) -> None:
        """It is `now` (epoch seconds)."""

    def targets(self) -> list[Ref]:
        """The records a verb takes: the marked ones, or the one under the cursor."""
        found = self.current()
        return [found] if found else []

    def taken_by(self, command: str) -> list[Ref]:
        """The marked records if the verb takes several, else the one under the cursor.

        A screen whose rows hang on other records may hand it one of those.
        """
        found = self.current()
        if found is None or verbs.takes_several(command, found[0]):
            return self.targets()
        return [found]

    def unmark(self) -> None:
        """A verb has acted on the marked rows."""

    def follow(self, ref: Ref) -> None:
        """Put the cursor on a record, or on what it hangs on, if it is on this screen."""

    def list_status(self) -> Text:
        """Right end of the tab row: rows shown / all, sort, filter."""
        return Text()

    def can(self, command: str) -> bool:
        """Whether a command of the footer can act here now."""
        if command in verbs.VERBS:
            return verbs.acts_on(command, self.table_of_verb(command)) and command not in self._idle
        return hasattr(self, method_of(command)) and (not BY_ID[command].on_row or self.current() is not None)

    def command_name(self, command: str) -> str:
        """What a command is called in the footer."""
        return BY_ID[command].name

    def add_table(self) -> str:
        """The table of which `a` makes one more."""
        found = self.current()
        return found[0] if found else ""

    def table_of_verb(self, command: str) -> str:
        """The table of the records a verb would take here; empty if there is none."""
        if command == "add":
            return self.add_table()
        found = self.taken_by(command)
        return found[0][0] if found else ""

    # Frame ----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Header, body, bottom: the shell paints before any data is read. Pane and panel come when they are opened."""
        yield self.header
        yield from self.compose_body()
        yield self.bottom

    def on_mount(self) -> None:
        """Draw the frame, and the state if there is one."""
        self.take_state()

    def on_screen_resume(self) -> None:
        """Back in front: take the current state, and the time, which stood still here."""
        self.take_state()
        if self._shown is not None:
            self.tick_body(self.deck.now())

    def on_resize(self) -> None:
        """Lines are cut to the width; a small window keeps row 1, a tiny one nothing else."""
        columns, rows = self.size
        self.set_class(columns < SMALL[0] or rows < SMALL[1], "-small")
        self.set_class(columns < TINY[0] or rows < TINY[1], "-tiny")
        self.draw_frame()
        self.draw_aside()

    def take_state(self) -> None:
        """Draw the frame, before it the body if the app's state is another one than it shows."""
        state = self.state
        if state is not None and state is not self._shown and self.is_mounted:
            self._shown = state
            self.show_state(state)
            self.draw_aside()
            self.ask_verbs_later()
        self.draw_frame()

    def draw_frame(self) -> None:
        """Redraw header, message row and footer where they changed."""
        width = self.size.width
        if width:
            lines, self._ticking = frame.header(self.deck, self, width)
            self.header.show(lines)
            self._still = frame.ticking_alone(self.deck, self)[1]
            self._say_age()
            self.draw_bottom()

    def _say_age(self) -> None:
        """Old data is called old in the heading of every table."""
        note = self.deck.stale_word
        if note != self._age_said and self.is_mounted:
            self._age_said = note
            for table in self.query(LiveTable):
                table.set_words(note=note)

    def draw_bottom(self) -> None:
        """Redraw message row and footer."""
        lines = frame.bottom(self.deck, self, self.size.width)
        self._said = self.deck.message_text().plain
        if len(lines) != len(self.bottom.lines):
            self.bottom.styles.height = len(lines)
        self.bottom.show(lines)

    def tick(self, now: int) -> None:
        """The app's one tick a second: clock cell, rows, message row."""
        if self.size.width:
            clock, still = frame.ticking_alone(self.deck, self)
            if clock is not None and len(clock) == self._ticking and still == self._still:
                self.header.turn_head(clock)
                self._say_age()
                if self.deck.message_text().plain != self._said:
                    self.draw_bottom()
            else:
                self.draw_frame()
        self.tick_body(now)
        if now % 60 == 0:
            self.draw_aside()

    # Commands -------------------------------------------------------------------------------------

    def action_command(self, command: str) -> None:
        """Carry out a command here, or by the App, or as a verb on the record; a key without one says so."""
        if self.entering:
            return
        if self.deck.notices.answered():
            self.draw_bottom()
        if self.scrolled_aside(command):
            return
        for place in (self, self.deck):
            act = getattr(place, method_of(command), None)
            if act is not None:
                act()
                return
        if command in verbs.VERBS:
            self.run_verb(command)
            return
        self.deck.notice(_("no command on {key}; ? shows all").format(key=BY_ID[command].shown), passing=True)

    def on_key(self, event: events.Key) -> None:
        """A key that came up to here has no command: say so, for what is on a keyboard's letters."""
        if event.is_printable and event.character and not self.entering:
            self.deck.notice(_("no command on {key}; ? shows all").format(key=event.character), passing=True)

    def keep_draft(self) -> None:
        """What is being typed goes to the drafts (on disk every 3 s, and when the line drops)."""
        if self.entering:
            self.panel.keep()

    @property
    def panel(self) -> EntryPanel:
        """The bottom panel, made when it is first asked for: no start waits for it."""
        if self._panel is None:
            from tui.widgets.entry_panel import EntryPanel

            self._panel = EntryPanel(id="panel")
            self.mount(self._panel, before=self.bottom)
        return self._panel

    @property
    def entering(self) -> bool:
        """Whether something is being entered."""
        return self._panel is not None and self._panel.is_open

    def open_panel(self, request: Request) -> None:
        """Open the bottom panel; its heading names the record it acts on."""
        self.panel.open(request)

    def footer_commands(self) -> Iterable[str]:
        """Ids of the commands the footer offers, by priority."""
        return [c.id for c in OFFERED if self.can(c.id)]


def method_of(command: str) -> str:
    """The method that carries out a command: `goto.1` is `do_goto_1`."""
    return "do_" + command.replace(".", "_")


__all__ = ["DeckScreen", "Ref", "method_of"]
