"""Issues raised: blocked reports, warnings, disputes (rulebook §5). From circulating on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import msgspec
from msgspec import field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, derived, wrong_state
from store.operations.base import Stamp, mint
from store.operations.cards import OPEN
from store.operations.numbering import Numbers
from store.operations.progress import over_reasons
from store.operations.reports import met, stopped_since
from store.operations.shape import Prose


class RaiseBlocked(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Report that work on a subtask has stopped (受阻反馈): what, impact, tried, needed, all four.

    Args:
        id: minted.
        subtask: becomes blocked.
        what: what stopped it.
        impact: what that does.
        tried: what was tried already.
        needed: which support is needed.
        since: instant it stopped; default since it was noted to (Notice), else now.
        department: whose support is needed; default the card's lead department.
        owner: who has to solve it; default that department's head, else the card's lead.
        source_entry: the progress entry it comes from.
        worsens: a warning about this subtask that came true; this report carries on with it.
    """

    adds: ClassVar[str] = "issues"

    id: int = field(default_factory=mint)
    subtask: r.SubtaskRef
    what: Prose = ""
    impact: Prose = ""
    tried: Prose = ""
    needed: Prose = ""
    since: r.Instant | None = None
    department: r.DepartmentRef | None = None
    owner: r.PersonRef | None = None
    source_entry: r.EntryRef | None = None
    worsens: r.IssueRef | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """All four texts, work that is not over, a card from circulating on; an open warning about it."""
        missing = [name for name in ("what", "impact", "tried", "needed") if not getattr(self, name).strip()]
        if missing:
            yield Refused(
                "A blocked report needs all four: {missing} is empty.", code="refuse.block", missing=", ".join(missing)
            )
        subtask = board.subtasks[self.subtask]
        yield from over_reasons(board, subtask)
        yield from raisable(board, subtask.card, self.since, by)
        warning = board.issues.get(self.worsens or 0)
        if warning is not None and not _may_become(warning, subtask):
            yield Refused("Only an open warning about this subtask can come true in it.", code="refuse.worsens")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The issue with its first step; the subtask is blocked, what is weaker of the same event is met."""
        subtask = board.subtasks[self.subtask]
        since = self.since if self.since is not None else stopped_since(board, subtask.id)
        department, owner = _answerable(board, subtask.card, self.department, self.owner)
        issue = r.Issue(
            id=self.id,
            kind="blocked",
            card=subtask.card,
            subtask=subtask.id,
            what=self.what,
            impact=self.impact,
            tried=self.tried,
            needed=self.needed,
            since=by.at if since is None else min(since, by.at),
            raised_at=by.at,
            raised_by=by.person,
            tier_since=by.at,
            from_department=_home(board, by, subtask.id),
            department=department,
            owner=owner,
            source_entry=self.source_entry,
        )
        changes = [*_raised(board, by, issue, self.what), put(subtask, status="blocked")]
        changes += met(board, by, subtask.id, "blocked", issue=self.id)
        warning = board.issues.get(self.worsens or 0)
        if warning is not None:
            changes += _became(warning, self.id, by, self.what)
        return compact(changes)


class RaiseWarning(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Warn of what has not happened yet (风险预警): risk, reason, scope of impact, proposed solution.

    Args:
        id: minted.
        subtask: what it is about; or
        card: if it is about a card as a whole.
        risk: what may happen.
        reason: why.
        scope: what it would touch.
        solution: what is proposed.
        since: instant it was noticed; default now.
        department: whose support is needed; default the card's lead department.
        owner: who has to solve it; default that department's head, else the card's lead.
        source_entry: the progress entry it comes from.
    """

    adds: ClassVar[str] = "issues"

    id: int = field(default_factory=mint)
    subtask: r.SubtaskRef | None = None
    card: r.CardRef | None = None
    risk: Prose = ""
    reason: Prose = ""
    scope: Prose = ""
    solution: Prose = ""
    since: r.Instant | None = None
    department: r.DepartmentRef | None = None
    owner: r.PersonRef | None = None
    source_entry: r.EntryRef | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """All four texts, a subtask or a card, from circulating on."""
        missing = [name for name in ("risk", "reason", "scope", "solution") if not getattr(self, name).strip()]
        if missing:
            yield Refused(
                "A warning needs all four: {missing} is empty.", code="refuse.warn", missing=", ".join(missing)
            )
        card = self._card(board)
        if not card:
            yield Refused("A warning names a subtask or a card.", code="refuse.empty")
            return
        if self.subtask is not None:
            yield from over_reasons(board, board.subtasks[self.subtask])
        yield from raisable(board, card, self.since, by)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The issue with its first step."""
        card = self._card(board)
        department, owner = _answerable(board, card, self.department, self.owner)
        issue = r.Issue(
            id=self.id,
            kind="warning",
            card=card,
            subtask=self.subtask,
            risk=self.risk,
            reason=self.reason,
            scope=self.scope,
            solution=self.solution,
            since=by.at if self.since is None else self.since,
            raised_at=by.at,
            raised_by=by.person,
            tier_since=by.at,
            from_department=_home(board, by, self.subtask),
            department=department,
            owner=owner,
            source_entry=self.source_entry,
        )
        return [*_raised(board, by, issue, self.risk), *met(board, by, self.subtask, "warning", issue=self.id)]

    def _card(self, board: Board) -> int:
        return board.subtasks[self.subtask].card if self.subtask is not None else self.card or 0


class RaiseDispute(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Report a dispute between two departments (分歧): over what, and each side's position.

    Args:
        id: minted.
        card: where.
        subtask: if it is about one of that card.
        between: the two departments.
        over: over what.
        positions: department and text of each side.
        since: instant it began; default now.
        owner: who has to solve it; default the card's lead.
    """

    adds: ClassVar[str] = "issues"

    id: int = field(default_factory=mint)
    card: r.CardRef
    subtask: r.SubtaskRef | None = None
    between: tuple[r.DepartmentRef, ...]
    over: Prose
    positions: tuple[r.Position, ...] = ()
    since: r.Instant | None = None
    owner: r.PersonRef | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Two departments, over what, one position of each, from circulating on."""
        if len(self.between) != 2 or len(set(self.between)) != 2:
            yield Refused("A dispute is between two departments.", code="refuse.dispute")
        stated = [position.department for position in self.positions if position.text.strip()]
        if sorted(stated) != sorted(self.between):
            yield Refused("A dispute needs the position of each of its two sides.", code="refuse.dispute")
        if not self.over.strip():
            yield Refused("A dispute says over what it is.", code="refuse.dispute")
        if self.subtask is not None and board.subtasks[self.subtask].card != self.card:
            yield Refused("The subtask belongs to another card.", code="refuse.card")
        yield from raisable(board, self.card, self.since, by)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The issue with its first step."""
        issue = r.Issue(
            id=self.id,
            kind="dispute",
            card=self.card,
            subtask=self.subtask,
            over=self.over,
            positions=self.positions,
            since=by.at if self.since is None else self.since,
            raised_at=by.at,
            raised_by=by.person,
            tier_since=by.at,
            from_department=self.between[0],
            department=self.between[1],
            owner=self.owner or board.cards[self.card].lead,
        )
        return _raised(board, by, issue, self.over)


def raisable(board: Board, card_id: int, since: int | None, by: Stamp) -> Iterator[Refused]:
    """Refuse a card that does not circulate yet or is over, and a beginning after its report."""
    card = board.cards.get(card_id)
    if card is not None and card.stage not in OPEN:
        yield wrong_state(card, card.stage, *OPEN)
    if since is not None and since > by.at:
        yield Refused("It cannot have begun after it is reported.", code="refuse.since")


def _answerable(board: Board, card_id: int, department: int | None, owner: int | None) -> tuple[int | None, int | None]:
    """Whose support is needed and who has to solve it, with the defaults filled in."""
    card = board.cards.get(card_id)
    found = department or (card.lead_department if card else None)
    asked = board.departments.get(department or 0)
    return found, owner or (asked.head if asked else None) or (card.lead if card else None)


def _home(board: Board, by: Stamp, subtask: int | None) -> int | None:
    """The department that raises: the subtask's, else the raiser's."""
    person, about = board.people.get(by.person), board.subtasks.get(subtask or 0)
    return (about.department if about else None) or (person.department if person else None)


def _raised(board: Board, by: Stamp, issue: r.Issue, text: str) -> list[Change]:
    """The issue with its number, and its first step."""
    numbers = Numbers(board, by)
    numbered = msgspec.structs.replace(issue, number=numbers.issue())
    step = r.IssueStep(id=derived(issue.id, "raised"), issue=issue.id, kind="raised", at=by.at, by=by.person, text=text)
    return [add(numbered), add(step), *numbers.changes()]


def _may_become(warning: r.Issue, subtask: r.Subtask) -> bool:
    """Whether a blocked report on this subtask can carry on with a warning."""
    about = warning.subtask == subtask.id or (warning.subtask is None and warning.card == subtask.card)
    return warning.kind == "warning" and warning.state != "resolved" and about


def _became(warning: r.Issue, report: int, by: Stamp, text: str) -> list[Change]:
    """A warning that came true has no clocks of its own any more: the blocked report has those of the event."""
    step = r.IssueStep(
        id=derived(report, "became"), issue=warning.id, kind="resolved", at=by.at, by=by.person, text=text,
        tier=warning.tier,
    )  # fmt: skip
    return [add(step), put(warning, state="resolved", resolved_at=by.at, became=report)]
