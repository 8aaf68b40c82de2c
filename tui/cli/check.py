"""`check`: is the file whole, and does everything in it fit together? `--repair` mends what can be mended."""

from __future__ import annotations

from store.errors import BoardReadOnly, BoardUnavailable, CrossdeckError
from store.file.disk import Disk
from tui.cli.context import Run
from tui.cli.shapes import Item
from tui.i18n import _, ngettext
from tui.sentences import sentence


def check(run: Run) -> int:
    """Print `ok` and the problems; exit code 1 if there are any (with `--repair`: if any are left).

    `--accept`: a person has looked at a past that is not the one this machine read; it is not told again here.
    """
    if run.words.has("accept"):
        run.session.file.past.accept(run.session.file.read())
    if run.words.has("repair"):
        from tui.cli.repair import repair

        return repair(run)
    found = problems_of(run)
    if run.json:
        run.out.json({"ok": not found, "problems": found})
        return int(bool(found))
    for item in found:
        run.out.line(f"{item['where']}: {item['why']}" if item["where"] != str(run.path) else item["why"])
    if found:
        n = len(found)
        run.out.error(ngettext("{n} problem in {path}.", "{n} problems in {path}.", n).format(n=n, path=run.path))
        if any(item["mended"] for item in found):
            run.out.error(_("`crossdeck check --repair` mends what can be mended, and asks first."))
        if any(item["code"] == "history.rewritten" for item in found):
            run.out.error(_("If you know why: `crossdeck check --accept` goes on from it as it is, on this machine."))
        return 1
    board = run.board
    run.out.line(
        _("{path} is whole: revision {rev}, {cards} cards, {subtasks} subtasks, {history} history entries.").format(
            path=run.path,
            rev=board.meta.rev,
            cards=len(board.cards),
            subtasks=len(board.subtasks),
            history=len(board.history),
        )
    )
    return 0


def problems_of(run: Run) -> list[Item]:
    """Everything wrong with the board, its archive, its older history and what lies beside it."""
    try:
        run.session.store.read()
    except (BoardReadOnly, BoardUnavailable) as error:
        # A file that cannot be read is the answer to the question, not a failure to answer it.
        return [_item(run, str(run.path), error)]
    from store.checking import problems
    from store.repairing import repairs

    # The file itself, without what waits on this machine.
    store = run.session.file
    board = store.board
    if board is None:
        return []
    mended = {each.where for each in repairs(board)}
    found = [_item(run, each.where, each.why, mended=each.where in mended) for each in problems(board)]
    store.past.news = None  # said among the problems
    found += [_item(run, where, why) for where, why in store.past.problems(board)]
    if board.archived:
        from store.file import archive

        found += [_item(run, file, why) for file, why in archive.problems(Disk(), str(store.path), board)]
    return found + _beside(run)


def _beside(run: Run) -> list[Item]:
    """Files nobody needs any more, and copies of a sync program."""
    from store.file.leftovers import leftovers
    from store.file.place import conflicted_copies

    path = str(run.session.file.path)
    left = CrossdeckError("This was left over by a session that died.", code="leftover")
    found = [_item(run, each.name, left, mended=True) for each in leftovers(Disk(), path)]
    for copy in conflicted_copies(path, Disk()):
        name = copy.rpartition("/")[2]
        why = CrossdeckError(
            'A copy of the board that a sync program made. `crossdeck merge "{name}"` shows what only it has.',
            code="copy",
            name=name,
        )
        found.append(_item(run, name, why))
    return found


def _item(run: Run, where: str, error: CrossdeckError, *, mended: bool = False) -> Item:
    """JSON is never translated."""
    return {"where": where, "why": str(error) if run.json else sentence(error), "code": error.code, "mended": mended}
