"""Backups put back: as one operation, for good, undone and redone like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.board import Board
from store.file.storage import encode, meta_of, parse
from store.operations.base import Operation
from store.operations.cards import CreateCard, EditCard
from store.operations.people import AddPerson
from store.operations.prepared import KEPT, RestoreBoard
from store.operations.progress import RecordProgress
from store.operations.reverting import Revert
from store.operations.subtasks import AddSubtask
from store.records import TABLES
from store.restoring import plan_restore
from tests.store.builders import as_body
from tests.store.restoring_helpers import other_process, read, restored, saved, topics_of
from tests.store.storage_helpers import ANA, CARD, make_board, opened, stamp, sync, write

NEW = 202


def work(board: Board) -> dict[str, object]:
    """What a restore puts back: every record but those that say what was given out, written and put aside."""
    found = {name: {key: as_body(rec) for key, rec in board.table(name).items()} for name in TABLES if name not in KEPT}
    return {name: rows for name, rows in found.items() if rows}


def test_the_board_is_as_the_backup_has_it_and_keeps_what_was_given_out(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json", CreateCard(id=102, name="店庆", project="P"))
    shared = opened(path, tmp_path / "state")
    backup = saved(path)
    before = read(path)
    edit = EditCard(card=CARD, fields={"notes": "later", "priority": "high"})
    write(shared, edit, AddSubtask(id=NEW, card=102, name="甲"), CreateCard(id=103, name="c", project="P"))
    plan = plan_restore(shared.read(), read(backup))
    assert (plan.come, plan.change) == ((), (("cards", CARD),))
    assert set(plan.go) == {("subtasks", NEW), ("cards", 103)}
    assert restored(shared, backup) == "applied"
    after = read(path)
    assert work(after) == work(before)
    assert after.meta.epoch == before.meta.epoch + 1
    assert after.meta.rev > before.meta.rev
    assert {key: row.value for key, row in after.counters.items()}["card/P/2026"] == 3
    assert [after.history[n].operation for n in sorted(after.history)][-4:] == [
        "EditCard",
        "AddSubtask",
        "CreateCard",
        "RestoreBoard",
    ]
    assert after.history[max(after.history)].payload == {"backup": backup.name}


def test_it_is_undone_and_redone_to_the_letter(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json", AddSubtask(id=301, card=CARD, name="甲", owner=ANA))
    shared = opened(path, tmp_path / "state")
    backup = saved(path)
    write(shared, RecordProgress(subtask=301, percent=40, done="x"), AddSubtask(id=NEW, card=CARD, name="乙"))
    then = work(read(path))
    assert len(read(path).progress) == 1
    restored(shared, backup)
    taken = work(read(path))
    last = max(read(path).history)
    for number, expected in enumerate((then, taken, then), last):
        assert write(shared, Revert(entry=number)).settled[0].outcome == "applied"
        assert work(read(path)) == expected


def test_people_who_came_since_stay(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    shared = opened(path, tmp_path / "state")
    backup = saved(path)
    write(shared, AddPerson(id=77, name="李强"), sync("a"))
    restored(shared, backup)
    after = read(path)
    assert after.people[77].name == "李强"
    assert not after.sync


def test_a_record_that_was_damaged_by_hand_is_mended(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    backup = saved(path)
    raws = parse(path.read_bytes())
    whole = raws["cards"][str(CARD)]
    raws["cards"][str(CARD)] = raws["cards"][str(CARD)].__class__(b'{"name":7}')
    path.write_bytes(encode(meta_of(raws), raws))
    shared = opened(path, tmp_path / "state")
    assert restored(shared, backup) == "applied"
    assert read(path).raws["cards"][str(CARD)] == whole


@pytest.mark.parametrize(
    "between",
    [
        EditCard(card=NEW, fields={"notes": "somebody else's"}),
        AddSubtask(card=NEW, name="hangs on what would go"),
    ],
    ids=["a record that goes was changed", "something hangs on it"],
)
def test_what_was_looked_at_is_what_happens_or_nothing_does(tmp_path: Path, between: Operation) -> None:
    path = make_board(tmp_path / "board.json")
    one, two = opened(path, tmp_path / "one"), opened(path, tmp_path / "two")
    backup = saved(path)
    write(one, CreateCard(id=NEW, name="later", project="P"))
    operation = RestoreBoard(backup="b", changes=plan_restore(one.read(), read(backup)).changes)
    one.record([operation], stamp())
    two.read()
    write(two, between)
    before = work(read(path))
    settled = one.commit().settled
    assert [(each.outcome, each.reasons[0].code) for each in settled] == [("aside", "meanwhile")]
    assert work(read(path)) == before
    assert read(path).meta.epoch == 0


@pytest.mark.slow
def test_nothing_that_was_taken_away_comes_back_from_another_process(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    path = make_board(tmp_path / "share" / "board.json")
    backup = saved(path)
    other_process(path, tmp_path / "ended", "ended", 3)
    alive = opened(path, tmp_path / "alive")
    write(alive, sync("alive"))
    alive.record([sync("waits")], stamp())  # acknowledged, not in the file: nothing was taken away of it
    shared = opened(path, tmp_path / "state")
    assert topics_of(path) == {"ended 0", "ended 1", "ended 2", "alive"}
    restored(shared, backup)
    assert topics_of(path) == set()
    other_process(path, tmp_path / "ended", "again", 1)
    alive.poll()
    alive.commit()
    alive.close()
    heir = opened(path, tmp_path / "alive")
    heir.commit()
    assert (heir.pending, topics_of(path)) == ([], {"again 0", "waits"})
    keys = [(entry.client, entry.n) for entry in read(path).history.values()]
    assert len(keys) == len(set(keys))
