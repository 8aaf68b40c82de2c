"""`import FILE… [--card ID] [--dry-run]`: the preview of what an import does, then the import as one operation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.exchange.preview import read_import
from store.operations.references import find
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
    plan = read_import(files, run.whole, run.working, run.now, person=person, card=card)
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
        run.out.line(_("Nothing new: the board has all of it."))
    return 0


def _preview(run: Run, plan: ImportPlan) -> None:
    if run.json:
        run.out.json(plan.to_builtins())
        return
    out = run.out
    for head, items in (
        (_("to create"), plan.create),
        (_("to update"), plan.update),
        (_("already there"), plan.same),
    ):
        out.line(f"{head}: {len(items)}{_tables(items)}")
        for item in items if head != _("already there") else ():
            out.line(f"  {' '.join(part for part in (item.number, item.title) if part)}  [{item.where}]{_diff(item)}")
    out.line(_("unclear: {n}").format(n=len(plan.unclear)))
    for unclear in plan.unclear:
        title = f"{unclear.title}: " if unclear.title else ""
        out.line(f"  {title}{sentence(unclear.why)}  [{unclear.where}]")
    if plan.vague:
        out.line(_("vague, imported all the same: {n}").format(n=len(plan.vague)))
    for vague in plan.vague:
        out.line(f"  {vague.title}: {sentence(vague.why)}  [{vague.where}]")
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
