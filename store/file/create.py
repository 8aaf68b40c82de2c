"""Making a new board file: explicitly, whole or not at all, never over another file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Raw

from store.board import Board
from store.clock import Clock
from store.errors import CrossdeckError
from store.file import trouble
from store.file.disk import Disk, host
from store.file.journal import Recorded
from store.file.outbox import new_client
from store.file.pending import check
from store.file.replace import create
from store.file.settling import next_revision
from store.file.storage import encode
from store.operations.base import Operation, Stamp
from store.records import FORMAT, TABLES, BoardMeta
from store.tokens import token_hex

if TYPE_CHECKING:
    from store.rules.working_time import WorkingTime


def create_board(
    path: Path,
    *,
    name: str,
    clock: Clock,
    stamp: Stamp,
    operations: Sequence[Operation | tuple[Operation, Stamp]] = (),
    terminal: str = "",
    disk: Disk | None = None,
    working: WorkingTime | None = None,
) -> None:
    """Make a board file with its first operations (people, settings) in it, in one step.

    An operation comes alone and is signed with `stamp`, or together with a stamp of its own. With `working` the results
    of the clocks they close are kept, as everywhere else.

    Raises Refused (the first operation that may not happen), CrossdeckError with code "exists" or
    "no_folder", BoardUnavailable or BoardReadOnly; then there is no new file.
    """
    disk = disk or Disk()
    target = os.path.realpath(path)
    meta = BoardMeta(format=FORMAT, board=token_hex(8), rev=0, rid="", writer="", epoch=0, name=name[:80])
    board = Board(meta, {"_meta": {"1": Raw(msgspec.json.encode(meta))}, **{table: {} for table in TABLES}})
    signed = [each if isinstance(each, tuple) else (each, stamp) for each in operations]
    work, writer = _checked(board, signed), terminal or f"{host()}:{os.getpid()}"
    made = next_revision(board, work, clock.now(), writer, calendar=(lambda _: working) if working else None)
    try:
        create(disk, target, encode(made.meta, made.raws))
    except FileExistsError:
        raise CrossdeckError(
            "{path} is there already and stays as it is. Name another file.", code="exists", path=target
        ) from None
    except FileNotFoundError:
        raise CrossdeckError(
            "There is no folder {folder}. Make it first, or name another.",
            code="no_folder",
            folder=os.path.dirname(target),
        ) from None
    except OSError as error:
        raise trouble.writing(disk, target, error) from error


def _checked(board: Board, signed: Sequence[tuple[Operation, Stamp]]) -> list[Recorded]:
    """The operations, each checked against the board as those before it leave it. Raises Refused."""
    tip, client, work = board, new_client(), list[Recorded]()
    for n, (operation, stamp) in enumerate(signed, 1):
        tip, (_, _, seen) = check(tip, operation, stamp)
        work.append(Recorded(client=client, n=n, operation=operation, stamp=stamp, seen=seen, digest=""))
    return work
