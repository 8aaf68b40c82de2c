"""The end of a card's life from the command line: confirm-support, submit, verdict, retro, archive, reopen, summary."""

from __future__ import annotations

from typing import Any

from store.board import Board
from store.errors import CrossdeckError, NotFound, UsageError
from store.operations.acceptance import ConfirmSupport, GiveVerdict, Reopen, SubmitForAcceptance, acceptors
from store.operations.archive import ArchiveCard, ReopenArchived
from store.operations.references import find
from store.operations.retro import RecordRetro, WaiveRetro
from store.views.summary import CardSummary, card_summary
from tui.cli.context import Run
from tui.cli.performing import perform
from tui.cli.shapes import Item, Shapes
from tui.i18n import _

VERDICTS = ("pass", "rectify", "fail")


def confirm_support(run: Run) -> int:
    """`confirm-support CARD [TEXT...] --department NAME`: a supporting department's word (配合部门确认)."""
    card = find(run.board, "cards", run.words.text("card"))
    named = run.words.text("department")
    if named:
        department = find(run.board, "departments", named)
    else:
        department = run.me().department or 0
        if department not in {duty.department for duty in run.board.duties_of.get(card, ())}:
            raise UsageError("For which department? --department NAME.")
    return perform(run, ConfirmSupport(card=card, department=department, text=run.words.text("text")))


def submit(run: Run) -> int:
    """`submit CARD --deliverables TEXT --acceptor NAME --reason TEXT`."""
    words, board = run.words, run.board
    acceptor, card = words.text("acceptor"), find(board, "cards", words.text("card"))
    if not acceptor and not any(acceptors(board, board.cards[card], None)):
        run.out.error(_("No acceptor is named: anybody may judge. --acceptor NAME names one."))
    return perform(
        run,
        SubmitForAcceptance(
            card=card,
            deliverables=words.text("deliverables"),
            acceptor=find(board, "people", acceptor) if acceptor else None,
            reason=words.text("reason"),
        ),
    )


def verdict(run: Run) -> int:
    """`verdict CARD pass|rectify|fail --remarks TEXT --until WHEN --finish WHEN --start WHEN --cancel`."""
    words = run.words
    given = words.text("verdict")
    if given not in VERDICTS:
        raise UsageError('"{value}" is no verdict. Write pass, rectify or fail.', value=given[:60])
    agreed, finish, start = words.text("until"), words.text("finish"), words.text("start")
    return perform(
        run,
        GiveVerdict(
            card=find(run.board, "cards", words.text("card")),
            verdict="pass" if given == "pass" else "rectify" if given == "rectify" else "fail",
            remarks=words.text("remarks"),
            rectify_by=run.instant(agreed) if agreed else None,
            planned_finish=run.instant(finish) if finish else None,
            planned_start=run.instant(start, start=True) if start else None,
            cancel=words.has("cancel"),
        ),
    )


def retro(run: Run) -> int:
    """`retro CARD --well TEXT --short TEXT --improvements TEXT`, or `--waive REASON`."""
    words = run.words
    card = find(run.board, "cards", words.text("card"))
    if words.has("waive"):
        return perform(run, WaiveRetro(card=card, reason=words.text("waive")))
    well, short, improvements = (words.text(name) for name in ("well", "short", "improvements"))
    return perform(run, RecordRetro(card=card, well=well, short=short, improvements=improvements))


def archive(run: Run) -> int:
    """`archive CARD --reason TEXT`."""
    card = find(run.board, "cards", run.words.text("card"))
    return perform(run, ArchiveCard(card=card, reason=run.words.text("reason")))


def reopen(run: Run) -> int:
    """`reopen CARD --reason TEXT --finish WHEN`: a completed card, or one from the archive."""
    words = run.words
    table, card = on_board_or_archived(run.board, words.text("card"))
    reason, finish = words.text("reason"), words.text("finish")
    due = run.instant(finish) if finish else None
    if table == "cards":
        return perform(run, Reopen(card=card, reason=reason, planned_finish=due))
    records: dict[str, Any] = run.session.store.archived(card).records
    return perform(run, ReopenArchived(card=card, reason=reason, records=records, planned_finish=due))


def summary(run: Run) -> int:
    """`summary CARD [--markdown]`: the card's whole run on one page; also of a card in the archive."""
    table, card = on_board_or_archived(run.seen, run.words.text("card"))
    seen = run.whole if run.seen is run.board else run.seen
    board = seen if table == "cards" else archived_board(run, card)
    state = run.session.build(board, None)
    found = card_summary(board, state.book, card, run.now)
    if found is None:
        raise CrossdeckError("This card cannot be read.", code="not_found")
    if run.json:
        run.out.json(_item(Shapes(board, state.book, state.working, run.now), found))
        return 0
    from tui.present.summary import summary_text

    text = summary_text(state, found, run.now, "markdown" if run.words.has("markdown") else "plain")
    run.out.lines(text.splitlines())
    return 0


def archived_board(run: Run, card: int) -> Board:
    """A Board of one archived card. Raises NotFound, BoardUnavailable."""
    from store.packages import as_board

    package = run.session.store.archived(card)
    return as_board(run.seen, package.records, package.history)


def on_board_or_archived(board: Board, typed: str) -> tuple[str, int]:
    """(table, doc id) of a card on the board, else in the archive. Raises NotFound that names the closest."""
    try:
        return "cards", find(board, "cards", typed)
    except NotFound as problem:
        if problem.code == "refuse.ambiguous":
            raise
        try:
            return "archived", find(board, "archived", typed)
        except NotFound:
            raise problem from None


def _item(shapes: Shapes, found: CardSummary) -> Item:
    """The report as JSON: instants in ISO, names, rulebook terms."""
    when = shapes.instant
    return {
        "card": shapes.card(found.card.id),
        "subtasks": found.subtasks,
        "dates": [
            {"what": each.what, "planned": when(each.planned), "actual": when(each.actual), "late_seconds": each.late}
            for each in found.plan
        ],
        "clocks": [
            {"department": shapes.department(each.department)}
            | {name: getattr(each, name) for name in ("met", "late", "over", "running", "void")}
            for each in found.clocks
        ],
        "issues": [{"tier": each.tier, "kinds": each.kinds, "resolved": each.resolved} for each in found.issues],
        **_changed(shapes, found),
        **_accepted(shapes, found),
    }


def _changed(shapes: Shapes, found: CardSummary) -> Item:
    """What changed on the way, and which gates were passed without what they ask for."""
    return {
        "changes": [
            {
                "at": shapes.instant(each.at),
                "by": shapes.person(each.by),
                "subject": shapes.number(each.table, each.subject),
                "field": each.field,
                "old": each.old,
                "new": each.new,
            }
            for each in found.changes
        ],
        "reopenings": [
            {"at": shapes.instant(each.at), "by": shapes.person(each.by), "reason": each.reason}
            for each in found.reopenings
        ],
        "signatures_voided": found.voided,
        "sent_back": found.sent_back,
        "requirement_changes": found.requirement_changes,
        "passed_gates": [
            {"gate": each.gate, "reason": each.reason, "by": shapes.person(each.by), "at": shapes.instant(each.at)}
            for each in found.passes
        ],
    }


def _accepted(shapes: Shapes, found: CardSummary) -> Item:
    """The rounds of acceptance, what was said of the support given, and the retro."""
    when = shapes.instant
    return {
        "rounds": [
            {
                "round": each.round,
                "submitted_at": when(each.submitted_at),
                "submitted_by": shapes.person(each.submitted_by),
                "deliverables": each.deliverables or None,
                "support_words": each.support_words.splitlines(),
                "verdict": each.verdict,
                "verdict_at": when(each.verdict_at),
                "verdict_by": shapes.person(each.verdict_by),
                "remarks": each.remarks or None,
                "rectify_by": when(each.rectify_by),
            }
            for each in found.rounds
        ],
        "support": [
            {
                "department": shapes.board.department_name(each.department),
                "word": each.support_word or None,
                "at": when(each.support_at),
            }
            for each in shapes.board.duties_of.get(found.card.id, ())
            if each.support_at is not None
        ],
        "retro": None
        if found.retro is None
        else {name: getattr(found.retro, name) or None for name in ("well", "short", "improvements", "waived")},
    }
