"""Milestones on the command line: listed, added, reached, announced before they change."""

from __future__ import annotations

from store.board import Board
from store.errors import Refused, UsageError
from store.operations.base import Operation
from store.operations.milestones import AddMilestone, AnnounceChange, ReachMilestone
from store.operations.references import find
from store.records import Milestone
from store.rules.relative_dates import due_of, read_relative
from tui.cli.context import Run
from tui.cli.division import shapes_of
from tui.cli.output import Column
from tui.cli.performing import perform
from tui.cli.tables import Tables
from tui.i18n import _


def milestone(run: Run) -> int:
    """`milestone CARD` lists; with a NAME: adds, with --reached, --announce or --link: of the one there is."""
    words, board = run.words, run.board
    card = find(board, "cards", words.text("card"))
    name = words.text("name")
    if not name:
        _list_milestones(run, card)
        return 0
    return perform(run, _on_milestone(run, card, name))


def _on_milestone(run: Run, card: int, name: str) -> Operation:
    words, board = run.words, run.board
    date = words.text("due")
    relative = date if date and read_relative(date) is not None else ""
    due = run.instant(date) if date and not relative else None
    if words.has("reached"):
        there = _there(board, card, name).id
        return ReachMilestone(milestone=there, output=words.text("output"), reference=words.text("link"))
    if words.has("announce"):
        there = _there(board, card, name).id
        return AnnounceChange(milestone=there, text=words.text("announce"), due=due, relative=relative)
    notice = words.text("notice")
    if notice and not (notice.isascii() and notice.isdecimal()):
        raise UsageError('--notice "{value}": write a number of days.', value=notice[:20])
    who = words.text("who")
    return AddMilestone(
        card=card,
        name=name,
        due=due,
        relative=relative,
        responsible=find(board, "people", who) if who else None,
        output=words.text("output"),
        tentative=words.has("tentative"),
        notice_days=int(notice) if notice else None,
    )


def _there(board: Board, card: int, name: str) -> Milestone:
    rows = [each for each in board.milestones_of.get(card, ()) if each.name == name]
    if not rows:
        raise Refused("This card has no milestone {name}.", code="not_found", name=name)
    return rows[0]


def _list_milestones(run: Run, card: int) -> None:
    shapes, rows = shapes_of(run), run.board.milestones_of.get(card, ())
    dues = [due_of(run.board, each, run.working) for each in rows]
    order = sorted(range(len(rows)), key=lambda n: (dues[n] is None, dues[n] or 0))
    rows, dues = [rows[n] for n in order], [dues[n] for n in order]
    if run.json:
        run.out.json(
            [
                {
                    "doc_id": each.id,
                    "name": each.name,
                    "due": shapes.instant(due),
                    "relative": each.relative or None,
                    "tentative": each.tentative,
                    "notice_days": each.notice_days,
                    "moved_from": shapes.instant(each.moved_from),
                    "responsible": shapes.person(each.responsible),
                    "output": each.output or None,
                    "reached": shapes.instant(each.reached_at),
                    "registered": shapes.instant(each.registered_at),
                }
                for each, due in zip(rows, dues, strict=True)
            ]
        )
        return
    lines = [
        (
            Tables(shapes, run.out).when(due) or each.relative,
            each.name,
            run.board.person_name(each.responsible),
            _("reached") if each.reached_at else _("tentative") if each.tentative else "",
        )
        for each, due in zip(rows, dues, strict=True)
    ]
    run.out.table([Column(_("due")), Column(_("milestone"), cut=True), Column(_("responsible")), Column("")], lines)
