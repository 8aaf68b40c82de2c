"""What the operations of this package share: texts cleaned at the door, references that exist, roles, guards.

Fields of an error that hold a word of the glossary (`role`, `what`, `state`, `needs`, `missing`, `field`) hold
the English one, several joined by ", ": whoever shows the sentence translates them like any other word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

import msgspec
from msgspec.structs import force_setattr

from store import records as r
from store.board import Board
from store.changes import Change, compact, put
from store.errors import NotFound, Refused
from store.operations.base import Operation, Stamp
from store.operations.shape import LINE_LIMIT, PROSE_LIMIT, leaves, members
from store.operations.shape import cleaned as clean_value
from store.rules.roles import head_of
from store.tokens import digest

WHAT: Mapping[str, str] = {
    "departments": "department",
    "people": "person",
    "cards": "card",
    "duties": "duty",
    "milestones": "milestone",
    "subtasks": "subtask",
    "progress": "progress entry",
    "issues": "issue",
    "steps": "step",
    "meetings": "meeting",
    "attendance": "attendance",
    "agenda": "agenda item",
    "lines": "line",
    "reviews": "review",
    "amendments": "amendment",
    "sync": "sync entry",
    "passes": "passed gate",
    "attachments": "attachment",
    "seen": "word",
    "letters": "letter",
    "inputs": "input",
    "scopes": "scope",
    "joint_reviews": "joint review",
    "supports": "request for support",
    "incidents": "incident",
    "acceptances": "acceptance",
    "retros": "retro",
    "results": "result",
    "archived": "archived card",
    "settings": "setting",
}
"""Table -> the glossary's word for one of its records."""


def derived(*parts: object) -> int:
    """A doc id that follows from other ids and words: the same whenever and wherever it is asked for.

    For records an operation adds beside its own (`id`), and for records there can be only one of.
    """
    return int.from_bytes(digest("/".join(map(str, parts)).encode(), 8)) >> 11 | 1


class Act(Operation, frozen=True, kw_only=True, omit_defaults=True):
    """Base of the operations here: `check` first asks what holds for all of them, then `reasons`."""

    about: ClassVar[str] = "id"
    """The field that names the record the history files this under."""

    def __post_init__(self) -> None:
        """Clean every text (rulebook has no say; see `store.text`)."""
        for name, shape in members(type(self)).items():
            value = getattr(self, name)
            new = clean_value(value, shape)
            if new is not value:
                force_setattr(self, name, new)

    def check(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """The reasons every operation has in common, then its own if those are none."""
        common = [*self._common(board, by)]
        yield from common
        if not common:
            yield from self.reasons(board, by)

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Why this operation in particular may not happen now; every reference in it exists."""
        yield from ()

    def subject(self) -> int:
        """Doc id of the record the history files this under."""
        found: int = getattr(self, self.about) or 0
        return found

    def _common(self, board: Board, by: Stamp) -> Iterator[Refused]:
        if not self.anybody:
            yield from _of_the_signer(board.people.get(by.person), by)
        if self.adds and self.made() in board.table(self.adds):
            yield Refused("This record is on the board already.", code="taken")
        for name, shape in members(type(self)).items():
            for field, kind, value in leaves(getattr(self, name), shape, name):
                if isinstance(value, str):
                    limit = LINE_LIMIT if kind.kind == "line" else PROSE_LIMIT
                    if len(value) > limit:
                        yield too_long(field, len(value), limit)
                elif kind.kind == "ref" and value not in board.table(kind.table):
                    yield absent(kind.table, value)


def _of_the_signer(person: r.Person | None, by: Stamp) -> Iterator[Refused]:
    """Refuse a change nobody of the board signs, or one from after its signer left; work of before may come late."""
    if person is None:
        yield Refused("This needs a name on this board to sign it. Say who you are: --as NAME.", code="who")
    elif person.left_at is not None and by.at > person.left_at:
        yield Refused(
            "{name} has left and signs nothing any more. Say who you are: --as NAME.",
            code="refuse.left",
            name=person.name,
        )


del Operation.registry["Act"]


def absent(table: str, value: object) -> NotFound:
    """The error for a reference that leads nowhere."""
    return NotFound("There is no {what} {value} on this board.", what=WHAT[table], value=value)


class Edit(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Base of the operations that set fields of one record: `fields` holds name -> new value."""

    table: ClassVar[str]
    editable: ClassVar[frozenset[str]]
    fields: dict[str, Any]

    def record(self, board: Board) -> r.Record:
        """The record that is edited."""
        return board.table(self.table)[self.subject()]

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Unknown fields, values of the wrong kind, an empty name."""
        if not self.fields:
            yield Refused("Nothing to change: no field is given.", code="refuse.empty")
        for name in self.fields.keys() - self.editable:
            yield Refused(
                "A {what} has no field {field} to edit.", code="refuse.field", what=WHAT[self.table], field=name
            )
        if self.fields.keys() <= self.editable:
            try:
                new = self.edited(board)
            except msgspec.ValidationError as problem:
                yield Refused("This cannot be stored: {why}.", code="refuse.value", why=str(problem).rstrip("."))
            else:
                yield from self.against(board, by, new)

    def against(self, board: Board, by: Stamp, new: Any) -> Iterator[Refused]:
        """Reasons against the record as it would be."""
        for name in ("name", "title"):
            if name in self.fields and not getattr(new, name).strip():
                yield needed(name)

    def edited(self, board: Board) -> Any:
        """The record as it would be. Raises msgspec.ValidationError."""
        return msgspec.convert(msgspec.to_builtins(self.record(board)) | self.fields, r.TABLES[self.table])

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The fields that differ."""
        new = self.edited(board)
        return compact([put(self.record(board), **{name: getattr(new, name) for name in self.fields})])


del Operation.registry["Edit"]


def same_fields(operation: msgspec.Struct, record: type[r.Record]) -> dict[str, Any]:
    """The operation's fields that the record class has too, to make one from."""
    return {
        name: getattr(operation, name)
        for name in operation.__struct_fields__
        if name in record.__struct_fields__ and name != "id"
    }


def needed(*fields: str) -> Refused:
    """The error for fields that must not be empty."""
    return Refused("{missing}: this must not be empty.", code="refuse.empty", missing=", ".join(fields))


def too_long(name: str, n: int, limit: int) -> Refused:
    """The error for a field with `n` characters where `limit` is the most."""
    return Refused(
        "{field} has {n} characters; {limit} is the most. Shorten it, or link to a document.",
        code="refuse.long",
        field=name.replace("_", " "),
        n=n,
        limit=limit,
    )


def wrong_state(record: Any, state: str, *needs: str) -> Refused:
    """The error for a record that is not in a state this can start from."""
    return Refused(
        "{id} is {state}; this needs {needs}.",
        code="refuse.state",
        id=label(record),
        state=state.replace("_", " "),
        needs=", ".join(n.replace("_", " ") for n in needs),
    )


def label(record: Any) -> str:
    """How a sentence names a record: its number, else its name."""
    return getattr(record, "number", "") or getattr(record, "name", "") or "?"


def only(board: Board, by: Stamp, role: str, holders: Iterable[int | None]) -> Iterator[Refused]:
    """Refuse unless the signer holds the role or is the administrator (rulebook §1, who may do what).

    A role nobody holds yet binds nobody, so that a young board is usable.
    """
    who = [holder for holder in holders if holder]
    if who and by.person not in who and by.person != board.settings.administrator:
        names = ", ".join(board.person_name(holder) for holder in who)
        yield Refused("Only {role} can do this: {who}.", code="refuse.role", role=role, who=names)


def behalf(by: Stamp, holders: Iterable[int | None]) -> int | None:
    """For whom somebody who does not hold a role signs (rulebook §1, on behalf of); None: for themselves."""
    who = [holder for holder in holders if holder]
    return who[0] if who and by.person not in who else None


def administrators(board: Board, by: Stamp) -> Iterator[Refused]:
    """Refuse unless the signer is the administrator, where the board has one."""
    return only(board, by, "administrator", [board.settings.administrator])


def heads(board: Board, by: Stamp, department: int) -> Iterator[Refused]:
    """Refuse unless the signer is the department's head; without one (or if they left) anybody of it may."""
    head = head_of(board, department)
    there = [p.id for p in board.people.values() if p.department == department and p.left_at is None]
    return only(board, by, "head", [head] if head else there)
