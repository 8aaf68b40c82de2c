"""`i`: what waits for me, due first; at the end the notices of this session (screens.md §4)."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct
from rich.text import Text
from textual.app import ComposeResult
from textual.types import CSSPathType

from store.rules.clocks import Clock
from store.views.inbox import InboxItem, inbox_items
from store.views.state import BoardState
from tui import words
from tui.cells import cut_left
from tui.i18n import _, language, p_
from tui.look import STYLES
from tui.present.asides import aside_pane, aside_words
from tui.present.lead import StatePainter
from tui.screens.base import Ref
from tui.screens.table_screen import TableScreen
from tui.sentences import role, said_verb
from tui.subjects import acted_on, day_time, due_cell, subject_words
from tui.widgets.columns import Cell, Column, Placed
from tui.widgets.lines import ScrolledLines
from tui.widgets.live_table import LiveTable

MOST_NOTICES = 6
STATE = {"aside": "yellow"}
"""What has no clock -> the style of its word."""
OPENED = frozenset({"cards", "subtasks", "issues", "meetings"})
"""Records that can be gone to; of others their card."""


class InboxRow(Struct, frozen=True, gc=False):
    """One thing that waits for me."""

    id: tuple[str, str, int]
    item: InboxItem

    @property
    def clock(self) -> Clock | None:
        """Its clock, if it has one."""
        return self.item.clock


class InboxPainter(StatePainter[InboxRow]):
    """What it is, in which role, about what, card, due."""

    def cell(self, state: BoardState, row: InboxRow, place: Placed, now: int) -> Cell:
        """One cell of what waits."""
        key, item = place.column.key, row.item
        if key == "clock":
            return words.clock(item.what) if item.clock else (said_verb(item.what), STATE.get(item.what, ""))
        if key == "role":
            return (role(item.role), "dim")
        if key == "about":
            return subject_words(state, item.clock) if item.clock else _about(state, item)
        if key == "due":
            return (due_cell(state, item.clock.due, now), "dim") if item.clock else ""
        card = state.board.cards.get(item.card or 0)
        if card is None:
            return ""
        narrow = place.width <= place.column.least  # the number alone then, and of it what tells cards apart
        return (cut_left(card.number, place.width) if narrow else f"{card.number} {card.name}", "dim")


def _about(state: BoardState, item: InboxItem) -> str:
    """What was put aside; minutes under review; else the department a duty is of."""
    aside = state.board.asides.get(item.subject) if item.table == "asides" else None
    if aside is not None:
        return aside_words(state, aside)
    meeting = state.board.meetings.get(item.subject)
    if meeting is not None:
        return meeting.name or meeting.number
    duty = state.board.duties.get(item.subject)
    return state.board.department_name(duty.department) if duty else ""


class InboxScreen(TableScreen):
    """Everything that waits for me, by the role in which it does."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["base.tcss", "inbox.tcss"]

    def __init__(self) -> None:
        """A table and the notices."""
        super().__init__()
        columns = [
            Column("clock", p_("column", "clock"), 12 if language() == "en" else 8),
            Column("role", p_("column", "as"), 17 if language() == "en" else 10),
            Column("about", p_("column", "about"), 24, flexible=True),
            Column("card", p_("column", "card"), 30, min_width=15),
            Column("due", p_("column", "due"), 16),
        ]
        self.table: LiveTable[InboxRow] = LiveTable(
            columns,
            InboxPainter(lambda: self.state),
            leave=("role", "card", "due"),
            lead_title=p_("column", "left"),
            id="table",
            empty_text=_("Nothing waits for you."),
        )
        self.notices = ScrolledLines(id="notices")

    def compose_body(self) -> ComposeResult:
        """Clocks above, notices below."""
        yield self.table
        yield self.notices

    def on_mount(self) -> None:
        """The table has the keys."""
        self.table.focus()

    def show_state(self, state: BoardState) -> None:
        """What waits for me, and what was said in this session."""
        now = self.deck.now()
        rows = [InboxRow((i.what, i.table, i.subject), i) for i in inbox_items(state, self.deck.me, now)]
        self.table.set_rows(rows, now)
        self._draw_below(state)

    def on_live_table_highlighted(self, message: LiveTable.Highlighted) -> None:
        """What was put aside is shown whole."""
        if self.state is not None:
            self._draw_below(self.state)

    def on_resize(self) -> None:
        """What is shown below is cut to the width."""
        if self.state is not None:
            self._draw_below(self.state)

    def _draw_below(self, state: BoardState) -> None:
        """What was put aside under the cursor, beside what stands; else the notices of this session."""
        found = self.current()
        aside = state.board.asides.get(found[1]) if found and found[0] == "asides" else None
        self.notices.set_class(aside is not None, "-whole")
        if aside is not None:
            self.notices.show(aside_pane(state, aside, self.deck.now(), self.size.width))
        else:
            self.notices.show(self._notice_lines(state))

    def _notice_lines(self, state: BoardState) -> list[Text]:
        now = self.deck.now()
        said = self.deck.notices.all[-MOST_NOTICES:]
        head = Text(" " + _("notices of this session"), STYLES["head"])
        lines = [
            Text.assemble(
                " ", (day_time(state, at, now) if at else "", STYLES["dim"]), " ", (text, STYLES["red" if bad else ""])
            )
            for at, text, bad in reversed(said)
        ]
        why = [Text(f" {text}", STYLES["red"]) for text in self.deck.trouble_text()]
        return [head, *why, *(lines or ([] if why else [Text(" " + _("none"), STYLES["dim"])]))]

    def tick_body(self, now: int) -> None:
        """Countdowns turn."""
        self.table.tick(now)

    def list_status(self) -> Text:
        """How many wait."""
        return Text(_("inbox {n}").format(n=len(self.table.window.rows)) + " ", STYLES["cyan"])

    @property
    def active(self) -> LiveTable[InboxRow]:
        """The one table."""
        return self.table

    def current(self) -> Ref | None:
        """The record it hangs on."""
        row = self.table.window.row
        if row is None:
            return None
        clock = row.item.clock
        return acted_on(self.state, clock) if clock and self.state else (row.item.table, row.item.subject)

    def clock_here(self) -> Clock | None:
        """`=` explains the clock of the row, not the nearest of its record."""
        row = self.table.window.row
        return row.clock if row else None

    def do_open(self) -> None:
        """Go to the record; of what was put aside: what can be done about it."""
        row = self.table.window.row
        if row is None:
            return
        if row.item.table == "asides":
            from tui.verbs.asides import choose

            request = choose(self, [(row.item.table, row.item.subject)])
            if request is not None:
                self.open_panel(request)
            return
        from tui.palette import jump

        table, key = self.current() or (row.item.table, row.item.subject)
        if table not in OPENED and row.item.card:
            table, key = "cards", row.item.card
        self.app.pop_screen()
        self.deck.call_next(jump, self, table, key)
