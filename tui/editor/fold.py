"""Long lines in rows, with the place of every character kept, so that a text cursor can stand in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from tui.cells import row_ends, width


def fold(text: str, cells: int) -> list[int]:
    """Indexes at which the rows of `text` begin, the first is 0. A row takes `cells` cells (2 at least).

    Rows break as in `tui.cells.wrap`, and at line breaks, but nothing is left out: blanks that find no room
    hang over the end of their row.
    """
    cells = max(2, cells)
    starts = [0]
    begin = 0
    for line in text.split("\n"):
        end = begin + len(line)
        starts.extend(row for row in row_ends(text, begin, end, cells) if row < end)
        if end < len(text):
            starts.append(end + 1)
        begin = end + 1
    return starts


def fold_again(text: str, cells: int, before: str, starts: Sequence[int]) -> list[int]:
    """As `fold`, of a text whose earlier version `before` began its rows at `starts`: rows that stand are kept.

    So a key at the end of a very long line costs as much as one in a short line.
    """
    row = 0
    while row + 1 < len(starts) and text[starts[row] : starts[row + 1]] == before[starts[row] : starts[row + 1]]:
        row += 1
    row = max(0, row - 1)  # a character behind a row can still change where that row ends
    kept = starts[row]
    return [*starts[:row], *(kept + start for start in fold(text[kept:], cells))]


def rows_of(text: str, starts: Sequence[int]) -> list[str]:
    """The rows themselves, without the blanks that hang over."""
    ends = [*starts[1:], len(text)]
    return [text[a:b].rstrip() for a, b in zip(starts, ends, strict=True)]


def place_of(text: str, starts: Sequence[int], index: int) -> tuple[int, int]:
    """Row and cell of the character at `index`."""
    row = bisect_right(starts, index) - 1
    return row, width(text[starts[row] : index])


def index_at(text: str, starts: Sequence[int], row: int, cell: int) -> int:
    """Index of the character that stands nearest to a cell of a row."""
    end = starts[row + 1] - 1 if row + 1 < len(starts) else len(text)
    at, used = starts[row], 0
    while at < end and used + width(text[at]) <= cell:
        used += width(text[at])
        at += 1
    return at
