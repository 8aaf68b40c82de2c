"""Every store keeps the same promises (`store.port.BoardStore`): one suite, run over each implementation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from store.clock import FixedClock
from store.errors import BoardUnavailable, CrossdeckError, NotFound, Refused
from store.file.presence import Sign
from store.file.shared_board import SharedBoard
from store.file.storage import encode
from store.memory import MemoryBoard, Place
from store.operations.base import Operation
from store.operations.cards import CreateCard, EditCard, VoidCard
from store.operations.progress import RecordProgress
from store.operations.subtasks import VoidSubtask
from store.operations.sync import AddSyncEntry
from store.port import BoardStore
from store.records import HistoryEntry
from store.views.asides import asides_of
from tests.store.builders import T0, Cast, office, stamp

c = Cast
CLOCK = FixedClock(T0)


class Shop:
    """Opens sessions on one board, and takes the board away from all of them."""

    def open(self) -> BoardStore:
        """A session of its own, read."""
        made = self.session()
        made.read()
        return made

    def session(self) -> BoardStore:
        """A session that has read nothing yet."""
        raise NotImplementedError

    def take_away(self) -> None:
        """Nobody reaches the board."""
        raise NotImplementedError

    def bring_back(self) -> None:
        """Everybody does again."""
        raise NotImplementedError


class FileShop(Shop):
    """Sessions on one file."""

    def __init__(self, folder: Path) -> None:
        self._path, self._aside, self._state = folder / "b.json", folder / "away.json", folder / "state"
        self._made = 0
        board = office()
        self._path.write_bytes(encode(msgspec.structs.replace(board.meta, name="Q4"), board.raws))

    def session(self) -> BoardStore:
        return SharedBoard(self._path, state=self._state, clock=CLOCK, terminal="t")

    def take_away(self) -> None:
        self._path.rename(self._aside)

    def bring_back(self) -> None:
        self._aside.rename(self._path)


class MemoryShop(Shop):
    """Sessions on one place in memory."""

    def __init__(self, _folder: Path) -> None:
        board = office()
        self._place = Place(msgspec.structs.replace(board.meta, name="Q4"), board.raws)

    def session(self) -> BoardStore:
        return MemoryBoard(self._place, clock=CLOCK)

    def take_away(self) -> None:
        self._place.reach = _gone

    def bring_back(self) -> None:
        self._place.reach = lambda: None


def _gone() -> None:
    raise BoardUnavailable("gone", code="unavailable")


@pytest.fixture(params=[FileShop, MemoryShop], ids=["file", "memory"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Shop:
    make: Callable[[Path], Shop] = request.param
    return make(tmp_path)


def topic(text: str) -> AddSyncEntry:
    return AddSyncEntry(topic=text)


def topics(store: BoardStore) -> list[str]:
    return [entry.topic for entry in store.shown().sync.values()]


def write(store: BoardStore, *operations: Operation, by: int = c.wang) -> list[str]:
    recorded = store.record(operations, stamp(by))
    result = store.commit()
    return [one.outcome for each in recorded if (one := result.of(each)) is not None]


# Open and poll -----------------------------------------------------------------------------------------


def test_before_the_first_read_there_is_no_board(shop: Shop) -> None:
    store = shop.session()
    assert [store.board, store.pending, store.waiting] == [None, [], 0]
    with pytest.raises(BoardUnavailable):
        store.shown()
    board = store.read()
    assert board is store.board
    assert board.meta.name == "Q4"


def test_each_revision_is_handed_out_once(shop: Shop) -> None:
    one, two = shop.open(), shop.open()
    assert one.poll() is None
    assert write(two, topic("a")) == ["applied"]
    seen = one.poll()
    assert seen is not None
    assert topics(one) == ["a"]
    assert one.poll() is None
    mine = two.poll()  # one's own too
    assert mine is two.board
    assert two.poll() is None


def test_a_record_that_did_not_change_is_the_same_object(shop: Shop) -> None:
    one, two = shop.open(), shop.open()
    before = one.read().cards[c.card]
    write(two, EditCard(card=c.draft, fields={"budget": "1"}))
    after = one.poll()
    assert after is not None
    assert after.cards[c.card] is before


# Record, commit, confirm -------------------------------------------------------------------------------


def test_what_is_recorded_is_drawn_at_once_and_confirmed_by_a_commit(shop: Shop) -> None:
    one, two = shop.open(), shop.open()
    (recorded,) = one.record([topic("a")], stamp(c.wang))
    assert recorded.key == (one.client, 1)
    assert [each.key for each in one.pending] == [recorded.key]
    assert one.waiting == 1
    assert topics(one) == ["a"]
    assert one.board is not None
    assert one.board is not one.shown()
    two.poll()
    assert topics(two) == []
    result = one.commit()
    assert result.board is one.board
    settled = result.of(recorded)
    assert settled is not None
    assert settled.outcome == "applied"
    assert (one.pending, one.waiting, one.shown()) == ([], 0, one.board)


def test_a_batch_is_acknowledged_whole_or_not_at_all(shop: Shop) -> None:
    store = shop.open()
    with pytest.raises(Refused):
        store.record([topic("a"), RecordProgress(subtask=c.plan, percent=400)], stamp(c.li))
    assert store.pending == []
    assert topics(store) == []


def test_each_is_checked_against_those_before_it(shop: Shop) -> None:
    store = shop.open()
    store.record([VoidSubtask(subtask=c.plan, reason="停")], stamp(c.wang))
    with pytest.raises(Refused):
        store.record([RecordProgress(subtask=c.plan, percent=70)], stamp(c.li))


def test_numbers_people_see_are_given_at_the_commit(shop: Shop) -> None:
    store = shop.open()
    card = CreateCard(name="新", lead=c.wang, project="P", departments=(c.market,))
    (recorded,) = store.record([card], stamp(c.wang))
    assert store.shown().cards[card.id].number.endswith("?")
    settled = store.commit().of(recorded)
    assert settled is not None
    assert settled.numbers[card.id] == store.shown().cards[card.id].number
    assert not settled.numbers[card.id].endswith("?")


def test_a_commit_with_nothing_to_write_makes_no_revision(shop: Shop) -> None:
    store = shop.open()
    before = store.board
    result = store.commit()
    assert (result.board, result.settled) == (before, ())
    assert store.poll() is None


def test_what_waits_can_be_given_up(shop: Shop) -> None:
    store = shop.open()
    first, second = store.record([topic("a"), topic("b")], stamp(c.wang))
    assert store.drop(first)
    assert not store.drop(first)
    assert topics(store) == ["b"]
    store.commit()
    assert not store.drop(second)
    assert topics(store) == ["b"]


def test_what_is_not_recorded_is_made_by_a_commit_or_not_at_all(shop: Shop) -> None:
    one, two = shop.open(), shop.open()
    also = [(EditCard(card=c.draft, fields={"budget": "1"}), stamp(c.wang))]
    assert [one.outcome for one in one.commit(also).settled] == ["applied"]
    assert two.commit(also).settled == ()  # somebody did it first: no trace
    entries = [entry for entry in two.read().history.values() if entry.operation == "EditCard"]
    assert len([entry for entry in entries if entry.client in {one.client, two.client}]) == 1


# Two at once -------------------------------------------------------------------------------------------


def test_the_second_of_two_is_settled_against_what_its_author_saw(shop: Shop) -> None:
    one, two = shop.open(), shop.open()
    one.record([EditCard(card=c.draft, fields={"budget": "1", "goal": "甲"})], stamp(c.wang))
    two.record([EditCard(card=c.draft, fields={"budget": "2", "goal": "乙"})], stamp(c.wang))
    one.commit()
    (settled,) = two.commit().settled
    assert settled.outcome == "merged"
    assert {loss.field for loss in settled.losses} == {"budget", "goal"}
    board = one.poll()
    assert board is not None
    assert board.cards[c.draft].budget == "2"
    assert "甲" in board.cards[c.draft].goal


def test_what_no_longer_fits_is_put_aside_for_its_author(shop: Shop) -> None:
    one, two = shop.open(), shop.open()
    one.record([VoidCard(card=c.draft, reason="停")], stamp(c.wang))
    two.record([EditCard(card=c.draft, fields={"budget": "2"}), topic("b")], stamp(c.li))
    one.commit()
    assert [one.outcome for one in two.commit().settled] == ["aside", "applied"]
    board = one.poll()
    assert board is not None
    (row,) = asides_of(board, c.li)
    assert (row.client, row.n, row.operation) == (two.client, 1, "EditCard")


def test_every_acknowledged_operation_has_one_entry_in_the_history(shop: Shop) -> None:
    one, two = shop.open(), shop.open()
    keys = {each.key for store in (one, two) for each in store.record([topic("a"), topic("b")], stamp(c.wang))}
    one.commit()
    two.commit()
    one.commit()
    entries: list[HistoryEntry] = [*one.read().history.values()]
    assert sorted((e.client, e.n) for e in entries if (e.client, e.n) in keys) == sorted(keys)
    assert all(
        after.hash and after.hash != before.hash for before, after in zip(entries[-4:-1], entries[-3:], strict=True)
    )


# Away --------------------------------------------------------------------------------------------------


def test_away_the_board_stays_and_work_goes_on(shop: Shop) -> None:
    store = shop.open()
    board = store.board
    shop.take_away()
    for reach in (store.read, store.poll):
        with pytest.raises(BoardUnavailable):
            reach()
    assert store.board is board
    store.record([topic("a")], stamp(c.wang))
    assert topics(store) == ["a"]
    with pytest.raises(BoardUnavailable):
        store.commit()
    assert store.waiting == 1
    shop.bring_back()
    assert [one.outcome for one in store.commit().settled] == ["applied"]
    assert (store.waiting, topics(store)) == (0, ["a"])


def test_what_a_session_leaves_the_next_one_sends(shop: Shop) -> None:
    one = shop.open()
    shop.take_away()
    one.record([topic("a"), topic("b")], stamp(c.wang))
    one.close()
    two = shop.session()
    with pytest.raises(CrossdeckError):
        two.read()
    assert two.waiting == 2  # known before the board is
    shop.bring_back()
    two.read()
    assert [each.client for each in two.pending] == [one.client, one.client]
    assert topics(two) == ["a", "b"]
    assert len(two.commit().settled) == 2
    assert topics(shop.open()) == ["a", "b"]


# The rest ----------------------------------------------------------------------------------------------


def test_who_is_here(shop: Shop) -> None:
    one, two = shop.open().signs(), shop.open().signs()
    assert one.others() == ()
    one.say(Sign("王敏", "card"))
    two.say(Sign("李强", "minutes"))
    assert one.others() == (Sign("李强", "minutes"),)
    assert two.others() == (Sign("王敏", "card"),)
    one.leave()
    assert two.others() == ()


def test_what_is_in_no_archive_is_not_found(shop: Shop) -> None:
    with pytest.raises(NotFound):
        shop.open().archived(1)


def test_all_of_the_history_stands_where_nothing_has_left_it(shop: Shop) -> None:
    store = shop.open()
    board = store.read()
    assert dict(store.past.older(board)) == {}
    assert dict(store.past.whole(board).history) == dict(board.history)
