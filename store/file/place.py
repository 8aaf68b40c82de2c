"""Folders that a sync program copies about, and the copies such a program left beside a board."""

from __future__ import annotations

import os
import re
from typing import Final

from store.file.disk import HEAD, Disk, quietly
from store.file.mounts import Mount, mount_of

SYNCED: Final = {
    "fuse.rclone": "rclone",
    "fuse.google-drive-ocamlfuse": "Google Drive",
    "fuse.onedriver": "OneDrive",
}
"""File systems that are a cloud folder in disguise."""
_FOLDERS: Final = (
    (re.compile(r"^dropbox( \(.+\))?$", re.IGNORECASE), "Dropbox"),
    (re.compile(r"^onedrive( - .+)?$", re.IGNORECASE), "OneDrive"),
    (re.compile(r"^(google ?drive|my drive|GoogleDrive-.+)$", re.IGNORECASE), "Google Drive"),
    (re.compile(r"^(nextcloud|owncloud)$", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"^(icloud drive|com~apple~clouddocs|mobile documents)$", re.IGNORECASE), "iCloud Drive"),
    (re.compile(r"^(坚果云|nutstore files|nutstore)$", re.IGNORECASE), "坚果云"),
    (re.compile(r"^(syncthing|seafile|pcloud ?drive|megasync|box sync|box)$", re.IGNORECASE), "sync"),
)
_MARKS: Final = {".dropbox": "Dropbox", ".stfolder": "Syncthing", ".sync": "sync", ".nextcloudsync.log": "Nextcloud"}
"""What such programs leave in a folder they look after."""
_COPIES: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r" \(.*(conflicted copy|冲突副本|衝突複本|in conflitto|case conflict).*\)$",
        r"[ _-]*\(?(sf)?(conflict|冲突|衝突)[-_ ].*$",
        r"\.sync-conflict-\d{8}-\d{6}(-\w+)?$",
        r"[._-]conflict\d*$",
        r"-(?:DESKTOP|LAPTOP|PC|MACBOOK)[-\w]*$",
        r"[ _]?\(\d{1,2}\)$",
    )
)
"""What sync programs write behind the name of a file of which they keep two."""
_MACHINE: Final = re.compile(
    r"-(?!(?:backup|bak|old|copy|orig|save|test|备份|備份|副本)\b)[\w.-]{2,63}$", re.IGNORECASE
)
"""OneDrive writes the machine's name, which may be any: such a file counts if it is a copy of this very board."""
_BOARD: Final = re.compile(rb'"board":\s*"([^"]{1,64})"')


def synced_by(path: str, disk: Disk, mount: Mount | None = None) -> str:
    """The program that copies a path's folder about (`Dropbox`, `OneDrive`, `rclone`, ...), or an empty string.

    Such a program knows nothing of locks: it puts back old files and doubles those that two people wrote.
    """
    mount = mount_of(path) if mount is None else mount
    if mount.kind in SYNCED:
        return SYNCED[mount.kind]
    folder = os.path.dirname(path)
    for part in reversed(folder.split(os.sep)):
        for form, name in _FOLDERS:
            if form.match(part):
                return name
    while True:
        for mark, name in _MARKS.items():
            try:
                disk.stat(os.path.join(folder, mark))
            except OSError:
                continue
            return name
        above = os.path.dirname(folder)
        if above == folder:
            return ""
        folder = above


def conflicted_copies(path: str, disk: Disk) -> list[str]:
    """Files beside a board that are copies a sync program made of it when two wrote at once, by name."""
    folder, name = os.path.split(path)
    try:
        names = disk.listdir(folder)
    except OSError:
        return []
    found = []
    for other in names:
        rest = _behind(name, other)
        if any(form.match(rest) for form in _COPIES):
            found.append(os.path.join(folder, other))
        elif _MACHINE.match(rest):
            board = _board_in(path, disk)
            if board and _board_in(os.path.join(folder, other), disk) == board:
                found.append(os.path.join(folder, other))
    return sorted(found)


def _behind(name: str, other: str) -> str:
    """What a file's name has more than the board's, before its ending or behind it; empty if it is no such name."""
    stem, ending = os.path.splitext(name)
    if other == name or not other.startswith(stem):
        return ""
    if other.startswith(name):
        return other[len(name) :]
    return other[len(stem) : len(other) - len(ending)] if other.endswith(ending) else ""


def _board_in(path: str, disk: Disk) -> bytes:
    """The id of the board a file's head says it holds; empty if it says none."""
    try:
        fd = disk.open(path, os.O_RDONLY)
    except OSError:
        return b""
    try:
        found = _BOARD.search(disk.read(fd, HEAD))
    except OSError:
        found = None
    finally:
        quietly(disk.close, fd)
    return found[1] if found else b""
