"""A closed clock never changes again (rulebook §8), whatever closed it: an operation or an import.

Of a board that was made by operations, another calendar and other rules leave every closed clock as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Raw

from store import records as r
from store.board import Board
from store.changes import add
from store.exchange.plan import ImportPlan
from store.operations.base import decode
from store.results import NO_ROW, with_results
from store.rules.calendar_data import CalendarSettings
from store.rules.calendar_source import build_calendar
from store.rules.clock_book import clock_book
from store.rules.clocks import Clock
from store.rules.frozen import Key, key_of, stored
from store.rules.working_time import WorkingTime
from store.settings import RULES
from tests.store.builders import busy
from tests.store.case import Case
from tests.store.cases_of_division import DIVISION
from tests.store.cases_of_talk import TALK
from tests.store.cases_of_work import WORK
from tests.store.import_helpers import (
    ALLOCATION,
    COLLABORATION,
    ME,
    MINUTES,
    NOW,
    OVERVIEW_HEAD,
    PROGRESS_HEAD,
    REGISTER,
    TASK_CARD,
    card_row,
    demo,
    plan_of,
    progress_row,
    workbook,
    working,
)
from tests.store.import_helpers import DIVISION as DIVISION_OF_WORK
from tests.store.on_file import china, newest, reverted, settled

PAPERS = (TASK_CARD, REGISTER, ALLOCATION, DIVISION_OF_WORK, COLLABORATION, MINUTES)
LOOKED_AT = NOW + 30 * 86_400
OTHER_HOURS = CalendarSettings(opening=7 * 60, close=15 * 60, daily_report=14 * 60, weekend=(2, 3))
MEANWHILE = frozenset({"subtask_due", "card_due"})
"""Kinds that may be met only until a verdict; their due is a date somebody typed, which no rule moves."""


@cache
def others() -> WorkingTime:
    return WorkingTime(build_calendar(OTHER_HOURS, range(2020, 2030)), OTHER_HOURS)


def closed(board: Board, days: WorkingTime) -> list[Clock]:
    """Every clock that is met or void."""
    return [clock for clock in clock_book(board, days, now=LOOKED_AT).everything() if not clock.is_open]


def stands_for_good(board: Board) -> list[Clock]:
    """Assert that nothing of a closed clock changes with the rules and the calendar; return the closed clocks."""
    before = closed(board, working())
    given = {row.key for row in board.table("settings").values() if isinstance(row, r.Setting)}
    rules = [r.Setting(id=900 + n, key=key, value="77 h") for n, key in enumerate(RULES) if key not in given]
    changed, _ = with_results(board, [add(rule) for rule in rules], working(), LOOKED_AT)
    assert closed(changed, others()) == before
    return before


def start() -> Board:
    """A board with nobody on it but the one who imports."""
    meta = r.BoardMeta(format=1, board="board-1", rev=1, rid="r", writer="w", epoch=1)
    return Board(meta, {"people": {str(ME): Raw('{"name": "导入人"}'.encode())}})


def after_import(plan: ImportPlan, board: Board, now: int = NOW) -> Board:
    operation = plan.operation()
    assert operation is not None
    after, one = settled(board, operation, min(board.people), now, lambda _: working())
    assert one.outcome == "applied", one.reasons
    return after


def test_the_demo_board() -> None:
    assert {clock.kind for clock in stands_for_good(demo())} >= {"confirmation", "tier", "accept_subtask", "progress"}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_what_an_import_brings_in_closed(paper: Path) -> None:
    board = start()
    if paper != DIVISION_OF_WORK:  # belongs to a card
        stands_for_good(after_import(plan_of(paper, board=board), board))
    card = next(card.id for card in demo().cards.values() if card.stage == "active")
    stands_for_good(after_import(plan_of(paper, board=demo(), card=card), demo()))


def test_the_register_of_the_sample_and_its_undo() -> None:
    board = start()
    board = after_import(plan_of(REGISTER, board=board), board)
    assert {"accept_subtask", "card_due"} == {clock.kind for clock in stands_for_good(board)}
    assert not reverted(board, ME, at=NOW).table("results")


@pytest.mark.parametrize("percent", [100, 60])
def test_a_register_read_again(tmp_path: Path, percent: int) -> None:
    def register(*rows: list[Any]) -> Path:
        sheets: dict[str, Sequence[Sequence[Any]]] = {
            "部门任务总览表": [OVERVIEW_HEAD, card_row()],
            "任务执行进度跟踪表": [PROGRESS_HEAD, *rows],
        }
        return workbook(tmp_path / "register.xlsx", sheets)

    first, later = progress_row(40, "2026-11-18"), NOW + 4 * 86_400
    board = start()
    board = after_import(plan_of(register(first), board=board), board)
    again = plan_of(register(first, progress_row(percent, "2026-11-23")), board=board, now=later)
    assert "progress" in {clock.kind for clock in stands_for_good(after_import(again, board, later))}


TABLE = (*WORK, *DIVISION, *TALK)
START = busy()


def unkept(board: Board) -> set[Key]:
    """The closed clocks without a stored result that ought to have one."""
    return {
        key_of(clock)
        for clock in closed(board, china(board))
        if clock.kind not in NO_ROW | MEANWHILE and stored(board, clock) is None
    }


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(TABLE), st.booleans()), min_size=1, max_size=8))
def test_no_sequence_of_operations_and_undos_leaves_a_closed_clock_without_its_result(
    steps: list[tuple[Case, bool]],
) -> None:
    board, before = START, unkept(START)
    for case, undone in steps:
        board, one = settled(board, decode(case.operation, case.fields), case.by)
        if undone and one.outcome == "applied":
            board, _ = settled(board, decode("Revert", {"entry": newest(board)}), case.by)
    assert unkept(board) <= before
