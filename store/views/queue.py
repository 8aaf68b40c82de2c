"""Rows of the escalation queue and everything about one issue (screens 3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from store.records import Issue, IssueKind, IssueState, IssueStep
from store.rules.clocks import Clock
from store.rules.ladder import TOP_TIER, sides, tier_people
from store.rules.lateness import Reported, reported
from store.rules.routing import recipients
from store.views.rows import ESCALATED, Facets, IsWord, department_words, fold, people_words, within_a_day
from store.views.sorting import Key, by_due

if TYPE_CHECKING:
    from store.views.state import BoardState

FIELDS: dict[IssueKind, tuple[str, ...]] = {
    "blocked": ("what", "impact", "tried", "needed"),
    "warning": ("risk", "reason", "scope", "solution"),
    "dispute": ("over",),
}
"""The texts of each kind, by field name of the record; a dispute has its positions beside."""
Role = Literal["raised_by", "owner", "collaborator", "asked", "lead", "tier"]


class IssueRow(Struct, frozen=True, gc=False):
    """One issue. Ids are doc ids, instants epoch seconds.

    `sides` are the departments: from and owning one, of a dispute those between which it lies. `clock` is
    the open clock that is due first, `tier_clock` the open one of its tier. `card_number` and `title` are
    text as typed.
    """

    id: int
    kind: IssueKind
    number: str
    title: str
    card: int
    card_number: str
    subtask: int | None
    sides: tuple[int, ...]
    department: int | None
    clock: Clock | None
    tier_clock: Clock | None
    tier: int
    tier_since: int
    resolved_at: int | None
    state: IssueState
    since: int
    raised_at: int
    raised_by: int
    owner: int | None
    snoozed_until: int | None
    notified_at: int | None
    follow_up_due: int | None = None
    """When its open follow-up note is due, None if it owes none."""

    @property
    def due(self) -> int | None:
        """When the nearest open clock is due."""
        return self.clock.due if self.clock else None

    @property
    def who(self) -> tuple[int, ...]:
        """Who must act on the nearest clock, else its owner."""
        if self.clock is not None:
            return self.clock.who
        return () if self.owner is None else (self.owner,)

    @property
    def shelved(self) -> IsWord | None:
        """A resolved issue is shown when asked for."""
        return "resolved" if self.state == "resolved" else None

    def snoozed(self, now: int) -> bool:
        """Say whether it is put off at `now`; what is resolved is not."""
        return self.state != "resolved" and self.snoozed_until is not None and now < self.snoozed_until

    def in_tier(self, now: int) -> int:
        """Return the seconds it has been in its tier; of a resolved one how long it was."""
        return (now if self.resolved_at is None else self.resolved_at) - self.tier_since

    def gone_silent(self, now: int) -> bool:
        """Say whether it was acknowledged and its follow-up is over: acknowledging is not resolving."""
        return self.state == "acknowledged" and self.follow_up_due is not None and now > self.follow_up_due

    def ran_out(self, now: int) -> bool:
        """Say whether its tier has run out, so that moving up (tier 3: the ruling) is due."""
        return self.tier_clock is not None and now > self.tier_clock.due

    def holds(self, word: IsWord, now: int) -> bool:
        """Say whether an `is:` word is true of the issue."""
        if word == "breached":
            return self.due is not None and now > self.due
        if word == "24h":
            return within_a_day(self.due, now)
        if word == "escalated":
            return self.tier >= ESCALATED
        return word == self.state or (word == "blocked" and self.kind == "blocked")

    def facets(self, state: BoardState) -> Facets:
        """Return what the issue is found by: number, texts, card; its departments; its people."""
        issue = state.board.issues[self.id]
        people = {self.raised_by, self.owner, issue.resolution_owner, *self.who}
        for clock in state.book.of("issues", self.id, self.card, closed=False):
            people.update(clock.who)
        ids = frozenset(each for each in people if each)
        names = people_words(state, ids)
        text = fold(self.number, self.title, self.card_number, names)
        return Facets(text, department_words(state, *self.sides, self.department), names, ids)


SORTS: dict[str, Key] = {
    "tier": lambda row: -row.tier,
    "age": lambda row: row.raised_at,
    "card": lambda row: row.card_number,
}
"""Sort keys of the queue beside `due`."""


class IssueDetail(Struct, frozen=True):
    """Everything about one issue.

    `texts` are (field name, text), `positions` (department, text) of a dispute, `participants`
    (person, role), each person once. `clocks` are all of its clocks, open ones first; `next_tier` are
    the people it would move up to, empty in the last tier. `reported` says how late it was raised (None: no rule),
    `told` whom a ruling on it goes to, `became` the blocked report that carries on with it.
    """

    row: IssueRow
    texts: tuple[tuple[str, str], ...]
    positions: tuple[tuple[int, str], ...]
    participants: tuple[tuple[int, Role], ...]
    steps: tuple[IssueStep, ...]
    clocks: tuple[Clock, ...]
    next_tier: tuple[int, ...]
    reported: Reported | None = None
    told: tuple[int, ...] = ()
    became: Issue | None = None


def issue_row(state: BoardState, issue: Issue) -> IssueRow:
    """Return the row of one issue."""
    clocks = state.book.of("issues", issue.id, issue.card, closed=False)
    card = state.board.cards.get(issue.card)
    return IssueRow(
        id=issue.id,
        kind=issue.kind,
        number=issue.number,
        title=issue.title,
        card=issue.card,
        card_number=card.number if card else "",
        subtask=issue.subtask,
        sides=sides(issue),
        department=issue.department,
        clock=clocks[0] if clocks else None,
        tier_clock=next((clock for clock in clocks if clock.kind == "tier"), None),
        tier=issue.tier,
        tier_since=issue.tier_since,
        resolved_at=issue.resolved_at,
        state=issue.state,
        since=issue.since,
        raised_at=issue.raised_at,
        raised_by=issue.raised_by,
        owner=issue.owner,
        snoozed_until=issue.snoozed_until,
        notified_at=issue.notified_at,
        follow_up_due=next((clock.due for clock in clocks if clock.kind == "follow_up"), None),
    )


def queue(state: BoardState, now: int, column: str = "due", *, reverse: bool = False) -> tuple[IssueRow, ...]:
    """Return all issues, resolved ones too (the filter hides them), sorted by a column and then by due.

    Acknowledged ones that stay silent past their follow-up come back on top; snoozed ones stand behind the others,
    resolved ones last.
    """
    rows = sorted(state.issue_rows.values(), key=by_due, reverse=reverse and column not in SORTS)
    if column in SORTS:
        rows.sort(key=SORTS[column], reverse=reverse)
    rows.sort(key=lambda row: (row.state == "resolved", row.snoozed(now), not row.gone_silent(now)))
    return tuple(rows)


def issue_detail(state: BoardState, issue_id: int) -> IssueDetail | None:
    """Return everything about one issue, None if there is none of this id."""
    board = state.board
    issue = board.issues.get(issue_id)
    if issue is None:
        return None
    card = board.cards.get(issue.card)
    above = tier_people(state.roster, issue, card, issue.tier + 1) if issue.tier < TOP_TIER else ()
    return IssueDetail(
        row=state.issue_rows[issue.id],
        texts=tuple((name, getattr(issue, name)) for name in FIELDS[issue.kind]),
        positions=tuple((each.department, each.text) for each in issue.positions),
        participants=_participants(state, issue),
        steps=tuple(board.steps_of.get(issue.id, ())),
        clocks=state.book.of("issues", issue.id, issue.card),
        next_tier=above,
        reported=reported(state.book.facts.spans, issue),
        told=recipients(board, issue, "final"),
        became=board.issues.get(issue.became or 0),
    )


def _participants(state: BoardState, issue: Issue) -> tuple[tuple[int, Role], ...]:
    """Return who has to do with an issue, each person once, in the role that stands first."""
    board = state.board
    subtask = board.subtasks.get(issue.subtask or 0)
    card = board.cards.get(issue.card)
    named: list[tuple[int | None, Role]] = [(issue.raised_by, "raised_by")]
    if subtask is not None:
        named.append((subtask.owner, "owner"))
        named += [(each, "collaborator") for each in subtask.collaborators]
    named.append((issue.owner, "asked"))
    named += [(each, "lead") for each in state.roster.lead(card)]
    named += [(each, "tier") for each in tier_people(state.roster, issue, card)]
    found: dict[int, Role] = {}
    for person, role in named:
        if person is not None:
            found.setdefault(person, role)
    return tuple(found.items())
