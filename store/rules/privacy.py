"""Restricted sync entries: others see topic and recipients only (rulebook §7). Every list, digest and export asks here.

This is courtesy between colleagues, no secrecy: the board is one file that all of them can read.
"""

from __future__ import annotations

from msgspec.structs import replace

from store.records import SyncEntry

HIDDEN = ("content", "reference", "note", "promise")
"""The texts of a restricted entry that only its writer and its recipients see."""


def may_read(entry: SyncEntry, person: int | None) -> bool:
    """Say whether a person (None: nobody the board knows) sees all of an entry."""
    return not entry.restricted or (person is not None and person in {entry.by, *entry.recipients})


def as_seen(entry: SyncEntry, person: int | None) -> SyncEntry:
    """Return an entry as a person may see it: whole, or without the texts that are not for them."""
    return entry if may_read(entry, person) else replace(entry, **dict.fromkeys(HIDDEN, ""))
