"""Which cards' clocks may differ between two revisions of a board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from store.board import Board
from store.indexes import differing
from store.records import Meeting

BY_CARD = ("duties", "milestones", "subtasks", "issues", "acceptances", "retros")
"""Tables whose records name their card."""
BY_SUBTASK = ("progress", "inputs", "supports", "incidents")
"""Tables whose records name a subtask."""
EVERYTHING = frozenset({"people", "departments", "settings"})
"""Tables of which any change may touch any clock."""


def affected_cards(before: Board, after: Board) -> frozenset[int | None] | None:
    """Return the cards whose clocks may differ between two Boards; None if any may."""
    found: set[int | None] = set()
    for table, ids in differences(before, after):
        if table in EVERYTHING:
            return None
        for board in (before, after):
            found.update(cards_of(board, table, ids))
    return frozenset(found)


def differences(before: Board, after: Board) -> Iterator[tuple[str, list[int]]]:
    """Yield (table, doc ids) that differ, of the tables clocks are made from."""
    for table in (*EVERYTHING, "cards", *BY_CARD, *BY_SUBTASK, "sync", "steps", "meetings"):
        ids = differing(before.table(table), after.table(table))
        if ids:
            yield table, ids


def cards_of(board: Board, table: str, ids: Iterable[int]) -> Iterator[int | None]:
    """Yield the cards on which records of a table hang (None: a meeting without one)."""
    if table == "cards":
        yield from ids
        return
    rows = board.table(table)
    for record in [row for key in ids if (row := rows.get(key)) is not None]:
        if table in BY_SUBTASK:
            subtask = board.subtasks.get(getattr(record, "subtask", 0))
            if subtask is not None:
                yield subtask.card
        elif table == "steps":
            issue = board.issues.get(getattr(record, "issue", 0))
            if issue is not None:
                yield issue.card
        elif isinstance(record, Meeting):
            yield board.card_of_meeting(record)
        elif table == "sync" or getattr(record, "card", None) is not None:
            yield getattr(record, "card", None)
