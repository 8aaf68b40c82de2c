"""The sum behind a clock in words (screens.md §3.6, key `=`), and which clock a record is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from rich.text import Text

from store.rules.clocks import Clock
from store.rules.rule_values import rule_of
from store.rules.why import At, Days, Lasting, Said, Term, Value, Why, why
from store.rules.working_days import Counted
from store.views.state import BoardState
from tui import words
from tui.cells import wrap
from tui.duration import countdown, elapsed
from tui.i18n import N_, _, language
from tui.look import STYLES
from tui.present.lines import dashes
from tui.subjects import due_text, local, subject_words, who_names

ORIGINS = {
    "default": N_("rulebook default"),
    "board": N_("set on this board"),
    "card": N_("set on the card"),
    "milestone": N_("set on the milestone"),
    "then": N_("in force when it closed"),
}
"""Where a rule's value comes from, in words."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Of sums in English; in Chinese a month is a number."""


def why_lines(state: BoardState, clock: Clock, now: int, cells: int) -> list[Text]:
    """The sum behind a clock at `now` (epoch seconds): a heading, then lines of at most `cells` cells."""
    subject = subject_words(state, clock)
    heading = _("why: {clock} {subject}").format(clock=words.clock(clock.kind), subject=subject)
    lines = [dashes(heading, cells)]
    found = why(state.board, clock, state.working, now)
    lines += [Text(f" {part}", STYLES["strong"]) for part in wrap(sum_text(state, found, now), cells - 2)]
    for template, fields in found.lines:
        left = "{time} left" in template
        filled = {name: value_text(state, value, now, left=left) for name, value in fields.items()}
        style = STYLES["strong" if "due" in fields else ""]
        lines += [Text(f" {part}", style) for part in wrap(_(template).format(**filled), cells - 2)]
    who = who_names(state, clock)
    if who and clock.is_open:
        lines.append(Text(" " + _("who must act: {who}").format(who=who), STYLES["dim"]))
    return lines


def sum_text(state: BoardState, found: Why, now: int) -> str:
    """`raised Tue 29 Sep 17:05; 1 working days: Wed 30 Sep -> Wed 30 Sep 18:00`, and what is odd about that day."""
    parts = [
        _(template).format(**{name: value_text(state, value, now) for name, value in fields.items()})
        for template, fields in found.total
    ]
    due = sum_instant(state, found.clock.due, now)
    estimated = _("*estimated*") if is_estimated(state, found) else ""
    return " ".join(filter(None, (f"{'; '.join(parts)} -> {due}", day_mark(state, found.clock), estimated)))


def is_estimated(state: BoardState, found: Why) -> bool:
    """Whether a due that counts working days lies in a year whose make-up days are not published."""
    counts = found.rule is not None and found.rule.unit == "WD" and found.clock.is_open
    day = date.fromordinal(state.working.day_of(found.clock.due))
    return counts and state.working.is_estimated(day.year)


def day_mark(state: BoardState, clock: Clock) -> str:
    """What is odd about the day a clock is due on: a make-up working day, a day off that is kept; else empty."""
    day = state.working.day_of(clock.due)
    if not state.working.is_working_day(day):
        return _("on a day off (kept)")
    return _("(make-up working day)") if state.working.kind_of_day(day) == "make_up" else ""


def why_pane(state: BoardState | None, clock: Clock | None, now: int, cells: int) -> list[Text]:
    """The sum, or that there is none to show."""
    if state is None or clock is None:
        return [dashes(_("why"), cells), Text(" " + _("No clock runs on this row."), STYLES["dim"])]
    return why_lines(state, clock, now, cells)


def value_text(state: BoardState, value: Value, now: int, *, left: bool = False) -> str:
    """One field of a line: an instant, a duration (what is `left` rounds up), counted days, a word, a number."""
    if isinstance(value, At):
        return sum_instant(state, value.instant, now)
    if isinstance(value, Lasting):
        return countdown(value.seconds) if left else elapsed(value.seconds)
    if isinstance(value, Days):
        return days_text(value.days)
    if isinstance(value, Said):
        return value.text
    if isinstance(value, Term):
        known = ORIGINS.get(value.word) or words.CADENCES.get(value.word)
        return _(known) if known else value.word
    return str(value)


def sum_instant(state: BoardState, instant: int, now: int) -> str:
    """`Thu 8 Oct 13:43`; with the year where it is not this one."""
    at = local(state, instant)
    if language() != "en":
        same = at.year == local(state, now).year
        return f"{words.short_date(at.date()) if same else words.long_date(at.date())} {at:%H:%M}"
    year = "" if at.year == local(state, now).year else f" {at.year}"
    return f"{_day(at.date(), set())}{year} {at:%H:%M}"


def days_text(days: Sequence[Counted]) -> str:
    """`Fri 9 Oct, Sat 10 make-up day, (Sun 11 day off), Mon 12`: days off in a row stand joined, a month once."""
    parts: list[str] = []
    said: set[int] = set()
    for works, group in groupby(days, key=lambda day: day.number > 0):
        run = list(group)
        if works:
            parts += [_counted(day, said) for day in run]
        else:
            parts.append(f"({_days_off(run, said)})")
    return ", ".join(parts)


def _counted(day: Counted, said: set[int]) -> str:
    text = _day(date.fromordinal(day.ordinal), said)
    return f"{text} {_('make-up day')}" if day.kind == "make_up" else text


def _days_off(run: Sequence[Counted], said: set[int]) -> str:
    first, last = sorted(date.fromordinal(day.ordinal) for day in (run[0], run[-1]))
    same = first.month == last.month
    names = dict.fromkeys(day.name for day in run if day.name)
    begin = _day(first, said | {first.month} if same else said)
    end = _day(last, said)
    return f"{end if len(run) == 1 else f'{begin} - {end}'} {', '.join(names) or _('day off')}"


def _day(day: date, said: set[int]) -> str:
    """`Wed 30 Sep`, without its month where that was `said`; `09-30 周三`."""
    if language() != "en":
        return words.short_date(day)
    month = "" if day.month in said else f" {MONTHS[day.month - 1]}"
    said.add(day.month)
    return f"{words.weekday(day)} {day.day}{month}"


def short_sum(state: BoardState, clock: Clock, now: int) -> str:
    """`Thu 10-08 13:43 + 24 h = Fri 10-09 13:43`; the due alone of a clock without a rule."""
    due = instant_text(state, clock.due, now)
    rule = rule_of(state.board, clock)[0] if clock.started is not None and clock.is_open else None
    if rule is None or clock.started is None or rule.unit == "d":
        return due
    template = N_("{start} + {n} working days = {due}") if rule.unit == "WD" else N_("{start} + {n} h = {due}")
    return _(template).format(start=instant_text(state, clock.started, now), n=rule.n, due=due)


def instant_text(state: BoardState, instant: int, now: int) -> str:
    """`Thu 10-08 13:43`, as lists write it; with the year where it is not this one."""
    return due_text(state, instant, now)


def clock_of(state: BoardState, table: str, key: int) -> Clock | None:
    """The clock a record is asked about: its open one that is due first, else the last that closed; None without."""
    if table == "departments":
        return next(iter(state.clocks_by_department.get(key, ())), None)
    if table == "cards":
        clocks = state.book.of_card(key)
    else:
        record = state.board.table(table).get(key)
        clocks = state.book.of(table, key, _card_of(state, record)) if record is not None else ()
    return next((clock for clock in clocks if clock.is_open), clocks[-1] if clocks else None)


def _card_of(state: BoardState, record: object) -> int | None:
    """The card a record hangs on, None for a meeting without one."""
    subtask = state.board.subtasks.get(getattr(record, "subtask", None) or 0)
    issue = state.board.issues.get(getattr(record, "issue", None) or 0)
    card = getattr(record, "card", None) or (subtask.card if subtask else issue.card if issue else None)
    return int(card) if card else None
