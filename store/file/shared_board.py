"""The board on a shared drive as one session sees it: read, poll, record, commit (design §3).

The lock gives speed, the numbers give truth: an operation is acknowledged once its line is in the
journal on this machine; a commit writes everything the journals hold above the number the file has
for their client. Safe for a reader, a writer and a journal thread at once.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from store.board import Board
from store.clock import Clock
from store.errors import CrossdeckError, NotFound
from store.file import machine_clock, trouble
from store.file.calendars import Calendars
from store.file.create import create_board
from store.file.disk import Disk, host
from store.file.journal import Draft, Recorded
from store.file.lock import LockDirectory, LockLost
from store.file.mounts import is_smb, resolved_here
from store.file.numbers import Numbers
from store.file.outbox import new_client
from store.file.past import Past
from store.file.pending import Drawing, check
from store.file.reader import Reader
from store.file.replace import backup, keep_format, replace, save_beside, sweep
from store.file.settling import next_revision, still_wanted
from store.indexes import make_indexes
from store.operations.base import Operation, Stamp
from store.port import CommitResult, Waiting

if TYPE_CHECKING:
    from store.file.archive import Package
    from store.file.parting import Parting
    from store.file.presence import Presence

__all__ = ["CommitResult", "SharedBoard", "create_board"]


class SharedBoard:
    """One session on one board file (`store.port.BoardStore`). Opens nothing until `read`."""

    def __init__(
        self,
        path: Path,
        *,
        state: Path,
        clock: Clock,
        terminal: str = "",
        disk: Disk | None = None,
        home: Disk | None = None,
    ) -> None:
        """`state` is this machine's state directory, `terminal` what others see while they wait for us.

        `disk` is the share's, `home` that of the journals.
        """
        self.client = new_client()
        self._given, self._state = os.path.abspath(path), str(state)
        self._clock, self._disk, self._home = clock, disk or Disk(), home or Disk()
        self._writer = terminal or f"{host()}:{os.getpid()}"
        self._drawing: Drawing | None = None
        self.calendars = Calendars(state, clock)
        found, self._resolved = resolved_here(self._given)
        self._use(found)
        self.ahead: int | None = None  # seconds, of this machine's clock before the share's at the last commit
        self._wrote = False
        self._recording, self._writing = threading.Lock(), threading.Lock()

    def _use(self, file: str) -> None:
        """Work on the file at this path."""
        self.path, self._file = Path(file), file
        self.poll_interval = 1.5 if is_smb(file) else 1.0
        self.lock = LockDirectory(file, self._disk, who=self._writer)
        self._reader = Reader(file, self._disk, self._changed)
        self._memory = self._reader.memory
        self._numbers = Numbers(self._state, self.client, file, clock=self._clock, disk=self._home, memory=self._memory)
        self.past = Past(file, self._state, self._disk, self._clock)

    # Reading -------------------------------------------------------------------------------------

    def read(self) -> Board:
        """Read the whole file and return its Board, which shares every unchanged record with the one before.

        Raises BoardUnavailable (code "missing", "unreadable" or "unavailable") or BoardReadOnly.
        """
        if not self._resolved:  # whoever reads may wait for the share, whoever opens may not
            file = os.path.realpath(self._given)
            if file != self._file:
                self._use(file)
            self._resolved = True
        try:
            return self._reader.read()
        except CrossdeckError:
            if self.board is None:
                self._numbers.look_behind()
            raise

    def poll(self) -> Board | None:
        """Return the Board if it is another than the last one handed out by `read` or `poll`. Raises as `read`.

        While nothing changes this opens the file, reads its head and decodes nothing.
        """
        return self._reader.poll()

    @property
    def board(self) -> Board | None:
        """The last revision read from the file, or written to it; None before the first."""
        return self._reader.board

    def _changed(self, before: Board | None, data: bytes, board: Board) -> None:
        """A revision that is new to us."""
        with self._memory:
            self.past.follow(board)
        if self._numbers.meet(before, board) and before is not None:
            # An old copy took the file's place: keep what we hold, colleagues may have lost changes too.
            save_beside(self._disk, self._file, f"rewind-{before.meta.rid}.json", data)

    # What is recorded and not written yet --------------------------------------------------------

    @property
    def pending(self) -> list[Recorded]:
        """Every acknowledged operation the file is not known to have, in the order it will be written."""
        return self._numbers.pending(self.board)

    @property
    def waiting(self) -> int:
        """How many operations wait to be written; before the first read as far as this machine's journals tell."""
        return len(self.pending if self.board is not None else self.left)

    @property
    def left(self) -> list[Recorded]:
        """What sessions before this one left on this machine for a file that could not be read yet."""
        return self._numbers.left

    def shown(self) -> Board:
        """The last Board read with all pending operations drawn over it; `Board.pending` has their records.

        An operation that no longer applies is left out. Raises BoardUnavailable before the first read.
        """
        with self._memory:
            board = self._known()
            pending = self.pending
            if not pending:
                return board
            if self._drawing is None or not self._drawing.continues(board, pending):
                self._drawing = Drawing(board)
            return self._drawing.drawn(pending)

    def record(self, operations: Sequence[Operation], stamp: Stamp, shown: Board | None = None) -> list[Recorded]:
        """Acknowledge operations: check each against what is shown, then keep all of them with one fsync.

        Raises Refused (the first reason; nothing was recorded), also with code "journal" when this
        machine's disk refuses.
        """
        with self._recording:
            tip = shown or self.shown()
            drafts: list[Draft] = []
            for operation in operations:
                tip, draft = check(tip, operation, stamp)
                drafts.append(draft)
            return self._numbers.record(drafts)

    def drop(self, recorded: Recorded) -> bool:
        """Give up an operation that waits to be written: it is never sent. False if it does not wait here any more.

        Raises Refused with code "journal" when this machine's disk refuses.
        """
        with self._writing, self._recording:
            return self._numbers.drop(recorded, self.board)

    # Writing -------------------------------------------------------------------------------------

    def commit(self, also: Sequence[tuple[Operation, Stamp]] = (), *, on_wait: Waiting | None = None) -> CommitResult:
        """Write everything pending, of this session and of dead ones, in one replace of the file.

        `also`: operations that are never journalled (made under the lock, gone if the share is away or this clock is
        off); one somebody else made meanwhile leaves no trace. `on_wait` is told who holds the lock while we wait.
        Raises BoardUnavailable or BoardReadOnly; operations then stay pending.
        """
        with self._writing:
            if self.board is None:
                self.read()
            if not also and not self.pending:
                return CommitResult(board=self._known())
            self._prepare(self._known())
            return self._commit(also, on_wait)

    def _prepare(self, board: Board) -> None:
        """What a first commit has to load, decode and work out, before anybody waits for the lock."""
        import store.file.transaction
        import store.results  # noqa: F401

        self.calendars.of(board)
        board.decode_all()
        if (
            self._wrote
        ):  # a session that goes on keeps its indexes up; what writes once asks less than making them costs
            make_indexes(board)

    def _commit(self, also: Sequence[tuple[Operation, Stamp]], on_wait: Waiting | None) -> CommitResult:
        for _ in range(5):
            self.lock.acquire(on_wait)
            try:
                self.ahead = machine_clock.skew(self._disk, self.lock.path, self._clock)
                return self._write_pending(also if machine_clock.trusted(self.ahead) else ())
            except LockLost:
                continue
            except OSError as error:
                raise trouble.writing(self._disk, self._file, error) from error
            finally:
                self.lock.release()
        raise trouble.held(self._file, self._writer, 0)

    def _write_pending(self, also: Sequence[tuple[Operation, Stamp]]) -> CommitResult:
        board = self._reader.read_locked()
        work = self._work(board, also)
        if not work:
            return CommitResult(board=board, put_back=self._numbers.put_back())
        facts = self._disk.stat(self._file)
        if not facts.st_mode & 0o222 or not self._disk.access(self._file, os.W_OK):
            raise trouble.forbidden(self._disk, self._file)
        self.lock.touch()
        board.decode_all()
        calendar, failed = self.calendars.of, self.calendars.failed
        settled_on = self.past.reaching(board, work)
        # Days of clients and backups are the share's: a machine whose date is off must not prune what others rely on.
        now = self._clock.now() - (self.ahead or 0)
        revision = next_revision(settled_on, work, now, self._writer, keep=self._keep, calendar=calendar, failed=failed)
        raws = self.past.move_out(board.meta.board, revision.raws, facts)
        self.lock.touch()
        layout, touched = self._reader.following(board, revision, raws)
        keep_format(self._disk, self._file, board.meta.format)
        first_today = backup(self._disk, self._file, now)
        signature = replace(self._disk, self._file, layout.data, before=facts, check=self.lock.check)
        if first_today:
            sweep(self._disk, self._file, signature[2] / 1e9)
        with self._memory:
            board.take_parent()
            made = Board(revision.meta, layout.raws, board, touched)
            self._reader.take_written(made, layout, signature)
            self._numbers.written(work)
            self.past.follow(made)
            self._wrote = True
        return CommitResult(board=made, settled=revision.settled, put_back=self._numbers.put_back())

    def _keep(self, parting: Parting) -> None:
        """Put what leaves for the archive there. Raises OSError."""
        from store.file.archive import shelve

        self.lock.touch()
        shelve(self._disk, self._file, parting, self.past.read)
        self.lock.touch()

    def archived(self, card: int) -> Package:
        """What the archive holds of a card. Raises NotFound, or BoardUnavailable while the share is away."""
        from store.file.archive import find

        board = self.board or self.read()
        row = board.archived.get(card)
        if row is None:
            raise NotFound("There is no {what} {value} on this board.", what="archived card", value=card)
        try:
            return find(self._disk, self._file, row, board.meta.board)
        except OSError as error:
            raise trouble.reading(self._disk, self._file, error, before=True) from error

    def signs(self) -> Presence:
        """Who is here (`BOARD.here`)."""
        from store.file.presence import Presence

        return Presence(self._file, self.client, self._disk)

    def _work(self, board: Board, also: Sequence[tuple[Operation, Stamp]]) -> list[Recorded]:
        with self._recording, self._memory:
            pending = self._numbers.adopted(board)
            return pending + still_wanted(board, pending, also, self.client, self._numbers.next)

    def close(self) -> None:
        """Let go of the journals. What is pending stays there; the next session on this machine sends it."""
        with self._recording:
            self._numbers.close(self.board)
            self.past.close()

    def _known(self) -> Board:
        if self.board is None:
            raise trouble.missing(self._file, before=False)
        return self.board
