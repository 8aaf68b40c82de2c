"""What an import would do: every record it makes, changes or finds unchanged, and every cell it does not understand."""

from __future__ import annotations

from itertools import count
from typing import Any

from msgspec import Struct, field

from store.errors import CrossdeckError
from store.operations.base import Operation
from store.operations.importing import ImportedFields, ImportedRecord, ImportRecords


class Planned(Struct, frozen=True):
    """One record: its table and doc id, how people know it, and the cell it comes from (`FILE:SHEET!CELL`).

    `changes` holds field -> (what stands on the board, what the paper says) for an update.
    """

    table: str
    id: int
    title: str
    where: str
    number: str = ""
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)


class Unclear(Struct, frozen=True):
    """A cell that was not understood: its text, and why. The rest of its record is imported, the text kept in it."""

    where: str
    value: str
    why: CrossdeckError
    title: str = ""


class Skipped(Struct, frozen=True):
    """A sheet or row nothing was taken from, and why."""

    where: str
    why: CrossdeckError


class ImportPlan(Struct):
    """The preview of an import; nothing is written until somebody does `operation()`.

    `records` and `updates` are the fields of the operation: new records as {table, id, body}, changed
    ones as {table, id, fields}.
    """

    create: list[Planned] = field(default_factory=list)
    update: list[Planned] = field(default_factory=list)
    same: list[Planned] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    vague: list[Unclear] = field(default_factory=list)
    """Texts that are imported as they are although a person could not type them: only a warning."""
    prepared: Operation | None = None
    """The operation of a file that says its records exactly (JSON), instead of `records` and `updates`."""
    records: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)

    def operation(self) -> Operation | None:
        """The import as one operation; None if nothing is new."""
        if self.prepared is not None:
            return self.prepared
        if not self.records and not self.updates:
            return None
        return ImportRecords(
            records=tuple(ImportedRecord(**row) for row in self.records),
            updates=tuple(ImportedFields(**row) for row in self.updates),
        )

    def to_builtins(self) -> dict[str, list[dict[str, Any]]]:
        """The plan as plain data: `create update same unclear skipped vague`, each item with `where`."""
        rows = count(1)
        return {
            "create": [{"row": next(rows)} | _planned(item) for item in self.create],
            "update": [{"row": next(rows)} | _planned(item) | {"changes": _changes(item)} for item in self.update],
            "same": [_planned(item) for item in self.same],
            "unclear": [_unclear(item) for item in self.unclear],
            "skipped": [{"where": s.where, "why": str(s.why)} for s in self.skipped],
            "vague": [_unclear(item) for item in self.vague],
        }


def _planned(item: Planned) -> dict[str, Any]:
    return {"where": item.where, "table": item.table, "title": item.title, "number": item.number or None}


def _unclear(item: Unclear) -> dict[str, Any]:
    return {"where": item.where, "value": item.value, "why": str(item.why), "title": item.title or None}


def _changes(item: Planned) -> dict[str, list[Any]]:
    return {name: list(values) for name, values in item.changes.items()}
