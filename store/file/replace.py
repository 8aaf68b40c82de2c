"""Putting a new revision in the place of the old one, and what is kept of the old (storage-facts §3)."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from store.file.disk import (
    CONTENDED,
    HEAD,
    Disk,
    Signature,
    beside,
    quietly,
    read_file,
    sync_folder,
    temporary,
    write_all,
)
from store.file.mounts import is_smb
from store.records import FORMAT
from store.tokens import token_hex

RING = 14
"""Daily backups kept."""
LEFTOVER_AGE = 3600
"""Seconds after which a temporary file beside the board belongs to nobody."""
SMB_STALE = 1.2
"""Seconds after the last open of a name from which an SMB client asks the server again."""

_NO_LINK = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}


def read_fresh(disk: Disk, path: str, since_opened: float) -> tuple[bytes, Signature]:
    """The file as the server has it, for a read under the lock (`fresh_name`). Raises OSError."""
    name = fresh_name(disk, path, since_opened)
    try:
        return read_file(disk, name)
    finally:
        if name != path:
            quietly(disk.unlink, name)


def fresh_name(disk: Disk, path: str, since_opened: float) -> str:
    """A new name for the file, to be read and taken away again; its own where it cannot have two. Raises OSError.

    An SMB client answers a name it opened less than a second ago from its own stale handle, so whoever reads under the
    lock takes a new one (storage-facts §4). `since_opened`: seconds since we last opened `path`.
    """
    name = beside(path, f"r-{token_hex(6)}.tmp")
    try:
        disk.link(path, name)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        if is_smb(path) and since_opened < SMB_STALE:
            disk.sleep(SMB_STALE - since_opened)
        return path
    return name


def replace(disk: Disk, path: str, data: bytes, *, before: os.stat_result, check: Callable[[], None]) -> Signature:
    """Replace `path` by `data`, all or nothing, keeping mode, group and access list of the old file.

    `check` is called last thing before the replace and raises if it must not happen. Raises OSError:
    then the old file stands, or (EIO, a time-out) nobody knows, and the next read tells by its numbers.
    """
    new = temporary(path)
    try:
        signature = _write(disk, path, new, data, before)
        check()
        swap(disk, new, path)
    except BaseException:
        quietly(disk.unlink, new)
        raise
    sync_folder(disk, os.path.dirname(path))
    return signature


def create(disk: Disk, path: str, data: bytes) -> None:
    """Make a file that is not there yet, whole or not at all. Raises FileExistsError or another OSError."""
    new = temporary(path)
    try:
        _write(disk, path, new, data, None)
        try:
            disk.link(new, path)
        except OSError as error:
            if error.errno not in _NO_LINK:
                raise
            _write(disk, path, path, data, None)
    finally:
        quietly(disk.unlink, new)
    sync_folder(disk, os.path.dirname(path))


def backup(disk: Disk, path: str, now: int) -> bool:
    """At the first write of a day (UTC) keep the old file in `BOARD.backups/`; whether this was it.

    A second name for the old file costs nothing, because a replace leaves it as it is. The newest
    `RING` stay. A share that refuses costs the backup, never the write.
    """
    folder = path + ".backups"
    name = os.path.join(folder, datetime.fromtimestamp(now, UTC).date().isoformat() + ".json")
    try:
        disk.stat(name)
    except OSError:
        pass
    else:
        return False
    make_sidecar(disk, folder)
    try:
        disk.link(path, name)
    except OSError:
        with suppress(OSError):
            _copy(disk, path, name)
    with suppress(OSError):
        daily = sorted(n for n in disk.listdir(folder) if len(n) == len("2026-01-01.json") and n[:4].isdecimal())
        for old in daily[:-RING]:
            quietly(disk.unlink, os.path.join(folder, old))
    return True


def keep_format(disk: Disk, path: str, form: int) -> None:
    """Keep a board file of an older format before it is written in ours: `before-format-2.json`, for good.

    Raises OSError, and then it must not be written: what an older program knew may be found nowhere else.
    """
    if form < FORMAT:
        make_sidecar(disk, path + ".backups")
        with suppress(FileExistsError):
            create(disk, os.path.join(path + ".backups", f"before-format-{FORMAT}.json"), read_file(disk, path)[0])


def save_beside(disk: Disk, path: str, name: str, data: bytes) -> None:
    """Keep bytes as `BOARD.backups/NAME`, once; failure is silent."""
    folder = path + ".backups"
    make_sidecar(disk, folder)
    with suppress(OSError):
        create(disk, os.path.join(folder, name), data)


def make_sidecar(disk: Disk, folder: str) -> None:
    """Make a folder beside the board that everyone who can write there can write in."""
    if quietly(disk.mkdir, folder):
        with suppress(OSError):
            disk.chmod(folder, stat.S_IMODE(disk.stat(os.path.dirname(folder)).st_mode))


def lock_names(name: str) -> tuple[str, ...]:
    """How the locks of the board file called `name` begin that were given up, broken, or not taken yet."""
    return f"{name}.lock.rel-", f"{name}.lock.stale-", f"{name}.lock.new-"


def sweep(disk: Disk, path: str, server_now: float) -> None:
    """Remove what dead writers and old accidents left. `server_now`: mtime of a file just written there."""
    from store.file.backups import prune  # it makes its files by way of this module

    prune(disk, path, server_now)
    folder, name = os.path.split(path)
    start = os.path.basename(beside(path, ""))
    with suppress(OSError):
        for found in disk.listdir(folder):
            here = os.path.join(folder, found)
            lock = found.startswith(lock_names(name))
            if not lock and not (found.startswith(start) and found.endswith(".tmp")):
                continue
            with suppress(OSError):
                if server_now - disk.stat(here).st_mtime < LEFTOVER_AGE:
                    continue
                if lock:
                    quietly(disk.unlink, os.path.join(here, "owner"))
                    disk.rmdir(here)
                else:
                    disk.unlink(here)
    line = os.path.join(folder, f"{name}.lock.wait")
    with suppress(OSError):
        for waiter in (os.path.join(line, each) for each in disk.listdir(line)):
            if server_now - disk.stat(waiter).st_mtime >= LEFTOVER_AGE:
                quietly(disk.unlink, waiter)
        quietly(disk.rmdir, line)


def _write(disk: Disk, path: str, new: str, data: bytes, before: os.stat_result | None) -> Signature:
    mode = 0o666 if before is None else stat.S_IMODE(before.st_mode)
    fd = disk.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
    try:
        write_all(disk, fd, data)
        if before is not None:
            _keep_access(disk, fd, path, before)
        else:
            _share_with_group(disk, fd, os.path.dirname(path))
        disk.fsync(fd)
        facts = disk.fstat(fd)
    except BaseException:
        quietly(disk.close, fd)
        raise
    disk.close(fd)
    return data[:HEAD], facts.st_size, facts.st_mtime_ns


def _keep_access(disk: Disk, fd: int, path: str, before: os.stat_result) -> None:
    """Give a new file the old one's group, mode and access list; shares without them refuse, which is fine."""
    now = disk.fstat(fd)
    if now.st_gid != before.st_gid:
        quietly(disk.fchown, fd, before.st_gid)
    if stat.S_IMODE(now.st_mode) != stat.S_IMODE(before.st_mode):
        quietly(disk.fchmod, fd, stat.S_IMODE(before.st_mode))
    acl = disk.acl(path)
    if acl is not None:
        quietly(disk.set_acl, fd, acl)


def _share_with_group(disk: Disk, fd: int, folder: str) -> None:
    """In a folder its group may write in, a new file is for the group too, whatever our umask says."""
    with suppress(OSError):
        made = stat.S_IMODE(disk.fstat(fd).st_mode)
        if disk.stat(folder).st_mode & stat.S_IWGRP and made & 0o060 != 0o060:
            quietly(disk.fchmod, fd, made | 0o060)


def swap(disk: Disk, new: str, path: str) -> None:
    """Put a new file in the place of another. A Windows server refuses for a moment while somebody has that one open.

    Raises OSError.
    """
    for wait in (0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32):
        try:
            return disk.replace(new, path)
        except OSError as error:
            if error.errno not in CONTENDED:
                raise
        disk.sleep(wait)
    return disk.replace(new, path)


def _copy(disk: Disk, path: str, name: str) -> None:
    data, _ = read_file(disk, path)
    create(disk, name, data)
