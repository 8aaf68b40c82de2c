"""DockedScreen: the read-only pane below the body, on every screen (keys `=`, `H`), and `y`.

What stands in the pane is about the row under the cursor and follows it; the same key, `q` or Esc close it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.text import Text

from store.rules.clocks import Clock
from store.views.state import BoardState
from tui.i18n import _
from tui.painting import PaintedScreen

if TYPE_CHECKING:
    from tui.app import CrossdeckApp
    from tui.widgets.aside import Aside, Make
    from tui.widgets.live_table import LiveTable

Ref = tuple[str, int]
"""A record on screen: table and doc id."""
ASKED = frozenset({"why", "history", "here"})
"""Topics a person asked for: `q` closes them before it leaves the screen."""


class DockedScreen(PaintedScreen):
    """A screen with an Aside; which record and which clock it is about, the screen says."""

    def __init__(self) -> None:
        """The pane is hidden."""
        super().__init__()
        self._aside: Aside | None = None

    @property
    def deck(self) -> CrossdeckApp:
        """The App, typed."""
        return cast("CrossdeckApp", self.app)

    @property
    def state(self) -> BoardState | None:
        """The state in front; None before the first read."""
        return self.deck.state

    def current(self) -> Ref | None:
        """The record under the cursor."""
        return None

    def open_ids(self) -> tuple[int, ...]:
        """Doc ids of the records this screen has open: others see who else has them open."""
        return ()

    @property
    def writing(self) -> bool:
        """Whether something is written in them."""
        return False

    def clock_here(self) -> Clock | None:
        """The clock `=` explains: the nearest one of the record under the cursor."""
        from tui.present.why import clock_of

        found = self.current()
        return clock_of(self.state, *found) if self.state is not None and found else None

    def on_live_table_highlighted(self, message: LiveTable.Highlighted) -> None:
        """Another row: what is said about it."""
        self.draw_aside(keep_scroll=False)

    @property
    def aside(self) -> Aside:
        """The pane, made when it is first asked for: no start waits for it."""
        if self._aside is None:
            from tui.widgets.aside import Aside

            self._aside = Aside(id="aside")
            self.mount(self._aside, before=self.query_children("#panel, #bottom").first())
        return self._aside

    def draw_aside(self, *, keep_scroll: bool = True) -> None:
        """Have the pane ask for its lines anew, if there is one."""
        if self._aside is not None:
            self._aside.draw(keep_scroll=keep_scroll)

    def toggle_aside(self, topic: str, make: Make) -> None:
        """Show what `make` gives about the row under the cursor; the same again closes it."""
        if self.aside.topic == topic:
            self.close_aside()
        else:
            self.aside.open(topic, make)

    def close_aside(self) -> None:
        """Nothing stands below the body any more."""
        self.aside.close()

    def scrolled_aside(self, command: str) -> bool:
        """Whether the pane is open and took this command to scroll."""
        if self._aside is None or not self._aside.topic or command not in {"preview_down", "preview_up"}:
            return False
        rows = max(1, self.aside.size.height - 1)
        self.aside.page(rows if command == "preview_down" else -rows)
        return True

    def do_back(self) -> None:
        """Close the pane, else one level up."""
        if self._asked_aside:
            self.close_aside()
        else:
            self.leave()

    def do_escape(self) -> None:
        """Take away what stands before the whole list (pane, filter), else one level up; never out of the program."""
        if not self._asked_aside and self.unfilter():
            return
        if self._asked_aside or len(self.deck.screen_stack) > 1:
            self.do_back()
        else:
            self.deck.notice(_("{key} leaves crossdeck.").format(key=self.deck.key_of("back")), passing=True)

    @property
    def _asked_aside(self) -> bool:
        return self._aside is not None and self._aside.topic in ASKED

    def unfilter(self) -> bool:
        """Show all again; False if nothing was hidden."""
        return False

    def leave(self) -> None:
        """One level up."""
        self.deck.do_back()

    def do_why(self) -> None:
        """The sum behind the clock of the row under the cursor."""
        from tui.present.why import why_pane

        if self.aside.topic != "why" and self.clock_here() is None:
            self.deck.notice(_("No clock runs on this row."))
        else:
            self.toggle_aside("why", lambda cells: why_pane(self.state, self.clock_here(), self.deck.now(), cells))

    def do_history(self) -> None:
        """Who changed what in the record under the cursor."""
        self.deck.forget_failed_history()
        self.toggle_aside("history", self.history_lines)

    def history_lines(self, cells: int) -> list[Text]:
        """The history of the record under the cursor; what of it left the board is asked for."""
        from tui.present.history import about, history_pane

        found = self.current()
        if self.state is not None and found is not None:
            self.deck.want_history(self.state, frozenset({about(self.state, found)[1]}))
        return history_pane(self.state, found, self.deck.now(), cells)

    def show_history(self) -> None:
        """Older history was read: draw what shows it."""
        self.draw_aside()

    def do_here(self) -> None:
        """Who has the board open, and where."""
        from tui.here import company_pane

        self.toggle_aside("here", lambda cells: company_pane(self.deck, cells))

    def do_copy(self) -> None:
        """The number of the record under the cursor to the terminal's clipboard."""
        from store.views.numbers import number_of

        found = self.current()
        number = number_of(self.state.board, *found) if self.state is not None and found else None
        if number:
            self.app.copy_to_clipboard(number)
            self.deck.notice(_("Copied if your terminal allows: {text}").format(text=number))
