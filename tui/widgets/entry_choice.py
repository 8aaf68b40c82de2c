"""The choice shape of the panel: a list that typing filters."""

from __future__ import annotations

import unicodedata
from typing import ClassVar

from rich.style import Style
from rich.text import Text

from tui.entry import Choice, Option, Shape
from tui.i18n import _
from tui.look import CURSOR, STYLES
from tui.widgets.entry_shapes import Picture, literal
from tui.widgets.lines import clipped

MOST_ROWS = 12


class ChoiceShape:
    """Options that match what was typed, one of them under the cursor."""

    name: ClassVar[Shape] = "choice"

    def __init__(self, choice: Choice) -> None:
        """The cursor stands on `choice.current`."""
        self.choice = choice
        self.text = ""
        self.shown: list[Option] = []
        self.at = 0
        self._top = 0
        self._rows = 1
        self._sought = {o.id: fold(f"{o.label.plain} {o.search}") for o in choice.options}
        self.filter()

    def filter(self) -> None:
        """Options that hold every word of the text, then what `choice.more` finds for it."""
        words = fold(self.text).split()
        self.shown = [o for o in self.choice.options if all(word in self._sought[o.id] for word in words)]
        if words and self.choice.more is not None:
            known = {o.id for o in self.shown}
            self.shown += [o for o in self.choice.more(self.text.strip()) if o.id not in known]
        ids = [] if words else [o.id for o in self.shown]
        self.at = ids.index(self.choice.current) if self.choice.current in ids else 0
        self._top = 0

    @property
    def option(self) -> Option | None:
        """The option under the cursor."""
        return self.shown[self.at] if self.shown else None

    def suggestion(self) -> str | None:
        """A choice completes nothing."""
        return None

    def move(self, by: int) -> None:
        """Move the cursor by so many rows, to the ends at most."""
        self.at = max(0, min(self.at + by, len(self.shown) - 1))

    def go(self, row: int) -> bool:
        """To the option drawn in a row (1: the first one drawn); False if the cursor stood there already."""
        to = self._top + row - 1
        moved = to != self.at
        if moved and 0 <= to < len(self.shown):
            self.at = to
        return moved

    def page(self, by: int) -> None:
        """Move the cursor by so many pages."""
        self.move(by * max(1, self._rows - 1))

    def picture(self, cells: int, rows: int) -> Picture:
        """The filter row, and below it as many options as there is room for."""
        self._rows = rows = max(1, min(rows - 1, MOST_ROWS))
        self._top = max(min(self._top, self.at, len(self.shown) - rows), self.at - rows + 1, 0)
        below = [self._row(at, cells) for at in range(self._top, min(self._top + rows, len(self.shown)))]
        if not below and self.choice.question:
            below = [Text(f"   {self.choice.question}", STYLES["yellow"])]
        elif not below:
            below = [Text(f"   {self.choice.empty or _('Nothing matches.')}", STYLES["dim"])]
        if self.choice.question:
            return Picture(Text("   "), [], below)
        note = f"{min(self.at + 1, len(self.shown))}/{len(self.shown)}"
        return Picture(Text.assemble((" / ", STYLES["key"])), [], below, note)

    def _row(self, at: int, cells: int) -> Text:
        label = literal(self.shown[at].label)
        row = Text.assemble(" > " if at == self.at else "   ", label)
        if at == self.at:
            row = clipped(row, cells)
            row.append(" " * (cells - row.cell_len))
            row.stylize(Style(bgcolor=CURSOR))
        return row


def fold(text: str) -> str:
    """A text as it is compared: full-width letters as narrow ones, no upper case."""
    return unicodedata.normalize("NFKC", text).casefold()
