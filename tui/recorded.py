"""`Recorded: escalated I-012.`: what the message row says when the journal has taken an entry (screens.md §6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from store.board import Board
from store.operations.base import Operation
from store.views.numbers import given, number_of, table_of
from tui import deeds

NAMED = frozenset({"cards", "subtasks", "issues", "meetings", "sync", "milestones", "agenda"})


def recorded_words(board: Board, operations: Sequence[Operation]) -> str:
    """What was done to which records. What is new is called by its name: its number comes with the file."""
    named = ", ".join(dict.fromkeys(filter(None, (_named(board, each) for each in operations))))
    return deeds.recorded_words(operations[0], named or board.meta.name)


def _named(board: Board, operation: Operation) -> str:
    """Name or number of what an operation made or is about."""
    key = operation.made()
    table = table_of(board, key)
    record: Any = board.table(table).get(key) if table else None
    title: str = getattr(record, "title", "") or getattr(record, "name", "") or getattr(record, "topic", "")
    number = given(number_of(board, table, key)) or ""
    return title or number if operation.adds in NAMED else number or title
