"""Every operation: the changes it comes to, how it is refused, that it survives JSON."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import store.operations.every  # noqa: F401 - fills the registry
from store import records as r
from store.board import Board
from store.changes import Add, Change, Drop
from store.operations.act import Act
from store.operations.base import Operation, decode, encode, name_of
from tests.store.builders import T0, Cast, as_body, busy, do, run, stamp, written
from tests.store.case import Case, Expected, Refusal
from tests.store.cases_of_closing import CLOSING
from tests.store.cases_of_division import DIVISION
from tests.store.cases_of_events import EVENTS
from tests.store.cases_of_talk import TALK
from tests.store.cases_of_work import WORK

c = Cast
TABLE = [*WORK, *DIVISION, *EVENTS, *TALK, *CLOSING]

AFTER_A_STEP = {
    "Confirm",
    "ObjectTo",
    "Sign",
    "AskAgain",
    "Reply",
    "MakeNext",
    "RemoveDepartment",
    "ResumeSubtask",
    "ReviewSubtask",
    "SignDivision",
    "EditInput",
    "ReceiveInput",
    "CancelInput",
    "AnswerSupport",
    "RegisterDeliverable",
    "AcceptSubtask",
    "SendBack",
    "MarkResolutionDone",
    "AutoEscalate",
    "KeepPromise",
    "WithdrawIncident",
    "GiveVerdict",
    "Reopen",
    "RecordRetro",
    "WaiveRetro",
    "ArchiveCard",
    "ReopenArchived",
    "Revert",
    "ClearAside",
    "AmendMinutes",
    "LeaveOut",
}
"""Operations whose subject is in no fitting state on `busy`; tests of their own run them
(test_operations_states, test_acceptance, test_archive, test_revert, test_asides,
test_minutes_life)."""


@pytest.fixture(scope="module")
def board() -> Board:
    return busy()


def test_every_operation_stands_in_the_table() -> None:
    ours = {name for name, cls in Operation.registry.items() if issubclass(cls, Act)}
    assert {case.operation for case in TABLE} | AFTER_A_STEP == ours


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.operation)
def test_an_operation_comes_to_these_changes_and_no_others(case: Case, board: Board) -> None:
    operation = decode(case.operation, case.fields)
    assert [str(reason) for reason in operation.check(board, stamp(case.by))] == []
    changes = operation.apply(board, stamp(case.by))
    assert len(changes) == len(case.changes), changes
    for change, expected in zip(changes, case.changes, strict=True):
        compare(change, expected)


def compare(change: Change, expected: Expected) -> None:
    table, number, fields = expected
    sign = {Add: "+", Drop: "-"}.get(type(change), "")
    assert sign + change.table == table
    assert number in (None, change.id)
    if isinstance(change, Add):
        assert {name: (change.record or {}).get(name) for name in fields} == fields
    elif not isinstance(change, Drop):
        assert {name: new for name, (_, new) in change.fields.items()} == fields


@pytest.mark.parametrize(
    ("case", "refusal"),
    [(case, refusal) for case in TABLE for refusal in case.refused],
    ids=lambda part: part.operation if isinstance(part, Case) else part.code,
)
def test_an_operation_is_refused(case: Case, refusal: Refusal, board: Board) -> None:
    operation = decode(case.operation, case.fields | refusal.fields)
    by = case.by if refusal.by is None else refusal.by
    reasons = list(operation.check(board, stamp(by)))
    assert reasons, "it went through"
    assert refusal.code in [reason.code for reason in reasons]
    assert all("{" not in str(reason) for reason in reasons)


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.operation)
def test_an_operation_survives_json(case: Case) -> None:
    operation = decode(case.operation, case.fields)
    again = decode(name_of(operation), msgspec.json.decode(msgspec.json.encode(encode(operation))))
    assert again == operation


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.operation)
def test_the_pending_row_shows_what_will_be_written(case: Case, board: Board) -> None:
    operation = decode(case.operation, case.fields)
    changes = operation.apply(board, stamp(case.by))
    assert tables(board.with_changes(changes)) == tables(written(board, changes))


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.operation)
def test_a_pending_row_has_no_number_yet_and_leaves_the_counters(case: Case, board: Board) -> None:
    changes = decode(case.operation, case.fields).apply(board, stamp(case.by, provisional=True))
    assert not [change for change in changes if change.table == "counters"]
    given_out = [
        (change.record or {}).get("number", "")
        for change in changes
        if isinstance(change, Add) and change.table in {"cards", "subtasks", "issues", "meetings"}
    ]
    typed = [record["body"].get("number") for record in case.fields.get("records", ())]
    assert all(number.endswith("?") or number in typed for number in given_out)


def tables(board: Board) -> dict[str, dict[int, dict[str, Any]]]:
    return {name: {key: as_body(record) for key, record in board.table(name).items()} for name in r.TABLES}


@given(st.lists(st.sampled_from(TABLE), min_size=1, max_size=12))
def test_whatever_happens_in_whatever_order_the_board_holds_together(cases: list[Case]) -> None:
    board = START
    for case in cases:
        operation = decode(case.operation, case.fields)
        if any(operation.check(board, stamp(case.by))):
            continue
        changes = operation.apply(board, stamp(case.by))
        overlay = board.with_changes(changes)
        board = written(board, changes)
        assert tables(overlay) == tables(board)
        assert not board.damaged
    holds_together(board)


START = busy()


def holds_together(board: Board) -> None:
    for table in ("cards", "subtasks", "issues", "meetings"):
        numbers = [getattr(record, "number", "") for record in board.table(table).values()]
        assert len(numbers) == len(set(numbers)), numbers
        assert all(numbers)
    for subtask in board.subtasks.values():
        assert 0 <= subtask.percent <= 100
        assert (subtask.percent == 100) <= (subtask.status in {"awaiting_acceptance", "done", "cancelled"})
        assert (subtask.status == "awaiting_acceptance") == (subtask.handed_over_at is not None) or subtask.status in {
            "done",
            "cancelled",
        }
    for issue in board.issues.values():
        assert 1 <= issue.tier <= 3
        assert (issue.state == "resolved") == (issue.resolved_at is not None)
    for line in board.lines.values():
        assert line.subtask is None or board.subtasks[line.subtask].source_line == line.id


def test_an_operation_that_is_repeated_adds_nothing_twice(board: Board) -> None:
    for case in TABLE:
        operation = decode(case.operation, case.fields)
        after = run(board, operation, case.by)
        added = [ch for ch in operation.apply(board, stamp(case.by)) if isinstance(ch, Add) and ch.table != "counters"]
        if any(operation.check(after, stamp(case.by))):
            continue
        again = operation.apply(after, stamp(case.by))
        assert not {(ch.table, ch.id) for ch in again if isinstance(ch, Add)} - {(ch.table, ch.id) for ch in added}


def test_a_text_is_cleaned_when_an_operation_is_made(board: Board) -> None:
    made = decode("CreateCard", {"name": "a\x1b[2Jb\nc\u202e", "goal": "one\ntwo\x07"})
    assert encode(made) | {"id": 0} == {"id": 0, "name": "a[2Jb c", "goal": "one\ntwo"}
    edit = decode("EditCard", {"card": c.card, "fields": {"name": "x\ny", "goal": "x\ny\x1b"}})
    assert encode(edit)["fields"] == {"name": "x y", "goal": "x\ny"}
    saved = decode("SaveLines", {"meeting": 1, "item": 2, "lines": [{"kind": "point", "text": "a\u200bb", "order": 0}]})
    assert encode(saved)["lines"][0]["text"] == "ab"


def test_a_board_without_people_takes_its_first_person_and_department() -> None:
    from tests.store.builders import empty_board

    first = run(empty_board(), decode("AddPerson", {"id": 1, "name": "王敏", "logins": ["wm"]}), by=0)
    second = do(first, "SetSetting", 1, key="administrator", value=1)
    assert second.settings.administrator == 1
    third = do(second, "AddPerson", 0, id=2, name="李强")
    reasons = list(decode("AddPerson", {"name": "x"}).check(third, stamp(2, T0)))
    assert [(reason.code, reason.fields["role"]) for reason in reasons] == [("refuse.role", "administrator")]
