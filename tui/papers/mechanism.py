"""The statement of how a task's people talk to each other (沟通机制说明) with the list of liaisons (接口人名单)."""

from __future__ import annotations

from collections.abc import Iterator

from store.exchange.papers.model import Block, Cell, Column, Heading, Paper, Sheet, Table
from store.records import Card
from tui.i18n import _, p_
from tui.papers.desk import Desk, card_stem, facts
from tui.papers.terms import term
from tui.present.card_papers import contact_words, meeting_words


def mechanism_paper(desk: Desk, card: int) -> Paper:
    """How progress is told, when one meets, whom one calls, and how long each answer may take on this board."""
    found = desk.board.cards[card]
    title = p_("paper", "Communication mechanism")
    blocks: tuple[Block, ...] = (
        facts(*_mechanism(desk, found)),
        Heading(p_("paper", "Liaisons")),
        _liaisons(desk, found),
    )
    return desk.paper(card_stem(found, title), Sheet(title, blocks))


def _mechanism(desk: Desk, card: Card) -> Iterator[tuple[str, Cell]]:
    yield p_("paper", "Task name"), card.name
    yield p_("paper", "Task number"), card.number
    yield p_("paper", "Lead"), desk.with_department(card.lead)
    yield p_("paper", "Progress is told"), term(card.cadence)
    yield p_("paper", "Channel"), card.channel
    yield p_("paper", "Regular meeting"), meeting_words(card.regular_meeting, card.meeting_day, card.meeting_at)
    yield p_("paper", "Urgent contact"), contact_words(desk.state, card.urgent_contact)
    if card.response_limit_hours:
        yield p_("paper", "Answer within"), _("{n} hours").format(n=card.response_limit_hours)
    yield p_("paper", "Mechanism"), card.mechanism


def _liaisons(desk: Desk, card: Card) -> Table:
    columns = (
        Column(p_("paper", "Department"), 14),
        Column(p_("paper", "Head"), 10),
        Column(p_("paper", "Liaison"), 10),
        Column(p_("paper", "Telephone"), 16),
        Column(p_("paper", "Chat"), 16),
        Column(p_("paper", "Role"), 14),
        Column(p_("paper", "Registered at"), 16),
    )
    rows = []
    for duty in desk.board.duties_of.get(card.id, ()):
        home = desk.board.departments.get(duty.department)
        person = desk.board.people.get(duty.liaison or 0)
        rows.append(
            (
                desk.department(duty.department),
                desk.person(home.head if home else None),
                person.name if person else "",
                person.phone if person else "",
                person.chat if person else "",
                duty.role,
                desk.day(duty.liaison_registered_at),
            )
        )
    return Table(columns, tuple(rows))
