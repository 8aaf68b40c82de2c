"""The journal of one session: what was acknowledged, on this machine's disk, line by line (design §3.1).

`<state>/<board id>/<client>.jsonl`, locked (flock) while its session lives. The first line says which
board, then one line per operation. A session that ended with everything in the file moves its journal
to `done/<client>.<last number>.jsonl`, where it waits 45 days in case the file loses it again.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import msgspec
from msgspec import Struct

from store.errors import UsageError
from store.file.disk import Disk, quietly, read_file, sync_folder, write_all
from store.operations.base import Operation, Stamp, decode, encode, name_of
from store.tokens import digest

try:
    import fcntl
except ImportError:  # Windows: other sessions' journals are then never adopted
    _CAN_LOCK = False
else:
    _CAN_LOCK = True


class Recorded(Struct, frozen=True, kw_only=True, eq=False):
    """One acknowledged operation. `(client, n)` is its name everywhere; `seen` what its author saw."""

    client: str
    n: int
    operation: Operation
    stamp: Stamp
    seen: dict[str, dict[str, Any]]
    digest: str

    @property
    def subject(self) -> int:
        """Doc id of the record it is about (0: the board)."""
        return self.operation.subject()

    @property
    def name(self) -> str:
        """The operation's name."""
        return name_of(self.operation)

    @property
    def key(self) -> tuple[str, int]:
        """The name it has in the history."""
        return self.client, self.n


class _Head(Struct, frozen=True):
    board: str
    path: str


class _Line(Struct, frozen=True, kw_only=True):
    n: int
    operation: str
    fields: dict[str, Any]
    stamp: Stamp
    seen: dict[str, dict[str, Any]]
    batch: int
    """Number of the last operation acknowledged together with this one: all of them count, or none."""


Draft = tuple[Operation, Stamp, dict[str, dict[str, Any]]]
"""An operation about to be recorded, who signs it, what its author saw."""


class _Dropped(Struct, frozen=True, forbid_unknown_fields=True):
    dropped: int
    """Number of an operation its author took back before it was sent."""


class Journal:
    """An open, locked journal. `records` are its operations in order."""

    def __init__(self, path: str, fd: int, head: _Head, disk: Disk, *, records: list[Recorded], size: int) -> None:
        """Use `create` or `adopt`."""
        self.path, self.head, self.records = path, head, records
        self.client = os.path.basename(path).partition(".")[0]
        self.last = records[-1].n if records else 0
        self._fd, self._disk, self._size = fd, disk, size

    @classmethod
    def create(cls, folder: str, client: str, *, board: str, path: str, disk: Disk) -> Journal:
        """A new journal in `folder` (made if missing). Raises OSError."""
        disk.makedirs(folder)
        final = os.path.join(folder, f"{client}.jsonl")
        new = os.path.join(folder, f".{client}.new")
        head = _Head(board, path)
        first = msgspec.json.encode(head) + b"\n"
        fd = disk.open(new, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)  # a name of ours: there if this failed before
        try:
            _flock(fd)  # before it has its name: nobody may take it for one left behind
            write_all(disk, fd, first)
            disk.rename(new, final)
        except OSError:
            quietly(disk.unlink, new)
            disk.close(fd)
            raise
        sync_folder(disk, folder)
        return cls(final, fd, head, disk, records=[], size=len(first))

    @classmethod
    def adopt(cls, path: str, disk: Disk) -> Journal | None:
        """The journal of a session that ended, or None if its session lives or it cannot be used here.

        One with operations this program does not know is left for the program that wrote them.
        """
        if not _CAN_LOCK:
            return None
        try:
            fd = disk.open(path, os.O_RDWR)
        except OSError:
            return None
        try:
            _flock(fd)
            facts, named = disk.fstat(fd), disk.stat(path)
            if (facts.st_ino, facts.st_dev) != (named.st_ino, named.st_dev):  # moved by whoever had it before
                raise BlockingIOError(errno.EAGAIN, "moved")
            data, _ = read_file(disk, path)
            client = os.path.basename(path).partition(".")[0]
            head = msgspec.json.decode(data.partition(b"\n")[0], type=_Head)
            return cls(path, fd, head, disk, records=list(_records(client, data)), size=len(data))
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, UsageError):
            disk.close(fd)
            return None

    def append(self, drafts: Sequence[Draft]) -> list[Recorded]:
        """Record operations together: one write, one fsync. Raises OSError, and then none of them counts."""
        last = self.last + len(drafts)
        made = [self._made(n, draft, last) for n, draft in enumerate(drafts, self.last + 1)]
        data = b"".join(line for _, line in made)
        try:
            self._disk.seek(self._fd, self._size)
            write_all(self._disk, self._fd, data)
            self._disk.fsync(self._fd)
        except OSError:
            # Nobody was told, so nothing may be sent later: take the lines back, and never use their numbers.
            self.last = last
            quietly(self._disk.truncate, self._fd, self._size)
            raise
        self._size += len(data)
        self.last = last
        records = [record for record, _ in made]
        self.records = [*self.records, *records]
        return records

    def drop(self, n: int) -> None:
        """Take an operation that waits out of what will be sent, for good. Raises OSError, and then it still waits."""
        line = msgspec.json.encode(_Dropped(n)) + b"\n"
        try:
            self._disk.seek(self._fd, self._size)
            write_all(self._disk, self._fd, line)
            self._disk.fsync(self._fd)
        except OSError:
            quietly(self._disk.truncate, self._fd, self._size)
            raise
        self._size += len(line)
        self.records = [record for record in self.records if record.n != n]

    def take_number(self) -> int:
        """A number for an operation that is never journalled."""
        self.last += 1
        return self.last

    def retire(self) -> None:
        """Close; everything is in the file: move to `done/`, or remove it if it is empty."""
        if self.records:
            done = os.path.join(os.path.dirname(self.path), "done")
            with suppress(OSError):
                self._disk.makedirs(done)
                last = max(record.n for record in self.records)
                self._disk.rename(self.path, os.path.join(done, f"{self.client}.{last}.jsonl"))
        else:
            quietly(self._disk.unlink, self.path)
        self.close()

    def close(self) -> None:
        """Close and unlock; what is not in the file yet waits for the next session."""
        quietly(self._disk.close, self._fd)

    def _made(self, n: int, draft: Draft, batch: int) -> tuple[Recorded, bytes]:
        operation, stamp, seen = draft
        line = msgspec.json.encode(
            _Line(n=n, operation=name_of(operation), fields=encode(operation), stamp=stamp, seen=seen, batch=batch)
        )
        made = Recorded(client=self.client, n=n, operation=operation, stamp=stamp, seen=seen, digest=digest_of(line))
        return made, line + b"\n"


def digest_of(line: bytes) -> str:
    """What tells two operations of the same name apart (cloned homes; core 2.13)."""
    return digest(line, 8).hex()


def _records(client: str, data: bytes) -> Iterator[Recorded]:
    """The operations of a journal; torn lines and batches that were not finished are not acknowledged ones."""
    lines: list[tuple[_Line, bytes]] = []
    gone: set[int] = set()
    for raw in data.split(b"\n")[1:]:
        with suppress(msgspec.DecodeError, UnicodeDecodeError):
            if raw.startswith(b'{"dropped"'):
                gone.add(msgspec.json.decode(raw, type=_Dropped).dropped)
            else:
                line = msgspec.json.decode(raw, type=_Line)
                # Numbers grow. One that does not stood in a batch that was refused, and what came after it is shorter.
                if not lines or line.n > lines[-1][0].n:
                    lines.append((line, raw))
    numbers = {line.n for line, _ in lines}
    for line, raw in lines:
        if line.batch in numbers and line.n not in gone:
            yield Recorded(
                client=client,
                n=line.n,
                operation=decode(line.operation, line.fields),
                stamp=line.stamp,
                seen=line.seen,
                digest=digest_of(raw),
            )


def _flock(fd: int) -> None:
    """Lock a descriptor for as long as it is open. Raises OSError if another process has it."""
    if _CAN_LOCK:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
