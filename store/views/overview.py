"""Rows of the overview: one per card, with its nearest clock (screens 3.1).

A row does not depend on now: what changes with time is an instant in it (`clock.due`, `silent_from`),
compared when somebody looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from store.records import Card, Priority, Stage
from store.rules.clocks import Clock
from store.rules.lag import card_percent

if TYPE_CHECKING:
    from store.views.state import BoardState


class CardRow(Struct, frozen=True, eq=False, gc=False):
    """One card. `id`, `lead`, `departments` and `who` are doc ids; instants are epoch seconds.

    `clock` is the open clock that is due first. `who` must act on it; without a clock it is the lead.
    `departments` stand in the card's order. `last_entry` is when the newest entry was made, `silent_from`
    when the first of its progress clocks is breached, `tier` the highest tier of an open issue (0: none).
    """

    id: int
    number: str
    name: str
    lead: int | None
    departments: tuple[int, ...]
    priority: Priority
    stage: Stage
    percent: int
    clock: Clock | None
    who: tuple[int, ...]
    last_entry: int | None
    planned_finish: int | None
    open_issues: int
    resolved_issues: int
    tier: int
    blocked: bool
    unconfirmed: bool
    silent_from: int | None

    @property
    def due(self) -> int | None:
        """When the nearest clock is due."""
        return self.clock.due if self.clock else None


def card_row(state: BoardState, card: Card) -> CardRow:
    """Return the row of one card."""
    board, book = state.board, state.book
    unconfirmed, silent_from = False, None
    for clock in book.of_card(card.id):
        if clock.closed is not None or clock.void:
            continue
        if clock.kind == "confirmation":
            unconfirmed = True
        elif clock.kind == "progress" and silent_from is None:
            silent_from = clock.due + 1
    subtasks = board.subtasks_of.get(card.id, ())
    last, blocked = 0, False
    for subtask in subtasks:
        entries = board.progress_of.get(subtask.id)
        if entries and entries[-1].at > last:
            last = entries[-1].at
        blocked = blocked or subtask.status == "blocked"
    open_issues = resolved = tier = 0
    for issue in board.issues_of.get(card.id, ()):
        if issue.state == "resolved":
            resolved += 1
            continue
        open_issues += 1
        tier = max(tier, issue.tier)
        blocked = blocked or issue.kind == "blocked"
    nearest = book.nearest.get(card.id)
    return CardRow(
        card.id,
        card.number,
        card.name,
        card.lead,
        tuple([duty.department for duty in board.duties_of.get(card.id, ())]),
        card.priority,
        card.stage,
        card_percent(subtasks, state.working),
        nearest,
        nearest.who if nearest else state.roster.lead(card),
        last or None,
        card.planned_finish,
        open_issues,
        resolved,
        tier,
        blocked,
        unconfirmed,
        silent_from,
    )
