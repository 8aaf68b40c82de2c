"""Columns of a live table: which of them stand at a width, and a row's cells as one line. Pure, no Textual.

A cell is text, one `(text, tone)`, or a list of them; text is literal and cleaned here. A tone is the
name of a style of `tui.look` (`red`, `dim`, `bar`...; "" is the normal one).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from store.text import clean
from tui.cells import Align, fit, width

Piece = tuple[str, str]
"""Text and the name of its style in `tui.look`."""
Cell = str | Piece | list[Piece]
NORMAL = ""
GAP = 1
LEAST_FLEXIBLE = 6
"""A flexible column narrower than this says nothing; others are dropped first."""


class Column(Struct, frozen=True):
    """One column: `width` cells, fewer (down to `min_width`) before any column leaves.

    A `flexible` one takes the rest, at least `width`. Text too long loses its right end, or with
    `cut="left"` its left one (ids).
    """

    key: str
    title: str
    width: int
    min_width: int | None = None
    flexible: bool = False
    align: Align = "left"
    cut: Align = "right"
    short: str = ""
    """Title where the column is narrower than its own."""

    @property
    def least(self) -> int:
        """The fewest cells it stands in."""
        return self.width if self.min_width is None else self.min_width


class Placed(NamedTuple):
    """A column and the cells it has on this screen."""

    column: Column
    width: int


def choose_columns(columns: Sequence[Column], cells: int, leave_order: Sequence[str] = ()) -> list[Placed]:
    """The columns that stand in `cells` (gaps included), and how wide each is.

    Too narrow: columns with a `min_width` shrink, then those of `leave_order` leave one by one. One that stands there
    and has a `min_width` does not shrink before its turn and does not go then, but shrinks (the bar goes, its % stays).
    What is over widens shrunk columns from left to right, then the first flexible one. Where even what never leaves
    does not fit, the flexible column shrinks to 6 cells and then the rightmost ones go.
    """
    widths = {each.key: each.width if each.key in leave_order else each.least for each in columns}
    full = {each.key: each.width for each in columns}
    least = {each.key: each.min_width for each in columns}
    for key in leave_order:
        if _total(widths) <= cells:
            break
        if (shrunk := least.get(key)) is not None:
            widths[key] = full[key] = shrunk
        else:
            widths.pop(key, None)
    standing = _squeeze([each for each in columns if each.key in widths], widths, cells)
    spare = cells - _total(widths)
    for column in standing:
        more = max(0, min(spare, full[column.key] - widths[column.key]))
        widths[column.key] += more
        spare -= more
    flexible = next((each for each in standing if each.flexible), None)
    if flexible and spare > 0:
        widths[flexible.key] += spare
    return [Placed(column, widths[column.key]) for column in standing]


def _total(widths: dict[str, int]) -> int:
    return sum(widths.values()) + GAP * max(0, len(widths) - 1)


def _squeeze(standing: list[Column], widths: dict[str, int], cells: int) -> list[Column]:
    """Makes what never leaves fit all the same: the flexible column shrinks, then the rightmost go."""
    flexible = next((each for each in standing if each.flexible), standing[0] if standing else None)
    while flexible and (over := _total(widths) - cells) > 0:
        widths[flexible.key] = max(min(LEAST_FLEXIBLE, widths[flexible.key]), widths[flexible.key] - over)
        if _total(widths) <= cells:
            break
        last = next((each for each in reversed(standing) if each is not flexible), None)
        if last is None:
            widths[flexible.key] = max(0, cells)
            break
        standing = [each for each in standing if each is not last]
        del widths[last.key]
    return standing


def pieces_of(cell: Cell) -> list[Piece]:
    """A cell as pieces of clean text."""
    if isinstance(cell, str):
        return [(clean(cell), NORMAL)]
    if isinstance(cell, tuple):
        return [(clean(cell[0]), cell[1])]
    return [(clean(text), tone) for text, tone in cell]


def fit_cell(cell: Cell, cells: int, align: Align = "left", cut: Align = "right") -> list[Piece]:
    """A cell in exactly `cells` cells, its tones kept; too long a text ends (or, `cut="left"`, begins) with `~`."""
    pieces = pieces_of(cell)
    if len(pieces) == 1:
        text, tone = pieces[0]
        return [(fit(text, cells, align, cut), tone)]
    text = "".join(text for text, _ in pieces)
    spare = cells - width(text)
    if spare >= 0:
        pad = [(" " * spare, NORMAL)]
        return pad + pieces if align == "right" else pieces + pad
    return _cut_pieces(pieces, fit(text, cells))


def _cut_pieces(pieces: list[Piece], short: str) -> list[Piece]:
    """`short` (a cut beginning of the pieces' text) with the tones of the pieces it came from."""
    out: list[Piece] = []
    at = 0
    for text, tone in pieces:
        out.append((short[at : at + len(text)], tone))
        at += len(text)
        if at >= len(short):
            break
    return out


def line_of(cells: Sequence[Cell], placed: Sequence[Placed], total: int) -> list[Piece]:
    """One line of exactly `total` cells: each cell in its column, a blank between, neighbours of a tone joined.

    Fewer cells than columns leave the last columns blank.
    """
    parts: list[Piece] = []
    used = 0
    for at, (column, wide) in enumerate(placed):
        if at:
            parts.append((" " * GAP, NORMAL))
        cell = cells[at] if at < len(cells) else ""
        parts += fit_cell(cell, wide, column.align, column.cut)
        used += wide + (GAP if at else 0)
    parts.append((" " * (total - used), NORMAL))
    return join_pieces(parts)


def join_pieces(parts: Sequence[Piece]) -> list[Piece]:
    """The same text in as few pieces as possible: each costs its colours in bytes on the terminal."""
    out: list[Piece] = []
    for text, tone in parts:
        if not text:
            continue
        if out and out[-1][1] == tone:
            out[-1] = (out[-1][0] + text, tone)
        else:
            out.append((text, tone))
    return out
