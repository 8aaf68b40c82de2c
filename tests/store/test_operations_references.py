"""What people write for a record or an instant, and what it is on the board."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

import store.operations.every  # noqa: F401 - fills the registry
from store.board import Board
from store.errors import CrossdeckError, DateProblem, NotFound, UsageError
from store.operations.base import Operation, decode, encode
from store.operations.cards import duty_id
from store.operations.references import find, instant, resolve_fields
from tests.store.builders import T0, Busy, Cast, busy, do
from tests.store.clock_helpers import working

c, k = Cast, Busy


@pytest.fixture(scope="module")
def board() -> Board:
    made = busy()
    record = {
        "table": "cards",
        "id": 990,
        "body": {"name": "登记", "number": "产品迭代-2024-001", "paper_number": "产品迭代2024-001"},
    }
    made = do(made, "ImportRecords", c.wang, records=[record])
    return do(made, "AddPerson", c.wang, id=991, name="李强", department=c.design, logins=["lq2"])


@pytest.mark.parametrize(
    ("table", "text", "found"),
    [
        ("issues", "I-001", k.blocked),
        ("issues", " i-001 ", k.blocked),
        ("issues", "I－001", k.blocked),
        ("meetings", "M-002", k.held),
        ("cards", "Q4营销-2026-001", c.card),
        ("cards", "Q4营销2026-001", c.card),
        ("cards", "产品迭代2024-001", 990),
        ("cards", "产品迭代-2024-001", 990),
        ("cards", "店庆", c.draft),
        ("cards", c.card, c.card),
        ("cards", str(c.card), c.card),
        ("subtasks", "Q4营销-2026-001-02", c.poster),
        ("subtasks", "主视觉设计", c.poster),
        ("people", "王敏", c.wang),
        ("people", "u11", c.wang),
        ("people", "j. meyer", c.mei),
        ("people", "lq2", 991),
        ("departments", "销售部", c.sales),
        ("departments", "xs", c.sales),
        ("departments", "ＸＳ", c.sales),
        ("milestones", "3版初稿", k.milestone),
        ("duties", "Q4营销-2026-001/XS", duty_id(c.card, c.sales)),
        ("lines", k.held + 3, k.held + 3),
        ("cards", "$2", 32),
    ],
)
def test_a_reference_is_found(board: Board, table: str, text: object, found: int) -> None:
    assert find(board, table, text, made=[31, 32]) == found


@pytest.mark.parametrize(
    ("table", "text", "problem", "said"),
    [
        ("people", "王民", NotFound, "Closest: 王敏"),
        ("departments", "营销部", NotFound, "Closest: "),
        ("issues", "I-099", NotFound, "Closest: I-00"),
        ("issues", "Q4营销-2026-001", NotFound, "no issue"),
        ("people", "李强", NotFound, "2 records"),
        ("cards", "", NotFound, "no card"),
        ("duties", "Q4营销-2026-001/财务部", NotFound, "no department"),
        ("lines", "x", NotFound, "no line"),
        ("cards", "$3", UsageError, "not a line before"),
        ("cards", "$0", UsageError, "not a line before"),
        ("cards", "$x", UsageError, "not a line before"),
    ],
)
def test_what_is_not_found_names_the_closest(
    board: Board, table: str, text: str, problem: type[CrossdeckError], said: str
) -> None:
    with pytest.raises(problem, match=said):
        find(board, table, text, made=[31, 32])


def test_what_was_typed_is_repeated_short_and_records_are_told_apart_by_number(board: Board) -> None:
    with pytest.raises(NotFound) as problem:
        find(board, "subtasks", "长" * 5000)
    assert len(str(problem.value)) < 400
    twins = do(do(board, "CreateCard", c.wang, name="双"), "CreateCard", c.wang, name="双")
    with pytest.raises(NotFound, match="专项任务-2026-002, 专项任务-2026-003"):
        find(twins, "cards", "双")


def resolved(board: Board, name: str, fields: dict[str, Any], made: tuple[int, ...] = ()) -> dict[str, Any]:
    return encode(decode(name, resolve_fields(Operation.registry[name], fields, board, made, now=T0)))


def test_references_are_found_wherever_they_stand_in_an_operation(board: Board) -> None:
    progress = {"subtask": "Q4营销-2026-001-01", "percent": 5, "supports": [{"department": "XS", "name": "XS"}]}
    assert resolved(board, "RecordProgress", progress)["supports"] == ({"department": c.sales, "name": "XS"},)
    edit = resolved(board, "EditSubtask", {"subtask": "$1", "fields": {"owner": "u13", "name": "王敏"}}, made=(c.plan,))
    assert (edit["subtask"], edit["fields"]) == (c.plan, {"owner": c.chen, "name": "王敏"})
    positions = [{"department": "市场部", "text": "a"}, {"department": "XS", "text": "b"}]
    dispute = {"card": "店庆", "between": ["市场部", "XS"], "over": "x", "positions": positions}
    made = resolved(board, "RaiseDispute", dispute)
    assert made["between"] == (c.market, c.sales)
    assert [position["department"] for position in made["positions"]] == [c.market, c.sales]
    setting = resolved(board, "SetSetting", {"key": "executive", "value": "张岚"})
    assert setting["value"] == c.zhang
    assert resolved(board, "SetSetting", {"key": "tier", "value": "3 WD"})["value"] == "3 WD"


def test_an_operation_that_is_no_object_is_left_to_decode(board: Board) -> None:
    assert resolve_fields(Operation.registry["Circulate"], [1], board) == [1]
    with pytest.raises(UsageError):
        decode("Circulate", [1])


def epoch(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


@pytest.mark.parametrize(
    ("text", "start", "iso"),
    [
        ("2026-10-16", False, "2026-10-16T18:00+08:00"),
        ("2026-10-16", True, "2026-10-16T00:00+08:00"),
        ("2026-10-16T12:30", False, "2026-10-16T12:30+08:00"),
        ("2026-10-16 12:30", True, "2026-10-16T12:30+08:00"),
        ("2026-10-16T12:30+01:00", False, "2026-10-16T12:30+01:00"),
        ("2026-10-16T04:30Z", False, "2026-10-16T04:30+00:00"),
    ],
)
def test_an_instant_without_an_offset_is_the_boards_time(board: Board, text: str, start: bool, iso: str) -> None:
    assert instant(text, board, start=start) == epoch(iso)


def test_instants_may_be_numbers_or_relative_to_now(board: Board) -> None:
    assert instant(T0, board) == instant(str(T0), board) == T0
    with pytest.raises(DateProblem, match="soon"):
        instant("soon", board)
    fields = {"issue": "I-002", "until": "2026-10-12", "reason": "x"}
    assert resolved(board, "Snooze", fields)["until"] == epoch("2026-10-12T18:00+08:00")
    start = resolved(board, "EditCard", {"card": c.card, "fields": {"planned_start": "2026-10-12", "notes": "2026"}})
    assert start["fields"] == {"planned_start": epoch("2026-10-12T00:00+08:00"), "notes": "2026"}


def test_with_the_boards_calendar_people_write_dates_their_way(board: Board) -> None:
    fields = {"issue": "I-002", "until": "+1wd", "reason": "x"}
    until = resolve_fields(Operation.registry["Snooze"], fields, board, now=T0, days=working())["until"]
    assert until == epoch("2026-10-10T18:00+08:00"), "Saturday 10-10 is a make-up day"
