"""Papers of issues: the collaboration sheet 跨部门协作沟通表 (T3) and the escalation record 问题升级记录表 (§9)."""

from __future__ import annotations

from collections.abc import Iterable

from store.exchange.papers.model import Cell, Column, Facts, Paper, Sheet, Table
from store.exchange.values import one_part
from store.records import Card, Issue
from store.rules.gates import retro_of
from tui.deeds import step_word
from tui.i18n import _, p_
from tui.papers.desk import Desk, card_stem, stem
from tui.papers.register import STATES
from tui.papers.terms import term
from tui.words import issue_kind, issue_state

PARTS = ("what", "impact", "tried", "needed", "risk", "reason", "scope", "solution", "over")
"""What an issue is made of, in the order it is told."""


def collaboration_paper(desk: Desk, card: int) -> Paper:
    """Topic, who is in it, who does what by when, what hangs on what, how it stands."""
    found = desk.board.cards[card]
    title = p_("paper", "Collaboration sheet")
    issues = desk.board.issues_of.get(card, ())
    problems = [desk.kept(found.notes, p_("paper", "Problems and risks")), *map(_told, issues)]
    measures = [desk.kept(found.notes, p_("paper", "Measures")), *(_decided(desk, each) for each in issues)]
    retro = [desk.kept(found.notes, p_("paper", "Summary of the retro")), _retro(desk, found)]
    rows: tuple[tuple[str, Cell], ...] = (
        (p_("paper", "Topic of collaboration"), found.name),
        (p_("paper", "Departments and people"), _people(desk, found)),
        (p_("paper", "Key tasks and who does them"), _tasks(desk, found)),
        (p_("paper", "What depends on what"), _dependencies(desk, found)),
        (p_("paper", "Mechanism"), found.mechanism),
        (p_("paper", "Current state"), _state(desk, found)),
        (p_("paper", "Problems and risks"), "\n".join(filter(None, problems))),
        (p_("paper", "Measures"), "\n".join(filter(None, measures))),
        (p_("paper", "Summary of the retro"), "\n".join(filter(None, retro))),
    )
    head = (p_("paper", "Field"), p_("paper", "Content"))
    return desk.paper(card_stem(found, title), Sheet(title, (Facts(rows, head),)))


def _state(desk: Desk, card: Card) -> str:
    blocked = any(each.status == "blocked" for each in desk.board.subtasks_of.get(card.id, ()))
    open_blocked = any(i.kind == "blocked" and i.state != "resolved" for i in desk.board.issues_of.get(card.id, ()))
    if card.stage != "active":
        return term(STATES[card.stage])
    if blocked or open_blocked:
        return term("blocked")
    return desk.kept(card.notes, p_("paper", "Current state")) or term("in_progress")


def _people(desk: Desk, card: Card) -> str:
    return _(", ").join(
        _("{department}: {names}").format(
            department=desk.department(duty.department), names=desk.person(duty.work_lead or duty.liaison)
        )
        if duty.work_lead or duty.liaison
        else desk.department(duty.department)
        for duty in desk.board.duties_of.get(card.id, ())
    )


def _tasks(desk: Desk, card: Card) -> str:
    """`生产部:排查故障原因,李主管,2026-07-08 12:00前提交故障报告`, one after the other."""
    said = []
    for each in desk.board.subtasks_of.get(card.id, ()):
        due = desk.text(desk.finish(each.planned_finish))
        # A result without its date would stand where the person does.
        by = _("{output} by {t}").format(t=due, output=one_part(each.deliverable)).strip() if due else ""
        text = _(",").join(filter(None, (one_part(each.name), desk.person(each.owner), by)))
        department = desk.department(each.department)
        said.append(_("{department}: {names}").format(department=department, names=text) if department else text)
    return _("; ").join(said)


def _dependencies(desk: Desk, card: Card) -> str:
    names = {each.id: one_part(each.name) for each in desk.board.subtasks_of.get(card.id, ())}
    said = [
        _("{name} waits for {others}").format(
            name=names[each.id], others=_(", ").join(names[key] for key in each.depends_on if key in names)
        )
        for each in desk.board.subtasks_of.get(card.id, ())
        if any(key in names for key in each.depends_on)
    ]
    kept = desk.kept(card.notes, p_("paper", "What depends on what"))
    return _("; ").join(filter(None, (*said, kept)))


def _told(issue: Issue) -> str:
    return _("; ").join(" ".join(text.split()) for part in PARTS if (text := getattr(issue, part)))


def _decided(desk: Desk, issue: Issue) -> str:
    who = _(", ").join(
        filter(None, (desk.department(issue.resolution_department), desk.person(issue.resolution_owner)))
    )
    due = desk.text(desk.finish(issue.resolution_due))
    return _(", ").join(filter(None, (issue.decision, who, due)))


def _retro(desk: Desk, card: Card) -> str:
    found = retro_of(desk.board, card)
    return "\n".join(filter(None, (found.well, found.short, found.improvements, found.waived))) if found else ""


def escalations_paper(desk: Desk, card: int) -> Paper:
    """The issues of a card or of the whole board (0), with each step up and what was decided."""
    found = desk.board.cards.get(card)
    issues = desk.board.issues_of.get(card, ()) if found else desk.board.issues.values()
    title = p_("paper", "Escalation record")
    columns = (
        Column(p_("paper", "Issue"), 10),
        Column(p_("paper", "Task"), 20),
        Column(p_("paper", "Kind"), 10),
        Column(p_("paper", "Problem"), 34),
        Column(p_("paper", "Raised by"), 14),
        Column(p_("paper", "Raised at"), 17),
        Column(p_("paper", "Tier"), 10),
        Column(p_("paper", "Steps"), 44),
        Column(p_("paper", "State"), 10),
        Column(p_("paper", "Decision"), 34),
        Column(p_("paper", "Carried out by"), 16),
        Column(p_("paper", "Due"), 17),
        Column(p_("paper", "Resolved at"), 17),
    )
    name = card_stem(found, title) if found else stem(title, desk.board.meta.name)
    return desk.paper(name, Sheet(title, (Table(columns, tuple(_rows(desk, issues))),)))


def _rows(desk: Desk, issues: Iterable[Issue]) -> Iterable[tuple[Cell, ...]]:
    for issue in sorted(issues, key=lambda each: each.raised_at):
        card = desk.board.cards.get(issue.card)
        owner = (desk.department(issue.resolution_department), desk.person(issue.resolution_owner))
        yield (
            issue.number,
            card.number if card else "",
            issue_kind(issue.kind),
            _told(issue),
            desk.with_department(issue.raised_by),
            desk.at(issue.raised_at),
            _("tier {n}").format(n=issue.tier),
            _steps(desk, issue),
            issue_state(issue.state),
            issue.decision,
            _(", ").join(filter(None, owner)),
            desk.finish(issue.resolution_due),
            desk.at(issue.resolved_at),
        )


def _steps(desk: Desk, issue: Issue) -> str:
    return "\n".join(
        " ".join(filter(None, (desk.text(desk.at(each.at)), step_word(each), desk.person(each.by), each.text)))
        for each in desk.board.steps_of.get(issue.id, ())
    )
