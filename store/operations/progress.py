"""Progress entries (rulebook §4): only ever added; a correction or withdrawal names the entry it replaces."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress
from operator import attrgetter
from typing import Any, ClassVar

import msgspec
from msgspec import field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.indexes import indexed
from store.operations.act import Act, needed, wrong_state
from store.operations.base import Stamp, mint
from store.operations.reports import met
from store.operations.shape import Prose
from store.operations.supports import asked_anew, asked_in
from store.rules.entries import standing as entries_standing

CLOSED = ("completed", "archived")
"""Stages of a card whose subtasks are accepted with it: one reported at 100 is done at once (rulebook §3)."""


class RecordProgress(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Record progress of a subtask; 100 hands it over to be accepted.

    Args:
        id: minted.
        subtask: which.
        percent: 0 to 100; left out, the last one stands.
        unchanged: no change since the last entry.
        done: what was done.
        next: the next step.
        problem: what is in the way.
        supports: from whom support is needed: department or person, name as typed, text.
        deliverable: what is handed over (at 100).
    """

    about: ClassVar[str] = "subtask"
    adds: ClassVar[str] = "progress"

    id: int = field(default_factory=mint)
    subtask: r.SubtaskRef
    percent: int | None = None
    unchanged: bool = False
    done: Prose = ""
    next: Prose = ""
    problem: Prose = ""
    supports: tuple[r.Support, ...] = ()
    deliverable: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A percent from 0 to 100, something to record, and a subtask that is not over."""
        yield from percent_reasons(self.percent)
        texts = (self.done, self.next, self.problem, self.deliverable)
        if self.percent is None and not self.unchanged and not self.supports and not any(t.strip() for t in texts):
            yield needed("percent", "done")
        yield from over_reasons(board, board.subtasks[self.subtask])

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The entry, and the subtask's percent and status after it."""
        subtask = board.subtasks[self.subtask]
        percent = None if self.unchanged else self.percent
        entry = r.ProgressEntry(
            id=self.id,
            subtask=subtask.id,
            at=by.at,
            by=by.person,
            percent=percent,
            before=subtask.percent,
            unchanged=self.unchanged,
            done=self.done,
            next=self.next,
            problem=self.problem,
            supports=self.supports,
            recorded_at=by.recorded if by.recorded != by.at else None,
        )
        # Entered later than a newer entry: that one's percent stands.
        old = any(e.at > by.at and e.percent is not None for e in standing(board, subtask.id))
        fields = after(board, subtask, None if old else percent, by.at, begun=not self.unchanged)
        if self.deliverable:
            fields["deliverable"] = self.deliverable
        reported = met(board, by, subtask.id, "problem", entry=self.id) if self.problem.strip() else []
        return compact([add(entry), put(subtask, **fields), *reported, *asked_in(entry, by)])


class CorrectProgress(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Correct a progress entry: a new entry takes its place, the subtask's percent is put right.

    Args:
        id: minted.
        entry: which; not corrected or withdrawn yet.
        percent: 0 to 100, or left out: text only.
        unchanged: no change since the entry before.
        done: what was done.
        next: the next step.
        problem: what is in the way.
        supports: from whom support is needed.
    """

    about: ClassVar[str] = "entry"
    adds: ClassVar[str] = "progress"

    id: int = field(default_factory=mint)
    entry: r.EntryRef
    percent: int | None = None
    unchanged: bool = False
    done: Prose = ""
    next: Prose = ""
    problem: Prose = ""
    supports: tuple[r.Support, ...] = ()

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """As for an entry; and the corrected one still stands."""
        yield from percent_reasons(self.percent)
        texts = (self.done, self.next, self.problem)
        if self.percent is None and not self.unchanged and not self.supports and not any(t.strip() for t in texts):
            yield needed("percent", "done")
        yield from _replaceable(board, self._new(board, by))

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The correcting entry, the subtask put right, and who is asked for support now."""
        new = self._new(board, by)
        return [*_replaced(board, new), *asked_anew(board, new, by)]

    def _new(self, board: Board, by: Stamp) -> r.ProgressEntry:
        return msgspec.structs.replace(
            board.progress[self.entry],
            id=self.id,
            by=by.person,
            percent=None if self.unchanged else self.percent,
            unchanged=self.unchanged,
            done=self.done,
            next=self.next,
            problem=self.problem,
            supports=self.supports,
            replaces=self.entry,
            withdrawn=False,
            recorded_at=by.at,
        )


class WithdrawProgress(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Take back a progress entry: a new entry says so, the percent before it stands again.

    Args:
        id: minted.
        entry: which; not corrected or withdrawn yet.
        reason: why.
    """

    about: ClassVar[str] = "entry"
    adds: ClassVar[str] = "progress"

    id: int = field(default_factory=mint)
    entry: r.EntryRef
    reason: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """The entry still stands."""
        yield from _replaceable(board, self._new(board, by))

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The withdrawing entry, the subtask put right; who was asked for support need not answer."""
        new = self._new(board, by)
        return [*_replaced(board, new), *asked_anew(board, new, by)]

    def _new(self, board: Board, by: Stamp) -> r.ProgressEntry:
        return withdrawal(board.progress[self.entry], self.id, by, self.reason)


def withdrawal(old: r.ProgressEntry, key: int, by: Stamp, reason: str = "") -> r.ProgressEntry:
    """The entry (doc id `key`) that takes another one back."""
    return r.ProgressEntry(
        id=key,
        subtask=old.subtask,
        at=old.at,
        by=by.person,
        before=old.before,
        done=reason,
        replaces=old.id,
        withdrawn=True,
        recorded_at=by.at,
    )


def standing(board: Board, subtask: int) -> list[r.ProgressEntry]:
    """A subtask's entries that count, oldest first (`store.rules.entries`); of one second in the order written."""
    known = indexed(board, "progress_of", subtask)
    # One pass is cheaper than making the index for a single question.
    return _standing(_entries(board, subtask) if known is None else known)


def _standing(entries: list[r.ProgressEntry]) -> list[r.ProgressEntry]:
    return entries_standing(sorted(entries, key=lambda entry: entry.at))


def after(board: Board, subtask: r.Subtask, percent: int | None, at: int, *, begun: bool = True) -> dict[str, Any]:
    """The fields of a subtask once this percent is reported (None: the last stands) at an instant.

    `begun` is False for an entry that says nothing was done. A blocked subtask stays blocked under 100.
    """
    fields: dict[str, Any] = {} if percent is None else {"percent": percent}
    if percent == 100:
        if board.cards[subtask.card].stage in CLOSED:
            fields |= {"status": "done", "done_at": at}
        elif subtask.status != "awaiting_acceptance":
            fields |= {"status": "awaiting_acceptance", "handed_over_at": at}
    elif percent is not None and subtask.status == "awaiting_acceptance":
        fields |= {"status": "in_progress", "handed_over_at": None, "registered_at": None}
    elif subtask.status == "not_started" and (percent or (percent is None and begun)):
        fields |= {"status": "in_progress"}
    if subtask.started_at is None and fields.get("status"):
        fields["started_at"] = at
    return fields


def percent_reasons(percent: int | None) -> Iterator[Refused]:
    """Refuse what is not 0 to 100."""
    if percent is not None and not 0 <= percent <= 100:
        yield Refused('Percent is 0 to 100; "{v}" is not. Nothing recorded.', code="refuse.percent", v=percent)


def over_reasons(board: Board, subtask: r.Subtask) -> Iterator[Refused]:
    """Refuse a subtask that is done or cancelled, or whose card is."""
    if subtask.status in {"done", "cancelled"}:
        yield wrong_state(subtask, subtask.status, "not_started", "in_progress", "blocked", "awaiting_acceptance")
    card = board.cards.get(subtask.card)
    if card is not None and card.stage in {"cancelled", "archived"}:
        yield wrong_state(card, card.stage, "active")


def _replaceable(board: Board, new: r.ProgressEntry) -> Iterator[Refused]:
    subtask = board.subtasks.get(new.subtask)
    if subtask is None:
        return
    entries = _entries(board, subtask.id)
    gone = {entry.replaces for entry in entries}
    # A withdrawal may be withdrawn in turn (redo); nothing else that no longer stands can be touched.
    undone = {entry.id for entry in entries if new.withdrawn and entry.withdrawn and entry.id not in gone}
    if new.replaces not in undone | {entry.id for entry in _standing(entries)}:
        yield Refused("This entry was corrected or withdrawn already.", code="refuse.entry")
    elif subtask.status != "done" or _percent_with(board, new) != subtask.percent:
        yield from over_reasons(board, subtask)


def _entries(board: Board, subtask: int) -> list[r.ProgressEntry]:
    # At the speed of C: a quarter has 11,000 of them.
    rows = board.progress.values()
    return [*compress(rows, map(subtask.__eq__, map(attrgetter("subtask"), rows)))]


def _percent_with(board: Board, new: r.ProgressEntry) -> int:
    """The subtask's percent once `new` has replaced its entry."""
    entries = _entries(board, new.subtask)
    left = [e.percent for e in _standing([*entries, new]) if e.percent is not None]
    return left[-1] if left else entries[0].before


def _replaced(board: Board, new: r.ProgressEntry) -> list[Change]:
    subtask, percent = board.subtasks[new.subtask], _percent_with(board, new)
    fields = after(board, subtask, percent, new.at) if percent != subtask.percent else {}
    nothing_left = not percent and not _standing([*_entries(board, subtask.id), new])
    if nothing_left and subtask.status in {"in_progress", "awaiting_acceptance"}:
        fields |= {"status": "not_started", "started_at": None, "handed_over_at": None}
    return compact([add(new), put(subtask, **fields)])
