"""Somebody leaves, a department is closed: what they hold goes to a successor, or the sentence says what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from store import records as r
from store.board import Board
from store.changes import Change, compact, put
from store.errors import CrossdeckError, Refused
from store.operations.act import Act, administrators
from store.operations.base import Stamp
from store.operations.passing import Gaps
from store.operations.voiding import UNANSWERED

OVER = frozenset({"completed", "archived", "cancelled"})
"""Stages of cards that stay as they were."""
FINISHED = frozenset({"done", "cancelled"})
"""Statuses of subtasks that stay as they were."""
CARD_ROLES = ("lead", "requester_contact", "tracker", "acceptor", "urgent_contact")
"""Fields of a card that hold a person who acts."""
Held = tuple[r.Record, dict[str, Any]]
"""A record, and what its fields become when a successor takes over."""


class LeaveBoard(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody leaves: from now on they hold no role; what is past keeps their name.

    Args:
        person: who.
        successor: who takes over what they hold: departments they head or are in charge of, roles on cards, open
            subtasks and issues.
    """

    about: ClassVar[str] = "person"

    person: r.PersonRef
    successor: r.PersonRef | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Still there, with a successor (who is there) for whatever they hold; by the administrator."""
        yield from administrators(board, by)
        person = board.people[self.person]
        if person.left_at is not None:
            yield Refused("{name} has left already.", code="refuse.left", name=person.name)
        if self.successor is not None:
            yield from _fit(board, self.person, self.successor)
            return
        if held := [*held_by(board, self.person, 0)]:
            yield Refused(
                "{name} still holds {what}: name a successor, who takes it over.",
                code="refuse.holds",
                name=person.name,
                what=Gaps(_said(board, record) for record, _fields in held),
            )
        if self.person in (board.settings.administrator, board.settings.executive):
            yield Refused(
                "{name} is the board's administrator or executive: set another first (: settings).",
                code="refuse.holds",
                name=person.name,
            )

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The day they left, and what the successor holds now."""
        handed = [put(record, **fields) for record, fields in held_by(board, self.person, self.successor or 0)]
        return compact([put(board.people[self.person], left_at=by.at), *(handed if self.successor else [])])


class RemoveDepartment(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Close a department; refused while it owns work, unless another department takes it over.

    Args:
        department: which.
        successor: the department that takes over its open subtasks and its duties on cards that run.
    """

    about: ClassVar[str] = "department"

    department: r.DepartmentRef
    successor: r.DepartmentRef | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Not closed yet; what it owns has a taker, who is not on the same cards; by the administrator."""
        yield from administrators(board, by)
        gone = board.departments[self.department]
        if gone.removed_at is not None:
            yield Refused("{department} is closed already.", code="refuse.removed", department=gone.name)
        owned = [*owned_by(board, self.department, self.successor or 0)]
        if owned and self.successor is None:
            yield Refused(
                "{department} still owns {what}: name the department that takes it over.",
                code="refuse.owns",
                department=gone.name,
                what=Gaps(_said(board, record) for record, _fields in owned),
            )
        if self.successor is not None:
            yield from self._taker(board, owned)

    def _taker(self, board: Board, owned: list[Held]) -> Iterator[Refused]:
        taker = board.departments[self.successor or 0]
        if taker.id == self.department or taker.removed_at is not None:
            yield Refused("{department} cannot take this over.", code="refuse.removed", department=taker.name)
        cards = {record.card for record, _fields in owned if isinstance(record, r.Duty)}
        both = [d for d in board.duties.values() if d.card in cards and d.department == taker.id]
        for duty in both:
            card = board.cards[duty.card]
            yield Refused(
                "{department} is on card {id} already: take the closed department off that card first (RemoveDuty).",
                code="refuse.double",
                department=taker.name,
                id=card.number or card.name,
            )

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The day it was closed, and what another department owns now (its head is asked to confirm anew)."""
        out: list[Change] = [put(board.departments[self.department], removed_at=by.at)]
        for record, fields in owned_by(board, self.department, self.successor or 0) if self.successor else ():
            if isinstance(record, r.Duty) and record.asked_at is not None:
                fields = {**fields, **UNANSWERED, "asked_at": by.at}
            out.append(put(record, **fields))
        return compact(out)


def held_by(board: Board, person: int, successor: int) -> Iterator[Held]:
    """Every record on which somebody holds a role that is not over, and what it becomes under a successor."""
    for department in board.departments.values():
        yield from _taken(department, ("head", "leader"), person, successor)
    live = {card.id: card for card in board.cards.values() if card.stage not in OVER}
    for card in live.values():
        yield from _taken(card, CARD_ROLES, person, successor)
    for duty in board.duties.values():
        if duty.card in live:
            yield from _taken(duty, ("liaison", "work_lead"), person, successor)
    for subtask in board.subtasks.values():
        if subtask.card in live and subtask.status not in FINISHED:
            yield from _taken(subtask, ("owner",), person, successor)
    for issue in board.issues.values():
        if issue.state != "resolved":
            yield from _taken(issue, ("owner",), person, successor)


def owned_by(board: Board, department: int, successor: int) -> Iterator[Held]:
    """Every record a department owns that is not over, and what it becomes under a successor."""
    live = {card.id for card in board.cards.values() if card.stage not in OVER}
    for table in (board.duties, board.subtasks):
        for record in table.values():
            status = getattr(record, "status", "")
            if record.department == department and record.card in live and status not in FINISHED:
                yield record, {"department": successor}


def _taken(record: r.Record, names: tuple[str, ...], holder: int, successor: int) -> Iterator[Held]:
    fields = {name: successor for name in names if getattr(record, name) == holder}
    if fields:
        yield record, fields


def _fit(board: Board, person: int, successor: int) -> Iterator[Refused]:
    found = board.people[successor]
    if successor == person or found.left_at is not None or found.organisation:
        yield Refused("{name} cannot take this over.", code="refuse.left", name=found.name)


def _said(board: Board, record: r.Record) -> CrossdeckError:
    """What is held, in a few words."""
    if isinstance(record, r.Department):
        return CrossdeckError("department {name}", name=record.name)
    if isinstance(record, r.Duty):
        card = board.cards[record.card]
        return CrossdeckError("a duty on {id}", id=card.number or card.name)
    number, name = getattr(record, "number", ""), getattr(record, "name", "") or getattr(record, "title", "")
    return CrossdeckError("{id} {name}", id=number or "?", name=name)
