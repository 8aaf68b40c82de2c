"""T4, the department register: its rows taken over before a holiday, every clock of theirs to the minute.

National Day 2026: off from Thu 10-01 to Wed 10-07, Sat 10-10 is a make-up day. Spring Festival 2026: off from Sun 02-15
to Mon 02-23, Sat 02-14 and Sat 02-28 are make-up days.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from store.board import Board
from store.rules.clock_book import clock_book
from store.rules.clocks import Clock, state
from tests.store.builders import do
from tests.store.clock_helpers import at
from tests.store.import_helpers import (
    OVERVIEW_HEAD,
    PROGRESS_HEAD,
    SYNC_HEAD,
    card_row,
    imported,
    plan_of,
    progress_row,
    workbook,
    working,
)

SURVEY, FAULT = "产品迭代-2026-001", "紧急任务-2026-003"


class Holiday(NamedTuple):
    """The last working day before it, the day after that one (off), and the working days that follow."""

    last: str
    off: str
    first: str
    second: str
    third: str
    fourth: str


HOLIDAYS = [
    Holiday("2026-09-30", "2026-10-01", "2026-10-08", "2026-10-09", "2026-10-10", "2026-10-12"),
    Holiday("2026-02-14", "2026-02-15", "2026-02-24", "2026-02-25", "2026-02-26", "2026-02-27"),
]
both = pytest.mark.parametrize("days", HOLIDAYS, ids=["national day", "spring festival"])


def taken_over(days: Holiday, folder: Path) -> Board:
    """The template's three cards, two of them with a row of the tracking table, imported at 17:30 on the last day."""
    cards = [
        card_row("产品迭代2026-001", finish=days.fourth),
        card_row("日常协作2026-015", name="部门月度素材收集", lead="*华", helpers="*丽", goal="/", type="常规任务",
                 priority="中", finish=days.second, state="待验收"),
        card_row("紧急任务2026-003", name="线上故障应急处理", lead="*伟", helpers="*明", goal="/", type="紧急任务",
                 finish=days.first, state="进行中"),
    ]  # fmt: skip
    rows = [
        progress_row(60, days.last, number="产品迭代2026-001-01", card="产品迭代2026-001",
                     problem="客户反馈部分问题选项不清晰"),
        progress_row(40, days.last, number="紧急任务2026-003-01", card="紧急任务2026-003", name="排查", owner="*伟"),
    ]  # fmt: skip
    sync = [days.last, "客户满意度调研进展同步", "问卷初稿完成", "*明", "项目组全体", "/", "无需额外支持"]
    path = workbook(
        folder / "register.xlsx",
        {
            "部门任务总览表": [["部门任务总览表"], OVERVIEW_HEAD, *cards],
            "任务执行进度跟踪表": [["任务执行进度跟踪表"], PROGRESS_HEAD, *rows],
            "信息同步共享记录表": [["信息同步共享记录表"], SYNC_HEAD, sync],
        },
    )
    now = at(f"{days.last} 17:30")
    plan = plan_of(path, now=now)
    assert (plan.unclear, plan.skipped) == ([], [])
    return imported(plan, now=now)


def of(board: Board, number: str) -> int:
    """The doc id of a number."""
    return board.by_number[number][1]


def running(board: Board, now: str) -> list[tuple[str, str, int]]:
    """(kind, about, due) of every open clock, by due."""
    return [(each.kind, each.about, each.due) for each in clock_book(board, working(), now=at(now)).running]


def clock(board: Board, kind: str, card: str, now: str) -> Clock:
    """The clock of a kind on a card that closed last, or is open."""
    found = clock_book(board, working(), now=at(now)).of_card(of(board, card))
    return next(each for each in found if each.kind == kind)


@both
def test_t4_every_clock_of_the_register_s_rows(days: Holiday, tmp_path: Path) -> None:
    board = taken_over(days, tmp_path)
    assert running(board, f"{days.last} 17:30") == [
        # The problem in the row of 17:00 asks for a response within 24 hours: a due on a day off is kept.
        ("response", "客户反馈部分问题选项不清晰", at(f"{days.off} 17:00")),
        # Urgent: no more than 4 working hours between entries: 17:30-18:00, 09:00-12:00, 13:00-13:30.
        ("progress", "排查", at(f"{days.first} 13:30")),
        # The others at 17:00 of each working day; the row of the last day stands.
        ("progress", "调研问卷设计与发放", at(f"{days.first} 17:00")),
        ("card_due", "线上故障应急处理", at(f"{days.first} 18:00")),
        ("card_due", "Q4客户满意度调研报告", at(f"{days.fourth} 18:00")),
    ]


@both
def test_t4_progress_is_reported_at_17_00_each_working_day(days: Holiday, tmp_path: Path) -> None:
    board = taken_over(days, tmp_path)
    survey = of(board, f"{SURVEY}-01")
    owner = board.subtasks[survey].owner or 0

    def reported(day: str, time: str, percent: int) -> Board:
        return do(board, "RecordProgress", owner, at(f"{day} {time}"), subtask=survey, percent=percent, done="跟进")

    board = reported(days.first, "16:55", 70)
    assert clock(board, "progress", SURVEY, f"{days.first} 17:01").due == at(f"{days.second} 17:00")
    # Nothing on the second day: silent from 17:00 on, counted from the point that was missed.
    missed = clock(board, "progress", SURVEY, f"{days.third} 09:00")
    assert (missed.due, state(missed, at(f"{days.third} 09:00"))) == (at(f"{days.second} 17:00"), "breached")
    # One entry on the third day closes what was missed and serves no other point: 17:00 of the third day is owed.
    board = reported(days.third, "10:00", 80)
    assert clock(board, "progress", SURVEY, f"{days.third} 10:01").due == at(f"{days.third} 17:00")


@both
def test_t4_in_real_time_no_more_than_four_working_hours(days: Holiday, tmp_path: Path) -> None:
    board = taken_over(days, tmp_path)
    fault = of(board, f"{FAULT}-01")
    owner = board.subtasks[fault].owner or 0
    board = do(board, "RecordProgress", owner, at(f"{days.first} 09:30"), subtask=fault, percent=60, done="回滚")
    assert clock(board, "progress", FAULT, f"{days.first} 10:00").due == at(f"{days.first} 14:30")  # lunch is no work
    board = do(board, "RecordProgress", owner, at(f"{days.first} 16:00"), subtask=fault, percent=80, done="恢复")
    assert clock(board, "progress", FAULT, f"{days.first} 16:01").due == at(f"{days.second} 11:00")


@both
def test_t4_handed_over_registered_within_24_h_and_accepted_within_3_working_days(
    days: Holiday, tmp_path: Path
) -> None:
    board = taken_over(days, tmp_path)
    survey, lead = of(board, f"{SURVEY}-01"), board.cards[of(board, SURVEY)].lead or 0
    board = do(board, "HandOver", lead, at(f"{days.last} 17:45"), subtask=survey, deliverable="调研报告")
    assert clock(board, "deliverable", SURVEY, f"{days.last} 18:00").due == at(f"{days.off} 17:45")
    assert clock(board, "accept_subtask", SURVEY, f"{days.last} 18:00").due == at(f"{days.third} 18:00")
    board = do(board, "RegisterDeliverable", lead, at(f"{days.first} 09:10"), subtask=survey, reference="盘/报告V1")
    late = clock(board, "deliverable", SURVEY, f"{days.first} 10:00")
    assert (late.closed, state(late, at(f"{days.first} 10:00"))) == (at(f"{days.first} 09:10"), "met")
    board = do(board, "AcceptSubtask", lead, at(f"{days.second} 10:00"), subtask=survey)
    assert clock(board, "accept_subtask", SURVEY, f"{days.second} 10:01").closed == at(f"{days.second} 10:00")
    board = do(board, "SubmitForAcceptance", lead, at(f"{days.second} 11:00"), card=of(board, SURVEY), reason="一部门")
    assert clock(board, "acceptance", SURVEY, f"{days.second} 11:01").due == at(f"{after_three(days)} 18:00")


def after_three(days: Holiday) -> str:
    """The third working day after the second: Tue 13 October; Sat 28 February is a make-up day, so Sat 28."""
    return {"2026-10-09": "2026-10-13", "2026-02-25": "2026-02-28"}[days.second]


@both
def test_t4_support_asked_in_a_row_is_answered_within_48_hours(days: Holiday, tmp_path: Path) -> None:
    board = taken_over(days, tmp_path)
    survey = of(board, f"{SURVEY}-01")
    owner = board.subtasks[survey].owner or 0
    helper = next(each.id for each in board.people.values() if each.name == "*华")
    board = do(board, "AskSupport", owner, at(f"{days.last} 17:50"), subtask=survey, person=helper, text="确认客户需求")
    asked = clock(board, "support", SURVEY, f"{days.last} 18:00")
    assert asked.due == at(f"{days.off} 17:50") + 24 * 3600
    assert asked.who == (helper,)
