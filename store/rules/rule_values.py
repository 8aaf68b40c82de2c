"""The rule behind a clock: its value, where that comes from, and the calendar a due was counted by (rulebook §8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, Literal

from store.board import Board
from store.records import Milestone
from store.rules.clock_facts import limit
from store.rules.clocks import Clock
from store.rules.relative_dates import known_date
from store.rules.working_time import WorkingTime
from store.settings import RULES, Span

Origin = Literal["default", "board", "card", "milestone", "then"]
"""Where a rule's value comes from: the rulebook, the board's settings, the card itself, a milestone; `then`: it was in
force when the clock closed, and is another now."""
BACK: Final = frozenset({"change_notice", "delay_notice", "notice"})
"""Kinds whose span is counted back from a date (rulebook §8, "N WD before")."""


def rule_of(board: Board, clock: Clock) -> tuple[Span | None, Origin]:
    """Return the span of a clock's rule in force now and where it comes from; None for a rule that has none."""
    if clock.kind not in RULES:
        return None, "default"
    card = board.cards.get(clock.card or 0)
    if clock.kind == "change_notice":
        milestone = board.milestones.get(clock.subject)
        if milestone is not None and milestone.notice_days:
            return Span(milestone.notice_days, "d"), "milestone"
    key, own = rule_key(board, clock), None
    if card is not None and clock.kind == "confirmation":
        own = card.answer_limit_hours
    elif card is not None and clock.kind == "response":
        own = card.response_limit_hours
    origin: Origin = "card" if own else "board" if key in board.settings.rules else "default"
    return limit(own, board.settings.span(key)), origin


def rule_key(board: Board, clock: Clock) -> str:
    """Return the id of a clock's rule: what it is set by (`crossdeck settings`)."""
    card = board.cards.get(clock.card or 0)
    without = clock.kind == "confirmation" and card is not None and not card.kickoff
    return "confirmation_without_kickoff" if without else clock.kind


def dated_from(board: Board, clock: Clock, working: WorkingTime) -> int | None:
    """Return the date a clock counts back from: the milestone's, the finish, the start of the meeting."""
    record = board.table(clock.table).get(clock.subject)
    if isinstance(record, Milestone):
        return known_date(board, record, working)
    name = {"delay_notice": "planned_finish", "notice": "starts"}.get(clock.kind)
    found = getattr(record, name, None) if name else None
    return int(found) if found is not None else None


def calendar_used(clock: Clock, rule: Span | None, working: WorkingTime) -> str:
    """Return the calendar a due was counted by: region, and the days off between start and due, as ISO dates.

    Empty where no working days were counted.
    """
    counts = rule is not None and (rule.unit == "WD" or (rule.unit == "h" and working.settings.hours == "working"))
    if not counts or clock.started is None:
        return ""
    place = "-".join(filter(None, (working.settings.region, working.settings.subdivision)))
    off = ",".join(_runs(clock.started, clock.due, working))
    return f"{place} {off}".rstrip()


def days_off_of(calendar: str) -> set[int]:
    """Return the ordinals of the days off that a stored calendar names."""
    found: set[int] = set()
    for run in calendar.partition(" ")[2].split(","):
        first, _, last = run.partition("..")
        if first:
            begin = date.fromisoformat(first).toordinal()
            found.update(range(begin, (date.fromisoformat(last).toordinal() if last else begin) + 1))
    return found


def _runs(start: int, due: int, working: WorkingTime) -> Iterator[str]:
    """Yield the runs of days off after the day of `start` up to that of `due`: `2026-10-01..2026-10-07`."""
    first: int | None = None
    last = working.day_of(due)
    for day in range(working.day_of(start) + 1, last + 2):
        if day <= last and not working.is_working_day(day):
            first = day if first is None else first
        elif first is not None:
            begin, end = (date.fromordinal(each).isoformat() for each in (first, day - 1))
            yield begin if begin == end else f"{begin}..{end}"
            first = None
