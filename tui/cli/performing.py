"""Recording operations and saying what became of them: one line each, or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.board import Board
from store.errors import BoardReadOnly, BoardUnavailable, CrossdeckError
from store.file.machine_clock import SAID
from store.operations.base import Operation, Stamp
from store.views.numbers import given, number_of, table_of
from tui.cli.context import Run
from tui.cli.shapes import Item
from tui.cli.waiting import INTERRUPTED, Waits
from tui.deeds import deed_word, recorded_words
from tui.i18n import _
from tui.sentences import sentence

if TYPE_CHECKING:
    from store.file.chain import Settled
    from store.file.journal import Recorded
    from store.port import CommitResult

HUNG_ON = ("subtask", "card", "issue", "meeting", "department", "person")
"""Fields of an operation that name what a new record hangs on, nearest first."""
Signed = tuple[Operation, Stamp]


def perform(run: Run, operation: Operation) -> int:
    """Record one operation, signed by whoever sits here, and commit it."""
    run.board  # noqa: B018 - read first, so that a board that cannot be read is said before who signs
    return commit(run, [(operation, run.stamp())], one=True)


def commit(run: Run, signed: Sequence[Signed], *, one: bool = False) -> int:
    """Record operations and write them in one commit; print what became of each.

    Exit code 0 when all are in the file or wait safely on this machine, 1 when one was put aside or the file refuses to
    be written, 130 when Ctrl+C ended the wait for it. Raises Refused, and then nothing was recorded.
    """
    store = run.session.store
    recorded: list[Recorded] = []
    claimed = claim(run, signed)
    for batch, stamp in batches([*claimed, *signed]):
        recorded += store.record(batch, stamp)
    del recorded[: len(claimed)]
    result: CommitResult | None = None
    problem: CrossdeckError | None = None
    stopped = 0
    try:
        result = store.commit(on_wait=Waits(run, recorded=True))
    except (BoardUnavailable, BoardReadOnly) as error:
        problem = error
    except KeyboardInterrupt:
        stopped = INTERRUPTED
    board = result.board if result else store.shown()
    settled = [result.of(each) if result else None for each in recorded]
    items = [_item(board, each, what) for each, what in zip(recorded, settled, strict=True)]
    if run.json:
        run.out.json(items[0] if one else items)
    else:
        for each, item in zip(recorded, items, strict=True):
            run.out.line(_line(board, each, item))
    if problem is not None:
        run.out.error(sentence(problem))
    if abs(store.ahead or 0) > SAID:
        from tui.notices import clock_words  # seldom: most machines' clocks are right

        run.out.error(clock_words(store.ahead or 0))
    return stopped or _complain(run, board, settled) or int(isinstance(problem, BoardReadOnly))


def claim(run: Run, signed: Sequence[Signed]) -> list[Signed]:
    """The login of whoever names themselves by `--as` for the first time, to be stored with their first change.

    Only a login the board does not know, and a person who has none yet (as the dashboard asks it once).
    """
    from store.operations.people import AddPerson, ClaimLogin, EditPerson

    board, login = run.board, run.session.login
    if not (run.words.text("as") and login and signed):
        return []
    stamp = signed[0][1]
    person = board.people.get(stamp.person)
    about_logins = any(isinstance(operation, (AddPerson, ClaimLogin, EditPerson)) for operation, _stamp in signed)
    if person is None or person.logins or person.organisation or about_logins:
        return []
    if any(login in each.logins for each in board.people.values()):
        return []
    return [(ClaimLogin(person=person.id, login=login), stamp)]


def batches(signed: Sequence[Signed]) -> list[tuple[list[Operation], Stamp]]:
    """Neighbours with the same stamp together: each batch is acknowledged with one fsync."""
    found: list[tuple[list[Operation], Stamp]] = []
    for operation, stamp in signed:
        if found and found[-1][1] == stamp:
            found[-1][0].append(operation)
        else:
            found.append(([operation], stamp))
    return found


def named_by(board: Board, operation: Operation) -> str | None:
    """The number of what an operation made or changed; without one, that of what it hangs on.

    Of one that was put aside, whose record is on no board, that of what it was about.
    """
    for key in (operation.made(), *(getattr(operation, name, None) for name in HUNG_ON)):
        if isinstance(key, int) and (found := number_of(board, table_of(board, key), key)):
            return found
    return str(getattr(operation, "key", "")) or None


def _item(board: Board, recorded: Recorded, settled: Settled | None) -> Item:
    number = named_by(board, recorded.operation)
    return {
        "operation": recorded.name,
        "subject": given(number),
        "doc_id": recorded.operation.made() or None,
        "revision": board.meta.rev,
        "pending": settled is None,
        "outcome": settled.outcome if settled else None,
    }


def _line(board: Board, recorded: Recorded, item: Item) -> str:
    subject = named_by(board, recorded.operation) or board.meta.name
    if item["outcome"] == "aside":
        return _("Put aside: {deed} {id}.").format(deed=deed_word(recorded.name), id=subject)
    said = recorded_words(recorded.operation, subject)
    if item["pending"]:
        said += " " + _("{n} waiting to be written. Safe on this machine.").format(n=1)
    return said


def _complain(run: Run, board: Board, settled: Sequence[Settled | None]) -> int:
    """Say why operations were put aside, and what somebody else had set meanwhile. `board` is as it was written."""
    code = 0
    for each in settled:
        if each is None:
            continue
        for reason in each.reasons:
            run.out.error(sentence(reason))
        if each.losses:
            from tui.told import won  # seldom, and needs the words of the dashboard

            state = run.session.build(board, None)
            for loss in each.losses:
                run.out.error(won(state, board, each, loss, run.clock.now(), history="crossdeck log"))
        code = code or int(each.outcome == "aside")
    return code
