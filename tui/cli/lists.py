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
    if run.words.has("archived"):
        return _archived(run, shapes, what)
    if what == "clocks":
        clocks = clocks_of(shapes, everything=run.words.has("all"))
        if run.json:
            run.out.json([shapes.clock(clock) for clock in clocks])
            return 0
        return _print(run, shapes, what, clocks)
    keys = ordered(shapes, what)
    if run.json:
        run.out.json([getattr(shapes, what.removesuffix("s"))(key) for key in keys])
        return 0
    return _print(run, shapes, what, keys)


def _archived(run: Run, shapes: Shapes, what: str) -> int:
    """`list cards --archived`: what lies in the archive, last in on top."""
    if what != "cards":
        raise UsageError("Only cards are archived: list cards --archived.")
    rows = sorted(shapes.board.archived.values(), key=lambda row: (-row.archived_at, row.number))
    if run.json:
        run.out.json([shapes.archived(row.id) for row in rows])
        return 0
    if not rows:
        run.out.line(_("Nothing to list."))
        return 0
    from tui.cli.tables import Tables

    Tables(shapes, run.out).archived(rows)
    return 0


def shapes_of(run: Run) -> Shapes:
    """The records of the run's board as they stand at its now."""
    me = run.session.me(run.board)
    return Shapes(run.seen, run.book, run.book.working, run.now, me.id if me else None)


def clocks_of(shapes: Shapes, *, everything: bool) -> list[Clock]:
    """Clocks by due: those that run or are over; with `everything` the met and void ones too."""
    return sorted(shapes.book.everything(), key=by_due) if everything else shapes.book.running


def ordered(shapes: Shapes, what: str) -> list[int]:
    """Doc ids of a table: what runs out first on top, what has no open clock last; ties by number, then by time."""
    due: dict[int, int] = {}
    for clock in reversed(shapes.book.running):
        if what == "cards" and clock.card is not None:
            due[clock.card] = clock.due
        elif clock.table == what:
            due[clock.subject] = clock.due
    rows = shapes.board.table(what)

    def place(key: int) -> tuple[int, str, int, int]:
        return due.get(key, LATEST), getattr(rows[key], "number", ""), getattr(rows[key], "at", 0), key

    return sorted(rows, key=place)


def _print(run: Run, shapes: Shapes, what: str, rows: list[int] | list[Clock]) -> int:
    from tui.cli.tables import Tables

    if not rows:
        run.out.line(_("Nothing to list."))
    else:
        getattr(Tables(shapes, run.out), what)(rows)
    return 0
