"""A board file that cannot be read any more, made anew from a backup (core 2.8, issue 4.6).

Under the lock: the damaged file is kept beside the board, the backup takes its place with one entry that says so. The
numbers of the clients are the backup's, so every journal sends again what came after it; only what a restore had taken
away before stays away: of such boards, which have a higher epoch, the higher numbers count.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec

from store.board import Board
from store.errors import BoardReadOnly, Refused
from store.file import trouble
from store.file.backups import LOST, listed, opened
from store.file.disk import HEAD, Disk, host
from store.file.journal import Recorded
from store.file.lock import LockDirectory, LockLost, Waiting
from store.file.outbox import new_client
from store.file.replace import create, read_fresh, replace
from store.file.settling import next_revision
from store.file.storage import encode, parse
from store.operations.base import Stamp
from store.operations.prepared import GONE, RestoreBoard
from store.restoring import highest_clients, highest_counters

_REV: Final = re.compile(rb'"rev":\s*(\d{1,15})')


def rebuild(
    path: str, backup: str, stamp: Stamp, *, disk: Disk, terminal: str = "", on_wait: Waiting | None = None
) -> tuple[Board, str]:
    """Make the resolved board file `path` anew from the file `backup`; the Board, and the name of the damaged file.

    The name is empty where there was no file at all. Raises Refused with code "whole" if the board can be read,
    BoardUnavailable or BoardReadOnly; then nothing was changed.
    """
    source = opened(disk, backup)
    lock = LockDirectory(path, disk, who=terminal)
    lock.acquire(on_wait)
    try:
        data = _damaged(disk, path)
        damaged = _aside(disk, path, data, stamp.recorded) if data is not None else ""
        operation = RestoreBoard(backup=os.path.basename(backup), damaged=damaged or GONE)
        made = _revision(source, _others(disk, path, source), operation, stamp)
        made = Board(msgspec.structs.replace(made.meta, rev=max(made.meta.rev, _rev(data) + 1)), made.raws)
        lock.touch()
        if data is None:
            create(disk, path, encode(made.meta, made.raws))
        else:
            replace(disk, path, encode(made.meta, made.raws), before=disk.stat(path), check=lock.check)
        return made, damaged
    except LockLost as error:
        raise trouble.held(path, "?", 0) from error
    except OSError as error:
        raise trouble.writing(disk, path, error) from error
    finally:
        lock.release()


def _damaged(disk: Disk, path: str) -> bytes | None:
    """The bytes of a file that cannot be read as a board; None if there is none. Raises Refused for a whole board."""
    try:
        data, _ = read_fresh(disk, path, 0.0)
    except FileNotFoundError:
        return None
    try:
        parse(data, path)
    except BoardReadOnly as error:
        if error.code in LOST:
            return data
        raise
    raise Refused("{path} can be read again; nothing was done. Look at it again.", code="whole", path=path)


def _rev(data: bytes | None) -> int:
    """The revision a damaged file still says it was."""
    found = _REV.search((data or b"")[:HEAD])
    return int(found[1]) if found else 0


def _aside(disk: Disk, path: str, data: bytes, now: int) -> str:
    """Keep the damaged bytes beside the board; the name."""
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%d-%H%M%S")
    for ending in ("", *(f"-{number}" for number in range(2, 100))):
        name = f"{path}.damaged-{stamp}{ending}"
        try:
            create(disk, name, data)
        except FileExistsError:
            continue
        return os.path.basename(name)
    raise FileExistsError(errno.EEXIST, "too many damaged copies", path)


def _others(disk: Disk, path: str, source: Board) -> list[Board]:
    """All backups of the same board that can be read."""
    own = [each for each in listed(disk, path) if each.meta is not None and each.meta.board == source.meta.board]
    return [opened(disk, each.path) for each in own]


def _revision(source: Board, others: Sequence[Board], operation: RestoreBoard, stamp: Stamp) -> Board:
    """The backup with one entry more. Raises Refused (who signs is not on it)."""
    metas = [source.meta, *(each.meta for each in others)]
    later = [each for each in others if each.meta.epoch > source.meta.epoch]
    changes = [*highest_counters(source, [source, *others]), *highest_clients(source, [source, *later])]
    operation = msgspec.structs.replace(operation, changes=tuple(changes))
    for reason in operation.check(source, stamp):
        raise reason
    work = Recorded(client=new_client(), n=1, operation=operation, stamp=stamp, seen={}, digest="")
    made = next_revision(source, [work], stamp.recorded, stamp.terminal or f"{host()}:{os.getpid()}")
    rev, epoch = max(meta.rev for meta in metas) + 1, max(meta.epoch for meta in metas)
    return Board(msgspec.structs.replace(made.meta, rev=rev, epoch=epoch), made.raws)
