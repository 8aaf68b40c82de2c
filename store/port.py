"""What the dashboard needs of a store: one small seam, so that another engine can stand behind it (design §2, §3).

Two stand there: `store.file.shared_board` (one file on a shared drive) and `store.memory` (sessions of one process).
History, what was put aside and everything else that is on the board are tables of the `Board` they give.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from store.board import Board
    from store.errors import CrossdeckError
    from store.file.archive import Package
    from store.file.chain import Settled
    from store.file.journal import Recorded
    from store.file.presence import Sign
    from store.operations.base import Operation, Stamp
    from store.records import HistoryEntry

Waiting = Callable[[str, float], None]
"""Told who is writing while one waits for them, and for how many seconds one has."""


class CommitResult(Struct, frozen=True, kw_only=True):
    """What a commit came to. `settled` is empty when there was nothing to write."""

    board: Board
    settled: tuple[Settled, ...] = ()
    put_back: int = 0
    """Changes of ours the store had lost (an old copy, a foreign program) that are in it again."""

    def of(self, recorded: Recorded) -> Settled | None:
        """What became of one operation in this commit."""
        return next((one for one in self.settled if (one.client, one.n) == recorded.key), None)


class Older(Protocol):
    """Entries of the history that have left the board. Both may hang: the screen's thread asks neither."""

    news: CrossdeckError | None
    """Said once: the past of the board is not the one this machine read."""

    def older(
        self, board: Board, about: Collection[int] = (), since: int = 0, most: int = 0
    ) -> Mapping[int, HistoryEntry]:
        """All of them, those about one of these records, those since an instant (epoch seconds).

        From `most` entries on it may stop at older ones (0: never). Raises BoardUnavailable.
        """

    def whole(self, board: Board) -> Board:
        """This board with all of its history. Raises BoardUnavailable."""


class Signs(Protocol):
    """Who is here. May keep one waiting; never raises."""

    def say(self, sign: Sign) -> None:
        """Give this session's sign of life."""

    def others(self) -> tuple[Sign, ...]:
        """Who else is here."""

    def leave(self) -> None:
        """Take this session's sign away."""


class BoardStore(Protocol):
    """One session. Safe for a reader, a writer and a journal thread at once.

    `read`, `poll`, `commit` and `archived` may hang for as long as the share does. Everything else answers at once,
    whatever the share does: the screen's own thread may ask it.
    """

    client: str
    """The name of this session."""
    poll_interval: float
    """Seconds between two polls."""
    ahead: int | None
    """Seconds of this machine's clock before the store's at the last commit; None: not known."""

    @property
    def path(self) -> Path:
        """What the board is called."""

    @property
    def past(self) -> Older:
        """The history that has left the board."""

    @property
    def board(self) -> Board | None:
        """The last revision read or written; None before the first."""

    @property
    def pending(self) -> list[Recorded]:
        """Every acknowledged operation that is not confirmed yet, in the order it will be written."""

    @property
    def waiting(self) -> int:
        """How many these are, also before the first read."""

    def read(self) -> Board:
        """Open, or read anew. Raises BoardUnavailable or BoardReadOnly."""

    def poll(self) -> Board | None:
        """The Board if it is another than the last one handed out: what it holds of ours is confirmed. As `read`."""

    def shown(self) -> Board:
        """The last Board with all that is pending drawn over it. Raises BoardUnavailable before the first read."""

    def record(self, operations: Sequence[Operation], stamp: Stamp, shown: Board | None = None) -> list[Recorded]:
        """Acknowledge all of them or none. Raises Refused, the first reason."""

    def drop(self, recorded: Recorded) -> bool:
        """Give up what waits; False if it does not any more. May wait for a commit that is under way."""

    def commit(self, also: Sequence[tuple[Operation, Stamp]] = (), *, on_wait: Waiting | None = None) -> CommitResult:
        """Write everything pending, and `also`, which is never pending. Raises as `read`; what is pending stays so."""

    def archived(self, card: int) -> Package:
        """What the archive holds of a card. Raises NotFound or BoardUnavailable."""

    def signs(self) -> Signs:
        """Who is here."""

    def close(self) -> None:
        """Let go. What is pending is sent by the next session."""
