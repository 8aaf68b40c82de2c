"""`outbox`: what this machine recorded and the board file does not have yet, and what was put aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store.errors import BoardReadOnly, BoardUnavailable, CrossdeckError, NotFound, Refused, UsageError
from tui.cli import asides
from tui.cli.asking import answer, beside
from tui.cli.context import Run
from tui.cli.exact import when
from tui.cli.lists import shapes_of
from tui.cli.output import Column, Output
from tui.cli.performing import named_by
from tui.cli.shapes import Item
from tui.cli.waiting import Waits
from tui.deeds import deed_word
from tui.i18n import _, ngettext
from tui.sentences import sentence

if TYPE_CHECKING:
    from store.file.journal import Recorded

WORD = "drop"
"""What is typed to confirm; the same in every language."""


def outbox(run: Run) -> int:
    """List what waits; `--retry` tries to write it now, `--drop N` gives the Nth up for good after a typed word.

    What was put aside of one's own changes has the numbers behind: `--resend N`, `--edit N`, `--dismiss N`.
    Exit code 1 if something still waits after `--retry`, or nothing was dropped.
    """
    try:
        run.board  # noqa: B018 - a board that cannot be read is said first
    except (BoardUnavailable, BoardReadOnly) as error:
        return _unread(run, error)
    given = [f"--{option}" for option in ("retry", "drop", "resend", "edit", "dismiss") if run.words.has(option)]
    if len(given) > 1:
        raise UsageError("{options} exclude each other.", options=", ".join(given))
    if run.words.has("drop"):
        return _drop(run)
    first = len(run.session.store.pending) + 1
    for option, act in (("resend", asides.resend), ("edit", asides.edit), ("dismiss", asides.dismiss)):
        if run.words.has(option):
            return act(run, first)
    problem = _retry(run) if run.words.has("retry") else ""
    waiting = run.session.store.pending
    aside, first = asides.mine(run), len(waiting) + 1
    if run.json:
        items = [_item(run, n, each) for n, each in enumerate(waiting, 1)]
        run.out.json([*items, *(asides.item(run, n, each) for n, each in enumerate(aside, first))])
    elif waiting:
        _print(run, waiting, run.out)
    elif not aside:
        run.out.line(_("Nothing waits: everything recorded on this machine is in the board."))
    if aside and not run.json:
        asides.show(run, aside, run.out, first)
        asides.compare(run, aside, first)
    if problem:
        run.out.error(problem)
    return int(run.words.has("retry") and bool(waiting))


def _unread(run: Run, error: CrossdeckError) -> int:
    """List what waits for a board that cannot be read, as far as it is known without it. Raises why it cannot."""
    waiting = run.session.file.left
    if not waiting or any(run.words.has(option) for option in ("drop", "resend", "edit", "dismiss")):
        raise error
    if run.json:
        items = [{"number": n, "state": "waiting", "operation": each.name} for n, each in enumerate(waiting, 1)]
        run.out.json([item | _recorded(each) for item, each in zip(items, waiting, strict=True)])
    else:
        heads = [Column(_("no"), "right"), Column(_("recorded")), Column(_("what"))]
        rows = [(str(n), when(each.stamp.recorded), deed_word(each.name)) for n, each in enumerate(waiting, 1)]
        run.out.table(heads, rows)
    run.out.flush()
    run.out.error(sentence(error))
    return 1


def _recorded(each: Recorded) -> Item:
    at = datetime.fromtimestamp(each.stamp.recorded, UTC).isoformat()
    return {"recorded_at": at, "client": each.client, "n": each.n}


def _retry(run: Run) -> str:
    """Write what waits; why it could not be, or an empty string."""
    before = len(run.session.store.pending)
    try:
        run.session.store.commit(on_wait=Waits(run))
    except (BoardUnavailable, BoardReadOnly) as error:
        return sentence(error)
    sent = before - len(run.session.store.pending)
    if sent and not run.json:
        run.out.line(ngettext("{n} change sent.", "{n} changes sent.", sent).format(n=sent))
    return ""


def _drop(run: Run) -> int:
    waiting, typed = run.session.store.pending, run.words.text("drop")
    if not typed.isdecimal() or int(typed) == 0:
        raise UsageError('--drop "{value}" is no number of the list. `crossdeck outbox` shows it.', value=typed)
    if int(typed) > len(waiting):
        raise NotFound("Nothing waits under {n}. `crossdeck outbox` shows the list.", n=typed)
    chosen = waiting[int(typed) - 1]
    item, out = _item(run, int(typed), chosen) | {"state": "dropped"}, beside(run)
    _print(run, [chosen], out, first=int(typed))
    out.line(_("This was acknowledged and will then never be written. Type {word} to give it up.").format(word=WORD))
    out.flush()
    if answer() != WORD:
        raise Refused("Nothing was dropped; it still waits.", code="dropped")
    if not run.session.store.drop(chosen):
        raise Refused("It does not wait any more: it was written meanwhile.", code="dropped")
    if run.json:
        run.out.json(item)
    else:
        run.out.line(_("Dropped."))
    return 0


def _print(run: Run, waiting: Sequence[Recorded], out: Output, first: int = 1) -> None:
    shapes = shapes_of(run)
    board = run.session.store.shown()
    rows = [
        (
            str(n),
            shapes.instant(each.stamp.recorded) or "",
            board.person_name(each.stamp.person) or "?",
            deed_word(each.name),
            named_by(board, each.operation) or "",
        )
        for n, each in enumerate(waiting, first)
    ]
    heads = [Column(_("no"), "right"), Column(_("recorded")), Column(_("by")), Column(_("what")), Column(_("id"))]
    out.table(heads, rows)


def _item(run: Run, n: int, recorded: Recorded) -> Item:
    shapes = shapes_of(run)
    board = run.session.store.shown()
    return {
        "number": n,
        "state": "waiting",
        "operation": recorded.name,
        "subject": named_by(board, recorded.operation),
        "by": board.person_name(recorded.stamp.person) or None,
        "at": shapes.instant(recorded.stamp.at),
        "recorded_at": shapes.instant(recorded.stamp.recorded),
        "client": recorded.client,
        "n": recorded.n,
    }
