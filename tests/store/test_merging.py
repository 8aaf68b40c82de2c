"""What only a copy of the board has, taken over once and on the board as it is; conflicts are settled per field."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from store.board import Board
from store.changes import Put
from store.file.shared_board import SharedBoard
from store.file.storage import encode, meta_of, parse
from store.merging import Plan, plan_merge
from store.operations.base import Operation
from store.operations.cards import CreateCard, EditCard
from store.operations.people import AddPerson
from store.operations.reverting import Revert
from store.operations.subtasks import AddSubtask, EditSubtask
from store.operations.sync import AddSyncEntry
from tests.store.storage_helpers import CARD, NOW, make_board, opened, stamp, sync

WORK, OTHER = 301, 302
HOUR = 3600


class Fork:
    """A board and a copy of it that went its own way, each with sessions of its own."""

    def __init__(self, folder: Path) -> None:
        (folder / "a").mkdir()
        (folder / "b").mkdir()
        lead = AddSubtask(id=WORK, card=CARD, name="甲")
        self.path = make_board(folder / "a" / "board.json", AddPerson(id=12, name="李强"), lead)
        self.copy = folder / "b" / "board.json"
        self.copy.write_bytes(self.path.read_bytes())
        self.state = folder / "state"
        self.ours = opened(self.path, folder / "ours")
        self.theirs = opened(self.copy, self.state)

    def plan(self) -> Plan:
        return plan_merge(self.ours.read(), read(self.copy))

    def merged(self) -> Plan:
        """Merge; the plan that was carried out."""
        plan = self.plan()
        do(self.ours, plan.operation("copy.json"))
        return plan

    def board(self) -> Board:
        return read(self.path)


@pytest.fixture
def fork(tmp_path: Path) -> Fork:
    return Fork(tmp_path)


def read(path: Path) -> Board:
    raws = parse(path.read_bytes())
    return Board(meta_of(raws), raws)


def do(shared: SharedBoard, *operations: Operation, at: int = NOW) -> None:
    shared.record(operations, stamp(at))
    assert {one.outcome for one in shared.commit().settled} <= {"applied", "merged"}


def test_a_copy_without_anything_of_its_own_has_nothing(fork: Fork) -> None:
    do(fork.ours, sync("ours"))
    assert (fork.plan().entries, fork.plan().changes) == ((), ())


def test_what_only_the_copy_has_comes_as_one_operation_and_once(fork: Fork) -> None:
    do(fork.ours, sync("ours"))
    do(fork.theirs, sync("theirs"), EditCard(card=CARD, fields={"channel": "企微"}))
    assert len(fork.merged().entries) == 2
    board = fork.board()
    assert {entry.topic for entry in board.sync.values()} == {"ours", "theirs"}
    assert board.cards[CARD].channel == "企微"
    last = board.history[max(board.history)]
    assert (last.operation, last.outcome, max(board.history)) == ("MergeCopy", "applied", 6)
    assert fork.plan().entries == ()
    # The session that wrote the copy comes back to the board with its journal: all of it is there already.
    fork.theirs.close()
    (fork.copy).unlink()
    heir = opened(fork.path, fork.state)
    heir.commit()
    assert (heir.pending, max(fork.board().history)) == ([], max(board.history))


def test_each_field_is_settled_against_what_its_author_saw(fork: Fork) -> None:
    edit = {"background": "theirs", "budget": "20", "priority": "low"}
    do(fork.theirs, EditCard(card=CARD, fields=edit), at=NOW + HOUR)
    do(fork.ours, EditCard(card=CARD, fields={"background": "ours", "budget": "10", "goal": "g"}), at=NOW)
    do(fork.ours, EditCard(card=CARD, fields={"priority": "high"}), at=NOW + 2 * HOUR)
    plan = fork.merged()
    card = fork.board().cards[CARD]
    assert (card.background, card.budget, card.goal) == ("theirs\n-- ours", "20", "g")
    assert card.priority == "high"
    assert plan.left == (("cards", CARD, "priority", "low", "high"),)
    entry = fork.board().history[max(fork.board().history)]
    assert entry.payload["left"] == [["cards", CARD, "priority", "low", "high"]]
    # Whose value gave way, or was joined, is told like in any other conflict.
    assert {(loss[2], loss[4], loss[5]) for loss in entry.lost} == {
        ("background", "theirs", "ours"),
        ("budget", "20", "10"),
    }
    assert entry.outcome == "merged"


def test_a_state_moves_only_from_where_its_author_saw_it(fork: Fork) -> None:
    change = {"stage": ("draft", "active")}
    for shared, stage in ((fork.ours, "cancelled"), (fork.theirs, "active")):
        raws = parse(shared.path.read_bytes())
        body = msgspec.json.decode(raws["cards"][str(CARD)]) | {"stage": stage}
        raws["cards"][str(CARD)] = msgspec.Raw(msgspec.json.encode(body))
        entry = {"client": stage, "n": 1, "operation": "Activate", "by": 11, "at": NOW, "recorded_at": NOW}
        put = msgspec.to_builtins(Put("cards", CARD, change | {"stage": ("draft", stage)}))
        raws["history"]["4"] = msgspec.Raw(msgspec.json.encode(entry | {"changes": [put]}))
        shared.path.write_bytes(encode(meta_of(raws), raws))
    plan = plan_merge(read(fork.path), read(fork.copy))
    assert plan.left == (("cards", CARD, "stage", "active", "cancelled"),)


def test_a_number_is_given_once(fork: Fork) -> None:
    do(fork.ours, CreateCard(id=401, name="ours", project="P"), AddSubtask(id=402, card=CARD, name="ours"))
    do(fork.theirs, CreateCard(id=501, name="theirs", project="P"), AddSubtask(id=502, card=CARD, name="theirs"))
    do(fork.theirs, AddSubtask(id=503, card=501, name="below theirs"))
    fork.merged()
    board = fork.board()
    numbers = [record.number for table in (board.cards, board.subtasks) for record in table.values()]
    assert len(numbers) == len(set(numbers))
    assert board.cards[401].number.endswith("-002")
    assert board.cards[501].number.endswith("-003")
    assert board.subtasks[503].number == f"{board.cards[501].number}-01"
    do(fork.ours, CreateCard(id=601, name="next", project="P"), AddSubtask(id=602, card=CARD, name="next"))
    after = fork.board()
    assert after.cards[601].number.endswith("-004")
    assert after.subtasks[602].number.endswith("-04")


def test_what_hangs_on_something_that_is_gone_here_is_left_and_named(fork: Fork) -> None:
    do(fork.ours, CreateCard(id=401, name="x", project="P"))
    fork.copy.write_bytes(fork.path.read_bytes())
    fork.theirs.read()
    do(fork.theirs, AddSubtask(id=OTHER, card=401, name="lost"), EditSubtask(subtask=WORK, fields={"name": "乙"}))
    do(fork.ours, Revert(entry=max(fork.board().history)))
    plan = fork.merged()
    board = fork.board()
    assert ("subtasks", OTHER, "", None, None) in plan.left
    assert OTHER not in board.subtasks
    assert board.subtasks[WORK].name == "乙"


def test_what_the_copy_took_away_goes_unless_it_was_changed_here(fork: Fork) -> None:
    do(fork.ours, AddSyncEntry(id=701, topic="one"), AddSyncEntry(id=702, topic="two"))
    fork.copy.write_bytes(fork.path.read_bytes())
    theirs = opened(fork.copy, fork.state)
    for entry in sorted(read(fork.copy).history)[-2:]:
        do(theirs, Revert(entry=entry))
    assert not read(fork.copy).sync
    from store.operations.sync import MarkSent

    do(fork.ours, MarkSent(sync=702))
    plan = fork.merged()
    assert list(fork.board().sync) == [702]
    assert plan.left == (("sync", 702, "", None, None),)


def test_a_merge_is_undone_by_whoever_made_it(fork: Fork) -> None:
    do(fork.theirs, sync("theirs"), EditCard(card=CARD, fields={"channel": "企微"}))
    fork.merged()
    do(fork.ours, Revert(entry=max(fork.board().history)))
    assert (len(fork.board().sync), fork.board().cards[CARD].channel) == (0, "")


def test_what_was_put_aside_in_the_copy_waits_for_its_author_here(fork: Fork) -> None:
    fork.theirs.record([EditCard(card=CARD, fields={"notes": "x"})], stamp())
    raws = parse(fork.copy.read_bytes())
    raws["cards"][str(CARD)] = msgspec.Raw(b'{"name":7}')  # damaged by hand: what is sent now is put aside
    fork.copy.write_bytes(encode(meta_of(raws), raws))
    assert [one.outcome for one in fork.theirs.commit().settled] == ["aside"]
    fork.merged()
    assert [row.operation for row in fork.board().asides.values()] == ["EditCard"]
