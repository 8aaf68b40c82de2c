"""Every kind of clock and the function that makes it; asked card by card."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from operator import attrgetter

from store.records import Card
from store.rules import (
    clocks_acceptance,
    clocks_cards,
    clocks_division,
    clocks_issues,
    clocks_late,
    clocks_meetings,
    clocks_reports,
    clocks_work,
)
from store.rules.clock_facts import Facts
from store.rules.clocks import Clock, Kind

Maker = Callable[[Facts, Card | None], Iterable[Clock]]
Prepared = list[tuple[Collection[int], Maker]]
_due = attrgetter("due")

MAKERS: tuple[tuple[Kind, str, Maker], ...] = (
    ("card_due", "cards", clocks_cards.card_due),
    ("subtask_due", "subtasks_of", clocks_work.subtask_due),
    ("milestone", "milestones_of", clocks_cards.milestone),
    ("input", "inputs", clocks_division.needed_input),
    ("change_notice", "milestones_of", clocks_cards.change_notice),
    ("confirmation", "asked", clocks_cards.confirmation),
    ("division", "cards", clocks_division.division),
    ("progress", "subtasks_of", clocks_work.progress),
    ("delay_notice", "lagging", clocks_late.late),
    ("report_block", "incidents", clocks_reports.incident),
    ("report_block", "issues_of", clocks_reports.reported),
    ("response", "issues_of", clocks_issues.response),
    ("response", "problems", clocks_work.problem_response),
    ("coordination", "issues_of", clocks_issues.coordination),
    ("follow_up", "issues_of", clocks_late.follow_up),
    ("tier", "issues_of", clocks_issues.tier),
    ("resolution", "issues_of", clocks_issues.resolution),
    ("resolution", "sync_of", clocks_reports.promise),
    ("support", "supports", clocks_division.support),
    ("deliverable", "handed_over", clocks_division.deliverable),
    ("deliverable", "milestones_of", clocks_division.reached),
    ("accept_subtask", "handed_over", clocks_division.accept_subtask),
    ("acceptance", "acceptances_of", clocks_acceptance.acceptance),
    ("rectification", "acceptances_of", clocks_acceptance.rectification),
    ("minutes_draft", "meetings_of", clocks_meetings.minutes_draft),
    ("minutes_final", "meetings_of", clocks_meetings.minutes_final),
    ("meeting", "meetings_of", clocks_meetings.meeting),
    ("notice", "meetings_of", clocks_meetings.notice),
    ("retro", "completed", clocks_acceptance.retro),
    ("notify", "sync_of", clocks_reports.notify),
)
"""Every kind, which cards may have records of it (`Facts.cards_with`), and the function that gives a card's clocks.

The function is asked only about those cards; of `meetings_of` and `sync_of` also about what has no card. That of
incidents gives report_problem and report_warning too, that of what lags follow_up.
"""


def prepared(facts: Facts, without: Collection[str] = ()) -> Prepared:
    """Return each maker with the cards that may have its records, if any do; those of some kinds may be left out."""
    makers = [(source, make) for kind, source, make in MAKERS if kind not in without]
    sources = {source: facts.cards_with(source) for source, _ in makers}
    return [(sources[source], make) for source, make in makers if sources[source]]


def made(facts: Facts, makers: Prepared, card: Card | None) -> list[Clock]:
    """Return the clocks of a card (None: of meetings without one) by due.

    What is due at the same second stays in the order of MAKERS and of the card's own lists.
    """
    place = card.id if card else 0
    found: list[Clock] = []
    for cards, make in makers:
        if place in cards:
            found += make(facts, card)
    found.sort(key=_due)
    return found
