"""What polls, refreshes and commits cost in bytes, decodes and waits for the disk: counted, because times depend."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

import store.board
import store.indexes
from store.board import Board
from store.file import history_files
from store.file.disk import HEAD, Disk
from store.file.shared_board import SharedBoard
from store.file.storage import parse
from store.operations.cards import EditCard
from store.records import HistoryEntry
from tests.store.builders import META
from tests.store.storage_helpers import CARD, make_board, opened, stamp, sync, write

RECORDS = 300
NO_MORE = 4_000
"""Bytes of small things beside a board of 100 kB: the lock's owner file, heads of files."""


class CountingDisk(Disk):
    """Counts calls by name, and bytes as `read` and `written`."""

    def __init__(self) -> None:
        self.calls = Counter[str]()

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if callable(found):
            self.calls[name] += 1
        return found

    def read(self, fd: int, size: int) -> bytes:
        data = super().read(fd, size)
        self.calls["bytes read"] += len(data)
        return data

    def write(self, fd: int, data: bytes | memoryview) -> int:
        self.calls["bytes written"] += len(data)
        return super().write(fd, data)


class Counting:
    """A session among others, with what it cost since `anew`."""

    def __init__(self, path: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.disk = CountingDisk()
        self.decoded = Counter[str]()
        self._watch(monkeypatch)
        self.shared: SharedBoard = opened(path, state, self.disk)
        (self.shared.board or self.shared.read()).decode_all()

    def anew(self) -> None:
        self.disk.calls.clear()
        self.decoded.clear()

    def _watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        known = store.board.decoder

        class Watched:
            def __init__(self, table: str, count: Counter[str]) -> None:
                self.decoder, self.table, self.count = known(table), table, count

            def decode(self, raw: Any) -> Any:
                self.count[self.table] += 1
                return self.decoder.decode(raw)

        def parsed(data: bytes, path: str) -> Any:
            self.decoded["files"] += 1
            return parse(data, path)

        monkeypatch.setattr(store.board, "decoder", lambda table: Watched(table, self.decoded))
        monkeypatch.setattr("store.file.reader.parse", parsed)


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counting:
    """A session on a board of some hundred records."""
    path = make_board(tmp_path / "board.json")
    first = opened(path, tmp_path / "first")
    write(first, *(sync(f"{number} {'按期上线' * 20}") for number in range(RECORDS)))
    first.close()
    found = Counting(path, tmp_path / "one", monkeypatch)
    write(found.shared, sync("mine"))  # backup of the day, journal, calendar: once
    found.anew()
    return found


def edit(number: int) -> EditCard:
    return EditCard(card=CARD, fields={"notes": f"note {number}"})


def by_another(one: Counting, tmp_path: Path, number: int = 0) -> None:
    """A colleague changes a card."""
    other = opened(one.shared.path, tmp_path / "other")
    write(other, edit(number))
    other.close()
    one.anew()


def test_a_poll_that_finds_nothing_reads_a_head_and_decodes_nothing(one: Counting) -> None:
    one.shared.poll()
    one.anew()
    assert one.shared.poll() is None
    assert one.decoded == {}
    assert one.disk.calls["bytes read"] <= HEAD
    assert (one.disk.calls["open"], one.disk.calls["close"], one.disk.calls["stat"]) == (1, 1, 0)


def test_a_colleagues_change_is_read_once_and_only_what_it_changed_is_decoded(one: Counting, tmp_path: Path) -> None:
    by_another(one, tmp_path)
    size = one.shared.path.stat().st_size
    assert one.shared.poll() is not None
    assert one.decoded == {"cards": 1, "history": 1, "clients": 1}  # the file is not parsed again
    assert size <= one.disk.calls["bytes read"] <= size + 2 * HEAD
    assert one.disk.calls["bytes written"] == 0


def test_a_commit_behind_our_own_reads_and_writes_the_file_once_and_decodes_only_what_is_new(one: Counting) -> None:
    write(one.shared, edit(1))
    size = one.shared.path.stat().st_size
    assert one.decoded == {"cards": 1, "history": 1, "clients": 1}
    assert one.disk.calls["bytes read"] <= size + NO_MORE
    assert size <= one.disk.calls["bytes written"] <= size + NO_MORE
    assert (one.disk.calls["replace"], one.disk.calls["fsync"]) == (1, 2)  # the file, the folder


def test_a_commit_behind_a_colleagues_decodes_what_both_changed(one: Counting, tmp_path: Path) -> None:
    by_another(one, tmp_path)
    write(one.shared, edit(1))
    size = one.shared.path.stat().st_size
    assert one.decoded == {"cards": 2, "history": 2, "clients": 2}
    assert one.disk.calls["bytes read"] <= size + NO_MORE
    assert one.disk.calls["bytes written"] <= size + NO_MORE
    assert (one.disk.calls["replace"], one.disk.calls["fsync"]) == (1, 2)


def test_who_goes_on_writing_makes_no_index_again_and_looks_at_no_table_again(
    one: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Counter[str]()
    sort, differences = store.indexes._sorted, store.board._differences

    def sorting(board: Any, index: Any, records: Any) -> Any:
        made["rows sorted"] += len(records)
        return sort(board, index, records)

    def comparing(rows: Any, before: Any, touched: Any = None) -> Any:
        made["rows compared"] += 0 if rows is before else len(rows if touched is None else touched)
        return differences(rows, before, touched)

    write(one.shared, edit(0), sync("one more"))  # the second of the session made them
    monkeypatch.setattr(store.indexes, "_sorted", sorting)
    monkeypatch.setattr(store.board, "_differences", comparing)
    write(one.shared, edit(1), sync("another"))
    assert made == {"rows compared": 5}  # the card, the entry, two of history, the client
    made.clear()
    by_another(one, tmp_path)
    made.clear()
    assert one.shared.poll() is not None
    write(one.shared, edit(2))
    assert made["rows sorted"] == 0
    assert made["rows compared"] <= 10


def test_a_commit_encodes_what_it_changed(one: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoded = list[bytes]()
    whole = msgspec.json.encode

    def watched(*given: Any, **how: Any) -> bytes:
        encoded.append(whole(*given, **how))
        return encoded[-1]

    by_another(one, tmp_path)
    monkeypatch.setattr("store.file.layout.msgspec.json.encode", watched)
    write(one.shared, edit(1))
    assert sum(map(len, encoded)) <= NO_MORE < one.disk.calls["bytes written"]


def test_many_changes_that_wait_are_one_commit(one: Counting) -> None:
    one.shared.record([edit(number) for number in range(20)], stamp())
    one.shared.commit()
    assert (one.disk.calls["replace"], one.disk.calls["fsync"]) == (1, 2)
    assert one.disk.calls["bytes written"] <= one.shared.path.stat().st_size + NO_MORE


def test_what_moves_out_of_the_history_is_written_once_and_read_by_nobody_who_works(
    one: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_files, "KEPT", 100)
    monkeypatch.setattr(history_files, "SLACK", 0)
    write(one.shared, edit(1))
    (file,) = Path(f"{one.shared.path}.history").iterdir()
    moved, size = file.stat().st_size, one.shared.path.stat().st_size
    assert moved > 40_000
    assert one.disk.calls["bytes written"] <= size + moved + NO_MORE
    one.anew()
    write(one.shared, edit(2))
    one.shared.poll()
    one.shared.read()
    assert one.disk.calls["bytes read"] <= 2 * one.shared.path.stat().st_size + NO_MORE


def test_the_first_read_decodes_nothing_that_nobody_asked_for(tmp_path: Path, one: Counting) -> None:
    one.anew()
    fresh = opened(one.shared.path, tmp_path / "fresh")
    tables = {name for name in one.decoded if name != "files"}
    assert tables <= {"clients"}
    fresh.close()


@given(before=st.dictionaries(st.sampled_from("123456789"), st.binary(max_size=1)), data=st.data())
def test_revisions_compare_the_same_however_their_records_lie(before: dict[str, bytes], data: st.DataObject) -> None:
    keys = data.draw(st.one_of(st.just([*before]), st.permutations("123456789").map(lambda some: some[:6])))
    after = {key: data.draw(st.one_of(st.just(before.get(key, b"")), st.binary(max_size=1))) for key in [*keys, "x"]}
    changed, gone = store.board._differences(
        {key: Raw(value) for key, value in after.items()}, {key: Raw(value) for key, value in before.items()}
    )
    assert changed == [key for key in after if key not in before or after[key] != before[key]]
    assert gone == before.keys() - after.keys()


@given(numbers=st.lists(st.sets(st.integers(1, 6)), min_size=2, max_size=4), decoded=st.booleans())
def test_the_last_entry_is_known_from_the_revision_before(numbers: list[set[int]], decoded: bool) -> None:
    board: Board | None = None
    for there in numbers:
        entry = HistoryEntry(client="c1", n=1, operation="EditCard", by=1, at=0, recorded_at=0)
        rows = {str(number): Raw(msgspec.json.encode(entry)) for number in there}
        board = Board(META, {"history": rows}, board)
        if decoded:
            assert len(board.history) == len(there)
        assert board.last_entry == board.with_changes(()).last_entry == max(there, default=0)
