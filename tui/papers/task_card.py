"""The task card 跨部门协作任务管理卡 (T1): the form, and below it a row for each department."""

from __future__ import annotations

from collections.abc import Iterator

from store.exchange.papers.model import Block, Cell, Column, Paper, Sheet, Table
from store.records import Card, Duty
from tui.i18n import _, p_
from tui.papers.desk import Desk, card_stem, facts
from tui.papers.terms import term


def task_card_paper(desk: Desk, card: int) -> Paper:
    """The card with its duties and signatures as they stand."""
    found = desk.board.cards[card]
    title = p_("paper", "Task card")
    duties = desk.board.duties_of.get(card, ())
    columns = (
        Column(p_("paper", "Supporting department"), 16),
        Column(p_("paper", "Person in charge"), 12),
        Column(p_("paper", "Liaison"), 12),
        Column(p_("paper", "Role"), 18),
        Column(p_("paper", "Action"), 34),
        Column(p_("paper", "Delivery standard"), 34),
        Column(p_("paper", "Signed"), 24),
    )
    rows = tuple(_duty(desk, duty) for duty in duties)
    blocks: tuple[Block, ...] = (facts(*_facts(desk, found)), Table(columns, rows))
    return desk.paper(card_stem(found, title), Sheet(title, blocks))


def _facts(desk: Desk, card: Card) -> Iterator[tuple[str, Cell]]:
    yield p_("paper", "Task name"), card.name
    yield p_("paper", "Task number"), card.paper_number or card.number
    yield p_("paper", "Task type"), term(card.type)
    yield p_("paper", "Priority"), term(card.priority)
    yield p_("paper", "Initiated on"), desk.start(card.initiated_at)
    yield p_("paper", "Initiating department"), desk.department(card.initiating_department)
    yield p_("paper", "Initiator"), desk.person(card.initiator)
    yield p_("paper", "Leading department"), desk.department(card.lead_department)
    yield p_("paper", "Task lead"), desk.person(card.lead)
    yield p_("paper", "Background"), card.background
    yield p_("paper", "Core goal"), card.goal
    yield p_("paper", "Task scope"), card.scope
    yield p_("paper", "Planned start time"), desk.start(card.planned_start)
    yield p_("paper", "Planned finish time"), desk.finish(card.planned_finish)
    yield p_("paper", "Milestones"), desk.milestones(card.id, None)
    yield p_("paper", "Expected results"), card.deliverables
    yield p_("paper", "Acceptance standard"), card.acceptance_criteria
    yield p_("paper", "Resources needed"), card.resources
    yield p_("paper", "Mechanism"), card.mechanism
    yield p_("paper", "Remark"), card.notes


def _duty(desk: Desk, duty: Duty) -> tuple[Cell, ...]:
    signed = _("{who} {day}").format(who=desk.person(duty.signed_by), day=desk.day(duty.signed_at))
    if duty.voided_at is not None:
        signed += f" ({p_('paper', 'void')})"
    return (
        desk.department(duty.department),
        desk.person(duty.work_lead) or desk.head(duty.department),
        desk.person(duty.liaison),
        duty.role,
        duty.action,
        duty.standard,
        signed if duty.signed_at is not None else "",
    )
