"""What all rows of lists have in common: the words they can be found by, and what a filter asks of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar, overload

from msgspec import Struct

if TYPE_CHECKING:
    from store.views.state import BoardState

IsWord = Literal["breached", "24h", "blocked", "escalated", "unconfirmed", "silent", "mine", "resolved", "archived"]
"""What `is:` can ask, in the order the presets stand (screens 3.1)."""

DAY_LEFT = 86_400
ESCALATED = 2
"""From this tier on an issue counts as escalated."""


class Facets(Struct, frozen=True, gc=False):
    """What a row is found by: texts in case-folded form, one item a line, and the people it concerns."""

    text: str
    departments: str
    people: str
    ids: frozenset[int]


class Row(Protocol):
    """A row of a list."""

    @property
    def id(self) -> int:
        """Doc id of the record."""

    @property
    def due(self) -> int | None:
        """When its nearest open clock is due, None without one."""

    @property
    def shelved(self) -> IsWord | None:
        """The `is:` word that brings the row to light; None if it is always shown."""

    def holds(self, word: IsWord, now: int) -> bool:
        """Say whether an `is:` word is true of the row (`mine` is answered by its facets)."""

    def facets(self, state: BoardState) -> Facets:
        """Return what the row is found by."""


R = TypeVar("R")


class RowsOnDemand(Mapping[int, R]):
    """Doc id -> row, each made when it is first asked for: a start asks for those on screen alone."""

    def __init__(self, records: Mapping[int, Any], make: Callable[[Any], R], made: Mapping[int, R]) -> None:
        """`make` gives the row of a record, `made` are the rows that stand already."""
        self._records, self._make = records, make
        self.made = dict(made)

    def __getitem__(self, key: int) -> R:
        """Return the row of a record. Raises KeyError."""
        row = self.made.get(key)
        if row is None:
            row = self.made[key] = self._make(self._records[key])
        return row

    def __iter__(self) -> Iterator[int]:
        """Yield all doc ids, in the board's order."""
        return iter(self._records)

    def __len__(self) -> int:
        """Return how many rows there are, made or not."""
        return len(self._records)


class RowsInOrder(Sequence[R], Generic[R]):
    """Rows in an order of their doc ids, which are known without making a row."""

    def __init__(self, ids: Sequence[int], rows: Mapping[int, R]) -> None:
        """`rows` has a row for each of `ids`."""
        self.ids, self._rows = ids, rows

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> RowsInOrder[R]: ...
    def __getitem__(self, at: int | slice) -> R | RowsInOrder[R]:
        """Return a row, or some of them."""
        return RowsInOrder(self.ids[at], self._rows) if isinstance(at, slice) else self._rows[self.ids[at]]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.ids)


def within_a_day(due: int | None, now: int) -> bool:
    """Say whether a due lies in the next 24 hours."""
    return due is not None and 0 <= due - now <= DAY_LEFT


def fold(*texts: str) -> str:
    """Return texts as they are searched: case-folded, one a line."""
    return "\n".join(texts).casefold()


def department_words(state: BoardState, *departments: int | None) -> str:
    """Return names and codes of departments as they are searched."""
    table = state.folded_departments
    return "\n".join([table[each] for each in departments if each in table])


def people_words(state: BoardState, people: frozenset[int]) -> str:
    """Return names of people as they are searched."""
    table = state.folded_people
    return "\n".join([table[each] for each in people if each in table])
