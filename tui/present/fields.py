"""Names of fields and values of records in the reader's language, as the rulebook's glossary has them."""

from __future__ import annotations

from typing import Any

from store.operations.shape import Shape, members
from store.records import TABLES
from store.views.state import BoardState
from tui import words
from tui.field_words import WORDS, value_word
from tui.present.why import instant_text


def value_words(state: BoardState, table: str, name: str, value: Any, now: int) -> str:
    """A field's value as JSON holds it, in words; `-` for nothing."""
    if value is None or value in ("", []):
        return "-"
    if (table, name) in WORDS and isinstance(value, str):
        return value_word(table, name, value)
    shape = members(TABLES[table]).get(name) if table in TABLES else None
    return shaped_words(state, shape, value, now)


def shaped_words(state: BoardState, shape: Shape | None, value: Any, now: int) -> str:
    """A value in words by the shape of its field alone."""
    if isinstance(value, list):
        return ", ".join(shaped_words(state, shape.inner if shape else None, part, now) for part in value)
    if isinstance(value, bool):
        return words.yes_no(yes=value)
    if shape is not None and isinstance(value, int):
        if shape.kind == "ref":
            return record_words(state, shape.table, value) or "?"
        if shape.kind == "instant":
            return instant_text(state, value, now)
    return str(value)


def record_words(state: BoardState, table: str, key: int) -> str:
    """Number and name of a record, in one line; empty if it is not on the board."""
    board = state.board
    record: Any = board.table(table).get(key)
    if record is None:
        return ""
    number = getattr(record, "number", "")
    if table == "issues":
        return f"{number} {record.title}".strip()
    if table == "progress":
        return record_words(state, "subtasks", record.subtask)
    if table == "duties":
        return board.department_name(record.department)
    if table == "attendance":
        return board.person_name(record.person)
    if table == "subtasks":
        number = number.rsplit("-", 1)[-1]
    texts = (getattr(record, name, "") for name in ("name", "topic", "title", "text", "key"))
    return f"{number} {next((text for text in texts if text), '')}".strip().partition("\n")[0]
