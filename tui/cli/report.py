"""The board as plain text, for where no dashboard can open: the day, the nearest clocks, the cards, the queue."""

from __future__ import annotations

from datetime import date

from tui import words
from tui.cli.context import Run
from tui.cli.lists import ordered, shapes_of
from tui.cli.tables import Tables
from tui.i18n import _

NEAREST = 10
OVER = frozenset({"completed", "archived", "cancelled"})


def report(run: Run) -> None:
    """Print what the first look at the dashboard would tell."""
    shapes, out = shapes_of(run), run.out
    tables = Tables(shapes, out)
    board = shapes.board
    day, seconds = run.working.split(run.now)
    today = date.fromordinal(day)
    kind = _("working day") if run.working.is_working_day(day) else run.working.holiday_name(day) or _("day off")
    at = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    out.line(f"{board.meta.name}   {words.long_date(today)} {at} {kind}")
    cards = [key for key in ordered(shapes, "cards") if board.cards[key].stage not in OVER]
    issues = [key for key in ordered(shapes, "issues") if board.issues[key].state != "resolved"]
    breached = len(shapes.book.breached(run.now))
    out.line(
        _("open: cards {cards}, issues {issues}; clocks over: {breached}").format(
            cards=len(cards), breached=breached, issues=len(issues)
        )
    )
    if clocks := shapes.book.running[:NEAREST]:
        out.lines(["", f"-- {_('nearest clocks')}"])
        tables.clocks(clocks)
    if cards:
        out.lines(["", f"-- {_('cards')}"])
        tables.cards(cards)
    if issues:
        out.lines(["", f"-- {_('escalation queue')}"])
        tables.issues(issues)
