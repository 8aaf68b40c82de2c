"""`why SUBJECT KIND`: the sum that gives a clock its due (rulebook §8), for any of the 28 kinds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, get_args

from store.errors import NotFound, UsageError
from store.rules.clocks import Clock, Kind, by_due
from store.rules.why import why
from tui.cli.lists import shapes_of
from tui.cli.log import find_any
from tui.cli.shapes import Item, Shapes

if TYPE_CHECKING:
    from store.views.state import BoardState
    from tui.cli.context import Run

WIDE = 1_000
"""Cells of a line: it is the terminal's to break."""


def explain(run: Run) -> int:
    """Print the sum behind the clocks of a kind of one card, subtask, issue or meeting: those that run, else the last.

    With --department only those of that department.
    """
    # The views hold what the dashboard's `=` shows too; only this command needs them here.
    from store.views.state import BoardState

    kind = run.words.text("kind").replace("-", "_")
    if kind not in get_args(Kind):
        raise UsageError(
            '"{kind}" is no kind of clock. Write one of: {kinds}.', kind=kind, kinds=", ".join(get_args(Kind))
        )
    shapes = shapes_of(run)
    found = _asked(run, shapes, kind)
    state = BoardState(run.seen, run.book.working, me=shapes.me, now=run.now)
    if run.json:
        run.out.json([_item(state, shapes, clock) for clock in found])
        return 0
    from tui.present.why import why_lines

    for clock in found:
        for line in why_lines(state, clock, run.now, WIDE):
            run.out.line(line.plain.rstrip(" -"))
    return 0


def _asked(run: Run, shapes: Shapes, kind: str) -> Sequence[Clock]:
    """Return the clocks that are asked about. Raises NotFound where the subject has none of them."""
    table, key = find_any(run.seen, run.words.text("subject"))
    department = run.words.text("department")
    wanted = None
    if department:
        from store.operations.references import find

        wanted = find(run.seen, "departments", department)
    found = [
        clock
        for clock in _of_subject(shapes, table, key)
        if clock.kind == kind and (wanted is None or clock.department == wanted)
    ]
    open_ = [clock for clock in found if clock.is_open]
    if not found:
        raise NotFound("{id} has no {kind} clock.", id=run.words.text("subject"), kind=kind)
    return sorted(open_, key=by_due) if open_ else sorted(found, key=by_due)[-1:]


def _of_subject(shapes: Shapes, table: str, key: int) -> list[Clock]:
    """Return the clocks of a record and of what hangs on it; of a card all of them."""
    board, book = shapes.board, shapes.book
    if table == "cards":
        return [*book.of_card(key), *book.closed_progress(board.cards[key])]
    record = board.table(table)[key]
    subtask = board.subtasks.get(key if table == "subtasks" else 0)
    card = getattr(record, "card", None)
    clocks = [*book.of_card(card), *(book.closed_progress(board.cards[card]) if subtask and card else ())]
    if card is None and table == "meetings":
        clocks = [*book.of_card(board.card_of_meeting(board.meetings[key]))]
    return [clock for clock in clocks if (clock.table, clock.subject) == (table, key) or _hangs(shapes, clock, key)]


def _hangs(shapes: Shapes, clock: Clock, key: int) -> bool:
    """Say whether the subject of a clock names the record `key` (a subtask, an issue) as what it belongs to."""
    record = shapes.board.table(clock.table).get(clock.subject)
    return key in {getattr(record, "subtask", None), getattr(record, "issue", None)}


def _item(state: BoardState, shapes: Shapes, clock: Clock) -> Item:
    from tui.present.why import is_estimated, sum_text

    found = why(state.board, clock, state.working, shapes.now)
    days = [
        {
            "date": date.fromordinal(day.ordinal).isoformat(),
            "kind": day.kind,
            "name": day.name,
            "number": day.number or None,
        }
        for day in found.days
    ]
    return shapes.clock(clock) | {
        "started": shapes.instant(clock.started) if clock.started is not None else None,
        "closed": shapes.instant(clock.closed) if clock.closed is not None else None,
        "rule": str(found.rule) if found.rule else None,
        "origin": found.origin if found.rule else None,
        "days": days,
        "estimated": is_estimated(state, found),
        "frozen": found.frozen,
        "sum": sum_text(state, found, shapes.now),
    }
