"""What waits for what: circles, and the buffer between departments (rulebook §3; T2: 1-2 days)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from store.records import Subtask
from store.rules.working_time import WorkingTime

LEAST_BUFFER = 1
"""Whole working days that lie between the finish of what is waited for in another department and a start."""
OVER = frozenset({"done", "cancelled"})
"""States of a subtask nobody waits for any more."""


class Buffer(Struct, frozen=True, gc=False):
    """Too little time between two subtasks of different departments: `days` whole working days, below 0: overlap."""

    subtask: int
    waits_for: int
    days: int


def cycle(subtasks: Mapping[int, Subtask], subtask: int, depends_on: Iterable[int]) -> tuple[int, ...]:
    """The circle that closes if `subtask` waits for these: doc ids from it round to itself; empty if there is none.

    Ids that lead nowhere are left out. The shortest way round is given.
    """
    came_from: dict[int, int] = {}
    todo = []
    for each in depends_on:
        if each == subtask:
            return (subtask, subtask)
        if each in subtasks and each not in came_from:
            came_from[each] = subtask
            todo.append(each)
    for here in todo:  # grows while it is walked: nearest ones first
        for after in subtasks[here].depends_on:
            if after == subtask:
                return _way(came_from, subtask, here)
            if after in subtasks and after not in came_from:
                came_from[after] = here
                todo.append(after)
    return ()


def _way(came_from: Mapping[int, int], start: int, last: int) -> tuple[int, ...]:
    back = [start, last]
    while back[-1] != start:
        back.append(came_from[back[-1]])
    return tuple(reversed(back))


def buffers(subtasks: Mapping[int, Subtask], subtask: Subtask, working: WorkingTime) -> list[Buffer]:
    """The buffers of a subtask that are under one whole working day, in the order of what it waits for.

    Only what another department still has to finish counts; without both dates there is nothing to count.
    """
    found: list[Buffer] = []
    if subtask.planned_start is None or subtask.status in OVER:
        return found
    for key in subtask.depends_on:
        before = subtasks.get(key)
        if before is None or before.planned_finish is None or before.status in OVER:
            continue
        if before.department == subtask.department:
            continue
        days = days_between(before.planned_finish, subtask.planned_start, working)
        if days < LEAST_BUFFER:
            found.append(Buffer(subtask.id, key, days))
    return found


def days_between(finish: int, start: int, working: WorkingTime) -> int:
    """Whole working days between the date of a finish and the date of a start; negative where they overlap."""
    ends, begins = working.day_of(finish), working.day_of(start)
    if begins > ends:
        return working.rank(begins - 1) - working.rank(ends)
    return -(working.rank(ends) - working.rank(begins - 1))
