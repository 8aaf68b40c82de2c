"""Why a clock is due when it is: the sum behind it, built only when somebody asks (screens 3.6, key `=`).

Each line is an English template and its fields; whoever shows it translates the template and renders
the fields by their type: instants, days, durations and words stand apart from the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from store.board import Board
from store.records import ClockResult
from store.rules.calendar_data import DayKind
from store.rules.clocks import Clock, Kind, left, state
from store.rules.frozen import stored
from store.rules.ladder import TOP_TIER
from store.rules.rule_values import BACK, Origin, dated_from, days_off_of, rule_key, rule_of
from store.rules.working_days import Counted
from store.rules.working_time import WorkingTime
from store.settings import Span, parse_span

N_ = str  # marks a template for the catalogues


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


class Said(Struct, frozen=True):
    """What somebody wrote, shown as it is."""

    text: str


Value = At | Lasting | Days | Term | Said | Span | int
Line = tuple[str, Mapping[str, Value]]


class Why(Struct, frozen=True):
    """The sum behind a clock: `total` is what is added up (read `a; b -> due`), `lines` what else there is to say.

    `days` are empty where no working days are counted. `frozen` says that the clock is closed and the sum is that of
    its closing: the rule and the days off in force then.
    """

    clock: Clock
    rule: Span | None
    origin: Origin
    days: tuple[Counted, ...]
    total: tuple[Line, ...]
    lines: tuple[Line, ...]
    frozen: bool = False


STARTS: Final[Mapping[Kind, str]] = {
    "card_due": N_("active since {at}"),
    "subtask_due": N_("planned start {at}"),
    "confirmation": N_("asked {at}"),
    "division": N_("kickoff ended {at}"),
    "progress": N_("counts from {at}: activation, planned start, last report or last point"),
    "report_block": N_("work stopped {at}"),
    "report_problem": N_("noticed {at}"),
    "report_warning": N_("noticed {at}"),
    "response": N_("raised {at}"),
    "coordination": N_("raised {at}"),
    "follow_up": N_("owed from {at}: the working day after, or the last note"),
    "tier": N_("entered tier {tier} {at}"),
    "resolution": N_("decided {at}"),
    "support": N_("asked {at}"),
    "deliverable": N_("handed over {at}"),
    "accept_subtask": N_("handed over {at}"),
    "acceptance": N_("submitted {at}"),
    "rectification": N_("verdict {at}"),
    "minutes_draft": N_("meeting ended {at}"),
    "minutes_final": N_("meeting ended {at}"),
    "meeting": N_("notice {at}"),
    "retro": N_("completed {at}"),
    "notify": N_("recorded {at}"),
}
DATED: Final[Mapping[Kind, str]] = {
    "card_due": N_("due at the planned finish of the card"),
    "subtask_due": N_("due at the planned finish of the subtask"),
    "milestone": N_("due on the date of the milestone"),
    "input": N_("due on the date agreed for the input"),
    "progress": N_("due at the next point of the cadence: {cadence}"),
    "follow_up": N_("due at {time} of each working day"),
    "resolution": N_("due on the date set with the decision"),
    "rectification": N_("due on the date agreed with the verdict"),
    "meeting": N_("due at the start of the meeting"),
}
"""Kinds whose due is a date somebody set, or a point of a cadence, not a span."""
ENDS: Final[Mapping[Kind, str]] = {
    "change_notice": N_("milestone {at}"),
    "delay_notice": N_("planned finish {at}"),
    "notice": N_("meeting starts {at}"),
}
"""Kinds whose span is counted back, and from what."""
_DAYS = (N_("{span} working days: {days}"), N_("{span} working day: {days}"))
_SPANS = (N_("{span} days"), N_("{span} day"))
_BEFORE = (N_("{span} days before"), N_("{span} day before"))
_DAYS_BACK = (N_("{span} working days before: {days}"), N_("{span} working day before: {days}"))


def why(board: Board, clock: Clock, working: WorkingTime, now: int) -> Why:
    """Return the sum behind a clock at `now`; of a closed one that of its closing, if its result is stored."""
    rule, origin = rule_of(board, clock)
    result = stored(board, clock)
    counted = days_counted(board, clock, rule, working, result)
    if result is not None and result.rule and (then := parse_span(clock.kind, result.rule)) != rule:
        rule, origin = then, "then"
    total = tuple(_total(board, clock, rule, counted, working))
    lines = [*_rule_lines(clock, rule_key(board, clock), rule, origin), *_calendar(clock, rule, working)]
    if result is not None:
        fields: dict[str, Value] = {"calendar": Term(" ".join(filter(None, (result.rule, result.calendar))) or "-")}
        lines.append((N_("kept as it was when it closed: {calendar}"), fields))
    lines += _standing(board, clock, now)
    if clock.kind == "tier" and clock.is_open:
        lines.append(_then(board, clock))
    return Why(clock, rule, origin, counted, total, tuple(lines), result is not None)


def days_counted(
    board: Board, clock: Clock, rule: Span | None, working: WorkingTime, result: ClockResult | None
) -> tuple[Counted, ...]:
    """Return the dates a due in working days was counted over; of a stored result by the days off of then."""
    if result is not None and clock.started is not None:
        return _kept_days(clock.started, result, working)
    if rule is None or rule.unit != "WD":
        return ()
    if clock.kind in BACK:
        end = dated_from(board, clock, working)
        return () if end is None else tuple(working.days_before(end, rule.n))
    return () if clock.started is None else tuple(working.counted_days(clock.started, rule.n))


def _kept_days(started: int, result: ClockResult, working: WorkingTime) -> tuple[Counted, ...]:
    """Return the dates from the start to the due of a result, those it names as days off not counted."""
    if not result.rule.endswith("WD"):
        return ()
    off, number, found = days_off_of(result.calendar), 0, []
    for day in range(working.day_of(started) + 1, working.day_of(result.due) + 1):
        works = day not in off
        number += works
        weekend = (day - 1) % 7 in working.data.weekend
        name = None if works else working.holiday_name(day)
        kind: DayKind = ("make_up" if weekend else "working") if works else "holiday" if name else "weekend"
        found.append(Counted(day, kind, name, number if works else 0))
    return tuple(found)


def _total(
    board: Board, clock: Clock, rule: Span | None, days: tuple[Counted, ...], working: WorkingTime
) -> Iterator[Line]:
    """Yield what is added up: from when (or back from when), and how much over which days."""
    end = dated_from(board, clock, working) if clock.kind in BACK else None
    if end is not None:
        yield ENDS[clock.kind], {"at": At(end)}
    elif clock.started is not None:
        tier: dict[str, Value] = {"tier": _tier(board, clock)} if clock.kind == "tier" else {}
        yield _starts(clock), {"at": At(clock.started), **tier}
    if rule is None:
        yield DATED[clock.kind], _point(board, clock)
        return
    fields: dict[str, Value] = {"span": rule.n}
    back, one = clock.kind in BACK, rule.n == 1
    if rule.unit == "WD":
        template = _DAYS_BACK[one] if back else _DAYS[one]
        yield template, {**fields, "days": Days(days)}
    elif rule.unit == "d":
        yield (_BEFORE if back else _SPANS)[one], fields
    elif _in_working_hours(clock, rule, working):
        yield N_("{span} h, counted in working time"), fields
    else:
        yield N_("{span} h, day and night"), fields


def _in_working_hours(clock: Clock, rule: Span, working: WorkingTime) -> bool:
    """Say whether hours count in working time only; of a closed clock its own dates say how they were counted."""
    if clock.is_open or clock.started is None:
        return working.settings.hours == "working"
    return abs(clock.due - clock.started) != rule.n * 3_600


def _starts(clock: Clock) -> str:
    if clock.kind == "deliverable" and clock.table == "milestones":
        return N_("milestone reached {at}")
    return N_("promised {at}") if clock.kind == "resolution" and clock.table == "sync" else STARTS[clock.kind]


def _point(board: Board, clock: Clock) -> Mapping[str, Value]:
    """Return the fields of a due that is no span from the start."""
    if clock.kind == "follow_up":
        return {"time": Term(board.settings.follow_up)}
    card = board.cards.get(clock.card or 0)
    return {"cadence": Term(card.cadence if card else "daily")} if clock.kind == "progress" else {}


def _rule_lines(clock: Clock, key: str, rule: Span | None, origin: Origin) -> list[Line]:
    """Say the rule by its id, its value and where that comes from, and that a start day does not count."""
    if rule is None:
        return []
    lines: list[Line] = [
        (N_("rule: {rule} = {span} ({origin})"), {"rule": Term(key), "span": rule, "origin": Term(origin)})
    ]
    if rule.unit == "WD" and clock.kind not in BACK:
        lines.append((N_("the start day is not counted"), {}))
    return lines


def _calendar(clock: Clock, rule: Span | None, working: WorkingTime) -> list[Line]:
    """Say that the make-up days of its year are not published. What is odd about its day stands with the sum."""
    year = date.fromordinal(working.day_of(clock.due)).year
    if rule is None or rule.unit != "WD" or not clock.is_open or not working.is_estimated(year):
        return []
    return [(N_("the make-up days of {year} are not published: estimated"), {"year": year})]


def _standing(board: Board, clock: Clock, now: int) -> list[Line]:
    """Say the due and how the clock stands."""
    due, rest = At(clock.due), left(clock, now)
    how = state(clock, now)
    if how == "void":
        reason = _cancelled_for(board, clock)
        if not reason:
            return [(N_("due {due}, void: its subject was cancelled"), {"due": due})]
        return [(N_("due {due}, void: its subject was cancelled ({reason})"), {"due": due, "reason": Said(reason)})]
    if clock.closed is not None:
        template = N_("due {due}, met {met}, {time} before") if rest >= 0 else N_("due {due}, met {met}, {time} after")
        return [(template, {"due": due, "met": At(clock.closed), "time": Lasting(abs(rest))})]
    if how == "breached":
        return [(N_("due {due}, over by {time}"), {"due": due, "time": Lasting(-rest)})]
    return [(N_("due {due}, {time} left"), {"due": due, "time": Lasting(rest)})]


def _cancelled_for(board: Board, clock: Clock) -> str:
    """Return why the subject of a clock, or what it hangs on, was cancelled, as somebody wrote it; empty if not."""
    own = board.table(clock.table).get(clock.subject)
    subtask = board.subtasks.get(getattr(own, "subtask", None) or 0)
    for each in (own, subtask, board.cards.get(clock.card or 0)):
        if "cancelled" in {getattr(each, "status", ""), getattr(each, "state", ""), getattr(each, "stage", "")}:
            return str(getattr(each, "reason", ""))
    return ""


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
