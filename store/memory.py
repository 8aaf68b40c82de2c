"""A board in memory, shared by sessions of one process: the store of tests, and the smallest that keeps the promises.

The same operations, settling and history as on a file (`store.file.settling`); no file, no lock directory, no archive.
"""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from store.board import Board
from store.errors import BoardUnavailable, CrossdeckError, NotFound
from store.file.journal import Recorded
from store.file.pending import Drawing, check
from store.file.presence import Sign
from store.file.settling import next_revision, still_wanted
from store.file.storage import Raws
from store.port import CommitResult, Waiting
from store.tokens import token_letters

if TYPE_CHECKING:
    from store.clock import Clock
    from store.file.archive import Package
    from store.file.parting import Parting
    from store.operations.base import Operation, Stamp
    from store.records import BoardMeta, HistoryEntry


class Place:
    """Where the board lies: the current revision, what sessions that ended left, who is here."""

    def __init__(self, meta: BoardMeta, raws: Raws) -> None:
        """Begin with a revision."""
        self.meta, self.raws = meta, raws
        self.lock = threading.RLock()
        self.left: list[Recorded] = []
        """What ended sessions had not written."""
        self.signs: dict[str, Sign] = {}
        self.reach: Callable[[], None] = lambda: None
        """Called by whatever reaches for the board: it may raise a CrossdeckError, or hang."""


class MemoryBoard:
    """One session on a board in memory (`store.port.BoardStore`)."""

    poll_interval = 1.0

    def __init__(self, place: Place, *, clock: Clock, terminal: str = "memory", path: Path = Path("memory")) -> None:
        """`terminal` signs the revisions, `path` is what the board is called."""
        self.client = token_letters(8)
        self.path, self.past = path, NoPast()
        self.ahead: int | None = None
        self.board: Board | None = None
        self._place, self._clock, self._terminal = place, clock, terminal
        self._own: list[Recorded] = []
        self._taken: list[Recorded] = []
        self._n = 0
        self._handed: Board | None = None
        self._drawing: Drawing | None = None
        self._memory, self._writing = threading.RLock(), threading.Lock()

    # Reading -------------------------------------------------------------------------------------

    def read(self) -> Board:
        """The current revision. Raises what `Place.reach` raises."""
        self._place.reach()
        self._handed = self._current()
        return self._handed

    def poll(self) -> Board | None:
        """The Board if it is another than the last one handed out."""
        before = self._handed
        return board if (board := self.read()) is not before else None

    def _current(self) -> Board:
        with self._memory:
            with self._place.lock:
                meta, raws = self._place.meta, self._place.raws
                self._taken, self._place.left = [*self._taken, *self._place.left], []
            if self.board is None or self.board.raws is not raws:
                if self.board is not None:
                    self.board.take_parent()
                self.board = Board(meta, raws, self.board)
            return self.board

    @property
    def pending(self) -> list[Recorded]:
        """What the board does not have, that of ended sessions first."""
        with self._memory:
            board = self.board
            if board is None:
                return []
            done = {client: row.n for client, row in board.clients.items()}
            return [each for each in (*self._taken, *self._own) if each.n > done.get(each.client, 0)]

    @property
    def waiting(self) -> int:
        """How many these are."""
        return len(self.pending) if self.board is not None else len(self._place.left)

    def shown(self) -> Board:
        """The last Board with all pending operations drawn over it. Raises BoardUnavailable before the first read."""
        with self._memory:
            board, pending = self._known(), self.pending
            if not pending:
                return board
            if self._drawing is None or not self._drawing.continues(board, pending):
                self._drawing = Drawing(board)
            return self._drawing.drawn(pending)

    # Writing -------------------------------------------------------------------------------------

    def record(self, operations: Sequence[Operation], stamp: Stamp, shown: Board | None = None) -> list[Recorded]:
        """Acknowledge all of them or none. Raises Refused, the first reason."""
        with self._memory:
            tip, made = shown or self.shown(), list[Recorded]()
            for n, operation in enumerate(operations, self._n + 1):
                tip, (_, _, seen) = check(tip, operation, stamp)
                made.append(Recorded(client=self.client, n=n, operation=operation, stamp=stamp, seen=seen, digest=""))
            self._n += len(made)
            self._own = [*self._own, *made]
            return made

    def drop(self, recorded: Recorded) -> bool:
        """Give up what waits."""
        with self._writing, self._memory:
            if recorded not in self.pending:
                return False
            self._own = [each for each in self._own if each is not recorded]
            self._taken = [each for each in self._taken if each is not recorded]
            return True

    def commit(self, also: Sequence[tuple[Operation, Stamp]] = (), *, on_wait: Waiting | None = None) -> CommitResult:
        """Write everything pending as one revision. Raises what `Place.reach` raises; what is pending stays so."""
        with self._writing:
            self._place.reach()
            with self._memory, self._place.lock:
                board, pending = self._current(), self.pending
                work = pending + still_wanted(board, pending, also, self.client, self._next)
                if not work:
                    return CommitResult(board=board)
                made = next_revision(board, work, self._clock.now(), self._terminal, keep=_no_archive)
                self._place.meta, self._place.raws = made.meta, made.raws
                return CommitResult(board=self._current(), settled=made.settled)

    def _next(self) -> int:
        self._n += 1
        return self._n

    # The rest ------------------------------------------------------------------------------------

    def archived(self, card: int) -> Package:
        """There is no archive. Raises NotFound."""
        raise NotFound("There is no {what} {value} on this board.", what="archived card", value=card)

    def signs(self) -> MemorySigns:
        """Who is here."""
        return MemorySigns(self._place, self.client)

    def close(self) -> None:
        """Let go; what is pending is left for the next session that reads."""
        with self._memory, self._place.lock:
            self._place.left += self.pending
            self._own, self._taken = [], []

    def _known(self) -> Board:
        if self.board is None:
            raise BoardUnavailable("The board was not read yet.", code="missing")
        return self.board


class MemorySigns:
    """Who is here, of the sessions of one place."""

    def __init__(self, place: Place, client: str) -> None:
        """`client` is the session's own name."""
        self._place, self._client = place, client

    def say(self, sign: Sign) -> None:
        """Give this session's sign."""
        self._place.signs[self._client] = sign

    def others(self) -> tuple[Sign, ...]:
        """The others by name."""
        others = {client: sign for client, sign in [*self._place.signs.items()] if client != self._client}
        return tuple(sorted(others.values(), key=lambda sign: sign.name))

    def leave(self) -> None:
        """Take it away."""
        self._place.signs.pop(self._client, None)


class NoPast:
    """All of the history is on the board."""

    news: CrossdeckError | None = None

    def older(
        self, board: Board, about: Collection[int] = (), since: int = 0, most: int = 0
    ) -> Mapping[int, HistoryEntry]:
        """Nothing."""
        return {}

    def whole(self, board: Board) -> Board:
        """The board itself."""
        return board


def _no_archive(_parting: Parting) -> None:
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))
