"""What is asked of the people and the duties a card names: people who are there, duties that say something.

A duty is role + action + delivery standard (岗位+动作+交付标准); one that only supports the promotion is refused (T1).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from store.board import Board
from store.errors import Refused
from store.operations.base import Stamp
from store.operations.concrete import DUTY_PARTS, concrete_duty
from store.rules.roles import has_left, head_of

ROLES = ("lead", "requester_contact", "tracker", "liaison", "work_lead", "owner", "supplier", "responsible")
"""Fields that name somebody who must act: never people from outside (rulebook §1)."""


def duty_reasons(board: Board, duty: Any, changed: Collection[str] = DUTY_PARTS) -> Iterator[Refused]:
    """Refuse a vague duty, one of a closed department, and a liaison or work lead who cannot act."""
    yield from concrete_duty(board, duty, changed)
    yield from fit_place(board, duty.department)
    yield from fit_people(board, duty)


def fit(board: Board, record: Any, changed: Collection[str] | None = None) -> Iterator[Refused]:
    """Refuse work for somebody who has left or a department that is closed; `changed`: only where it is named anew."""
    yield from fit_people(board, record, ROLES if changed is None else changed)
    if changed is None or "department" in changed:
        yield from fit_place(board, record.department)


def fit_place(board: Board, department: int | None) -> Iterator[Refused]:
    """Refuse a department that is closed."""
    place = board.departments.get(department or 0)
    if place is not None and place.removed_at is not None:
        yield Refused("{department} is closed.", code="refuse.removed", department=place.name)


def fit_people(board: Board, record: Any, changed: Collection[str] = ROLES) -> Iterator[Refused]:
    """Refuse to name people for roles who have left or are from outside."""
    for name in ROLES:
        person = board.people.get(getattr(record, name, None) or 0) if name in changed else None
        if person is None:
            continue
        if person.organisation:
            yield Refused(
                "{name} is from outside and cannot be {role}.",
                code="refuse.outside",
                name=person.name,
                role=name.replace("_", " "),
            )
        elif has_left(board, person.id):
            yield Refused(
                "{name} has left and cannot be {role}.",
                code="refuse.left",
                name=person.name,
                role=name.replace("_", " "),
            )


def registered(board: Board, by: Stamp, department: int, liaison: int | None) -> dict[str, Any]:
    """By whom and when a liaison is registered; nothing for a head, who needs no registration (T1)."""
    if liaison is None or liaison == head_of(board, department):
        return {"liaison_registered_at": None, "liaison_registered_by": None}
    return {"liaison_registered_at": by.at, "liaison_registered_by": by.person}
