"""The one seam to the operating system below the board file, and the few things built from it.

Everything that reads or writes beside the board goes through a `Disk`, so that a test can make any
call fail with any errno. Paths are plain strings here: this is what the system calls take.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable
from typing import Any, Final

from store.tokens import token_hex

HEAD: Final = 512
"""Bytes of the file a poll compares; `_meta` fits into them."""

Signature = tuple[bytes, int, int]
"""(head, size, mtime in ns) of one open descriptor: what tells one revision from another."""

_FLAGS: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_ACL: Final = "system.posix_acl_access"


class Disk:
    """System calls by their names, without any policy. All may raise OSError."""

    def open(self, path: str, flags: int, mode: int = 0o666) -> int:
        """Open a descriptor; never inherited, never translating line ends."""
        return os.open(path, flags | _FLAGS, mode)

    def read(self, fd: int, size: int) -> bytes:
        """Read at most `size` bytes."""
        return os.read(fd, size)

    def write(self, fd: int, data: bytes | memoryview) -> int:
        """Write some of `data`; says how much."""
        return os.write(fd, data)

    def seek(self, fd: int, offset: int) -> None:
        """Go to an offset from the start."""
        os.lseek(fd, offset, os.SEEK_SET)

    def truncate(self, fd: int, size: int) -> None:
        """Cut an open file to `size` bytes."""
        os.ftruncate(fd, size)

    def fsync(self, fd: int) -> None:
        """Wait until the bytes are on the medium."""
        os.fsync(fd)

    def close(self, fd: int) -> None:
        """Close; network file systems report late write errors here."""
        os.close(fd)

    def fstat(self, fd: int) -> os.stat_result:
        """Facts of an open file."""
        return os.fstat(fd)

    def stat(self, path: str) -> os.stat_result:
        """Facts of a path (links followed)."""
        return os.stat(path)

    def access(self, path: str, mode: int) -> bool:
        """Whether this user may, as far as the system can say beforehand."""
        return os.access(path, mode)

    def listdir(self, path: str) -> list[str]:
        """Names in a folder."""
        return os.listdir(path)

    def link(self, old: str, new: str) -> None:
        """Give a file a second name."""
        os.link(old, new)

    def replace(self, old: str, new: str) -> None:
        """Put a file in the place of another, at once."""
        os.replace(old, new)

    def rename(self, old: str, new: str) -> None:
        """Move a folder or a file."""
        os.rename(old, new)

    def mkdir(self, path: str, mode: int = 0o777) -> None:
        """Make a folder; exactly one caller succeeds."""
        os.mkdir(path, mode)

    def makedirs(self, path: str, mode: int = 0o700) -> None:
        """Make a folder and those above it, unless they are there."""
        os.makedirs(path, mode=mode, exist_ok=True)

    def rmdir(self, path: str) -> None:
        """Remove an empty folder."""
        os.rmdir(path)

    def unlink(self, path: str) -> None:
        """Remove a file."""
        os.unlink(path)

    def chmod(self, path: str, mode: int) -> None:
        """Set a path's mode."""
        os.chmod(path, mode)

    def fchmod(self, fd: int, mode: int) -> None:
        """Set an open file's mode, where the system knows modes."""
        if hasattr(os, "fchmod"):
            os.fchmod(fd, mode)

    def fchown(self, fd: int, group: int) -> None:
        """Set an open file's group, where the system knows groups."""
        if hasattr(os, "fchown"):
            os.fchown(fd, -1, group)

    def acl(self, path: str) -> bytes | None:
        """The POSIX access list of a path, or None."""
        try:
            return os.getxattr(path, _ACL) if hasattr(os, "getxattr") else None
        except OSError:
            return None

    def set_acl(self, fd: int, acl: bytes) -> None:
        """Give an open file an access list."""
        os.setxattr(fd, _ACL, acl)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    def monotonic(self) -> float:
        """Seconds that never run backwards, for leases and retries (never for instants)."""
        return time.monotonic()


class NoFile(OSError):
    """A pipe, a socket or a device: reading it might wait for ever, or never end."""


def must_be_file(disk: Disk, path: str) -> None:
    """Raise NoFile for what is neither file nor folder, before opening it waits. Raises OSError."""
    _plain(disk.stat(path), path)


def _plain(facts: os.stat_result, path: str) -> None:
    if not stat.S_ISREG(facts.st_mode) and not stat.S_ISDIR(facts.st_mode):
        raise NoFile(errno.EINVAL, os.strerror(errno.EINVAL), path)


def read_file(disk: Disk, path: str) -> tuple[bytes, Signature]:
    """A file's bytes and signature, both of one descriptor. Raises OSError; NoFile for what is none."""
    fd = disk.open(path, os.O_RDONLY)
    try:
        # Facts first: whoever writes in place while we read leaves a signature that no longer fits.
        facts = disk.fstat(fd)
        _plain(facts, path)
        parts = [disk.read(fd, facts.st_size + 1)]
        while parts[-1]:
            parts.append(disk.read(fd, 1 << 20))
    finally:
        disk.close(fd)
    data = parts[0] if len(parts) <= 2 else b"".join(parts)
    return data, (data[:HEAD], facts.st_size, facts.st_mtime_ns)


def read_signature(disk: Disk, path: str) -> Signature:
    """A file's signature without reading the file. Raises OSError."""
    fd = disk.open(path, os.O_RDONLY)
    try:
        facts = disk.fstat(fd)
        return disk.read(fd, HEAD), facts.st_size, facts.st_mtime_ns
    finally:
        disk.close(fd)


def write_all(disk: Disk, fd: int, data: bytes) -> None:
    """Write all bytes, however the system cuts them. Raises OSError."""
    left = memoryview(data)
    while left:
        left = left[disk.write(fd, left) :]


def sync_folder(disk: Disk, folder: str) -> None:
    """Make a rename in a folder durable, where the system lets one.

    Failure is silent: the new file stands, and what a crash would take back the numbers put back.
    """
    try:
        fd = disk.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        disk.fsync(fd)
    except OSError:
        pass
    finally:
        quietly(disk.close, fd)


def quietly(call: Callable[..., object], *arguments: Any) -> bool:
    """Make a call whose failure changes nothing; whether it worked."""
    try:
        call(*arguments)
    except OSError:
        return False
    return True


def host() -> str:
    """This machine's name."""
    # Not socket.gethostname where the system has it cheaper: importing socket costs a short command 7 ms.
    if hasattr(os, "uname"):
        return os.uname().nodename or "unknown"
    import socket

    return socket.gethostname() or "unknown"


def beside(path: str, kind: str) -> str:
    """A new hidden name in the folder of `path`: `.NAME.KIND`, unique; long names are cut to fit the system's 255."""
    folder, name = os.path.split(path)
    stem = name.encode()[:80].decode(errors="ignore")
    return os.path.join(folder, f".{stem}.{kind}")


def temporary(path: str) -> str:
    """A new name for a temporary file beside `path` (swept when an hour old)."""
    return beside(path, f"{host()[:40]}-{os.getpid()}-{token_hex(4)}.tmp")


CONTENDED: Final = frozenset({errno.EPERM, errno.EACCES, errno.ESTALE, errno.EBUSY, errno.ENOTEMPTY, errno.EEXIST})
"""What a lock or a replace answers while somebody else is at it (sshfs, NFS, SMB)."""
SHARING: Final = frozenset({errno.EACCES, errno.EPERM})
"""What Windows answers for a moment while somebody else has the file open."""
PASSING: Final = SHARING | {errno.ENOENT, errno.ESTALE, errno.EIO, errno.EBUSY, errno.EAGAIN, errno.EINTR}
"""What a read answers for a moment while somebody replaces the file."""
