"""The numbers people see of records, and of records without one that of what they hang on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from store.board import Board
from store.records import TABLES

PARENTS: dict[str, Callable[[Any], tuple[str, int | None]]] = {
    "duties": lambda record: ("cards", record.card),
    "milestones": lambda record: ("subtasks", record.subtask) if record.subtask else ("cards", record.card),
    "progress": lambda record: ("subtasks", record.subtask),
    "steps": lambda record: ("issues", record.issue),
    "attendance": lambda record: ("meetings", record.meeting),
    "agenda": lambda record: ("meetings", record.meeting),
    "lines": lambda record: ("meetings", record.meeting),
    "reviews": lambda record: ("meetings", record.meeting),
    "amendments": lambda record: ("meetings", record.meeting),
    "sync": lambda record: ("cards", record.card),
    "incidents": lambda record: ("subtasks", record.subtask),
    "letters": lambda record: ("subtasks", record.subtask),
    "inputs": lambda record: ("subtasks", record.subtask),
    "scopes": lambda record: ("subtasks", record.subtask),
    "joint_reviews": lambda record: ("subtasks", record.subtask),
    "supports": lambda record: ("subtasks", record.subtask),
    "passes": lambda record: ("cards", record.card),
    "acceptances": lambda record: ("cards", record.card),
    "retros": lambda record: ("cards", record.card),
}
"""What a record without a number of its own hangs on."""


def number_of(board: Board, table: str, key: int | None) -> str | None:
    """The number people see of a record, else that of what it hangs on; people, departments, settings: their name."""
    record: Any = board.table(table).get(key or 0) if table else None
    if record is None:
        return None
    if table in PARENTS:
        return number_of(board, *PARENTS[table](record))
    return getattr(record, "number", "") or getattr(record, "name", "") or getattr(record, "key", "") or None


def table_of(board: Board, key: int) -> str:
    """The table a doc id stands in; empty if in none (0 is the board itself)."""
    return next((name for name in TABLES if key in board.table(name)), "") if key else ""


def given(number: str | None) -> str | None:
    """A number that has been given out; `?` stands in one that is given when its record is written."""
    return number if number and not number.endswith("?") else None
