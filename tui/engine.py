"""Reader, writer and journal: daemon threads of ours between the screen and the board file (design §2).

Textual's thread workers are joined at exit, so one blocked in a dead mount would hold the program
for as long as the mount hangs; these are not (core 2.16). A thread never touches a widget, it posts.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from queue import SimpleQueue

from textual.message import Message

from store.board import Board
from store.errors import BoardUnavailable, as_sentence
from store.operations.base import Operation, Stamp
from store.port import BoardStore
from store.views.state import BoardState
from tui.messages import (
    Acknowledged,
    CameBack,
    CommitFailed,
    Committed,
    LockHeld,
    OlderRead,
    OperationRefused,
    ReadFailed,
    StateRead,
)

BREATH = 0.04
"""Seconds between an acknowledgement and its commit."""
MOST = 60
"""Entries of a record's older history after which no earlier month is read."""
AGAIN = 60.0
"""Seconds before chores that could not be written are tried again."""
SILENT = 30.0
"""Seconds without a read after which the picture is old; that it is fresh again is then said."""
HELD = 3.0
"""Seconds of waiting for somebody else's commit before that is said."""
LAST = 0.3
"""Seconds that leaving gives what was recorded a moment ago to reach the file; what does not waits in the journal."""
Post = Callable[[Message], object]
Build = Callable[[Board, BoardState | None], BoardState]
Signed = Sequence[tuple[Operation, Stamp]]
Chores = Callable[[BoardState], Signed]
"""What a board does by itself now, signed (`tui.session.Session.chores`)."""


class Engine:
    """Owns the three threads. `post` is the App's `post_message`; `build` makes a state of the store's board."""

    grace = 5.0
    """Seconds after the start before the board's own chores are looked for: the first screens come first."""

    def __init__(self, store: BoardStore, post: Post, build: Build, chores: Chores = lambda _state: ()) -> None:
        """Nothing is read before `start`."""
        self.store = store
        self._post = post
        self._build = build
        self._state: BoardState | None = None
        self._chores = chores
        self._also: Signed = ()
        self._asked: tuple[BoardState | None, float] = None, 0.0
        """The state whose chores were handed to the writer, and from when on they are handed out (monotonic)."""
        self._jobs: SimpleQueue[tuple[int, Sequence[Operation], Stamp] | None] = SimpleQueue()
        self._wanted: tuple[frozenset[int], int] | None = None
        """The records whose older history a screen wants, and since when."""
        self._read_now = threading.Event()
        self._write_now = threading.Event()
        self._stopped = threading.Event()
        self._failing = False
        """The last read failed."""
        self._handed = self._done = 0
        """Jobs handed to the journal, counted by who hands them, and those it has done, counted by its thread."""
        self._answering = threading.Lock()
        self._said_held = 0
        self.last_read: float | None = None
        """Monotonic seconds of the last read, poll or commit that succeeded."""

    def start(self) -> None:
        """Start the threads; the first read begins at once."""
        self._asked = None, time.monotonic() + self.grace
        for work in (self._reader, self._journal, self._writer):
            threading.Thread(target=work, name=work.__name__.strip("_"), daemon=True).start()

    def stop(self) -> None:
        """Ask the threads to end. Nobody waits for them, but for a moment where a change is on its way to the file."""
        end = time.monotonic() + LAST
        while self._on_its_way and time.monotonic() < end:
            time.sleep(0.005)
        self._stopped.set()
        self._jobs.put(None)
        self._read_now.set()
        self._write_now.set()

    @property
    def _on_its_way(self) -> bool:
        reachable = self._state is not None and not self._failing
        return self._handed != self._done or (reachable and bool(self.store.pending))

    def record(self, token: int, operations: Sequence[Operation], stamp: Stamp) -> None:
        """Queue operations for the journal; Acknowledged or OperationRefused with `token` follows."""
        self._handed += 1
        self._jobs.put((token, operations, stamp))

    def reread(self) -> None:
        """Read the board now and try the waiting changes now."""
        self._read_now.set()
        self._write_now.set()

    def read_older(self, about: frozenset[int], since: int = 0) -> None:
        """Have the history of these records read that left the board; OlderRead follows. Only the last wish counts.

        `since` (epoch seconds) is when the first of them came to be; without it the newest entries are enough.
        """
        if self._wanted != (about, since):
            self._wanted = about, since
            self._read_now.set()

    def _reader(self) -> None:
        while not self._stopped.is_set():
            try:
                fresh = self._state is None or self._failing
                board = self.store.read() if fresh else self.store.poll()
                self._answered()
                if board is not None:
                    self._state = self._build(board, self._state)
                    self._post(StateRead(self._state))
                # Also what was sent waits again where an old copy took the file's place.
                if (fresh or board is not None) and self.store.pending:
                    self._write_now.set()
                self._failing = False
                self._read_older()
                self._look_for_chores()
            except Exception as error:  # noqa: BLE001 - a dead reader would look like a quiet board
                self._failing = True
                self._post(ReadFailed(as_sentence(error)))
            self._read_now.wait(self.store.poll_interval)
            self._read_now.clear()

    def _answered(self) -> None:
        """The share did; after a long silence that is said before anything else that came of it."""
        with self._answering:
            before, self.last_read = self.last_read, time.monotonic()
            if before is not None and self.last_read - before > SILENT and not self._failing:
                self._post(CameBack())

    def _read_older(self) -> None:
        wanted, state = self._wanted, self._state
        if wanted is None or state is None:
            return
        from store.views.older import take_older  # no start waits for it

        about, since = wanted
        found = take_older(self.store.past, state, about, since, 0 if since else MOST)
        self._wanted = None if self._wanted == wanted else self._wanted
        self._post(OlderRead(found))

    def _held(self, who: str, seconds: float) -> None:
        """Somebody else writes; said once they take longer than people notice, and then now and again.

        Not to whoever waits for nothing of his own: what a board does by itself is tried again in silence.
        """
        if not self.store.pending:
            return
        said, self._said_held = self._said_held, int(seconds // HELD)
        if self._said_held > (said if seconds >= HELD else 0):
            self._post(LockHeld(who, int(seconds)))

    def _look_for_chores(self) -> None:
        """Hand what the board does by itself to the writer: once for a revision, and again if it stays undone."""
        asked, since = self._asked
        state = self._state
        if state is None or time.monotonic() < since + (AGAIN if asked is state else 0.0):
            return
        found = self._chores(state)
        if found:
            self._also, self._asked = found, (state, time.monotonic())
            self._write_now.set()

    def _journal(self) -> None:
        while (job := self._jobs.get()) is not None:
            token, operations, stamp = job
            try:
                recorded = self.store.record(operations, stamp)
            except Exception as error:  # noqa: BLE001 - keys wait for this answer
                self._post(OperationRefused(token, as_sentence(error)))
            else:
                self._post(Acknowledged(token, list(recorded)))
                self._write_now.set()
            self._done += 1

    def _writer(self) -> None:
        wait: float | None = None
        while True:
            self._write_now.wait(wait)
            # Writing holds the interpreter: the row's mark is drawn first, and what is recorded meanwhile goes along.
            self._stopped.wait(BREATH)
            self._write_now.clear()
            if self._stopped.is_set():
                return
            also, self._also = self._also, ()
            if not self.store.pending and not also:
                wait = None
                continue
            try:
                result = self.store.commit(also, on_wait=self._held)
            except Exception as error:  # noqa: BLE001 - what waits must be tried again
                if not self.store.pending:  # nobody typed it, nobody misses it: the reader hands it out again
                    wait = None
                    continue
                # Unavailable shares come back; a file that must not be written waits for a person.
                wait = min((wait or 0.5) * 2, 30.0) if isinstance(error, BoardUnavailable) else 30.0
                self._post(CommitFailed(as_sentence(error)))
            else:
                wait = None
                self._answered()
                self._post(Committed(result))
                self._read_now.set()
