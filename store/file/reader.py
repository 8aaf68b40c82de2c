"""The revision of the file this session holds, and how it is kept fresh (storage-facts §3-4).

Several threads may read at once: the file is read outside the lock over memory, taking it in happens
under it, and a revision older than the one held counts only after it has stood for a while.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from store.board import Board, Touched
from store.errors import BoardReadOnly
from store.file import trouble
from store.file.disk import PASSING, SHARING, Disk, Signature, must_be_file, read_file, read_signature
from store.file.layout import Layout
from store.file.mounts import mount_of
from store.file.replace import read_fresh
from store.file.storage import Raws, checked_meta, parse

if TYPE_CHECKING:
    from store.file.settling import Revision

OLDER_BELIEVED = 5.0
"""Seconds an older revision must stand before it counts: right after a replace a share may show the one before."""
RETRIED = 2.5
"""Seconds a read is tried again where the file was there before, or on a share: a client may hold an old size."""
FIRST_RETRIED = 0.2
"""... and where not: somebody may be writing in place."""
REFUSED = 0.6
"""Seconds in which a refusal may be that of a server whose other client has the file open for a moment."""

Changed = Callable[[Board | None, bytes, Board], None]
"""Told of each new revision: the Board held before, its bytes, the new one."""


class Reader:
    """Holds the current revision. Every method may raise BoardUnavailable or BoardReadOnly."""

    def __init__(self, path: str, disk: Disk, changed: Changed) -> None:
        """Open nothing yet. `changed` is called by the thread that read, outside `memory`."""
        self.board: Board | None = None
        self.memory = threading.RLock()
        self._path, self._disk, self._changed = path, disk, changed
        self._layout = Layout(b"", {})
        self._signature: Signature | None = None
        self._handed: Board | None = None
        self._older_since: float | None = None
        self._opened = float("-inf")

    def read(self) -> Board:
        """Read the whole file."""
        board = self._handed = self._retrying(lambda: read_file(self._disk, self._path))
        return board

    def poll(self) -> Board | None:
        """Look at the head; the Board if it is another than the last one handed out."""
        try:
            self._opened = self._disk.monotonic()
            same = self.board is not None and read_signature(self._disk, self._path) == self._signature
        except OSError:
            same = False
        board, handed = self.board, self._handed
        if not same or board is None:
            board = self.read()
        self._handed = board
        return board if board is not handed else None

    def read_locked(self) -> Board:
        """Read as the server has it, while we hold the lock. What this finds is never called old."""
        opened = self._disk.monotonic() - self._opened
        return self._retrying(lambda: read_fresh(self._disk, self._path, opened), locked=True)

    def following(self, board: Board, revision: Revision, raws: Raws) -> tuple[Layout, Touched]:
        """The revision after `board`, of these tables (those of `revision`, or less history), as its bytes.

        Beside it which rows may differ from the board's.
        """
        touched = {name: keys for name, keys in revision.touched.items() if raws[name] is revision.raws[name]}
        known = self._layout
        if known.raws is not board.raws:  # a program without lock wrote meanwhile, and another thread has read it
            known = Layout(b"", {})
        return known.following(revision.meta, raws, touched), touched

    def take_written(self, board: Board, layout: Layout, signature: Signature) -> None:
        """Hold the revision we just wrote."""
        with self.memory:
            self.board, self._layout, self._signature, self._older_since = board, layout, signature, None

    def _retrying(self, load: Callable[[], tuple[bytes, Signature]], *, locked: bool = False) -> Board:
        """Load and take in, again for a moment while somebody may be replacing or writing the file."""
        began = self._disk.monotonic()
        while True:
            try:
                self._opened = self._disk.monotonic()
                if self.board is None:  # what was read once is a file
                    must_be_file(self._disk, self._path)
                return self._take(*load(), locked=locked)
            except OSError as error:
                if error.errno not in PASSING or self._given_up(began, error):
                    raise trouble.reading(self._disk, self._path, error, before=self.board is not None) from error
            except BoardReadOnly as error:
                if error.code not in {"torn", "empty"} or self._given_up(began, error):
                    raise
            self._disk.sleep(0.02)

    def _given_up(self, began: float, error: Exception) -> bool:
        known, remote = self.board is not None, mount_of(self._path).remote
        if not known and not remote and isinstance(error, FileNotFoundError):
            folder, name = os.path.split(self._path)
            try:
                if name not in self._disk.listdir(folder):
                    return True
            except OSError:
                return True
        if isinstance(error, OSError) and error.errno in SHARING:
            return self._disk.monotonic() - began > REFUSED
        # On some shares the name is gone for a moment while somebody replaces the file.
        return self._disk.monotonic() - began > (RETRIED if known or remote else FIRST_RETRIED)

    def _take(self, data: bytes, signature: Signature, *, locked: bool) -> Board:
        """Make the bytes of the file the current Board, unless they are the ones we hold or older for a moment."""
        with self.memory:
            held, known = self.board, self._layout
            if held is not None and data == known.data:
                self._signature, self._older_since = signature, None
                return held
            layout, touched = known.read(data) or (Layout(data, parse(data, self._path)), {})
            meta = checked_meta(layout.raws, self._path)
            if held is not None:
                self._same_board(meta.board, held.meta.board)
                if not locked and self._older(meta.rev < held.meta.rev and meta.epoch == held.meta.epoch):
                    return held
                held.take_parent()  # or every revision since the start would be kept
            board = Board(meta, layout.raws, held, touched)
            self.take_written(board, layout, signature)
        self._changed(held, known.data, board)
        return board

    def _same_board(self, found: str, held: str) -> None:
        if found != held:
            raise BoardReadOnly(
                "{path} is another board than before. Start anew to work on it; changes wait on this machine.",
                code="other_board",
                path=self._path,
            )

    def _older(self, older: bool) -> bool:
        if not older:
            return False
        now = self._disk.monotonic()
        if self._older_since is None:
            self._older_since = now
        return now - self._older_since < OLDER_BELIEVED
