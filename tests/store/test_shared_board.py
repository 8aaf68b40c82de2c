from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tinydb import TinyDB

from store.clock import FixedClock
from store.errors import BoardReadOnly, BoardUnavailable, CrossdeckError, Refused
from store.file.chain import chain_hash
from store.file.reader import OLDER_BELIEVED
from store.file.shared_board import SharedBoard, create_board
from store.operations.cards import CreateCard, EditCard
from store.operations.people import AddPerson
from tests.store.storage_helpers import (
    ANA,
    CARD,
    NOW,
    HastyDisk,
    make_board,
    opened,
    stamp,
    sync,
    topics,
    write,
)


def files(path: Path) -> list[str]:
    return sorted(os.listdir(path.parent))


def test_a_new_board_is_one_stock_tinydb_reads(path: Path) -> None:
    with TinyDB(path, encoding="utf-8") as db:
        assert db.table("people").get(doc_id=ANA)["name"] == "安娜"
        assert [entry["operation"] for entry in db.table("history")] == ["AddPerson", "CreateCard"]
        assert list(db.table("_meta").get(doc_id=1)) == ["format", "board", "rev", "rid", "writer", "epoch", "name"]
    assert files(path) == ["板 one.json"]


def test_an_existing_file_is_never_made_anew(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(CrossdeckError) as refused:
        make_board(path)
    assert refused.value.code == "exists"
    assert path.read_bytes() == before
    assert files(path) == ["板 one.json"]


def test_nothing_is_made_when_the_first_operations_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        create_board(
            tmp_path / "b.json", name="", clock=FixedClock(NOW), stamp=stamp(), operations=[AddPerson(id=1, name=" ")]
        )
    with pytest.raises(CrossdeckError) as refused:
        make_board(tmp_path / "none" / "b.json")
    assert refused.value.code == "no_folder"
    assert os.listdir(tmp_path) == []


# Reading --------------------------------------------------------------------------------------------


def test_a_missing_board_is_said_at_once_and_never_made(tmp_path: Path, state: Path) -> None:
    disk = HastyDisk()
    with pytest.raises(BoardUnavailable) as missing:
        opened(tmp_path / "none.json", state, disk)
    assert missing.value.code == "missing"
    assert "crossdeck init" in str(missing.value)
    assert disk.slept == 0
    assert not (tmp_path / "none.json").exists()


def test_a_file_that_is_away_for_a_moment_is_waited_for(path: Path, state: Path) -> None:
    class Returning(HastyDisk):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds)
            if self.slept > 0.5 and aside.exists():
                aside.rename(path)

    shared = opened(path, state, Returning())
    aside = path.with_suffix(".away")
    path.rename(aside)
    assert shared.poll() is None


def test_a_file_that_stays_away_is_offline_and_the_last_board_stays(path: Path, state: Path) -> None:
    shared = opened(path, state, HastyDisk())
    board = shared.board
    aside = path.rename(path.with_suffix(".away"))
    for _ in range(2):
        with pytest.raises(BoardUnavailable) as missing:
            shared.poll()
        assert missing.value.code == "missing"
    shared.record([sync("offline")], stamp())
    with pytest.raises(BoardUnavailable):
        shared.commit()
    assert shared.board is board
    assert [entry.topic for entry in shared.shown().sync.values()] == ["offline"]
    assert not path.exists()
    aside.rename(path)
    assert shared.commit().settled[0].outcome == "applied"
    assert shared.pending == []


def test_poll_hands_out_each_revision_once_also_our_own(path: Path, state: Path) -> None:
    one, two = opened(path, state), opened(path, state)
    assert one.poll() is None
    made = write(two, sync("a")).board
    assert two.poll() is made
    assert two.poll() is None
    seen = one.poll()
    assert seen is not None
    assert seen.meta.rev == made.meta.rev
    assert one.poll() is None


def test_poll_sees_a_change_by_a_stock_tinydb_that_leaves_the_revision_alone(path: Path, state: Path) -> None:
    shared = opened(path, state)
    with TinyDB(path, encoding="utf-8") as db:
        db.table("cards").update({"name": "新名"}, doc_ids=[CARD])
    board = shared.poll()
    assert board is not None
    assert board.cards[CARD].name == "新名"
    assert write(shared, sync("after")).settled[0].outcome == "applied"


def test_an_older_revision_counts_only_after_it_stood_for_a_while(path: Path, state: Path) -> None:
    disk = HastyDisk()
    old = path.read_bytes()
    shared = opened(path, state, disk)
    board = write(shared, sync("a")).board
    shared.poll()
    new = path.read_bytes()
    path.write_bytes(old)
    assert shared.poll() is None
    assert shared.board is board
    assert shared.pending == []
    path.write_bytes(new)
    assert shared.poll() is None
    path.write_bytes(old)
    shared.poll()
    disk.slept += OLDER_BELIEVED + 1
    assert shared.poll() is not None
    assert [record.n for record in shared.pending] == [1]


def test_another_board_under_the_same_name_is_not_written_to(path: Path, state: Path) -> None:
    shared = opened(path, state)
    shared.record([sync("a")], stamp())
    path.unlink()
    other = make_board(path).read_bytes()
    with pytest.raises(BoardReadOnly) as refused:
        shared.commit()
    assert refused.value.code == "other_board"
    assert path.read_bytes() == other


# Recording and committing ---------------------------------------------------------------------------


def test_recorded_is_shown_as_pending_until_it_is_committed(path: Path, state: Path) -> None:
    shared = opened(path, state)
    card = CreateCard(name="新卡", project="P")
    (recorded,) = shared.record([card], stamp())
    shown = shared.shown()
    assert shown.pending >= {card.id}
    assert shown.cards[card.id].number.endswith("?")
    assert shared.board is not None
    assert card.id not in shared.board.cards
    result = shared.commit()
    settled = result.of(recorded)
    assert settled is not None
    assert settled.outcome == "applied"
    assert settled.numbers[card.id] == result.board.cards[card.id].number == "P-2026-002"
    assert shared.shown() is result.board
    assert not shared.shown().pending
    assert result.board.meta.rev == 2


def test_a_list_is_checked_in_order_and_recorded_whole_or_not_at_all(path: Path, state: Path) -> None:
    shared = opened(path, state)
    card = CreateCard(name="新卡")
    shared.record([card, EditCard(card=card.id, fields={"notes": "x"})], stamp())
    with pytest.raises(Refused):
        shared.record([sync("good"), EditCard(card=7, fields={"notes": "x"})], stamp())
    assert [record.n for record in shared.pending] == [1, 2]
    assert [one.outcome for one in shared.commit().settled] == ["applied", "applied"]
    assert topics(path, state) == []


def test_a_commit_with_nothing_pending_touches_nothing(path: Path, state: Path) -> None:
    shared = opened(path, state)
    before = path.stat()
    assert shared.commit().settled == ()
    assert path.stat() == before


def test_the_history_is_a_chain_that_names_added_records_by_id(path: Path, state: Path) -> None:
    shared = opened(path, state)
    card = CreateCard(name="新卡")
    write(shared, card)
    write(shared, EditCard(card=card.id, fields={"name": "更新"}))
    rows = json.loads(path.read_bytes())["history"]
    assert list(rows) == ["1", "2", "3", "4"]
    previous = ""
    for body in rows.values():
        assert body["hash"] == chain_hash(previous, body)
        previous = body["hash"]
    assert ["add", "cards", card.id, None] in rows["3"]["changes"]
    assert rows["4"]["changes"] == [["put", "cards", card.id, {"name": ["新卡", "更新"]}]]
    assert (rows["4"]["client"], rows["4"]["n"], rows["4"]["by"]) == (shared.client, 2, ANA)
    assert (rows["4"]["subject"], rows["4"]["terminal"]) == (card.id, "ana@pc7")


def edits(path: Path, state: Path, field: str, first: str, second: str) -> tuple[SharedBoard, SharedBoard]:
    one, two = opened(path, state), opened(path, state)
    one.record([EditCard(card=CARD, fields={field: first})], stamp())
    two.record([EditCard(card=CARD, fields={field: second})], stamp())
    one.commit()
    return one, two


def test_two_people_change_a_scalar_the_last_wins_and_the_loss_is_listed(path: Path, state: Path) -> None:
    _, two = edits(path, state, "name", "甲", "乙")
    result = two.commit()
    (settled,) = result.settled
    assert settled.outcome == "merged"
    assert [(loss.theirs, loss.mine, loss.kept) for loss in settled.losses] == [("甲", "乙", "乙")]
    assert result.board.cards[CARD].name == "乙"
    assert result.board.history[max(result.board.history)].lost != ()


def test_two_people_change_a_text_both_are_kept(path: Path, state: Path) -> None:
    _, two = edits(path, state, "notes", "甲的话", "乙的话")
    board = two.commit().board
    assert "甲的话" in board.cards[CARD].notes
    assert "乙的话" in board.cards[CARD].notes


def test_what_already_stands_gets_its_entry_all_the_same(path: Path, state: Path) -> None:
    _, two = edits(path, state, "name", "甲", "甲")
    result = two.commit()
    assert [one.outcome for one in result.settled] == ["already"]
    assert result.board.history[max(result.board.history)].outcome == "already"
    assert two.pending == []


def test_what_is_refused_meanwhile_is_put_aside_with_reasons_and_payload(path: Path, state: Path) -> None:
    one, two = opened(path, state), opened(path, state)
    person = AddPerson(name="博")
    one.record([AddPerson(name="博")], stamp())
    two.record([person], stamp())
    one.commit()
    (settled,) = two.commit().settled
    assert settled.outcome == "aside"
    assert settled.reasons
    entry = two.shown().history[max(two.shown().history)]
    assert entry.outcome == "aside"
    assert entry.reasons == tuple(map(str, settled.reasons))
    assert entry.payload == {"id": person.id, "name": "博"}
    assert two.pending == []


def test_a_pending_operation_that_no_longer_applies_is_left_out_of_what_is_shown(path: Path, state: Path) -> None:
    one, two = opened(path, state), opened(path, state)
    two.record([AddPerson(name="博"), sync("stays")], stamp())
    write(one, AddPerson(name="博"))
    two.poll()
    shown = two.shown()
    assert [person.name for person in shown.people.values()].count("博") == 1
    assert [entry.topic for entry in shown.sync.values()] == ["stays"]


def test_operations_that_are_not_journalled_get_a_number_and_an_entry(path: Path, state: Path) -> None:
    shared = opened(path, state)
    shared.record([sync("one")], stamp())
    result = shared.commit([(sync("automatic"), stamp())])
    assert [(one.n, one.outcome) for one in result.settled] == [(1, "applied"), (2, "applied")]
    assert [record.n for record in shared.record([sync("three")], stamp())] == [3]
    assert [one.n for one in shared.commit().settled] == [3]
