"""The request for work of other departments (需求申请表) and their confirmation of it (需求确认函, rulebook §9)."""

from __future__ import annotations

from collections.abc import Iterator

from store.exchange.papers.model import Block, Cell, Column, Heading, Line, Paper, Sheet, Table
from store.records import Card
from tui.field_words import value_word
from tui.i18n import _, p_
from tui.papers.desk import Desk, card_stem, facts
from tui.papers.terms import term
from tui.present.card_papers import contact_words


def request_paper(desk: Desk, card: int) -> Paper:
    """The request as the initiating department sends it round."""
    found = desk.board.cards[card]
    title = p_("paper", "Request form")
    blocks: list[Block] = [
        Heading(p_("paper", "Request")),
        facts(*_request(desk, found)),
        Heading(p_("paper", "Asked of the departments")),
        _asked(desk, found),
    ]
    limit = found.answer_limit_hours
    if limit:
        blocks.append(Line(_("Please answer within {n} hours.").format(n=limit)))
    return desk.paper(card_stem(found, title), Sheet(title, tuple(blocks)))


def _request(desk: Desk, card: Card) -> Iterator[tuple[str, Cell]]:
    yield p_("paper", "Task name"), card.name
    yield p_("paper", "Task number"), card.number
    yield p_("paper", "Category"), value_word("cards", "category", card.category)
    yield p_("paper", "Priority"), term(card.priority)
    yield p_("paper", "Requested at"), desk.day(card.initiated_at)
    yield p_("paper", "Initiating department"), desk.department(card.initiating_department)
    yield p_("paper", "Initiator"), desk.person(card.initiator)
    yield p_("paper", "Contact for questions"), contact_words(desk.state, card.requester_contact or card.initiator)
    yield p_("paper", "Background"), card.background
    yield p_("paper", "Core goal"), card.goal
    yield p_("paper", "Scope"), card.scope
    yield p_("paper", "Not in scope"), card.out_of_scope
    yield p_("paper", "Expected results"), card.deliverables
    yield p_("paper", "Acceptance criteria"), card.acceptance_criteria
    yield p_("paper", "Planned start"), desk.start(card.planned_start)
    yield p_("paper", "Planned finish"), desk.finish(card.planned_finish)
    yield p_("paper", "Resources needed"), card.resources
    yield p_("paper", "Budget"), card.budget


def _asked(desk: Desk, card: Card) -> Table:
    columns = (
        Column(p_("paper", "Department"), 14),
        Column(p_("paper", "Role"), 14),
        Column(p_("paper", "Action"), 28),
        Column(p_("paper", "Delivery standard"), 28),
        Column(p_("paper", "Liaison"), 12),
    )
    rows = tuple(
        (desk.department(duty.department), duty.role, duty.action, duty.standard, desk.person(duty.liaison))
        for duty in desk.board.duties_of.get(card.id, ())
    )
    return Table(columns, rows)


def confirmation_paper(desk: Desk, card: int) -> Paper:
    """The letter of confirmation: what each department answered, what it ticked, who signed by which means."""
    found = desk.board.cards[card]
    title = p_("paper", "Letter of confirmation")
    head = facts(
        (p_("paper", "Task name"), found.name),
        (p_("paper", "Task number"), found.number),
        (p_("paper", "Version"), found.version),
        (p_("paper", "To"), desk.department(found.initiating_department)),
        (p_("paper", "Core goal"), found.goal),
        (p_("paper", "Planned start"), desk.start(found.planned_start)),
        (p_("paper", "Planned finish"), desk.finish(found.planned_finish)),
    )
    columns = (
        Column(p_("paper", "Department"), 12),
        Column(p_("paper", "Duty"), 26),
        Column(p_("paper", "Answer"), 20),
        Column(p_("paper", "By"), 12),
        Column(p_("paper", "Date"), 16),
        Column(p_("paper", "Signature"), 18),
    )
    rows = tuple(_answer(desk, duty_id) for duty_id in [d.id for d in desk.board.duties_of.get(card, ())])
    blocks: tuple[Block, ...] = (head, Heading(p_("paper", "Answers of the departments")), Table(columns, rows))
    return desk.paper(card_stem(found, title), Sheet(title, blocks))


def _answer(desk: Desk, key: int) -> tuple[Cell, ...]:
    duty = desk.board.duties[key]
    said = [term(duty.answer), duty.answer_text, desk.reply_of(duty)]
    signed = ""
    if duty.signed_at is not None:
        means = value_word("duties", "means", duty.means)
        signed = f"{desk.person(duty.signed_by)} {desk.day(duty.signed_at)} {means}".rstrip()
    if duty.voided_at is not None:
        signed = f"{signed} ({p_('paper', 'void')})".lstrip()
    return (
        desk.department(duty.department),
        _("; ").join(filter(None, (duty.role, duty.action, duty.standard))),
        _("; ").join(filter(None, said)),
        desk.person(duty.answered_by),
        desk.at(duty.answered_at),
        signed,
    )
