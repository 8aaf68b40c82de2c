"""Papers of boards with any texts: read into the same board they change nothing, into an empty one they come again.

`CROSSDECK_EXAMPLES=300` tries so many boards of each paper.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from store.board import Board
from store.exchange.papers.model import Paper
from store.exchange.plan import ImportPlan
from store.views.state import BoardState
from tests.store.import_helpers import ME, NOW, plan_of, working
from tests.tui.any_boards import boards
from tui import i18n
from tui.papers.desk import Desk
from tui.papers.every import BY_KEY, Kind, write
from tui.papers.every import _imported as builder

EXAMPLES = int(os.environ.get("CROSSDECK_EXAMPLES", "0")) or 6
OF = {"allocation": "subtasks", "minutes": "meetings", "division": "cards", "collaboration": "cards", "card": "cards"}


@pytest.fixture(params=["zh_Hans", "zh_Hant"])
def chinese(request: pytest.FixtureRequest) -> Iterator[None]:
    i18n.choose(request.param)
    yield
    i18n.choose("en")


def paper(kind: Kind, board: Board, key: int) -> Paper:
    found = builder(f"tui.papers.{kind.builder}")(Desk(BoardState(board, working(), me=ME), NOW), key)
    assert isinstance(found, Paper)
    return found


def subjects(kind: str, board: Board) -> list[int]:
    return [*board.table(OF[kind])] if kind in OF else [0]


def read_into(board: Board, found: Paper, kind: Kind, card: int | None) -> ImportPlan:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"again.{kind.formats[0]}"
        path.write_bytes(write(found, kind.formats[0]))
        return plan_of(path, board=board, card=card)


@pytest.mark.parametrize("kind", ["register", "card", "division", "allocation", "collaboration", "minutes"])
@given(board=boards())
@settings(max_examples=EXAMPLES, suppress_health_check=[*HealthCheck])
def test_a_paper_read_into_its_own_board_changes_nothing(kind: str, board: Board, chinese: None) -> None:
    for key in subjects(kind, board):
        plan = read_into(board, paper(BY_KEY[kind], board, key), BY_KEY[kind], card_of(board, kind, key))
        assert plan.to_builtins()["update"] == []
        assert [(item.table, item.title) for item in plan.create] == []


def card_of(board: Board, kind: str, key: int) -> int | None:
    if kind == "division":
        return key
    return board.card_of_meeting(board.meetings[key]) if kind == "minutes" else None
