"""`i`: what waits for me, due first; at the end the notices of this session (screens.md §4)."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct
from rich.text import Text
from textual.app import ComposeResult
from textual.types import CSSPathType

from store.rules.clocks import Clock
from store.views.owed import inbox
from store.views.state import BoardState
from tui import words
from tui.cells import cut_left
from tui.i18n import _, language, p_
from tui.look import STYLES
from tui.present.lead import StatePainter
from tui.screens.base import Ref
from tui.screens.table_screen import TableScreen
from tui.subjects import day_time, due_text, subject_words
from tui.widgets.columns import Cell, Column, Placed
from tui.widgets.lines import ScrolledLines
from tui.widgets.live_table import LiveTable

MOST_NOTICES = 6


class InboxRow(Struct, frozen=True, gc=False):
    """One clock that waits for me."""

    id: tuple[str, str, int]
    clock: Clock


class InboxPainter(StatePainter[InboxRow]):
    """Clock, subject, card, due."""

    def cell(self, state: BoardState, row: InboxRow, place: Placed, now: int) -> Cell:
        """One cell of a clock."""
        key = place.column.key
        if key == "clock":
            return words.clock(row.clock.kind)
        if key == "about":
            return subject_words(state, row.clock)
        if key == "due":
            return (due_text(state, row.clock.due), "dim")
        card = state.board.cards.get(row.clock.card or 0)
        if card is None:
            return ""
        narrow = place.width <= place.column.least  # the number alone then, and of it what tells cards apart
        return (cut_left(card.number, place.width) if narrow else f"{card.number} {card.name}", "dim")


class InboxScreen(TableScreen):
    """Every open clock on which I must act."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["base.tcss", "inbox.tcss"]

    def __init__(self) -> None:
        """A table and the notices."""
        super().__init__()
        columns = [
            Column("clock", p_("column", "clock"), 12 if language() == "en" else 8),
            Column("about", p_("column", "about"), 24, flexible=True),
            Column("card", p_("column", "card"), 30, min_width=15),
            Column("due", p_("column", "due"), 16),
        ]
        self.table: LiveTable[InboxRow] = LiveTable(
            columns,
            InboxPainter(lambda: self.state),
            leave=("card", "due"),
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
        """My clocks, and what was said in this session."""
        clocks = inbox(state, self.deck.me)
        rows = [InboxRow((c.kind, c.table, c.subject), c) for c in clocks]
        now = self.deck.now()
        self.table.set_rows(rows, now)
        said = self.deck.notices.all[-MOST_NOTICES:]
        head = Text(" " + _("notices of this session"), STYLES["head"])
        lines = [
            Text.assemble(
                " ", (day_time(state, at, now) if at else "", STYLES["dim"]), " ", (text, STYLES["red" if bad else ""])
            )
            for at, text, bad in reversed(said)
        ]
        self.notices.show([head, *(lines or [Text(" " + _("none"), STYLES["dim"])])])

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
        """The record a clock hangs on."""
        row = self.table.window.row
        return (row.clock.table, row.clock.subject) if row else None

    def clock_here(self) -> Clock | None:
        """`=` explains the clock of the row, not the nearest of its record."""
        row = self.table.window.row
        return row.clock if row else None

    def do_open(self) -> None:
        """Go to the record."""
        row = self.table.window.row
        if row is None:
            return
        from tui.palette import jump

        table, key = row.clock.table, row.clock.subject
        if table in {"duties", "milestones", "progress"} and row.clock.card:
            table, key = "cards", row.clock.card
        self.app.pop_screen()
        self.deck.call_next(jump, self, table, key)
