"""Minutes on paper (template T5, .docx): the meeting, its people, what was said, and what its decisions propose."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from store.board import Board
from store.exchange.plan import ImportPlan
from tests.store.import_helpers import ALLOCATION, MINUTES, imported, instant, plan_of


@pytest.fixture(scope="module")
def before() -> Board:
    """A board with the card the meeting is about."""
    return imported(plan_of(ALLOCATION))


@pytest.fixture(scope="module")
def plan(before: Board) -> ImportPlan:
    return plan_of(MINUTES, board=before)


@pytest.fixture(scope="module")
def board(before: Board, plan: ImportPlan) -> Board:
    return imported(plan, before)


def test_the_meeting_and_its_card(board: Board) -> None:
    (meeting,) = board.meetings.values()
    assert (meeting.name, meeting.number, meeting.place) == ("Q4营销活动筹备会", "M-001", "公司3楼会议室A")
    assert (meeting.starts, meeting.ended_at) == (instant(2023, 10, 25, 14), instant(2023, 10, 25, 16))
    assert meeting.state == "final"
    assert meeting.card is not None
    assert board.cards[meeting.card].name == "Q4营销活动筹备"


def test_who_was_there(board: Board) -> None:
    (meeting,) = board.meetings.values()
    rows = board.attendance_of[meeting.id]
    present = [
        (board.department_name(board.people[each.person].department), board.person_name(each.person))
        for each in rows
        if each.presence == "present"
    ]
    assert sorted(present) == sorted(
        [("市场部", "*经理"), ("市场部", "*专员"), ("销售部", "*主管"), ("产品部", "*经理"), ("设计部", "*主管")]
    )
    (absent,) = [each for each in rows if each.presence == "absent"]
    assert (board.person_name(absent.person), absent.reason) == ("*经理", "客户拜访")
    assert absent.stand_in in {each.person for each in rows if each.presence == "present"}
    assert meeting.chair in {each.person for each in rows}


def test_what_was_said_under_each_item(board: Board) -> None:
    (meeting,) = board.meetings.values()
    items = board.agenda_of[meeting.id]
    assert [(each.title, each.minutes) for each in items] == [
        ("活动目标与范围确认", 20),
        ("跨部门分工与时间节点", 70),
        ("资源协调与风险预判", 30),
    ]
    kinds = [[line.kind for line in board.lines_of[each.id] if line.kind != "action"] for each in items]
    assert kinds == [
        ["point"] * 2 + ["decision"] * 2,
        ["point"] * 4 + ["decision"],
        ["point"] * 2 + ["decision"] * 2,
    ]
    assert not any(line.text[0].isdigit() for line in board.lines.values())


def test_decisions_that_name_who_and_when_are_action_items(plan: ImportPlan, board: Board) -> None:
    found = {line.text: line for line in board.lines.values() if line.kind == "action"}
    plain = found["提交渠道商激励方案初稿"]
    assert (board.department_name(plain.department), plain.owner) == ("销售部", None)
    assert plain.due == instant(2023, 11, 10, 18)
    (named,) = [each for text, each in found.items() if "审批" in text]
    assert (board.person_name(named.owner), named.due) == ("*经理", instant(2023, 11, 8, 18))
    assert len(found) == 2
    # The others are listed with what they lack.
    assert [str(each.why) for each in plan.unclear] == [
        "As an action item this decision lacks: owner, date.",
        "As an action item this decision lacks: owner, date.",
        "As an action item this decision lacks: owner.",
    ]


def test_twice_is_once(board: Board) -> None:
    again = plan_of(MINUTES, board=board)
    assert (again.create, again.update) == ([], [])


def test_a_draft_stays_one(tmp_path: Path) -> None:
    document = docx.Document(str(MINUTES))
    document.paragraphs[0].text = "跨部门会议纪要(初稿)"
    document.save(str(tmp_path / "draft.docx"))
    (meeting,) = imported(plan_of(tmp_path / "draft.docx")).meetings.values()
    assert (meeting.state, meeting.final_at) == ("draft", None)


def test_without_a_time_it_is_unclear(tmp_path: Path) -> None:
    document = docx.Document(str(MINUTES))
    document.tables[0].rows[2].cells[1].text = "下午"
    document.save(str(tmp_path / "untimed.docx"))
    plan = plan_of(tmp_path / "untimed.docx")
    assert plan.create == []
    assert [str(each.why) for each in plan.unclear] == ["Without its date and time a meeting cannot be taken."]


def test_traditional_characters_and_full_width_marks(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("會議紀要")
    table = document.add_table(rows=0, cols=2)
    for label, value in (
        ("會議名稱", "門市協調會"),
        ("會議日期", "2026-10-12"),
        ("會議時間", "１０：００－１０：３０"),
        ("參會人員", "業務部：陳怡君、林志明；行銷部：王小姐"),
        ("缺席人員及原因", "無"),
    ):
        row = table.add_row()
        row.cells[0].text, row.cells[1].text = label, value
    for text in ("議程1：門市陳列（10:00-10:20）", "決議結果：", "1、業務部林志明10月20日前提供門市清單。"):
        document.add_paragraph(text)
    document.save(str(tmp_path / "hant.docx"))
    board = imported(plan_of(tmp_path / "hant.docx"))
    (meeting,) = board.meetings.values()
    assert (meeting.kind, meeting.starts) == ("coordination", instant(2026, 10, 12, 10))
    assert len(board.attendance_of[meeting.id]) == 3
    (action,) = [line for line in board.lines.values() if line.kind == "action"]
    assert (board.person_name(action.owner), action.due) == ("林志明", instant(2026, 10, 20, 18))
