"""Subtasks handed over, registered, accepted, sent back (rulebook §3; `deliverable` and `accept_subtask` of §8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import msgspec
from msgspec import field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, derived, label, needed, wrong_state
from store.operations.base import Stamp, mint
from store.operations.in_writing import TOPIC_LIMIT
from store.operations.progress import over_reasons, standing
from store.operations.shape import Prose
from store.operations.subtasks import OnSubtask
from store.rules.routing import recipients


class HandOver(OnSubtask, frozen=True, kw_only=True, omit_defaults=True):
    """Report a subtask done, with its deliverable; it waits for the lead to accept it.

    Args:
        id: of the progress entry this writes; minted.
        subtask: in work; or awaiting acceptance, to name the deliverable later.
        deliverable: what is handed over (kept as it was if left out).
        reference: where it lies (link, path); given, it is registered in the sync log at once.
    """

    id: int = field(default_factory=mint)
    deliverable: str = ""
    reference: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Not over, and with a deliverable."""
        subtask = board.subtasks[self.subtask]
        yield from over_reasons(board, subtask)
        if not (self.deliverable.strip() or subtask.deliverable.strip()):
            yield needed("deliverable")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """An entry of 100 percent, the status and the deliverable."""
        subtask = board.subtasks[self.subtask]
        fields: dict[str, Any] = {"deliverable": self.deliverable or subtask.deliverable}
        log: list[Change] = []
        if self.reference.strip():
            named = msgspec.structs.replace(subtask, **fields)
            log = [add(sync_entry(board, named, derived(self.id, "sync"), by, self.reference))]
            fields["registered_at"] = by.at
        if subtask.status == "awaiting_acceptance":
            return compact([put(subtask, **fields), *log])
        started = by.at if subtask.started_at is None else subtask.started_at
        fields |= {"percent": 100, "status": "awaiting_acceptance", "handed_over_at": by.at, "started_at": started}
        return [add(_entry(self.id, subtask, by, 100)), put(subtask, **fields), *log]


class AcceptSubtask(OnSubtask, frozen=True, kw_only=True, omit_defaults=True):
    """Accept a subtask that was handed over: it is done.

    Args:
        subtask: awaiting acceptance; the card's lead may.
    """

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Awaiting acceptance; by the lead."""
        yield from self.must_be(board, "awaiting_acceptance")
        yield from self.lead_only(board, by)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The status and when."""
        return [put(board.subtasks[self.subtask], status="done", percent=100, done_at=by.at)]


class SendBack(OnSubtask, frozen=True, kw_only=True, omit_defaults=True):
    """Send back a subtask that was handed over, with what is missing; one more revision is counted.

    More revisions than were agreed (`most_revisions`) are warned about, never refused.

    Args:
        id: of the progress entry this writes; minted.
        subtask: awaiting acceptance; the card's lead may.
        reason: what is missing.
        percent: where it stands; left out, the last percent below 100.
    """

    id: int = field(default_factory=mint)
    reason: Prose
    percent: int | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Awaiting acceptance, a reason, by the lead."""
        yield from self.must_be(board, "awaiting_acceptance")
        yield from self.lead_only(board, by)
        if not self.reason.strip():
            yield needed("reason")
        if self.percent is not None and not 0 <= self.percent < 100:
            yield Refused("What is sent back stands at 0 to 99 percent.", code="refuse.percent", v=self.percent)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """An entry with the reason as the next step, the status and the percent."""
        subtask = board.subtasks[self.subtask]
        percent = self._percent(board) if self.percent is None else self.percent
        entry = _entry(self.id, subtask, by, percent, self.reason)
        fields = {
            "status": "in_progress",
            "percent": percent,
            "handed_over_at": None,
            "registered_at": None,
            "revisions": subtask.revisions + 1,
        }
        return [add(entry), put(subtask, **fields)]

    def _percent(self, board: Board) -> int:
        entries = standing(board, self.subtask)
        below = [e.percent for e in entries if e.percent is not None and e.percent < 100]
        return below[-1] if below else min(entries[0].before if entries else 0, 99)


class RegisterDeliverable(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Register a deliverable in the sync log, within 24 h after it was handed over or its milestone reached.

    Args:
        id: of the sync entry; minted.
        subtask: handed over; or
        milestone: reached.
        deliverable: what it is (kept as it was if left out).
        reference: where it lies: link, path, number.
        to: to whom it was given.
        note: more words.
    """

    adds: ClassVar[str] = "sync"

    id: int = field(default_factory=mint)
    subtask: r.SubtaskRef | None = None
    milestone: r.MilestoneRef | None = None
    deliverable: str = ""
    reference: str = ""
    to: str = ""
    note: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """One of the two, there, named and not registered yet."""
        if (self.subtask is None) == (self.milestone is None):
            yield Refused("Name one of subtask and milestone.", code="refuse.empty")
            return
        about = self._about(board)
        if isinstance(about, r.Subtask) and about.status not in {"awaiting_acceptance", "done"}:
            yield wrong_state(about, about.status, "awaiting_acceptance", "done")
        elif isinstance(about, r.Milestone) and about.reached_at is None:
            yield Refused("This milestone is not reached yet.", code="refuse.milestone")
        elif about.registered_at is not None:
            yield Refused("This deliverable is registered already.", code="refuse.registered")
        if isinstance(about, r.Subtask) and not (self.deliverable.strip() or about.deliverable.strip()):
            yield needed("deliverable")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The sync entry, and when it was registered."""
        about = self._about(board)
        own = "deliverable" if isinstance(about, r.Subtask) else "output"
        what = {own: self.deliverable or getattr(about, own)}
        named = msgspec.structs.replace(about, **what)
        entry = sync_entry(board, named, self.id, by, self.reference, to=self.to, note=self.note)
        return compact([add(entry), put(about, registered_at=by.at, **what)])

    def _about(self, board: Board) -> r.Subtask | r.Milestone:
        return board.subtasks[self.subtask] if self.subtask is not None else board.milestones[self.milestone or 0]


def sync_entry(
    board: Board, about: r.Subtask | r.Milestone, key: int, by: Stamp, reference: str, *, to: str = "", note: str = ""
) -> r.SyncEntry:
    """The entry of the sync log (doc id `key`) that registers a deliverable; all participants are its recipients."""
    name = label(about) if isinstance(about, r.Milestone) else f"{label(about)} {about.name}"
    said = _deliverable(about)
    return r.SyncEntry(
        id=key,
        at=by.at,
        topic=(name if said == name else f"{name}: {said}")[:TOPIC_LIMIT],
        content=said,
        kind="deliverable",
        card=about.card,
        by=by.person,
        to=to,
        reference=reference,
        note=note,
        recipients=recipients(board, about, "final"),
        subtask=about.id if isinstance(about, r.Subtask) else about.subtask,
    )


def registered(board: Board, subtask: int | None, at: int) -> list[Change]:
    """What an entry of kind deliverable in the sync log does to the subtask it is about: registered, if handed over."""
    found = board.subtasks.get(subtask or 0)
    waits = found is not None and found.registered_at is None and found.status in {"awaiting_acceptance", "done"}
    return [put(found, registered_at=at)] if found is not None and waits else []


def _deliverable(about: r.Subtask | r.Milestone) -> str:
    return about.deliverable.strip() if isinstance(about, r.Subtask) else (about.output.strip() or about.name)


def _entry(number: int, subtask: r.Subtask, by: Stamp, percent: int, text: str = "") -> r.ProgressEntry:
    return r.ProgressEntry(
        id=number,
        subtask=subtask.id,
        at=by.at,
        by=by.person,
        percent=percent,
        before=subtask.percent,
        recorded_at=by.recorded if by.recorded != by.at else None,
        next=text,
    )
