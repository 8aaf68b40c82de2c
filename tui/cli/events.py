"""What happens to issues and the sync log from the command line: followup, rule, tick, sync."""

from __future__ import annotations

from contextlib import suppress

from store.errors import BoardReadOnly, BoardUnavailable, NotFound, Refused, UsageError
from store.file.machine_clock import trusted
from store.operations.queue import FollowUp
from store.operations.references import find
from store.operations.sync import AddSyncEntry, KeepPromise, told
from store.records import SyncEntry
from store.rules.ladder import TOP_TIER
from store.rules.routing import stands_for
from tui.cli.changes import settled
from tui.cli.context import Run
from tui.cli.performing import perform
from tui.cli.waiting import Waits
from tui.i18n import _

KINDS = ("progress", "problem", "decision", "deliverable", "requirement_change")
ROUNDS = 100
"""Commits one `tick` makes at most: a tier an issue and commit, and boards far behind have several to go."""


def followup(run: Run) -> int:
    """`followup ISSUE|SUBTASK TEXT`: a note to an issue; on a subtask it answers a problem or a lag without one."""
    typed, text = run.words.text("issue"), run.words.text("text")
    with suppress(NotFound):
        return perform(run, FollowUp(issue=find(run.board, "issues", typed), text=text))
    try:
        subtask = find(run.board, "subtasks", typed)
    except NotFound:
        find(run.board, "issues", typed)  # says which issues are near
        raise
    name = run.board.subtasks[subtask].name
    return perform(run, AddSyncEntry(subtask=subtask, topic=name, content=text))


def rule(run: Run) -> int:
    """`rule ISSUE --decision --department --owner --due`: the executive's ruling on tier 3. Raises Refused below."""
    board = run.board
    issue = find(board, "issues", run.words.text("issue"))
    tier = board.issues[issue].tier
    if tier < TOP_TIER:
        raise Refused(
            "{id} is on tier {n}; the executive rules on tier 3. Escalate it first, or resolve it.",
            code="refuse.tier",
            id=board.issues[issue].number,
            n=tier,
        )
    return settled(run, issue)


def tick(run: Run) -> int:
    """`tick`: do what the board does by itself (for cron). Prints what it did; nothing to do prints nothing."""
    from store.chores import Chores
    from store.rules.clock_book import ClockBook, clock_book
    from store.views.numbers import number_of, table_of
    from tui.deeds import deed_word
    from tui.notices import clock_words

    store = run.session.store
    board = store.read()
    stamp = run.session.stamp(run.me().id)
    chores: Chores | None = None
    book: ClockBook | None = None
    done: list[tuple[str, str]] = []
    for _round in range(ROUNDS):
        book = clock_book(board, run.working, book)
        chores = Chores(book, chores)
        due = chores.signed(stamp)
        if not due:
            break
        try:
            result = store.commit(due, on_wait=Waits(run))
        except (BoardUnavailable, BoardReadOnly):
            if not done:
                raise
            break
        made = [one for one in result.settled if one.client == store.client and one.outcome == "applied"]
        board = result.board
        for one in made:
            number = number_of(board, table_of(board, one.subject), one.subject)
            done.append((one.operation, number or ""))
        if not made:
            break
    if run.json:
        run.out.json([{"operation": operation, "subject": subject} for operation, subject in done])
    else:
        for operation, subject in done:
            run.out.line(_("Recorded: {deed} {id}.").format(deed=deed_word(operation), id=subject))
    if not trusted(store.ahead):
        run.out.error(clock_words(store.ahead or 0))
        return 1
    return 0


def sync(run: Run) -> int:
    """`sync`: what is to be sent; with CARD and TOPIC a new entry; `--sent` and `--kept` mark one."""
    words = run.words
    if words.has("sent"):
        return perform(run, told(run.board, run.board.sync[entry_id(run, words.text("sent"))]))
    if words.has("kept"):
        return perform(run, KeepPromise(sync=entry_id(run, words.text("kept"))))
    if not words.has("card"):
        return _unsent(run)
    if not words.has("topic"):
        raise UsageError("{name} is missing. Usage: {usage}", name="TOPIC", usage=words.command.usage)
    return perform(run, _entry(run))


def entry_id(run: Run, typed: str) -> int:
    """The entry of a doc id or of a topic, the newest of several. Raises NotFound."""
    board = run.board
    if typed.isdecimal() and int(typed) in board.sync:
        return int(typed)
    found = [each for each in board.sync.values() if each.topic == typed]
    if not found:
        raise NotFound('There is no sync entry "{value}". `crossdeck sync` lists those to be sent.', value=typed[:60])
    return max(found, key=lambda each: each.at).id


def _entry(run: Run) -> AddSyncEntry:
    """The entry as typed. Raises NotFound, UsageError, DateProblem."""
    words, board = run.words, run.board
    subtask: int | None = None
    try:
        card = find(board, "cards", words.text("card"))
    except NotFound:
        try:
            subtask = find(board, "subtasks", words.text("card"))
        except NotFound:
            subtask = None
        if subtask is None:
            raise
        card = board.subtasks[subtask].card
    kind = (words.text("kind") or "progress").replace("-", "_")
    if kind not in KINDS:
        raise UsageError('--kind "{value}": write one of {kinds}.', value=kind, kinds=", ".join(KINDS))
    people, named = _to(run, card)
    due = words.text("due")
    return AddSyncEntry(
        card=card,
        subtask=subtask,
        topic=words.text("topic"),
        content=words.text("content"),
        kind=kind,  # type: ignore[arg-type]  # one of KINDS
        recipients=people,
        to=named,
        restricted=words.has("restricted"),
        reference=words.text("reference"),
        promise=words.text("promise"),
        promise_by=find(board, "people", words.text("by")) if words.has("by") else None,
        promise_due=run.instant(due) if due else None,
    )


def _to(run: Run, card: int) -> tuple[tuple[int, ...], str]:
    """Whom `--to` names: people of the board (a department: who stands for it), and other words as they are."""
    board = run.board
    people: list[int] = []
    others: list[str] = []
    for name in run.words.many("to"):
        with suppress(NotFound):
            people.append(find(board, "people", name))
            continue
        try:
            stand_in = stands_for(board, card, find(board, "departments", name))
        except NotFound:
            others.append(name)
        else:
            people += [stand_in] if stand_in else []
    return tuple(dict.fromkeys(people)), ", ".join(others)


def _unsent(run: Run) -> int:
    from tui.cli.lists import shapes_of
    from tui.cli.tables import Tables

    shapes = shapes_of(run)
    keys = [each.id for each in sorted(run.seen.sync.values(), key=_by_time) if each.sent_at is None]
    if run.json:
        run.out.json([shapes.sync(key) for key in keys])
    elif keys:
        Tables(shapes, run.out).sync(keys)
    else:
        run.out.line(_("Nothing to send."))
    return 0


def _by_time(entry: SyncEntry) -> tuple[int, int]:
    return entry.at, entry.id
