"""`BOARD.archive/`: one file for each archived card, beside the board (rulebook §2, T2, T4).

A file is a JSON object: what it is (`crossdeck`), board and card id, its row (number, name, who, when), the digest of
its records, `records` (table -> doc id -> record, everything of the card) and `history` (the entries about it). It is
written whole and to the disk before the board drops the records, and never removed: reopening reads it, another
archiving of the same card writes it anew, a file of another card is never written over.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from store import records as r
from store.board import Board
from store.changes import Add
from store.errors import CrossdeckError, NotFound
from store.file.disk import Disk, quietly, read_file, sync_folder, temporary, write_all
from store.file.parting import Parting
from store.file.replace import make_sidecar, swap
from store.packages import body_of, decoded, digest_of, history_of

KIND: Final = "archived card 1"
"""What a file says it is, with the version of its form."""

Older = Callable[[Board, Collection[int]], Mapping[int, r.HistoryEntry]]
"""Reads the entries about some records that left a board's history. Raises OSError."""


class Package(Struct, frozen=True, kw_only=True):
    """The content of one file. `records` are documents with whatever fields other programs gave them."""

    crossdeck: str
    board: str
    card: int
    row: dict[str, Any]
    digest: str
    records: dict[str, dict[str, dict[str, Any]]]
    history: list[dict[str, Any]] = []


def compose(parting: Parting, row: r.Archived, older: Older | None = None) -> Package:
    """The package of a card that leaves: its records as they are read over their documents, which may say more.

    `older` reads what the history no longer holds on the board. Raises OSError.
    """
    records = {
        table: {str(key): dict(parting.documents[table].get(str(key), {})) | body_of(one) for key, one in rows.items()}
        for table, rows in parting.records.items()
    }
    keys = frozenset(key for rows in parting.records.values() for key in rows)
    entries = [*(older(parting.board, keys).values() if older else ()), *history_of(parting.board, keys)]
    history = [body_of(entry) for entry in entries]
    history += [dict(entry) for entry in parting.history if _about(entry, keys)]
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode({"records": records, "history": history}))
    return Package(
        crossdeck=KIND, board=parting.board.meta.board, card=row.id, row=body_of(row), digest=row.digest, **plain
    )


def _about(entry: Mapping[str, Any], keys: frozenset[int]) -> bool:
    return entry.get("subject") in keys or any(len(change) > 2 and change[2] in keys for change in entry["changes"])


def keep(disk: Disk, path: str, row: r.Archived, package: Package) -> str:
    """Write a package into the archive of the board `path`, to the disk; says under which name. Raises OSError.

    The same package again writes the same file; under a name another card has, its own id is added.
    """
    folder = folder_of(path)
    make_sidecar(disk, folder)
    data = msgspec.json.format(msgspec.json.encode(package), indent=1) + b"\n"
    for name in names_of(row):
        there = os.path.join(folder, name)
        known = _peek(disk, there)
        if known is not None and (known.board, known.card) != (package.board, package.card):
            continue
        _place(disk, there, data)
        return name
    raise FileExistsError(17, "another card's file has this name", os.path.join(folder, row.file))


def shelve(disk: Disk, path: str, parting: Parting, older: Older | None = None) -> None:
    """Write what an operation takes off the board `path` into its archive, its `older` history too. Raises OSError."""
    for change in parting.changes:
        if isinstance(change, Add) and change.table == "archived":
            row = msgspec.convert((change.record or {}) | {"id": change.id}, r.Archived)
            keep(disk, path, row, compose(parting, row, older))


def find(disk: Disk, path: str, row: r.Archived, board: str) -> Package:
    """The package of an archived card. Raises NotFound (code "archive.gone" or "archive.changed") or OSError."""
    seen: Exception | None = None
    for name in names_of(row):
        there = os.path.join(folder_of(path), name)
        try:
            package = read(disk, there)
        except FileNotFoundError:
            continue
        except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as problem:
            seen = problem
            continue
        if (package.board, package.card) == (board, row.id):
            if whole(package, row):
                return package
            seen = ValueError(row.file)
    if seen is not None:
        raise NotFound(
            "{file} in the archive is not what left the board; it is not brought back.",
            code="archive.changed",
            file=row.file,
        )
    raise NotFound(
        "{file} is not in the archive {folder}.",
        code="archive.gone",
        file=row.file,
        folder=os.path.basename(folder_of(path)),
    )


def read(disk: Disk, path: str) -> Package:
    """One file. Raises OSError, or msgspec.DecodeError and its like for what is none."""
    data, _ = read_file(disk, path)
    package = msgspec.json.decode(data, type=Package)
    if package.crossdeck != KIND:
        raise ValueError(package.crossdeck)
    return package


def whole(package: Package, row: r.Archived) -> bool:
    """Whether a package holds what left the board."""
    try:
        return digest_of(decoded(package.records)) == row.digest
    except (msgspec.ValidationError, ValueError):
        return False


def names_of(row: r.Archived) -> tuple[str, str]:
    """The names a card's file may have: its own, and with its doc id where that one is taken. Never a path."""
    name = os.path.basename(row.file.replace("\\", "/")).lstrip(".") or "card.json"
    stem, _ = os.path.splitext(name)
    return name, f"{stem}-{row.id}.json"


def folder_of(path: str) -> str:
    """The archive of a board file."""
    return path + ".archive"


def problems(disk: Disk, path: str, board: Board) -> Iterator[tuple[str, CrossdeckError]]:
    """What is wrong in the archive of a board: the file's name, and why. Files of reopened cards may stay there."""
    for row in board.archived.values():
        try:
            find(disk, path, row, board.meta.board)
        except CrossdeckError as error:
            yield row.file, error
        except OSError as error:
            yield (
                row.file,
                CrossdeckError(
                    "{file} cannot be read: {why}.", code="archive.unreadable", file=row.file, why=error.strerror
                ),
            )


def _peek(disk: Disk, path: str) -> Package | None:
    """The package in a file; None if there is no such file. One that is none belongs to nobody we know."""
    try:
        return read(disk, path)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError):
        return Package(crossdeck="", board="", card=0, row={}, digest="", records={})


def _place(disk: Disk, path: str, data: bytes) -> None:
    """Put a file in place whole and to the disk; one that has these bytes already is only made sure of."""
    folder = os.path.dirname(path)
    new = temporary(path)
    try:
        fd = disk.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
        try:
            write_all(disk, fd, data)
            disk.fsync(fd)
        finally:
            disk.close(fd)
        swap(disk, new, path)
    except OSError:
        quietly(disk.unlink, new)
        raise
    sync_folder(disk, folder)
