"""Which rows of a page are on screen: found around the cursor, so that a long page costs what a screen costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text

from tui.cells import width
from tui.editor.page import Place

Draw = Callable[[Place], list[Text]]
Row = tuple[Place, int, Text]
MARGIN = 3
"""The part of the screen below the cursor where the rest of its line is kept in sight: one in so many rows."""


class Viewport:
    """Keeps the cursor's row on its screen line while rows come and go around it."""

    def __init__(self) -> None:
        """Nothing is shown."""
        self.shown: list[tuple[Place, int]] = []
        """Screen row -> place and the number of the row within it."""
        self.focus_line = 0
        """Screen row the cursor stands on."""

    def rows(self, places: Sequence[Place], at: int, focus: int, height: int, draw: Draw) -> list[Text]:
        """The rows on a screen of `height` rows; the cursor stands in row `focus` of `places[at]`."""
        own = _numbered(places[at], draw)
        line = self._line(places, at, focus, height, len(own) - 1 - focus)
        above = _above(places, at, own[:focus], line, draw)
        below = _below(places, at, own[focus:], height - len(above), draw)
        if len(above) + len(below) < height:  # the end of the page: no blank rows while there is more above
            above = _above(places, at, own[:focus], height - len(below), draw)
        self.focus_line = len(above)
        taken = [*above, *below]
        self.shown = [(place, row) for place, row, _text in taken]
        return [text for _place, _row, text in taken]

    def _line(self, places: Sequence[Place], at: int, focus: int, height: int, under: int) -> int:
        """The screen row for the cursor: where it stands now, else the edge it went over."""
        place = places[at]
        line = next((y + focus - row for y, (each, row) in enumerate(self.shown) if each is place), None)
        if line is None:
            first = self.shown[0][0] if self.shown else None
            went_up = first is not None and first in places and places.index(first) > at
            line = 0 if went_up else height - 1
        return max(0, min(line, height - 1 - min(height // MARGIN, max(0, under))))


def cells_changed(before: Sequence[Text], after: Sequence[Text], y: int, wide: int) -> int:
    """The cells, from the left, of `wide` that must be painted anew in a row; a ticking time leaves the rest alone."""
    if y >= len(before) or y >= len(after):
        return wide if y < len(before) or y < len(after) else 0
    a, b = before[y], after[y]
    if a is b:
        return 0
    old, new = a.plain, b.plain
    if a.spans != b.spans or len(old) != len(new) or a.cell_len != b.cell_len:
        return wide
    return 0 if old == new else width(new[: len(new) - _same_end(old, new)])


def _same_end(a: str, b: str) -> int:
    """How many characters at their ends two texts of one length, which differ, have in common."""
    same, unlike = 0, len(a)
    while unlike - same > 1:
        half = (same + unlike) // 2
        same, unlike = (half, unlike) if a[-half:] == b[-half:] else (same, half)
    return same


def _numbered(place: Place, draw: Draw) -> list[Row]:
    return [(place, row, text) for row, text in enumerate(draw(place))]


def _above(places: Sequence[Place], at: int, found: list[Row], room: int, draw: Draw) -> list[Row]:
    """At most `room` rows, the last ones before the cursor's."""
    while len(found) < room and at:
        at -= 1
        found = _numbered(places[at], draw) + found
    return found[max(0, len(found) - room) :] if room else []


def _below(places: Sequence[Place], at: int, found: list[Row], room: int, draw: Draw) -> list[Row]:
    """At most `room` rows, from the cursor's on."""
    while len(found) < room and at + 1 < len(places):
        at += 1
        found = found + _numbered(places[at], draw)
    return found[:room]
