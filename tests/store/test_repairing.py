"""What `check --repair` mends, and that it touches nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.board import Board
from store.checking import problems
from store.file.chain_check import chain_problems
from store.file.disk import Disk
from store.file.leftovers import leftovers, remove
from store.operations.prepared import RepairBoard
from store.records import TABLES
from store.repairing import repairs
from tests.store.builders import Cast, as_body, busy, raws
from tests.store.on_file import settled
from tests.store.storage_helpers import NOW, make_board, opened, sync, write

c = Cast
Tables = dict[str, dict[str, dict[str, Any]]]


def spoiled(spoil: Callable[[Tables], object]) -> Board:
    """The small office with a history, and something wrong in it."""
    from store.operations.base import decode

    board = busy()
    for n in range(3):
        board, _ = settled(board, decode("AddSyncEntry", {"topic": f"t{n}"}), c.wang)
    tables = {name: {str(key): as_body(rec) for key, rec in board.table(name).items()} for name in TABLES}
    spoil(tables)
    return Board(board.meta, {name: raws(rows) for name, rows in tables.items()})


def repaired(board: Board) -> Board:
    """The board after the one operation that mends it."""
    changes = tuple(change for each in repairs(board) for change in each.changes)
    after, one = settled(board, RepairBoard(changes=changes), c.wang)
    assert (one.outcome, one.reasons) == ("applied", ())
    return after


def codes(board: Board) -> list[str]:
    return sorted({each.why.code for each in problems(board)})


def test_a_whole_board_needs_nothing() -> None:
    assert repairs(spoiled(lambda _: None)) == []


def lower(tables: Tables) -> None:
    counter = next(row for row in tables["counters"].values() if row["key"] == "issue")
    counter["value"] = 0


def test_a_counter_goes_up_to_the_highest_number_given_out() -> None:
    board = spoiled(lower)
    assert codes(board) == ["counter"]
    after = repaired(board)
    assert codes(after) == []
    assert after.counters["issue"].value == max(int(issue.number[2:]) for issue in after.issues.values())


def nobody(tables: Tables) -> None:
    """The executive is a person who is not on the board."""
    next(row for row in tables["settings"].values() if row["key"] == "executive")["value"] = 999


@pytest.mark.parametrize(
    ("spoil", "field", "left"),
    [
        (lambda t: t["cards"][str(c.card)].update(lead=999), lambda b: b.cards[c.card].lead, None),
        (
            lambda t: t["subtasks"][str(c.plan)].update(depends_on=[999, c.poster]),
            lambda b: b.subtasks[c.plan].depends_on,
            (c.poster,),
        ),
        (nobody, lambda b: b.settings.executive, None),
    ],
    ids=["a reference", "one of several", "a setting"],
)
def test_a_reference_to_nothing_is_emptied(
    spoil: Callable[[Tables], None], field: Callable[[Board], object], left: object
) -> None:
    board = spoiled(spoil)
    assert codes(board) == ["reference"]
    after = repaired(board)
    assert (codes(after), field(after)) == ([], left)


def test_a_record_that_cannot_be_without_its_reference_stays_and_is_said() -> None:
    board = spoiled(lambda tables: tables["cards"].pop(str(c.card)))
    after = repaired(board)
    assert "reference" in codes(after)
    for name in TABLES.keys() - {"history", "clients"}:
        assert len(after.table(name)) == len(board.table(name)), name


def test_what_refers_to_a_damaged_record_keeps_its_reference() -> None:
    def damage(tables: Tables) -> None:
        tables["people"][str(c.wang)]["name"] = 7
        tables["cards"][str(c.card)]["goal"] = 7

    board = spoiled(damage)
    assert codes(board) == ["damaged"]
    assert repairs(board) == []


def doubled(tables: Tables) -> None:
    """The second of three entries stands twice; another program chained it in."""
    from store.file.chain import chain_hash

    first, second, third = (tables["history"][str(n)] for n in sorted(map(int, tables["history"]))[-3:])
    keys = sorted(map(int, tables["history"]))
    double = {**second}
    double["hash"] = chain_hash(second["hash"], double)
    third["hash"] = chain_hash(double["hash"], third)
    tables["history"][str(keys[-1])] = double
    tables["history"][str(keys[-1] + 1)] = third
    assert first["hash"] != second["hash"]


def test_a_doubled_entry_is_emptied_and_the_chain_fits_again() -> None:
    board = spoiled(doubled)
    assert codes(board) == ["doubled_entry"]
    after = repaired(board)
    assert codes(after) == []
    rows = {int(key): raw for key, raw in after.raws["history"].items()}
    first = min(rows)
    assert [number for number, why in chain_problems(rows) if number > first] == []
    assert len(rows) == len(board.raws["history"]) + 1


def test_an_entry_that_was_changed_stays_found_after_a_repair() -> None:
    def both(tables: Tables) -> None:
        doubled(tables)
        tables["history"][str(max(map(int, tables["history"])))]["at"] += 1

    assert "history" in codes(repaired(spoiled(both)))


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(["lower", "lead", "executive", "doubled"]), min_size=1))
def test_a_repair_mends_all_it_can_at_once_and_the_second_finds_nothing(what: set[str]) -> None:
    def spoil(tables: Tables) -> None:
        if "lower" in what:
            lower(tables)
        if "lead" in what:
            tables["cards"][str(c.card)]["lead"] = 999
        if "executive" in what:
            nobody(tables)
        if "doubled" in what:
            doubled(tables)

    after = repaired(spoiled(spoil))
    assert (codes(after), repairs(after)) == ([], [])


# What lies beside the board ---------------------------------------------------------------------------------


def left_over(folder: Path, name: str, *, age: float, directory: bool = False) -> Path:
    path = folder / name
    if directory:
        path.mkdir()
        (path / "owner").write_text("{}")
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text("half")
    then = (folder / "board.json").stat().st_mtime - age
    os.utime(path, (then, then))
    return path


def test_what_dead_sessions_left_is_found_and_taken_away_and_nothing_else(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    old = [
        left_over(tmp_path, ".board.json.pc7-4711-0a1b2c3d.tmp", age=3600),
        left_over(tmp_path, ".board.json.r-0a1b2c3d4e5f.tmp", age=3600),
        left_over(tmp_path, "board.json.lock.rel-0a1b2c3d", age=3600, directory=True),
        left_over(tmp_path, "board.json.lock.stale-0a1b2c3d", age=3600, directory=True),
        left_over(tmp_path, "board.json.backups/.2026-10-09.json.pc7-1-aa.tmp", age=3600),
    ]
    left_over(tmp_path, ".board.json.pc8-1-0a1b2c3d.tmp", age=0)
    left_over(tmp_path, ".other.json.pc7-1-0a1b2c3d.tmp", age=3600)
    left_over(tmp_path, "notes.tmp", age=3600)
    left_over(tmp_path, "board.json.lock", age=3600, directory=True)
    before = {each.name for each in tmp_path.iterdir()}
    found = leftovers(Disk(), str(path))
    assert sorted(each.path for each in found) == sorted(map(str, old))
    assert {each.name for each in tmp_path.iterdir()} == before
    assert sorted(remove(Disk(), str(path))) == sorted(each.name for each in found)
    assert {each.name for each in tmp_path.iterdir()} == before - {each.name for each in old}
    assert leftovers(Disk(), str(path)) == []


def test_a_repair_is_one_entry_of_the_history_even_if_only_files_were_left(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    shared = opened(path, tmp_path / "state")
    write(shared, sync("one"))
    before = max(shared.read().history)
    result = write(shared, RepairBoard(removed=(".board.json.x.tmp",)))
    board = shared.read()
    assert (result.settled[0].outcome, max(board.history)) == ("applied", before + 1)
    assert board.history[before + 1].payload == {"removed": [".board.json.x.tmp"]}
    assert board.history[before + 1].changes == ()
    assert board.meta.epoch == 0
    assert board.history[before + 1].at == NOW
