"""The RACI matrix of a card: who may hold letters on it, and which they hold (rulebook §3, screens.md §3.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from store.board import Board
from store.records import Duty


class Holder(NamedTuple):
    """A column of the matrix: one department, or one person."""

    department: int | None = None
    person: int | None = None


class Matrix(NamedTuple):
    """Columns from left to right, and (subtask, column) -> its letters; a cell that is not there has none."""

    holders: tuple[Holder, ...]
    letters: Mapping[tuple[int, Holder], str]


def matrix(board: Board, card: int) -> Matrix:
    """The matrix of a card: its departments in order, others that own work or hold letters, people who hold some."""
    subtasks = board.subtasks_of.get(card, ())
    letters = {
        (subtask.id, Holder(row.department, row.person)): row.letters
        for subtask in subtasks
        for row in board.letters_of.get(subtask.id, ())
        if row.letters
    }
    departments: dict[int | None, None] = dict.fromkeys(duty.department for duty in board.duties_of.get(card, ()))
    departments |= dict.fromkeys(subtask.department for subtask in subtasks if subtask.status != "cancelled")
    departments |= dict.fromkeys(holder.department for _, holder in letters)
    departments.pop(None, None)
    people = dict.fromkeys(holder.person for _, holder in letters if holder.person)
    return Matrix((*(Holder(each) for each in departments), *(Holder(None, each) for each in people)), letters)


def unsigned(board: Board, card: int) -> list[Duty]:
    """The duties of a card whose department has not signed the division."""
    return [duty for duty in board.duties_of.get(card, ()) if duty.division_signed_at is None]
