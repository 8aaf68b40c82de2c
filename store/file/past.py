"""What came before the board as it stands: entries moved out of it, and whether its past is still the one we read.

The one way to the older history: a screen asks the store, which reads the files beside the board. Values read are
frozen. Of the chain each machine remembers the last number and hash it saw, in its state directory; a file anyone may
rewrite proves nothing by itself (core 2.12).
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, cast

from msgspec import Raw
from msgspec.structs import force_setattr

from store.board import UNREADABLE, Board, decoder
from store.errors import CrossdeckError
from store.file import history_files, trouble
from store.file.chain_check import chain_problems
from store.file.disk import Disk
from store.file.history_files import lowest
from store.file.last_seen import LastSeen
from store.file.storage import Raws
from store.records import HistoryEntry
from store.undoing import REVERT

if TYPE_CHECKING:
    from store.clock import Clock
    from store.file.journal import Recorded

FEW = 8
"""So many ids are looked for in the bytes of a line before it is decoded."""

Entries = Mapping[int, HistoryEntry]
"""Chain number -> entry, lowest number first."""


class Past:
    """The older history of one board file, and what this machine remembers of the chain."""

    def __init__(self, path: str, state: str, disk: Disk, clock: Clock) -> None:
        """`path` is the resolved board file, `state` this machine's state directory. Nothing is opened yet."""
        self._path, self._state, self._disk, self._clock = path, state, disk, clock
        self._seen: LastSeen | None = None
        self.news: CrossdeckError | None = None
        """What this session found out of a past that was rewritten, to be said once."""

    def follow(self, board: Board) -> None:
        """A revision this session read or wrote: does it go on from the last entry seen? `news` says if not."""
        if self._seen is None:
            self._seen = LastSeen(self._state, board.meta.board, self._path)
        rows = board.raws.get("history", {})
        found = self._seen.follow(rows, board.last_entry, self._clock.now(), self._disk.monotonic())
        self.news = found or self.news

    def close(self) -> None:
        """Remember on this machine what was seen last; failure is silent."""
        if self._seen is not None:
            self._seen.save()

    def move_out(self, board: str, raws: Raws, before: os.stat_result) -> Raws:
        """The tables to write: without the entries that are in the files by now. Never raises."""
        return history_files.move_out(self._disk, self._path, board, raws, before)

    def older(self, board: Board, about: Collection[int] = (), since: int = 0, most: int = 0) -> Entries:
        """Entries that left this board: all, those about one of these records, those that happened since an instant.

        `since` is epoch seconds; from `most` entries on (0: never) no earlier month is read. Raises BoardUnavailable
        while the files cannot be read.
        """
        try:
            return self.read(board, about, since, most)
        except OSError as error:
            raise self._away(error) from error

    def read(self, board: Board, about: Collection[int] = (), since: int = 0, most: int = 0) -> Entries:
        """As `older`, within a commit: raises OSError."""
        wanted = frozenset(about)
        found: dict[int, HistoryEntry] = {}
        for rows in self._months(board, since, _likely(wanted)):
            for number, raw in rows.items():
                entry = _decoded(number, raw)
                if entry is not None and entry.at >= since and (not wanted or wanted & entry.touched):
                    found[number] = entry
            if 0 < most <= len(found):
                break
        return dict(sorted(found.items()))

    def whole(self, board: Board) -> Board:
        """This board with all of its history, for whoever goes back in time. Raises BoardUnavailable."""
        older = self.older(board) if lowest(board.raws) > 1 else {}
        return board.with_older_history(older) if older else board

    def reaching(self, board: Board, work: Iterable[Recorded]) -> Board:
        """The board `work` is settled on: with all of its history where an undo names an entry that left meanwhile.

        What was acknowledged must not depend on how much others wrote until it is sent. Files that cannot be read
        leave the board as it is.
        """
        named: list[int] = [getattr(one.operation, "entry", 0) for one in work if one.name == REVERT]
        if not named or min(named) >= lowest(board.raws):
            return board
        try:
            return board.with_older_history(self.read(board))
        except OSError:
            return board

    def problems(self, board: Board) -> Iterator[tuple[str, CrossdeckError]]:
        """What is wrong with the entries in the files, and where the board goes on from them; what this machine knows.

        What is wrong within the board `store.checking` says. Raises BoardUnavailable.
        """
        first = lowest(board.raws)
        rows: dict[int, Raw] = {}
        try:
            for month in self._months(board, 0, None):
                rows |= month
        except OSError as error:
            raise self._away(error) from error
        rows |= {int(number): raw for number, raw in board.raws.get("history", {}).items()}
        for number, problem in chain_problems(rows):
            if number <= first:
                yield f"history/{number}", problem
        known = self._seen or LastSeen(self._state, board.meta.board, self._path)
        for number, problem in known.problems(rows, self._clock.now()):
            yield f"history/{number}", problem

    def accept(self, board: Board) -> None:
        """What is known of a broken past was looked at by a person; this machine goes on from the board as it is."""
        known = self._seen = self._seen or LastSeen(self._state, board.meta.board, self._path)
        known.accept(board.raws.get("history", {}), board.last_entry, self._clock.now())
        self.news = None

    def _away(self, error: OSError) -> CrossdeckError:
        return trouble.reading(self._disk, history_files.folder_of(self._path), error, before=True)

    def _months(self, board: Board, since: int, likely: history_files.Likely | None) -> Iterator[dict[int, Raw]]:
        first = lowest(board.raws)
        return history_files.older(self._disk, self._path, board.meta.board, first, since=since, likely=likely)


def _decoded(number: int, raw: Raw) -> HistoryEntry | None:
    """An entry, or None for a damaged one, which `check` names."""
    try:
        entry = cast("HistoryEntry", decoder("history").decode(raw))
    except UNREADABLE:
        return None
    force_setattr(entry, "id", number)
    return entry


def _likely(wanted: frozenset[int]) -> history_files.Likely | None:
    """Whether a line may be about one of these records, by its bytes alone; None where decoding it is quicker."""
    if not 0 < len(wanted) <= FEW:
        return None
    signs = [str(key).encode() for key in wanted]
    return lambda text: any(sign in text for sign in signs)
