"""Inputs (所需支持): what a subtask needs from another department, by when (rulebook §3, T5; `input` of §8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from msgspec import Meta, field

from store import records as r
from store.board import Board
from store.changes import Change, add, put
from store.errors import Refused
from store.operations.act import Act, Edit, needed, same_fields
from store.operations.base import Stamp, mint
from store.operations.cards import closed_reasons
from store.operations.progress import over_reasons
from store.operations.raci import home_of, signatures_void
from store.operations.wishes import fit


class AddInput(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Say what a subtask needs from another department or person, and by when.

    Args:
        id: minted.
        subtask: which needs it.
        what: what is needed.
        department: from which department; default the supplier's.
        supplier: from whom; default the department's liaison on the card.
        due: instant.
        note: more words.
    """

    adds: ClassVar[str] = "inputs"

    id: int = field(default_factory=mint)
    subtask: r.SubtaskRef
    what: str
    department: r.DepartmentRef | None = None
    supplier: r.PersonRef | None = None
    due: r.Instant | None = None
    note: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """What, from whom, by when; another department than its own; work that is not over."""
        subtask = board.subtasks[self.subtask]
        yield from over_reasons(board, subtask)
        yield from closed_reasons(board.cards.get(subtask.card))
        yield from fit(board, self)
        given = {"what": self.what.strip(), "department": self.department or self.supplier, "due": self.due}
        missing = [name for name, value in given.items() if not value]
        if missing:
            yield needed(*missing)
        yield from _own(subtask, self.department or home_of(board, self.supplier), self.supplier)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The input; the signatures of both departments under the division are void."""
        values = same_fields(self, r.Input)
        values["department"] = self.department or home_of(board, self.supplier)
        new = r.Input(id=self.id, **values)
        return [add(new), *_void(board, new)]


class EditInput(Edit, frozen=True, kw_only=True, omit_defaults=True):
    """Change an input.

    Args:
        input: which.
        fields: any of what, department, supplier, due, note.
    """

    table: ClassVar[str] = "inputs"
    about: ClassVar[str] = "input"
    editable: ClassVar[frozenset[str]] = frozenset({"what", "department", "supplier", "due", "note"})

    input: r.InputRef
    fields: Annotated[dict[str, Any], Meta(extra={"fields": "inputs"})]

    def against(self, board: Board, by: Stamp, new: Any) -> Iterator[Refused]:
        """Still asked for; what, from whom and by when stay filled."""
        yield from closed_reasons(board.cards.get(board.subtasks[new.subtask].card))
        yield from _waiting(board.inputs[self.input])
        yield from fit(board, new, self.fields)
        given = {"what": new.what.strip(), "department": new.department or new.supplier, "due": new.due}
        missing = [name for name, value in given.items() if not value]
        if missing:
            yield needed(*missing)
        yield from _own(board.subtasks[new.subtask], new.department, new.supplier)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The fields; the signatures of the departments concerned are void."""
        changes = super().apply(board, by)
        if not changes or self.fields.keys() <= {"note"}:
            return changes
        return [*changes, *_void(board, board.inputs[self.input], self.edited(board))]


class ReceiveInput(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Say that an input is there: the owner who needed it has received it.

    Args:
        input: not received yet.
        note: what came.
    """

    about: ClassVar[str] = "input"

    input: r.InputRef
    note: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Still waited for."""
        yield from _waiting(board.inputs[self.input])

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """When it was received, and by whom."""
        row = board.inputs[self.input]
        return [put(row, received_at=by.at, received_by=by.person, note=self.note or row.note)]


class CancelInput(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Say that an input is no longer needed.

    Args:
        input: not received yet.
        reason: why.
    """

    about: ClassVar[str] = "input"

    input: r.InputRef
    reason: str

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Still waited for, with a reason."""
        yield from _waiting(board.inputs[self.input])
        if not self.reason.strip():
            yield needed("reason")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """When, and why; the signatures of both departments are void."""
        row = board.inputs[self.input]
        return [put(row, cancelled_at=by.at, note=self.reason), *_void(board, row)]


def _waiting(row: r.Input) -> Iterator[Refused]:
    if row.received_at is not None or row.cancelled_at is not None:
        yield Refused("This input was received or cancelled already.", code="refuse.input")


def _own(subtask: r.Subtask, department: int | None, supplier: int | None) -> Iterator[Refused]:
    own = department is not None and department == subtask.department
    if own or (supplier is not None and supplier == subtask.owner):
        yield Refused("An input comes from another department than the subtask's own.", code="refuse.department")


def _void(board: Board, *rows: r.Input) -> list[Change]:
    """Void the signatures of who supplies and who receives."""
    subtask = board.subtasks[rows[0].subtask]
    return signatures_void(board, subtask.card, [subtask.department, *(row.department for row in rows)])
