"""What dead sessions left beside a board: halves of files, read links, locks that were given up (storage-facts §3).

A commit sweeps what is an hour old once a day (`store.file.replace.sweep`); here all of it is found, and taken away on
request. Nothing that a person or another program put there is touched.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from msgspec import Struct

from store.file.disk import Disk, beside, quietly, temporary
from store.file.replace import lock_names

AGE = 600.0
"""Seconds after which such a file belongs to nobody, by the clock of whoever serves the folder."""
DOCTOR = ".crossdeck-doctor-"
"""How the folder begins in which `crossdeck doctor` tries things out."""
SIDECARS = ("backups", "archive", "history")
"""Folders of a board in which files are put in place by way of a temporary one."""


class Leftover(Struct, frozen=True):
    """One file or folder that nobody needs: its name below the board's folder, its path."""

    name: str
    path: str


def leftovers(disk: Disk, path: str) -> list[Leftover]:
    """What was left beside the resolved board file `path`, by name; none where the folder cannot be read."""
    folder, name = os.path.split(path)
    try:
        found = [os.path.join(folder, each) for each in disk.listdir(folder) if _ours(each, path, name)]
        for sidecar in SIDECARS:
            found += _halves(disk, f"{path}.{sidecar}")
        now = _server_now(disk, path) if found else 0.0
    except OSError:
        return []
    old = (each for each in found if _age(disk, each, now) > AGE)
    return [Leftover(os.path.relpath(each, folder), each) for each in sorted(old)]


def remove(disk: Disk, path: str) -> list[str]:
    """Take away what was left, while the caller holds the lock; the names of what went."""
    return [each.name for each in leftovers(disk, path) if _removed(disk, each.path)]


def _ours(each: str, path: str, name: str) -> bool:
    if each.startswith((*lock_names(name), DOCTOR)):
        return True
    return each.startswith(os.path.basename(beside(path, ""))) and each.endswith(".tmp")


def _halves(disk: Disk, folder: str) -> Iterator[str]:
    try:
        names = disk.listdir(folder)
    except OSError:
        return
    yield from (os.path.join(folder, each) for each in names if each.startswith(".") and each.endswith(".tmp"))


def _server_now(disk: Disk, path: str) -> float:
    """The clock of whoever serves the folder: the time of a file just made there. Raises OSError."""
    probe = temporary(path)
    disk.close(disk.open(probe, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        return disk.stat(probe).st_mtime
    finally:
        quietly(disk.unlink, probe)


def _age(disk: Disk, path: str, now: float) -> float:
    try:
        return now - disk.stat(path).st_mtime
    except OSError:
        return 0.0


def _removed(disk: Disk, path: str) -> bool:
    try:
        folder = stat.S_ISDIR(disk.stat(path).st_mode)
    except OSError:
        return False
    if not folder:
        return quietly(disk.unlink, path)
    try:
        names = disk.listdir(path)
    except OSError:
        return False
    for name in names:
        if not quietly(disk.unlink, os.path.join(path, name)):
            quietly(disk.rmdir, os.path.join(path, name))
    return quietly(disk.rmdir, path)
