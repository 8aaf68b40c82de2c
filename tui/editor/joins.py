"""What Backspace did to lines, so that undo brings it back: two that were joined, a blank one that went."""

from __future__ import annotations

from typing import NamedTuple

from tui.editor.page import Line, Page

MOST = 100
"""How many are remembered."""


class Join(NamedTuple):
    """`line` stood behind `before`, whose text ends at `end` without it; what it says stands in `before` now."""

    before: Line
    end: int
    line: Line


class Joins:
    """The joins of one page, newest last."""

    def __init__(self, page: Page) -> None:
        """None yet."""
        self._page = page
        self._done: list[Join] = []

    def remember(self, before: Line, end: int, line: Line) -> None:
        """A line is about to go into the one before it."""
        self._done.append(Join(before, end, line))
        del self._done[:-MOST]

    def part(self, before: Line) -> Line | None:
        """Part the newest join, if this line is what came of it; gives the line that stands by itself again."""
        if not self._done or self._done[-1].before is not before or len(before.text) < self._done[-1].end:
            return None
        _before, end, line = self._done.pop()
        section = self._page.section_of(before)
        if section is None:
            return None
        line.text = before.text[end:]
        self._page.typed(before, before.text[:end])
        if line.id in section.removed:
            section.removed.discard(line.id)
        elif line.stored is not None or line.sent is not None:
            line.renew()  # the board has it taken out by now
        return self._page.insert(section, before, line)
