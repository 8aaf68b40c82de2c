"""What the clocks of a board are worked out from, prepared once: indexes, people, spans, cadence points."""

from __future__ import annotations

from bisect import bisect_right

from store.board import Board
from store.records import Cadence, Card, Stage
from store.rules.ladder import Roster
from store.rules.working_time import HOUR, WorkingTime
from store.settings import Span

CHUNK = 32 * 86_400

RAN: frozenset[Stage] = frozenset({"active", "acceptance", "completed", "archived"})
"""Stages in which the dates of a card are agreed, so that its work has clocks."""
OVER: frozenset[Stage] = frozenset({"completed", "archived"})


class CadencePoints:
    """The instants at which entries of one cadence are owed, kept in chunks so that asking is one search."""

    def __init__(self, working: WorkingTime, cadence: Cadence) -> None:
        """Serve the points of `cadence` (`daily` or `weekly`; `realtime` has no fixed ones)."""
        self._working = working
        self._cadence = cadence
        self._chunks: dict[int, list[int]] = {}

    def after(self, instant: int) -> int:
        """Return the first point strictly after `instant`; the same as `WorkingTime.next_point`."""
        points = self._chunks.get(instant // CHUNK)
        if points is None:
            points = self._fill(instant // CHUNK)
        return points[bisect_right(points, instant)]

    def _fill(self, chunk: int) -> list[int]:
        """Work out the points of one chunk of time and the first one after it."""
        point, end = chunk * CHUNK - 1, (chunk + 1) * CHUNK
        points: list[int] = []
        while point < end:
            point = self._working.next_point(self._cadence, point)
            points.append(point)
        self._chunks[chunk] = points
        return points


class Facts:
    """Everything a clock function reads: one Board, its working time, who acts, spans and cadence points.

    `closed` says whether clocks that were met or are void are asked for too; most of a board's are, and
    few screens show them.
    """

    def __init__(self, board: Board, working: WorkingTime, known: Facts | None = None, *, closed: bool = False) -> None:
        """Prepare for `board`; `known` lends what hangs on people, settings and working time alone."""
        self.closed = closed
        self.board = board
        self.working = working
        self.roster: Roster = known.roster if known else Roster(board)
        self.spans: Spans = known.spans if known else Spans(board, working)
        self.points: dict[Cadence, CadencePoints] = known.points if known else _all_points(working)
        self._problems = None if known else frozenset(e.subtask for e in board.progress.values() if e.problem)

    def may_have_problem(self, subtask: int) -> bool:
        """Say whether any entry of a subtask may name a problem: quick when all cards are asked about."""
        return self._problems is None or subtask in self._problems


class Spans:
    """The due of each rule with a span, in the board's own terms (`3 WD`, `24 h`)."""

    def __init__(self, board: Board, working: WorkingTime) -> None:
        """Take the rules of `board` and the days of `working`."""
        self._settings = board.settings
        self._working = working

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


def _all_points(working: WorkingTime) -> dict[Cadence, CadencePoints]:
    """Return the cadences that have fixed points."""
    return {"daily": CadencePoints(working, "daily"), "weekly": CadencePoints(working, "weekly")}


def activated(card: Card) -> int | None:
    """Return when a card became active; an imported one without that instant: when it began or was made."""
    return card.activated_at or card.initiated_at or card.planned_start or card.created_at


def limit(hours: int | None, otherwise: Span) -> Span:
    """Return a card's own limit in hours as a span, or the board's."""
    return Span(hours, "h") if hours else otherwise
