"""The mount a path lies on, as the system's own table has it."""

from __future__ import annotations

import os
import threading
from typing import Final

from msgspec import Struct

SMB: Final = frozenset({"cifs", "smb3", "smbfs"})
REMOTE: Final = SMB | {"nfs", "nfs4", "fuse.sshfs", "9p", "afs", "ceph", "fuse.glusterfs"}
"""File systems whose server is another machine."""
MEMORY: Final = frozenset({"tmpfs", "ramfs"})
_ESCAPES: Final = {"\\040": " ", "\\011": "\t", "\\012": "\n", "\\134": "\\"}


class Mount(Struct, frozen=True):
    """The mount a path lies on: where, its kind (`ext4`, `nfs4`, `cifs`, ...), its options; empty where unknown."""

    point: str = ""
    kind: str = ""
    options: str = ""

    @property
    def remote(self) -> bool:
        """Whether another machine serves it."""
        return self.kind in REMOTE


def mount_of(path: str, table: str = "/proc/self/mountinfo") -> Mount:
    """The mount of a resolved path (Linux; elsewhere an empty one)."""
    best = Mount()
    try:
        with open(table, encoding="utf-8", errors="surrogateescape") as lines:
            parts = [line.split(" - ") for line in lines]
    except OSError:
        return best
    for left, right in (part for part in parts if len(part) == 2):
        point = left.split()[4]
        for escaped, plain in _ESCAPES.items():
            point = point.replace(escaped, plain)
        if (path == point or path.startswith(point.rstrip("/") + "/")) and len(point) >= len(best.point):
            best = Mount(point, right.split()[0], right.split()[-1])
    return best


def resolved_soon(path: str, seconds: float = 0.5) -> str | None:
    """A path with its links resolved, or None where the share does not answer within `seconds`."""
    found: list[str] = []
    asking = threading.Thread(target=lambda: found.append(os.path.realpath(path)), daemon=True)
    asking.start()
    asking.join(seconds)
    return found[0] if found else None


def is_smb(path: str) -> bool:
    """Whether a path lies on an SMB mount (Linux; elsewhere False): its client shows replaced files late."""
    return mount_of(path).kind in SMB
