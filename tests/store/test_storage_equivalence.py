"""Our table class answers and changes as stock TinyDB does: random calls on both, compared after each."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest
from tinydb import TinyDB, where
from tinydb.operations import delete, increment
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from store.file.transaction import Transaction

TABLES = ("cards", "people", "new")


def call(db: TinyDB, seed: int) -> Any:
    """One random call, the same for the same seed."""
    dice = random.Random(seed)
    table = db.table(dice.choice(TABLES))
    number, value = dice.randint(1, 12), dice.randint(0, 5)
    query = where("a") == value
    calls = (
        lambda: table.insert(Document({"a": value, "渠": [1.5, None]}, doc_id=number)),
        lambda: table.insert({"a": value}),
        lambda: table.insert_multiple([{"a": value}, {"a": number}]),
        lambda: table.update({"a": value, "b": {"c": number}}, doc_ids=[number, number + 1]),
        lambda: table.update({"d": value}, query),
        lambda: table.update({"e": value}),
        lambda: table.update(increment("a"), where("a") > value),
        lambda: table.update(delete("d"), where("d").exists()),
        lambda: table.update_multiple([({"f": 1}, query), (increment("a"), where("f") == 1)]),
        lambda: table.upsert(Document({"g": value}, doc_id=number)),
        lambda: table.upsert({"a": value, "h": 1}, query),
        lambda: table.remove(doc_ids=[number, 99]),
        lambda: table.remove(query),
        lambda: table.get(doc_id=number),
        lambda: table.get(query),
        lambda: table.get(doc_ids=[number, number + 2]),
        lambda: table.search(query),
        lambda: table.contains(query) or table.contains(doc_id=number),
        lambda: (len(table), table.count(query)),
        lambda: list(table),
        lambda: table.truncate() if value == 0 else None,
        lambda: db.drop_table(table.name) if value == 0 else None,
        db.tables,
        lambda: db.drop_tables() if number == value == 5 else None,
    )
    try:
        return dice.choice(calls)()
    except (ValueError, KeyError, TypeError) as problem:
        return type(problem), str(problem)


@pytest.mark.parametrize("seed", range(40))
def test_random_calls_give_what_stock_tinydb_gives(seed: int) -> None:
    start = {"cards": {"3": {"a": 1, "x": "文"}, "7": {"a": 2}}, "people": {"1": {"a": 1}}, "other": {"9": {"z": 0}}}
    raws = msgspec.json.decode(msgspec.json.encode(start), type=dict[str, dict[str, msgspec.Raw]])
    ours, stock = Transaction(raws), TinyDB(storage=MemoryStorage)
    stock.storage.write(msgspec.json.decode(msgspec.json.encode(start)))
    for step in range(60):
        assert call(ours, seed * 1000 + step) == call(stock, seed * 1000 + step), step
        assert msgspec.json.decode(msgspec.json.encode(ours.flush())) == (stock.storage.read() or {}), step
        for name, keys in ours.touched().items():  # of tables it does not name nothing is said
            before, after = raws[name], ours.flush()[name]
            assert {key for key in {*before, *after} if before.get(key) != after.get(key)} <= {*keys}, step
    assert msgspec.json.decode(msgspec.json.encode(raws)) == start


def test_untouched_rows_keep_their_bytes_and_touched_ones_those_of_untouched_fields() -> None:
    raws = {"t": {"1": msgspec.Raw(b'{"a": 1.0, "b":2}'), "2": msgspec.Raw(b'{ "a" :1e3}')}}
    db = Transaction(raws)
    db.table("t").update({"b": 3}, doc_ids=[1])
    made = db.flush()
    assert bytes(made["t"]["1"]) == b'{"a":1.0,"b":3}'
    assert bytes(made["t"]["2"]) == b'{ "a" :1e3}'
    assert bytes(raws["t"]["1"]) == b'{"a": 1.0, "b":2}'
