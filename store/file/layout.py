"""A revision of the board file as its bytes: what another one changed, and what the next one is, at the cost of that.

A board of 10,000 records is read and written whole, but between two revisions a few records differ. Bytes that are the
same are not parsed or encoded again: comparing and copying them costs a tenth of that.

Only for a file laid out as we write it, where the place of each row follows from the lengths. What stands between two
places that are the same is decoded by itself, as the fields of one object: if it fits, the whole reads exactly as if it
had been decoded whole. Where it does not, nothing is told, and the file is parsed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from operator import add
from typing import NamedTuple

import msgspec
from msgspec import Raw

from store.board import UNREADABLE, RawTable, Touched
from store.file.storage import Raws, are_ids, content_size
from store.records import BoardMeta

PLACES = 40
"""Places of one table that may differ; with more, parsing is as quick."""
BLOCK = 1 << 16
"""Bytes compared at once, to find where two revisions part."""

_ROWS = msgspec.json.Decoder(dict[str, Raw])

Places = Mapping[str, tuple[int, int]]
"""Table -> where its rows begin and end in the bytes."""


class _Table(NamedTuple):
    """One table as another revision has it: its rows, where they begin, which may differ, the end."""

    rows: RawTable
    starts: list[int]
    touched: list[str]
    end: int


class Layout:
    """The bytes of a revision, its tables, and where they stand in the bytes."""

    def __init__(
        self, data: bytes, raws: Raws, places: Places | None = None, starts: dict[str, list[int]] | None = None
    ) -> None:
        """Take `data` and the tables it holds; where they stand and where their rows begin, as far as that is known."""
        self.data, self.raws = data, raws
        self._starts = starts or {}
        if places is not None:
            self.__dict__["places"] = places

    @cached_property
    def places(self) -> Places | None:
        """Where the tables stand; None if the file is not laid out as we write it."""
        found: dict[str, tuple[int, int]] = {}
        end = 0
        for name, rows in self.raws.items():
            head = _head(name, first=not found)
            if not self.data.startswith(head, end):
                return None
            start = end + len(head)
            found[name] = start, start + content_size(rows)
            end = start + content_size(rows) + 1
        return found if self.data[end:] == b"}" else None

    def starts(self, name: str) -> list[int]:
        """Where the rows of a table begin, counted from the first, and where one after the last would."""
        found = self._starts.get(name)
        if found is None:
            found = self._starts[name] = _starts(self.raws[name])
        return found

    # Another revision that was read -------------------------------------------------------------

    def read(self, data: bytes) -> tuple[Layout, Touched] | None:
        """Return another revision, and which of its rows may differ; None if it has to be parsed.

        Tables that are equal are the same objects. What `_meta` says is not looked at.
        """
        raws: dict[str, RawTable] = {}
        touched: dict[str, list[str]] = {}
        places: dict[str, tuple[int, int]] = {}
        starts: dict[str, list[int]] = {}
        end = 0
        for name in self.places or ():
            head = _head(name, first=not raws)
            start = end + len(head)
            found = self._table(name, data, start) if data.startswith(head, end) else None
            if found is None:
                return None
            raws[name], places[name], end = found.rows, (start, found.end), found.end + 1
            if found.starts:
                starts[name] = found.starts
            if found.rows is not self.raws[name]:
                touched[name] = found.touched
        return (Layout(data, raws, places, starts), touched) if raws and data[end:] == b"}" else None

    def _table(self, name: str, data: bytes, at: int) -> _Table | None:
        """Return a table of ours as `data` has it; its rows begin at `at` there."""
        rows, (begin, end) = self.raws[name], (self.places or {})[name]
        ours = memoryview(self.data)[begin : end + 1]
        same = _same(ours, data, at)
        if same == len(ours):
            return _Table(rows, self._starts.get(name, []), [], at + same - 1)
        keys, old, made = [*rows], self.starts(name), dict(rows)
        starts, touched, here, first = list[int](), list[str](), 0, at
        for _ in range(PLACES):
            # What stands before our row `here` is told; `data` goes on at `at`.
            told, shift = old[here] + same, at - first - old[here]
            if told == len(ours):
                return _Table(made, starts + _shifted(old[here:], shift), touched, at + same - 1)
            differs = bisect_right(old, told, hi=len(keys)) - 1 if keys else 0
            starts += _shifted(old[here:differs], shift)
            here, at = differs, first + shift + old[differs]
            more = here + 1 < len(keys)
            meets = data.find(f'"{keys[here + 1]}":'.encode(), at) if more else self._end(end, data, at)
            new = _between(data, at, meets, more=more, first=not here)
            if new is None or not _exchanged(made, keys[here : here + 1], new, more=more):
                return None
            touched += dict.fromkeys([*keys[here : here + 1], *new])
            starts += _shifted(_starts(new)[:-1], at - first)
            if not more:
                return _Table(made, [*starts, meets - first + bool(made)], touched, meets)
            here, at = here + 1, meets
            same = _same(ours[old[here] :], data, at)
        return None

    def _end(self, end: int, data: bytes, at: int) -> int:
        """Return where the rows of a table may end in `data`, of which ours end at `end`; -1 if nowhere."""
        follows = next((start for start, _ in (self.places or {}).values() if start > end), None)
        if follows is None:
            return len(data) - 2
        return data.find(self.data[end:follows], at)

    # The next revision, to be written -----------------------------------------------------------

    def following(self, meta: BoardMeta, raws: Raws, touched: Touched) -> Layout:
        """Return the next revision: these tables under `meta`.

        In a table that `touched` names no other rows differ from ours; tables it does not name may be any.
        """
        tables: dict[str, RawTable] = {"_meta": {"1": Raw(msgspec.json.encode(meta))}}
        tables.update((name, rows) for name, rows in raws.items() if name != "_meta")
        parts: list[bytes | memoryview] = []
        places: dict[str, tuple[int, int]] = {}
        starts: dict[str, list[int]] = {}
        size = 0
        for name, rows in tables.items():
            head, (content, begun) = _head(name, first=not parts), self._content(name, rows, touched)
            start = size + len(head)
            places[name] = start, start + sum(map(len, content))
            if begun:
                starts[name] = begun
            size = places[name][1] + 1
            parts += (head, *content, b"}")
        parts.append(b"}")
        return Layout(b"".join(parts), tables, places, starts)

    def _content(self, name: str, rows: RawTable, touched: Touched) -> tuple[Sequence[bytes | memoryview], list[int]]:
        """Return the bytes of the rows of a table, those that are not touched as they stand in ours.

        Beside them where the rows begin, if that follows.
        """
        known = self.raws.get(name, {})
        begin, end = (self.places or {}).get(name, (0, 0))
        ours = memoryview(self.data)[begin:end]
        if end and rows is known:
            return [ours], self._starts.get(name, [])
        keys = [*rows]
        if not end or name not in touched or keys[: len(known)] != [*known]:  # some are gone
            return [msgspec.json.encode(rows)[1:-1]], []
        changed = {key for key in touched[name] if key in known and known[key] != rows[key]}
        old = self.starts(name) if changed else self._starts.get(name, [])
        parts: list[bytes | memoryview] = []
        starts, at, done, shift = list[int](), 0, 0, 0
        for place in sorted(map(keys.index, changed)):
            row, behind = _row(keys[place], rows), old[place + 1] - 1
            parts += (ours[at : old[place]], row)
            starts += _shifted(old[done : place + 1], shift)
            at, done, shift = behind, place + 1, shift + len(row) - behind + old[place]
        parts.append(ours[at:])
        starts += _shifted(old[done:], shift)
        new = {key: rows[key] for key in keys[len(known) :]}
        if new:
            parts.append((b"," if known else b"") + msgspec.json.encode(new)[1:-1])
        if new and starts:
            starts[-1:] = _shifted(_starts(new), starts[-1])
        return parts, starts


def _head(name: str, *, first: bool) -> bytes:
    """Return what stands before the rows of a table."""
    return (b"{" if first else b",") + msgspec.json.encode(name) + b":{"


def _row(key: str, rows: RawTable) -> bytes:
    return f'"{key}":'.encode() + bytes(rows[key])


def _starts(rows: RawTable) -> list[int]:
    """Return where each row begins, counted from the first, and where one after the last would."""
    sizes = map((4).__add__, map(add, map(len, rows), map(len, rows.values())))  # "key":row and a comma
    return [*accumulate(chain((0,), sizes))]


def _shifted(places: list[int], by: int) -> list[int]:
    return [place + by for place in places] if by else places


def _same(ours: memoryview, data: bytes, at: int) -> int:
    """Return how many bytes of `ours` stand in `data` from `at` on."""
    found, size = 0, BLOCK
    while found < len(ours) and data.startswith(ours[found : found + size], at + found):
        found = min(found + size, len(ours))
    size = min(size, len(ours) - found)
    while size:  # they part within `size` bytes
        half = size // 2
        if half and data.startswith(ours[found : found + half], at + found):
            found, size = found + half, size - half
        else:
            size = half
    return found


def _between(data: bytes, start: int, end: int, *, more: bool, first: bool) -> dict[str, Raw] | None:
    """Return the rows that stand between two places, laid out as we write them; None if it is anything else.

    `more`: a row follows at `end`, else the end of the table; `first`: no row stands before.
    """
    if end < start:
        return None
    part = data[start:end]
    if not part:
        return {} if more or first else None  # there is a comma before it
    if more:
        if part[-1:] != b",":
            return None
        part = part[:-1]
    try:
        rows = _ROWS.decode(b"{" + part + b"}")
    except UNREADABLE:
        return None
    # What is doubled or written another way is longer than what was understood of it.
    return rows if rows and content_size(rows) == len(part) and are_ids(rows) else None


def _exchanged(made: dict[str, Raw], old: list[str], new: dict[str, Raw], *, more: bool) -> bool:
    """Put rows in the place of the row `old` (none: of an empty table); False where they do not belong there.

    `more`: there are rows behind it, and new ones stand at the end only.
    """
    stays = [*new][: len(old)] == old
    added = [*new][len(old) :] if stays else [*new]
    if any(key in made for key in added) or (more and added):
        return False
    for key in () if stays else old:
        del made[key]
    made.update(new)
    return True
