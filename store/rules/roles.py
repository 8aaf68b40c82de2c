"""Who holds which role on a card, defaults filled in (rulebook §1), and who is named on it."""

from __future__ import annotations

from collections.abc import Iterable

from store.board import Board
from store.records import Card, Duty

HELD = frozenset({"held", "draft", "in_review", "final"})
"""States of a meeting that took place."""


def duties_on(board: Board, card: int) -> list[Duty]:
    """A card's duties in its order. One pass: cheaper than the Board's index for a single question."""
    return sorted((duty for duty in board.duties.values() if duty.card == card), key=lambda d: (d.order, d.id))


def has_left(board: Board, person: int | None) -> bool:
    """Whether somebody who was on the board has left (nobody at all has not)."""
    found = board.people.get(person or 0)
    return found is not None and found.left_at is not None


def head_of(board: Board, department: int | None) -> int | None:
    """The head of a department who is still there."""
    found = board.departments.get(department or 0)
    return found.head if found and found.head and not has_left(board, found.head) else None


def tracker_of(card: Card) -> int | None:
    """Who reviews the tracking table each week (进度跟踪专人), by default the lead."""
    return card.tracker or card.lead


def requester_of(board: Board, card: Card) -> int | None:
    """The requester contact (需求对接人): by default the initiating department's liaison, else the initiator."""
    if card.requester_contact:
        return card.requester_contact
    own = next((d for d in duties_on(board, card.id) if d.department == card.initiating_department), None)
    return (own.liaison if own else None) or card.initiator or head_of(board, card.initiating_department)


def kickoff_settled(board: Board, card: Card) -> bool:
    """Whether the kickoff was held (as a meeting or by a note) or is recorded as not held."""
    if not card.kickoff or card.kickoff_note.strip():
        return True
    return any(m.kind == "kickoff" and m.card == card.id and m.state in HELD for m in board.meetings.values())


def named_on(board: Board, card: Card) -> tuple[int, ...]:
    """Everyone named on a card, once: its roles, heads, liaisons, work leads, owners and collaborators (§2).

    People from outside and those who left are not asked.
    """
    found = [card.lead, card.initiator, requester_of(board, card), tracker_of(card), card.acceptor, card.urgent_contact]
    for duty in duties_on(board, card.id):
        found += [head_of(board, duty.department), duty.liaison, duty.work_lead]
    for subtask in board.subtasks.values():
        if subtask.card == card.id and subtask.status != "cancelled":
            found += [subtask.owner, *subtask.collaborators]
    people = (board.people.get(each or 0) for each in dict.fromkeys(found))
    return tuple(p.id for p in people if p and not p.organisation and p.left_at is None)


def is_unsigned(card: Card, duties: Iterable[Duty]) -> bool:
    """Whether work goes on under a card that not every department has signed as it stands."""
    return card.stage in {"active", "acceptance"} and any(duty.answer != "signed" for duty in duties)


def is_asking(duty: Duty) -> bool:
    """Whether a department waits for information it asked for."""
    return duty.question_at is not None and duty.reply_at is None
