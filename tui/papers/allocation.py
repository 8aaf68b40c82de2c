"""The allocation table 跨部门任务分配表 (T5) of one subtask."""

from __future__ import annotations

from store.exchange.papers.model import Heading, Paper, Sheet
from store.exchange.values import said
from store.records import Subtask
from tui.i18n import _, p_
from tui.papers.desk import Desk, bracketed, dated, facts, stem


def allocation_paper(desk: Desk, subtask: int) -> Paper:
    """The form in its fixed parts."""
    found = desk.board.subtasks[subtask]
    title = p_("paper", "Allocation table")
    card = desk.board.cards.get(found.card)
    blocks = (
        Heading(p_("paper", "Basic facts")),
        facts(
            (p_("paper", "Task name"), found.name),
            (p_("paper", "Of project"), card.name if card else ""),
            (p_("paper", "Task description"), found.description),
        ),
        Heading(p_("paper", "Who does what")),
        facts(
            (p_("paper", "Department in charge"), desk.department(found.department)),
            (p_("paper", "Responsible person"), desk.person(found.owner)),
            (p_("paper", "Helping departments"), _helping(desk, found)),
            (p_("paper", "Helpers"), desk.people(found.collaborators)),
        ),
        Heading(p_("paper", "Dates")),
        facts(
            (p_("paper", "Planned start date"), desk.start(found.planned_start)),
            (p_("paper", "Planned finish time"), desk.finish(found.planned_finish)),
            (p_("paper", "Milestone dates"), desk.milestones(found.card, found.id)),
        ),
        Heading(p_("paper", "Resources and support needed")),
        facts((p_("paper", "Resources and support needed"), _inputs(desk, found))),
        Heading(p_("paper", "Completion standard and remarks")),
        facts((p_("paper", "Completion standard and remarks"), found.standard)),
        Heading(p_("paper", "Progress updates")),
        facts((p_("paper", "Progress updates"), _progress(desk, found))),
        Heading(p_("paper", "Risks")),
        facts((p_("paper", "Risks"), _risks(desk, found))),
    )
    return desk.paper(stem(title, found.name, found.number), Sheet(title, blocks))


def _helping(desk: Desk, subtask: Subtask) -> str:
    """`市场部(提供文案、品牌规范)`: the other departments of the card that have a hand in it."""
    said = []
    for duty in desk.board.duties_of.get(subtask.card, ()):
        if duty.department != subtask.department:
            name, action = desk.department(duty.department), bracketed(duty.action)
            said.append(_("{name} ({why})").format(name=name, why=action) if action else name)
    return _(", ").join(said)


def _inputs(desk: Desk, subtask: Subtask) -> str:
    asked = [
        " ".join(filter(None, (desk.department(each.department), each.what, desk.text(desk.finish(each.due)))))
        for each in desk.board.inputs_of.get(subtask.id, ())
        if each.cancelled_at is None
    ]
    return "\n".join(filter(None, (subtask.inputs, subtask.resources, *asked)))


def _progress(desk: Desk, subtask: Subtask) -> str:
    entries = [each for each in desk.board.progress_of.get(subtask.id, ()) if said(each.done) and not each.withdrawn]
    return ";".join(dated(desk.text(desk.point(each.at)), each.done, ":") for each in entries)


def _risks(desk: Desk, subtask: Subtask) -> str:
    card = desk.board.cards.get(subtask.card)
    kept = desk.kept(card.notes, f"{p_('paper', 'Risks')} ({subtask.name})") if card else ""
    warnings = [
        f"{issue.number} {issue.title}"
        for issue in desk.board.issues_of.get(subtask.card, ())
        if issue.subtask == subtask.id and issue.kind == "warning"
    ]
    return "\n".join(filter(None, (kept, *warnings)))
