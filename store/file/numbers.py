"""What was acknowledged on this machine against the numbers the file has: what waits, what was lost (design §3.1, 3.6).

A number that fell while the epoch stayed is an accident: an old copy in the file's place, a foreign program, a lock
that was broken by mistake. What was above it waits again by itself; here it is noticed and counted, to be told.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import RLock

from store.board import Board
from store.clock import Clock
from store.errors import Refused
from store.file import trouble
from store.file.disk import Disk
from store.file.journal import Draft, Recorded
from store.file.outbox import Outbox, left_behind, pruned


class Numbers:
    """The journals of one session and of dead ones, and what of them the file has. Guarded by `memory`."""

    def __init__(self, state: str, client: str, path: str, *, clock: Clock, disk: Disk, memory: RLock) -> None:
        """`state` is the state directory, `path` the resolved board file, `disk` that of this machine's journals."""
        self._state, self._client, self._path = state, client, path
        self._clock, self._disk, self._memory = clock, disk, memory
        self._outbox: Outbox | None = None
        self._confirmed: dict[str, int] = {}
        self._put_back = 0
        self._left: list[Recorded] | None = None

    def look_behind(self) -> None:
        """Find what sessions before this one left, while the file cannot be read."""
        if self._outbox is None and self._left is None:
            self._left = left_behind(self._state, self._path, self._disk)

    @property
    def left(self) -> list[Recorded]:
        """What sessions before this one left for a file nobody could read yet."""
        return self._left or []

    def meet(self, before: Board | None, board: Board) -> bool:
        """A revision that is new to us: look for journals left behind, and for numbers the file has lost.

        Returns whether numbers fell, be they ours or those of colleagues.
        """
        with self._memory:
            if self._outbox is None:
                self._outbox = Outbox(
                    self._state, self._client, board=board.meta.board, path=self._path, disk=self._disk
                )
            outbox, now = self._outbox, self._clock.now()
            fell = before is not None and _fell(before, board)
            revived = outbox.revive(board, now) if before is None or fell else set()
            outbox.adopt()
            if fell or revived:
                self._count_lost(self.pending(board), revived)
            return fell

    def _count_lost(self, pending: Sequence[Recorded], revived: set[str]) -> None:
        """Those that wait and were in the file before: confirmed here, or of a session that ended with all sent."""
        lost: set[str] = set()
        for record in pending:
            confirmed = self._confirmed.get(record.client, 0)
            if record.n <= confirmed or record.client in revived:
                self._put_back += 1
                lost.add(record.client)
        for client in lost:  # counted once, and again only when it was in the file once more
            self._confirmed.pop(client, None)

    def pending(self, board: Board | None) -> list[Recorded]:
        """Every acknowledged operation the file is not known to have, in the order it will be written."""
        with self._memory:
            if board is None or self._outbox is None:
                return []
            return self._outbox.pending(board, self._clock.now(), self._confirmed.get(self._client, 0))

    def adopted(self, board: Board) -> list[Recorded]:
        """As `pending`, with what sessions left that died meanwhile."""
        with self._memory:
            if self._outbox is not None:
                self._outbox.adopt()
            return self.pending(board)

    def next(self) -> int:
        """A number of this session for an operation that is never journalled."""
        return self._opened().number()

    def record(self, drafts: Sequence[Draft]) -> list[Recorded]:
        """Acknowledge operations, with one fsync. Raises Refused with code "journal", and then none counts."""
        outbox = self._opened()
        try:
            return outbox.record(drafts)
        except OSError as error:
            raise Refused(
                "The journal on this machine cannot be written: {why}. Nothing was recorded.",
                code="journal",
                why=error.strerror or str(error),
            ) from error

    def drop(self, recorded: Recorded, board: Board | None) -> bool:
        """Give up an operation that waits; False if it does not. Raises Refused with code "journal"."""
        with self._memory:
            if self._outbox is None or recorded not in self.pending(board):
                return False
            try:
                return self._outbox.drop(recorded)
            except OSError as error:
                raise Refused(
                    "The journal on this machine cannot be written: {why}. Nothing was dropped.",
                    code="journal",
                    why=error.strerror or str(error),
                ) from error

    def written(self, work: Sequence[Recorded]) -> None:
        """These operations are in the file."""
        self._confirmed.update((record.client, record.n) for record in work)

    def put_back(self) -> int:
        """How many operations the file had lost since this was last asked."""
        count, self._put_back = self._put_back, 0
        return count

    def close(self, board: Board | None) -> None:
        """Let go of the journals. What is pending stays there; the next session on this machine sends it."""
        with self._memory:
            if self._outbox is not None:
                self._outbox.close(board, self._clock.now())
            self._outbox = None

    def _opened(self) -> Outbox:
        if self._outbox is None:
            raise trouble.missing(self._path, before=False)
        return self._outbox


def _fell(before: Board, board: Board) -> bool:
    """Whether a client's number in the file fell, other than by a restore. Looks at rows that differ only."""
    if before.meta.epoch != board.meta.epoch:
        return False
    old, new = before.raws.get("clients", {}), board.raws.get("clients", {})
    if old is new or all(new.get(key) == raw for key, raw in old.items()):
        return False
    there = board.clients
    for name, row in before.clients.items():
        now = there.get(name)
        if row.n > now.n if now is not None else not pruned(row, board):
            return True
    return False
