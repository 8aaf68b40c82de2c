"""The lines of a live table as pieces of text and tone: heading, first column, other columns. Pure, no Textual."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Generic, NamedTuple

from tui.cells import fit, width, wrap
from tui.widgets.columns import NORMAL, Column, Piece, Placed, choose_columns, fit_cell, join_pieces, line_of
from tui.widgets.rows import Lead, Painter, R

LEAD_WIDTH = 17
"""Cursor 1, mark 1, band glyph 1, blank, word 4, blank, time 8 (screens 2)."""
LEAD_TITLE_AT = 6
INDENT = 5
"""Further lines of a row begin a cell into the word of its first column."""


class Key(NamedTuple):
    """What a painted row depends on: `body` for all of it, `lead` for its first cells only."""

    body: tuple[Hashable, object, bool]
    lead: tuple[str, Lead]


class Stands:
    """What was painted of each row on screen, by its number there."""

    def __init__(self) -> None:
        """Nothing was."""
        self.painted: dict[int, Key | None] = {}
        self._turned: dict[int, Key] = {}
        """Rows of which only the first column reads otherwise."""

    def differs(self, slot: int, key: Key | None, wide: int) -> int:
        """How many cells from the left, of `wide`, must be painted for a row to read as `key`; 0: it does."""
        painted = self.painted.get(slot)
        self._turned.pop(slot, None)
        if key == painted:
            return 0
        if key is None or painted is None or key.body != painted.body:
            return wide
        self._turned[slot] = key
        return LEAD_WIDTH

    def turn(self, slot: int) -> Key | None:
        """The row whose first column alone is painted now; None: all of it must be."""
        key = self._turned.pop(slot, None)
        if key is not None:
            self.painted[slot] = key
        return key


class RowLines(Generic[R]):
    """Rows as lines of one width. Each row's columns are kept until its look changes, for the rows near the screen."""

    def __init__(self, painter: Painter[R], lines_per_row: int = 1) -> None:
        """Nothing can be drawn before `arrange`."""
        self._painter = painter
        self._lines_per_row = lines_per_row
        self._wide = self._high = 0
        self._placed: list[Placed] = []
        self._bodies: dict[Hashable, tuple[object, list[list[Piece]]]] = {}

    def arrange(self, columns: Sequence[Column], leave: Sequence[str], wide: int, high: int) -> None:
        """The table is `wide` times `high` cells now, or has other columns."""
        self._wide, self._high = wide, high
        self._placed = choose_columns(columns, wide - LEAD_WIDTH - 1, leave)
        self._bodies.clear()

    def lead(self, signs: str, lead: Lead, *, whole: bool) -> list[Piece]:
        """The first column: `signs` are the cells of cursor and mark.

        `whole`: as one piece, where the band's tone does not show on blanks. On the terminal a piece costs more bytes
        for its colours than for its text, and this is what every tick sends.
        """
        text = f"{fit(lead.glyph, 1)} {fit(lead.word, 4)} {fit(lead.time, 8, 'right')}"
        return [(signs + text, lead.band)] if whole else [(signs, NORMAL), (text, lead.band)]

    def body(self, row: R, look: object, now: int) -> list[list[Piece]]:
        """All lines of a row, the first one without its first column."""
        known = self._bodies.get(row.id)
        if known is None or known[0] != look:
            if len(self._bodies) > 4 * self._high:
                self._bodies.clear()
            self._bodies[row.id] = known = (look, self._drawn(row, now))
        return known[1]

    def _drawn(self, row: R, now: int) -> list[list[Piece]]:
        first = line_of(self._painter.cells(row, now, self._placed), self._placed, self._wide - LEAD_WIDTH - 1)
        more = self._lines_per_row - 1
        below = [*self._painter.below(row, now), *[""] * more][:more]
        indent = (" " * INDENT, NORMAL)
        return [
            join_pieces([(" ", NORMAL), *first]),
            *(join_pieces([indent, *fit_cell(cell, self._wide - INDENT)]) for cell in below),
        ]

    def heading(self, lead_title: str, note: str) -> list[Piece]:
        """The titles of the columns; `note` (stale data) stands at the right, where it would hide one at the left."""
        words = [c.short if c.short and width(c.title) > cells else c.title for c, cells in self._placed]
        titles = line_of(words, self._placed, self._wide - LEAD_WIDTH - 1)
        shown = " " + "".join(title for title, _ in titles)
        text = " " * LEAD_TITLE_AT + fit(lead_title, LEAD_WIDTH - LEAD_TITLE_AT) + shown
        if not note:
            return [(fit(text, self._wide), "head")]
        if width(text.rstrip()) + width(note) < self._wide:
            note = fit(" " + note, min(self._wide, width(note) + 1))
            return [(fit(text, self._wide - width(note)), "head"), (note, "red")]
        lead = fit(f"  {lead_title}", max(0, LEAD_WIDTH - width(note) - 1))
        return join_pieces([(" ", "head"), (note, "red"), (fit(lead + shown, self._wide - width(note) - 1), "head")])

    def words(self, text: str, line: int) -> list[Piece]:
        """Line number `line` of a text that stands where rows would."""
        if not text:
            return [(" " * self._wide, NORMAL)]
        lines = wrap(text, self._wide - 4, max_lines=max(1, self._high - 1))
        return [(fit("  " + lines[line] if line < len(lines) else "", self._wide), "dim")]
