"""The paper samples, as they stand: every row is taken, once."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from store.board import Board
from store.exchange.plan import ImportPlan
from store.exchange.reading import read_sheets
from tests.store.import_helpers import (
    ALLOCATION,
    COLLABORATION,
    DIVISION,
    REGISTER,
    TASK_CARD,
    imported,
    instant,
    plan_of,
)

ALL = (TASK_CARD, REGISTER, ALLOCATION)


@pytest.fixture(scope="module")
def plan() -> ImportPlan:
    return plan_of(*ALL)


@pytest.fixture(scope="module")
def board(plan: ImportPlan) -> Board:
    return imported(plan)


def tables(plan: ImportPlan) -> Counter[str]:
    return Counter(item.table for item in plan.create)


def test_everything_is_new_and_clear_on_an_empty_board(plan: ImportPlan) -> None:
    assert (plan.update, plan.same, plan.unclear, plan.skipped) == ([], [], [], [])
    assert tables(plan) == {
        "people": 19,
        "departments": 5,
        "cards": 5,
        "duties": 6,
        "milestones": 6,
        "subtasks": 3,
        "progress": 4,
        "sync": 2,
    }


def test_every_row_of_the_register_is_one_record(plan: ImportPlan) -> None:
    wanted = {"部门任务总览表": "cards", "任务执行进度跟踪表": "subtasks", "信息同步共享记录表": "sync"}
    for sheet in read_sheets(REGISTER):
        rows = {sheet.where(f"A{row.number}") for row in sheet.rows[2:]}
        found = [item.where for item in plan.create if item.table == wanted[sheet.name] and sheet.name in item.where]
        assert sorted(found) == sorted(rows)


def test_no_word_of_the_register_is_lost(plan: ImportPlan) -> None:
    """Every cell below the headings stands in some record, or is a word for a state, a kind or a date."""
    stored = json.dumps(plan.records, ensure_ascii=False)
    read_as = {"已完成", "待验收", "专项任务", "常规任务", "紧急任务", "高", "中", "/"}
    for sheet in read_sheets(REGISTER):
        for row in sheet.rows[2:]:
            for cell in row.cells.values():
                is_date = len(cell.text) == 10 and cell.text.startswith("2024-")
                assert is_date or cell.text in read_as or cell.text in stored, (sheet.name, cell)


def test_no_phrase_of_the_allocation_table_is_lost(plan: ImportPlan) -> None:
    stored = json.dumps(plan.records, ensure_ascii=False)
    (sheet,) = read_sheets(ALLOCATION)
    for row in sheet.rows[1:]:
        for cell in list(row.cells.values())[1:]:
            for phrase in re.split(r"[;:()、]", cell.text):
                assert re.search(r"\d年?.*\d+[日-]?", phrase) or phrase in stored, phrase


def test_a_register_row_is_a_card(board: Board) -> None:
    card = board.cards[board.by_number["产品迭代2024-001"][1]]
    assert card.number == "产品迭代-2024-001"
    assert (card.name, card.project, card.type, card.priority) == (
        "Q4客户满意度调研报告",
        "产品迭代",
        "special",
        "high",
    )
    assert (board.person_name(card.initiator), board.person_name(card.lead)) == ("*强", "*明")
    assert card.planned_finish == instant(2024, 10, 30)
    assert card.stage == "completed"
    assert card.goal == "提升客户复购率"
    assert card.acceptance_criteria == "需包含10份以上客户访谈数据"
    assert card.notes == "协作人: *华"


def test_states_and_kinds_of_the_other_cards(board: Board) -> None:
    routine = board.cards[board.by_number["日常协作-2024-015"][1]]
    urgent = board.cards[board.by_number["紧急任务-2024-003"][1]]
    assert (routine.type, routine.priority, routine.stage, routine.project) == ("routine", "medium", "acceptance", "")
    assert (urgent.type, urgent.stage, urgent.project) == ("urgent", "completed", "")


def test_progress_rows_are_subtasks_with_entries(board: Board) -> None:
    done = board.subtasks[board.by_number["产品迭代-2024-001-01"][1]]
    assert (done.percent, done.status, board.person_name(done.owner)) == (100, "done", "*明")
    assert board.cards[done.card].number == "产品迭代-2024-001"
    (entry,) = board.progress_of[done.id]
    assert (entry.percent, entry.at) == (100, instant(2024, 10, 15, 17))
    assert entry.done == "问卷初稿完成并发放50份"
    assert entry.next == "跟进未反馈客户,明日完成发放"
    assert entry.problem == "客户反馈部分问题选项不清晰,需*协助确认客户需求"
    open_one = board.subtasks[board.by_number["日常协作-2024-015-01"][1]]
    assert (open_one.percent, open_one.status, open_one.done_at) == (80, "in_progress", None)


def test_sync_rows_name_their_card(board: Board) -> None:
    first, second = sorted(board.sync.values(), key=lambda s: s.at)
    assert (first.at, first.topic, first.to) == (instant(2024, 10, 16, 17), "客户满意度调研进展同步", "项目组全体")
    assert (first.reference, first.note, first.sent_at) == ("", "无需额外支持", first.at)
    assert board.cards[first.card or 0].number == "产品迭代-2024-001"
    assert (second.reference, board.person_name(second.by)) == ("《故障处理根因分析报告》", "*伟")
    assert board.cards[second.card or 0].number == "紧急任务-2024-003"


def test_the_allocation_table_is_a_subtask(board: Board) -> None:
    (subtask,) = (s for s in board.subtasks.values() if s.name == "活动宣传主视觉设计")
    card = board.cards[subtask.card]
    assert (card.name, card.project, card.stage) == ("Q4营销活动筹备", "Q4营销活动筹备", "active")
    assert "预计11月16日确认文案" in card.notes
    assert board.department_name(subtask.department) == "设计部"
    owner, helper = board.people[subtask.owner or 0], board.people[subtask.collaborators[0]]
    assert (owner.name, board.department_name(owner.department)) == ("*主管", "设计部")
    assert (helper.name, board.department_name(helper.department)) == ("*专员", "市场部")
    assert (subtask.planned_start, subtask.planned_finish) == (instant(2023, 11, 10, 0), instant(2023, 11, 25))
    assert subtask.most_revisions == 2
    assert "产品实拍图" in subtask.inputs
    assert "源文件+PDF" in subtask.standard
    assert (subtask.percent, subtask.status) == (0, "in_progress")


def test_its_milestones_entries_and_departments(board: Board) -> None:
    (subtask,) = (s for s in board.subtasks.values() if s.name == "活动宣传主视觉设计")
    points = board.milestones_of[subtask.card]
    assert [(m.name, m.due, m.subtask) for m in points] == [
        ("市场部提交文案及品牌规范", instant(2023, 11, 15), subtask.id),
        ("输出3版设计稿初稿", instant(2023, 11, 22), subtask.id),
        ("定稿并交付源文件", instant(2023, 11, 25), subtask.id),
    ]
    assert board.department_name(points[0].department) == "市场部"
    entries = board.progress_of[subtask.id]
    assert [(e.at, e.percent) for e in entries] == [
        (instant(2023, 11, 12, 17), None),
        (instant(2023, 11, 18, 17), None),
    ]
    assert entries[0].done == "已完成品牌规范整理,待市场部文案"
    parts = [(board.department_name(d.department), d.action) for d in board.duties_of[subtask.card]]
    assert parts == [("设计部", "活动宣传主视觉设计"), ("市场部", "提供文案、品牌规范")]


def test_the_task_card_is_a_draft_with_duties(board: Board) -> None:
    card = board.cards[board.by_number["Q3推广-2026-001"][1]]
    assert (card.stage, card.priority, card.cadence) == ("draft", "high", "daily")
    assert (card.planned_start, card.planned_finish) == (instant(2026, 7, 6, 0), instant(2026, 9, 30))
    assert [board.department_name(d.department) for d in board.duties_of[card.id]] == [
        "市场部",
        "销售部",
        "产品部",
        "客服部",
    ]
    assert [m.due for m in board.milestones_of[card.id]] == [
        instant(2026, 7, 20),
        instant(2026, 8, 15),
        instant(2026, 9, 1),
    ]
    # A masked name is one person per department.
    leads = {board.people[d.work_lead or 0] for d in board.duties_of[card.id]}
    assert sorted(p.name for p in leads) == ["*总监", "*经理", "*经理", "*经理"]
    assert len({p.id for p in leads}) == 4


def test_imported_twice_changes_nothing(plan: ImportPlan, board: Board) -> None:
    again = plan_of(*ALL, board=board)
    assert (again.create, again.update, again.unclear, again.skipped) == ([], [], [], [])
    assert (again.records, again.updates) == ([], [])
    keys = {(item.table, item.id) for item in plan.create if item.table not in {"people", "departments"}}
    assert {(item.table, item.id) for item in again.same} == keys


def test_one_file_after_the_other_is_all_at_once(board: Board) -> None:
    slow = imported(plan_of(ALLOCATION))
    for path in (REGISTER, TASK_CARD):
        slow = imported(plan_of(path, board=slow), slow)
    assert {t: len(slow.table(t)) for t in ("cards", "subtasks", "progress", "people")} == {
        t: len(board.table(t)) for t in ("cards", "subtasks", "progress", "people")
    }


def test_two_people_make_the_same_records() -> None:
    assert plan_of(*ALL).records == plan_of(*ALL).records


def test_a_division_of_work_is_of_the_card_it_is_imported_for() -> None:
    board = imported(plan_of(TASK_CARD))
    (card,) = board.cards
    alone = plan_of(DIVISION, board=board)
    assert alone.create == []
    assert {str(each.why).split(".")[0] for each in alone.unclear} == {"A division of work names no card"}
    plan = plan_of(DIVISION, board=board, card=card)
    after = imported(plan, board)
    steps = after.subtasks_of[card]
    # Initiated Wed 1 July 2026: the 10th, 12th and 15th working day; two working days after it.
    assert [(each.name, each.planned_finish) for each in steps] == [
        ("需求确认与接收", instant(2026, 7, 3, 18)),
        ("方案制定与分工", None),
        ("阶段一成果交付", instant(2026, 7, 15, 18)),
        ("阶段二成果评审", instant(2026, 7, 17, 18)),
        ("最终成果验收", instant(2026, 7, 22, 18)),
    ]
    assert [each.deliverable for each in steps][:2] == ["《需求确认函》", "《协同任务分工表》"]
    (waiting,) = [each for each in after.milestones_of[card] if each.subtask is not None]
    assert (waiting.relative, waiting.subtask) == ("启动会后3个工作日", steps[1].id)
    assert [after.department_name(key) for key in steps[3].reviewers] == ["市场部", "产品部", "研发部"]
    assert after.department_name(steps[0].department) == "市场部"  # 发起部门: the card says which
    assert [each.value for each in plan.unclear] == ["接收部门", "各部门负责人"]


def test_the_collaboration_sheet_is_a_card_with_its_tasks() -> None:
    plan = plan_of(COLLABORATION)
    board = imported(plan)
    (card,) = board.cards.values()
    assert (card.name, card.stage) == ("解决生产线A设备故障停工问题", "active")
    assert [board.department_name(duty.department) for duty in board.duties_of[card.id]] == [
        "生产部", "采购部", "物流部", "财务部",
    ]  # fmt: skip
    repair, parts, payment = board.subtasks_of[card.id]
    assert (repair.name, repair.deliverable, repair.planned_finish) == (
        "排查故障原因",
        "故障报告",
        instant(2026, 7, 8, 12),
    )
    assert (parts.name, parts.depends_on) == ("联系供应商备件", (payment.id,))
    assert payment.depends_on == repair.depends_on == ()
    assert "供应商延迟无法按时到货" in card.notes
    # "生产部恢复" is none of its tasks: it is listed and kept, not guessed.
    assert [each.value for each in plan.unclear] == ["生产部恢复依赖采购部到货"]
    assert "生产部恢复依赖采购部到货" in card.notes


def test_a_file_named_twice_is_read_once() -> None:
    plan = plan_of(REGISTER, REGISTER)
    assert [str(s.why) for s in plan.skipped] == ["This file was named twice."]
    assert tables(plan)["cards"] == 3


def test_plain_data_has_the_six_lists() -> None:
    data = plan_of(REGISTER).to_builtins()
    assert list(data) == ["create", "update", "same", "unclear", "skipped", "vague"]
    json.dumps(data)
    assert {"table", "title", "where", "number"} <= data["create"][0].keys()
