"""A clock: one deadline of rulebook section 8, with when it started, when it is due and who must act.

A clock is a value worked out from the records (`store.rules.clock_book`); its due never depends on
what time it is now. Only `state`, `left` and `band` are handed `now`, so that a tick costs nothing.
All instants are epoch seconds, all spans seconds.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Literal, get_args

from msgspec import Struct

from store.rules.working_time import HOUR, WorkingTime

Kind = Literal[
    "card_due",
    "subtask_due",
    "milestone",
    "input",
    "change_notice",
    "confirmation",
    "division",
    "progress",
    "delay_notice",
    "report_block",
    "report_problem",
    "report_warning",
    "response",
    "coordination",
    "follow_up",
    "tier",
    "resolution",
    "support",
    "deliverable",
    "accept_subtask",
    "acceptance",
    "rectification",
    "meeting",
    "notice",
    "minutes_draft",
    "minutes_final",
    "retro",
    "notify",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Every kind, in the order of the rulebook."""
State = Literal["met", "running", "breached", "void"]
Band = Literal["breached", "now", "soon", "calm", "met", "void"]

NOW_LEFT = 2 * HOUR
SHORT_SPAN = 8 * HOUR


class Clock(Struct, frozen=True, gc=False):
    """One deadline.

    `table` and `subject` name the record the clock hangs on: `cards` card_due, division and retro, `subtasks`
    subtask_due, progress, delay_notice, deliverable, accept_subtask and follow_up of what is late, `milestones`
    milestone, change_notice and deliverable, `duties` confirmation, `inputs`, `supports`, `incidents` the reports
    they ask for, `issues` response, coordination, tier, resolution, follow_up and the report it is, `progress` the
    response to a problem in an entry, `acceptances` acceptance and rectification, `sync` notify and resolution of
    a promise, `meetings` the four of a meeting. `card` is that record's card (None: it has none). `started` is
    None where the table says `-`. `closed` is when it was met. `who` are the people who must act, never one from
    outside; `department` the department they act for, `about` the name of the subject, as typed.
    """

    kind: Kind
    table: str
    subject: int
    card: int | None
    started: int | None
    due: int
    closed: int | None = None
    void: bool = False
    who: tuple[int, ...] = ()
    department: int | None = None
    about: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still runs (or is over) and somebody must act."""
        return self.closed is None and not self.void


by_due = attrgetter("due", "kind", "subject")
"""Sort key of clocks: what runs out first, ties always in the same order."""


def state(clock: Clock, now: int) -> State:
    """Say how a clock stands at `now`. At its due to the second it still runs."""
    if clock.closed is not None:
        return "met"
    if clock.void:
        return "void"
    return "breached" if now > clock.due else "running"


def left(clock: Clock, now: int) -> int:
    """Return the seconds left until the due, negative when over; of a met clock those left when it was met."""
    return clock.due - (now if clock.closed is None else clock.closed)


def span(clock: Clock) -> int | None:
    """Return the seconds from start to due, None if the clock has no start or none before its due."""
    if clock.started is None or clock.started >= clock.due:
        return None
    return clock.due - clock.started


def band(clock: Clock, now: int, working: WorkingTime) -> Band:
    """Return how pressing a clock is (rulebook section 8, bands).

    `now` under 2 h (spans of 8 h or less: under a quarter). `soon` under a quarter of the span or under
    one working day, whichever is smaller, but never less than `now`; a clock without a start has only
    the working day.
    """
    if clock.closed is not None:
        return "met"
    if clock.void:
        return "void"
    rest = clock.due - now
    if rest < 0:
        return "breached"
    whole = span(clock)
    pressing = whole / 4 if whole is not None and whole <= SHORT_SPAN else NOW_LEFT
    if rest < pressing:
        return "now"
    if whole is not None and rest >= whole / 4:
        return "calm"
    return "soon" if rest < working.same_time_next_working_day(now) - now else "calm"
