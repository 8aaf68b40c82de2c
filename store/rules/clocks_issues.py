"""Clocks of issues: response, coordination, tier, resolution (rulebook sections 5, 8)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from store.board import Board
from store.records import Card, Issue
from store.rules.clock_facts import Facts, limit
from store.rules.clocks import Clock, Kind
from store.rules.ladder import responders, tier_people

BEGUN = frozenset({"held", "draft", "in_review", "final"})


def response(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """A blocked report or dispute: 24 h, or the card's response limit, for the lead (`ladder.responders`)."""
    if card is None:
        return
    spans = facts.spans
    for issue in facts.board.issues_of.get(card.id, ()):
        if issue.kind == "warning":
            continue
        closed, void = ends(facts, card, issue, _earliest(issue.responded_at, issue.resolved_at))
        if (closed is not None or void) and not facts.closed:
            continue
        due = spans.due(issue.raised_at, limit(card.response_limit_hours, spans.of("response")))
        clock = _raised(facts, "response", card, issue, (due, closed, void))
        # The lead's own issue asks somebody else (rulebook section 5 against 8).
        yield clock if issue.raised_by not in clock.who else replace(clock, who=responders(facts.roster, issue, card))


def coordination(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """A warning: within 24 h the coordination meeting begins, or the solution is recorded without one."""
    if card is None:
        return
    spans = facts.spans
    for issue in facts.board.issues_of.get(card.id, ()):
        if issue.kind != "warning":
            continue
        met = _earliest(issue.coordinated_at, issue.resolved_at, _coordinated(facts.board, card, issue))
        closed, void = ends(facts, card, issue, met)
        if (closed is not None or void) and not facts.closed:
            continue
        due = spans.due(issue.raised_at, spans.of("coordination"))
        yield _raised(facts, "coordination", card, issue, (due, closed, void))


def tier(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """Three working days in a tier; only resolving or moving up stops it, tier 3 keeps it breached."""
    if card is None:
        return
    spans = facts.spans
    for issue in facts.board.issues_of.get(card.id, ()):
        closed, void = ends(facts, card, issue, issue.resolved_at)
        if facts.closed:
            yield from _left_tiers(facts, card, issue)
        elif closed is not None or void:
            continue
        yield Clock(
            "tier",
            "issues",
            issue.id,
            card.id,
            issue.tier_since,
            spans.due(issue.tier_since, spans.of("tier")),
            closed,
            void,
            tier_people(facts.roster, issue, card),
            issue.department,
            issue.title,
        )


def _left_tiers(facts: Facts, card: Card, issue: Issue) -> Iterator[Clock]:
    """Yield the clocks of the tiers an issue has been in before, each met when it moved up."""
    span = facts.spans.of("tier")
    since, number = issue.raised_at, 1
    for step in facts.board.steps_of.get(issue.id, ()):
        if step.kind != "escalated":
            continue
        who = tier_people(facts.roster, issue, card, number)
        yield Clock(
            "tier",
            "issues",
            issue.id,
            card.id,
            since,
            facts.spans.due(since, span),
            step.at,
            False,
            who,
            issue.department,
            issue.title,
        )
        since, number = step.at, step.tier


def resolution(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """What was decided is due on its own date, met when its owner has done it."""
    if card is None:
        return
    roster = facts.roster
    for issue in facts.board.issues_of.get(card.id, ()):
        if issue.resolved_at is None or issue.resolution_due is None:
            continue
        if (issue.resolution_done_at is not None or card.stage == "cancelled") and not facts.closed:
            continue
        who = (
            roster.first(issue.resolution_owner)
            or roster.heads.get(issue.resolution_department or 0)
            or roster.lead(card)
        )
        yield Clock(
            "resolution",
            "issues",
            issue.id,
            card.id,
            issue.resolved_at,
            issue.resolution_due,
            issue.resolution_done_at,
            issue.resolution_done_at is None and card.stage == "cancelled",
            who,
            issue.resolution_department,
            issue.title,
        )


def ends(facts: Facts, card: Card, issue: Issue, met: int | None) -> tuple[int | None, bool]:
    """Return when a clock of an issue was met and whether it is void: its card or subtask was cancelled before that.

    `met` is when what it asks for was done, whatever became of card and subtask.
    """
    subtask = facts.board.subtasks.get(issue.subtask) if issue.subtask else None
    if subtask is not None and subtask.status == "cancelled":
        cut = subtask.cancelled_at
        return (None, True) if met is None or (cut is not None and met > cut) else (met, False)
    return met, met is None and card.stage == "cancelled"


def _raised(facts: Facts, kind: Kind, card: Card, issue: Issue, how: tuple[int, int | None, bool]) -> Clock:
    """Return a clock that starts with the raising and asks the lead; `how`: its due, when it was met, whether void."""
    due, closed, void = how
    return Clock(
        kind,
        "issues",
        issue.id,
        card.id,
        issue.raised_at,
        due,
        closed,
        void,
        facts.roster.lead(card),
        issue.department,
        issue.title,
    )


def _coordinated(board: Board, card: Card, issue: Issue) -> int | None:
    """Return when the first coordination meeting on an issue began, None if none was held."""
    starts = [
        each.starts
        for each in board.meetings_of.get(card.id, ())
        if each.issue == issue.id and each.kind == "coordination" and each.state in BEGUN
    ]
    return min(starts, default=None)


def _earliest(*instants: int | None) -> int | None:
    """Return the earliest instant that is known."""
    return min((each for each in instants if each is not None), default=None)
