"""The division of work on the command line: handover, accept, sendback, input, support, raci."""

from __future__ import annotations

from typing import Any

from store.board import Board
from store.errors import NotFound, UsageError
from store.operations.handover import AcceptSubtask, HandOver, RegisterDeliverable, SendBack
from store.operations.inputs import AddInput, ReceiveInput
from store.operations.joint_review import ReviewSubtask
from store.operations.raci import SetLetters, SignDivision
from store.operations.references import find
from store.operations.supports import AnswerSupport, AskSupport
from store.rules.division import findings, revisions_used_up
from store.views.division import Holder, matrix
from store.views.numbers import given
from tui.cli.changes import support as named
from tui.cli.context import Run
from tui.cli.output import Column
from tui.cli.performing import perform
from tui.cli.shapes import Shapes
from tui.cli.tables import Tables
from tui.i18n import _
from tui.sentences import sentence


def subtask_of(run: Run) -> int:
    """The subtask named. Raises NotFound."""
    return find(run.board, "subtasks", run.words.text("subtask"))


def handover(run: Run) -> int:
    """`handover SUBTASK [DELIVERABLE...] [--link WHERE]`; of one handed over already: registers it."""
    key, words = subtask_of(run), run.words
    subtask = run.board.subtasks[key]
    deliverable, link = words.text("deliverable"), words.text("link")
    if subtask.status in {"awaiting_acceptance", "done"} and subtask.registered_at is None and link:
        return perform(run, RegisterDeliverable(subtask=key, deliverable=deliverable, reference=link))
    return perform(run, HandOver(subtask=key, deliverable=deliverable, reference=link))


def accept(run: Run) -> int:
    """`accept SUBTASK`."""
    return perform(run, AcceptSubtask(subtask=subtask_of(run)))


def send_back(run: Run) -> int:
    """`sendback SUBTASK --reason TEXT [--percent N]`; one revision too many is said."""
    key, percent = subtask_of(run), run.words.text("percent")
    if percent and not (percent.isascii() and percent.isdecimal()):
        raise UsageError('--percent "{value}": write a number.', value=percent[:20])
    subtask = run.board.subtasks[key]
    code = perform(
        run, SendBack(subtask=key, reason=run.words.text("reason"), percent=int(percent) if percent else None)
    )
    if revisions_used_up(subtask):
        run.out.error(
            _("Revision {n}: at most {most} were agreed.").format(n=subtask.revisions + 1, most=subtask.most_revisions)
        )
    return code


def joint_review(run: Run) -> int:
    """`joint-review SUBTASK [TEXT...] [--department NAME] [--object]`: what a reviewing department says."""
    key, words = subtask_of(run), run.words
    named_department = words.text("department")
    department = find(run.board, "departments", named_department) if named_department else None
    operation = ReviewSubtask(subtask=key, department=department, text=words.text("text"), objects=words.has("object"))
    return perform(run, operation)


def needed_input(run: Run) -> int:
    """`input SUBTASK [WHAT...] [--from NAME] [--due WHEN] [--received]`; without WHAT it lists them."""
    key, words, board = subtask_of(run), run.words, run.board
    what = words.text("what")
    if words.has("received"):
        return perform(run, ReceiveInput(input=_the_input(board, key, what)))
    if not what:
        _list_inputs(run, key)
        return 0
    whom = named(run, words.text("from")) if words.text("from") else None
    return perform(
        run,
        AddInput(
            subtask=key,
            what=what,
            department=whom.department if whom else None,
            supplier=whom.person if whom else None,
            due=run.instant(words.text("due")) if words.text("due") else None,
        ),
    )


def shapes_of(run: Run) -> Shapes:
    """Records of this run as JSON items."""
    return Shapes(run.board, run.book, run.working, run.now)


def _the_input(board: Board, subtask: int, what: str) -> int:
    """The input that is waited for: the only one, or the one named. Raises NotFound."""
    rows = [
        row
        for row in board.inputs_of.get(subtask, ())
        if row.received_at is None and row.cancelled_at is None and what.casefold() in row.what.casefold()
    ]
    if len(rows) != 1:
        raise NotFound(
            "{n} inputs of this subtask fit; name one of them: {names}.",
            n=len(rows),
            names=", ".join(row.what for row in rows) or "-",
        )
    return rows[0].id


def _list_inputs(run: Run, subtask: int) -> None:
    rows = run.board.inputs_of.get(subtask, ())
    shapes = shapes_of(run)
    items: list[dict[str, Any]] = [
        {
            "doc_id": row.id,
            "subtask": shapes.number("subtasks", subtask),
            "what": row.what,
            "department": shapes.department(row.department),
            "supplier": shapes.person(row.supplier),
            "due": shapes.instant(row.due),
            "received": shapes.instant(row.received_at),
            "cancelled": shapes.instant(row.cancelled_at),
        }
        for row in rows
    ]
    if run.json:
        run.out.json(items)
        return
    lines = [
        (
            item["what"],
            item["supplier"] or item["department"] or "",
            Tables(shapes, run.out).when(row.due),
            _("received") if row.received_at else _("cancelled") if row.cancelled_at else _("waited for"),
        )
        for item, row in zip(items, rows, strict=True)
    ]
    run.out.table([Column(_("what"), cut=True), Column(_("from")), Column(_("due")), Column(_("state"))], lines)


def support(run: Run) -> int:
    """`support SUBTASK [TEXT...] --from NAME` asks; `--answer` or `--decline` answers what is asked of me."""
    key, words = subtask_of(run), run.words
    declined = words.has("decline")
    if declined or words.has("answer"):
        answer = words.text("decline") if declined else words.text("answer")
        return perform(run, AnswerSupport(support=_asked(run, key), answer=answer, declined=declined))
    if not words.text("from"):
        raise UsageError("--from NAME: whom do you ask? Or answer with --answer TEXT, --decline TEXT.")
    whom = named(run, words.text("from"))
    person = whom.person
    text = words.text("text") or whom.text
    return perform(
        run, AskSupport(subtask=key, text=text, person=person, department=None if person else whom.department)
    )


def _asked(run: Run, subtask: int) -> int:
    """The open request, of several the oldest asked of `--from`. Raises NotFound."""
    whom = named(run, run.words.text("from")) if run.words.text("from") else None
    rows = [
        row
        for row in run.board.supports_of.get(subtask, ())
        if row.answered_at is None and row.cancelled_at is None
        if whom is None or (row.person, row.department) == (whom.person, None if whom.person else whom.department)
    ]
    if not rows:
        raise NotFound("Nobody waits for an answer here: no request for support is open.", code="refuse.none")
    asked = {(row.person, row.department) for row in rows}
    if len(asked) > 1:
        board = run.board
        names = ", ".join(
            board.person_name(who) or board.department_name(where) for who, where in sorted(asked, key=str)
        )
        raise NotFound(
            "{n} requests for support wait on this subtask ({names}); --from names whom was asked.",
            n=len(rows),
            names=names,
        )
    return rows[0].id


def raci(run: Run) -> int:
    """`raci CARD` shows the matrix and its lint, `raci SUBTASK NAME LETTERS` sets a cell, `--sign DEPT` signs."""
    words, board = run.words, run.board
    if words.text("sign"):
        card = find(board, "cards", words.text("id"))
        return perform(run, SignDivision(card=card, department=find(board, "departments", words.text("sign"))))
    if words.text("name"):
        whom = named(run, words.text("name"))
        subtask = find(board, "subtasks", words.text("id"))
        return perform(
            run,
            SetLetters(
                subtask=subtask, department=whom.department, person=whom.person, letters=words.text("letters") or "-"
            ),
        )
    _show_matrix(run, _card_of(board, words.text("id")))
    return 0


def _card_of(board: Board, text: str) -> int:
    """A card by its number or name, or the card of a subtask."""
    try:
        return find(board, "cards", text)
    except NotFound as problem:
        try:
            return board.subtasks[find(board, "subtasks", text)].card
        except NotFound:
            raise problem from None


def _show_matrix(run: Run, card: int) -> None:
    board = run.board
    found = matrix(board, card)
    heads = [_holder(board, each) for each in found.holders]
    work = [each for each in board.subtasks_of.get(card, ()) if each.status != "cancelled"]
    lint = findings(board, card, run.working)
    if run.json:
        rows = [
            {
                "id": given(each.number),
                "name": each.name,
                "letters": {
                    head: found.letters[each.id, holder]
                    for head, holder in zip(heads, found.holders, strict=True)
                    if (each.id, holder) in found.letters
                },
            }
            for each in work
        ]
        said = [{"weight": each.weight, "code": each.why.code, "text": str(each.why)} for each in lint]
        run.out.json({"subtasks": rows, "findings": said})
        return
    lines = [
        (each.number or "?", each.name, *(found.letters.get((each.id, holder), "-") for holder in found.holders))
        for each in work
    ]
    run.out.table([Column(_("id")), Column(_("subtask"), cut=True), *map(Column, heads)], lines)
    for finding in lint:
        run.out.line(sentence(finding.why))


def _holder(board: Board, holder: Holder) -> str:
    return board.person_name(holder.person) if holder.person else board.department_name(holder.department)
