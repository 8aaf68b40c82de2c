"""Changes worked out beforehand and shown to a person: restoring a backup, merging a copy, repairing (design §3.6).

Nothing in them follows a rule of the work: records are put as they stood in a file, or what cannot be right is
mended. Each is one operation and one entry of the history. It holds exactly what was shown; where the board has
moved on at one of these places it is refused, and has to be worked out and looked at again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Final, cast

import msgspec

from store import records as r
from store.board import UNREADABLE, Board, decoder
from store.changes import Add, Change, Drop, Loss, Put, plain
from store.errors import Refused
from store.operations.act import WHAT, administrators
from store.operations.base import Operation, Stamp
from store.packages import refers_into

KEPT: Final = frozenset({"counters", "clients", "history", "asides"})
"""Tables no file is put back over: they say what was given out, written and put aside since."""


GONE: Final = "-"
"""Stands for the name of a damaged file where there was no file at all."""


class Prepared(Operation, frozen=True, kw_only=True, omit_defaults=True):
    """Base of the operations here: `changes` come as they are."""

    exact: ClassVar[bool] = True
    kept: ClassVar[bool] = True
    waits: ClassVar[bool] = False

    changes: tuple[Change, ...] = ()

    def check(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Somebody signs it, every place is as it was when it was looked at, and nothing else hangs on what goes."""
        if by.person not in board.people:
            yield Refused("This needs a name on this board to sign it. Say who you are: --as NAME.", code="who")
        elif not all(_stands(board, change) for change in self.changes):
            yield meanwhile()
        else:
            yield from _left_alone(board, self.changes)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The changes."""
        return [*self.changes]

    def remembered(self) -> dict[str, Any]:
        """All but what the entry has anyway."""
        return {name: value for name, value in super().remembered().items() if name not in {"changes", "lost"}}


del Operation.registry["Prepared"]


class RestoreBoard(Prepared, frozen=True, kw_only=True, omit_defaults=True):
    """Put the records of a backup back; only `crossdeck restore` makes one.

    Args:
        backup: the file they come from.
        damaged: the file a board that could not be read is kept in, `GONE` if there was none.
        changes: what differs.
    """

    raises_epoch: ClassVar[bool] = True

    backup: str
    damaged: str = ""

    def check(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """As all here, by the administrator: settings and people go back too.

        A board that cannot be read stands still for everybody; that one anybody may make anew.
        """
        yield from super().check(board, by)
        if not self.damaged:
            yield from administrators(board, by)


class MergeCopy(Prepared, frozen=True, kw_only=True, omit_defaults=True):
    """Take over what a copy of the board has and the board lacks; only `crossdeck merge` makes one.

    Args:
        copy: the file it comes from.
        entries: of the copy's history, taken over: client, its number, operation, who, when, about what.
        left: fields that stay as the board has them: table, record, field, the copy's value, the board's.
        lost: fields in which the copy's value takes the place of one that was set here, or both are kept.
        changes: what they come to here.
    """

    copy: str
    entries: tuple[tuple[str, int, str, int, int, int], ...] = ()
    left: tuple[tuple[str, int, str, Any, Any], ...] = ()
    lost: tuple[Loss, ...] = ()

    def losses(self) -> Sequence[Loss]:
        """Whose value gave way is told so."""
        return self.lost


class RepairBoard(Prepared, frozen=True, kw_only=True, omit_defaults=True):
    """Mend counters, references to nothing and doubled entries; only `crossdeck check --repair` makes one.

    Args:
        removed: names of files beside the board that were left over.
        changes: what is mended.
    """

    removed: tuple[str, ...] = ()


class TakeRecords(Prepared, frozen=True, kw_only=True, omit_defaults=True):
    """Take records over from a JSON export; only `crossdeck import` and `O` make one.

    Args:
        file: the file they come from.
        changes: what differs.
    """

    file: str


def meanwhile() -> Refused:
    """The error where the board moved on since a person looked."""
    return Refused("Somebody changed the board meanwhile; nothing was done. Look at it again.", code="meanwhile")


def _stands(board: Board, change: Change) -> bool:
    """Whether the place a change is about is as it was."""
    place = change.table, change.id
    if place in board.damaged:  # taken out as it is, and another one put in its place
        return isinstance(change, Add) or (isinstance(change, Drop) and change.record is None)
    record = board.table(change.table).get(change.id)
    if isinstance(change, Add):
        return record is None
    if record is None:
        return isinstance(change, Add)
    if isinstance(change, Drop):
        return change.record is not None and _same(change, record)
    return all(plain(getattr(record, name, None)) == old for name, (old, _new) in change.fields.items())


def _same(change: Drop, record: r.Record) -> bool:
    try:
        known = decoder(change.table).decode(msgspec.json.encode(change.record))
    except UNREADABLE:
        return False
    msgspec.structs.force_setattr(known, "id", change.id)
    return known == record


def _left_alone(board: Board, changes: tuple[Change, ...]) -> Iterator[Refused]:
    """Records these changes do not touch must not refer to one that goes."""
    gone: dict[str, dict[int, r.Record]] = {}
    back = {(change.table, change.id) for change in changes if isinstance(change, Add)}
    for change in changes:
        place = change.table, change.id
        if isinstance(change, Drop) and place not in back and change.table not in KEPT:
            gone.setdefault(change.table, {})[change.id] = board.table(change.table)[change.id]
    if not gone:
        return
    touched = {(change.table, change.id) for change in changes}
    for each in refers_into(board, gone):
        if (each.table, each.id) not in touched and each.table not in KEPT:
            yield Refused(
                "{what} {id} refers to what would go. Somebody changed the board meanwhile: look at it again.",
                code="meanwhile",
                what=WHAT.get(each.table, each.table),
                id=str(getattr(board.table(each.table)[each.id], "number", "") or each.id),
            )
            return


def document(board: Board, table: str, key: int) -> dict[str, Any]:
    """A record of a file as its document, with whatever fields other programs gave it. Raises KeyError."""
    return cast("dict[str, Any]", msgspec.json.decode(board.raws[table][str(key)]))


def changed_fields(table: str, key: int, now: r.Record, then: r.Record) -> Put | None:
    """The fields that take a record from how it is to how it was; None if it is the same."""
    fields = {
        name: (old, new)
        for name in r.TABLES[table].__struct_fields__
        if name != "id" and (old := plain(getattr(now, name))) != (new := plain(getattr(then, name)))
    }
    return Put(table, key, fields) if fields else None
