"""The lock directory beside the board: `mkdir` has exactly one winner on every share measured (storage-facts §2).

It gives speed, not truth: a lock broken by mistake costs a retry, the numbers in the file heal the rest.
Who holds it writes an `owner` file; a lock is stale when its owner is a dead process of this machine, or
when the owner file has not changed for the lease, on our own monotonic clock. It is broken by rename, so
that one of several wins.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress

import msgspec

from store.file import trouble
from store.file.disk import CONTENDED, Disk, quietly, write_all
from store.file.owner import LENGTH, Owner, holder
from store.file.waiting_line import WaitingLine
from store.tokens import random_bits, token_hex

LEASE = 15.0
"""Seconds without a sign of life after which a lock may be broken."""
PATIENCE = 30.0
"""Seconds a commit waits for somebody else before it says so and tries again later."""
NAMELESS = 3.0
"""Seconds after which a lock nobody wrote a name into may be broken: its maker died between two calls."""
LOOK_EVERY = 0.1
"""Seconds between two looks at who holds the lock."""
REFUSED = 5.0
"""Seconds of a refusal ("permission denied", a stale handle) with no lock in sight after which it is believed."""

Waiting = Callable[[str, float], None]
"""Called while waiting, with who holds the lock and for how many seconds we have waited (or seen them, if longer)."""


class LockLost(Exception):
    """Somebody broke our lock: nothing may be written under it."""


class LockDirectory:
    """`BOARD.lock/`. One use at a time: `acquire`, some `touch`, `check`, `release`."""

    def __init__(self, board: str, disk: Disk, *, who: str = "") -> None:
        """`board` is the resolved path of the file; `who` is what others see while they wait."""
        self.path = board + ".lock"
        self.broken = 0
        """How many stale locks this object broke."""
        self.shortest = LEASE
        """Seconds the lease lasts at least; our own slow commits make it longer."""
        self.lease = self.shortest
        self.nameless, self.patience = NAMELESS, PATIENCE
        self._board, self._disk = board, disk
        self._who = who[:60]
        self._mine = Owner()
        self._ready = ""
        """A folder with our name in it, to be put where the lock belongs."""
        self._by_rename = False
        """Whether `mkdir` said that a lock was there which was not: then it is not asked any more."""
        self._mode: int | None = None
        """What the lock's mode is set to; 0: left as the system makes it; None: not looked at yet."""
        self._touched = self._began = 0.0
        self._held = "?", 0.0
        """Whose lock was seen last (its token), and since when: one who waits again does not begin to count anew."""
        self._line = WaitingLine(self.path, disk)

    def acquire(self, on_wait: Waiting | None = None) -> None:
        """Take the lock, waiting for others up to `patience` seconds.

        Raises BoardUnavailable (code "locked", naming the holder; "full"; "unavailable") or BoardReadOnly
        (code "permission").
        """
        try:
            self._acquire(on_wait)
        finally:
            self._line.leave()
            if self._ready:
                self._remove(self._ready)
                self._ready = ""

    def _acquire(self, on_wait: Waiting | None) -> None:
        began = unchanged = self._disk.monotonic()
        looked, refused = float("-inf"), None
        seen = Owner()
        self._line.begin(began)
        while True:
            now = self._disk.monotonic()
            if not self._line.lets(now):
                self._disk.sleep(self._line.pause(now) or 0.0)
                continue
            if (error := self._try()) is None:
                return
            self._line.join(now)
            if now - looked >= LOOK_EVERY:
                looked, found = now, self._owner(self.path)
                if found != seen:
                    seen, unchanged = found, now
                elif not seen.token and error.errno == errno.EEXIST and self._take_over() is None:
                    return
            if seen.is_dead() or now - unchanged > (self.lease if seen.token else min(self.nameless, self.lease)):
                unchanged, looked = now, float("-inf")
                if self._break(seen):
                    continue
            waited, held = now - began, max(now - began, self._held_for(seen, now))
            if waited > self.patience:
                raise trouble.held(self._board, holder(seen), held)
            refused = (refused or now) if error.errno != errno.EEXIST and not self._exists() else None
            if refused is not None and now - refused > REFUSED:
                raise trouble.writing(self._disk, self._board, error) from error
            if on_wait is not None:
                on_wait(holder(seen), held)
            pause = self._line.pause(now)
            self._disk.sleep(_pause(waited) if pause is None else pause)

    def touch(self) -> None:
        """Show that we live; cheap when called often. Raises LockLost."""
        now = self._disk.monotonic()
        if now - self._touched < self.lease / 10:
            return
        self.check()
        fd = self._open_owner(os.O_RDWR)
        try:
            self._mine = msgspec.structs.replace(self._mine, beat=token_hex(4))
            write_all(self._disk, fd, self._mine.encoded())
        finally:
            self._disk.close(fd)
        self._touched = now

    def check(self) -> None:
        """Make sure the lock is still ours. Raises LockLost."""
        for wait in (0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 0.0):
            fd = self._open_owner(os.O_RDONLY)
            try:
                found = self._disk.read(fd, 2 * LENGTH)
            finally:
                self._disk.close(fd)
            if self._mine.token.encode() in found:
                return
            # Less than all of it: the client takes an old size for true, for a second at most.
            if len(found) >= LENGTH or not wait:
                raise LockLost
            self._disk.sleep(wait)

    def release(self) -> None:
        """Give the lock up, if it is still ours. Never raises: a lock left behind runs out by its lease."""
        self.lease = max(self.shortest, 10 * (self._disk.monotonic() - self._began))
        with suppress(OSError, LockLost):
            self.check()
            gone = f"{self.path}.rel-{token_hex(4)}"
            self._rename(gone)
            self._remove(gone)

    # ---------------------------------------------------------------------------------------------

    def _try(self) -> OSError | None:
        """Make the lock and write our name into it; what was answered where somebody else is at it. Raises too."""
        if self._by_rename:
            return self._take_over()
        try:
            self._disk.mkdir(self.path)
        except OSError as error:
            return self._contended(error)
        try:
            self._name(self.path)
        except OSError as error:
            # Broken or taken over before we wrote our name: the folder is gone, or has another name in it.
            return error if error.errno == errno.ENOENT else self._contended(error)
        self._touched = self._began = self._disk.monotonic()
        return None

    def _take_over(self) -> OSError | None:
        """Put a folder with our name in it where the lock belongs: while there is none, or one without a name in it.

        The system refuses to put a folder over one with something in it. This asks the server where `mkdir` does
        not: a client that saw the lock once takes it to be there as long as it holds that for true (20 s on sshfs).
        """
        try:
            if not self._ready:
                ready = f"{self.path}.new-{token_hex(4)}"
                self._disk.mkdir(ready)
                self._name(ready)
                self._ready = ready
            self._disk.rename(self._ready, self.path)
        except OSError as error:
            return self._contended(error)
        self._ready, self._by_rename = "", True
        self._touched = self._began = self._disk.monotonic()
        return None

    def _name(self, made: str) -> None:
        """Write a new name of ours into a folder just made. Raises OSError; then the folder is gone, if it may be."""
        self._open_to_others(made)
        self._mine = Owner.ours(self._who)
        try:
            fd = self._disk.open(os.path.join(made, "owner"), os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        except OSError:
            quietly(self._disk.rmdir, made)  # not if it has a name in it: then it is not ours any more
            raise
        try:
            try:
                write_all(self._disk, fd, self._mine.encoded())
            finally:
                self._disk.close(fd)
        except OSError:
            if self._owner(made).token in {"", self._mine.token}:
                self._remove(made)
            raise

    def _open_to_others(self, folder: str) -> None:
        """Let everybody who may write in the folder clear our lock away if we die: our umask may forbid it."""
        if self._mode is None:
            self._mode = 0
            with suppress(OSError):
                wanted = stat.S_IMODE(self._disk.stat(os.path.dirname(self._board)).st_mode)
                made = stat.S_IMODE(self._disk.stat(folder).st_mode)
                self._mode = made | wanted & 0o777 if wanted & 0o022 & ~made else 0
        if self._mode:
            quietly(self._disk.chmod, folder, self._mode)

    def _contended(self, error: OSError) -> OSError:
        """Wait and try again; raises when waiting does not help."""
        if error.errno not in CONTENDED:
            raise trouble.writing(self._disk, self._board, error) from error
        folder = os.path.dirname(self._board)
        forbidden = error.errno in {errno.EACCES, errno.EPERM} and not self._disk.access(folder, os.W_OK | os.X_OK)
        if forbidden:
            raise trouble.forbidden(self._disk, folder) from error
        return error

    def _break(self, stale: Owner) -> bool:
        """Take a stale lock away; whether it was us. One of several wins; the others find the name gone."""
        if self._owner(self.path) != stale:
            return False
        gone = f"{self.path}.stale-{token_hex(4)}"
        try:
            self._disk.rename(self.path, gone)
        except OSError:
            return False
        self.broken += 1
        self._remove(gone)
        return True

    def _owner(self, path: str) -> Owner:
        try:
            fd = self._disk.open(os.path.join(path, "owner"), os.O_RDONLY)
            try:
                return msgspec.json.decode(self._disk.read(fd, 2 * LENGTH), type=Owner)
            finally:
                self._disk.close(fd)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return Owner()

    def _open_owner(self, flags: int) -> int:
        try:
            return self._disk.open(os.path.join(self.path, "owner"), flags)
        except OSError as error:
            if error.errno in {errno.ENOENT, errno.ESTALE, errno.EACCES, errno.EPERM}:
                raise LockLost from error
            raise

    def _held_for(self, seen: Owner, now: float) -> float:
        if seen.token != self._held[0]:
            self._held = seen.token, now
        return now - self._held[1]

    def _exists(self) -> bool:
        try:
            return stat.S_ISDIR(self._disk.stat(self.path).st_mode)
        except OSError as error:
            return error.errno != errno.ENOENT

    def _rename(self, new: str) -> None:
        # An SMB server refuses while somebody else reads the owner file.
        for wait in (0.01, 0.02, 0.04, 0.08, 0.16):
            try:
                return self._disk.rename(self.path, new)
            except OSError as error:
                if error.errno not in CONTENDED:
                    raise
            self._disk.sleep(wait)
        return self._disk.rename(self.path, new)

    def _remove(self, path: str) -> None:
        quietly(self._disk.unlink, os.path.join(path, "owner"))
        for wait in (0.005, 0.02, 0.0):  # sshfs keeps a hidden file there while somebody reads the owner's name
            if quietly(self._disk.rmdir, path) or not wait:
                return
            self._disk.sleep(wait)


def _pause(waited: float) -> float:
    """Seconds to the next try: the longer somebody has waited the sooner, or some of thirty would wait for ever."""
    return max(0.0015, 0.03 / (1 + (waited / 0.3) ** 2)) * (0.5 + random_bits(16) / 0xFFFF)
