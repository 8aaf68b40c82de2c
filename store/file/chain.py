"""What an operation came to, and its entry in the history: the chain, and the rows of the clients (core 2.12, 2.13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from store.board import Board
from store.changes import Add, Change, Drop, Loss, Put
from store.errors import CrossdeckError
from store.file.journal import Recorded
from store.operations.base import Operation, encode
from store.records import Aside, HistoryEntry, Outcome
from store.tokens import digest

PRUNED_AFTER = 31
"""Days after which the row of a client that wrote nothing more is taken out."""


class Settled(Struct, frozen=True, kw_only=True):
    """What became of one operation."""

    client: str
    n: int
    operation: str
    subject: int
    outcome: Outcome
    losses: tuple[Loss, ...] = ()
    reasons: tuple[CrossdeckError, ...] = ()
    """Why it was put aside."""
    numbers: dict[int, str] = {}
    """Doc id -> number people see, of the records it added."""
    changes: tuple[Change, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether it waits in its author's inbox."""
        return self.outcome == "aside" and Operation.registry.get(self.operation, Operation).waits


def history_entries(board: Board, work: Sequence[Recorded], settled: Sequence[Settled]) -> list[Add]:
    """The history entries, chained to the last one of the file."""
    last = board.last_entry
    whole = last if last in board.history else max(board.history, default=0)  # the last one may be damaged
    previous = board.history[whole].hash if whole else ""
    changes: list[Add] = []
    for number, (record, one) in enumerate(zip(work, settled, strict=True), last + 1):
        body = _entry(record, one)
        previous = body["hash"] = chain_hash(previous, body)
        changes.append(Add("history", number, body))
    return changes


def _entry(record: Recorded, one: Settled) -> dict[str, Any]:
    entry = HistoryEntry(
        client=record.client,
        n=record.n,
        operation=one.operation,
        by=record.stamp.person,
        at=record.stamp.at,
        recorded_at=record.stamp.recorded,
        terminal=record.stamp.terminal,
        outcome=one.outcome,
        subject=one.subject,
        changes=tuple(msgspec.to_builtins([_named(change) for change in one.changes])),
        lost=tuple(msgspec.to_builtins(one.losses)),
        reasons=tuple(str(reason) for reason in one.reasons),
        why=tuple(_reason(reason) for reason in one.reasons),
        payload=_payload(record.operation, one.outcome),
    )
    body: dict[str, Any] = msgspec.to_builtins(entry)
    body.pop("id", None)
    return body


def _payload(operation: Operation, outcome: Outcome) -> dict[str, Any] | None:
    if outcome == "aside":
        return encode(operation)
    return operation.remembered() if operation.kept else None


def aside_rows(board: Board, work: Sequence[Recorded], settled: Sequence[Settled]) -> list[Add]:
    """What waits for its author from now on: each operation that was put aside, under an id that follows from it."""
    rows: list[Add] = []
    for record, one in zip(work, settled, strict=True):
        key = aside_row(record.client, record.n)
        if not one.waits or key in board.asides:
            continue
        body = msgspec.to_builtins(
            Aside(
                client=record.client,
                n=record.n,
                operation=one.operation,
                payload=encode(record.operation),
                by=record.stamp.person,
                at=record.stamp.at,
                recorded_at=record.stamp.recorded,
                subject=one.subject,
                reasons=tuple(_reason(each) for each in one.reasons),
            )
        )
        body.pop("id", None)
        rows.append(Add("asides", key, body))
    return rows


def aside_row(client: str, n: int) -> int:
    """The doc id under which an operation waits for its author: always the same, so that it cannot wait twice."""
    return int.from_bytes(digest(f"aside/{client}/{n}".encode(), 6)) | 1


def _reason(error: CrossdeckError) -> tuple[str, str, dict[str, Any]]:
    """A reason as it is kept: code, English template, fields; whoever shows it says it in their own language."""
    return error.code, error.message, {name: _kept(value) for name, value in error.fields.items()}


def _kept(value: Any) -> Any:
    if value is None or isinstance(value, (str, int)):
        return value
    return "; ".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)


def _named(change: Change) -> Change:
    """A change as the history keeps it: an added record by its id alone."""
    return Add(change.table, change.id, None) if isinstance(change, Add) else change


def chain_hash(previous: str, body: dict[str, Any]) -> str:
    """A history entry's hash: of the hash before it and of its own fields, the hash left out (core 2.12)."""
    own = {name: value for name, value in body.items() if name != "hash"}
    return digest(previous.encode() + msgspec.json.encode(own, order="sorted"), 16).hex()


def client_rows(board: Board, work: Sequence[Recorded], now: int) -> list[Change]:
    """The row of each client that takes part, and without the rows nobody has used for a month."""
    day = now // 86_400
    last = {record.client: record for record in work}
    changes: list[Change] = []
    for client, record in last.items():
        row = board.clients.get(client)
        fields = {"n": record.n, "digest": record.digest, "day": day}
        if row is None:
            changes.append(Add("clients", client_row(client), {"client": client, **fields}))
        else:
            changes.append(Put("clients", row.id, {name: (getattr(row, name), v) for name, v in fields.items()}))
    changes += [
        Drop("clients", row.id)
        for row in board.clients.values()
        if row.day < day - PRUNED_AFTER and row.client not in last
    ]
    return changes


def client_row(client: str) -> int:
    """The doc id of a client's row: always the same, so that it cannot stand twice."""
    return int.from_bytes(digest(client.encode(), 6)) | 1
