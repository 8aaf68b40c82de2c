"""Boards, calendars and workbooks for the import tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from store.board import Board
from store.changes import Add
from store.exchange.plan import ImportPlan
from store.exchange.preview import read_import
from store.operations.base import Stamp
from store.records import BoardMeta
from store.rules.calendar_data import CalendarSettings
from store.rules.calendar_source import build_calendar
from store.rules.working_time import WorkingTime
from store.sample import demo_operations

DATA = Path(__file__).parent.parent / "data"
REGISTER = DATA / "T4-department-register.xlsx"
ALLOCATION = DATA / "T5-allocation-table.xlsx"
DIVISION = DATA / "T2-division-of-work.xlsx"
COLLABORATION = DATA / "T3-collaboration-sheet.xlsx"
MINUTES = DATA / "T5-minutes.docx"
TASK_CARD = DATA / "T1-task-card.xlsx"
CHINA = timezone(timedelta(hours=8))
NOW = int(datetime(2026, 11, 20, 10, 0, tzinfo=CHINA).timestamp())

ME = 1

OVERVIEW_HEAD = (
    "任务ID",
    "任务名称",
    "发起人",
    "负责人",
    "协作人",
    "关联项目/目标",
    "任务类型",
    "优先级",
    "预期完成时间",
    "当前状态",
    "备注(验收标准/问题记录)",
)
PROGRESS_HEAD = (
    "子任务ID",
    "所属主任务ID",
    "子任务名称",
    "负责人",
    "今日进度(%)",
    "已完成工作",
    "下一步计划",
    "遇到的问题及所需支持",
    "更新日期",
)
SYNC_HEAD = ("同步日期", "同步主题", "同步内容(进展/问题/决议)", "同步发起人", "同步对象", "附件/参考(占位符)", "备注")


@cache
def working() -> WorkingTime:
    settings = CalendarSettings()
    return WorkingTime(build_calendar(settings, range(2020, 2029)), settings)


def empty_board() -> Board:
    """A board with nobody on it but the one who imports."""
    return Board(BoardMeta(format=1, board="board-1", rev=1, rid="r", writer="w", epoch=1), {}).with_changes(
        [Add("people", ME, {"name": "导入人"})]
    )


def plan_of(
    *paths: Path, board: Board | None = None, now: int = NOW, card: int | None = None, person: int = ME
) -> ImportPlan:
    return read_import(paths, empty_board() if board is None else board, working(), now, person=person, card=card)


def imported(plan: ImportPlan, board: Board | None = None, now: int = NOW) -> Board:
    """The board after the plan's operation."""
    board = empty_board() if board is None else board
    operation = plan.operation()
    assert operation is not None
    stamp = Stamp(person=ME, at=now, recorded=now)
    assert [str(reason) for reason in operation.check(board, stamp)] == []
    return board.with_changes(operation.apply(board, stamp))


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def overview(path: Path, *rows: Sequence[Any], head: Sequence[str] = OVERVIEW_HEAD) -> Path:
    return workbook(path, {"部门任务总览表": [["部门任务总览表"], head, *rows]})


def card_row(number: str = "产品迭代2024-001", **cells: Any) -> list[Any]:
    """A row of the overview; `cells` by our words replace the sample's."""
    row: dict[str, Any] = {
        "number": number,
        "name": "Q4客户满意度调研报告",
        "initiator": "*强",
        "lead": "*明",
        "helpers": "*华",
        "goal": "提升客户复购率",
        "type": "专项任务",
        "priority": "高",
        "finish": "2024-10-30",
        "state": "进行中",
        "remark": "需包含10份以上客户访谈数据",
    }
    return list((row | cells).values())


def instant(year: int, month: int, day: int, hour: int = 18, minute: int = 0) -> int:
    return int(datetime(year, month, day, hour, minute, tzinfo=CHINA).astimezone(UTC).timestamp())


def progress_sheet(path: Path, *rows: Sequence[Any]) -> Path:
    return workbook(path, {"任务执行进度跟踪表": [["任务执行进度跟踪表"], PROGRESS_HEAD, *rows]})


def progress_row(percent: Any = 40, date: Any = "2026-11-18", **cells: Any) -> list[Any]:
    """A row of the tracking sheet; `cells` by our words replace these."""
    row: dict[str, Any] = {
        "number": "产品迭代2024-001-01",
        "card": "产品迭代2024-001",
        "name": "调研问卷设计与发放",
        "owner": "*明",
        "percent": percent,
        "done": "问卷初稿",
        "next": "发放",
        "problem": "无",
        "date": date,
    }
    return list((row | cells).values())


@cache
def demo() -> Board:
    """The demo board as it is made at NOW, everything done through operations."""
    board = Board(BoardMeta(format=1, board="board-1", rev=1, rid="r", writer="w", epoch=1), {})
    from tests.store.on_file import settled

    for operation, stamp in demo_operations(NOW, working()):
        board, one = settled(board, operation, stamp, stamp.at, lambda _: working())
        assert one.outcome == "applied", one.reasons
    return board
