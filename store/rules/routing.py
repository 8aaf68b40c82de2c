"""Whom something reaches: the letters of the RACI matrix route (rulebook §3).

Blocked reports and warnings go to R and A, a coordination meeting invites R, A and C, what is final goes to
all participants, I included. A letter of a department stands for its liaison on the card, else its work lead
there, else its head. Where a subtask has no letters yet its owner counts as R and A with the card's lead, its
collaborators as C, and what is final goes to everybody named on the card.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from store import records as r
from store.board import Board

Event = Literal["blocked", "warning", "dispute", "delay", "coordination", "final"]
"""What reaches people. `delay` is a warning of delay: it reaches the initiating department and the chair of the
meeting the subtask comes from as well (rulebook §8, `delay_notice`)."""

REACHES: dict[Event, str] = {
    "blocked": "RA",
    "warning": "RA",
    "dispute": "RA",
    "delay": "RA",
    "coordination": "RAC",
    "final": "RACI",
}
"""Event -> the letters it reaches."""
ORDER = "RACI"

Subject = r.Card | r.Subtask | r.Issue | r.Milestone | r.Meeting | r.SyncEntry | r.ProgressEntry


def recipients(board: Board, subject: Subject, event: Event) -> tuple[int, ...]:
    """Doc ids of the people `event` on this record reaches, each once, those who must act first.

    A record about one subtask reaches its letters; one about a whole card the letters of all its subtasks.
    `final` adds the lead, the sides of an issue, who was invited to a meeting and who stood in. Nobody who has left.
    """
    card, subtasks = _about(board, subject)
    found: list[int | None] = []
    for each in subtasks:
        held = by_letter(board, each)
        found += [person for letter in REACHES[event] for person in held.get(letter, ())]
    if event == "delay":
        found += _told_of_delay(board, card, subtasks)
    if event == "final":
        found += _of_the_record(board, subject)
        found += [card.lead] if card is not None else []
        if card is not None and (isinstance(subject, r.Card) or not any(map(board.letters_of.get, _ids(subtasks)))):
            found += participants(board, card)
    elif not found and card is not None:
        found = [card.lead]
    return _people(board, found)


def by_letter(board: Board, subtask: r.Subtask) -> dict[str, tuple[int, ...]]:
    """Letter (R, A, C, I) -> people who hold it on a subtask, departments as the person who stands for them.

    Without any letter: the owner is R, the card's lead A, the collaborators C.
    """
    held: dict[str, list[int | None]] = {letter: [] for letter in ORDER}
    rows = [row for row in board.letters_of.get(subtask.id, ()) if row.letters]
    for row in rows:
        person = row.person or stands_for(board, subtask.card, row.department)
        for letter in row.letters:
            held.setdefault(letter, []).append(person)
    if not rows:
        card = board.cards.get(subtask.card)
        held = {"R": [subtask.owner], "A": [card.lead if card else None], "C": [*subtask.collaborators], "I": []}
    return {letter: _people(board, people) for letter, people in held.items()}


def stands_for(board: Board, card: int, department: int | None) -> int | None:
    """The person who stands for a department on a card: its liaison there, its work lead there, else its head."""
    duty = next((each for each in board.duties_of.get(card, ()) if each.department == department), None)
    home = board.departments.get(department or 0)
    named = (duty.liaison, duty.work_lead) if duty else ()
    return next((each for each in (*named, home.head if home else None) if each), None)


def participants(board: Board, card: r.Card) -> tuple[int, ...]:
    """Everybody named on a card: its roles, each department's liaison, work lead and head, owners, collaborators."""
    found: list[int | None] = [card.lead, card.initiator, card.requester_contact, card.tracker, card.acceptor]
    for duty in board.duties_of.get(card.id, ()):
        home = board.departments.get(duty.department)
        found += [duty.liaison, duty.work_lead, home.head if home else None]
    for subtask in board.subtasks_of.get(card.id, ()):
        if subtask.status != "cancelled":
            found += [subtask.owner, *subtask.collaborators]
            found += [row.person for row in board.letters_of.get(subtask.id, ()) if row.letters]
    return _people(board, found)


def _about(board: Board, subject: Subject) -> tuple[r.Card | None, list[r.Subtask]]:
    """The card of a record, and the subtasks whose letters count for it."""
    key = subject.id if isinstance(subject, r.Subtask) else getattr(subject, "subtask", None)
    one = board.subtasks.get(key or 0)
    if isinstance(subject, r.Meeting):
        issue = board.issues.get(subject.issue or 0)
        one = board.subtasks.get(issue.subtask or 0) if issue else None
        card = board.cards.get(board.card_of_meeting(subject) or 0)
    elif isinstance(subject, r.Card):
        card = subject
    else:
        card = board.cards.get(one.card if one else getattr(subject, "card", None) or 0)
    if one is not None:
        return card, [one]
    every = board.subtasks_of.get(card.id, ()) if card else ()
    return card, [each for each in every if each.status != "cancelled"]


def _of_the_record(board: Board, subject: Subject) -> Iterator[int | None]:
    """Who takes part in the record itself."""
    issue = subject if isinstance(subject, r.Issue) else board.issues.get(getattr(subject, "issue", None) or 0)
    if issue is not None:
        sides = (issue.from_department, issue.department, *(each.department for each in issue.positions))
        heads = [board.departments[each].head for each in sides if each in board.departments]
        yield from (issue.raised_by, issue.owner, issue.resolution_owner, *heads)
    if isinstance(subject, r.Meeting):
        yield from (subject.chair, subject.recorder)
        for row in board.attendance_of.get(subject.id, ()):
            yield from (row.person, row.stand_in)


def _told_of_delay(board: Board, card: r.Card | None, subtasks: Iterable[r.Subtask]) -> Iterator[int | None]:
    """The initiating department (its contact on the card, else its head) and chairs of the meetings it came from."""
    if card is not None and card.initiating_department:
        yield card.requester_contact or stands_for(board, card.id, card.initiating_department)
    for each in subtasks:
        line = board.lines.get(each.source_line or 0)
        meeting = board.meetings.get(line.meeting) if line else None
        yield meeting.chair if meeting else None


def _ids(subtasks: Iterable[r.Subtask]) -> list[int]:
    return [each.id for each in subtasks]


def _people(board: Board, found: Iterable[int | None]) -> tuple[int, ...]:
    """Those who are on the board and have not left, each once, in order."""
    known = board.people
    return tuple(dict.fromkeys(each for each in found if each in known and known[each].left_at is None))
