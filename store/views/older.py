"""Older history a screen asked for: entries that left the board for its files, read through the store (design §3.8)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from store.errors import CrossdeckError
from store.records import HistoryEntry

if TYPE_CHECKING:
    from store.board import Board
    from store.port import Older as Past
    from store.views.state import BoardState


class Older(Struct, frozen=True, kw_only=True):
    """What was read `about` some records, of the entries below number `first`; `failed` says why it could not be."""

    about: frozenset[int]
    first: int
    entries: Mapping[int, HistoryEntry] = {}
    failed: CrossdeckError | None = None


def first_of(board: Board) -> int:
    """The lowest chain number the board itself holds; 1: all of its history."""
    return min(map(int, board.raws.get("history", ())), default=1)


def take_older(past: Past, state: BoardState, about: frozenset[int], since: int = 0, most: int = 0) -> Older:
    """Read the older history of these records and leave it with the state. May hang as long as the share does."""
    first = first_of(state.board)
    try:
        entries = past.older(state.board, about, since, most) if first > 1 else {}
        state.older = Older(about=about, first=first, entries=entries)
    except CrossdeckError as error:
        state.older = Older(about=about, first=first, failed=error)
    return state.older


def lacking(state: BoardState, about: Collection[int]) -> bool:
    """Whether part of the history of these records lies in files and was not asked for yet."""
    first = first_of(state.board)
    if first <= 1 or not about:
        return False
    older = state.older
    return older is None or older.first != first or not older.about.issuperset(about)


def all_history(state: BoardState) -> list[HistoryEntry]:
    """The entries at hand, newest first: those on the board, then those that were read."""
    older = state.older.entries if state.older is not None else {}
    found = {**older, **state.board.history}
    return [found[number] for number in sorted(found, reverse=True)]
