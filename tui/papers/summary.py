"""The summary report of a card (总结报告): its whole run on one page, as the dashboard tells it."""

from __future__ import annotations

from store.errors import NotFound
from store.exchange.papers.model import Block, Heading, Line, Paper, Sheet
from store.views.summary import card_summary
from tui.i18n import p_
from tui.papers.desk import Desk, card_stem, facts
from tui.papers.terms import term
from tui.present.summary import summary_sections


def summary_paper(desk: Desk, card: int) -> Paper:
    """The report as it stands now. Raises NotFound where the card is gone."""
    older = desk.state.older.entries if desk.state.older is not None else None
    found = card_summary(desk.board, desk.state.book, card, desk.now, older)
    if found is None:
        raise NotFound("There is no card with the id {id}.", id=card)
    title = p_("paper", "Summary report")
    head = facts(
        (p_("paper", "Task name"), found.card.name),
        (p_("paper", "Task number"), found.card.number),
        (p_("paper", "Priority"), term(found.card.priority)),
        (p_("paper", "Lead"), desk.with_department(found.card.lead)),
        (p_("paper", "As of"), desk.at(desk.now)),
    )
    blocks: list[Block] = [head]
    for heading, lines in summary_sections(desk.state, found, desk.now):
        blocks.append(Heading(heading))
        blocks += [Line(" ".join(line.split()), bullet=True) for line in lines]
    return desk.paper(card_stem(found.card, title), Sheet(title, tuple(blocks)))
