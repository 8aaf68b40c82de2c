"""What the operating system or the file says, as sentences for people."""

from __future__ import annotations

import errno
import os

from store.errors import BoardReadOnly, BoardUnavailable, CrossdeckError
from store.file.disk import Disk, NoFile, quietly

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM}


def missing(path: str, *, before: bool) -> BoardUnavailable:
    """No file at `path`; `before`: this session has read one there."""
    if before:
        return BoardUnavailable(
            "The board file {path} is gone. Is its share connected? Changes wait on this machine.",
            code="missing",
            path=path,
        )
    return BoardUnavailable(
        "There is no board at {path}. Is its share connected? `crossdeck init {path}` makes a new one.",
        code="missing",
        path=path,
    )


def _deleted(path: str) -> BoardUnavailable:
    """No file at `path`, in a folder that still has its backups: the share is there."""
    return BoardUnavailable(
        "The board file {path} is gone; its backups are there. `crossdeck restore` puts one in its place.",
        code="missing",
        path=path,
    )


def reading(disk: Disk, path: str, error: OSError, *, before: bool) -> CrossdeckError:
    """Why a board cannot be read."""
    if error.errno == errno.ENOENT:
        return _deleted(path) if quietly(disk.stat, path + ".backups") else missing(path, before=before)
    if error.errno in _FORBIDDEN:
        return BoardUnavailable(
            "You may not read {path}. Its owner, {owner}, can allow it: chmod g+r {path}",
            code="unreadable",
            path=path,
            owner=owner_of(disk, path),
        )
    if error.errno == errno.EISDIR:
        return BoardUnavailable("{path} is a folder: name the file of the board in it.", code="folder", path=path)
    if isinstance(error, NoFile):
        return BoardUnavailable(
            "{path} is no file but a pipe, a socket or a device: name the file of the board.", code="no_file", path=path
        )
    return away(path, error)


def writing(disk: Disk, path: str, error: OSError) -> CrossdeckError:
    """Why a board cannot be written; what was recorded waits."""
    if error.errno in _FULL:
        return BoardUnavailable(
            "There is no room left for {path} ({why}). Make room there; changes wait on this machine.",
            code="full",
            path=path,
            why=os.strerror(error.errno),
        )
    if error.errno in _FORBIDDEN:
        return forbidden(disk, os.path.dirname(path))
    if error.errno == errno.EROFS:
        return BoardReadOnly(
            "{folder} is connected for reading only. Whoever looks after the share can change that;"
            " changes wait on this machine.",
            code="permission",
            folder=os.path.dirname(path),
        )
    return away(path, error)


def forbidden(disk: Disk, place: str) -> BoardReadOnly:
    """This user may not write in a folder, or to a file."""
    return BoardReadOnly(
        "You may not write to {place}. Its owner, {owner}, can allow it: chmod g+w {place} -"
        " changes wait on this machine.",
        code="permission",
        place=place,
        owner=owner_of(disk, place),
    )


def away(path: str, error: OSError) -> BoardUnavailable:
    """The share does not answer as it should."""
    return BoardUnavailable(
        "The board {path} cannot be reached: {why}. Changes wait on this machine and are sent when it is back.",
        code="unavailable",
        path=path,
        why=os.strerror(error.errno) if error.errno else str(error),
    )


def held(path: str, holder: str, seconds: float) -> BoardUnavailable:
    """Somebody else keeps the lock."""
    return BoardUnavailable(
        "{holder} has been writing {path} for {seconds} s. Changes wait on this machine.",
        code="locked",
        path=path,
        holder=holder,
        seconds=int(seconds),
    )


def owner_of(disk: Disk, path: str) -> str:
    """The login name of a path's owner, as well as it can be found."""
    try:
        number = disk.stat(path).st_uid
    except OSError:
        return "?"
    try:
        import pwd  # absent on Windows

        return pwd.getpwuid(number).pw_name
    except (ImportError, KeyError):
        return str(number)
