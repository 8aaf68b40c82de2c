"""Operations against the Board that stands: outcomes, changes, history entries (design §3.3-4). No I/O of its own.

Every operation that is taken here ends in exactly one history entry keyed (client, n).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from store.board import Board
from store.changes import Add, Change, Drop, Loss, Put, StateMoved, settle, write
from store.errors import BoardReadOnly, CrossdeckError, Refused
from store.file.journal import Recorded
from store.file.parting import Keep, Parting
from store.file.storage import Raws
from store.operations.base import Operation, Stamp, encode
from store.records import FORMAT, BoardMeta, HistoryEntry, Outcome, Record
from store.tokens import digest, token_hex

if TYPE_CHECKING:
    from tinydb import TinyDB

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


class Revision(Struct, frozen=True, kw_only=True):
    """The next revision, not written yet."""

    meta: BoardMeta
    raws: Raws
    settled: tuple[Settled, ...]


def draw(board: Board, record: Recorded, *, provisional: bool) -> tuple[Board, Settled]:
    """One operation on a Board: the Board after it, and what became of it."""
    stamp = msgspec.structs.replace(record.stamp, provisional=provisional)
    operation = record.operation
    losses: Sequence[Loss] = ()
    changes: Sequence[Change] = ()
    reasons: list[CrossdeckError] = []
    after = board
    try:
        reasons = list(operation.check(board, stamp))
        if not reasons:
            changes, losses = settle(record.seen, operation.apply(board, stamp))
            guard(board, changes)
            after = board.with_changes(changes)
            after.take_parent()
    except CrossdeckError as error:
        reasons = [error]
    except StateMoved as moved:
        reasons = [_moved(moved)]
    except Exception as error:  # noqa: BLE001 - one broken operation must not hold up all others for ever
        reasons = [Refused("{name} failed: {why}", code="failed", name=record.name, why=repr(error))]
    if reasons:
        after, changes, losses = board, (), ()
    outcome: Outcome = "aside" if reasons else "merged" if losses else "applied" if changes else "already"
    return after, Settled(
        client=record.client,
        n=record.n,
        operation=record.name,
        subject=record.subject,
        outcome=outcome,
        losses=tuple(losses),
        reasons=tuple(reasons),
        numbers=_numbers(changes),
        changes=tuple(changes),
    )


def still_wanted(
    board: Board,
    pending: Sequence[Recorded],
    also: Sequence[tuple[Operation, Stamp]],
    client: str,
    number: Callable[[], int],
) -> list[Recorded]:
    """Those of the unjournalled operations `also` that still come to something behind `pending`, with a number each.

    What somebody else made first is no work: it must neither take a number nor stand in the history.
    """
    if not also:
        return []
    tip = board
    for record in pending:
        tip, _ = draw(tip, record, provisional=False)
    found: list[Recorded] = []
    for operation, stamp in also:
        trial = Recorded(client=client, n=0, operation=operation, stamp=stamp, seen={}, digest="")
        after, one = draw(tip, trial, provisional=False)
        if one.outcome == "applied":
            tip = after
            found.append(msgspec.structs.replace(trial, n=number()))
    return found


def guard(board: Board, changes: Iterable[Change]) -> None:
    """Refuse what TinyDB could not do or must not: set a record that is gone or damaged, add one twice."""
    added: set[tuple[str, int]] = set()
    for change in changes:
        key = change.table, change.id
        if key in board.damaged:
            raise Refused("A record this would change is damaged: {why}", code="damaged", why=board.damaged[key])
        there = change.id in board.table(change.table) or key in added
        if isinstance(change, Add) and there:
            raise Refused("A record with the id {id} is there already.", code="taken", id=change.id)
        if not isinstance(change, Add) and not there:
            raise Refused("A record this would change is gone.", code="gone")
        if isinstance(change, Add):
            added.add(key)


def next_revision(board: Board, work: Sequence[Recorded], now: int, writer: str, keep: Keep | None = None) -> Revision:
    """Settle `work` on `board` and make the next revision of the file. `now` is epoch seconds.

    `keep` puts records that leave for the archive there, before anything here drops them; where it cannot
    (OSError), that operation is put aside.
    """
    from store.file.transaction import Transaction

    tip = board
    new = _not_in_history(board, work)
    settled: list[Settled] = []
    db = Transaction(board.raws)
    for record in new:
        after, one = draw(tip, record, provisional=False)
        leaving = record.operation.parting(tip, record.stamp) if keep and one.changes else None
        if keep and leaving:
            entries = _history(board, new[: len(settled) + 1], [*settled, one])
            try:
                keep(_parting(tip, db, one, leaving, entries))
            except OSError as error:
                after, one = tip, _not_kept(one, error)
        tip = after
        settled.append(one)
        write(one.changes, db)
    write(_history(board, new, settled), db)
    write(_clients(board, work, now), db)
    raws = db.flush()
    _nothing_lost(board, raws, settled)
    return Revision(meta=_next_meta(board.meta, writer), raws=raws, settled=tuple(settled))


def _parting(
    board: Board, db: TinyDB, one: Settled, leaving: Mapping[str, Mapping[int, Record]], entries: Sequence[Add]
) -> Parting:
    documents = {
        table: {str(key): doc for key in rows if isinstance(doc := db.table(table).get(doc_id=key), dict)}
        for table, rows in leaving.items()
    }
    return Parting(board, one.changes, leaving, documents, [entry.record or {} for entry in entries])


def _not_kept(one: Settled, error: OSError) -> Settled:
    why = error.strerror or str(error)
    reason = Refused("The archive cannot be written: {why}. The card stays.", code="archive.unwritable", why=why)
    return msgspec.structs.replace(one, outcome="aside", changes=(), numbers={}, reasons=(reason,))


def _moved(moved: StateMoved) -> Refused:
    return Refused(
        "Meanwhile {field} went from {seen} to {theirs}.",
        code="moved",
        field=moved.field,
        seen=moved.seen,
        theirs=moved.theirs,
        table=moved.table,
        record=moved.record,
    )


def _numbers(changes: Iterable[Change]) -> dict[int, str]:
    return {
        change.id: change.record["number"]
        for change in changes
        if isinstance(change, Add) and change.record and change.record.get("number")
    }


def _not_in_history(board: Board, work: Sequence[Recorded]) -> list[Recorded]:
    """Normally all of them: the numbers say so already. Nothing ever gets a second entry."""
    clients = {record.client for record in work}
    done = {(entry.client, entry.n) for entry in board.history.values() if entry.client in clients}
    return [record for record in work if record.key not in done]


def _history(board: Board, work: Sequence[Recorded], settled: Sequence[Settled]) -> list[Add]:
    """The history entries, chained to the last one of the file."""
    rows = board.raws.get("history", {})
    last = max(map(int, rows), default=0)
    previous = ""
    if last:
        entry = board.history.get(last)
        previous = entry.hash if entry else ""
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
        payload=encode(record.operation) if one.outcome == "aside" or record.operation.kept else None,
    )
    body: dict[str, Any] = msgspec.to_builtins(entry)
    body.pop("id", None)
    return body


def _named(change: Change) -> Change:
    """A change as the history keeps it: an added record by its id alone."""
    return Add(change.table, change.id, None) if isinstance(change, Add) else change


def chain_hash(previous: str, body: dict[str, Any]) -> str:
    """A history entry's hash: of the hash before it and of its own fields, the hash left out (core 2.12)."""
    own = {name: value for name, value in body.items() if name != "hash"}
    return digest(previous.encode() + msgspec.json.encode(own, order="sorted"), 16).hex()


def _clients(board: Board, work: Sequence[Recorded], now: int) -> list[Change]:
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


def _next_meta(meta: BoardMeta, writer: str) -> BoardMeta:
    # What an older program does not know it would drop: from the first write on the board is of our format.
    changed = {"format": FORMAT, "rev": meta.rev + 1, "rid": token_hex(8), "writer": writer[:80]}
    return msgspec.structs.replace(meta, **changed)


def _nothing_lost(board: Board, raws: Raws, settled: Sequence[Settled]) -> None:
    """The last net before a write: only what operations dropped may be missing."""
    dropped = sum(isinstance(change, Drop) for one in settled for change in one.changes)
    for name, rows in board.raws.items():
        gone = len(rows) - len(raws.get(name, {}))
        if name != "clients" and gone > dropped:
            raise BoardReadOnly(
                "{count} records of {table} would be lost; nothing was written. Please report this.",
                code="internal",
                count=gone,
                table=name,
            )
