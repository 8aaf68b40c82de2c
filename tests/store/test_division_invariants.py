"""What no sequence of operations breaks: nothing waits for itself round a corner, a letter is one of four."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from store import records as r
from store.board import Board
from store.operations.base import decode
from store.rules.dependencies import buffers, cycle, days_between
from store.rules.division import findings, letters_of
from tests.store.builders import DAY, T0, Cast, do, office
from tests.store.clock_helpers import working
from tests.store.on_file import settled

c = Cast
WORK = (c.plan, c.poster, c.idle, 44, 45)
Step = tuple[str, dict[str, Any]]


@cache
def start() -> Board:
    board = office()
    for key in WORK[3:]:
        board = do(board, "AddSubtask", c.wang, id=key, card=c.card, name=f"x{key}", owner=c.fang)
    return board


some = st.lists(st.sampled_from(WORK), max_size=3, unique=True)
edits = st.builds(
    lambda key, waits: ("EditSubtask", {"subtask": key, "fields": {"depends_on": waits}}), st.sampled_from(WORK), some
)
imports = st.builds(
    lambda key, waits: (
        "ImportRecords",
        {"updates": [{"table": "subtasks", "id": key, "fields": {"depends_on": waits}}]},
    ),
    st.sampled_from(WORK),
    some,
)
undos: st.SearchStrategy[Step] = st.builds(lambda n: ("Revert", {"entry": n}), st.integers(1, 8))
voids = st.builds(lambda key: ("VoidSubtask", {"subtask": key, "reason": "x"}), st.sampled_from(WORK))


def waiting(key: int, *waits: int) -> Step:
    return "EditSubtask", {"subtask": key, "fields": {"depends_on": list(waits)}}


ROUND_A_CORNER: list[Step] = [
    waiting(c.plan, c.poster),
    waiting(c.plan),
    waiting(c.poster, c.plan),
    ("Revert", {"entry": 2}),  # would let `plan` wait for `poster` again
]


@settings(max_examples=60, deadline=None)
@example(ROUND_A_CORNER)
@given(st.lists(st.one_of(edits, edits, imports, undos, voids), min_size=2, max_size=10))
def test_no_sequence_of_operations_makes_a_dependency_cycle(steps: list[Step]) -> None:
    board = start()
    for name, fields in steps:
        operation = decode(name, fields)
        found = {key: subtask.depends_on for key, subtask in board.subtasks.items()}
        board, one = settled(board, operation, c.wang)
        circles = [cycle(board.subtasks, key, subtask.depends_on) for key, subtask in board.subtasks.items()]
        assert not any(circles), (name, fields, found, one.outcome)


@settings(deadline=None)
@given(st.dictionaries(st.integers(1, 7), st.lists(st.integers(1, 7), max_size=3), max_size=7))
def test_a_cycle_is_found_exactly_where_one_comes_back_to_itself(waits: dict[int, list[int]]) -> None:
    subtasks = {n: r.Subtask(id=n, card=1, name=str(n), depends_on=tuple(waits.get(n, ()))) for n in range(1, 8)}
    for n, subtask in subtasks.items():
        found = cycle(subtasks, n, subtask.depends_on)
        assert bool(found) is (n in reached_from(waits, n))
        if found:
            assert found[0] == found[-1] == n
            assert all(after in waits.get(before, ()) for before, after in pairwise(found))


def reached_from(waits: dict[int, list[int]], start: int) -> set[int]:
    """Everything something waits for, directly or not: the slow way."""
    found: set[int] = set()
    while more := {each for key in (start, *found) for each in waits.get(key, ())} - found:
        found |= more
    return found


@settings(deadline=None)
@given(st.text(alphabet="RACIraciＲＡ -,x1甲", max_size=6))
def test_letters_are_of_four_each_once_or_refused(text: str) -> None:
    found = letters_of(text)
    if found is None:
        assert set(text) & set("x1甲")
    else:
        assert set(found) <= set("ARCI")
        assert len(found) == len(set(found))
        assert letters_of(found) == found


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from([c.market, c.sales, c.design]), st.sampled_from(["A", "R", "AR", "C", "I", ""])))
def test_the_lint_says_exactly_one_a_and_at_least_one_r(held: dict[int, str]) -> None:
    board = start()
    for department, letters in held.items():
        board = do(board, "SetLetters", c.wang, subtask=c.plan, department=department, letters=letters)
    every = "".join(held.values())
    codes = {each.why.code for each in findings(board, c.card) if each.subtask == c.plan}
    if every:
        assert ("raci.a" in codes) is (every.count("A") != 1)
        assert ("raci.r" in codes) is ("R" not in every)
    else:
        assert not {"raci.a", "raci.r"} & codes  # no matrix yet is one finding of the card, not one of each subtask


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(0, 60))
def test_a_buffer_is_counted_as_day_by_day(finish: int, begin: int) -> None:
    days, base = working(), T0 - 15 * DAY
    ends, starts = base + finish * DAY, base + begin * DAY
    between = range(days.day_of(ends) + 1, days.day_of(starts))
    slow = sum(days.is_working_day(day) for day in between)
    found = days_between(ends, starts, days)
    assert found == slow if begin > finish else found <= 0
    waits = r.Subtask(id=2, card=1, name="b", department=2, depends_on=(1,), planned_start=starts)
    before = r.Subtask(id=1, card=1, name="a", department=1, planned_finish=ends)
    assert bool(buffers({1: before, 2: waits}, waits, days)) is (found < 1)
