"""The short commands for daily changes: progress, block, warn, dispute, ack, escalate, resolve."""

from __future__ import annotations

import re
from contextlib import suppress

from store.errors import NotFound, Refused, UsageError
from store.operations.issues import RaiseBlocked, RaiseDispute, RaiseWarning
from store.operations.progress import RecordProgress
from store.operations.queue import Acknowledge, Escalate, Resolve
from store.operations.references import find
from store.records import Position, Support
from tui.cli.context import Run
from tui.cli.performing import perform
from tui.i18n import _

_PERCENT = re.compile(r"([0-9０-９]{1,9})\s*[%％]?")


def progress(run: Run) -> int:
    """`progress SUBTASK [PERCENT] --done --next --problem --need`."""
    words = run.words
    typed = words.text("percent").strip()
    unchanged = typed in {"=", "＝"}
    return perform(
        run,
        RecordProgress(
            subtask=find(run.board, "subtasks", words.text("subtask")),
            percent=None if unchanged or not typed else percent(typed),
            unchanged=unchanged,
            done=words.text("done"),
            next=words.text("next"),
            problem=words.text("problem"),
            supports=tuple(support(run, need) for need in words.many("need")),
        ),
    )


def percent(typed: str) -> int:
    """`65`, `65%`, `６５％`. Raises Refused (refuse.percent)."""
    found = _PERCENT.fullmatch(typed)
    value = int(found[1]) if found else -1
    if not 0 <= value <= 100:
        raise Refused('Percent is 0 to 100; "{v}" is not. Nothing recorded.', code="refuse.percent", v=typed[:60])
    return value


def support(run: Run, need: str) -> Support:
    """`销售部` or `销售部=数据` (or with a blank): who is to help, and with what. Raises NotFound."""
    whole = need.strip().lstrip("@＠")
    parts = re.split(r"[=＝\s]", whole, maxsplit=1)
    for name, text in ((whole, ""), (parts[0], parts[-1].strip() if len(parts) > 1 else "")):
        with suppress(NotFound):
            return Support(department=find(run.board, "departments", name), name=name, text=text)
        with suppress(NotFound):
            return Support(person=find(run.board, "people", name), name=name, text=text)
    find(run.board, "departments", parts[0])  # says which departments are near
    return Support(name=parts[0])


def block(run: Run) -> int:
    """`block SUBTASK --what --impact --tried --needed`."""
    words = run.words
    return perform(
        run,
        RaiseBlocked(
            subtask=find(run.board, "subtasks", words.text("subtask")),
            what=words.text("what"),
            impact=words.text("impact"),
            tried=words.text("tried"),
            needed=words.text("needed"),
        ),
    )


def warn(run: Run) -> int:
    """`warn SUBTASK --risk --reason --scope --solution`; a card's number will do too."""
    words = run.words
    subtask: int | None = None
    card: int | None = None
    try:
        subtask = find(run.board, "subtasks", words.text("subtask"))
    except NotFound as problem:
        try:
            card = find(run.board, "cards", words.text("subtask"))
        except NotFound:
            raise problem from None
    return perform(
        run,
        RaiseWarning(
            subtask=subtask,
            card=card,
            risk=words.text("risk"),
            reason=words.text("reason"),
            scope=words.text("scope"),
            solution=words.text("solution"),
        ),
    )


def dispute(run: Run) -> int:
    """`dispute CARD --between A,B --over TEXT --position A=TEXT --position B=TEXT`."""
    words, board = run.words, run.board
    between = [name.strip() for name in re.split(r"[,，、]", words.text("between")) if name.strip()]
    return perform(
        run,
        RaiseDispute(
            card=find(board, "cards", words.text("card")),
            between=tuple(find(board, "departments", name) for name in between),
            over=words.text("over"),
            positions=tuple(position(run, text) for text in words.many("position")),
        ),
    )


def position(run: Run, typed: str) -> Position:
    """`市场部=按销量分摊`. Raises UsageError, NotFound."""
    parts = re.split(r"[=＝]", typed, maxsplit=1)
    if len(parts) < 2:
        raise UsageError('--position "{value}": write DEPARTMENT=TEXT.', value=typed[:60])
    return Position(department=find(run.board, "departments", parts[0].strip()), text=parts[1].strip())


def acknowledge(run: Run) -> int:
    """`ack ISSUE TEXT`."""
    text = run.words.text("text")
    code = perform(run, Acknowledge(issue=find(run.board, "issues", run.words.text("issue")), text=text))
    if not text.strip() and not run.json:
        run.out.line(_("Seen only: the response is due until somebody else answers with a sentence."))
    return code


def escalate(run: Run) -> int:
    """`escalate ISSUE --reason TEXT`: from the tier it is in now."""
    issue = find(run.board, "issues", run.words.text("issue"))
    tier = run.board.issues[issue].tier if issue in run.board.issues else None
    return perform(run, Escalate(issue=issue, from_tier=tier, reason=run.words.text("reason")))


def resolution(run: Run, issue: int) -> Resolve:
    """What `--decision --department --owner --due` say about an issue."""
    words, board = run.words, run.board
    department, owner, due = words.text("department"), words.text("owner"), words.text("due")
    return Resolve(
        issue=issue,
        decision=words.text("decision"),
        department=find(board, "departments", department) if department else None,
        owner=find(board, "people", owner) if owner else None,
        due=run.instant(due) if due else None,
    )


def resolve(run: Run) -> int:
    """`resolve ISSUE --decision --department --owner --due`."""
    return settled(run, find(run.board, "issues", run.words.text("issue")))


def settled(run: Run, issue: int) -> int:
    """Resolve it, or rule on it; of a blocked report say how the work goes on."""
    board = run.board
    code = perform(run, resolution(run, issue))
    subtask = board.subtasks.get(board.issues[issue].subtask or 0)
    if subtask is not None and subtask.status == "blocked" and not run.json:
        resume = f'crossdeck do ResumeSubtask \'{{"subtask": "{subtask.number}"}}\''
        run.out.line(_("{id} is still blocked; back in progress: {command}").format(id=subtask.number, command=resume))
    return code
