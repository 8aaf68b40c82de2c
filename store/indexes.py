"""The indexes of a Board: which records hang on which, kept up from one revision to the next.

An index is a dict from the doc id of the record hung on to the records that hang there, sorted. Equal
ones stay in the file's order, which is that of their entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from itertools import compress, islice
from operator import attrgetter, is_, is_not
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from store.board import Board
    from store.records import Record

Groups = dict[int, list[Any]]


class Index(NamedTuple):
    """One index: its table, what its records hang on (a Board -> their key), how those on one are sorted.

    `through` are further tables the answer depends on.
    """

    table: str
    key_on: Callable[[Board], Callable[[Any], int]]
    order: Callable[[Any], Any]
    through: tuple[str, ...] = ()


def _own(field: str) -> Callable[[Board], Callable[[Any], int]]:
    """Return the key of records that name what they hang on in a field of theirs."""
    key = attrgetter(field)
    return lambda _: key


def _card_or_none(_: Board) -> Callable[[Any], int]:
    """Return the key of records that may have a card (0: none)."""
    return lambda record: record.card or 0


def _card_of_meeting(board: Board) -> Callable[[Any], int]:
    """Return the key of meetings: their card, else that of the issue they are about (0: none)."""
    return lambda meeting: board.card_of_meeting(meeting) or 0


INDEXES: dict[str, Index] = {
    "subtasks_of": Index("subtasks", _own("card"), attrgetter("number", "id")),
    "duties_of": Index("duties", _own("card"), attrgetter("order", "id")),
    "milestones_of": Index("milestones", _own("card"), lambda m: (m.due or 0, m.id)),
    "progress_of": Index("progress", _own("subtask"), attrgetter("at")),
    "issues_of": Index("issues", _own("card"), attrgetter("raised_at")),
    "steps_of": Index("steps", _own("issue"), attrgetter("at")),
    "meetings_of": Index("meetings", _card_of_meeting, attrgetter("starts", "id"), ("issues",)),
    "attendance_of": Index("attendance", _own("meeting"), attrgetter("observer")),
    "agenda_of": Index("agenda", _own("meeting"), attrgetter("order", "id")),
    "lines_of": Index("lines", _own("item"), attrgetter("order", "id")),
    "reviews_of": Index("reviews", _own("meeting"), attrgetter("at", "id")),
    "amendments_of": Index("amendments", _own("meeting"), attrgetter("number", "id")),
    "sync_of": Index("sync", _card_or_none, attrgetter("at")),
    "passes_of": Index("passes", _own("card"), attrgetter("at", "id")),
    "attachments_of": Index("attachments", _own("card"), attrgetter("id")),
    "seen_of": Index("seen", _own("card"), attrgetter("at", "id")),
    "letters_of": Index("letters", _own("subtask"), attrgetter("id")),
    "inputs_of": Index("inputs", _own("subtask"), attrgetter("id")),
    "scopes_of": Index("scopes", _own("subtask"), attrgetter("id")),
    "joint_reviews_of": Index("joint_reviews", _own("subtask"), attrgetter("at", "id")),
    "supports_of": Index("supports", _own("subtask"), attrgetter("asked_at")),
    "incidents_of": Index("incidents", _own("subtask"), attrgetter("since", "id")),
    "acceptances_of": Index("acceptances", _own("card"), attrgetter("round", "id")),
    "retros_of": Index("retros", _own("card"), attrgetter("at", "id")),
    "results_of": Index("results", _card_or_none, attrgetter("id")),
}
"""Name of the Board's property -> how it is made."""


def grouped(board: Board, name: str) -> Groups:
    """Return an index worked out whole; asking it for a key that has none gives an empty list."""
    index = INDEXES[name]
    return _sorted(board, index, board.table(index.table).values())


def make_indexes(board: Board) -> None:
    """Work out every index the Board has not."""
    for name in INDEXES:
        getattr(board, name)


def carry_indexes(board: Board, before: Board, changed: Mapping[str, Collection[int]] | None = None) -> None:
    """Give `board` every index that `before`, any other revision, had worked out, put right where they differ.

    `changed` says where: table -> doc ids, nothing of other tables. None: what is equal is the same record.
    """
    for name, index in INDEXES.items():
        known = before.__dict__.get(name)
        if known is None or name in board.__dict__:
            continue
        if changed is not None:
            if not any(changed.get(each) for each in index.through):
                board.__dict__[name] = _put_right(known, index, board, before, changed.get(index.table, ()))
        elif all(board.table(each) is before.table(each) for each in index.through):
            ids = differing(before.table(index.table), board.table(index.table))
            board.__dict__[name] = _put_right(known, index, board, before, ids)


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


def indexed(board: Board, name: str, key: int) -> list[Any] | None:
    """Return what hangs on one record, sorted, if the Board has worked out that index; else None."""
    known: Groups | None = board.__dict__.get(name)
    return None if known is None else known.get(key, [])


def _sorted(board: Board, index: Index, records: Any) -> Groups:
    groups: Groups = defaultdict(list)
    key = index.key_on(board)
    for record in records:
        groups[key(record)].append(record)
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=index.order)
    return groups


def _put_right(known: Groups, index: Index, board: Board, before: Board, ids: Collection[int]) -> Groups:
    """Return an index with the groups of differing records (`ids`) made anew."""
    if not ids:
        return known
    old, new = before.table(index.table), board.table(index.table)
    groups: Groups = defaultdict(list, known)
    anew: set[int] = set()
    key_before, key = index.key_on(before), index.key_on(board)
    for each in ids:
        was, now = old.get(each), new.get(each)
        if was is not None and (now is None or key_before(was) != key(now) or index.order(was) != index.order(now)):
            # It is gone, hangs on another one or stands at another place among its like.
            anew.add(key_before(was))
            if now is not None:
                anew.add(key(now))
            continue
        if now is None:
            continue
        place = key(now)
        if was is not None:
            groups[place] = [now if record is was else record for record in groups[place]]
        else:
            # Stable: a new record stands last among equal ones, as it does in the file.
            groups[place] = sorted([*groups[place], now], key=index.order)
    if anew:
        found = _sorted(board, index, [record for record in new.values() if key(record) in anew])
        for place in anew:
            if place in found:
                groups[place] = found[place]
            else:
                groups.pop(place, None)
    return groups
