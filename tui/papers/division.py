"""The division of work 协同任务分工表 (T2), and how its parts stand: 协同进度跟踪表 (rulebook §9)."""

from __future__ import annotations

from store.exchange.papers.model import Cell, Column, Paper, Share, Sheet, Table
from store.records import Letter, Subtask
from store.rules.entries import last_report
from store.views.subtasks import SubtaskRow
from tui.i18n import _, p_
from tui.papers.desk import DASH, Desk, card_stem
from tui.papers.terms import term


def division_paper(desk: Desk, card: int) -> Paper:
    """Step, who is responsible, what is done, by when, what comes out; and the RACI letters below."""
    found = desk.board.cards[card]
    title = p_("paper", "Division of work")
    subtasks = desk.board.subtasks_of.get(card, ())
    columns = (
        Column(p_("paper", "Step"), 22),
        Column(p_("paper", "Responsible department, person"), 24),
        Column(p_("paper", "Description of the task"), 36),
        Column(p_("paper", "To be done by"), 18),
        Column(p_("paper", "Output"), 24),
    )
    sheets = [Sheet(title, (Table(columns, tuple(_step(desk, each) for each in subtasks)),))]
    if any(desk.board.letters_of.get(each.id) for each in subtasks):
        sheets.append(_raci(desk, list(subtasks)))
    return desk.paper(card_stem(found, title), *sheets)


def _step(desk: Desk, subtask: Subtask) -> tuple[Cell, ...]:
    department, owner = desk.department(subtask.department), desk.person(subtask.owner)
    if subtask.reviewers:
        department = "/".join(
            filter(None, map(desk.department, dict.fromkeys((subtask.department, *subtask.reviewers))))
        )
    who = _("{department}: {names}").format(department=department, names=owner) if department and owner else ""
    waits = [
        each.relative
        for each in desk.board.milestones_of.get(subtask.card, ())
        if each.subtask == subtask.id and each.name == subtask.name and each.relative
    ]
    return (
        subtask.name,
        who or department or owner,
        subtask.description,
        desk.finish(subtask.planned_finish) or next(iter(waits), None),
        subtask.deliverable or DASH,
    )


def _raci(desk: Desk, subtasks: list[Subtask]) -> Sheet:
    found = {each.id: desk.board.letters_of.get(each.id, ()) for each in subtasks}
    holders = list(dict.fromkeys(_holder(desk, letter) for letters in found.values() for letter in letters))
    columns = (Column(p_("paper", "Step"), 24), *(Column(holder, 10) for holder in holders))
    rows = []
    for each in subtasks:
        letters = {_holder(desk, letter): letter.letters for letter in found[each.id]}
        rows.append((each.name, *(letters.get(holder, "") for holder in holders)))
    return Sheet("RACI", (Table(columns, tuple(rows)),))


def _holder(desk: Desk, letter: Letter) -> str:
    return desk.department(letter.department) or desk.person(letter.person)


def tracking_paper(desk: Desk, card: int) -> Paper:
    """Each subtask done, in progress or lagging, with its last report."""
    found = desk.board.cards[card]
    title = p_("paper", "Joint progress sheet")
    columns = (
        Column(p_("paper", "Subtask ID"), 22),
        Column(p_("paper", "Subtask name"), 24),
        Column(p_("paper", "Responsible department"), 14),
        Column(p_("paper", "Responsible person"), 10),
        Column(p_("paper", "Planned finish"), 17),
        Column(p_("paper", "Progress"), 10),
        Column(p_("paper", "State"), 12),
        Column(p_("paper", "Work done"), 28),
        Column(p_("paper", "Next steps"), 24),
        Column(p_("paper", "Problems and support needed"), 26),
        Column(p_("paper", "Updated on"), 17),
    )
    rows = tuple(_tracked(desk, row) for row in desk.state.subtask_rows.get(card, ()))
    return desk.paper(card_stem(found, title), Sheet(title, (Table(columns, rows),)))


def _tracked(desk: Desk, row: SubtaskRow) -> tuple[Cell, ...]:
    last = last_report(desk.board.progress_of.get(row.id, ()))
    late = row.group(desk.now) in {"lagging", "overdue"}
    return (
        row.number,
        row.name,
        desk.department(row.department),
        desk.person(row.owner),
        desk.finish(row.planned_finish),
        Share(row.percent),
        term("lagging" if late else row.status),
        last.done if last else "",
        last.next if last else "",
        last.problem if last else "",
        desk.point(last.at) if last else None,
    )
