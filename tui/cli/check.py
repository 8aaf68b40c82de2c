"""`check`: is the file whole, and does everything in it fit together?"""

from __future__ import annotations

from store.errors import CrossdeckError, UsageError
from tui.cli.context import Run
from tui.cli.shapes import Item
from tui.i18n import _, ngettext
from tui.sentences import sentence


def check(run: Run) -> int:
    """Print `ok` and the problems; exit code 1 if there are any."""
    found = _found(run)
    if run.json:
        run.out.json({"ok": not found, "problems": found})
        return int(bool(found))
    for item in found:
        run.out.line(f"{item['where']}: {item['why']}")
    if found:
        n = len(found)
        run.out.error(ngettext("{n} problem in {path}.", "{n} problems in {path}.", n).format(n=n, path=run.path))
        return 1
    board = run.board
    run.out.line(
        _("{path} is whole: revision {rev}, {cards} cards, {subtasks} subtasks, {history} history entries.").format(
            path=run.path,
            rev=board.meta.rev,
            cards=len(board.cards),
            subtasks=len(board.subtasks),
            history=max(board.history, default=0),
        )
    )
    return 0


def _found(run: Run) -> list[Item]:
    try:
        run.session.store.read()
    except UsageError:
        raise
    except CrossdeckError as error:
        # A file that cannot be read is the answer to the question, not a failure to answer it.
        return [{"where": str(run.path), "why": _why(run, error), "code": error.code}]
    from store.checking import problems

    # The file itself, without what waits on this machine.
    board = run.session.store.board
    if board is None:
        return []
    found: list[Item] = [
        {"where": each.where, "why": _why(run, each.why), "code": each.why.code} for each in problems(board)
    ]
    found += [
        {"where": where, "why": _why(run, why), "code": why.code}
        for where, why in run.session.store.past.problems(board)
    ]
    if board.archived:
        from store.file import archive
        from store.file.disk import Disk

        found += [
            {"where": file, "why": _why(run, why), "code": why.code}
            for file, why in archive.problems(Disk(), str(run.session.store.path), board)
        ]
    return found


def _why(run: Run, error: CrossdeckError) -> str:
    """JSON is never translated."""
    return str(error) if run.json else sentence(error)
