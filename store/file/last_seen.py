"""The last entry of the history this machine saw, kept in its state directory, one small file for each board file.

A chain in a file anybody may rewrite proves nothing by itself: who rewrites it all makes a new one that fits. What was
seen before tells (core 2.12). An old copy put over the board shows here too; both are said in one sentence.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Raw, Struct

from store.errors import CrossdeckError
from store.file.chain_check import hash_of
from store.file.outbox import folder_of
from store.file.whole import write_whole
from store.tokens import digest

SAVED_EVERY = 60.0
"""Seconds between two writes while a session goes on; it is written when the session ends too."""
TOLD_FOR = 14 * 86_400
"""Seconds `check` goes on telling of a break that was noticed."""


REWRITES = frozenset({"RestoreBoard", "RepairBoard"})
"""Operations after which the past may be another one: a restored backup has a shorter one, doubled entries go."""
GRACE = 600
"""Seconds that the clocks of two machines may differ."""


class _Entry(Struct, frozen=True):
    operation: str
    recorded_at: int


class Place(Struct, frozen=True):
    """An entry as it was seen: its chain number, its hash, when (epoch seconds)."""

    number: int = 0
    hash: str = ""
    at: int = 0


class Memory(Struct, frozen=True):
    """What the file holds: the last entry seen, and the last one that was another one (or gone) afterwards."""

    last: Place = Place()
    broken: Place = Place()
    """`at` is when that was noticed."""


class LastSeen:
    """The memory of one board file on this machine. Not for several threads at once. Never raises OSError."""

    def __init__(self, state: str, board: str, path: str) -> None:
        """Read what an earlier session saw. A copy of a board under another path has a memory of its own."""
        self._path = Path(folder_of(state, board), f"seen-{digest(os.fsencode(path), 6).hex()}.json")
        self._memory = self._saved = self._load()
        self._saved_at = float("-inf")

    def follow(self, rows: Mapping[str, Raw], number: int, now: int, monotonic: float) -> CrossdeckError | None:
        """The history of a revision up to its last `number`: go on from it.

        Returns what to say if it does not go on from what was seen.
        """
        seen = self._memory.last
        found = self._compared(rows, number)
        if number != seen.number or found:
            last = Place(number, hash_of(rows[str(number)]) if number else "", now)
            broken = Place(seen.number, seen.hash, now) if found else self._memory.broken
            self._memory = Memory(last, broken)
        if found or monotonic - self._saved_at > SAVED_EVERY:
            self.save()
            self._saved_at = monotonic
        return found

    def problems(self, rows: Mapping[int, Raw], now: int) -> Iterator[tuple[int, CrossdeckError]]:
        """Yield what is known of a broken past, for `rows` with all entries there are, those in files too."""
        seen, broken = self._memory.last, self._memory.broken
        there = rows.get(seen.number)
        if there is not None and hash_of(there) != seen.hash and not _explained(rows.values(), seen):
            yield seen.number, rewritten(seen)
        elif broken.number and now - broken.at < TOLD_FOR and not _is_back(rows, broken):
            yield broken.number, rewritten(broken)

    def accept(self, rows: Mapping[str, Raw], number: int, now: int) -> None:
        """A person knows of the break: the history up to its last `number` is what this machine goes on from."""
        self._memory = Memory(Place(number, hash_of(rows[str(number)]) if number else "", now))
        self.save()

    def save(self) -> None:
        """Write the memory if it is another than the one on disk."""
        if self._memory != self._saved:
            with suppress(OSError):
                write_whole(self._path, msgspec.json.encode(self._memory))
                self._saved = self._memory

    def _compared(self, rows: Mapping[str, Raw], last: int) -> CrossdeckError | None:
        seen = self._memory.last
        there = rows.get(str(seen.number))
        # One that was moved out meanwhile is looked for by `check`, which reads the files.
        if (seen.number and last < seen.number) or (there is not None and hash_of(there) != seen.hash):
            return None if _explained(rows.values(), seen) else rewritten(seen)
        return None

    def _load(self) -> Memory:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Memory)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return Memory()


def _is_back(rows: Mapping[int, Raw], broken: Place) -> bool:
    """Whether the very entry that was gone is there again: the hash says it and all before it, `check` proves it."""
    return broken.number in rows and hash_of(rows[broken.number]) == broken.hash


def _explained(rows: Iterable[Raw], seen: Place) -> bool:
    """Whether an entry says why the past is another one: a damaged board was restored, or its history repaired."""
    for raw in rows:
        if any(name.encode() in bytes(raw) for name in REWRITES):
            with suppress(msgspec.DecodeError, UnicodeDecodeError):
                entry = msgspec.json.decode(raw, type=_Entry)
                if entry.operation in REWRITES and entry.recorded_at >= seen.at - GRACE:
                    return True
    return False


def rewritten(seen: Place) -> CrossdeckError:
    """That the board's past is not the one this machine read."""
    return CrossdeckError(
        "Entry {entry} of the history is not the one this machine read on {day}: an old copy was put over the"
        " board, or its history was rewritten. `crossdeck check` looks at all of it.",
        code="history.rewritten",
        entry=seen.number,
        day=datetime.fromtimestamp(seen.at, UTC).date().isoformat(),
    )
