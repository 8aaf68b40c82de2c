"""Rows of the overview: one per card, with its nearest clock (screens 3.1).

A row does not depend on now: what changes with time is an instant in it (`clock.due`, `silent_from`),
compared when somebody looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec import Struct

from store.records import Card, Priority, Stage
from store.rules.clocks import Clock
from store.rules.entries import last_report
from store.rules.lag import card_percent
from store.views.rows import ESCALATED, Facets, IsWord, department_words, fold, people_words, within_a_day
from store.views.sorting import PRIORITY_ORDER, STAGE_ORDER, Key

if TYPE_CHECKING:
    from store.views.state import BoardState


class CardRow(Struct, frozen=True, gc=False):
    """One card. `id`, `lead`, `departments` and `who` are doc ids; instants are epoch seconds.

    `clock` is the open clock that is due first. `who` must act on it; without a clock it is the lead.
    `departments` stand in the card's order. `last_entry` is when the newest entry was made, `silent_from`
    when the first of its progress clocks is breached, `tier` the highest tier of an open issue (0: none).
    """

    id: int
    number: str
    name: str
    lead: int | None
    lead_name: str
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

    @property
    def shelved(self) -> IsWord | None:
        """An archived card is shown when asked for."""
        return "archived" if self.stage == "archived" else None

    def holds(self, word: IsWord, now: int) -> bool:
        """Say whether an `is:` word is true of the card."""
        if word == "breached":
            return self.clock is not None and now > self.clock.due
        if word == "24h":
            return within_a_day(self.due, now)
        if word == "silent":
            return self.silent_from is not None and now >= self.silent_from
        if word == "escalated":
            return self.tier >= ESCALATED
        if word == "resolved":
            return self.resolved_issues > 0
        return (
            (word == "blocked" and self.blocked) or (word == "unconfirmed" and self.unconfirmed) or word == self.stage
        )

    def facets(self, state: BoardState) -> Facets:
        """Return what the card is found by: numbers, name, people; its departments; who is on it or must act."""
        board = state.board
        card = board.cards[self.id]
        people: set[int | None] = {card.lead, card.initiator, card.acceptor, card.requester_contact, *self.who}
        for duty in board.duties_of.get(self.id, ()):
            people.add(duty.liaison)
            people.add(duty.work_lead)
        for subtask in board.subtasks_of.get(self.id, ()):
            people.add(subtask.owner)
        for clock in state.book.open_of(self.id):
            people.update(clock.who)
        people.discard(None)
        ids = cast("frozenset[int]", frozenset(people))
        names = people_words(state, ids)
        return Facets(
            f"{fold(self.number, self.name, card.paper_number, card.project)}\n{names}",
            department_words(state, *self.departments, card.lead_department),
            names,
            ids,
        )


def card_row(state: BoardState, card: Card) -> CardRow:
    """Return the row of one card."""
    board, book = state.board, state.book
    unconfirmed, silent_from = False, None
    for clock in book.open_of(card.id):
        if clock.kind == "confirmation":
            unconfirmed = True
        elif clock.kind == "progress" and silent_from is None:
            silent_from = clock.due + 1
    subtasks = board.subtasks_of.get(card.id, ())
    last, blocked = 0, False
    for subtask in subtasks:
        entry = last_report(board.progress_of.get(subtask.id, ()))
        if entry is not None and entry.at > last:
            last = entry.at
        blocked = blocked or subtask.status == "blocked"
    issues = board.issues_of.get(card.id, ())
    running = [issue for issue in issues if issue.state != "resolved"]
    nearest = book.nearest.get(card.id)
    return CardRow(
        card.id,
        card.number,
        card.name,
        card.lead,
        board.person_name(card.lead),
        tuple([duty.department for duty in board.duties_of.get(card.id, ())]),
        card.priority,
        card.stage,
        card_percent(subtasks, state.working, card.stage),
        nearest,
        nearest.who if nearest else state.roster.lead(card),
        last or None,
        card.planned_finish,
        len(running),
        len(issues) - len(running),
        max([issue.tier for issue in running], default=0),
        blocked or any(issue.kind == "blocked" for issue in running),
        unconfirmed,
        silent_from,
    )


SORTS: dict[str, Key] = {
    "id": lambda row: row.number,
    "priority": lambda row: PRIORITY_ORDER[row.priority],
    "stage": lambda row: STAGE_ORDER[row.stage],
    "progress": lambda row: row.percent,
    "lead": lambda row: row.lead_name,
    "last_entry": lambda row: -(row.last_entry or 0),
}
"""Sort keys of the overview beside `due`."""
