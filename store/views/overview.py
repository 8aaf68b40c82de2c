"""Rows of the overview: one per card, with its nearest clock (screens 3.1).

A row does not depend on now: what changes with time is an instant in it (`clock.due`, `silent_from`),
compared when somebody looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from store.records import Archived, Card, Issue, Priority, ProgressEntry, Stage, Subtask
from store.rules.clocks import Clock
from store.rules.entries import last_report
from store.rules.lag import card_percent
from store.views.rows import ESCALATED, Facets, IsWord, department_words, fold, people_words, within_a_day
from store.views.sorting import LATEST, PRIORITY_ORDER, STAGE_ORDER, Key

if TYPE_CHECKING:
    from store.board import Board
    from store.rules.clock_book import ClockBook
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
        card = board.cards.get(self.id)
        if card is None:
            return self._archived_facets(state)
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

    def _archived_facets(self, state: BoardState) -> Facets:
        """What a card in the archive is found by: what its line on the board says."""
        row = state.board.archived[self.id]
        ids = frozenset((*row.people, *((row.lead,) if row.lead else ())))
        names = people_words(state, ids)
        return Facets(
            f"{fold(row.number, row.name, row.paper_number, row.project, *row.inside)}\n{names}",
            department_words(state, *row.departments),
            names,
            ids,
        )


def archived_row(state: BoardState, row: Archived) -> CardRow:
    """Return the row of a card in the archive: without a clock, shown when asked for (`is:archived`)."""
    return CardRow(
        row.id,
        row.number,
        row.name,
        row.lead,
        state.board.person_name(row.lead),
        row.departments,
        row.priority,
        "archived",
        100,
        None,
        (),
        None,
        row.planned_finish,
        0,
        0,
        0,
        False,
        False,
        None,
    )


def row_maker(state: BoardState) -> Callable[[Card], CardRow]:
    """Return what makes the rows of cards: a sort may ask for all, so what they are made from is looked up once."""
    board, book, working, lead = state.board, state.book, state.working, state.roster.lead
    people, duties, subtasks, entries = board.people, board.duties_of, board.subtasks_of, board.progress_of
    issues, clocks, coming = board.issues_of, book.by_card, book.nearest

    def row(card: Card) -> CardRow:
        key, nearest = card.id, coming.get(card.id)
        unconfirmed, silent_from = _clock_flags(clocks[key]) if key in clocks else (False, None)
        of_card = subtasks.get(key, ())
        last, blocked = _work_flags(of_card, entries) if of_card else (None, False)
        running, resolved, tier, stops = _issue_flags(issues[key]) if key in issues else (0, 0, 0, False)
        who = people.get(card.lead or 0)
        return CardRow(
            key,
            card.number,
            card.name,
            card.lead,
            who.name if who else "",
            tuple([duty.department for duty in duties[key]]) if key in duties else (),
            card.priority,
            card.stage,
            card_percent(of_card, working, card.stage),
            nearest,
            nearest.who if nearest else lead(card),
            last,
            card.planned_finish,
            running,
            resolved,
            tier,
            blocked or stops,
            unconfirmed,
            silent_from,
        )

    return row


def _clock_flags(clocks: Iterable[Clock]) -> tuple[bool, int | None]:
    """Return whether a department has yet to confirm, and when the first progress clock is breached."""
    unconfirmed, silent_from = False, None
    for clock in clocks:
        if clock.kind == "confirmation":
            unconfirmed = True
        elif clock.kind == "progress" and silent_from is None:
            silent_from = clock.due + 1
    return unconfirmed, silent_from


def _work_flags(subtasks: Iterable[Subtask], entries: Mapping[int, list[ProgressEntry]]) -> tuple[int | None, bool]:
    """Return when the newest entry was made, and whether any subtask is blocked."""
    last, blocked = 0, False
    for subtask in subtasks:
        entry = last_report(entries.get(subtask.id, ()))
        if entry is not None and entry.at > last:
            last = entry.at
        blocked = blocked or subtask.status == "blocked"
    return last or None, blocked


def _issue_flags(issues: Sequence[Issue]) -> tuple[int, int, int, bool]:
    """Return how many issues run and are resolved, the highest tier of those that run, and whether any blocks."""
    running = [issue for issue in issues if issue.state != "resolved"]
    tier = max([issue.tier for issue in running], default=0)
    return len(running), len(issues) - len(running), tier, any(issue.kind == "blocked" for issue in running)


def usual_order(state: BoardState) -> list[int]:
    """Return the cards without a filter in the default order (`sort_rows` by due), no row made for it."""
    cards = state.board.cards
    dues = {key: clock.due for key, clock in state.book.nearest.items()}
    ids = [key for key, card in cards.items() if card.stage != "archived"]
    ids.sort(key=lambda key: cards[key].number or cards[key].name)
    ids.sort(key=lambda key: dues.get(key, LATEST))
    return ids


def blocked_cards(board: Board) -> set[int]:
    """Return the cards whose rows are `blocked`: one of their subtasks is, or an issue that runs stops the work."""
    found = {each.card for each in board.subtasks.values() if each.status == "blocked"}
    return found | {each.card for each in board.issues.values() if each.kind == "blocked" and each.state != "resolved"}


def escalated(issue: Issue) -> bool:
    """Say whether an issue makes its card's row `escalated`."""
    return issue.tier >= ESCALATED and issue.state != "resolved"


def unconfirmed_cards(book: ClockBook) -> set[int | None]:
    """Return the cards whose rows are `unconfirmed`: the clock of a confirmation runs."""
    return {key for key, clocks in book.by_card.items() for clock in clocks if clock.kind == "confirmation"}


SORTS: dict[str, Key] = {
    "id": lambda row: row.number,
    "priority": lambda row: PRIORITY_ORDER[row.priority],
    "stage": lambda row: STAGE_ORDER[row.stage],
    "progress": lambda row: row.percent,
    "lead": lambda row: row.lead_name,
    "last_entry": lambda row: -(row.last_entry or 0),
}
"""Sort keys of the overview beside `due`."""
