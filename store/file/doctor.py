"""Tests the place where a board lies, by doing there what a commit does (storage-facts §1-§4).

Everything is tried in a folder of its own beside the board, which is removed again; the board is only read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Literal

from msgspec import Struct

from store.clock import Clock
from store.file.disk import Disk, quietly, read_signature, sync_folder, write_all
from store.file.mounts import MEMORY, SMB, Mount, mount_of
from store.file.place import conflicted_copies, synced_by
from store.file.race import raced
from store.tokens import token_hex

Level = Literal["ok", "warn", "bad"]
ROUNDS = 200
"""How often two processes race for the same directory."""
SKEW = 5
"""Seconds by which the server's clock may differ from ours before it is said."""
SLOW = 0.25
"""Seconds a commit's steps may take before the share is called slow."""
SLOW_LOOK = 50
"""Milliseconds from which a look at the board is slow."""
PATIENCE = 30
"""Seconds for the race."""
READS = 20
SYNCED = 100_000
"""Bytes written to see how long that takes: a small board."""


class Diagnosis(Struct, frozen=True):
    """What one test found: `check` names it, `text` is an English sentence to translate and fill with `fields`."""

    check: str
    level: Level
    text: str
    fields: dict[str, Any] = {}


def examine(path: str, clock: Clock, disk: Disk | None = None) -> Iterator[Diagnosis]:
    """Yield what is found about the place of the resolved board file `path`, which need not exist yet."""
    disk = disk or Disk()
    mount = mount_of(path)
    yield _file_system(mount)
    yield from _sync(path, mount, disk)
    folder = os.path.join(os.path.dirname(path), f".crossdeck-doctor-{token_hex(4)}")
    try:
        disk.mkdir(folder)
    except OSError as error:
        where = os.path.dirname(path)
        yield Diagnosis(
            "write",
            "bad",
            "Nothing can be made in {folder}: {why}. Make the folder, or ask its owner to let you write there.",
            _why(error, folder=where),
        )
        return
    try:
        yield from _Trial(folder, path, clock, disk).findings()
    finally:
        _clear(folder, disk)


class _Trial:
    """Does in a folder of its own what a commit does."""

    def __init__(self, folder: str, path: str, clock: Clock, disk: Disk) -> None:
        self._folder, self._path, self._clock, self._disk = folder, path, clock, disk

    def findings(self) -> Iterator[Diagnosis]:
        """Yield one finding for each test; one that the system refuses is a finding too."""
        for test in self._tests():
            try:
                yield test()
            except OSError as error:
                yield Diagnosis(
                    test.__name__.strip("_"),
                    "bad",
                    "This failed here: {why}. No board can be kept in this place: take another folder.",
                    _why(error),
                )

    def _tests(self) -> Iterator[Callable[[], Diagnosis]]:
        yield from (self._lock, self._hard_link, self._fsync, self._replace)
        yield from (self._access, self._server_clock, self._latency)

    def _lock(self) -> Diagnosis:
        """Two processes of ours make the same directories: each may be made once."""
        count = {"n": ROUNDS, "s": PATIENCE}
        won = raced(self._folder, ROUNDS, PATIENCE)
        if won is None:
            return Diagnosis(
                "lock", "bad", "Two processes could not take {n} locks in {s} s. Take a folder on another drive.", count
            )
        wrong = ROUNDS - len(set(won[0]) ^ set(won[1]))
        if wrong:
            return Diagnosis(
                "lock",
                "bad",
                "{wrong} of {n} locks were given twice or not at all: changes would be lost. Take another drive.",
                count | {"wrong": wrong},
            )
        return Diagnosis("lock", "ok", "{n} locks raced for by two processes, each given once.", count)

    def _hard_link(self) -> Diagnosis:
        one, two = os.path.join(self._folder, "one"), os.path.join(self._folder, "two")
        _write(one, b"x", self._disk)
        try:
            self._disk.link(one, two)
        except OSError as error:
            return Diagnosis(
                "hard_link",
                "warn",
                "No second name for a file ({why}): reads under the lock are slower here, nothing else.",
                _why(error),
            )
        return Diagnosis("hard_link", "ok", "A file may have two names.")

    def _fsync(self) -> Diagnosis:
        """Bytes are on the medium when the system says so, and how long that takes."""
        began = self._disk.monotonic()
        _write(os.path.join(self._folder, "synced"), b"x" * SYNCED, self._disk)
        took = self._disk.monotonic() - began
        ms = {"ms": round(took * 1000, 1)}
        if took > SLOW:
            return Diagnosis("fsync", "warn", "Written to the disk in {ms} ms: each change waits so long, unseen.", ms)
        return Diagnosis("fsync", "ok", "Written to the disk in {ms} ms.", ms)

    def _replace(self) -> Diagnosis:
        """A file is replaced while somebody has it open, and is whole after."""
        old, new = os.path.join(self._folder, "old"), os.path.join(self._folder, "new")
        _write(old, b"old", self._disk)
        reader = self._disk.open(old, os.O_RDONLY)
        try:
            _write(new, b"new", self._disk)
            self._disk.replace(new, old)
            sync_folder(self._disk, self._folder)
            kept = self._disk.read(reader, 8)
        finally:
            self._disk.close(reader)
        reader = self._disk.open(old, os.O_RDONLY)
        try:
            found = self._disk.read(reader, 8)
        finally:
            self._disk.close(reader)
        if found != b"new":
            return Diagnosis(
                "replace",
                "bad",
                "A replaced file shows its old content: this drive caches too long. Take another, or another mount.",
            )
        if kept != b"old":
            return Diagnosis(
                "replace",
                "warn",
                "Whoever reads while a file is replaced sees the new one: reads are tried again here.",
            )
        return Diagnosis("replace", "ok", "A file is replaced at once, also while somebody reads it.")

    def _access(self) -> Diagnosis:
        """Who may write: everybody who shares the board, after whoever wrote last."""
        home = self._disk.stat(os.path.dirname(self._path))
        try:
            board = self._disk.stat(self._path)
        except FileNotFoundError:
            board = None
        mode = stat.S_IMODE(home.st_mode)
        made = self._disk.stat(_write(os.path.join(self._folder, "mine"), b"x", self._disk))
        where = {"folder": os.path.dirname(self._path)}
        if board is not None and not board.st_mode & 0o222:
            return Diagnosis("access", "bad", "The board is read-only: chmod ug+w {path}", {"path": self._path})
        if not mode & 0o022:
            return Diagnosis(
                "access", "warn", "Only its owner may write in {folder}: chmod g+ws {folder} lets a group in.", where
            )
        if board is not None and not board.st_mode & 0o022:
            return Diagnosis(
                "access", "warn", "Only its owner may write the board: chmod g+w {path}", {"path": self._path}
            )
        if mode & 0o020 and not mode & stat.S_ISGID and made.st_gid != home.st_gid:
            return Diagnosis("access", "warn", "New files do not get the group of {folder}: chmod g+s {folder}", where)
        return Diagnosis("access", "ok", "Others may write here too.")

    def _server_clock(self) -> Diagnosis:
        name = os.path.join(self._folder, "clock")
        before = self._clock.now_exact()
        _write(name, b"x", self._disk)
        skew = self._disk.stat(name).st_mtime - (before + self._clock.now_exact()) / 2
        if abs(skew) <= SKEW:
            return Diagnosis(
                "clock", "ok", "The clock of the share and this machine's agree ({s} s).", {"s": round(skew, 1) + 0.0}
            )
        return Diagnosis(
            "clock",
            "warn",
            "The share's clock is {s} s off this machine's. Set the wrong one (NTP): countdowns go by this machine's.",
            {"s": round(skew)},
        )

    def _latency(self) -> Diagnosis:
        """How long the look at the board takes that a dashboard has once a second."""
        name = self._path
        try:
            self._disk.stat(self._path)
        except OSError:
            name = _write(os.path.join(self._folder, "look"), b"x" * 600, self._disk)
        took = []
        for _ in range(READS):
            began = self._disk.monotonic()
            read_signature(self._disk, name)
            took.append(self._disk.monotonic() - began)
        ms = round(sorted(took)[READS // 2] * 1000, 2)
        if ms > SLOW_LOOK:
            return Diagnosis(
                "latency",
                "warn",
                "A look at the board takes {ms} ms: others' changes show later.",
                {"ms": ms},
            )
        return Diagnosis("latency", "ok", "A look at the board takes {ms} ms.", {"ms": ms})


def _why(error: OSError, **more: str) -> dict[str, Any]:
    return {"why": error.strerror or str(error)} | more


def _file_system(mount: Mount) -> Diagnosis:
    if not mount.kind:
        return Diagnosis("file_system", "ok", "This system does not say what file system it is.")
    named = {"kind": mount.kind, "point": mount.point}
    if mount.kind in MEMORY:
        return Diagnosis("file_system", "bad", "{kind}: lies in memory and is gone when the machine stops.", named)
    if mount.kind in SMB and "closetimeo=0" not in mount.options:
        return Diagnosis(
            "file_system",
            "warn",
            "{kind} on {point}, served by another machine. Mount with closetimeo=0: changes of others show sooner.",
            named,
        )
    if mount.kind == "fuse.sshfs":
        return Diagnosis(
            "file_system",
            "ok",
            "{kind} on {point}, served by another machine. With -o dir_cache=no no lock seems taken for longer.",
            named,
        )
    if mount.remote:
        return Diagnosis("file_system", "ok", "{kind} on {point}, served by another machine.", named)
    return Diagnosis("file_system", "ok", "{kind} on {point}, this machine's own.", named)


def _sync(path: str, mount: Mount, disk: Disk) -> Iterator[Diagnosis]:
    by = synced_by(path, disk, mount)
    if by:
        yield Diagnosis(
            "sync_folder",
            "bad",
            "{by} copies this folder about and knows no locks: use a network drive, changes would be lost here.",
            {"by": by},
        )
    else:
        yield Diagnosis("sync_folder", "ok", "No sync program looks after this folder.")
    copies = conflicted_copies(path, disk)
    if copies:
        names = ", ".join(os.path.basename(each) for each in copies[:3])
        yield Diagnosis(
            "copies",
            "warn",
            "Left beside the board by a sync program ({n}): {names}. `crossdeck merge` takes over what only they have.",
            {"n": len(copies), "names": names},
        )


def _write(path: str, data: bytes, disk: Disk) -> str:
    """A small file, on disk when this returns; its path."""
    fd = disk.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    try:
        write_all(disk, fd, data)
        disk.fsync(fd)
    finally:
        disk.close(fd)
    return path


def _clear(folder: str, disk: Disk) -> None:
    with suppress(OSError):
        for name in disk.listdir(folder):
            here = os.path.join(folder, name)
            if not quietly(disk.unlink, here):
                quietly(disk.rmdir, here)
    quietly(disk.rmdir, folder)
