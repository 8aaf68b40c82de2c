"""The indexes of a Board: which records hang on which, kept up from one revision to the next.

An index is a dict from the doc id of the record hung on to the records that hang there, sorted. Equal
ones stay in the file's order, which is that of their entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import compress, islice
from operator import is_, is_not
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from store.board import Board
    from store.records import Record

Groups = dict[int, list[Any]]


class Index(NamedTuple):
    """One index: its table, what a record hangs on (a doc id), how those on one are sorted.

    `through` are further tables the answer depends on.
    """

    table: str
    key: Callable[[Board, Any], int]
    order: Callable[[Any], Any]
    through: tuple[str, ...] = ()


def _card_of_meeting(board: Board, meeting: Any) -> int:
    """Return the card of a meeting, or of the issue it is about (0: none)."""
    if meeting.card:
        return int(meeting.card)
    issue = board.issues.get(meeting.issue or 0)
    return issue.card if issue else 0


INDEXES: dict[str, Index] = {
    "subtasks_of": Index("subtasks", lambda _, s: s.card, lambda s: (s.number, s.id)),
    "duties_of": Index("duties", lambda _, d: d.card, lambda d: (d.order, d.id)),
    "milestones_of": Index("milestones", lambda _, m: m.card, lambda m: (m.due or 0, m.id)),
    "progress_of": Index("progress", lambda _, e: e.subtask, lambda e: e.at),
    "issues_of": Index("issues", lambda _, i: i.card, lambda i: i.raised_at),
    "steps_of": Index("steps", lambda _, s: s.issue, lambda s: s.at),
    "meetings_of": Index("meetings", _card_of_meeting, lambda m: (m.starts, m.id), ("issues",)),
    "attendance_of": Index("attendance", lambda _, a: a.meeting, lambda a: a.observer),
    "agenda_of": Index("agenda", lambda _, a: a.meeting, lambda a: (a.order, a.id)),
    "lines_of": Index("lines", lambda _, n: n.item, lambda n: (n.order, n.id)),
    "sync_of": Index("sync", lambda _, s: s.card or 0, lambda s: s.at),
}
"""Name of the Board's property -> how it is made."""


def grouped(board: Board, name: str) -> Groups:
    """Return an index worked out whole; asking it for a key that has none gives an empty list."""
    index = INDEXES[name]
    return _sorted(board, index, board.table(index.table).values())


def carry_indexes(board: Board, before: Board) -> None:
    """Give `board` every index that `before`, any other revision, had worked out, put right where they differ."""
    for name, index in INDEXES.items():
        known = before.__dict__.get(name)
        if known is None or name in board.__dict__:
            continue
        if all(board.table(each) is before.table(each) for each in index.through):
            board.__dict__[name] = _put_right(known, index, board, before)


def differing(old: Mapping[int, Record], new: Mapping[int, Record]) -> list[int]:
    """Return the doc ids under which two revisions of a table differ. They share what is equal, so identity decides."""
    if old is new:
        return []
    if len(new) >= len(old) and all(map(is_, old, new)):
        # The next revision is a copy with records exchanged and added: compared without a step of Python for each.
        return [*compress(old, map(is_not, old.values(), new.values())), *islice(new, len(old), None)]
    ids = [key for key, record in new.items() if old.get(key) is not record]
    ids += old.keys() - new.keys()
    return ids


def _sorted(board: Board, index: Index, records: Any) -> Groups:
    groups: Groups = defaultdict(list)
    key = index.key
    for record in records:
        groups[key(board, record)].append(record)
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=index.order)
    return groups


def _put_right(known: Groups, index: Index, board: Board, before: Board) -> Groups:
    """Return an index with the groups of differing records made anew."""
    old, new = before.table(index.table), board.table(index.table)
    ids = differing(old, new)
    if not ids:
        return known
    groups: Groups = defaultdict(list, known)
    anew: set[int] = set()
    for each in ids:
        was, now = old.get(each), new.get(each)
        if now is None or (was is not None and _moved(index, (before, was), (board, now))):
            anew.update(index.key(of, record) for of, record in ((before, was), (board, now)) if record is not None)
            continue
        place = index.key(board, now)
        if was is not None:
            groups[place] = [now if record is was else record for record in groups[place]]
        else:
            # Stable: a new record stands last among equal ones, as it does in the file.
            groups[place] = sorted([*groups[place], now], key=index.order)
    if anew:
        found = _sorted(board, index, [record for record in new.values() if index.key(board, record) in anew])
        for place in anew:
            if place in found:
                groups[place] = found[place]
            else:
                groups.pop(place, None)
    return groups


def _moved(index: Index, was: tuple[Board, Record], now: tuple[Board, Record]) -> bool:
    """Say whether a record hangs on another one now, or stands at another place among its like."""
    return index.key(*was) != index.key(*now) or index.order(was[1]) != index.order(now[1])
