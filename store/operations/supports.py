"""Support asked of a collaborator or a department, and its answer within 48 h (rulebook §8, `support`; T4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from msgspec import field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, derived, needed, wrong_state
from store.operations.base import Stamp, mint
from store.operations.shape import Prose


class AskSupport(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Ask a department or a person for support with a subtask; they answer within 48 h.

    Args:
        id: minted.
        subtask: which.
        department: whom; or
        person: whom.
        text: what is needed.
    """

    adds: ClassVar[str] = "supports"

    id: int = field(default_factory=mint)
    subtask: r.SubtaskRef
    department: r.DepartmentRef | None = None
    person: r.PersonRef | None = None
    text: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """One to ask, what for, work that is not over."""
        subtask = board.subtasks[self.subtask]
        if subtask.status in {"done", "cancelled"}:
            yield wrong_state(subtask, subtask.status, "not_started", "in_progress", "blocked", "awaiting_acceptance")
        if (self.department is None) == (self.person is None):
            yield Refused("Support is asked of one department or one person.", code="refuse.empty")
        if not self.text.strip():
            yield needed("text")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The request."""
        return [
            add(
                r.SupportRequest(
                    id=self.id,
                    subtask=self.subtask,
                    text=self.text,
                    department=self.department,
                    person=self.person,
                    asked_at=by.at,
                    asked_by=by.person,
                )
            )
        ]


class AnswerSupport(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Answer a request for support: promise it, or say why it cannot be given.

    Args:
        support: not answered yet.
        answer: what will be given, by when; or why not.
        declined: it cannot be given; `answer` says why.
    """

    about: ClassVar[str] = "support"

    support: r.SupportRef
    answer: Prose = ""
    declined: bool = False

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Waiting for an answer; by another than who asked; a no with its reason."""
        row = board.supports[self.support]
        if row.answered_at is not None or row.cancelled_at is not None:
            yield Refused("This request for support was answered already.", code="refuse.support")
        elif by.person == row.asked_by and row.person != by.person:
            yield Refused("Who asked for support does not answer it.", code="refuse.support")
        if self.declined and not self.answer.strip():
            yield needed("answer")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The answer, when and by whom."""
        row = board.supports[self.support]
        fields = {"answered_at": by.at, "answered_by": by.person, "answer": self.answer, "declined": self.declined}
        return [put(row, **fields)]


def asked_in(entry: r.ProgressEntry, by: Stamp) -> list[Change]:
    """The requests a progress entry makes: one for each name after `@` (rulebook §4)."""
    return [add(_request(entry, n, one, by)) for n, one in enumerate(entry.supports) if one.department or one.person]


def asked_anew(board: Board, new: r.ProgressEntry, by: Stamp) -> list[Change]:
    """What a correction or withdrawal does to the requests of the entries it replaces.

    Who is still named stays asked (since then), who no longer is need not answer, who is new is asked. A withdrawal
    that is taken back asks again.
    """
    chain = _chain(board, new)
    rows = [row for row in board.supports.values() if row.entry in chain and row.answered_at is None]
    old = board.progress.get(new.replaces or 0)
    if new.withdrawn and old is not None and old.withdrawn:
        return compact([put(row, cancelled_at=None) for row in rows])
    standing = {(row.department, row.person): row for row in board.supports.values() if row.entry in chain}
    wanted = {} if new.withdrawn else {_whom(one): one for one in new.supports}
    changes: list[Change] = [put(row, cancelled_at=by.at) for row in rows if (row.department, row.person) not in wanted]
    for n, (whom, one) in enumerate(wanted.items()):
        if whom in standing:
            fields = {} if standing[whom].answered_at is not None else {"text": one.text, "cancelled_at": None}
            changes.append(put(standing[whom], **fields))
        elif any(whom):
            changes.append(add(_request(new, n, one, by)))
    return compact(changes)


def _chain(board: Board, entry: r.ProgressEntry) -> set[int]:
    """The entries one replaces, and those they replaced in turn."""
    found: set[int] = set()
    key = entry.replaces
    while key is not None and key not in found and key in board.progress:
        found.add(key)
        key = board.progress[key].replaces
    return found


def _whom(one: r.Support) -> tuple[int | None, int | None]:
    """Department or person; of one who has both the person, so that the department is not asked as well."""
    return (one.department if one.person is None else None), one.person


def _request(entry: r.ProgressEntry, n: int, one: r.Support, by: Stamp) -> r.SupportRequest:
    department, person = _whom(one)
    return r.SupportRequest(
        id=derived("support", entry.id, n),
        subtask=entry.subtask,
        text=one.text,
        department=department,
        person=person,
        entry=entry.id,
        asked_at=entry.at,
        asked_by=by.person,
    )
