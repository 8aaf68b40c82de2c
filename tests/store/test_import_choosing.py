"""Of an import the part that was chosen: what is left out takes along what hangs on it, and nothing dangles."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.board import Board
from store.exchange.choosing import chosen
from store.exchange.plan import ImportPlan
from store.exchange.preview import read_import
from store.exchange.records_json import write_json
from store.packages import refers_out
from store.records import TABLES
from tests.store.builders import busy
from tests.store.import_helpers import (
    ALLOCATION,
    ME,
    MINUTES,
    NOW,
    REGISTER,
    card_row,
    empty_board,
    imported,
    overview,
    plan_of,
    working,
)


@pytest.fixture(scope="module")
def plan() -> ImportPlan:
    return plan_of(REGISTER, ALLOCATION, MINUTES)


def keys(plan: ImportPlan, *tables: str) -> list[tuple[str, int]]:
    return [(item.table, item.id) for item in plan.create if not tables or item.table in tables]


def dangling(board: Board) -> list[object]:
    found = {table: dict(board.table(table)) for table in TABLES if table not in {"history", "asides", "archived"}}
    return [*refers_out(found)]


def test_nothing_left_out_is_the_plan(plan: ImportPlan) -> None:
    assert chosen(plan, ()) is plan


def test_what_hangs_on_a_card_goes_with_it(plan: ImportPlan) -> None:
    for card in keys(plan, "cards"):
        part = chosen(plan, [card])
        gone = set(keys(plan)) - set(keys(part))
        whole, board = imported(plan), imported(part)
        subtasks = {each.id for each in whole.subtasks.values() if each.card == card[1]}
        assert card in gone
        assert {("subtasks", each) for each in subtasks} <= gone
        assert card[1] not in board.cards
        assert not [each for each in whole.progress.values() if each.subtask in subtasks and each.id in board.progress]
        assert dangling(board) == []
        assert set(board.cards) == set(whole.cards) - {card[1]}


def test_people_nobody_else_names_do_not_come_alone(tmp_path: Path) -> None:
    rows = (
        card_row(lead="张三", initiator="李四"),
        card_row("产品迭代2024-002", name="另一项", lead="赵六", initiator="李四"),
    )
    whole = plan_of(overview(tmp_path / "r.xlsx", *rows))
    (out,) = [(item.table, item.id) for item in whole.create if item.number.endswith("002")]
    board = imported(chosen(whole, [out]))
    names = {each.name for each in board.people.values()}
    assert {"张三", "李四"} <= names
    assert "赵六" not in names


def test_an_owner_left_out_leaves_the_field_empty(tmp_path: Path) -> None:
    whole = plan_of(overview(tmp_path / "r.xlsx", card_row(lead="张三", initiator="李四")))
    (lead,) = [(item.table, item.id) for item in whole.create if item.title == "张三"]
    (card,) = imported(chosen(whole, [lead])).cards.values()
    assert card.lead is None
    assert card.initiator is not None


def test_a_change_left_out_leaves_the_record_as_it_stands(tmp_path: Path) -> None:
    board = imported(plan_of(overview(tmp_path / "r.xlsx", card_row())))
    later = plan_of(
        overview(tmp_path / "r.xlsx", card_row(finish="2024-11-15"), card_row("产品迭代2024-002")), board=board
    )
    (changed,) = later.update
    part = chosen(later, [("cards", changed.id)])
    after = imported(part, board)
    assert after.cards[changed.id] == board.cards[changed.id]
    assert len(after.cards) == 2


def test_all_left_out_is_no_operation(plan: ImportPlan) -> None:
    assert chosen(plan, keys(plan)).operation() is None


@given(st.data())
@settings(max_examples=8, deadline=None)
def test_any_choice_can_be_imported(plan: ImportPlan, data: st.DataObject) -> None:
    out = data.draw(st.sets(st.sampled_from(keys(plan))))
    part = chosen(plan, out)
    assert not out & set(keys(part))
    if part.operation() is not None:
        assert dangling(imported(part)) == []


def test_of_a_json_export_a_card_can_stay_out(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    path.write_bytes(write_json(busy()))
    whole = read_import([path], empty_board(), working(), NOW, person=ME)
    for card in keys(whole, "cards"):
        board = imported(chosen(whole, [card]))
        assert card[1] not in board.cards
        assert not [each for each in board.subtasks.values() if each.card == card[1]]
        assert dangling(board) == []
    assert chosen(whole, keys(whole)).operation() is None


def test_the_plan_itself_is_not_changed(plan: ImportPlan) -> None:
    before = msgspec.json.encode([plan.records, plan.updates])
    chosen(plan, keys(plan, "people"))
    assert msgspec.json.encode([plan.records, plan.updates]) == before
