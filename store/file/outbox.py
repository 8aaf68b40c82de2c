"""All journals a session is answerable for: its own, and those of sessions that died (design §3.1).

What is pending is never stored: it is what the journals hold above the number the file has for their
client. So a file that loses changes (an old copy, a broken lock) makes them pending again by itself.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress

from store.board import Board
from store.file.chain import PRUNED_AFTER
from store.file.disk import Disk, quietly
from store.file.journal import Draft, Journal, Recorded
from store.file.mounts import mount_of
from store.records import ClientRow
from store.tokens import digest, token_letters

DAY = 86_400
UNKNOWN_AFTER = 30 * DAY
"""Seconds after which an operation of a client the file does not know is not sent by itself: its row was pruned."""
KEPT = 45 * DAY
"""Seconds a journal is kept after everything in it was in the file."""


def new_client() -> str:
    """A name for a session: 8 random characters."""
    return token_letters(8)


def folder_of(state: str, board: str) -> str:
    """Where the state directory keeps what belongs to the board with this id."""
    # The id comes from a file anybody may have made: as a folder's name it must not lead elsewhere.
    return os.path.join(state, board if board.isalnum() else digest(board.encode(), 8).hex())


class Outbox:
    """The journals of one board in the state directory. Not for several threads at once, except `record`."""

    def __init__(self, state: str, client: str, *, board: str, path: str, disk: Disk) -> None:
        """`state` is the state directory, `board` the board's id, `path` the resolved board file."""
        self.client = client
        self._folder = folder_of(state, board)
        self._board, self._path, self._disk = board, path, disk
        self._own: Journal | None = None
        self._taken = 0
        """Last number given before there was a journal."""
        self._adopted: list[Journal] = []

    def record(self, drafts: Sequence[Draft]) -> list[Recorded]:
        """Append to our journal, made at the first call. Raises OSError, and then nothing was recorded."""
        return self._mine().append(drafts)

    def number(self) -> int:
        """The next number of ours, for an operation that is never journalled."""
        if self._own is not None:
            return self._own.take_number()
        self._taken += 1
        return self._taken

    def pending(self, board: Board, now: int, sent: int = 0) -> list[Recorded]:
        """What the file of `board` does not have yet, those of dead sessions first, each in order.

        `sent`: the number of ours up to which the file once had everything; what is above it waits at any age.
        """
        found = [record for journal in self._adopted for record in _above(journal, board, now)]
        return found + (_above(self._own, board, now, sent) if self._own else [])

    def drop(self, recorded: Recorded) -> bool:
        """Take an operation that waits out for good; False if no journal of ours has it. Raises OSError."""
        for journal in [*self._adopted, *([self._own] if self._own else [])]:
            if journal.client == recorded.client and recorded in journal.records:
                journal.drop(recorded.n)
                return True
        return False

    def adopt(self) -> int:
        """Take over the journals of sessions that died with something in them; says how many."""
        held = {journal.path for journal in self._adopted} | ({self._own.path} if self._own else set())
        found = 0
        for path in self._paths(self._folder):
            journal = None if path in held else Journal.adopt(path, self._disk)
            if journal is not None and self._belongs(journal):
                self._adopted = [*self._adopted, journal]
                found += 1
            elif journal is not None:
                journal.close()
        return found

    def revive(self, board: Board, now: int) -> set[str]:
        """Bring back finished journals of which the file has lost something; says whose."""
        done = os.path.join(self._folder, "done")
        found: set[str] = set()
        for path in self._paths(done):
            client, last, _ = os.path.basename(path).split(".")
            row = board.clients.get(client)
            if (row is not None and row.n >= int(last)) or (row is None and self._age(path, now) > UNKNOWN_AFTER):
                continue
            with suppress(OSError):
                self._disk.rename(path, os.path.join(self._folder, f"{client}.jsonl"))
                found.add(client)
        return found

    def close(self, board: Board | None, now: int) -> None:
        """Let go of all journals; those with nothing pending move to `done`, old ones there are removed."""
        for journal in [*self._adopted, *([self._own] if self._own else [])]:
            if board is None or _above(journal, board, now):
                journal.close()
            else:
                journal.retire()
        if self._own is not None:
            for path in self._paths(os.path.join(self._folder, "done")):
                if self._age(path, now) > KEPT:
                    quietly(self._disk.unlink, path)
        self._adopted, self._own = [], None

    def _mine(self) -> Journal:
        if self._own is None:
            self._own = Journal.create(self._folder, self.client, board=self._board, path=self._path, disk=self._disk)
            self._own.last = self._taken
        return self._own

    def _belongs(self, journal: Journal) -> bool:
        """Whether a journal was written for this file: a copy of a board must not get the original's changes."""
        if not journal.records or journal.head.board != self._board:
            return False
        if journal.head.path == self._path:
            return True
        other = mount_of(journal.head.path)
        if (other.remote or other.holds) and other != mount_of(self._path):
            return False  # another share may hang, and everybody waits for us
        try:
            self._disk.stat(journal.head.path)
        except FileNotFoundError:  # the board was moved here
            return True
        except OSError:
            return False
        return False

    def _paths(self, folder: str) -> list[str]:
        # In the order they were last written: each command line is a session of its own, and what one
        # records may build on what the one before it recorded while the share was away.
        return sorted(_journals(folder, self._disk), key=lambda path: (self._written(path), path))

    def _written(self, path: str) -> int:
        try:
            return self._disk.stat(path).st_mtime_ns
        except OSError:
            return 0

    def _age(self, path: str, now: int) -> float:
        try:
            return now - self._disk.stat(path).st_mtime
        except OSError:
            return 0.0


def left_behind(state: str, path: str, disk: Disk) -> list[Recorded]:
    """What waits for the file at `path` in journals whose sessions ended, as far as is known without it; oldest first.

    A session that was killed may have sent some of it; one that ended by itself leaves nothing that was sent.
    """
    found: list[Recorded] = []
    try:
        folders = [os.path.join(state, name) for name in disk.listdir(state)]
    except OSError:
        return found
    for each in (journal for folder in folders for journal in _journals(folder, disk)):
        journal = Journal.adopt(each, disk)
        if journal is not None:
            found += journal.records if journal.head.path == path else []
            journal.close()
    return sorted(found, key=lambda record: (record.stamp.recorded, record.key))


def _journals(folder: str, disk: Disk) -> list[str]:
    try:
        names = disk.listdir(folder)
    except OSError:
        return []
    return [os.path.join(folder, name) for name in names if name.endswith(".jsonl") and name[0] != "."]


def pruned(row: ClientRow, board: Board) -> bool:
    """Whether a row that is gone from `board` was taken out for its age, by the days of those that are there."""
    return row.day < max((each.day for each in board.clients.values()), default=0) - PRUNED_AFTER


def _above(journal: Journal, board: Board, now: int, sent: int | None = None) -> list[Recorded]:
    row = board.clients.get(journal.client)
    if row is not None:
        return [record for record in journal.records if record.n > row.n]
    # The file does not know this client: it never wrote, or its row was pruned. Nothing that could have
    # been in a pruned row is sent again; what this very session never sent is, whatever became of the clock.
    known = float("inf") if sent is None else sent
    return [each for each in journal.records if each.n > known or each.stamp.recorded > now - UNKNOWN_AFTER]
