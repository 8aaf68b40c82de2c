"""What happens on a board without anybody asking for it: a tier that has run out, a subtask that begins to lag.

There is no server. Whoever has the board open makes these operations under the lock (`store.chores`), and
`crossdeck tick` from cron does. Each is bound to exactly what was seen and gives the same records whoever makes it:
the first one counts, every other finds nothing left to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from store import records as r
from store.board import Board
from store.changes import Change, add, put
from store.errors import Refused
from store.operations.act import Act, derived, wrong_state
from store.operations.base import Stamp
from store.operations.in_writing import entry_of, lag_words
from store.rules.clock_facts import OWES
from store.rules.ladder import TOP_TIER


class AutoEscalate(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Move an issue up whose tier has run out, as of the instant it did (setting `auto_escalate`; rulebook §5).

    Args:
        issue: not resolved, below tier 3.
        from_tier: the tier that ran out.
        entered: instant it entered that tier.
        due: instant the tier ran out; the next one counts from there.
    """

    about: ClassVar[str] = "issue"

    issue: r.IssueRef
    from_tier: int
    entered: r.Instant
    due: r.Instant

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Switched on, run out, and still in that tier since then: whoever moved it meanwhile was first."""
        issue = board.issues[self.issue]
        if not board.settings.auto_escalate:
            yield Refused("Issues do not move up by themselves here: auto_escalate is off.", code="refuse.auto")
        if issue.state == "resolved":
            yield wrong_state(issue, issue.state, "open", "acknowledged")
        if (issue.tier, issue.tier_since) != (self.from_tier, self.entered):
            yield Refused("This moved to tier {n} a moment ago. Look again, then x.", code="refuse.tier", n=issue.tier)
        elif issue.tier >= TOP_TIER:
            yield Refused("Tier 3 is the last: the executive rules on it.", code="refuse.top")
        if by.recorded <= self.due:
            yield Refused("This tier has not run out yet.", code="refuse.early")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The step and the tier, both as of the due instant."""
        step = r.IssueStep(
            id=derived(self.issue, "auto", self.from_tier, self.entered),
            issue=self.issue,
            kind="escalated",
            at=self.due,
            by=by.person,
            tier=self.from_tier + 1,
            auto=True,
        )
        return [add(step), put(board.issues[self.issue], tier=self.from_tier + 1, tier_since=self.due)]


class RecordLag(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Write to the sync log that a subtask has begun to lag (rulebook §7); once each time it does.

    Args:
        subtask: active, not handed over.
        since: instant it began to.
        percent: its percent, and
        finish: its planned finish, from which that was worked out.
    """

    about: ClassVar[str] = "subtask"

    subtask: r.SubtaskRef
    since: r.Instant
    percent: int
    finish: r.Instant | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Not written yet, begun, and the subtask as it was seen."""
        subtask = board.subtasks[self.subtask]
        card = board.cards.get(subtask.card)
        if subtask.status not in OWES or card is None or card.stage != "active":
            yield wrong_state(subtask, subtask.status, *sorted(OWES))
        seen = (subtask.percent, subtask.planned_finish) == (self.percent, self.finish)
        if not seen or by.recorded < self.since or derived(self._seed(), "sync") in board.sync:
            yield Refused("Nothing here waits for your {verb}.", code="refuse.none", verb="note")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The entry, to be sent to all participants."""
        subtask = board.subtasks[self.subtask]
        return [add(entry_of(board, by, self._seed(), "lag", subtask, content=lag_words(board, subtask)))]

    def _seed(self) -> int:
        return derived(self.subtask, "lag", self.since)
