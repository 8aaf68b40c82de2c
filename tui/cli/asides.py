"""`outbox`, its second half: what was put aside of a person's changes, sent once more, edited or dismissed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from store.errors import NotFound, Refused, UsageError
from store.operations.asides import ClearAside, How
from store.views.asides import Wanted, asides_of, edited, operation_of, reasons_of, wanted
from store.views.numbers import number_of, table_of
from tui.cli.asking import answer, beside
from tui.cli.context import Run
from tui.cli.lists import shapes_of
from tui.cli.output import Column, Output
from tui.cli.performing import commit
from tui.cli.shapes import Item
from tui.deeds import deed_word
from tui.i18n import _
from tui.sentences import sentence

if TYPE_CHECKING:
    from store.board import Board
    from store.records import Aside

WORD = "dismiss"
"""What is typed to confirm; the same in every language."""


def mine(run: Run) -> list[Aside]:
    """What was put aside of the changes of whoever sits here; nothing for somebody the board does not know."""
    person = run.session.me(run.board)
    return asides_of(run.board, person.id) if person is not None else []


def resend(run: Run, first: int) -> int:
    """`--resend N`: the same change once more. `first` is the number of the first that was put aside."""
    aside = _numbered(run, "resend", first)
    return _send(run, aside, {}, "resent")


def edit(run: Run, first: int) -> int:
    """`--edit N --set FIELD=VALUE...`: the change with these fields, in place of the first."""
    aside = _numbered(run, "edit", first)
    typed: dict[str, str] = {}
    for pair in run.words.many("set"):
        name, equals, value = pair.partition("=")
        if not equals:
            raise UsageError('--set "{value}": write FIELD=VALUE.', value=pair[:60])
        typed[name.strip()] = value
    if not typed:
        raise UsageError("--edit needs --set FIELD=VALUE. `crossdeck outbox --json` shows the fields.")
    return _send(run, aside, typed, "edited")


def dismiss(run: Run, first: int) -> int:
    """`--dismiss N`: it is not wanted any more; after a typed word."""
    aside = _numbered(run, "dismiss", first)
    out = beside(run)
    show(run, [aside], out, first=int(run.words.text("dismiss")))
    out.line(_("It stays in the history and waits no more. Type {word} to dismiss it.").format(word=WORD))
    out.flush()
    if answer() != WORD:
        raise Refused("Nothing was dismissed; it still waits.", code="dismissed")
    return commit(run, [(_cleared(aside, "dismissed"), run.stamp())], one=True)


def show(run: Run, asides: Sequence[Aside], out: Output, first: int) -> None:
    """A table of what was put aside, numbered from `first`, with the reasons below each."""
    shapes, board = shapes_of(run), run.board
    rows = [
        (
            str(n),
            shapes.instant(each.recorded_at) or "",
            deed_word(each.operation),
            _subject(run, each) or "",
            "; ".join(sentence(reason) for reason in reasons_of(each)),
        )
        for n, each in enumerate(asides, first)
    ]
    out.line(_("Put aside; it waits for {name}:").format(name=board.person_name(asides[0].by) or "?"))
    heads = [
        Column(_("no"), "right"),
        Column(_("recorded")),
        Column(_("what")),
        Column(_("id")),
        Column(_("why"), cut=True),
    ]
    out.table(heads, rows)


def compare(run: Run, asides: Sequence[Aside], first: int) -> None:
    """Each field of them that can be edited beside what stands now, and what can be done about them."""
    from tui.present.asides import there, yours  # the words of the dashboard: only where there is something to say

    state, now, board = run.session.build(run.board, None), run.clock.now(), run.board
    rows = [
        (str(n), each.name, yours(state, aside, each, now), there(state, aside, each, now))
        for n, aside in enumerate(asides, first)
        for each in _fields(board, aside)
    ]
    if rows:
        heads = [_("yours"), _("on the board now")]
        run.out.table([Column(_("no"), "right"), Column(_("field")), *(Column(head, cut=True) for head in heads)], rows)
    run.out.line(_("What to do: crossdeck outbox --resend N, --edit N --set FIELD=VALUE, or --dismiss N."))


def _fields(board: Board, aside: Aside) -> list[Wanted]:
    try:
        return list(wanted(board, aside))
    except UsageError:  # of another version of the program
        return []


def item(run: Run, n: int, aside: Aside) -> Item:
    """One of them as JSON."""
    shapes = shapes_of(run)
    return {
        "number": n,
        "state": "aside",
        "operation": aside.operation,
        "subject": _subject(run, aside),
        "by": run.board.person_name(aside.by) or None,
        "at": shapes.instant(aside.at),
        "recorded_at": shapes.instant(aside.recorded_at),
        "client": aside.client,
        "n": aside.n,
        "aside": aside.id,
        "fields": aside.payload,
        "reasons": [sentence(reason) for reason in reasons_of(aside)],
    }


def _subject(run: Run, aside: Aside) -> str | None:
    return number_of(run.board, table_of(run.board, aside.subject), aside.subject)


def _numbered(run: Run, option: str, first: int) -> Aside:
    typed, found = run.words.text(option), mine(run)
    if not (typed.isascii() and typed.isdecimal()):
        raise UsageError(
            '--{option} "{value}" is no number of the list. `crossdeck outbox` shows it.',
            option=option,
            value=typed[:60],
        )
    at = int(typed) - first
    if not 0 <= at < len(found):
        raise NotFound("Nothing that was put aside has the number {n}. `crossdeck outbox` shows the list.", n=typed)
    return found[at]


def _send(run: Run, aside: Aside, typed: Mapping[str, str], how: How) -> int:
    operation = edited(run.board, aside, typed, run.clock.now(), run.working) if typed else operation_of(aside)
    stamp = run.stamp()
    return commit(run, [(operation, stamp), (_cleared(aside, how), stamp)])


def _cleared(aside: Aside, how: How) -> ClearAside:
    return ClearAside(aside=aside.id, how=how, record=aside.subject)
