"""`merge`: what a copy of the board has that the board lacks, looked at first; then the copy is moved aside."""

from __future__ import annotations

from pathlib import Path

from store.board import Board
from store.changes import Add, Drop, Put
from store.errors import CrossdeckError, NotFound, Refused
from store.file import backups
from store.file.disk import Disk
from store.file.history_files import lowest
from store.file.place import conflicted_copies
from store.merging import Plan, plan_merge
from store.operations.prepared import KEPT
from tui.cli.asking import confirmed
from tui.cli.context import Run
from tui.cli.exact import label, made, preview, table_word, when
from tui.cli.output import Column
from tui.cli.waiting import Waits
from tui.deeds import deed
from tui.field_words import field_word
from tui.i18n import _, ngettext
from tui.sentences import sentence

WORD = "merge"
"""What is typed to go on; the same in every language."""


def merge(run: Run) -> int:
    """`merge [COPY] [--yes]`: without COPY the copies beside the board are listed."""
    disk, path = Disk(), str(run.session.file.path)
    if not run.words.has("copy"):
        return _list(run, disk, path)
    copy = _find(path, run.words.text("copy"))
    run.session.file.read()
    source = backups.opened(disk, copy)
    run.session.file.commit(on_wait=Waits(run))  # what waits on this machine is part of the board by then
    board = run.session.file.board
    if board is None or source.meta.board != board.meta.board:
        raise Refused("{path} is of another board; nothing was merged.", code="other_board", path=copy)
    return _merge(run, copy, board, source)


def _list(run: Run, disk: Disk, path: str) -> int:
    found = [Path(each).name for each in conflicted_copies(path, disk)]
    if run.json:
        run.out.json(found)
    elif not found:
        run.session.file.read()  # a share that is away has none to show
        run.out.line(_("No copies of a sync program lie beside {path}.").format(path=run.path))
    else:
        run.out.lines(found)
        run.out.line(_("`crossdeck merge NAME` shows what only that copy has, and asks."))
    return 0


def _find(path: str, typed: str) -> str:
    """A copy by its name beside the board, its name among the backups, or its path. Raises NotFound, Refused."""
    board, name = Path(path), Path(typed).expanduser()
    for each in (board.parent / name, Path(backups.folder_of(path)) / name, name.absolute()):
        if each.exists():
            if each.resolve() == board:
                raise Refused("{path} is the board itself; nothing was merged.", code="other_board", path=typed)
            return str(each)
    raise NotFound("There is no file {path}. `crossdeck merge` lists the copies beside the board.", path=typed)


def _merge(run: Run, copy: str, board: Board, source: Board) -> int:
    older = run.session.file.past.older(board).values() if lowest(board.raws) > 1 else ()
    plan, name = plan_merge(board, source, [(e.client, e.n) for e in older]), Path(copy).name
    beside = Path(copy).parent == run.session.file.path.parent
    if plan.entries:
        _show(run, board, source, plan)
        run.stamp()  # who signs is said before anything is asked
    elif not run.json:
        run.out.line(_("{copy} has nothing that the board lacks.").format(copy=name))
    if not (plan.entries or beside):
        return 0
    if beside and not run.json:
        run.out.line(_("The copy is then moved into {folder}; nothing of it is deleted.").format(folder=_folder(run)))
    confirmed(run, WORD)
    if plan.entries:
        backups.keep(Disk(), str(run.session.file.path), "merge", run.clock.now())
        made(run, plan.operation(name))
    moved = _move(run, copy) if beside else ""
    _say_done(run, name, plan, moved)
    return 0


def _show(run: Run, board: Board, source: Board, plan: Plan) -> None:
    if run.json:
        return
    rows = [(when(e.at), _who(board, source, e.by), deed(e), _about(board, source, e.subject)) for e in plan.entries]
    n = len(rows)
    run.out.line(ngettext("{n} change is only in the copy:", "{n} changes are only in the copy:", n).format(n=n))
    run.out.table([Column(_("when")), Column(_("who")), Column(_("what was done")), Column("", cut=True)], rows)
    after = board.with_changes(plan.changes)
    shown = [each for each in plan.changes if each.table not in KEPT]
    kinds = ((_("comes"), after, Add), (_("goes"), board, Drop), (_("changes"), board, Put))
    preview(run, [(w, where, [(c.table, c.id) for c in shown if isinstance(c, kind)]) for w, where, kind in kinds])
    for table, key, field, theirs, ours in plan.left:
        what = f"{table_word(table)} {label(board if key in board.table(table) else source, table, key)}"
        if field:
            said = _("stays: {what}, {field} {value} (in the copy {other})")
            run.out.line(said.format(what=what, field=field_word(field), value=ours, other=theirs))
        else:
            run.out.line(_("cannot come: {what} (what it hangs on is gone, or changed since)").format(what=what))


def _who(board: Board, source: Board, person: int) -> str:
    return board.person_name(person) or source.person_name(person) or "?"


def _about(board: Board, source: Board, subject: int) -> str:
    for each in (board, source):
        for table in ("cards", "subtasks", "issues", "meetings", "milestones", "duties", "sync", "progress"):
            if subject in each.table(table):
                return label(each, table, subject)
    return ""


def _folder(run: Run) -> str:
    return Path(backups.folder_of(str(run.session.file.path))).name


def _move(run: Run, copy: str) -> str:
    """Move the copy among the backups; its name there. A folder that refuses is said and changes nothing."""
    try:
        return backups.move_aside(Disk(), str(run.session.file.path), copy, run.clock.now())
    except OSError as error:
        why = CrossdeckError("{path} cannot be moved: {why}.", path=copy, why=error.strerror)
        run.out.error(sentence(why))
        return ""


def _say_done(run: Run, name: str, plan: Plan, moved: str) -> None:
    n = len(plan.entries)
    if run.json:
        done = {"operation": "MergeCopy" if n else None, "copy": name, "entries": n, "left": len(plan.left)}
        run.out.json(done | {"moved": moved or None})
        return
    if n:
        run.out.line(
            ngettext("{n} change of {copy} merged.", "{n} changes of {copy} merged.", n).format(n=n, copy=name)
        )
    if moved:
        run.out.line(_("The copy is now {name}.").format(name=f"{_folder(run)}/{moved}"))
