"""T5, from minutes to allocation: the meeting of the last working day before a holiday, every clock to the minute.

National Day 2026: off from Thu 10-01 to Wed 10-07, Sat 10-10 is a make-up day. Spring Festival 2026: off from Sun 02-15
to Mon 02-23, Sat 02-14 (the last working day before) is a make-up day.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from store.board import Board
from store.rules.clock_book import clock_book
from store.rules.clocks import Clock, state
from tests.store.builders import do, refused
from tests.store.clock_helpers import at, working
from tests.store.test_scenario_card_life import CHEN, DESIGN, HEADS, LI, MARKET, SALES, SUN, WANG, office

CARD, MEETING, ITEM, POSTER, PICTURES = 31, 51, 52, 61, 62


class Holiday(NamedTuple):
    """The working day before the last one, the last, two days off after it, then the working days that follow."""

    before: str
    last: str
    off: str
    off_too: str
    first: str
    second: str
    third: str


HOLIDAYS = [
    Holiday("2026-09-29", "2026-09-30", "2026-10-01", "2026-10-02", "2026-10-08", "2026-10-09", "2026-10-10"),
    Holiday("2026-02-13", "2026-02-14", "2026-02-15", "2026-02-16", "2026-02-24", "2026-02-25", "2026-02-26"),
]
both = pytest.mark.parametrize("days", HOLIDAYS, ids=["national day", "spring festival"])


def clocks(board: Board, now: str, *subjects: int) -> dict[str, tuple[int, str]]:
    """Kind -> (due, state) of the clocks of these records, the newest of each kind."""
    found: list[Clock] = [*clock_book(board, working(), now=at(now)).of_card(CARD)]
    return {each.kind: (each.due, state(each, at(now))) for each in found if each.subject in subjects}


def called(days: Holiday) -> Board:
    """An active card of three departments; its review meeting is called two working days before it."""
    board = do(
        office(), "CreateCard", WANG, at(f"{days.before} 09:00"), id=CARD, name="Q4营销活动筹备", project="Q4营销活动",
        lead=WANG, departments=[MARKET, SALES, DESIGN], planned_start=at(f"{days.before} 09:00"),
        planned_finish=at(f"{days.third} 18:00"),
    )  # fmt: skip
    board = do(board, "Circulate", WANG, at(f"{days.before} 09:05"), card=CARD, reason="样例")
    for head, department in HEADS:
        board = do(board, "Confirm", head, at(f"{days.before} 09:10"), card=CARD, department=department)
        board = do(board, "Sign", head, at(f"{days.before} 09:10"), card=CARD, department=department)
    board = do(board, "Activate", WANG, at(f"{days.before} 09:20"), card=CARD, reason="启动会在次日")
    return do(
        board, "CallMeeting", SUN, at(f"{days.before} 10:00"), id=MEETING, kind="coordination", name="活动筹备会",
        card=CARD, starts=at(f"{days.last} 14:00"), ends=at(f"{days.last} 15:30"), chair=WANG, recorder=SUN,
        invitees=[WANG, SUN, LI, CHEN], agenda=[],
    )  # fmt: skip


def held(days: Holiday) -> Board:
    """It is over at 15:30; two action items stand under its decision."""
    board = do(called(days), "HoldMeeting", WANG, at(f"{days.last} 15:30"), meeting=MEETING)
    board = do(board, "AddAgendaItem", SUN, at(f"{days.last} 15:30"), id=ITEM, meeting=MEETING, title="主视觉设计")
    lines = [
        {"id": 71, "kind": "decision", "text": "主视觉由设计部出3版初稿, 修改不超过2次", "order": 0},
        {"id": POSTER, "kind": "action", "text": "活动宣传主视觉设计", "order": 1, "owner": CHEN,
         "due": at(f"{days.third} 18:00"), "standard": "3版JPG与源文件, 市场部签收", "resources": "预算5000元"},
        {"id": PICTURES, "kind": "action", "text": "提供产品实拍图", "order": 2, "owner": LI,
         "due": at(f"{days.first} 18:00"), "standard": "10张高清图, 设计部签收"},
    ]  # fmt: skip
    return do(board, "SaveLines", SUN, at(f"{days.last} 15:40"), meeting=MEETING, item=ITEM, lines=lines)


def final(days: Holiday) -> Board:
    """Draft out, reviewed, final and distributed within the day."""
    board = do(held(days), "SendDraft", SUN, at(f"{days.last} 16:00"), meeting=MEETING)
    for head in (LI, CHEN):
        board = do(board, "ReviewMinutes", head, at(f"{days.last} 16:30"), meeting=MEETING)
    return do(board, "FinaliseMinutes", WANG, at(f"{days.last} 17:00"), meeting=MEETING)


@both
def test_t5_called_held_drafted_within_24_h_final_within_48_h(days: Holiday) -> None:
    board = called(days)
    # A coordination meeting asks for no notice a working day before; its own start runs.
    assert clocks(board, f"{days.before} 10:00", MEETING) == {"meeting": (at(f"{days.last} 14:00"), "running")}
    board = held(days)
    drafted, finished = (at(f"{days.off} 15:30"), "running"), (at(f"{days.off_too} 15:30"), "running")
    open_now = clocks(board, f"{days.last} 15:30", MEETING)
    assert open_now == {
        "meeting": (at(f"{days.last} 14:00"), "met"), "minutes_draft": drafted, "minutes_final": finished,
    }  # fmt: skip
    assert clocks(board, f"{days.off} 15:31", MEETING)["minutes_draft"][1] == "breached"  # hours run over days off
    # Nothing answered yet stops the chair until four hours before the final is due.
    board = do(board, "SendDraft", SUN, at(f"{days.last} 16:00"), meeting=MEETING)
    assert refused(board, "FinaliseMinutes", WANG, at(f"{days.last} 17:00"), meeting=MEETING) == "gate.review"
    assert refused(board, "FinaliseMinutes", WANG, at(f"{days.off_too} 11:30"), meeting=MEETING) == ""
    board = do(final(days), "MarkSent", SUN, at(f"{days.last} 17:05"), meeting=MEETING)
    assert {kind: how for kind, (_due, how) in clocks(board, f"{days.first} 09:00", MEETING).items()} == {
        "meeting": "met", "minutes_draft": "met", "minutes_final": "met",
    }  # fmt: skip


@both
def test_t5_action_items_become_subtasks_with_their_clocks(days: Holiday) -> None:
    board = final(days)
    poster, pictures = (board.lines[line].subtask or 0 for line in (POSTER, PICTURES))
    made = board.subtasks[poster]
    assert (made.owner, made.department, made.standard, made.resources, made.source_line) == (
        CHEN, DESIGN, "3版JPG与源文件, 市场部签收", "预算5000元", POSTER,
    )  # fmt: skip
    assert clocks(board, f"{days.last} 17:00", poster) == {
        "subtask_due": (at(f"{days.third} 18:00"), "running"),
        "progress": (at(f"{days.first} 17:00"), "running"),
    }
    assert clocks(board, f"{days.last} 17:00", pictures)["subtask_due"] == (at(f"{days.first} 18:00"), "running")
    assert refused(board, "MakeSubtask", SUN, line=POSTER) == "refuse.double"  # once, linked both ways


@both
def test_t5_the_allocation_asks_for_inputs_and_announces_a_delay_a_working_day_before(days: Holiday) -> None:
    board = final(days)
    poster = board.lines[POSTER].subtask or 0
    when = at(f"{days.last} 17:10")
    board = do(board, "EditSubtask", WANG, when, subtask=poster, fields={"most_revisions": 2, "reviewers": [MARKET]})
    board = do(board, "AddInput", CHEN, when, id=81, subtask=poster, what="产品实拍图", supplier=LI,
               due=at(f"{days.first} 18:00"))  # fmt: skip
    board = do(board, "AddMilestone", CHEN, when, id=91, card=CARD, subtask=poster, name="3版初稿", tentative=True,
               due=at(f"{days.third} 12:00"), notice_days=1)  # fmt: skip
    assert clocks(board, f"{days.last} 17:10", 81) == {"input": (at(f"{days.first} 18:00"), "running")}
    assert clocks(board, f"{days.last} 17:10", 91) == {
        "milestone": (at(f"{days.third} 12:00"), "running"),
        "change_notice": (at(f"{days.second} 18:00"), "running"),
    }
    # Nothing reported until the second day's noon: it lags, and owes a notice by the evening of the day before its end.
    late = clocks(board, f"{days.second} 12:00", poster)
    assert late["delay_notice"] == (at(f"{days.second} 18:00"), "running")
    assert late["progress"] == (at(f"{days.first} 17:00"), "breached")
    warned = do(
        board, "RaiseWarning", CHEN, at(f"{days.second} 15:00"), id=95, subtask=poster, risk="图未到", reason="缺图",
        scope="初稿晚一天", solution="先用样张", department=SALES,
    )  # fmt: skip
    assert clocks(warned, f"{days.second} 15:01", poster)["delay_notice"][1] == "met"
    assert clocks(warned, f"{days.second} 15:01", 95)["coordination"] == (at(f"{days.third} 15:00"), "running")
    there = do(warned, "ReceiveInput", CHEN, at(f"{days.second} 16:00"), input=81)
    assert clocks(there, f"{days.second} 16:01", 81) == {"input": (at(f"{days.first} 18:00"), "met")}
