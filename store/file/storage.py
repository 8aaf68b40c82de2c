"""The bytes of a board file and what they must be like before anything is made of them (core 2.4, 2.19).

A board is `{table: {id: record}}` in UTF-8 JSON with `_meta` first. Records stay raw bytes here;
`store.board` decodes them, `store.file.transaction` changes them through TinyDB.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from operator import itemgetter
from typing import Any

import msgspec
from msgspec import Raw

from store.errors import BoardReadOnly
from store.records import FORMAT, BoardMeta

Raws = Mapping[str, Mapping[str, Raw]]
"""Table -> doc id as text -> the record's bytes."""

_TABLES = msgspec.json.Decoder(dict[str, dict[str, Raw]])
_META = msgspec.json.Decoder(BoardMeta)
_FIRST = itemgetter(0)
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def parse(data: bytes, path: str = "board.json") -> dict[str, dict[str, Raw]]:
    """The tables of a board file, records undecoded.

    Raises BoardReadOnly with code "empty", "torn", "foreign", "newer", "ids" or "doubled"; `path` is for its sentence.
    """
    if not data.strip():
        raise BoardReadOnly(
            "{path} is empty and is not written to. `crossdeck restore` puts a backup in its place.",
            code="empty",
            path=path,
        )
    try:
        raws = _TABLES.decode(data)
    except msgspec.ValidationError:
        raise _foreign(path) from None
    except _UNREADABLE as problem:
        raise _torn(path, problem) from None
    checked_meta(raws, path)
    for name, rows in raws.items():
        _check_ids(name, rows, path)
    # What we wrote encodes to the same length; anything else was written by another program and is
    # looked at closely, because a key that stands twice would lose one of its records at the next write.
    if _length(raws) != len(data):
        _check_doubles(data, path)
    return raws


def meta_of(raws: Mapping[str, Mapping[str, Raw]]) -> BoardMeta:
    """The decoded `_meta` of parsed tables."""
    return _META.decode(raws["_meta"]["1"])


def encode(meta: BoardMeta, raws: Mapping[str, Mapping[str, Raw]]) -> bytes:
    """The bytes of a board file: `_meta` first, the other tables in their order."""
    tables: dict[str, Mapping[str, Raw]] = {"_meta": {"1": Raw(msgspec.json.encode(meta))}}
    tables.update((name, rows) for name, rows in raws.items() if name != "_meta")
    return msgspec.json.encode(tables)


def _length(raws: Raws) -> int:
    """How many bytes the tables take as we write them."""
    total = 1 + len(raws)
    for name, rows in raws.items():
        total += len(msgspec.json.encode(name)) + 3 + content_size(rows)  # "name":{...}
    return total


def content_size(rows: Mapping[str, Raw]) -> int:
    """How many bytes the rows of a table take as we write them: "id":row with commas between."""
    return 4 * len(rows) - bool(rows) + sum(map(len, rows)) + sum(map(len, rows.values()))


def checked_meta(raws: Raws, path: str) -> BoardMeta:
    """The decoded `_meta` of tables read from `path`. Raises BoardReadOnly with code "foreign" or "newer"."""
    if "1" not in raws.get("_meta", {}):
        raise _foreign(path)
    try:
        found = msgspec.json.decode(raws["_meta"]["1"])
        if isinstance(found, dict) and isinstance(found.get("format"), int) and found["format"] > FORMAT:
            raise BoardReadOnly(
                "{path} has format {found}; this program knows up to {known} and leaves it as it is. Update crossdeck.",
                code="newer",
                path=path,
                found=found["format"],
                known=FORMAT,
            )
        return meta_of(raws)
    except _UNREADABLE:
        raise _foreign(path) from None


def _check_ids(name: str, rows: Mapping[str, Raw], path: str) -> None:
    if not are_ids(rows):
        raise BoardReadOnly(
            '{path} has a record "{key}" in {table}, which is no number; nothing is written to it.'
            " Mend it by hand, or `crossdeck restore` puts a backup in its place.",
            code="ids",
            path=path,
            key=next(key for key in rows if not (key.isascii() and key.isdecimal() and key[0] != "0"))[:60],
            table=name[:60],
        )


def are_ids(keys: Collection[str]) -> bool:
    """Whether keys are the decimal form of positive integers, each written one way only."""
    if not keys:
        return True
    digits = "".join(keys)
    return "" not in keys and digits.isascii() and digits.isdecimal() and "0" not in set(map(_FIRST, keys))


def _check_doubles(data: bytes, path: str) -> None:
    """No key stands twice, in the file or inside a record. Slow; only for files other programs wrote."""

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(found)
        if len(made) != len(found):
            keys = [key for key, _ in found]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise BoardReadOnly(
                '{path} holds "{key}" twice: a change would lose one of the two. Put them together by hand,'
                " or `crossdeck restore` puts a backup in its place.",
                code="doubled",
                path=path,
                key=twice,
            )
        return made

    import json

    try:
        # Broken characters are the damage of one record, which is shown and carried along, not of the file.
        json.loads(data.decode(errors="replace"), object_pairs_hook=pairs)
    except (ValueError, RecursionError) as problem:
        raise _torn(path, problem) from None


def _torn(path: str, problem: Exception) -> BoardReadOnly:
    return BoardReadOnly(
        "{path} is damaged and is not written to ({why}). `crossdeck restore` puts a backup in its place.",
        code="torn",
        path=path,
        why=str(problem),
    )


def _foreign(path: str) -> BoardReadOnly:
    return BoardReadOnly(
        "{path} is not a crossdeck board and is not written to. `crossdeck restore` puts a backup in its place,"
        " `crossdeck init` makes a board under another name.",
        code="foreign",
        path=path,
    )
