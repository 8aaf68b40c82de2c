"""Clocks of the end of a card: acceptance, rectification, retro (rulebook sections 8, 9)."""

from __future__ import annotations

from collections.abc import Iterator

from store.records import Acceptance, Card
from store.rules.clock_facts import OVER, Facts
from store.rules.clocks import Clock
from store.rules.clocks_cards import has_run


def acceptance(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """3 WD from each submission until its verdict, asked of the acceptor."""
    if card is None or not has_run(card):
        return
    span = facts.spans.of("acceptance")
    for each in facts.board.acceptances_of.get(card.id, ()):
        closed, void = each.verdict_at, each.verdict_at is None and card.stage == "cancelled"
        if not (facts.closed if closed is not None or void else card.stage == "acceptance"):
            continue
        yield Clock(
            "acceptance",
            "acceptances",
            each.id,
            card.id,
            each.submitted_at,
            facts.spans.due(each.submitted_at, span),
            closed,
            void,
            acceptors(facts, card, each),
            _side(facts, card, each),
            card.name,
        )


def rectification(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """From the verdict `rectify` to the date agreed with it; met when the card is submitted again."""
    if card is None or not has_run(card):
        return
    for each in facts.board.acceptances_of.get(card.id, ()):
        if each.verdict != "rectify" or each.rectify_by is None:
            continue
        closed = each.resubmitted_at
        void = closed is None and card.stage == "cancelled"
        if (closed is not None or void or card.stage in OVER) and not facts.closed:
            continue
        if closed is None and card.stage in OVER:
            continue  # completed all the same: nobody asks any more
        lead, department = facts.roster.lead(card), card.lead_department
        yield Clock(
            "rectification",
            "acceptances",
            each.id,
            card.id,
            each.verdict_at,
            each.rectify_by,
            closed,
            void,
            lead,
            department,
            card.name,
        )


def retro(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """3 WD from the completion until the retro is recorded, or waived with a reason; asked of the initiator."""
    if card is None or card.stage not in OVER or card.completed_at is None:
        return
    held = facts.board.retros_of.get(card.id, ())
    closed = next((each.at for each in held if each.at >= card.completed_at), None)
    if not (facts.closed if closed is not None else card.stage == "completed"):
        return
    yield Clock(
        "retro",
        "cards",
        card.id,
        card.id,
        card.completed_at,
        facts.spans.due(card.completed_at, facts.spans.of("retro")),
        closed,
        False,
        facts.roster.first(card.initiator) or facts.roster.lead(card),
        card.initiating_department,
        card.name,
    )


def acceptors(facts: Facts, card: Card, each: Acceptance | None = None) -> tuple[int, ...]:
    """Return who gives the verdict: the acceptor of the round or the card, else the head of its department.

    Where neither stands inside, management: the executive; else the head of the initiating department, the lead.
    """
    roster = facts.roster
    return (
        roster.first(each.acceptor if each else None, card.acceptor)
        or roster.heads.get(card.acceptor_department or 0)
        or roster.executive
        or roster.heads.get(card.initiating_department or 0)
        or roster.lead(card)
    )


def _side(facts: Facts, card: Card, each: Acceptance) -> int | None:
    person = facts.board.people.get(each.acceptor or card.acceptor or 0)
    return card.acceptor_department or (person.department if person else None) or card.initiating_department
