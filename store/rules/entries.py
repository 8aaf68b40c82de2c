"""Which progress entries stand (rulebook section 4).

Entries are only ever added, so corrections and withdrawals are entries that name the one they replace.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from store.records import ProgressEntry


def standing(entries: Sequence[ProgressEntry]) -> list[ProgressEntry]:
    """Return the reports that stand, in the order of `entries` (oldest first).

    A corrected entry is represented by its last correction, at its own place: a correction is no new
    report. A withdrawn entry and the one withdrawing it are left out; a withdrawal that is itself
    withdrawn has no effect.
    """
    if all(entry.replaces is None for entry in entries):
        return list(entries)
    latest = _replacements(entries)
    found: list[ProgressEntry] = []
    for entry in entries:
        if entry.replaces is not None:
            continue
        shown: ProgressEntry | None = entry
        while shown is not None and shown.id in latest:
            later = latest[shown.id]
            shown = None if later.withdrawn else later
        if shown is not None:
            found.append(shown)
    return found


def last_report(entries: Sequence[ProgressEntry]) -> ProgressEntry | None:
    """Return the newest report that stands (of entries oldest first), None if none does."""
    if not entries:
        return None
    # A correction or withdrawal carries the time of what it replaces, so it stands beside it.
    if entries[-1].replaces is None and (len(entries) == 1 or entries[-2].replaces is None):
        return entries[-1]
    found = standing(entries)
    return found[-1] if found else None


def reports(entries: Sequence[ProgressEntry]) -> Sequence[ProgressEntry]:
    """Return the entries that are reports and stand, oldest first: what counts for the `progress` clock.

    A correction does not move the report it corrects, and is none itself.
    """
    for entry in entries:
        if entry.replaces is not None:
            break
    else:
        return entries
    latest = _replacements(entries)
    return [entry for entry in entries if entry.replaces is None and not _is_gone(entry, latest)]


def sent_back_at(entries: Sequence[ProgressEntry]) -> frozenset[int]:
    """Return when a subtask that had been reported done came back into work: the reports that follow one of 100 %.

    In between it awaited acceptance and owed no entry.
    """
    for entry in entries:  # no generator: this is asked of every subtask of a board
        if entry.percent == 100:
            break
    else:
        return frozenset()
    return frozenset(later.at for before, later in pairwise(standing(entries)) if before.percent == 100)


def corrected_by(entries: Sequence[ProgressEntry]) -> dict[int, ProgressEntry]:
    """Return entry id -> the live entry that corrects or withdraws it, for a list that shows them all."""
    return _replacements(entries)


def _is_gone(entry: ProgressEntry, latest: dict[int, ProgressEntry]) -> bool:
    while (later := latest.get(entry.id)) is not None:
        if later.withdrawn:
            return True
        entry = later
    return False


def _replacements(entries: Sequence[ProgressEntry]) -> dict[int, ProgressEntry]:
    """Return entry id -> the newest entry replacing it that was not withdrawn in turn.

    Whether an entry stands is settled before the ones it names are reached: what names another comes before
    it, whatever their times say (an undo and its redo share a second, clocks differ), else newest first.
    """
    latest: dict[int, ProgressEntry] = {}
    known = {entry.id: entry.replaces for entry in entries if entry.replaces is not None}
    for entry in sorted(
        entries, key=lambda each: (_named(each.id, known), each.recorded_at or each.at, each.id), reverse=True
    ):
        if entry.replaces is None or entry.replaces == entry.id:
            continue
        later = latest.get(entry.id)
        if later is None or not later.withdrawn:
            latest.setdefault(entry.replaces, entry)
    return latest


def _named(entry: int, known: Mapping[int, int]) -> int:
    """How many entries stand behind one, each naming the next. A damaged board may name them in a circle."""
    steps = 0
    while entry in known and steps <= len(known):
        entry, steps = known[entry], steps + 1
    return steps
