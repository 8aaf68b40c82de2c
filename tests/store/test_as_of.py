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
    MARKET,
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


def happened(board: Board, number: int, when: int, *changes: Change, operation: str = "X") -> Board:
    """The board after an operation, with its history entry; an added record is named there by its id alone."""
    named = [msgspec.structs.replace(c, record=None) if hasattr(c, "record") else c for c in changes]
    log = r.HistoryEntry(
        id=number,
        client="c",
        n=number,
        operation=operation,
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
    later = happened(start, 1, NOW, add(entry(1, "2026-10-09 16:55")), put(start.subtasks[SUB], percent=60))
    before = board_as_of(later, NOW - 1)
    assert (dict(before.progress), before.subtasks[SUB].percent, before.pending) == ({}, 0, frozenset())


def test_what_was_entered_later_for_an_earlier_instant_stays() -> None:
    start = board_of(card(), subtask())
    noon = happened(start, 1, NOW, put(start.cards[CARD], notes="16:55"))
    late = happened(noon, 2, NOW - 3600, put(noon.cards[CARD], notes="15:55, entered last"))
    assert board_as_of(late, NOW - 60).cards[CARD].notes == "15:55, entered last"


def test_a_card_typed_in_later_was_there_once_its_work_had_begun() -> None:
    start = board_of()
    typed = card(created_at=NOW, initiated_at=NOW, stage="draft", activated_at=None, circulated_at=None)
    begins = min(at for at in (typed.planned_start, typed.planned_finish) if at is not None)
    later = happened(start, 1, NOW, add(typed))
    assert dict(board_as_of(later, begins).cards) == {CARD: later.cards[CARD]}
    assert dict(board_as_of(later, begins - 1).cards) == {}
    assert board_as_of(later, NOW) is later


def test_what_had_happened_on_a_record_keeps_it_though_it_was_entered_later() -> None:
    start = board_of()
    bare = card(created_at=NOW, initiated_at=NOW, planned_start=None, planned_finish=None, stage="draft",
                activated_at=None, circulated_at=None)  # fmt: skip
    dated = subtask(created_at=NOW, planned_start=NOW - 3600, planned_finish=None)
    later = happened(happened(start, 1, NOW, add(bare)), 2, NOW, add(dated))
    assert dict(board_as_of(later, NOW - 60).cards) == dict(later.cards)
    assert dict(board_as_of(later, NOW - 7200).cards) == {}
    assert dict(board_as_of(later, NOW - 7200).subtasks) == {}


def test_what_names_no_instant_comes_and_goes_with_what_it_was_added_with() -> None:
    start = board_of()
    duty = r.Duty(id=410, card=CARD, department=MARKET)
    begun = happened(start, 1, NOW, add(card()), add(duty))
    assert dict(board_as_of(begun, NOW - 60).duties) == {410: duty}
    added_later = happened(board_of(card()), 1, NOW, add(duty))
    assert dict(board_as_of(added_later, NOW - 60).duties) == {}


def test_an_import_found_what_was_there_before_it() -> None:
    listed = card(created_at=NOW, activated_at=NOW, initiated_at=None, planned_start=None)
    reported = entry(1, "2026-10-08 17:00")
    later = happened(
        board_of(), 1, NOW, add(listed), add(subtask(planned_start=None)), add(reported), operation="ImportRecords"
    )
    before = board_as_of(later, reported.at - 1)
    assert (list(before.cards), list(before.subtasks), dict(before.progress)) == ([CARD], [SUB], {})
    assert list(board_as_of(later, reported.at).progress) == [501]


def test_a_change_that_says_when_it_happened_counts_from_then() -> None:
    met = r.Meeting(id=500, kind="progress", name="周会", starts=NOW - 7200, noticed_at=NOW - 90_000)
    ended = NOW - 3600
    held = happened(board_of(card(), met), 1, NOW, put(met, state="held", ended_at=ended))
    assert board_as_of(held, ended).meetings[500].state == "held"
    assert board_as_of(held, ended - 1).meetings[500].state == "notice"


def test_a_time_of_day_is_no_instant_at_which_something_happened() -> None:
    was = card()
    changed = happened(board_of(was), 1, NOW, put(was, meeting_at="15:00", meeting_day=4))
    assert board_as_of(changed, NOW - 60).cards[CARD].meeting_at == ""


def test_people_and_settings_are_not_taken_back() -> None:
    named = r.Setting(id=600, key="tier", value="5 WD")
    later = happened(board_of(), 1, NOW, add(named), put(board_of().people[LI], phone="123"))
    before = board_as_of(later, NOW - 60)
    assert (before.settings.span("tier"), before.people[LI].phone) == (later.settings.span("tier"), "123")


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
            change: Change = add(
                msgspec.structs.replace(entry(number * 100 + value, "2026-10-09 16:00"), at=NOW + number)
            )
        else:
            change = put(board.subtasks[SUB], **{what: value})
        boards.append(happened(board, number, NOW + number, change))
    for number, board in enumerate(boards):
        assert picture(board_as_of(boards[-1], NOW + number)) == picture(board)
