"""A card or the board as JSON, and back: equal, once, never over what stands under its number."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from store.board import Board
from store.errors import ImportProblem
from store.exchange.plan import ImportPlan
from store.exchange.preview import read_import
from store.exchange.records_json import LEFT, write_json
from store.operations.base import Stamp
from store.records import TABLES
from tests.store.builders import Cast, busy
from tests.store.import_helpers import ME, NOW, empty_board, working


def plan_of(data: bytes, board: Board, folder: Path) -> ImportPlan:
    path = folder / "export.json"
    path.write_bytes(data)
    return read_import([path], board, working(), NOW, person=ME)


def taken(data: bytes, board: Board, folder: Path) -> Board:
    """The board after taking the file over."""
    operation = plan_of(data, board, folder).operation()
    assert operation is not None
    stamp = Stamp(person=ME, at=NOW, recorded=NOW)
    assert not [*operation.check(board, stamp)]
    return board.with_changes(operation.apply(board, stamp))


def records(board: Board) -> dict[str, dict[int, Any]]:
    return {
        table: {key: msgspec.to_builtins(row) for key, row in board.table(table).items()}
        for table in TABLES
        if table not in LEFT
    }


def test_a_board_comes_back_equal(tmp_path: Path) -> None:
    before = busy()
    after = records(taken(write_json(before), empty_board(), tmp_path))
    del after["people"][ME]
    wanted = records(before)
    wanted["people"].pop(ME, None)
    assert after == wanted


def test_a_card_comes_with_the_people_and_departments_it_names(tmp_path: Path) -> None:
    before = busy()
    card = Cast.card
    data = write_json(before, card)
    after = taken(data, empty_board(), tmp_path)
    assert after.cards[card] == before.cards[card]
    assert after.subtasks_of[card] == before.subtasks_of[card]
    assert {each.department for each in after.duties_of[card]} <= after.departments.keys()
    assert write_json(after, card) == data.replace(
        json.dumps(before.meta.board).encode(), json.dumps(after.meta.board).encode()
    ).replace(json.dumps(before.meta.name).encode(), json.dumps(after.meta.name).encode())


def test_twice_is_once(tmp_path: Path) -> None:
    data = write_json(busy())
    after = taken(data, empty_board(), tmp_path)
    again = plan_of(data, after, tmp_path)
    assert (again.operation(), again.create, again.update) == (None, [], [])


def test_people_and_departments_of_the_same_name_are_those_of_the_board(tmp_path: Path) -> None:
    before = busy()
    other = {key: 10_000 + key for key in (*before.departments, *before.people)}
    data = json.loads(write_json(before))
    board = taken(write_json(before), empty_board(), tmp_path)
    text = json.dumps(data)
    moved = json.loads(text)
    for table in ("departments", "people"):
        moved["tables"][table] = {str(other[int(key)]): row for key, row in data["tables"][table].items()}
    for row in moved["tables"]["people"].values():
        if row.get("department"):
            row["department"] = other[row["department"]]
    plan = plan_of(json.dumps(moved).encode(), board, tmp_path)
    assert not [each for each in plan.create if each.table in {"departments", "people"}]


def test_a_number_that_is_another_card_here_stays_out(tmp_path: Path) -> None:
    before = busy()
    data = json.loads(write_json(before, Cast.card))
    text = json.dumps(data).replace(str(Cast.card), "777777")
    plan = plan_of(text.encode(), before, tmp_path)
    assert [str(each.why) for each in plan.skipped] == [f"{before.cards[Cast.card].number} is another card here."]
    assert not [each for each in plan.create if each.table in {"cards", "subtasks", "duties", "issues"}]


def test_numbers_that_came_are_not_given_again(tmp_path: Path) -> None:
    before = busy()
    after = taken(write_json(before), empty_board(), tmp_path)
    highest = {each.key: each.value for each in after.counters.values()}
    issues = [int(each.number.rpartition("-")[2]) for each in before.issues.values() if each.number]
    assert highest.get("issue", 0) == max(issues, default=0)


@pytest.mark.parametrize(
    "data",
    [
        *(b"{", b"[]", b"{}", b'{"crossdeck": 1}', b"\xff\xfe", b"[" * 100_000),
        b'{"crossdeck": {"schema": 9}, "tables": {}}',
        b'{"crossdeck": {"schema": 1}, "tables": {"cards": {"x": {}}}}',
    ],
)
def test_what_is_no_export_says_so(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(ImportProblem):
        plan_of(data, empty_board(), tmp_path)


def test_what_refers_to_nothing_is_left_out(tmp_path: Path) -> None:
    data = json.loads(write_json(busy(), Cast.card))
    del data["tables"]["cards"]
    plan = plan_of(json.dumps(data).encode(), empty_board(), tmp_path)
    assert plan.unclear
    operation = plan.operation()
    assert operation is None or not [*operation.check(empty_board(), Stamp(person=ME, at=NOW, recorded=NOW))]
