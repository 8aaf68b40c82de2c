"""`BOARD.history/YYYY-MM.jsonl`: the older entries of the history, in the order of the chain (design §3.8).

The board keeps about `KEPT` entries. Within an ordinary commit older ones are appended here, to the disk, before the
file that lacks them takes its place: a crash between the two leaves an entry twice. What the board still holds counts
there; of two lines with one number the last counts, because an old copy put over the board lets the chain go another
way from some number on. A line says which board and which number it is; the entry keeps its bytes, unknown fields too.
"""

from __future__ import annotations

import os
import re
import stat
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Raw, Struct

from store.file.disk import Disk, quietly, read_file, sync_folder, write_all
from store.file.replace import make_sidecar
from store.file.storage import Raws

KEPT = 2_000
"""Entries that stay in the board."""
SLACK = 250
"""Entries above that before the surplus is moved: one commit in so many pays for it."""

_NAME = re.compile(r"\d{4}-\d{2}\.jsonl")
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

Likely = Callable[[bytes], bool]
"""Whether a line may be one that is wanted, told from its bytes."""


class Line(Struct, frozen=True):
    """One line of a file."""

    board: str
    entry: int
    body: Raw


class _Recorded(Struct, frozen=True):
    recorded_at: int


_LINE = msgspec.json.Decoder(Line)
_RECORDED = msgspec.json.Decoder(_Recorded)


def folder_of(path: str) -> str:
    """The folder of the older history of a board file."""
    return path + ".history"


def move_out(disk: Disk, path: str, board: str, raws: Raws, before: os.stat_result) -> Raws:
    """The tables without the oldest entries of the history, which are in the files by then; often the same tables.

    `board` is the board's id, `before` what the board file is like: its mode and group hold for the files too. A share
    that refuses costs the move, never the write.
    """
    rows = raws.get("history", {})
    if len(rows) <= KEPT + SLACK:
        return raws
    leaving = sorted(rows, key=int)[: len(rows) - KEPT]
    months: dict[str, list[bytes]] = defaultdict(list)
    for number in leaving:
        months[_month(rows[number])].append(_line(board, int(number), rows[number]))
    try:
        make_sidecar(disk, folder_of(path))
        for month, lines in months.items():
            _append(disk, os.path.join(folder_of(path), f"{month}.jsonl"), b"".join(lines), before)
    except OSError:
        return raws
    gone = frozenset(leaving)
    return {**raws, "history": {number: raw for number, raw in rows.items() if number not in gone}}


def older(
    disk: Disk, path: str, board: str, before: int, *, since: int = 0, likely: Likely | None = None
) -> Iterator[dict[int, Raw]]:
    """Yield the entries below number `before`, number -> bytes: a month at a time, the newest first. Raises OSError.

    `since` (epoch seconds) leaves out months that ended before it; `likely` whether a line may be one that is wanted.
    """
    known: set[int] = set()
    for name in reversed(_names(disk, path, since)):
        data, _ = read_file(disk, os.path.join(folder_of(path), name))
        found: dict[int, Raw] = {}
        numbers: set[int] = set()
        for text in data.split(b"\n"):
            line = _read(text)
            if line is None or line.board != board or not 0 < line.entry < before or line.entry in known:
                continue
            numbers.add(line.entry)
            found.pop(line.entry, None)
            if likely is None or likely(text):
                found[line.entry] = line.body.copy()
        known |= numbers
        yield found


def _names(disk: Disk, path: str, since: int) -> list[str]:
    try:
        names = [name for name in disk.listdir(folder_of(path)) if _NAME.fullmatch(name)]
    except FileNotFoundError:
        return []
    first = _month_of(since) if since else ""
    return sorted(name for name in names if name >= first)


def _read(text: bytes) -> Line | None:
    """A line, or None for what a crash cut short; the same entry stands in a later line, or is missed by `check`."""
    if not text:
        return None
    try:
        return _LINE.decode(text)
    except _UNREADABLE:
        return None


def _line(board: str, number: int, body: Raw) -> bytes:
    # A file another program laid out anew may have line ends between the fields, never within a text.
    flat = Raw(bytes(body).replace(b"\n", b" ").replace(b"\r", b" "))
    return msgspec.json.encode(Line(board, number, flat)) + b"\n"


def _month(body: Raw) -> str:
    try:
        return _month_of(_RECORDED.decode(body).recorded_at)
    except _UNREADABLE:
        return _month_of(0)


def _month_of(instant: int) -> str:
    """The month (UTC) of an instant, within the years a name has digits for."""
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=instant)).strftime("%Y-%m").zfill(7)
    except OverflowError:
        return "1970-01" if instant < 0 else "9999-12"


def _append(disk: Disk, path: str, data: bytes, before: os.stat_result) -> None:
    mode = stat.S_IMODE(before.st_mode)
    fd = disk.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, mode)
    try:
        facts = disk.fstat(fd)
        if not facts.st_size:  # new: everyone who may write the board may write it
            if facts.st_gid != before.st_gid:
                quietly(disk.fchown, fd, before.st_gid)
            if stat.S_IMODE(facts.st_mode) != mode:
                quietly(disk.fchmod, fd, mode)
        elif not _ended(disk, fd, facts.st_size):
            data = b"\n" + data
        write_all(disk, fd, data)
        disk.fsync(fd)
    except BaseException:
        quietly(disk.close, fd)
        raise
    disk.close(fd)
    if not facts.st_size:
        sync_folder(disk, os.path.dirname(path))


def _ended(disk: Disk, fd: int, size: int) -> bool:
    """Whether the last line is whole; one that a crash cut short must not swallow the next."""
    disk.seek(fd, size - 1)
    return disk.read(fd, 1) == b"\n"


def lowest(raws: Raws) -> int:
    """The lowest chain number a board holds; 1 where it holds none."""
    return min(map(int, raws.get("history", ())), default=1)
