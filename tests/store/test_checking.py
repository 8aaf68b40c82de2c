"""What `check` finds wrong with a board that can be read."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from store.board import Board
from store.checking import problems
from tests.store.builders import Busy, Cast, busy


def spoilt(table: str, record: int, **fields: Any) -> Board:
    """`busy` with fields of one record set behind everybody's back."""
    board = busy()
    raws = {name: dict(rows) for name, rows in board.raws.items()}
    body = json.loads(bytes(raws[table].get(str(record), msgspec.Raw(b"{}"))))
    raws[table][str(record)] = msgspec.Raw(json.dumps(body | fields).encode())
    return Board(board.meta, raws)


def found(board: Board) -> list[tuple[str, str]]:
    return [(problem.where, problem.why.code) for problem in problems(board)]


def test_a_board_made_through_operations_has_none() -> None:
    assert found(busy()) == []


@pytest.mark.parametrize(
    ("table", "key", "fields", "where", "code"),
    [
        ("subtasks", Cast.plan, {"owner": 4711}, "subtasks/41 (Q4营销-2026-001-01)", "reference"),
        ("subtasks", Cast.plan, {"depends_on": [4711]}, "subtasks/41 (Q4营销-2026-001-01)", "reference"),
        ("issues", Busy.dispute, {"positions": [{"department": 5, "text": "x"}]}, "issues/63 (I-003)", "reference"),
        ("progress", 51, {"supports": [{"department": 4711}]}, "progress/51", "reference"),
        ("subtasks", Cast.plan, {"percent": "half"}, "subtasks/41", "damaged"),
        ("issues", Busy.warning, {"number": "I-001"}, "issues/62 (I-001)", "doubled"),
        ("settings", 7, {"key": "tier", "value": "soon"}, "settings/7 (tier)", "setting"),
        ("settings", 7, {"key": "nonsense", "value": 1}, "settings/7 (nonsense)", "setting"),
    ],
)
def test_each_kind_is_found_where_it_is(table: str, key: int, fields: dict[str, Any], where: str, code: str) -> None:
    assert (where, code) in found(spoilt(table, key, **fields))


def test_a_counter_below_its_highest_number_is_found() -> None:
    counter = busy().counters["issue"]
    problem = next(problems(spoilt("counters", counter.id, value=2)))
    assert problem.where == f"counters/{counter.id} (issue)"
    assert str(problem.why) == "The counter issue stands at 2, but number 3 is given out."
