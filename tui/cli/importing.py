"""`import FILE…`: the preview of what an import does, then the import, or the rows chosen, as one operation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import UsageError
from store.exchange.preview import read_import
from store.operations.references import find
from tui import words
from tui.cli.context import Run
from tui.cli.performing import commit
from tui.cli.waiting import Waits
from tui.field_words import LISTS, field_word
from tui.i18n import _
from tui.sentences import sentence

if TYPE_CHECKING:
    from store.exchange.plan import ImportPlan, Planned


def import_files(run: Run) -> int:
    """Show what would be created, changed, left, what is unclear and what is skipped; without --dry-run do it."""
    dry = run.words.has("dry-run")
    files = [Path(name).expanduser() for name in run.words.many("file")]
    person = 0 if dry else run.stamp().person
    card = find(run.board, "cards", run.words.text("card")) if run.words.has("card") else None
    plan = _part(run, read_import(files, run.whole, run.working, run.now, person=person, card=card))
    if dry or not run.json:
        _preview(run, plan)
    operation = plan.operation()
    if dry:
        return 0
    if operation is not None:
        return commit(run, [(operation, run.stamp())], one=True)
    run.session.store.commit(on_wait=Waits(run))  # what an earlier command could not write
    if run.json:
        item = {"operation": "ImportRecords", "subject": None, "doc_id": None, "revision": run.board.meta.rev}
        run.out.json(item | {"pending": False, "outcome": "already"})
    else:
        chose = run.words.has("only") or run.words.has("except")
        run.out.line(_("Nothing is chosen.") if chose else _("Nothing new: the board has all of it."))
    return 0


def _part(run: Run, plan: ImportPlan) -> ImportPlan:
    """The rows `--only` names, with all that hangs on them, or all but those of `--except`.

    Rows are counted as the preview does, what is new first. Raises UsageError for rows there are not.
    """
    if not run.words.has("only") and not run.words.has("except"):
        return plan
    from store.exchange.choosing import Ties, chosen

    keys = [(item.table, item.id) for item in (*plan.create, *plan.update)]
    ties = Ties(plan)
    out = {keys[row - 1] for row in _rows(run.words.text("except"), len(keys))}
    if run.words.has("only"):
        rows = _rows(run.words.text("only"), len(keys))
        kept = {key for row in rows for key in (keys[row - 1], *ties.out({keys[row - 1]}))}
        # People and departments come with whoever names them, and go with the last of these.
        out |= {key for key in keys if key not in kept and key[0] not in {"people", "departments"}}
        gone = ties.out(out)
        if lost := [row for row in rows if keys[row - 1] in gone]:
            raise UsageError("Row {n} hangs on a row that is left out; name that one too.", n=lost[0])
    return chosen(plan, out, ties)


def _rows(text: str, most: int) -> list[int]:
    """`1-3,7` as row numbers."""
    rows: list[int] = []
    for part in filter(None, text.replace(",", " ").split()):
        found = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= most:
            raise UsageError('"{value}" is no row of the preview; it has 1 to {n}.', value=part[:20], n=most)
        rows += range(first, last + 1)
    return rows


def _preview(run: Run, plan: ImportPlan) -> None:
    if run.json:
        run.out.json(plan.to_builtins())
        return
    out = run.out
    rows = count(1)
    for head, items in ((_("to create"), plan.create), (_("to update"), plan.update)):
        out.line(words.labelled(head, f"{len(items)}{_tables(items)}"))
        for item in items:
            named = " ".join(part for part in (item.number, item.title) if part)
            out.line(f"{next(rows):>5}  {named}  [{item.where}]{_diff(item)}")
    out.line(words.labelled(_("already there"), f"{len(plan.same)}{_tables(plan.same)}"))
    out.line(_("unclear: {n}").format(n=len(plan.unclear)))
    for unclear in plan.unclear:
        title = f"{unclear.title}: " if unclear.title else ""
        out.line(f"  {title}{sentence(unclear.why)}  [{unclear.where}]")
    if plan.vague:
        out.line(_("vague, imported all the same: {n}").format(n=len(plan.vague)))
    for vague in plan.vague:
        out.line(f"  {words.labelled(vague.title, sentence(vague.why))}  [{vague.where}]")
    out.line(_("skipped: {n}").format(n=len(plan.skipped)))
    for skipped in plan.skipped:
        out.line(f"  {sentence(skipped.why)}  [{skipped.where}]")


def _tables(items: Sequence[Planned]) -> str:
    """` (cards 4, people 7)`."""
    counts: dict[str, int] = {}
    for item in items:
        counts[item.table] = counts.get(item.table, 0) + 1
    return f" ({', '.join(f'{_(LISTS[name])} {n}' for name, n in counts.items())})" if counts else ""


def _diff(item: Planned) -> str:
    """What an update changes: `  percent 60 > 65`."""
    shown = [f"{field_word(name)} {_short(old)} > {_short(new)}" for name, (old, new) in item.changes.items()]
    return f"  {', '.join(shown)}" if shown else ""


def _short(value: Any) -> str:
    text = "-" if value is None or value == "" else str(value)
    return text if len(text) <= 40 else text[:39] + "~"
