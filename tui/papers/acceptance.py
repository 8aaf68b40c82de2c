"""Report on the acceptance of a card's results (成果验收报告, rulebook §9)."""

from __future__ import annotations

from collections.abc import Iterator

from store.exchange.papers.model import Block, Cell, Column, Heading, Line, Paper, Sheet, Table
from store.records import Acceptance, Card
from tui.i18n import _, p_
from tui.papers.desk import DASH, Desk, card_stem, facts
from tui.papers.terms import term


def acceptance_paper(desk: Desk, card: int) -> Paper:
    """What was to be delivered, what each round said, the departments' words, and lines to sign on."""
    found = desk.board.cards[card]
    title = p_("paper", "Acceptance report")
    blocks: list[Block] = [Heading(p_("paper", "Task")), facts(*_facts(desk, found))]
    blocks += [Heading(p_("paper", "Deliverables")), _deliverables(desk, found)]
    rounds = desk.board.acceptances_of.get(card, ())
    for each in rounds:
        blocks += _round(desk, each)
    if not rounds:
        blocks += [Heading(p_("paper", "Acceptance")), Line(p_("paper", "Not submitted yet."))]
    blocks += [Heading(p_("paper", "Words of the supporting departments")), _supports(desk, found)]
    return desk.paper(card_stem(found, title), Sheet(title, tuple(blocks)))


def _facts(desk: Desk, card: Card) -> Iterator[tuple[str, Cell]]:
    yield p_("paper", "Task name"), card.name
    yield p_("paper", "Task number"), card.number
    yield p_("paper", "Core goal"), card.goal
    yield p_("paper", "Expected results"), card.deliverables
    yield p_("paper", "Acceptance criteria"), card.acceptance_criteria
    yield p_("paper", "Lead"), desk.with_department(card.lead)
    yield p_("paper", "Acceptor"), desk.with_department(card.acceptor) or desk.department(card.acceptor_department)
    yield p_("paper", "Planned start"), desk.start(card.planned_start)
    yield p_("paper", "Planned finish"), desk.finish(card.planned_finish)
    yield p_("paper", "Completed at"), desk.at(card.completed_at)


def _deliverables(desk: Desk, card: Card) -> Table:
    columns = (
        Column(p_("paper", "Number"), 18),
        Column(p_("paper", "Subtask"), 20),
        Column(p_("paper", "Deliverable"), 20),
        Column(p_("paper", "Responsible"), 16),
        Column(p_("paper", "Completion standard"), 24),
        Column(p_("paper", "State"), 12),
    )
    rows = tuple(
        (
            each.number,
            each.name,
            each.deliverable or DASH,
            _(", ").join(filter(None, (desk.department(each.department), desk.person(each.owner)))),
            each.standard,
            term(each.status),
        )
        for each in desk.board.subtasks_of.get(card.id, ())
    )
    return Table(columns, rows)


def _round(desk: Desk, found: Acceptance) -> Iterator[Block]:
    yield Heading(_("Acceptance, round {n}").format(n=found.round))
    yield facts(
        (p_("paper", "Submitted by"), desk.with_department(found.submitted_by)),
        (p_("paper", "Submitted at"), desk.at(found.submitted_at)),
        (p_("paper", "Handed over"), found.deliverables),
        (p_("paper", "Support confirmed"), found.support_words or DASH),
        (p_("paper", "Verdict"), term(found.verdict) or p_("paper", "none yet")),
        (p_("paper", "Remarks"), found.remarks or DASH),
        (p_("paper", "Rectify by"), desk.finish(found.rectify_by) or DASH),
        (p_("paper", "Judged by"), desk.with_department(found.verdict_by)),
        (p_("paper", "Judged at"), desk.at(found.verdict_at)),
    )


def _supports(desk: Desk, card: Card) -> Table:
    columns = (
        Column(p_("paper", "Department"), 16),
        Column(p_("paper", "Word"), 36),
        Column(p_("paper", "By"), 12),
        Column(p_("paper", "Date"), 16),
    )
    rows = tuple(
        (
            desk.department(duty.department),
            (duty.support_word or p_("paper", "confirmed")) if duty.support_at else "",
            desk.person(duty.support_by),
            desk.at(duty.support_at),
        )
        for duty in desk.board.duties_of.get(card.id, ())
    )
    return Table(columns, rows)
