"""`list`: cards, subtasks, issues, meetings, clocks."""

from __future__ import annotations

from store.errors import UsageError
from store.rules.clocks import Clock, by_due
from tui.cli.commands import LISTS
from tui.cli.context import Run
from tui.cli.shapes import Shapes
from tui.i18n import _

LATEST = 1 << 62


def list_records(run: Run) -> int:
    """Print one kind of record: what runs out first on top."""
    what = run.words.text("what")
    if what not in LISTS:
        raise UsageError('"{what}" cannot be listed. Write one of: {lists}.', what=what, lists=", ".join(LISTS))
    shapes = shapes_of(run)
    if what == "clocks":
        clocks = clocks_of(shapes, everything=run.words.has("all"))
        if run.json:
            run.out.json([shapes.clock(clock) for clock in clocks])
            return 0
        return _print(run, shapes, what, clocks)
    keys = ordered(shapes, what)
    if run.json:
        item = {"cards": shapes.card, "subtasks": shapes.subtask, "issues": shapes.issue, "meetings": shapes.meeting}
        run.out.json([item[what](key) for key in keys])
        return 0
    return _print(run, shapes, what, keys)


def shapes_of(run: Run) -> Shapes:
    """The records of the run's board as they stand at its now."""
    return Shapes(run.seen, run.book, run.book.working, run.now)


def clocks_of(shapes: Shapes, *, everything: bool) -> list[Clock]:
    """Clocks by due: those that run or are over; with `everything` the met and void ones too."""
    return sorted(shapes.book.everything(), key=by_due) if everything else shapes.book.running


def ordered(shapes: Shapes, what: str) -> list[int]:
    """Doc ids of a table: what runs out first on top, what has no open clock last; ties by number."""
    due: dict[int, int] = {}
    for clock in reversed(shapes.book.running):
        if what == "cards" and clock.card is not None:
            due[clock.card] = clock.due
        elif clock.table == what:
            due[clock.subject] = clock.due
    rows = shapes.board.table(what)
    return sorted(rows, key=lambda key: (due.get(key, LATEST), getattr(rows[key], "number", ""), key))


def _print(run: Run, shapes: Shapes, what: str, rows: list[int] | list[Clock]) -> int:
    from tui.cli.tables import Tables

    if not rows:
        run.out.line(_("Nothing to list."))
    else:
        getattr(Tables(shapes, run.out), what)(rows)
    return 0
