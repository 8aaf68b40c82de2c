"""The mount a path lies on, as the system's own table has it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

SMB: Final = frozenset({"cifs", "smb3", "smbfs"})
REMOTE: Final = SMB | {"nfs", "nfs4", "fuse.sshfs", "9p", "afs", "ceph", "fuse.glusterfs"}
"""File systems whose server is another machine."""
MEMORY: Final = frozenset((
    "tmpfs", "ramfs", "devtmpfs", "hugetlbfs", "proc", "sysfs", "devpts", "mqueue", "cgroup", "cgroup2", "configfs",
    "debugfs", "tracefs", "securityfs", "bpf",
))  # fmt: skip
"""File systems of the kernel itself: nothing of them outlives it."""
_ESCAPES: Final = {"\\040": " ", "\\011": "\t", "\\012": "\n", "\\134": "\\"}


class Mount(Struct, frozen=True):
    """The mount a path lies on: where, its kind (`ext4`, `nfs4`, `cifs`, ...), its options; empty where unknown."""

    point: str = ""
    kind: str = ""
    options: str = ""

    @property
    def holds(self) -> bool:
        """Whether the kernel lets no process go that waits for an answer of it (FUSE: sshfs, rclone)."""
        return self.kind.startswith("fuse")

    @property
    def remote(self) -> bool:
        """Whether another machine serves it."""
        return self.kind in REMOTE

    @property
    def share(self) -> bool:
        """Whether its answer may be long in coming."""
        return self.remote or self.holds


def mount_of(path: str, table: str = "/proc/self/mountinfo") -> Mount:
    """The mount of a resolved path (Linux; elsewhere an empty one)."""
    best = Mount()
    for mount in mounts(table):
        point = mount.point
        if (path == point or path.startswith(point.rstrip("/") + "/")) and len(point) >= len(best.point):
            best = mount
    return best


def mounts(table: str = "/proc/self/mountinfo") -> Iterator[Mount]:
    """Every mount the system's table has, in its order; none where there is no table."""
    try:
        with open(table, encoding="utf-8", errors="surrogateescape") as lines:
            parts = [line.split(" - ") for line in lines]
    except OSError:
        return
    for left, right in (part for part in parts if len(part) == 2):
        point = left.split()[4]
        for escaped, plain in _ESCAPES.items():
            point = point.replace(escaped, plain)
        yield Mount(point, right.split()[0], right.split()[-1])


def resolved_here(path: str) -> tuple[str, bool]:
    """An absolute path with the links of this machine resolved, and whether that is all of them.

    Asks no share: one that hangs would hold whoever asks. Below a share's mount point the path stays as it is.
    """
    shares = [mount.point for mount in mounts() if mount.share]
    done, rest, links = "/", [part for part in path.split("/") if part], 0
    while rest:
        part = rest.pop(0)
        if part == "..":
            done = os.path.dirname(done)
            continue
        here = os.path.join(done, part) if part != "." else done
        if here in shares:
            return os.path.join(here, *rest), False
        if os.path.islink(here) and links < 40:
            links += 1
            target = os.readlink(here)
            done, rest = "/" if target.startswith("/") else done, [each for each in target.split("/") if each] + rest
        else:
            done = here
    return done, True


def on_share(path: str) -> bool:
    """Whether a path leads to a share, which is not asked; quick where none is mounted."""
    return any(mount.share for mount in mounts()) and mount_of(resolved_here(os.path.abspath(path))[0]).share


def is_smb(path: str) -> bool:
    """Whether a path lies on an SMB mount (Linux; elsewhere False): its client shows replaced files late."""
    return mount_of(path).kind in SMB
