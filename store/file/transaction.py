"""TinyDB over one in-memory transaction: its own Table API, at the cost of what is touched (core 2.3, 4.1).

Stock TinyDB reads and rewrites the whole database and converts every key at each call: 4.5 ms against
0.07 ms at 10,000 records. The table class overrides the two private methods stock `Table` does all its
reading and writing through; tinydb is pinned exactly and a random equivalence test guards it. Imported
only where something is written, because tinydb costs every start of the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

import msgspec
from msgspec import Raw
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from store.file.storage import Raws

Doc = dict[str, Any]

_DOC = msgspec.json.Decoder(dict[str, Any])
_FIELDS = msgspec.json.Decoder(dict[str, Raw])
_ENCODER = msgspec.json.Encoder()
_NEW = Raw(b"null")


class Rows(MutableMapping[int, Doc]):
    """One table of a transaction: raw bytes below, decoded where touched."""

    def __init__(self, raw: Mapping[str, Raw]) -> None:
        """Work on a copy of the table's raw rows."""
        self.before, self.raw = raw, dict(raw)
        self._live: dict[int, Doc] = {}
        self._gone: set[int] = set()

    def __getitem__(self, key: int) -> Doc:
        if key not in self._live:
            self._live[key] = _DOC.decode(self.raw[str(key)])
        return self._live[key]

    def __setitem__(self, key: int, value: Doc) -> None:
        self._live[key] = value
        self.raw.setdefault(str(key), _NEW)

    def __delitem__(self, key: int) -> None:
        del self.raw[str(key)]
        self._live.pop(key, None)
        self._gone.add(key)

    def __iter__(self) -> Iterator[int]:
        return map(int, self.raw)

    def __len__(self) -> int:
        return len(self.raw)

    def __contains__(self, key: object) -> bool:
        return str(key) in self.raw

    def flush(self) -> Mapping[str, Raw]:
        """The rows as bytes; what was not changed keeps its bytes, down to single fields."""
        for key, value in self._live.items():
            before = self.raw[str(key)]
            self.raw[str(key)] = Raw(_ENCODER.encode(value if before is _NEW else _kept(before, value)))
        return self.raw

    @property
    def touched(self) -> list[str]:
        """The keys of the rows that were looked at, set or taken out: no others may have changed; new ones in order."""
        return [*map(str, (*self._live, *(self._gone - self._live.keys())))]


def _kept(before: Raw, value: Doc) -> dict[str, Any]:
    """A changed document in which fields that kept their value keep their bytes (floats, big numbers, escapes)."""
    old, raw = _DOC.decode(before), _FIELDS.decode(before)
    return {
        name: raw[name] if name in old and _ENCODER.encode(old[name]) == _ENCODER.encode(new) else new
        for name, new in value.items()
    }


class Reading(Mapping[str, Doc]):
    """A table as stock TinyDB reads it: text keys, documents decoded on the way past."""

    def __init__(self, rows: Rows) -> None:
        """Look at `rows`."""
        self.rows = rows

    def __getitem__(self, key: str) -> Doc:
        if key not in self.rows.raw:
            raise KeyError(key)
        return self.rows[int(key)]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows.raw)

    def __len__(self) -> int:
        return len(self.rows.raw)


class Memory(Storage):
    """A Storage that holds one transaction. Only tables that are used are copied."""

    def __init__(self, raws: Mapping[str, Mapping[str, Raw]]) -> None:
        """Start from parsed tables, which stay as they are."""
        self._before = raws
        self._tables: dict[str, Mapping[str, Raw] | Rows] = dict(raws)

    def rows(self, name: str) -> Rows | None:
        """A table for reading, or None if there is none."""
        found = self._tables.get(name)
        if found is None or isinstance(found, Rows):
            return found
        self._tables[name] = made = Rows(found)
        return made

    def rows_to_change(self, name: str) -> Rows:
        """A table for changing; made if there is none."""
        found = self.rows(name)
        if found is None:
            self._tables[name] = found = Rows({})
        return found

    def read(self) -> dict[str, Any]:
        """Every table, decoded only where looked at (TinyDB's `tables` and `drop_table` ask)."""
        return {name: Reading(rows) for name in self._tables if (rows := self.rows(name)) is not None}

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Take over what `drop_table` and `drop_tables` left."""
        made: dict[str, Mapping[str, Raw] | Rows] = {}
        for name, table in data.items():
            if not isinstance(table, Reading):
                raise TypeError(name)
            made[name] = table.rows
        self._tables = made

    def flush(self) -> Raws:
        """All tables as bytes; a table that was not looked at is the same object as before."""
        return {name: table.flush() if isinstance(table, Rows) else table for name, table in self._tables.items()}

    def touched(self) -> dict[str, list[str]]:
        """Table -> the rows that may have changed, of the tables that were there before and still are."""
        return {
            name: table.touched
            for name, table in self._tables.items()
            if isinstance(table, Rows) and table.before is self._before.get(name)
        }


class MemoryTable(Table):
    """TinyDB's Table on a Memory. No query cache: searches are never repeated within a transaction."""

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        """As stock, with a cache of 0."""
        super().__init__(storage, name, cache_size, persist_empty)

    def _read_table(self) -> Mapping[str, Doc]:  # type: ignore[override]  # read only, as stock uses it
        rows = self._memory.rows(self.name)
        return {} if rows is None else Reading(rows)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        updater(self._memory.rows_to_change(self.name))

    @property
    def _memory(self) -> Memory:
        storage = self._storage
        if not isinstance(storage, Memory):
            raise TypeError(storage)
        return storage


class Transaction(TinyDB):
    """A TinyDB for one commit: change it through its tables, then take `flush()`."""

    table_class = MemoryTable

    def __init__(self, raws: Mapping[str, Mapping[str, Raw]]) -> None:
        """Start from parsed tables, which stay as they are."""
        self._memory = Memory(raws)
        super().__init__(storage=lambda: self._memory)

    def flush(self) -> Raws:
        """The tables after all changes, untouched records byte for byte as they were."""
        return self._memory.flush()

    def touched(self) -> dict[str, list[str]]:
        """Table -> the ids of the rows that may have changed, of the tables that were there before and still are."""
        return self._memory.touched()
