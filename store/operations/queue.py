"""Issues on their way through the escalation queue: answered, moved up, resolved, put off (rulebook §5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import msgspec
from msgspec import field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, behalf, derived, needed, only, wrong_state
from store.operations.base import Stamp, mint
from store.operations.concrete import concrete
from store.operations.in_writing import entry_of
from store.operations.shape import Prose

TOP_TIER = 3


class OnIssue(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Base of one step of an issue; `id` is the step's."""

    about: ClassVar[str] = "issue"

    id: int = field(default_factory=mint)
    issue: r.IssueRef

    def must_be_open(self, board: Board) -> Iterator[Refused]:
        """Refuse a resolved issue."""
        issue = board.issues[self.issue]
        if issue.state == "resolved":
            yield wrong_state(issue, issue.state, "open", "acknowledged")

    def step(self, board: Board, by: Stamp, kind: r.StepKind, text: str, **fields: Any) -> list[Change]:
        """The step, and the issue's fields after it."""
        issue = board.issues[self.issue]
        tier: int = fields.get("tier", issue.tier)
        ruled = kind == "resolved" and tier >= TOP_TIER
        row = r.IssueStep(
            id=self.id,
            issue=issue.id,
            kind=kind,
            at=by.at,
            by=by.person,
            text=text,
            tier=tier,
            on_behalf_of=behalf(by, [board.settings.executive]) if ruled else None,
        )
        return compact([add(row), put(issue, **fields)])

    def responded(self, board: Board, by: Stamp, text: str) -> int | None:
        """When the issue had its first response: a sentence by somebody other than who raised it."""
        issue = board.issues[self.issue]
        answers = bool(text.strip()) and by.person != issue.raised_by
        return min(by.at, issue.responded_at or by.at) if answers else issue.responded_at


del Act.registry["OnIssue"]


class Acknowledge(OnIssue, frozen=True, kw_only=True, omit_defaults=True):
    """Acknowledge an issue (签收); with a sentence, by another than its raiser, it is the response.

    Args:
        id: of the step; minted.
        issue: open; or acknowledged without a sentence, which is now given.
        text: what you will do; left out, it is only seen and the response clock runs on.
    """

    text: Prose = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Not resolved; a bare one only once."""
        yield from self.must_be_open(board)
        if board.issues[self.issue].state == "acknowledged" and not self.text.strip():
            yield Refused("Nothing here waits for your {verb}.", code="refuse.none", verb="take")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The step, the state, and the response if it is one."""
        issue = board.issues[self.issue]
        first = by.at if issue.acknowledged_at is None else issue.acknowledged_at
        answered = self.responded(board, by, self.text)
        fields = {"state": "acknowledged", "acknowledged_at": first, "responded_at": answered}
        return self.step(board, by, "acknowledged", self.text, **fields)


class FollowUp(OnIssue, frozen=True, kw_only=True, omit_defaults=True):
    """Write a follow-up note to an issue; by another than its raiser it is a response.

    Args:
        id: of the step; minted.
        issue: which.
        text: the note.
    """

    text: Prose

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A text."""
        if not self.text.strip():
            yield needed("text")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The step, and the response if it is the first."""
        return self.step(board, by, "note", self.text, responded_at=self.responded(board, by, self.text))


class Escalate(OnIssue, frozen=True, kw_only=True, omit_defaults=True):
    """Move an issue one tier up, with a reason; anyone may.

    Args:
        id: of the step; minted.
        issue: not resolved, below tier 3.
        from_tier: the tier it was seen in; refused if it has moved since.
        reason: why.
    """

    from_tier: int | None = None
    reason: Prose

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Still in the tier seen, not the last one, with a reason."""
        issue = board.issues[self.issue]
        yield from self.must_be_open(board)
        if self.from_tier is not None and issue.tier != self.from_tier:
            yield Refused("This moved to tier {n} a moment ago. Look again, then x.", code="refuse.tier", n=issue.tier)
        elif issue.tier >= TOP_TIER:
            yield Refused("Tier 3 is the last: the executive rules on it.", code="refuse.top")
        if not self.reason.strip():
            yield needed("reason")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The step, the tier and since when."""
        tier = board.issues[self.issue].tier + 1
        return self.step(board, by, "escalated", self.reason, tier=tier, tier_since=by.at)


class Resolve(OnIssue, frozen=True, kw_only=True, omit_defaults=True):
    """Resolve an issue, or rule on it in tier 3: decision, department, owner, due, all four.

    It is written back to the card's risks and goes to all participants: a sync entry waits to be sent.

    Args:
        id: of the step; minted.
        issue: not resolved; in tier 3 the executive rules.
        decision: what was decided.
        department: responsible for it.
        owner: who does it.
        due: instant by which it is done.
    """

    decision: Prose = ""
    department: r.DepartmentRef | None = None
    owner: r.PersonRef | None = None
    due: r.Instant | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """All four, a concrete decision; in tier 3 by the executive."""
        yield from self.must_be_open(board)
        given = {"decision": self.decision.strip(), "department": self.department, "owner": self.owner, "due": self.due}
        missing = [name for name, value in given.items() if not value]
        if missing:
            yield Refused(
                "Resolving needs all four: {missing} is empty.", code="refuse.resolve", missing=", ".join(missing)
            )
        yield from concrete(board, self.decision)
        if board.issues[self.issue].tier >= TOP_TIER:
            yield from only(board, by, "executive", [board.settings.executive])

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The step, the decision, and a sync entry that waits to be sent to all participants."""
        issue = board.issues[self.issue]
        settled = msgspec.structs.replace(issue, resolution_owner=self.owner)
        event: r.SyncEvent = "ruling" if issue.tier >= TOP_TIER else "decision"
        entry = entry_of(board, by, self.id, event, settled, content=self.decision)
        fields = {
            "state": "resolved",
            "resolved_at": by.at,
            "decision": self.decision,
            "resolution_department": self.department,
            "resolution_owner": self.owner,
            "resolution_due": self.due,
        }
        return [*self.step(board, by, "resolved", self.decision, **fields), add(entry)]


class MarkResolutionDone(OnIssue, frozen=True, kw_only=True, omit_defaults=True):
    """Say that what was decided on an issue is done.

    Args:
        id: of the step; minted.
        issue: resolved.
        text: what was done.
    """

    text: Prose = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Resolved, and once."""
        issue = board.issues[self.issue]
        if issue.state != "resolved":
            yield wrong_state(issue, issue.state, "resolved")
        elif issue.resolution_done_at is not None:
            yield Refused("Nothing here waits for your {verb}.", code="refuse.none", verb="step")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The step, and when."""
        return self.step(board, by, "done", self.text, resolution_done_at=by.at)


class MarkNotified(OnIssue, frozen=True, kw_only=True, omit_defaults=True):
    """Say that all participants of an issue have it in writing.

    Args:
        id: of the step; minted.
        issue: which; its decision's sync entry counts as sent too.
        text: how, to whom.
    """

    text: Prose = ""

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The step, when, and the sync entries of its decision."""
        return [*self.step(board, by, "notified", self.text, notified_at=by.at), *sent_with(board, self.issue, by)]


class Snooze(OnIssue, frozen=True, kw_only=True, omit_defaults=True):
    """Put an acknowledged issue off until a time; its clocks run on.

    Args:
        id: of the step; minted.
        issue: acknowledged.
        until: instant.
        reason: why.
    """

    until: r.Instant
    reason: Prose

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Acknowledged, until later, with a reason."""
        issue = board.issues[self.issue]
        if issue.state != "acknowledged":
            yield wrong_state(issue, issue.state, "acknowledged")
        if self.until <= by.at:
            yield Refused("A snooze ends later than now.", code="refuse.snooze")
        if not self.reason.strip():
            yield needed("reason")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The step, and who put it off until when."""
        fields = {"snoozed_until": self.until, "snoozed_by": by.person, "snooze_reason": self.reason}
        return self.step(board, by, "snoozed", self.reason, **fields)


def sent_with(board: Board, issue_id: int, by: Stamp) -> list[Change]:
    """Mark the unsent sync entries that a resolution of this issue wrote."""
    # Boards of the first release name the issue only through the step that resolved it.
    resolved = {derived(s.id, "sync") for s in board.steps.values() if s.issue == issue_id and s.kind == "resolved"}
    entries = [each for each in board.sync.values() if each.issue == issue_id or each.id in resolved]
    return [put(entry, sent_at=by.at) for entry in entries if entry.sent_at is None]
