"""What the clocks of a board are worked out from, prepared once: indexes, people, spans, points, what lags."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence

from store.board import Board
from store.records import Card, Stage, Status, Subtask
from store.rules.calendar_data import minutes_of
from store.rules.ladder import Roster
from store.rules.working_time import HOUR, WorkingTime
from store.settings import Span

CHUNK = 32 * 86_400
MOST_KNOWN = 20_000

RAN: frozenset[Stage] = frozenset({"active", "acceptance", "completed", "archived"})
"""Stages in which the dates of a card are agreed, so that its work has clocks."""
OVER: frozenset[Stage] = frozenset({"completed", "archived"})
OWES: frozenset[Status] = frozenset({"not_started", "in_progress", "blocked"})
"""States in which a subtask of an active card owes progress entries."""
HANDED_OVER: frozenset[Status] = frozenset({"awaiting_acceptance", "done"})


class Points:
    """The instants at which something is owed regularly, kept in chunks so that asking is one search."""

    def __init__(self, following: Callable[[int], int]) -> None:
        """Serve the points that `following` gives: the first one strictly after an instant."""
        self._following = following
        self._chunks: dict[int, list[int]] = {}
        self.known: dict[int, int] = {}
        """Instant -> the point after it, of those asked before: a board's subtasks ask for the same few again."""

    def after(self, instant: int) -> int:
        """Return the first point strictly after `instant`."""
        points = self._chunks.get(instant // CHUNK)
        if points is None:
            points = self._fill(instant // CHUNK)
        if len(self.known) > MOST_KNOWN:
            self.known.clear()
        found = self.known[instant] = points[bisect_right(points, instant)]
        return found

    def _fill(self, chunk: int) -> list[int]:
        """Work out the points of one chunk of time and the first one after it."""
        point, end = chunk * CHUNK - 1, (chunk + 1) * CHUNK
        points: list[int] = []
        while point < end:
            point = self._following(point)
            points.append(point)
        self._chunks[chunk] = points
        return points


class Facts:
    """Everything a clock function reads: one Board, its working time, who acts, spans, points, what lags at `now`.

    `closed` says whether clocks that were met or are void are asked for too; most of a board's are, and
    few screens show them. `now` (epoch seconds) decides alone whether a subtask lags; None: none does.
    """

    def __init__(
        self,
        board: Board,
        working: WorkingTime,
        known: Facts | None = None,
        *,
        closed: bool = False,
        few: bool = False,
        now: int | None = None,
    ) -> None:
        """Prepare for `board`; `known` lends what hangs on people, settings and working time alone.

        With `known`, or `few`, some of the cards will be asked about; without all of them.
        """
        self.closed = closed
        self.now = now
        self.board = board
        self.working = working
        self.few = few or known is not None
        self.roster: Roster = known.roster if known else Roster(board)
        self.spans: Spans = known.spans if known else Spans(board, working)
        self.points: dict[str, Points] = known.points if known else points_of(board, working)
        self.worked: dict[int, int] = known.worked if known else {}
        """Instant -> working seconds until then: subtasks share their dates."""
        self._problems = None if self.few else frozenset(e.subtask for e in board.progress.values() if e.problem)
        self._upto = 0 if now is None else working.worked_until(now)
        self._plans: dict[tuple[int, int], tuple[int, int, int]] = {}
        self._late: dict[int, list[Subtask]] | None = None
        self.first_notes: dict[int, tuple[int, int]] = known.first_notes if known else {}
        """Day -> the start of the working day after it, and when its follow-up note is due."""

    def may_have_problem(self, subtask: int) -> bool:
        """Say whether any entry of a subtask may name a problem: quick when all cards are asked about."""
        return self._problems is None or subtask in self._problems

    def cards_with(self, source: str) -> Collection[int]:
        """Return the cards that may have records of a kind: an index by card, or what hangs on their subtasks."""
        if source.endswith("_of"):
            found: dict[int, object] = getattr(self.board, source)
            return found
        if source == "cards" or (self.few and source == "completed"):
            return self.board.cards
        if source == "completed":
            return {key for key, card in self.board.cards.items() if card.stage in OVER}
        if source == "asked":
            if self.few or self.closed:
                return self.board.duties_of
            return {each.card for each in self.board.duties.values() if each.answer == "pending"}
        if source == "problems":
            return self.board.subtasks_of if self._problems is None else self._cards_of(self._problems)
        if self.few and source in {"lagging", "handed_over"}:
            return self.board.subtasks_of
        if source == "lagging":
            return self.late_of
        if source == "handed_over":
            return self._handed_over()
        rows = self.board.table(source)
        if not rows or self.few:
            return self.board.subtasks_of if rows else ()
        return self._cards_of({getattr(row, "subtask", 0) for row in rows.values()})

    @property
    def late_of(self) -> dict[int, list[Subtask]]:
        """Card id -> its subtasks that lag at `now`, whatever the stage of the card (rulebook §3)."""
        if self._late is None:
            self._late = {}
            for each in () if self.now is None else self.lags(self.board.subtasks.values()):
                self._late.setdefault(each.card, []).append(each)
        return self._late

    def late(self, card: int) -> Sequence[Subtask]:
        """Return the subtasks of a card that lag at `now`."""
        if self.few:
            return self.lags(self.board.subtasks_of.get(card, ()))
        return self.late_of.get(card, ())

    def lags(self, subtasks: Iterable[Subtask]) -> list[Subtask]:
        """Return those of `subtasks` that lag at `now`."""
        now, plans, found = self.now, self._plans, []
        if now is None:
            return []
        for each in subtasks:
            finish = each.planned_finish
            if finish is None or each.status not in OWES:
                continue
            if now > finish:
                found.append(each)
            elif (start := each.planned_start) is not None and start < now:
                plan = plans.get((start, finish)) or self._plan(start, finish)
                if each.percent < plan[2]:
                    found.append(each)
        return found

    def _plan(self, start: int, finish: int) -> tuple[int, int, int]:
        """Return of a plan: working seconds before it, those in it, the percent under which it lags at `now`.

        Subtasks share their dates: each pair is worked out once.
        """
        begun = self.worked_until(start)
        planned = self.working.worked_until(finish) - begun
        used = self._upto - begun
        least = -(-100 * used // planned) - self.spans.lag_points if planned > 0 else -1
        self._plans[start, finish] = found = begun, planned, least
        return found

    def lagging_since(self, subtask: Subtask, finish: int) -> int:
        """Return since when a subtask lags, as `store.rules.lag.lagging_from` does, from what is known of its dates."""
        start = subtask.planned_start
        if start is None:
            return finish + 1
        begun, planned, _ = self._plans.get((start, finish)) or self._plan(start, finish)
        allowed = (subtask.percent + self.spans.lag_points) * planned // 100
        if planned <= 0 or allowed >= planned:
            return finish + 1
        return min(self.working.worked_by(begun + allowed + 1), finish + 1)

    def worked_until(self, instant: int) -> int:
        """Return the working seconds until an instant, counted as the working time does."""
        known = self.worked.get(instant)
        if known is None:
            known = self.worked[instant] = self.working.worked_until(instant)
        return known

    def _handed_over(self) -> Collection[int]:
        """Return the cards with subtasks that were handed over and wait: to be accepted, or to be registered."""
        return {
            each.card
            for each in self.board.subtasks.values()
            if each.status == "awaiting_acceptance" or (each.registered_at is None and each.status == "done")
        }

    def _cards_of(self, subtasks: Iterable[int]) -> Collection[int]:
        known = self.board.subtasks
        return {known[key].card for key in subtasks if key in known}


class Spans:
    """The due of each rule with a span, in the board's own terms (`3 WD`, `24 h`, `10 d`)."""

    def __init__(self, board: Board, working: WorkingTime) -> None:
        """Take the rules of `board` and the days of `working`."""
        self._settings = board.settings
        self._working = working
        self.lag_points = board.settings.lag_points
        self._notices: dict[int, int] = {}
        """Day of a finish -> when a delay of it must be announced: it depends on nothing else."""

    def of(self, rule: str) -> Span:
        """Return the span in force for a rule."""
        return self._settings.span(rule)

    def due(self, start: int, span: Span) -> int:
        """Return when `span` from `start` is over; days of the calendar end at close of business of the nth."""
        if span.unit == "WD":
            return self._working.due_in_working_days(start, span.n)
        if span.unit == "d":
            return self._working.close_of(self._working.day_of(start) + span.n)
        return self._working.due_after(start, span.n * HOUR)

    def announced_by(self, finish: int, span: Span) -> int:
        """Return `before` of a finish, which many subtasks have on the same day."""
        if span.unit == "h":
            return self.before(finish, span)
        day = self._working.day_of(finish)
        return self._notices.get(day) or self._notices.setdefault(day, self.before(finish, span))

    def before(self, instant: int, span: Span) -> int:
        """Return when `span` before `instant` begins; days end at close of business (rulebook §8, "N WD before")."""
        if span.unit == "WD":
            return self._working.working_days_before(instant, span.n)
        if span.unit == "d":
            return self._working.close_of(self._working.day_of(instant) - span.n)
        return instant - span.n * HOUR


def points_of(board: Board, working: WorkingTime) -> dict[str, Points]:
    """Return the cadences that have fixed points, and those of follow-up notes; worked out once for a working time."""
    minutes = minutes_of(board.settings.follow_up)
    found: dict[str, Points] | None = working.kept.get(minutes)
    if found is None:
        daily = Points(lambda after: working.next_point("daily", after))
        weekly = Points(lambda after: working.next_point("weekly", after))
        own = minutes != working.settings.daily_report
        follow_up = Points(lambda after: working.next_daily(minutes, after)) if own else daily
        found = working.kept[minutes] = {"daily": daily, "weekly": weekly, "follow_up": follow_up}
    return found


def activated(card: Card) -> int | None:
    """Return when a card became active; an imported one without that instant: when it began or was made."""
    return card.activated_at or card.initiated_at or card.planned_start or card.created_at


def limit(hours: int | None, otherwise: Span) -> Span:
    """Return a card's own limit in hours as a span, or the board's."""
    return Span(hours, "h") if hours else otherwise


def liaison(facts: Facts, card: Card, department: int | None) -> tuple[int, ...]:
    """Return who acts for a department on a card: its liaison there, else its work lead, else its head."""
    if department is None:
        return ()
    roster = facts.roster
    for duty in facts.board.duties_of.get(card.id, ()):
        if duty.department == department:
            found = roster.first(duty.liaison, duty.work_lead)
            if found:
                return found
    return roster.heads.get(department, ())


def owner_of(facts: Facts, card: Card, subtask: Subtask) -> tuple[int, ...]:
    """Return the owner of a subtask; without one inside, the head of its department, else the lead."""
    roster = facts.roster
    return roster.alone.get(subtask.owner or 0) or roster.heads.get(subtask.department or 0) or roster.lead(card)
