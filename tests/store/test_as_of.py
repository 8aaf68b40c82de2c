"""The board as it stood at an earlier instant."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from store import records as r
from store.as_of import board_as_of
from store.board import Board
from store.changes import Change, add, put
from store.rules.clock_book import clock_book
from store.rules.clocks import state
from tests.store.clock_helpers import (
    CARD,
    LI,
    NOW,
    SUB,
    WANG,
    at,
    board_of,
    card,
    entry,
    issue,
    only,
    subtask,
    working,
)


def happened(board: Board, number: int, when: int, *changes: Change) -> Board:
    """The board after an operation, with its history entry; an added record is named there by its id alone."""
    named = [msgspec.structs.replace(c, record=None) if hasattr(c, "record") else c for c in changes]
    log = r.HistoryEntry(
        id=number,
        client="c",
        n=number,
        operation="X",
        by=WANG,
        at=when,
        recorded_at=when,
        changes=tuple(tuple(msgspec.to_builtins(c)) for c in named),
    )
    after = board.with_changes([*changes, add(log)])
    after.pending = frozenset()
    return after


def picture(board: Board) -> dict[str, Any]:
    return {name: dict(board.table(name)) for name in r.TABLES}


def test_an_answer_given_later_had_not_been_given() -> None:
    raised = board_of(card(), subtask(), issue())
    given_at = at("2026-10-09 10:00")
    answered = happened(raised, 1, given_at, put(raised.issues[300], responded_at=given_at, state="acknowledged"))
    assert state(only(clock_book(answered, working()), "response"), NOW) == "met"
    before = board_as_of(answered, given_at - 1)
    assert before.issues[300].state == "open"
    assert only(clock_book(before, working()), "response").closed is None
    assert board_as_of(answered, given_at) is answered


def test_what_was_added_later_was_not_there() -> None:
    start = board_of(card(), subtask())
    later = happened(start, 1, NOW, add(entry(1, "2026-10-09 16:00")), put(start.subtasks[SUB], percent=60))
    before = board_as_of(later, NOW - 1)
    assert (dict(before.progress), before.subtasks[SUB].percent, before.pending) == ({}, 0, frozenset())


def test_what_was_entered_later_for_an_earlier_instant_stays() -> None:
    start = board_of(card(), subtask())
    noon = happened(start, 1, NOW, put(start.cards[CARD], notes="16:55"))
    late = happened(noon, 2, NOW - 3600, put(noon.cards[CARD], notes="15:55, entered last"))
    assert board_as_of(late, NOW - 60).cards[CARD].notes == "15:55, entered last"


steps = st.one_of(
    st.tuples(st.just("percent"), st.integers(0, 100)),
    st.tuples(st.just("name"), st.text(max_size=5)),
    st.tuples(st.just("owner"), st.sampled_from([LI, WANG, None])),
    st.tuples(st.just("entry"), st.integers(10, 90)),
)


@settings(deadline=None)
@given(st.lists(steps, max_size=6))
def test_every_earlier_board_comes_back(done: list[tuple[str, Any]]) -> None:
    boards = [board_of(card(), subtask())]
    for number, (what, value) in enumerate(done, start=1):
        board = boards[-1]
        if what == "entry":
            change: Change = add(entry(number * 100 + value, "2026-10-09 16:00"))
        else:
            change = put(board.subtasks[SUB], **{what: value})
        boards.append(happened(board, number, NOW + number, change))
    for number, board in enumerate(boards):
        assert picture(board_as_of(boards[-1], NOW + number)) == picture(board)
