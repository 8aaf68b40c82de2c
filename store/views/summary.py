"""The summary report of a card (总结报告): its whole run on one page (rulebook §9).

Dates against plan, clocks met and breached per department, issues by tier, changes; with the rounds of acceptance
and the retro. Pure: a Board with its clocks in, one frozen value out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from store.board import Board
from store.records import Acceptance, Card, HistoryEntry, Issue, IssueKind, Pass, Retro, Subtask
from store.rules.clock_book import ClockBook
from store.rules.clocks import Clock, state
from store.rules.gates import retro_of
from store.rules.lag import card_percent
from store.rules.relative_dates import due_of

AGREED: Final = frozenset(
    {"name", "goal", "scope", "out_of_scope", "planned_start", "planned_finish", "resources", "budget", "lead"}
)
"""Fields of a card whose change after activation is a change of what was agreed."""
DUTY: Final = frozenset({"role", "action", "standard"})
"""The same of a duty."""
REOPENS: Final = frozenset({"Reopen", "ReopenArchived"})
"""Operations that put a card back to work."""
TIERS: Final = (1, 2, 3)


class PlanLine(Struct, frozen=True):
    """One date against its plan: `what` is start, finish or a milestone's name; instants, None where it is open."""

    what: str
    planned: int | None
    actual: int | None
    milestone: bool = False

    @property
    def late(self) -> int | None:
        """Seconds after the plan (negative: before); None while either is open."""
        return None if self.planned is None or self.actual is None else self.actual - self.planned


class ClockCount(Struct, frozen=True):
    """The clocks one department had to act on: met in time, met late or still over, running, void."""

    department: int | None
    met: int
    late: int
    over: int
    running: int
    void: int


class TierCount(Struct, frozen=True):
    """Issues whose highest tier this was, by kind, and how many of them are resolved."""

    tier: int
    kinds: dict[IssueKind, int]
    resolved: int


class Changed(Struct, frozen=True):
    """One change of what was agreed, after activation. `subject` is the doc id of the record, `table` its table."""

    at: int
    by: int
    table: str
    subject: int
    field: str
    old: Any
    new: Any


class Reopened(Struct, frozen=True):
    """One return to work after completion; `by` is 0 where its entry is not at hand."""

    at: int
    by: int
    reason: str


class CardSummary(Struct, frozen=True):
    """The whole run of a card. `sent_back` counts subtasks' revisions, `voided` signatures an edit made void."""

    card: Card
    percent: int
    plan: tuple[PlanLine, ...]
    clocks: tuple[ClockCount, ...]
    issues: tuple[TierCount, ...]
    changes: tuple[Changed, ...]
    reopenings: tuple[Reopened, ...]
    passes: tuple[Pass, ...]
    rounds: tuple[Acceptance, ...]
    retro: Retro | None
    subtasks: dict[str, int]
    sent_back: int
    voided: int
    requirement_changes: int


def card_summary(
    board: Board, book: ClockBook, card_id: int, now: int, older: Mapping[int, HistoryEntry] | None = None
) -> CardSummary | None:
    """Return the summary of a card as it stands at `now` (epoch seconds), None if there is none of this id.

    `older` are entries that left the board's history.
    """
    card = board.cards.get(card_id)
    if card is None:
        return None
    subtasks = board.subtasks_of.get(card_id, [])
    rounds = tuple(board.acceptances_of.get(card_id, ()))
    clocks = [*book.of_card(card_id), *book.closed_progress(card)]
    history = {**(older or {}), **board.history}
    return CardSummary(
        card=card,
        percent=card_percent(subtasks, book.working, card.stage),
        plan=tuple(_plan(book, card, rounds)),
        clocks=_departments(board, clocks, now),
        issues=tuple(_tiers(board.issues_of.get(card_id, ()))),
        changes=tuple(_changes(board, card, history)),
        reopenings=tuple(_reopenings(card, history)),
        passes=tuple(board.passes_of.get(card_id, ())),
        rounds=rounds,
        retro=retro_of(board, card) or next(reversed(board.retros_of.get(card_id, ())), None),
        subtasks=_statuses(subtasks),
        sent_back=sum(each.revisions for each in subtasks),
        voided=sum(each.voided_at is not None for each in board.duties_of.get(card_id, ())),
        requirement_changes=sum(e.kind == "requirement_change" for e in board.sync_of.get(card_id, ())),
    )


def _plan(book: ClockBook, card: Card, rounds: tuple[Acceptance, ...]) -> Iterator[PlanLine]:
    board = book.board
    begun = [each.started_at for each in board.subtasks_of.get(card.id, ()) if each.started_at is not None]
    yield PlanLine("start", card.planned_start, min(begun, default=card.activated_at))
    passed = next((each.submitted_at for each in reversed(rounds) if each.verdict == "pass"), None)
    yield PlanLine("finish", card.planned_finish, passed or card.completed_at)
    own = [each for each in board.milestones_of.get(card.id, ()) if each.subtask is None]
    lines = [PlanLine(m.name, due_of(board, m, book.working), m.reached_at, milestone=True) for m in own]
    yield from sorted(lines, key=lambda line: (line.planned is None, line.planned or 0))


def _departments(board: Board, clocks: Iterable[Clock], now: int) -> tuple[ClockCount, ...]:
    """Clocks counted by the department that had to act, those of nobody's department last."""
    counts: dict[int | None, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for clock in clocks:
        person = board.people.get(clock.who[0]) if clock.who else None
        department = clock.department or (person.department if person else None)
        stands: str = state(clock, now)
        late = clock.closed is not None and clock.closed > clock.due
        counts[department]["late" if late else stands] += 1
    ordered = sorted(counts, key=lambda key: (key is None, board.department_name(key)))
    return tuple(
        ClockCount(key, count["met"], count["late"], count["breached"], count["running"], count["void"])
        for key, count in ((key, counts[key]) for key in ordered)
    )


def _tiers(issues: Iterable[Issue]) -> Iterator[TierCount]:
    by_tier: dict[int, list[Issue]] = {tier: [] for tier in TIERS}
    for issue in issues:
        by_tier.setdefault(issue.tier, []).append(issue)
    for tier, found in sorted(by_tier.items()):
        kinds: dict[IssueKind, int] = {}
        for issue in found:
            kinds[issue.kind] = kinds.get(issue.kind, 0) + 1
        if found:
            yield TierCount(tier, kinds, sum(issue.state == "resolved" for issue in found))


def _statuses(subtasks: Iterable[Subtask]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for subtask in subtasks:
        counts[subtask.status] = counts.get(subtask.status, 0) + 1
    return counts


def _changes(board: Board, card: Card, history: Mapping[int, HistoryEntry]) -> Iterator[Changed]:
    """What was agreed and changed after activation, oldest first, as far as the history is at hand."""
    since = card.activated_at
    if since is None:
        return
    duties = {duty.id for duty in board.duties_of.get(card.id, ())}
    for _, entry in sorted(history.items()):
        if entry.at > since:
            yield from _changed(entry, card.id, duties)


def _changed(entry: HistoryEntry, card: int, duties: set[int]) -> Iterator[Changed]:
    for change in entry.changes:
        if not change or change[0] != "put":
            continue
        _kind, table, key, fields = change
        wanted = AGREED if (table, key) == ("cards", card) else DUTY if table == "duties" and key in duties else ()
        for name, (old, new) in fields.items():
            if name in wanted:
                yield Changed(entry.at, entry.by, table, key, name, old, new)


def _reopenings(card: Card, history: Mapping[int, HistoryEntry]) -> Iterator[Reopened]:
    """Every time the card went back to work, oldest first; one that was undone is none."""
    last = card.reopened_at
    if last is None:
        return
    known = False
    for _, entry in sorted(history.items()):
        if entry.operation in REOPENS and entry.subject == card.id and entry.at <= last:
            known = known or entry.at == last
            yield Reopened(entry.at, entry.by, _reason(entry) or card.reason)
    if not known:
        yield Reopened(last, 0, card.reason)


def _reason(entry: HistoryEntry) -> str:
    """The reason an entry put on a card, empty if it put none."""
    found = (change[3].get("reason") for change in entry.changes if change and change[:2] == ("put", "cards"))
    return next((str(pair[1]) for pair in found if pair), "")
