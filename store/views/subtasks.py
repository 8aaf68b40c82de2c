"""Rows of subtasks: on the departments screen, in the division of a card, in the chain of owed reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from store.records import Card, Status, Subtask
from store.rules.clocks import Clock
from store.rules.entries import last_report
from store.rules.lag import Flags, Group, flags, group
from store.views.rows import Facets, IsWord, department_words, fold, people_words, within_a_day

if TYPE_CHECKING:
    from store.views.state import BoardState


class SubtaskRow(Struct, frozen=True, gc=False):
    """One subtask. Ids are doc ids, instants epoch seconds, `percent` 0-100.

    `clock` is its open clock that is due first; without one its closed `subtask_due`. `owed_at` is the due
    of its open progress clock, `flags` say from when it lags, is overdue, is silent, unannounced.
    """

    id: int
    card: int
    number: str
    name: str
    department: int | None
    owner: int | None
    percent: int
    status: Status
    clock: Clock | None
    owed_at: int | None
    flags: Flags
    planned_finish: int | None
    last_entry: int | None
    last_by: int | None
    depends_on: tuple[int, ...]

    @property
    def due(self) -> int | None:
        """When the nearest open clock is due."""
        return self.clock.due if self.clock and self.clock.is_open else None

    @property
    def who(self) -> tuple[int, ...]:
        """Who must act on the clock, else the owner."""
        if self.clock is not None and self.clock.is_open:
            return self.clock.who
        return () if self.owner is None else (self.owner,)

    @property
    def shelved(self) -> IsWord | None:
        """A subtask is never hidden."""
        return None

    def group(self, now: int) -> Group | None:
        """Return the one of the five groups it counts in; None when cancelled."""
        return group(self.status, self.flags, now)

    def holds(self, word: IsWord, now: int) -> bool:
        """Say whether an `is:` word is true of the subtask."""
        if word == "breached":
            return self.due is not None and now > self.due
        if word == "24h":
            return within_a_day(self.due, now)
        if word == "silent":
            return self.flags.silent(now)
        return word == "blocked" and self.status == "blocked"

    def facets(self, state: BoardState) -> Facets:
        """Return what the subtask is found by: numbers, name, its people; its department."""
        subtask = state.board.subtasks[self.id]
        ids = frozenset(each for each in (self.owner, *subtask.collaborators, *self.who) if each)
        names = people_words(state, ids)
        text = fold(self.number, self.name, subtask.paper_number, names)
        return Facets(text, department_words(state, self.department), names, ids)


def subtask_rows(state: BoardState, card: Card) -> tuple[SubtaskRow, ...]:
    """Return the rows of a card's subtasks in number order."""
    subtasks = state.board.subtasks_of.get(card.id)
    if not subtasks:
        return ()
    found = _Clocks({}, {}, {})
    for clock in state.book.of_card(card.id):
        if clock.table != "subtasks" or (clock.kind == "progress" and not clock.is_open):
            continue
        found.nearest.setdefault(clock.subject, clock)
        if clock.kind == "progress":
            found.owed[clock.subject] = clock
        elif clock.kind == "delay_notice" and clock.is_open:
            found.delays[clock.subject] = clock
    return tuple([_row(state, card, each, found) for each in subtasks])


class _Clocks(NamedTuple):
    """Subtask -> its nearest clock, its open progress clock, its open delay notice."""

    nearest: dict[int, Clock]
    owed: dict[int, Clock]
    delays: dict[int, Clock]


def _row(state: BoardState, card: Card, subtask: Subtask, found: _Clocks) -> SubtaskRow:
    progress, delay = found.owed.get(subtask.id), found.delays.get(subtask.id)
    last = last_report(state.board.progress_of.get(subtask.id, ()))
    return SubtaskRow(
        subtask.id,
        card.id,
        subtask.number,
        subtask.name,
        subtask.department,
        subtask.owner,
        subtask.percent,
        subtask.status,
        found.nearest.get(subtask.id),
        progress.due if progress else None,
        flags(card, subtask, progress, state.working, state.board.settings.lag_points, delay=delay),
        subtask.planned_finish,
        last.at if last else None,
        last.by if last else None,
        subtask.depends_on,
    )
