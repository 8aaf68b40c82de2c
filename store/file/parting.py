"""What leaves the board for the archive in one commit, and whoever puts it there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from store.board import Board
from store.changes import Change
from store.records import Record


class Parting(Struct, frozen=True):
    """One operation that takes records off the board.

    `board` as it stood before it, its `changes`, the `records` by table, the same records as the `documents` the file
    has (table -> doc id as text), and the `history` entries of this commit up to its own.
    """

    board: Board
    changes: Sequence[Change]
    records: Mapping[str, Mapping[int, Record]]
    documents: Mapping[str, Mapping[str, Mapping[str, Any]]]
    history: Sequence[Mapping[str, Any]]


Keep = Callable[[Parting], object]
"""Puts what leaves into the archive, to the disk. Raises OSError."""
