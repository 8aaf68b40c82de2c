"""`restore`: the backups of a board, and the board as one of them has it, looked at first."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from store.board import Board
from store.errors import BoardReadOnly, BoardUnavailable, CrossdeckError, Refused
from store.file import backups
from store.file.backups import LOST, Backup
from store.file.disk import Disk
from store.file.restoring import rebuild
from store.operations.prepared import RestoreBoard
from store.restoring import Plan, plan_restore
from tui.cli.asking import confirmed
from tui.cli.context import Run
from tui.cli.exact import made, preview, when
from tui.cli.output import Column
from tui.cli.waiting import Waits
from tui.i18n import _, ngettext
from tui.sentences import sentence

WORD = "restore"
"""What is typed to go on; the same in every language."""
TOLD = ("departments", "people", "cards", "subtasks", "progress", "issues", "meetings", "sync")
"""Tables a backup is described by."""


def restore(run: Run) -> int:
    """`restore [BACKUP] [--list] [--yes]`."""
    disk, path = Disk(), str(run.session.file.path)
    if run.words.has("list") or not run.words.has("backup"):
        return _list(run, backups.listed(disk, path))
    backup = backups.find(disk, path, run.words.text("backup"))
    source = backups.opened(disk, backup)
    try:
        board = run.session.file.read()
    except BoardReadOnly as error:
        if error.code not in LOST:
            raise
        return _rebuild(run, backup, source, error)
    except BoardUnavailable as error:
        if error.code != "missing" or not Path(backups.folder_of(path)).is_dir():
            raise
        return _rebuild(run, backup, source, error)
    if source.meta.board != board.meta.board:
        raise Refused("{path} is of another board; nothing was restored.", code="other_board", path=backup)
    run.session.file.commit(on_wait=Waits(run))  # what waits on this machine belongs to what is looked at
    return _restore(run, backup, source, run.session.file.board or board)


def _list(run: Run, found: Sequence[Backup]) -> int:
    if run.json:
        run.out.json([_item(each) for each in found])
        return 0
    if not found:
        run.session.file.read()  # a share that is away has none to show
        run.out.line(_("There are no backups beside {path} yet.").format(path=run.path))
        return 0
    rows = [
        (
            each.name,
            when(each.at),
            str(each.meta.rev) if each.meta else "",
            f"{max(1, each.size // 1024)} kB",
            sentence(each.why) if each.why else "",
        )
        for each in found
    ]
    heads = [Column(_("backup")), Column(_("as of")), Column(_("revision"), "right"), Column(_("size"), "right")]
    run.out.table([*heads, Column("", cut=True)], rows)
    run.out.line(_("`crossdeck restore NAME` shows what would come, go and change, and asks."))
    return 0


def _item(each: Backup) -> dict[str, object]:
    meta = each.meta
    return {
        "backup": each.name,
        "path": each.path,
        "as_of": each.at,
        "bytes": each.size,
        "revision": meta.rev if meta else None,
        "format": meta.format if meta else None,
        "problem": str(each.why) if each.why else None,
    }


def _restore(run: Run, backup: str, source: Board, board: Board) -> int:
    plan, name = plan_restore(board, source), Path(backup).name
    _show(run, name, source, board, plan)
    if not (plan.come or plan.go or plan.change):
        run.out.line(_("The board is as this backup has it. Nothing to restore."))
        return 0
    operation, stamp = RestoreBoard(backup=name, changes=plan.changes), run.stamp()
    for reason in operation.check(board, stamp):  # who may is said before anything is asked
        raise reason
    confirmed(run, WORD)
    kept = backups.keep(Disk(), str(run.session.file.path), "restore", run.clock.now())
    made(run, operation)
    with suppress(CrossdeckError):
        backups.keep(Disk(), str(run.session.file.path), "restore", run.clock.now(), side="after")
    _say_done(run, name, kept)
    return 0


def _show(run: Run, name: str, source: Board, board: Board, plan: Plan) -> None:
    if run.json:
        return
    run.out.line(_described(name, source))
    parts = ((_("comes"), source, plan.come), (_("goes"), board, plan.go), (_("changes"), board, plan.change))
    preview(run, parts)
    for table, key in plan.damaged:
        run.out.error(_("{where} is damaged in the backup too and stays as it is.").format(where=f"{table}/{key}"))


def _described(name: str, source: Board) -> str:
    last = source.history[max(source.history)] if source.history else None
    if last is None:
        return _("{backup}: revision {rev}.").format(backup=name, rev=source.meta.rev)
    return _("{backup}: revision {rev}, last change {t} by {who}.").format(
        backup=name, rev=source.meta.rev, t=when(last.recorded_at), who=source.person_name(last.by) or "?"
    )


def _rebuild(run: Run, backup: str, source: Board, problem: CrossdeckError) -> int:
    """The board file is lost: the backup takes its place, journals bring back what came after."""
    name, me = Path(backup).name, run.session.me(source)
    if me is None:
        raise Refused("This needs a name on this board to sign it. Say who you are: --as NAME.", code="who")
    if not run.json:
        run.out.error(sentence(problem))
        run.out.line(_described(name, source))
        held = ((table, key) for table in TOLD for key in source.table(table))
        preview(run, [(_("comes"), source, held)])
        run.out.line(
            _("What was recorded later comes back from the machines it was recorded on, once crossdeck runs there.")
        )
    confirmed(run, WORD)
    path, stamp = str(run.session.file.path), run.session.stamp(me.id)
    _board, damaged = rebuild(path, backup, stamp, disk=Disk(), terminal=run.terminal, on_wait=Waits(run))
    run.session.file.read()
    run.session.file.commit(on_wait=Waits(run))
    waits = len(run.session.file.pending)
    _say_done(run, name, damaged)
    if waits and not run.json:
        run.out.line(ngettext("{n} change waits.", "{n} changes wait.", waits).format(n=waits))
    return 0


def _say_done(run: Run, name: str, kept: str) -> None:
    rev = run.session.file.board.meta.rev if run.session.file.board else None
    if run.json:
        run.out.json({"operation": "RestoreBoard", "backup": name, "kept": kept or None, "revision": rev})
    elif kept:
        run.out.line(
            _("Restored from {backup}. What stood there before is kept as {kept}.").format(backup=name, kept=kept)
        )
    else:
        run.out.line(_("Restored from {backup}.").format(backup=name))
