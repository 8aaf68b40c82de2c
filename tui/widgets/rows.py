"""Rows of a live table without a screen: how they are read (`Painter`) and where the cursor stands (`RowWindow`)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final, Generic, NamedTuple, Protocol, TypeVar

from tui.widgets.columns import Cell, Placed


class HasId(Protocol):
    """What a row must have: an id by which the cursor and marks stay with it. Any record or tuple may be a row."""

    @property
    def id(self) -> Hashable:
        """The record's id."""
        ...


R = TypeVar("R", bound=HasId)


def ids_of(rows: Sequence[R]) -> Sequence[Hashable]:
    """The ids of rows; of a sequence that knows them (`ids`), without having its rows made."""
    known: Sequence[Hashable] | None = getattr(rows, "ids", None)
    return [row.id for row in rows] if known is None else known


FOREVER: Final = 1 << 62
"""Later than any second."""


class Lead(NamedTuple):
    """The first column of a row: band glyph, word of at most 4 cells, time of at most 8, the band's style (`over`)."""

    glyph: str
    word: str
    time: str
    band: str


class Painter(Generic[R]):
    """How a screen's rows read. Asked only for rows on screen; `now` is epoch seconds."""

    def lead(self, row: R, now: int) -> Lead:
        """The first column."""
        raise NotImplementedError

    def steady(self, row: R, now: int) -> int:
        """The first second after `now` at which `lead` or `look` may differ: until then a tick passes the row over.

        Default: the next one. FOREVER: none of them counts time.
        """
        return now + 1

    def look(self, row: R, now: int) -> object:
        """All that `cells` and `below` depend on: once it is unequal to what was painted, the row is painted anew.

        Rows with further cells that count time return those texts in it too. Default: the row itself.
        """
        return row

    def cells(self, row: R, now: int, placed: Sequence[Placed]) -> Sequence[Cell]:
        """One cell for each of the columns that stand at this width, in their order."""
        raise NotImplementedError

    def below(self, row: R, now: int) -> Sequence[Cell]:
        """The further lines of a row, for a table with `lines_per_row` above 1."""
        return ()


class RowWindow(Generic[R]):
    """The rows, the cursor among them and the part that is on screen. All positions are row numbers from 0.

    `cursor` and `top` are 0 when there are no rows. The cursor is always within the `page` rows from `top`.
    """

    def __init__(self) -> None:
        self.rows: Sequence[R] = ()
        self.cursor = 0
        self.top = 0
        self.page = 1

    @property
    def row(self) -> R | None:
        """The row under the cursor, None without rows."""
        return self.rows[self.cursor] if self.rows else None

    def replace(self, rows: Sequence[R]) -> None:
        """Other rows: the cursor stays on its record, and that record on its screen line.

        A record that is gone hands the cursor to its nearest neighbour (in the old order, the one below first)
        that is still there; if none is, the cursor keeps its place.
        """
        line = self.cursor - self.top
        if self.rows and rows:
            at = self._survivor(rows)
            self.cursor = min(self.cursor, len(rows) - 1) if at is None else at
        else:
            self.cursor = 0
        self.rows = rows
        self.top = self.cursor - line
        self.clamp()

    def _survivor(self, rows: Sequence[R]) -> int | None:
        before, ids = ids_of(self.rows), ids_of(rows)
        if before[self.cursor] in ids:
            return ids.index(before[self.cursor])
        places = {each: place for place, each in enumerate(ids)}
        for distance in range(1, len(before)):
            for near in (self.cursor + distance, self.cursor - distance):
                if 0 <= near < len(before) and before[near] in places:
                    return places[before[near]]
        return None

    def find(self, row_id: Hashable) -> int | None:
        """Where the row with this id stands, None if it is not among the rows."""
        ids = ids_of(self.rows)
        return ids.index(row_id) if row_id in ids else None

    def move(self, by: int) -> None:
        """The cursor up or down; a step over the edge of the page turns a third of a page.

        Otherwise every step there would send the whole table (5.3 ms and 14.8 kB a key, against 1.7 and 0.7).
        """
        self.cursor = self._inside(self.cursor + by)
        third = max(1, self.page // 3)
        if self.cursor >= self.top + self.page:
            self.top = self.cursor - self.page + third
        elif self.cursor < self.top:
            self.top = self.cursor - third + 1
        self.clamp()

    def turn(self, pages: int) -> None:
        """The page and the cursor with it, whole pages up or down."""
        self.cursor = self._inside(self.cursor + pages * self.page)
        self.top += pages * self.page
        self.clamp()

    def scroll(self, by: int) -> None:
        """The page alone; the cursor is taken along only as far as it must be to stay on screen."""
        self.top = max(0, min(self.top + by, len(self.rows) - self.page))
        self.cursor = self._inside(max(self.top, min(self.cursor, self.top + self.page - 1)))

    def clamp(self) -> None:
        """After rows or page changed: no blank below the last row, and the cursor's row on screen."""
        self.cursor = self._inside(self.cursor)
        self.top = max(self.cursor - self.page + 1, min(self.top, self.cursor))
        self.top = max(0, min(self.top, len(self.rows) - self.page))

    def _inside(self, place: int) -> int:
        return max(0, min(place, len(self.rows) - 1))
