"""Aside: read-only lines docked below the body (the sum behind a clock, a history, the detail of a row)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text

from tui.widgets.lines import ScrolledLines

HIGHEST = 0.4
"""The part of the screen's height it may take; longer texts scroll."""
LEAST = 4
Make = Callable[[int], Sequence[Text]]
"""The lines for so many cells; asked anew whenever the row under the cursor, the state or the minute changes."""


class Aside(ScrolledLines):
    """Hidden until something is asked for; `topic` says what stands in it, "" when it is hidden."""

    def __init__(self, *, id: str | None = None) -> None:
        """Hidden."""
        super().__init__(id=id)
        self.topic = ""
        self._make: Make | None = None

    def open(self, topic: str, make: Make) -> None:
        """Show what `make` gives, from its first line."""
        self.topic, self._make = topic, make
        self.display = True
        self.draw(keep_scroll=False)

    def close(self) -> None:
        """Give the rows back to the body."""
        self.topic, self._make = "", None
        self.display = False

    def draw(self, *, keep_scroll: bool = True) -> None:
        """Ask for the lines anew; as many rows as they need, up to a part of the screen."""
        if self._make is None or not self.is_attached:
            return
        size = self.screen.size
        lines = self._make(size.width)
        self.styles.height = min(len(lines), max(LEAST, int(size.height * HIGHEST)))
        self.show(lines, keep_scroll=keep_scroll)
