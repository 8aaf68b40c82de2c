"""Somebody leaves, a department is closed: what they hold goes to a successor, or the sentence says what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from store import records as r
from store.board import Board
from store.changes import Change, compact, drop, merged, put
from store.errors import CrossdeckError, Refused
from store.operations.act import WHAT, Act, administrators
from store.operations.base import Stamp
from store.operations.held import Held, both, card_of, handed, held_by, owned_by, sides_of
from store.operations.passing import Gaps
from store.operations.raci import UNSIGNED_DIVISION, signatures_void
from store.operations.voiding import ONE_SIGNS, UNANSWERED, asked_anew
from store.rules.roles import duties_on

NAMED = ("name", "title", "what", "text", "promise", "topic")
"""Fields that may say what a record is about, the first that is filled in."""
MOST = 60
"""Characters of one held record in a sentence."""


class LeaveBoard(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody leaves: from now on they hold no role; what is past keeps their name.

    Args:
        person: who.
        successor: who takes over what they hold: departments they head or are in charge of, roles on cards, open
            subtasks (what a collaborator provides too), milestones, inputs, supports, issues, promises, letters, and
            meetings to come with their invitations and action items.
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
        if self.person in (board.settings.administrator, board.settings.executive):
            yield Refused(
                "{name} is the board's administrator or executive: set another first (: settings).",
                code="refuse.holds",
                name=person.name,
            )
        if self.successor is not None:
            yield from _fit(board, self.person, self.successor)
        elif held := [*held_by(board, self.person, 0)]:
            yield Refused(
                "{name} still holds {what}: name a successor, who takes it over.",
                code="refuse.holds",
                name=person.name,
                what=Gaps(said(board, each.record) for each in held),
            )

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The day they left, and what the successor holds now; signatures under a division it touches are void."""
        gone = compact([put(board.people[self.person], left_at=by.at)])
        held = [*held_by(board, self.person, self.successor or 0)] if self.successor else []
        return merged(gone, _taken_over(board, held, self.person, self.successor or 0, by.at))


class RemoveDepartment(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Close a department; refused while it owns work, unless another department takes it over.

    Args:
        department: which.
        successor: the department that takes over its duties, open subtasks, milestones, inputs, supports, issues and
            letters on cards that run.
    """

    about: ClassVar[str] = "department"

    department: r.DepartmentRef
    successor: r.DepartmentRef | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Not closed yet; what it owns has a taker; by the administrator."""
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
                what=Gaps(said(board, each.record) for each in owned),
            )
        taker = board.departments.get(self.successor or 0)
        if taker is not None and (taker.id == self.department or taker.removed_at is not None):
            yield Refused("{department} cannot take this over.", code="refuse.removed", department=taker.name)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The day it was closed, and what another department owns now (its head is asked to confirm anew).

        Where that one is on the card already its duty takes in the other's words, and the closed one's goes.
        """
        gone = compact([put(board.departments[self.department], removed_at=by.at)])
        if self.successor is None:
            return gone
        owned = [*owned_by(board, self.department, self.successor)]
        changes = merged(gone, _taken_over(board, owned, self.department, self.successor, by.at))
        for each in owned:
            if isinstance(each.record, r.Duty):
                changes = merged(changes, _duty_taken_over(board, by, each.record, self.successor))
        return changes


def said(board: Board, record: r.Record) -> CrossdeckError:
    """What is held, in a few words: `input 渠道数据`, `duty Q4营销-2026-001`."""
    tables = {cls: name for name, cls in r.TABLES.items()}
    subtask, card = board.subtasks.get(getattr(record, "subtask", 0) or 0), board.cards.get(card_of(board, record))
    own = next((str(text) for name in NAMED if (text := getattr(record, name, ""))), "")
    meeting = board.meetings.get(getattr(record, "meeting", 0) or 0)
    above = meeting if isinstance(record, r.Attendance) else subtask if isinstance(record, r.Letter) else card
    name = own or (getattr(above, "number", "") or getattr(above, "name", "") if above else "")
    number = getattr(record, "number", "")
    return CrossdeckError("{what} {id}", what=WHAT[tables[type(record)]], id=f"{number} {name}".strip()[:MOST])


def _duty_taken_over(board: Board, by: Stamp, duty: r.Duty, successor: int) -> list[Change]:
    """A duty another department takes over: its head is asked to confirm and to sign anew."""
    own = next((each for each in duties_on(board, duty.card) if each.department == successor), None)
    if own is None:
        asked = {**UNANSWERED, "asked_at": by.at} if duty.asked_at is not None else {}
        return compact([put(duty, department=successor, **asked, **UNSIGNED_DIVISION)])
    words = {name: both(getattr(own, name), getattr(duty, name)) for name in sorted(ONE_SIGNS)}
    grown = compact([put(own, **words, **UNSIGNED_DIVISION)])
    anew = asked_anew(board, by, [own], ", ".join(name for name in words if words[name] != getattr(own, name)))
    return [drop(duty), *merged(grown, anew if own.answer != "pending" else [])]


def _taken_over(board: Board, held: Iterable[Held], gone: int, successor: int, at: int) -> list[Change]:
    """The changes by which a successor takes everything over, the signatures it touches void."""
    changes: list[Change] = []
    sides: dict[int, set[int | None]] = {}
    for each in held:
        changes = merged(changes, compact(handed(board, each, gone, successor, at)))
        sides.setdefault(card_of(board, each.record), set()).update(sides_of(board, each))
    for card, departments in sides.items():
        changes = merged(changes, signatures_void(board, card, departments))
    return changes


def _fit(board: Board, person: int, successor: int) -> Iterator[Refused]:
    found = board.people[successor]
    if successor == person or found.left_at is not None or found.organisation:
        yield Refused("{name} cannot take this over.", code="refuse.left", name=found.name)
