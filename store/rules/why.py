"""Why a clock is due when it is: the sum behind it, built only when somebody asks (screens 3.6, key `=`).

Each line is an English template and its fields; whoever shows it translates the template and renders
the fields by their type: instants, days, durations and words stand apart from the sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from store.board import Board
from store.records import Card
from store.rules.clock_facts import limit
from store.rules.clocks import Clock, Kind, left, state
from store.rules.ladder import TOP_TIER
from store.rules.working_days import Counted
from store.rules.working_time import WorkingTime
from store.settings import RULES, Span

N_ = str  # marks a template for the catalogues

Origin = Literal["default", "board", "card"]
"""Where a rule's value comes from: the rulebook, the board's settings, the card itself."""


class At(Struct, frozen=True):
    """An instant, epoch seconds; shown in the board's time zone."""

    instant: int


class Lasting(Struct, frozen=True):
    """A duration in seconds, never negative."""

    seconds: int


class Days(Struct, frozen=True):
    """The dates that were counted, each with its kind, and its number if it counts."""

    days: tuple[Counted, ...]


class Term(Struct, frozen=True):
    """A word of the rulebook (cadence, origin), shown in the reader's language."""

    word: str


Value = At | Lasting | Days | Term | Span | int
Line = tuple[str, Mapping[str, Value]]


class Why(Struct, frozen=True):
    """The sum behind a clock. `days` are empty where no working days are counted; `lines` say it all."""

    clock: Clock
    rule: Span | None
    origin: Origin
    days: tuple[Counted, ...]
    lines: tuple[Line, ...]


STARTS: dict[Kind, str] = {
    "card_due": N_("active since {at}"),
    "subtask_due": N_("planned start {at}"),
    "confirmation": N_("asked {at}"),
    "progress": N_("counts from {at}: activation, planned start, last report or last point"),
    "response": N_("raised {at}"),
    "coordination": N_("raised {at}"),
    "tier": N_("entered tier {tier} {at}"),
    "resolution": N_("decided {at}"),
    "minutes_draft": N_("meeting ended {at}"),
    "minutes_final": N_("meeting ended {at}"),
    "meeting": N_("notice {at}"),
}
DATED: dict[Kind, str] = {
    "card_due": N_("due at the planned finish of the card"),
    "subtask_due": N_("due at the planned finish of the subtask"),
    "milestone": N_("due on the date of the milestone"),
    "progress": N_("due at the next point of the cadence: {cadence}"),
    "resolution": N_("due on the date set with the decision"),
    "meeting": N_("due at the start of the meeting"),
}
"""Kinds whose due is a date somebody set, or a point of a cadence, not a span."""


def why(board: Board, clock: Clock, working: WorkingTime, now: int) -> Why:
    """Return the sum behind a clock at `now`."""
    card = board.cards.get(clock.card or 0)
    rule, origin = _rule(board, clock, card)
    days: tuple[Counted, ...] = ()
    if rule is not None and rule.unit == "WD" and clock.started is not None:
        days = tuple(working.counted_days(clock.started, rule.n))
    lines = [*_start(board, clock, rule), *_rule_lines(clock, rule, origin, card, working)]
    if days:
        lines.append((N_("counted: {days}"), {"days": Days(days)}))
    lines += [*_calendar(clock, rule, working), *_standing(clock, now)]
    if clock.kind == "tier" and clock.is_open:
        lines.append(_then(board, clock))
    return Why(clock, rule, origin, days, tuple(lines))


def _rule(board: Board, clock: Clock, card: Card | None) -> tuple[Span | None, Origin]:
    """Return the span of a clock's rule and where it comes from; None for a rule that has none."""
    if clock.kind not in RULES:
        return None, "default"
    general = board.settings.span(clock.kind)
    origin: Origin = "board" if clock.kind in board.settings.rules else "default"
    if card is None:
        return general, origin
    own: int | None = None
    if clock.kind == "confirmation":
        own = card.answer_limit_hours
        if not own and not card.kickoff:
            key = "confirmation_without_kickoff"
            return board.settings.span(key), "board" if key in board.settings.rules else "default"
    elif clock.kind == "response":
        own = card.response_limit_hours
    return limit(own, general), "card" if own else origin


def _start(board: Board, clock: Clock, rule: Span | None) -> list[Line]:
    """Say when it started, and that the start day does not count where days are counted."""
    if clock.started is None:
        return []
    fields: dict[str, Value] = {"at": At(clock.started)}
    if clock.kind == "tier":
        fields["tier"] = _tier(board, clock)
    lines: list[Line] = [(STARTS[clock.kind], fields)]
    if rule is not None and rule.unit == "WD":
        lines.append((N_("the start day is not counted"), {}))
    return lines


def _rule_lines(clock: Clock, rule: Span | None, origin: Origin, card: Card | None, working: WorkingTime) -> list[Line]:
    """Say the rule, its value and where the value comes from."""
    if rule is None:
        fields: dict[str, Value] = {"cadence": Term(card.cadence if card else "daily")}
        return [(DATED[clock.kind], fields if clock.kind == "progress" else {})]
    if rule.unit == "WD":
        template = N_("rule: {span} working days ({origin})")
    elif working.settings.hours == "working":
        template = N_("rule: {span} hours, counted in working time ({origin})")
    else:
        template = N_("rule: {span} hours, day and night ({origin})")
    return [(template, {"span": rule.n, "origin": Term(origin)})]


def _calendar(clock: Clock, rule: Span | None, working: WorkingTime) -> list[Line]:
    """Say what is odd about the day it is due on."""
    day = working.day_of(clock.due)
    lines: list[Line] = []
    if not working.is_working_day(day):
        lines.append((N_("that is a day off; the due is kept"), {}))
    elif working.kind_of_day(day) == "make_up":
        lines.append((N_("that is a make-up working day"), {}))
    year = date.fromordinal(day).year
    if rule is not None and rule.unit == "WD" and working.is_estimated(year):
        lines.append((N_("the make-up days of {year} are not published: estimated"), {"year": year}))
    return lines


def _standing(clock: Clock, now: int) -> list[Line]:
    """Say the due and how the clock stands."""
    due, rest = At(clock.due), left(clock, now)
    how = state(clock, now)
    if how == "void":
        return [(N_("due {due}, void: its subject was cancelled"), {"due": due})]
    if clock.closed is not None:
        template = N_("due {due}, met {met}, {time} before") if rest >= 0 else N_("due {due}, met {met}, {time} after")
        return [(template, {"due": due, "met": At(clock.closed), "time": Lasting(abs(rest))})]
    if how == "breached":
        return [(N_("due {due}, over by {time}"), {"due": due, "time": Lasting(-rest)})]
    return [(N_("due {due}, {time} left"), {"due": due, "time": Lasting(rest)})]


def _tier(board: Board, clock: Clock) -> int:
    """Return the tier a `tier` clock is of: the issue's, or an earlier one it has left."""
    issue = board.issues.get(clock.subject)
    if issue is None or clock.started == issue.tier_since:
        return issue.tier if issue else 1
    steps = board.steps_of.get(issue.id, ())
    return max((s.tier for s in steps if s.kind == "escalated" and s.at <= (clock.started or 0)), default=1)


def _then(board: Board, clock: Clock) -> Line:
    """Say what happens to an issue when its tier runs out."""
    tier = _tier(board, clock)
    if tier >= TOP_TIER:
        return N_("then it stays breached until the executive rules"), {}
    return N_("then tier {tier} is due"), {"tier": tier + 1}
