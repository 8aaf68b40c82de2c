"""Who leaves and which department closes, from the command line: leave, remove-department."""

from __future__ import annotations

from collections.abc import Iterable

from store.operations.held import Held, held_by, owned_by
from store.operations.leaving import LeaveBoard, RemoveDepartment
from store.operations.references import find
from tui.cli.context import Run
from tui.cli.output import Column
from tui.cli.performing import perform
from tui.i18n import _
from tui.present.held import held_rows


def leave(run: Run) -> int:
    """`leave PERSON [--successor NAME] [--list]`: the successor takes over what they hold; `--list` only shows it."""
    person, successor = find(run.board, "people", run.words.text("person")), run.words.text("successor")
    if run.words.has("list"):
        return _listed(run, held_by(run.board, person, 0))
    taker = find(run.board, "people", successor) if successor else None
    return perform(run, LeaveBoard(person=person, successor=taker))


def remove_department(run: Run) -> int:
    """`remove-department DEPARTMENT [--successor NAME] [--list]`, as `leave`."""
    department, successor = find(run.board, "departments", run.words.text("department")), run.words.text("successor")
    if run.words.has("list"):
        return _listed(run, owned_by(run.board, department, 0))
    taker = find(run.board, "departments", successor) if successor else None
    return perform(run, RemoveDepartment(department=department, successor=taker))


def _listed(run: Run, held: Iterable[Held]) -> int:
    found = [*held]
    rows = held_rows(run.board, found)
    if run.json:
        pairs = zip(found, rows, strict=True)
        run.out.json([{"doc_id": each.record.id, "what": row.what, "as": row.role} for each, row in pairs])
    else:
        run.out.table([Column(_("what"), cut=True), Column(_("as"))], rows)
    return 0
