"""Whether a history is the chain it was: every entry there, none changed afterwards (core 2.12). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Raw

from store.errors import CrossdeckError
from store.file.chain import chain_hash

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def hash_of(raw: Raw) -> str:
    """The hash an entry carries; empty where it cannot be read."""
    body = _body(raw)
    found = body.get("hash", "")
    return found if isinstance(found, str) else ""


def chain_problems(rows: Mapping[int, Raw], *, whole: bool = True) -> Iterator[tuple[int, CrossdeckError]]:
    """Yield what is wrong with the history that has these entries: the number it begins at, and a sentence.

    Entries that are missing are named once for each gap; the one behind a gap is taken as it is. Unless they are the
    `whole` history, so is the first one, and none before it is missed.
    """
    expected = 1 if whole else min(rows, default=1)
    previous: str | None = "" if expected == 1 else None
    for number in sorted(rows):
        if number > expected:
            yield expected, _missing(expected, number - 1)
        body = _body(rows[number])
        if number > expected:
            previous = None
        if previous is not None and chain_hash(previous, body) != body.get("hash"):
            yield (
                number,
                CrossdeckError("This history entry, or the one before it, was changed afterwards.", code="history"),
            )
        expected, previous = number + 1, hash_of(rows[number])


def _missing(first: int, last: int) -> CrossdeckError:
    if first == last:
        return CrossdeckError(
            "Entry {first} of the history is missing.", code="history.missing", first=first, last=last
        )
    return CrossdeckError(
        "Entries {first} to {last} of the history are missing.", code="history.missing", first=first, last=last
    )


def _body(raw: Raw) -> dict[str, object]:
    try:
        found = msgspec.json.decode(raw)
    except UNREADABLE:
        return {}
    return found if isinstance(found, dict) else {}
