"""What a clock hangs on, by the numbers people see (`list clocks --json`, section 11 of issue 2)."""

from __future__ import annotations

from store.board import Board
from store.rules.clocks import Clock


def subject_number(board: Board, clock: Clock) -> str:
    """Return the number of the record a clock hangs on; where it has none (a duty, a milestone) its parent's."""
    key = clock.subject
    if clock.table == "progress" and key in board.progress:
        key = board.progress[key].subtask
        found = board.subtasks.get(key)
        return found.number if found else card_number(board, clock)
    if clock.table == "milestones" and key in board.milestones:
        subtask = board.subtasks.get(board.milestones[key].subtask or 0)
        return subtask.number if subtask else card_number(board, clock)
    record = board.table(clock.table).get(key)
    return str(getattr(record, "number", "")) or card_number(board, clock)


def card_number(board: Board, clock: Clock) -> str:
    """Return the number of the card a clock belongs to, empty for a meeting without one."""
    card = board.cards.get(clock.card or 0)
    return card.number if card else ""
