"""Undo and redo: every operation and its Revert, and what is refused because others built on it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.board import Board
from store.changes import Drop
from store.checking import problems
from store.operations.base import decode
from store.operations.reverting import PEOPLE
from store.rules.entries import standing
from store.undoing import Turns, changes_of
from tests.store.builders import DAY, T0, Busy, Cast, busy, stamp
from tests.store.case import NEW, Case
from tests.store.cases_of_division import DIVISION
from tests.store.cases_of_talk import TALK
from tests.store.cases_of_work import WORK
from tests.store.on_file import kept, newest, reverted, settled, standing_tables

c, k = Cast, Busy
NEVER = {*PEOPLE, "FinaliseMinutes"}
TABLE = [case for case in (*WORK, *DIVISION, *TALK) if case.operation not in NEVER]
START = busy()


def why_not(board: Board, by: int, entry: int = 0, **fields: Any) -> str:
    """The sentence against a Revert of an entry (0: the last one)."""
    operation = decode("Revert", {"entry": entry or newest(board), **fields})
    return next((str(reason) for reason in operation.check(board, stamp(by))), "")


def sound(board: Board) -> None:
    assert not [str(each.why) for each in problems(board)]


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.operation)
def test_an_undo_leaves_the_board_as_it_was_and_a_redo_as_it_became(case: Case) -> None:
    done = kept(START, case.operation, case.by, **case.fields)
    assert newest(done) == 1
    undone = reverted(done, case.by)
    assert standing_tables(undone) == standing_tables(START)
    redone = reverted(undone, case.by)
    assert standing_tables(redone) == standing_tables(done)
    again = reverted(redone, case.by)
    assert standing_tables(again) == standing_tables(START)
    assert standing_tables(reverted(again, case.by)) == standing_tables(done)
    sound(redone)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(TABLE), min_size=1, max_size=8), st.data())
def test_whatever_was_undone_can_be_redone_and_the_board_holds_together(cases: list[Case], data: st.DataObject) -> None:
    board = START
    for case in cases:
        after, one = settled(board, decode(case.operation, case.fields), case.by)
        if one.outcome != "applied":
            continue
        undone, back = settled(after, decode("Revert", {"entry": newest(after)}), case.by)
        assert back.outcome == "applied", back.reasons
        assert standing_tables(undone) == standing_tables(board)
        board = reverted(undone, case.by) if data.draw(st.booleans()) else undone
    sound(board)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(TABLE), st.integers(0, 20)), min_size=2, max_size=10))
def test_a_revert_of_any_entry_goes_through_or_says_why(steps: list[tuple[Case, int]]) -> None:
    board = START
    for case, entry in steps:
        board = settled(board, decode(case.operation, case.fields), case.by)[0]
        board, one = settled(board, decode("Revert", {"entry": entry}), case.by)
        assert one.outcome == "applied" or [str(reason) for reason in one.reasons]
        assert all(reason.code != "failed" and "{" not in str(reason) for reason in one.reasons)
    sound(board)


def test_all_of_a_persons_operations_go_back_one_after_the_other() -> None:
    board = START
    board = kept(board, "CreateCard", c.wang, id=NEW, name="年会", departments=[c.market])
    board = kept(board, "AddSubtask", c.wang, id=NEW + 1, card=NEW, name="场地")
    board = kept(board, "EditSubtask", c.wang, subtask=NEW + 1, fields={"owner": c.sun})
    board = kept(board, "EditCard", c.wang, card=NEW, fields={"name": "年会 2026"})
    boards = [board]
    while (entry := Turns(board).last_done(c.wang)) is not None:
        board = reverted(board, c.wang, entry.id)
        boards.append(board)
    assert len(boards) == 5
    assert standing_tables(board) == standing_tables(START)
    for before in reversed(boards[:-1]):
        entry = Turns(board).last_undone(c.wang)
        assert entry is not None
        board = reverted(board, c.wang, entry.id)
        assert standing_tables(board) == standing_tables(before)
    assert Turns(board).last_undone(c.wang) is None
    assert Turns(board).last_done(c.wang).operation == "Revert"  # type: ignore[union-attr]


def test_nothing_is_redone_once_something_else_was_done() -> None:
    board = kept(START, "EditCard", c.wang, card=c.card, fields={"name": "x"})
    board = reverted(board, c.wang)
    assert Turns(board).last_undone(c.wang) is not None
    other = kept(board, "EditCard", c.li, card=c.card, fields={"goal": "y"})
    assert Turns(other).last_undone(c.wang) is not None
    assert Turns(kept(board, "EditCard", c.wang, card=c.card, fields={"goal": "y"})).last_undone(c.wang) is None


def test_the_number_of_what_was_undone_is_not_given_out_again() -> None:
    first = kept(START, "CreateCard", c.wang, id=NEW, name="a")
    board = reverted(first, c.wang)
    board = kept(board, "CreateCard", c.wang, id=NEW + 1, name="b")
    assert board.cards[NEW + 1].number > first.cards[NEW].number
    board = reverted(board, c.wang, 2)
    assert board.cards[NEW].number == first.cards[NEW].number


def test_progress_is_withdrawn_and_stays_to_be_read() -> None:
    board = kept(START, "RecordProgress", c.li, id=NEW, subtask=c.plan, percent=80, done="x")
    board = reverted(board, c.li)
    assert board.subtasks[c.plan].percent == 60
    assert board.progress[NEW].done == "x"
    taken = [entry for entry in board.progress.values() if entry.replaces == NEW]
    assert [(entry.withdrawn, entry.by) for entry in taken] == [(True, c.li)]


def test_what_the_board_wrote_by_itself_holds_up_no_undo_and_no_redo() -> None:
    board = kept(START, "RecordProgress", c.sun, id=NEW, subtask=c.idle, percent=5, done="x")
    assert START.subtasks[c.idle].status != board.subtasks[c.idle].status
    first = newest(board)
    lag = {"subtask": c.idle, "since": T0 - DAY, "percent": 5, "finish": board.subtasks[c.idle].planned_finish}
    board = kept(board, "RecordLag", c.mei, **lag)
    undone = reverted(board, c.sun, first)
    assert undone.subtasks[c.idle].percent == START.subtasks[c.idle].percent
    undo = newest(undone)
    lag |= {"since": T0 - 2 * DAY, "percent": undone.subtasks[c.idle].percent}
    again = reverted(kept(undone, "RecordLag", c.mei, **lag), c.sun, undo)
    assert again.subtasks[c.idle].percent == 5


def test_the_next_of_a_series_is_nobodys_to_undo_and_holds_up_no_redo() -> None:
    plan = {"card": c.card, "starts": T0 - DAY}
    board = kept(START, "PlanRegular", c.wang, T0 - 2 * DAY, **plan)
    (first,) = [each for each in board.meetings.values() if each.regular]
    assert Turns(board).last_done(c.wang).operation == "PlanRegular"  # type: ignore[union-attr]
    board = kept(board, "HoldMeeting", c.wang, meeting=first.id)
    held = newest(board)
    board = kept(board, "PlanRegular", c.wang, card=c.card, starts=T0 + 6 * DAY)
    assert Turns(board).last_done(c.wang).id == held  # type: ignore[union-attr]
    board = reverted(board, c.wang, held)
    assert board.meetings[first.id].state == "notice"
    board = kept(board, "PlanRegular", c.wang, card=c.card, starts=T0 + 13 * DAY)
    assert Turns(board).last_undone(c.wang) is not None


def test_an_import_goes_with_everything_it_brought() -> None:
    records = [
        {"table": "cards", "id": NEW, "body": {"name": "旧卡", "number": "P-2025-001"}},
        {"table": "subtasks", "id": NEW + 1, "body": {"card": NEW, "name": "旧子任务", "percent": 40}},
        {"table": "progress", "id": NEW + 2, "body": {"subtask": NEW + 1, "at": T0, "by": c.li, "percent": 40}},
        {"table": "progress", "id": NEW + 3, "body": {"subtask": c.plan, "at": T0, "by": c.li, "done": "旧"}},
    ]
    done = kept(START, "ImportRecords", c.wang, records=records)
    undone = reverted(done, c.wang)
    assert standing_tables(undone) == standing_tables(START)
    assert NEW + 2 not in undone.progress
    assert NEW + 3 in undone.progress
    assert standing_tables(reverted(undone, c.wang)) == standing_tables(done)
    used = kept(done, "AddSubtask", c.li, id=NEW + 9, card=NEW, name="x")
    assert (
        why_not(used, c.wang, 1)
        == f"subtask {used.subtasks[NEW + 9].number} refers to what would go; nothing is undone."
    )


# Refused ------------------------------------------------------------------------------------------


def test_what_cannot_be_undone_says_why() -> None:
    board = kept(START, "EditCard", c.wang, card=c.card, fields={"name": "x"})
    assert why_not(board, c.wang, 9) == ("There is no entry 9 in this board's history; what is older cannot be undone.")
    assert why_not(board, c.li, 1) == "王敏 did this; nobody else can undo it."
    same = kept(board, "EditCard", c.wang, card=c.card, fields={"name": "x"})
    assert why_not(same, c.wang) == "Entry 2 of the history changed nothing."
    aside, one = settled(board, decode("Activate", {"card": c.card}), c.wang)
    assert one.outcome == "aside"
    assert why_not(aside, c.wang) == "Entry 2 of the history changed nothing."
    assert why_not(reverted(board, c.wang), c.wang, 1) == "This was undone already."
    assert why_not(reverted(reverted(board, c.wang), c.wang), c.wang, 1) == ""


@pytest.mark.parametrize(
    "case", [case for case in (*WORK, *DIVISION, *TALK) if case.operation in NEVER], ids=lambda x: x.operation
)
def test_final_minutes_and_people_stay(case: Case) -> None:
    board = kept(START, case.operation, case.by, **case.fields)
    wanted = "Final minutes are frozen" if case.operation == "FinaliseMinutes" else "People and logins are not undone"
    assert why_not(board, board.history[1].by).startswith(wanted)


LATER: list[tuple[str, str, int, dict[str, Any], str, int, dict[str, Any], str]] = [
    (
        "a field another one changed", "EditCard", c.wang, {"card": c.card, "fields": {"goal": "a"}},
        "EditCard", c.li, {"card": c.card, "fields": {"goal": "b"}}, "李强 changed goal of card Q4营销-2026-001 since",
    ),
    (
        "a card somebody put a subtask on", "CreateCard", c.wang, {"id": NEW, "name": "年会"},
        "AddSubtask", c.li, {"id": NEW + 1, "card": NEW, "name": "场地"}, "subtask 专项任务-2026-002-01 refers",
    ),
    (
        "a subtask another one edited", "AddSubtask", c.wang, {"id": NEW, "card": c.card, "name": "场地"},
        "EditSubtask", c.li, {"subtask": NEW, "fields": {"name": "地点"}}, "李强 went on with subtask",
    ),
    (
        "a percent others reported on", "RecordProgress", c.li, {"subtask": c.plan, "percent": 70},
        "RecordProgress", c.wang, {"subtask": c.plan, "unchanged": True}, "王敏 went on with subtask",
    ),
    (
        "a report another one corrected", "RecordProgress", c.li, {"id": NEW, "subtask": c.plan, "done": "x"},
        "CorrectProgress", c.wang, {"entry": NEW, "done": "y"}, "王敏 went on with subtask",
    ),
    (
        "an escalation that was followed up", "Escalate", c.chen, {"issue": k.blocked, "reason": "急"},
        "FollowUp", c.sun, {"issue": k.blocked, "text": "在办"}, "孙悦 went on with issue I-001 since",
    ),
    (
        "a meeting whose draft went out", "HoldMeeting", c.sun, {"meeting": k.notice},
        "SendDraft", c.wang, {"meeting": k.notice}, "王敏 changed state of meeting M-001 since",
    ),
    (
        "lines of minutes that moved on", "SetAttendance", c.sun, {"meeting": k.held, "person": c.mei},
        "SendDraft", c.wang, {"meeting": k.held}, "王敏 went on with meeting M-002 since",
    ),
]  # fmt: skip


@pytest.mark.parametrize("row", LATER, ids=lambda row: row[0])
def test_what_others_built_on_stays_and_they_are_named(row: tuple[Any, ...]) -> None:
    _, name, by, fields, later, who, more, words = row
    mine = kept(START, name, by, **fields)
    theirs = kept(mine, later, who, **more)
    assert words in why_not(theirs, by, 1)
    assert settled(theirs, decode("Revert", {"entry": 1}), by)[1].outcome == "aside"
    # Once they took it back themselves nothing is in the way.
    free = reverted(theirs, who)
    if "progress" not in later.lower():
        assert standing_tables(reverted(free, by, 1)) == standing_tables(START)
    else:
        assert why_not(free, by, 1) == ""


def test_an_answer_stays_once_the_card_went_on() -> None:
    board = kept(START, "Circulate", c.wang, card=c.draft, reason="试点")
    board = kept(board, "Confirm", c.wang, card=c.draft, department=c.market)
    assert why_not(board, c.wang, 1).startswith("王敏 went on with card 专项任务-2026-001 since")
    board = kept(board, "Sign", c.wang, card=c.draft, department=c.market)
    board = kept(board, "Activate", c.wang, card=c.draft, reason="试点")
    assert why_not(board, c.wang, 3).startswith("王敏 went on with card")


def test_what_comes_back_does_not_refer_to_nothing() -> None:
    board = kept(START, "CreateCard", c.wang, id=NEW, name="年会")
    board = kept(board, "AddSubtask", c.wang, id=NEW + 1, card=NEW, name="场地")
    board = reverted(board, c.wang, 2)
    undo_of_subtask = newest(board)
    board = reverted(board, c.wang, 1)
    assert why_not(board, c.wang, undo_of_subtask) == "What this refers to is gone; nothing is undone."


def test_a_setting_needs_the_administrator_to_go_back_as_well() -> None:
    board = kept(START, "SetSetting", c.wang, key="administrator", value=c.wang)
    board = kept(board, "SetSetting", c.wang, key="administrator", value=c.li)
    assert "Only administrator" in why_not(board, c.wang, 2)


def test_a_setting_goes_back_where_it_fits_the_others() -> None:
    board = kept(START, "SetSetting", c.wang, key="closes", value="20:00")
    later = kept(board, "SetSetting", c.wang, key="lunch", value="18:30-19:00")
    assert why_not(board, c.wang, 1) == ""
    assert why_not(later, c.wang, 1) != ""


def test_the_operation_is_found_by_its_own_number_when_the_chain_was_renumbered() -> None:
    board = kept(START, "EditCard", c.li, card=c.card, fields={"goal": "x"})
    board = kept(board, "EditCard", c.wang, card=c.card, fields={"name": "y"})
    assert why_not(board, c.wang, 1, client=f"client{c.wang}", n=1) == ""
    assert why_not(board, c.wang, 1).startswith("李强 did this")


def test_an_entry_of_before_that_names_no_content_of_what_it_took_away() -> None:
    board = kept(START, "SaveLines", c.sun, meeting=k.held, item=k.held + 1, removed=[k.held + 2])
    body = {"meeting": k.held, "item": k.held + 1, "order": 0, "kind": "decision", "text": "由孙悦负责"}
    assert changes_of(board.history[1]) == (Drop("lines", k.held + 2, body),)
    old = msgspec.structs.replace(board.history[1], changes=(("drop", "lines", k.held + 2),))
    board.table("history")[1] = old
    assert why_not(board, c.sun, 1) == "The history does not say what was taken away here."


def test_withdrawals_of_one_second_count_in_the_order_they_name_each_other() -> None:
    board = kept(START, "RecordProgress", c.li, T0, id=NEW, subtask=c.plan, percent=80)
    for turn in range(1, 13):
        board = reverted(board, c.li, at=T0 + DAY)
        entries = sorted((e for e in board.progress.values() if e.subtask == c.plan), key=lambda e: e.at)
        assert (NEW in {e.id for e in standing(entries)}) == (turn % 2 == 0)
        assert board.subtasks[c.plan].percent == (80 if turn % 2 == 0 else 60)
