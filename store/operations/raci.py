"""RACI letters and the signatures under the division of work (rulebook §3; `division` of §8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, behalf, derived, heads, wrong_state
from store.operations.base import Stamp
from store.operations.cards import closed_reasons, duties_of
from store.rules.division import gaps, letters_of

SIGNED = ("circulating", "active", "acceptance")
"""Stages in which a division is signed."""

UNSIGNED_DIVISION: Mapping[str, None] = {
    "division_signed_at": None,
    "division_signed_by": None,
    "division_signed_for": None,
}
"""A duty whose department has not signed the division."""


class SetLetters(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Set the RACI letters of a department or a person on a subtask.

    Args:
        subtask: which.
        department: whose; or
        person: whose.
        letters: any of R, A, C, I (`AR`); empty or `-` for none.
    """

    about: ClassVar[str] = "subtask"

    subtask: r.SubtaskRef
    department: r.DepartmentRef | None = None
    person: r.PersonRef | None = None
    letters: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """One department or person, known letters, work that is not over."""
        if (self.department is None) == (self.person is None):
            yield Refused("Letters belong to one department or one person.", code="refuse.empty")
        if letters_of(self.letters) is None:
            yield Refused('"{text}" is not of R, A, C, I.', code="refuse.letters", text=self.letters)
        subtask = board.subtasks[self.subtask]
        if subtask.status == "cancelled":
            yield wrong_state(subtask, subtask.status, "not_started", "in_progress", "blocked", "awaiting_acceptance")
        yield from closed_reasons(board.cards.get(subtask.card))

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The letters, and the signature of their department void if they differ."""
        key = letter_id(self.subtask, self.department, self.person)
        letters = letters_of(self.letters) or ""
        stored = board.letters.get(key)
        if (stored.letters if stored else "") == letters:
            return []
        subtask = board.subtasks[self.subtask]
        new = r.Letter(id=key, subtask=self.subtask, department=self.department, person=self.person, letters=letters)
        home = self.department or home_of(board, self.person)
        change: Change = put(stored, letters=letters) if stored else add(new)
        return [change, *signatures_void(board, subtask.card, [home])]


class SignDivision(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Sign the division of work with its RACI for a department; the last signature completes it.

    Args:
        card: circulating or active, its division complete.
        department: on the card; by its head, without a registered head anybody of the department may.
    """

    about: ClassVar[str] = "card"

    card: r.CardRef
    department: r.DepartmentRef

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A department of the card that has not signed, its head, and nothing missing in the division."""
        card = board.cards[self.card]
        if card.stage not in SIGNED:
            yield wrong_state(card, card.stage, *SIGNED)
        duty = _duty(board, self.card, self.department)
        if duty is None:
            name = board.department_name(self.department)
            yield Refused("{department} is not on this card.", code="refuse.department", department=name)
        elif duty.division_signed_at is not None:
            yield Refused("Nothing here waits for your {verb}.", code="refuse.none", verb="sign")
        yield from heads(board, by, self.department)
        missing = [finding.why for finding in gaps(board, self.card)]
        if missing:
            yield Refused("The division cannot be signed yet: {reasons}.", code="gate.division", reasons=tuple(missing))

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """Who signed and when; with the last one when the division was complete and signed."""
        duties = duties_of(board, self.card)
        duty = next(each for each in duties if each.department == self.department)
        fields = {
            "division_signed_at": by.at,
            "division_signed_by": by.person,
            "division_signed_for": behalf(by, _heads(board, self.department)),
        }
        changes: list[Change] = [put(duty, **fields)]
        others = [each for each in duties if each.id != duty.id]
        card = board.cards[self.card]
        if card.division_at is None and all(each.division_signed_at is not None for each in others):
            changes.append(put(card, division_at=by.at))
        return changes


def letter_id(subtask: int, department: int | None, person: int | None) -> int:
    """The one row of letters a department or a person has on a subtask."""
    return derived("letter", subtask, department or 0, person or 0)


def home_of(board: Board, person: int | None) -> int | None:
    """The department of a person."""
    found = board.people.get(person or 0)
    return found.department if found else None


def signatures_void(board: Board, card: int, departments: Iterable[int | None]) -> list[Change]:
    """The division signatures of these departments void: what they signed for is another one now (rulebook §3).

    When the division was first complete stays as it was (`division_at`).
    """
    touched = {each for each in departments if each}
    if not touched:
        return []
    signed = [each for each in duties_of(board, card) if each.department in touched]
    return compact([put(each, **UNSIGNED_DIVISION) for each in signed])


def touched_by(board: Board, old: r.Subtask | None, new: r.Subtask) -> set[int | None]:
    """The departments whose signature an edit of a subtask touches: none unless owner or finish differ.

    The one responsible, those of the old and the new owner, with a new finish also who holds R or A and whose work
    waits for it. A new subtask touches those of its own.
    """
    homes = {new.department, home_of(board, new.owner)}
    if old is None:
        return homes
    found: set[int | None] = set()
    if (old.owner, old.department) != (new.owner, new.department):
        found |= homes | {old.department, home_of(board, old.owner)}
    if old.planned_finish != new.planned_finish:
        rows = [row for row in board.letters.values() if row.subtask == new.id and set(row.letters) & set("RA")]
        found |= homes | {row.department or home_of(board, row.person) for row in rows}
        found |= {each.department for each in board.subtasks.values() if new.id in each.depends_on}
    return found


def _duty(board: Board, card: int, department: int) -> r.Duty | None:
    return next((each for each in duties_of(board, card) if each.department == department), None)


def _heads(board: Board, department: int) -> list[int | None]:
    head = board.departments[department].head
    return [head] if head else []
