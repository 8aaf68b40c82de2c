"""`check --repair`: mends what can be mended, as one operation, after a backup; each change is printed."""

from __future__ import annotations

from collections.abc import Sequence

from store.file import backups
from store.file.disk import Disk
from store.file.leftovers import leftovers, remove
from store.operations.prepared import RepairBoard
from store.repairing import Repair, repairs
from tui.cli.asking import confirmed
from tui.cli.check import problems_of
from tui.cli.context import Run
from tui.cli.exact import made
from tui.cli.waiting import Waits
from tui.i18n import _, ngettext
from tui.sentences import sentence

WORD = "repair"
"""What is typed to go on; the same in every language."""


def repair(run: Run) -> int:
    """Exit code 1 if something is still wrong after it. Raises BoardReadOnly for a file that cannot be read."""
    store = run.session.file
    store.read()
    store.commit(on_wait=Waits(run))  # what waits on this machine is part of the board that is looked at
    board, path = store.board or store.read(), str(store.path)
    found, left = repairs(board), [each.name for each in leftovers(Disk(), path)]
    if not (found or left):
        return _still(run, [], "", 0)
    if not run.json:
        _show(run, found, left)
    run.stamp()  # who signs is said before anything is asked
    confirmed(run, WORD)
    kept = backups.keep(Disk(), path, "repair", run.clock.now())
    changes = tuple(change for each in found for change in each.changes)
    made(run, RepairBoard(changes=changes, removed=tuple(left)))
    _clear(run, path)
    return _still(run, found, kept, len(left))


def _show(run: Run, found: Sequence[Repair], left: Sequence[str]) -> None:
    for each in found:
        run.out.line(f"{each.where}: {sentence(each.what)}")
    for name in left:
        run.out.line(_("{name}: is taken away; nobody needs it any more.").format(name=name))


def _clear(run: Run, path: str) -> None:
    """Take away what was left, under the lock: whoever writes just now keeps what is theirs."""
    lock = run.session.file.lock
    lock.acquire(Waits(run))
    try:
        remove(Disk(), path)
    finally:
        lock.release()


def _still(run: Run, found: Sequence[Repair], kept: str, removed: int) -> int:
    """What was done, and what is wrong still."""
    rest = problems_of(run)
    if run.json:
        done = [{"where": each.where, "what": str(each.what)} for each in found]
        run.out.json({"ok": not rest, "repaired": done, "removed": removed, "kept": kept or None, "problems": rest})
        return int(bool(rest))
    if kept:
        n = len(found) + removed
        run.out.line(ngettext("{n} thing mended.", "{n} things mended.", n).format(n=n))
        run.out.line(_("The board as it was is kept as {kept}.").format(kept=kept))
    elif not rest:
        run.out.line(_("Nothing to mend."))
    for item in rest:
        run.out.line(f"{item['where']}: {item['why']}")
    if rest:
        n = len(rest)
        said = ngettext("{n} problem is left.", "{n} problems are left.", n).format(n=n)
        run.out.error(said + " " + _("A backup may help: crossdeck restore."))
    return int(bool(rest))
