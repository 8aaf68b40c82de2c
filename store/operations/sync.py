"""The sync log (rulebook §7), and what has been sent to participants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from msgspec import field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, derived, needed, same_fields
from store.operations.base import Stamp, mint
from store.operations.queue import MarkNotified


class AddSyncEntry(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Write an entry to the sync log.

    Args:
        id: minted.
        card: which, if it belongs to one.
        topic: in one line.
        content: in full.
        kind: progress, problem, decision, deliverable or requirement_change.
        to: to whom.
        reference: attachment or reference.
        note: more.
        sent: it has been sent already.
    """

    adds: ClassVar[str] = "sync"

    id: int = field(default_factory=mint)
    card: r.CardRef | None = None
    topic: str
    content: r.Text = ""
    kind: r.SyncKind = "progress"
    to: str = ""
    reference: str = ""
    note: str = ""
    sent: bool = False

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A topic."""
        if not self.topic.strip():
            yield needed("topic")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The new entry, to be sent unless it was."""
        sent_at = by.at if self.sent else None
        fields = same_fields(self, r.SyncEntry)
        return [add(r.SyncEntry(id=self.id, at=by.at, by=by.person, sent_at=sent_at, **fields))]


class MarkSent(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Say that participants have something in writing: a sync entry, a notice or minutes, a decision.

    Args:
        id: seeds the step of an issue; minted.
        sync: a sync entry; or
        meeting: its notice with agenda, or once final its minutes; or
        issue: as MarkNotified.
    """

    id: int = field(default_factory=mint)
    sync: r.SyncRef | None = None
    meeting: r.MeetingRef | None = None
    issue: r.IssueRef | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Exactly one of the three, not sent yet."""
        if sum(ref is not None for ref in (self.sync, self.meeting, self.issue)) != 1:
            yield Refused("Name one of sync, meeting and issue.", code="refuse.empty")
        elif self.sync is not None and board.sync[self.sync].sent_at is not None:
            yield Refused("Nothing here waits for your {verb}.", code="refuse.none", verb="sent")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """When it was sent."""
        if self.sync is not None:
            return [put(board.sync[self.sync], sent_at=by.at)]
        if self.meeting is not None:
            meeting = board.meetings[self.meeting]
            sent = "final_sent_at" if meeting.state == "final" else "notice_sent_at"
            return compact([put(meeting, **{sent: by.at})])
        return MarkNotified(id=derived(self.id, "step"), issue=self.issue or 0).apply(board, by)

    def subject(self) -> int:
        """Whichever of the three it is."""
        return self.sync or self.meeting or self.issue or 0
