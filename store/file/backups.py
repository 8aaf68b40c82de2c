"""`BOARD.backups/`: a file a day (`store.file.replace`), one before each step that could go wrong, what was rewound.

Names tell what a file is: `2026-11-21.json` the board before the first write of that day, `before-WHAT-…` before a
change of format, a restore, a merge or a repair (`after-restore-…` after one), `rewind-…` what a session held when an
old copy took its place.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final, Literal

from msgspec import Struct

from store.board import Board
from store.errors import BoardReadOnly, CrossdeckError, NotFound
from store.file import trouble
from store.file.disk import Disk, must_be_file, quietly, read_file
from store.file.replace import RING, create, make_sidecar
from store.file.storage import meta_of, parse
from store.records import BoardMeta

KEPT: Final = 30 * 86_400
"""Seconds what an accident left is kept; the newest of each kind stays."""

LOST: Final = frozenset({"torn", "empty", "foreign", "ids", "doubled"})
"""Codes of BoardReadOnly of a file that only a backup can help."""
What = Literal["restore", "merge", "repair"]
_DATED: Final = re.compile(r"(before|after)-(restore|merge|repair)-\d{8}-\d{6}(-\d+)?\.json")


class Backup(Struct, frozen=True):
    """One file: its name, when it was last written to (epoch seconds), its size, what it says of itself or why not."""

    name: str
    path: str
    at: int
    size: int
    meta: BoardMeta | None
    why: CrossdeckError | None = None


def folder_of(path: str) -> str:
    """The folder of the backups of a board file."""
    return path + ".backups"


def listed(disk: Disk, path: str) -> list[Backup]:
    """The backups of the board file `path`, newest first; one that cannot be read says why."""
    try:
        names = disk.listdir(folder_of(path))
    except OSError:
        return []
    found = [_looked_at(disk, os.path.join(folder_of(path), name)) for name in names if name.endswith(".json")]
    return sorted(filter(None, found), key=lambda each: (each.at, each.name), reverse=True)


def _looked_at(disk: Disk, path: str) -> Backup | None:
    try:
        facts = disk.stat(path)
    except OSError:
        return None
    if not stat.S_ISREG(facts.st_mode):
        return None
    meta, why = None, None
    try:
        meta = opened(disk, path).meta
    except CrossdeckError as error:
        why = error
    return Backup(os.path.basename(path), path, int(facts.st_mtime), facts.st_size, meta, why)


def opened(disk: Disk, path: str) -> Board:
    """The board a file holds, which is only read. Raises NotFound, BoardUnavailable or BoardReadOnly (its code why)."""
    try:
        return _read(disk, path)
    except BoardReadOnly as error:
        if error.code not in LOST:
            raise
        raise BoardReadOnly(
            "{path} is damaged or no board; nothing can be taken from it.", code=error.code, path=path
        ) from error


def _read(disk: Disk, path: str) -> Board:
    try:
        must_be_file(disk, path)
        data, _ = read_file(disk, path)
    except FileNotFoundError:
        raise NotFound("There is no file {path}. `crossdeck restore --list` shows the backups.", path=path) from None
    except OSError as error:
        raise trouble.reading(disk, path, error, before=True) from error
    raws = parse(data, path)
    return Board(meta_of(raws), raws)


def find(disk: Disk, path: str, typed: str) -> str:
    """The path of a backup as it was typed: a name in the folder, the day of one, or the path of a file.

    Raises NotFound.
    """
    names = [os.path.join(folder_of(path), name) for name in (typed, f"{typed}.json") if not os.path.isabs(name)]
    for name in (*names, os.path.abspath(typed)):
        with suppress(OSError):
            disk.stat(name)
            return name
    raise NotFound("There is no file {path}. `crossdeck restore --list` shows the backups.", path=typed)


def keep(disk: Disk, path: str, what: What, now: int, *, side: Literal["before", "after"] = "before") -> str:
    """Keep the board file as it is before (or after) a step, to the disk; says under which name in the folder.

    After a restore it is kept so that what was taken away stays away, should the board be damaged later: its numbers
    tell (`store.file.restoring`). Raises BoardUnavailable or BoardReadOnly, and then the step must not be taken.
    """
    make_sidecar(disk, folder_of(path))
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%d-%H%M%S")
    try:
        data, _ = read_file(disk, path)
        for name in _names(f"{side}-{what}-{stamp}"):
            try:
                create(disk, os.path.join(folder_of(path), name), data)
            except FileExistsError:
                continue
            _ring(disk, path)
            return name
    except OSError as error:
        raise trouble.writing(disk, path, error) from error
    raise BoardReadOnly("{path} cannot be kept as a backup.", path=path)


def move_aside(disk: Disk, path: str, copy: str, now: int) -> str:
    """Move a copy of the board among its backups; its name there. Raises OSError."""
    make_sidecar(disk, folder_of(path))
    name = f"merged-{datetime.fromtimestamp(now, UTC):%Y%m%d-%H%M%S}-{os.path.basename(copy)}"
    disk.rename(copy, os.path.join(folder_of(path), name))
    return name


def prune(disk: Disk, path: str, server_now: float) -> None:
    """Take away what accidents left and nobody can need any more; the newest of each kind stays. Never raises.

    Copies that were merged, what was rewound, damaged files that a restore replaced. `server_now`: epoch seconds.
    """
    folder, name = os.path.split(path)
    kinds = ((folder_of(path), "rewind-"), (folder_of(path), "merged-"), (folder, f"{name}.damaged-"))
    for where, start in kinds:
        with suppress(OSError):
            found = [each for each in disk.listdir(where) if each.startswith(start)]
            dated = sorted((_since(disk, os.path.join(where, each), each.removeprefix(start)), each) for each in found)
            for at, each in dated[:-1]:
                if server_now - at > KEPT:
                    quietly(disk.unlink, os.path.join(where, each))


def _since(disk: Disk, path: str, rest: str) -> float:
    """Since when a file lies there, by its name where that says so: a copy that was moved keeps its old time."""
    with suppress(ValueError):
        return datetime.strptime(rest[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC).timestamp()
    return disk.stat(path).st_mtime


def _names(stem: str) -> Iterator[str]:
    yield f"{stem}.json"
    yield from (f"{stem}-{number}.json" for number in range(2, 100))


def _ring(disk: Disk, path: str) -> None:
    """The newest of those made before a step stay, as many as of the daily ones."""
    with suppress(OSError):
        dated = sorted(filter(_DATED.fullmatch, disk.listdir(folder_of(path))), key=lambda name: name.split("-", 2)[2])
        for old in dated[:-RING]:
            quietly(disk.unlink, os.path.join(folder_of(path), old))
