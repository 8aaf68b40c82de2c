"""The demo board: made through operations only, with dates around the moment it is made."""

from __future__ import annotations

import shutil
from pathlib import Path

from store.board import Board
from store.clock import Clock
from store.errors import CrossdeckError
from store.file.calendar_cache import load_working_time
from store.file.create import create_board
from store.operations.base import Operation, Stamp
from store.rules.calendar_data import CalendarSettings
from store.rules.working_time import WorkingTime
from store.sample.cards import BROUGHT, MADE_HERE, accepted, deal
from store.sample.cast import LEAD, assemble
from store.sample.issues import noticed, open_issues, past_issues, sync_log
from store.sample.minutes import meetings
from store.sample.raci import letter
from store.sample.script import TERMINAL, Script
from store.sample.work import divide, report_on_minutes

NAME = "Q4营销看板"
FIRST_REVISION = 1
KEPT = 8 * 3_600
"""Seconds for which an untouched demo still shows what it is to show."""


def demo_operations(now: int, working: WorkingTime) -> list[tuple[Operation, Stamp]]:
    """Everything that happened on the demo board up to `now` (epoch seconds), in order, signed."""
    script = Script(now, working)
    plans = {plan.key: plan for plan in (*MADE_HERE, *(brought[2] for brought in BROUGHT))}
    leads = {key: plan.lead for key, plan in plans.items()}
    assemble(script)
    deal(script)
    divide(script, leads, frozenset(key for key, plan in plans.items() if plan.cadence == "daily"))
    accepted(script)
    past_issues(script, leads, {key: plan.departments[-1] for key, plan in plans.items()})
    meetings(script, open_issues(script))
    report_on_minutes(script, LEAD)
    letter(script)
    sync_log(script)
    noticed(script)
    return script.signed()


def make_demo(path: Path, clock: Clock, state_dir: Path) -> None:
    """Make the demo board at `path`, in a folder of its own that is emptied first. Raises OSError, CrossdeckError."""
    now = clock.now()
    working = load_working_time(CalendarSettings(zone="Asia/Shanghai"), now, state_dir)
    shutil.rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir(parents=True)
    signed = demo_operations(now, working)
    create_board(
        path, name=NAME, clock=clock, stamp=signed[0][1], operations=signed, terminal=TERMINAL, working=working
    )


def worn_out(path: Path, now: int) -> bool:
    """Whether the demo at `path` is from another day and nobody has changed it: then it is better made anew."""
    from store.file.storage import meta_of, parse

    try:
        data = path.read_bytes()
        raws = parse(data, str(path))
    except (OSError, CrossdeckError):
        return False  # whoever opens it is told what is wrong
    board = Board(meta_of(raws), raws)
    last = max((entry.recorded_at for entry in board.history.values()), default=now)
    return board.meta.rev == FIRST_REVISION and now - last > KEPT


__all__ = ["LEAD", "demo_operations", "make_demo", "worn_out"]
