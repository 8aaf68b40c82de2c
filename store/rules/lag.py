"""What is derived of a subtask and never typed in: lagging, overdue, silent, unannounced (rulebook section 3).

Each flag is an instant from which it holds, so that time passing costs a comparison.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from store.records import Card, Stage, Status, Subtask
from store.rules.clock_facts import OWES, RAN
from store.rules.clocks import Clock
from store.rules.working_time import WorkingTime

Group = Literal["overdue", "blocked", "lagging", "done", "in_progress"]
"""The five exclusive groups a department's subtasks are counted in, the first that fits (screens section 8)."""


class Flags(Struct, frozen=True, gc=False):
    """When a subtask begins to lag, is overdue, silent, unannounced, as instants; None: not while it stands so."""

    lagging_from: int | None = None
    overdue_from: int | None = None
    silent_from: int | None = None
    unannounced_from: int | None = None

    def lagging(self, now: int) -> bool:
        """Say whether it lags: too far under the share of working time used up, or its finish has passed."""
        return self.lagging_from is not None and now >= self.lagging_from

    def overdue(self, now: int) -> bool:
        """Say whether its finish has passed without being handed over."""
        return self.overdue_from is not None and now >= self.overdue_from

    def silent(self, now: int) -> bool:
        """Say whether its progress clock is breached."""
        return self.silent_from is not None and now >= self.silent_from

    def unannounced(self, now: int) -> bool:
        """Say whether its delay should have been announced: its delay_notice clock is breached."""
        return self.unannounced_from is not None and now >= self.unannounced_from

    def held(self, now: int) -> tuple[str, ...]:
        """Return the names of the flags that hold, worst first."""
        return tuple(name for name in FLAGS if getattr(self, name)(now))


NO_FLAGS = Flags()
FLAGS = ("overdue", "unannounced", "lagging", "silent")
"""The flags, worst first."""


def flags(
    card: Card,
    subtask: Subtask,
    progress: Clock | None,
    working: WorkingTime,
    points: int,
    *,
    delay: Clock | None = None,
) -> Flags:
    """Return the flags of a subtask.

    `progress` is its open progress clock, `delay` its open delay_notice clock, `points` the board's `lag_points`.
    Only work of a card that is active (or was) and that is not handed over, done or cancelled has any.
    """
    if subtask.status not in OWES or card.stage not in RAN:
        return NO_FLAGS
    finish = subtask.planned_finish
    lagging = None if finish is None else lagging_from(subtask, finish, working, points)
    return Flags(
        lagging_from=lagging,
        overdue_from=None if finish is None else finish + 1,
        silent_from=None if progress is None else progress.due + 1,
        unannounced_from=None if delay is None else max(delay.due + 1, lagging or 0),
    )


def lagging_from(subtask: Subtask, finish: int, working: WorkingTime, points: int) -> int:
    """Return the first instant at which percent + points lies under the share of working time used up."""
    if subtask.planned_start is None:
        return finish + 1
    planned = working.working_seconds_between(subtask.planned_start, finish)
    allowed = (subtask.percent + points) * planned // 100
    if planned <= 0 or allowed >= planned:
        return finish + 1
    return min(working.worked_on(subtask.planned_start, allowed + 1), finish + 1)


def group(status: Status, derived: Flags, now: int) -> Group | None:
    """Return the one group a subtask counts in; None for a cancelled one."""
    if status == "cancelled":
        return None
    if derived.overdue(now):
        return "overdue"
    if status == "blocked":
        return "blocked"
    if derived.lagging(now):
        return "lagging"
    return "done" if status == "done" else "in_progress"


def card_percent(subtasks: Iterable[Subtask], working: WorkingTime, stage: Stage = "active") -> int:
    """Return a card's percent: the mean weighted by planned working days, rounded down; 100 only if all are done.

    Cancelled subtasks are left out; one without dates weighs one working day. No subtasks: 0, or 100 once the
    card itself is completed.
    """
    total = weights = 0
    all_done = True
    for each in subtasks:
        status = each.status
        if status == "cancelled":
            continue
        start, finish = each.planned_start, each.planned_finish
        weight = 1 if start is None or finish is None else max(working.planned_working_days(start, finish), 1)
        weights += weight
        if status == "done":
            total += weight * 100
        else:
            all_done = False
            total += weight * each.percent
    if not weights:
        return 100 if stage in {"completed", "archived"} else 0
    return 100 if all_done else min(total // weights, 99)
