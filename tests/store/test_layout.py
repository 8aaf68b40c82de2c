"""What two revisions of a file share is neither parsed nor encoded again, and what comes of it is the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import Raw

from store.errors import BoardReadOnly
from store.file import layout
from store.file.disk import Disk
from store.file.layout import Layout
from store.file.storage import checked_meta, encode, meta_of, parse
from store.records import BoardMeta
from tests.store.storage_helpers import make_board, opened, sync, topics, write

META = BoardMeta(format=1, board="b1", rev=1, rid="r1", writer="ana@pc", epoch=1, name="test")
TABLES = ("cards", "history", "clients", "empty")
Rows = dict[str, dict[str, Raw]]

# Rows that hold what looks like the places between rows and tables: keys of others, ends of tables and files.
text = st.sampled_from(["", "a", "方案", '"2":', ',"2":{}', '},"history":{', "}}", '{"3":{"x":1}}', "\\", "x" * 200])
value = st.recursive(
    st.one_of(st.integers(0, 9), st.none(), text),
    lambda inner: st.dictionaries(st.sampled_from(["1", "2", "3", "history", "n"]), inner, max_size=3),
    max_leaves=4,
)
row = st.dictionaries(st.sampled_from(["name", "2", "n"]), value, max_size=3).map(
    lambda body: Raw(msgspec.json.encode(body))
)
key = st.integers(1, 14).map(str)
table = st.dictionaries(key, row, max_size=9)
tables: st.SearchStrategy[Rows] = st.fixed_dictionaries(dict.fromkeys(TABLES, table))


def seen(raws: Mapping[str, Mapping[str, Raw]]) -> list[tuple[str, list[tuple[str, bytes]]]]:
    """Tables and rows in their order."""
    return [(name, [(each, bytes(raw)) for each, raw in rows.items()]) for name, rows in raws.items()]


def differing(before: Mapping[str, Raw], after: Mapping[str, Raw]) -> set[str]:
    return {key for key in {*before, *after} if before.get(key) != after.get(key)}


def placed(one: Layout) -> object:
    """Where tables and rows stand."""
    return one.places, {name: one.starts(name) for name in one.raws}


def laid(raws: Rows) -> Layout:
    data = encode(META, raws)
    return Layout(data, parse(data))


@st.composite
def changes(draw: st.DrawFn) -> tuple[Rows, Rows]:
    """A revision and another one: rows set, added at the end, taken out."""
    before: Rows = draw(tables)
    after = {name: dict(rows) for name, rows in before.items()}
    for _ in range(draw(st.integers(0, 5))):
        rows = after[draw(st.sampled_from(TABLES))]
        if draw(st.booleans()) and rows:
            rows.pop(draw(st.sampled_from([*rows])))
        else:
            rows[draw(key)] = draw(row)
    return before, after


@settings(deadline=None, max_examples=40)
@given(changes())
def test_another_revision_reads_as_if_it_was_parsed(both: tuple[Rows, Rows]) -> None:
    before = laid(both[0])
    before.starts("cards")
    data = encode(msgspec.structs.replace(META, rev=2, rid="r2"), both[1])
    found = before.read(data)
    if found is None:
        return
    after, touched = found
    assert seen(after.raws) == seen(parse(data))
    assert placed(after) == placed(Layout(data, parse(data)))
    for name, rows in after.raws.items():
        assert differing(before.raws[name], rows) <= set(touched.get(name, ()))
        assert (rows is before.raws[name]) == (name not in touched)


@settings(deadline=None, max_examples=40)
@given(changes())
def test_the_next_revision_has_the_bytes_it_would_have_if_it_was_encoded_whole(both: tuple[Rows, Rows]) -> None:
    before, meta = laid(both[0]), msgspec.structs.replace(META, rev=2)
    before.starts("cards")
    shared: dict[str, Mapping[str, Raw]] = {
        name: before.raws[name] if [*both[0][name].items()] == [*rows.items()] else rows
        for name, rows in both[1].items()
    }
    for some in (TABLES, TABLES[:2], ()):
        touched = {name: differing(both[0][name], both[1][name]) for name in some}
        after = before.following(meta, shared, touched)
        assert after.data == encode(meta, both[1])
        assert placed(after) == placed(Layout(after.data, parse(after.data)))
        assert seen(after.raws) == seen(parse(after.data))


@settings(deadline=None, max_examples=40)
@given(both=changes(), where=st.floats(0, 1), length=st.integers(0, 12), other=st.binary(max_size=6))
@example(both=({name: {} for name in TABLES},) * 2, where=1.0, length=0, other=b"\n")
def test_damage_is_never_read_as_something_else(
    both: tuple[Rows, Rows], where: float, length: int, other: bytes
) -> None:
    before, whole = laid(both[0]), encode(META, both[1])
    at = int(where * len(whole))
    data = whole[:at] + other + whole[at + length :]
    found = before.read(data)
    if found is not None:
        assert told(found[0].raws, data) == told(None, data)


def told(raws: Mapping[str, Mapping[str, Raw]] | None, data: bytes) -> object:
    """What is read (None: parsed whole), or with which code it is refused."""
    try:
        read = raws or parse(data)
        checked_meta(read, "board.json")
    except BoardReadOnly as refused:
        return refused.code
    return seen(read)


def test_the_usual_changes_need_no_parsing(monkeypatch: pytest.MonkeyPatch) -> None:
    understood: list[bytes] = []
    decoder = layout._ROWS

    class Watched:
        def decode(self, data: bytes) -> Any:
            understood.append(data)
            return decoder.decode(data)

    monkeypatch.setattr(layout, "_ROWS", Watched())
    rows = {str(number): Raw(msgspec.json.encode({"name": f"card {number}"})) for number in range(100, 1_100)}
    before = laid({"cards": rows, "history": {"7": Raw(b"{}")}, "clients": {}, "empty": {}})
    after = {"cards": dict(rows), "history": {"7": Raw(b"{}"), "8": Raw(b'{"n":1}')}, "clients": {"5": Raw(b"{}")}}
    after["cards"] |= {"300": Raw(b'{"name":"other"}'), "301": Raw(b"{}"), "1099": Raw(b'{"name":"last"}')}
    del after["cards"]["500"]
    found = before.read(encode(msgspec.structs.replace(META, rid="r2"), {**after, "empty": {}}))
    assert found is not None
    assert seen(found[0].raws)[1:] == seen({**after, "empty": {}})
    assert found[1]["cards"] == ["300", "301", "500", "1099"]
    assert sum(map(len, understood)) < 500
    assert found[0].raws["empty"] is before.raws["empty"]
    assert found[0].raws["cards"]["299"] is before.raws["cards"]["299"]
    assert meta_of(found[0].raws).rid == "r2"


@pytest.mark.parametrize("form", [b" %s", b"%s\n", b"{ %s"])
def test_a_file_laid_out_by_another_program_is_parsed(form: bytes) -> None:
    ours = encode(META, {"cards": {"1": Raw(b'{"name":"a"}')}})
    data = form % (ours[1:] if form[:1] == b"{" else ours)
    raws = parse(data)
    assert Layout(data, raws).places is None
    assert Layout(data, raws).read(ours) is None
    assert Layout(data, raws).following(META, raws, {"cards": ["1"]}).data == ours
    assert Layout(ours, parse(ours)).read(data) is None


def test_what_stands_twice_is_not_told() -> None:
    before = Layout(ours := encode(META, {"cards": {"1": Raw(b"{}"), "2": Raw(b"{}")}}), parse(ours))
    for rows in (b'"1":{},"2":{},"1":{}', b'"1":{},"2":{"n":1},"2":{}', b'"1":{"n":1},"1":{},"2":{}'):
        assert before.read(ours.replace(b'"1":{},"2":{}', rows)) is None


def test_who_writes_without_lock_while_we_do_leaves_no_mixture(tmp_path: Path) -> None:
    path = make_board(tmp_path / "board.json")
    disk = Meddled()
    shared = opened(path, tmp_path / "one", disk)
    write(shared, sync("one"), sync("two"))

    def meddle() -> None:
        other = path.read_bytes().replace(b'"topic":"one"', b'"topic":"another program"')
        path.write_bytes(other.replace(f'"rev":{meta_of(parse(other)).rev}'.encode(), b'"rev":9', 1))
        assert shared.poll() is not None  # the thread that reads

    disk.then = meddle
    result = write(shared, sync("three"))
    assert seen(parse(path.read_bytes()))[1:] == seen(result.board.raws)[1:]
    assert [entry.topic for entry in result.board.sync.values()] == ["one", "two", "three"]
    assert topics(path, tmp_path / "two") == ["one", "two", "three"]


class Meddled(Disk):
    """A disk on which something happens between the read under the lock and the write."""

    then: Callable[[], None] | None = None

    def access(self, path: str, mode: int) -> bool:
        then, self.then = self.then, None
        if then is not None:
            then()
        return super().access(path, mode)
