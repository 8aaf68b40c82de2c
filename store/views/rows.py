"""What all rows of lists have in common: the words they can be found by, and what a filter asks of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

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
