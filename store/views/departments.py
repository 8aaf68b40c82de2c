"""Rows of the departments screen: how far each department is, what it owes, what it finished (screens 3.2)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from store.records import Department, Stage, Status
from store.rules.clocks import Clock
from store.rules.lag import Group
from store.views.owed import end_of_day
from store.views.rows import Facets, IsWord, fold, people_words, within_a_day
from store.views.sorting import Key, by_due, sort_rows
from store.views.subtasks import SubtaskRow

if TYPE_CHECKING:
    from store.views.state import BoardState

LIVE: frozenset[Stage] = frozenset({"active", "acceptance"})
"""Stages whose subtasks stand on this screen."""
SPARKLINE_DAYS = 14


class DepartmentRow(Struct, frozen=True, gc=False):
    """One department at one moment.

    `clock` is its open clock that is due first. `open_subtasks` are those not done or cancelled, `owed`
    the reports owed today. `glyphs` are (status, group) of each subtask in number order; `done` to
    `overdue` count the groups, which exclude each other. `last_entry` is the newest entry on its
    subtasks, `last_by` who made it. `sparkline` counts what was finished on each of the last 14 days,
    today last, None on days off.
    """

    id: int
    name: str
    code: str
    clock: Clock | None
    open_subtasks: int
    owed: int
    glyphs: tuple[tuple[Status, Group], ...]
    done: int
    in_progress: int
    lagging: int
    blocked: int
    overdue: int
    silent: int
    last_entry: int | None
    last_by: int | None
    sparkline: tuple[int | None, ...]

    @property
    def due(self) -> int | None:
        """When the nearest open clock is due."""
        return self.clock.due if self.clock else None

    @property
    def who(self) -> tuple[int, ...]:
        """Who must act on the nearest clock."""
        return self.clock.who if self.clock else ()

    @property
    def shelved(self) -> IsWord | None:
        """A department that is there is never hidden."""
        return None

    def holds(self, word: IsWord, now: int) -> bool:
        """Say whether an `is:` word is true of the department."""
        if word == "breached":
            return self.due is not None and now > self.due
        if word == "24h":
            return within_a_day(self.due, now)
        return (word == "blocked" and self.blocked > 0) or (word == "silent" and self.silent > 0)

    def facets(self, state: BoardState) -> Facets:
        """Return what the department is found by: name, code, head, owners of its subtasks."""
        people = {row.owner for row in state.subtasks_by_department.get(self.id, ())}
        people |= {state.board.departments[self.id].head, *self.who}
        ids = frozenset(each for each in people if each)
        names = people_words(state, ids)
        return Facets(fold(self.name, self.code, names), fold(self.name, self.code), names, ids)


SORTS: dict[str, Key] = {"owed": lambda row: -row.owed, "name": lambda row: row.name}
"""Sort keys of the departments beside `due`."""


def departments(
    state: BoardState, now: int, column: str = "due", *, reverse: bool = False
) -> tuple[DepartmentRow, ...]:
    """Return all departments at `now` (a closed one while work stands under it), sorted by a column and then by due."""
    finished = _finished(state, now)
    there = [each for each in state.board.departments.values() if each.removed_at is None or _owns(state, each)]
    rows = [_row(state, each, now, finished[each.id]) for each in there]
    return sort_rows(rows, column, SORTS, reverse=reverse)


def subtasks_of_department(state: BoardState, department: int) -> tuple[SubtaskRow, ...]:
    """Return a department's subtasks on live cards, what runs out first on top, finished ones last."""
    return tuple(sorted(state.subtasks_by_department.get(department, ()), key=by_due))


def group_subtasks(state: BoardState) -> dict[int | None, list[SubtaskRow]]:
    """Return department id -> rows of its subtasks on live cards, in number order."""
    found: dict[int | None, list[SubtaskRow]] = defaultdict(list)
    cards = state.board.cards
    for card, rows in state.subtask_rows.items():
        if cards[card].stage in LIVE:
            for row in rows:
                found[row.department].append(row)
    for rows_of in found.values():
        rows_of.sort(key=lambda row: (row.number, row.id))
    return dict(found)


def group_clocks(state: BoardState) -> dict[int, list[Clock]]:
    """Return department id -> its open clocks by due.

    A clock belongs to the department it names; without one, and in the ladder, to those of who must act.
    """
    found: dict[int, list[Clock]] = defaultdict(list)
    people = state.board.people
    for clock in state.book.running:
        if clock.department is not None and clock.kind != "tier":
            found[clock.department].append(clock)
            continue
        owners = {clock.department, *(people[who].department for who in clock.who if who in people)}
        for owner in owners:
            if owner is not None:
                found[owner].append(clock)
    return dict(found)


def _owns(state: BoardState, department: Department) -> bool:
    return bool(state.subtasks_by_department.get(department.id) or state.clocks_by_department.get(department.id))


def _row(state: BoardState, department: Department, now: int, finished: Counter[int]) -> DepartmentRow:
    rows = state.subtasks_by_department.get(department.id, [])
    glyphs = [(row.status, kind) for row in rows if (kind := row.group(now)) is not None]
    counts = Counter(kind for _, kind in glyphs)
    end = end_of_day(state, now)
    clocks = state.clocks_by_department.get(department.id)
    last = max((row for row in rows if row.last_entry), key=lambda row: row.last_entry or 0, default=None)
    return DepartmentRow(
        id=department.id,
        name=department.name,
        code=department.code,
        clock=clocks[0] if clocks else None,
        open_subtasks=sum(row.status not in {"done", "cancelled"} for row in rows),
        owed=sum(row.owed_at is not None and row.owed_at <= end for row in rows),
        glyphs=tuple(glyphs),
        done=counts["done"],
        in_progress=counts["in_progress"],
        lagging=counts["lagging"],
        blocked=counts["blocked"],
        overdue=counts["overdue"],
        silent=sum(row.flags.silent(now) for row in rows),
        last_entry=last.last_entry if last else None,
        last_by=last.last_by if last else None,
        sparkline=_sparkline(state, now, finished),
    )


def _finished(state: BoardState, now: int) -> dict[int | None, Counter[int]]:
    """Return department id -> day -> subtasks handed over as done on it, within the sparkline."""
    first = state.working.at(state.working.day_of(now) - SPARKLINE_DAYS + 1, 0)
    found: dict[int | None, Counter[int]] = defaultdict(Counter)
    for subtask in state.board.subtasks.values():
        if subtask.status not in {"done", "awaiting_acceptance"}:
            continue
        at = subtask.handed_over_at or subtask.done_at
        if at is not None and first <= at <= now:
            found[subtask.department][state.working.day_of(at)] += 1
    return found


def _sparkline(state: BoardState, now: int, finished: Counter[int]) -> tuple[int | None, ...]:
    today = state.working.day_of(now)
    days: Iterable[int] = range(today - SPARKLINE_DAYS + 1, today + 1)
    return tuple(finished[day] if state.working.is_working_day(day) else None for day in days)
