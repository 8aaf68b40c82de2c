"""The sync log (rulebook §7), and what has been sent to participants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from msgspec import field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, derived, needed, same_fields
from store.operations.base import Operation, Stamp, mint
from store.operations.handover import registered
from store.operations.queue import MarkNotified
from store.operations.reports import met
from store.rules.routing import recipients

TOLD: Final = frozenset({"decision", "requirement_change"})
"""Kinds that must reach every participant in writing (rulebook §7)."""


class AddSyncEntry(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Write an entry to the sync log. A decision or requirement change on a card goes to all its participants.

    Args:
        id: minted.
        card: which, if it belongs to one; default that of the subtask.
        subtask: which it is about: then it answers a problem in an entry of it, or is its follow-up note.
        topic: in one line.
        content: in full.
        kind: progress, problem, decision, deliverable or requirement_change.
        to: to whom, in words.
        recipients: to whom, people of the board; default all participants where the rule says so.
        restricted: only topic and recipients are shown to others; it names its recipients.
        reference: attachment or reference.
        note: more.
        promise: what is promised with it, if anything, with
        promise_by: by whom (default who writes it) and
        promise_due: until when.
        sent: it has been sent already.
    """

    adds: ClassVar[str] = "sync"

    id: int = field(default_factory=mint)
    card: r.CardRef | None = None
    subtask: r.SubtaskRef | None = None
    topic: str
    content: r.Text = ""
    kind: r.SyncKind = "progress"
    to: str = ""
    recipients: tuple[r.PersonRef, ...] = ()
    restricted: bool = False
    reference: str = ""
    note: str = ""
    promise: str = ""
    promise_by: r.PersonRef | None = None
    promise_due: r.Instant | None = None
    sent: bool = False

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A topic; recipients of what is restricted; a promise whole; a subtask of that card."""
        if not self.topic.strip():
            yield needed("topic")
        if self.restricted and not self.recipients:
            yield Refused("A restricted entry says whom it is for: recipients is empty.", code="refuse.empty")
        promised = bool(self.promise.strip())
        if promised != (self.promise_due is not None) or (self.promise_by is not None and not promised):
            yield Refused("A promise says what, and by when.", code="refuse.promise")
        subtask = board.subtasks.get(self.subtask or 0)
        if subtask is not None and self.card not in {None, subtask.card}:
            yield Refused("The subtask belongs to another card.", code="refuse.card")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The new entry, to be sent unless it was; a problem is reported with it, a deliverable registered."""
        subtask = board.subtasks.get(self.subtask or 0)
        card = board.cards.get(self.card or (subtask.card if subtask else 0))
        told = self.kind in TOLD and card is not None and not self.restricted
        fields = same_fields(self, r.SyncEntry) | {"card": card.id if card else None}
        if told and not self.recipients:
            fields["recipients"] = recipients(board, subtask or card, "final") if card else ()
        if self.promise_due is not None:
            fields["promise_by"] = self.promise_by or by.person
        entry = r.SyncEntry(
            id=self.id, at=by.at, by=by.person, sent_at=by.at if self.sent else None, notify=told, **fields
        )  # fmt: skip
        reported = met(board, by, self.subtask, "problem", sync=self.id) if self.kind == "problem" else []
        if self.kind == "deliverable":
            reported = registered(board, self.subtask, by.at)
        return [add(entry), *reported]


class KeepPromise(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Say that what a sync entry promised is done: its `resolution` clock is met.

    Args:
        sync: an entry with a promise.
    """

    about: ClassVar[str] = "sync"

    sync: r.SyncRef

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A promise, and once."""
        entry = board.sync[self.sync]
        if entry.promise_due is None or entry.promise_done_at is not None:
            yield Refused("Nothing here waits for your {verb}.", code="refuse.none", verb="step")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """When it was done."""
        return [put(board.sync[self.sync], promise_done_at=by.at)]


class MarkSent(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Say that participants have something in writing: a sync entry, a notice or minutes, a decision.

    Args:
        id: seeds the step of an issue; minted.
        sync: a sync entry; or
        meeting: its notice with agenda, or once final its minutes; or
        issue: as MarkNotified.
        to: whom the final minutes went to; left out, all participants.
    """

    id: int = field(default_factory=mint)
    sync: r.SyncRef | None = None
    meeting: r.MeetingRef | None = None
    issue: r.IssueRef | None = None
    to: tuple[r.PersonRef, ...] = ()

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Exactly one of the three, not sent yet."""
        if sum(ref is not None for ref in (self.sync, self.meeting, self.issue)) != 1:
            yield Refused("Name one of sync, meeting and issue.", code="refuse.empty")
        elif self._went_out(board):
            yield Refused("Nothing here waits for your {verb}.", code="refuse.none", verb="sent")

    def _went_out(self, board: Board) -> bool:
        """Whether it has been sent before."""
        if self.meeting is not None:
            meeting = board.meetings[self.meeting]
            return meeting.state == "final" and meeting.final_sent_at is not None
        return self.sync is not None and board.sync[self.sync].sent_at is not None

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """When it was sent."""
        if self.sync is not None:
            return [put(board.sync[self.sync], sent_at=by.at)]
        if self.meeting is not None:
            return compact([self._distributed(board, board.meetings[self.meeting], by)])
        return MarkNotified(id=derived(self.id, "step"), issue=self.issue or 0).apply(board, by)

    def _distributed(self, board: Board, meeting: r.Meeting, by: Stamp) -> Change:
        """The notice with its agenda; final minutes with who sent them to whom, the first time they go out."""
        if meeting.state != "final":
            return put(meeting, notice_sent_at=by.at)
        to = self.to or recipients(board, meeting, "final")
        return put(meeting, final_sent_at=by.at, final_sent_by=by.person, final_sent_to=to)

    def subject(self) -> int:
        """Whichever of the three it is."""
        return self.sync or self.meeting or self.issue or 0


def told(board: Board, entry: r.SyncEntry) -> Operation:
    """What marks a sync entry sent: of a decision that its issue is notified, which counts for both."""
    issue = board.issues.get(entry.issue or 0)
    if entry.kind == "decision" and issue is not None and issue.notified_at is None:
        return MarkNotified(issue=issue.id)
    return MarkSent(sync=entry.id)
