"""Operations against the Board that stands: outcomes, changes, history entries (design §3.3-4). No I/O of its own.

Every operation that is taken here ends in exactly one history entry keyed (client, n).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from store.board import Board, Touched
from store.changes import Add, Change, Drop, Loss, StateMoved, settle, write
from store.errors import BoardReadOnly, CrossdeckError, Refused
from store.file.chain import Settled, aside_rows, client_rows, history_entries
from store.file.journal import Recorded
from store.file.parting import Keep, Parting
from store.file.storage import Raws
from store.operations.base import Operation, Stamp
from store.records import FORMAT, BoardMeta, Outcome, Record
from store.tokens import token_hex

if TYPE_CHECKING:
    from tinydb import TinyDB

    from store.rules.working_time import WorkingTime

Calendar = Callable[[Board], "WorkingTime | None"]
"""Gives the working time a board's own settings come to; None where they come to none."""
Failed = Callable[[str, Exception], None]
"""Is told of an operation whose results could not be worked out, and why."""


class UntoldError(Exception):
    """Results of an operation could not be worked out, and there is nobody to be told; its cause says why."""


class Revision(Struct, frozen=True, kw_only=True):
    """The next revision, not written yet."""

    meta: BoardMeta
    raws: Raws
    touched: Touched
    """Which rows may differ from those of the revision before."""
    settled: tuple[Settled, ...]


def draw(
    board: Board,
    record: Recorded,
    *,
    provisional: bool,
    calendar: Calendar | None = None,
    failed: Failed | None = None,
) -> tuple[Board, Settled]:
    """One operation on a Board: the Board after it, and what became of it.

    With the board's `calendar` the results of the clocks it closes are among its changes (rulebook §8); where they
    cannot be worked out `failed` is told and the operation stands without them. Without it UntoldError is raised.
    """
    stamp = msgspec.structs.replace(record.stamp, provisional=provisional)
    operation = record.operation
    try:
        reasons: list[CrossdeckError] = list(operation.check(board, stamp))
        if not reasons:
            wanted, losses = settle(record.seen, operation.apply(board, stamp))
            guard(board, wanted, mends=operation.exact)
            after, changes = _closing(board, record, wanted, None if operation.exact else calendar, failed)
            return after, _settled(record, changes, [*losses, *operation.losses()])
    except UntoldError:
        raise
    except CrossdeckError as error:
        reasons = [error]
    except StateMoved as moved:
        reasons = [_moved(moved)]
    except Exception as error:  # noqa: BLE001 - one broken operation must not hold up all others for ever
        reasons = [Refused("{name} failed: {why}", code="failed", name=record.name, why=repr(error))]
    return board, _settled(record, (), (), reasons)


def _settled(
    record: Recorded, changes: Sequence[Change], losses: Sequence[Loss], reasons: Sequence[CrossdeckError] = ()
) -> Settled:
    done = changes or record.operation.exact
    outcome: Outcome = "aside" if reasons else "merged" if losses else "applied" if done else "already"
    return Settled(
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


def _closing(
    board: Board,
    record: Recorded,
    changes: Sequence[Change],
    calendar: Calendar | None,
    failed: Failed | None,
) -> tuple[Board, Sequence[Change]]:
    """The Board after the changes, and the changes with the results of the clocks they close among them."""
    if calendar is not None:
        from store.results import with_results  # no start waits for it

        try:
            working = calendar(board)
            if working is not None:
                return with_results(board, changes, working, record.stamp.at, reverts=record.name == "Revert")
        except Exception as error:
            # A result nobody can work out must not put aside what somebody did.
            if failed is None:
                raise UntoldError(record.name) from error
            failed(record.name, error)
    after = board.with_changes(changes)
    after.take_parent()
    return after, changes


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


def guard(board: Board, changes: Iterable[Change], *, mends: bool = False) -> None:
    """Refuse what TinyDB could not do or must not: set a record that is gone or damaged, add one twice.

    `mends`: a damaged record may be taken out, and a whole one put in its place.
    """
    added: set[tuple[str, int]] = set()
    mended: set[tuple[str, int]] = set()
    for change in changes:
        key = change.table, change.id
        if mends and key in board.damaged and isinstance(change, Drop):
            mended.add(key)
            continue
        if key in board.damaged and key not in mended:
            raise Refused("A record this would change is damaged: {why}", code="damaged", why=board.damaged[key])
        there = change.id in board.table(change.table) or key in added
        if isinstance(change, Add) and there:
            raise Refused("A record with the id {id} is there already.", code="taken", id=change.id)
        if not isinstance(change, Add) and not there:
            raise Refused("A record this would change is gone.", code="gone")
        if isinstance(change, Add):
            added.add(key)


def next_revision(
    board: Board,
    work: Sequence[Recorded],
    now: int,
    writer: str,
    *,
    keep: Keep | None = None,
    calendar: Calendar | None = None,
    failed: Failed | None = None,
) -> Revision:
    """Settle `work` on `board` and make the next revision of the file. `now` is epoch seconds.

    `calendar` gives the working time of a Board (None: its settings give none), for the results of closed clocks;
    `failed` is told where those cannot be worked out (without it, that raises). `keep` puts records that leave for the
    archive there, before anything here drops them; where it cannot (OSError), that operation is put aside.
    """
    from store.file.transaction import Transaction

    tip = board
    new = _not_in_history(board, work)
    settled: list[Settled] = []
    db = Transaction(board.raws)
    for record in new:
        after, one = draw(tip, record, provisional=False, calendar=calendar, failed=failed)
        leaving = record.operation.parting(tip, record.stamp) if keep and one.changes else None
        if keep and leaving:
            entries = history_entries(board, new[: len(settled) + 1], [*settled, one])
            try:
                keep(_parting(tip, db, one, leaving, entries))
            except OSError as error:
                after, one = tip, _not_kept(one, error)
        tip = after
        settled.append(one)
        write(one.changes, db)
    write([*history_entries(tip, new, settled), *aside_rows(board, new, settled), *client_rows(board, work, now)], db)
    raws = db.flush()
    _nothing_lost(board, raws, settled)
    anew = any(one.changes and record.operation.raises_epoch for record, one in zip(new, settled, strict=True))
    meta = _next_meta(board.meta, writer, anew=anew)
    return Revision(meta=meta, raws=raws, touched=db.touched(), settled=tuple(settled))


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
    clients, entries = {record.client for record in work}, board.history.values()
    # At the speed of C: there are 2,000 of them, of which a session wrote a few.
    theirs = compress(entries, map(clients.__contains__, map(attrgetter("client"), entries)))
    done = {(entry.client, entry.n) for entry in theirs}
    return [record for record in work if record.key not in done]


def _next_meta(meta: BoardMeta, writer: str, *, anew: bool) -> BoardMeta:
    # What an older program does not know it would drop: from the first write on the board is of our format.
    changed = {"format": FORMAT, "rev": meta.rev + 1, "rid": token_hex(8), "writer": writer[:80]}
    return msgspec.structs.replace(meta, **changed, epoch=meta.epoch + anew)


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
