"""Who changed what: history entries in words (screens.md §3.6 History, key `H`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import msgspec
from rich.text import Text

from store.records import HistoryEntry, ProgressEntry
from store.views.numbers import table_of
from store.views.older import all_history, lacking
from store.views.state import BoardState
from tui.cells import wrap
from tui.deeds import deed, report_words
from tui.field_words import field_word
from tui.i18n import _
from tui.look import STYLES
from tui.present.fields import record_words, value_words
from tui.present.lines import dashes
from tui.sentences import why_aside
from tui.subjects import day_time

UNSHOWN = frozenset({"counters", "clients", "history", "steps", "results", "asides"})
"""Tables that keep the file going or repeat what the entry itself says."""
MOST_ENTRIES = 50
MOST_CHANGES = 40


class Changed(NamedTuple):
    """One field that changed, in words: record, field, old, new. A record that was added has no field and no old."""

    record: str
    field: str
    old: str
    new: str


def changes(state: BoardState, entry: HistoryEntry, now: int) -> Iterator[Changed]:
    """What an entry changed, field by field; before it what somebody else had changed since its author looked."""
    for loss in entry.lost:
        table, name = str(loss[0]), str(loss[2])
        texts = (value_words(state, table, name, value, now) for value in (loss[3], loss[5]))
        yield Changed(record_words(state, table, loss[1]), field_word(name) + " " + _("(both changed it)"), *texts)
    for change in entry.changes:
        kind, table, key = change[0], str(change[1]), change[2]
        if table in UNSHOWN:
            continue
        record = record_words(state, table, key)
        if kind == "put":
            for name, (old, new) in sorted(change[3].items()):
                texts = (value_words(state, table, name, value, now) for value in (old, new))
                yield Changed(record, field_word(name), *texts)
        elif kind == "add":
            added = state.board.table(table).get(key)
            yield Changed(record, "", "", report_words(added) if isinstance(added, ProgressEntry) else record)
        else:
            yield Changed(record, "", record or "?", "-")


def change_text(found: Changed, subject: str = "") -> str:
    """`planned finish Mon 10-12 18:00 > Wed 10-14 18:00`; of an addition its words alone.

    A record that is not the `subject` of the entry is named first.
    """
    if not found.field:
        return found.new if not found.old else f"{found.old} > {found.new}"
    whose = f"{found.record}: " if found.record and found.record != subject else ""
    return f"{whose}{found.field} {found.old} > {found.new}"


def subject_text(state: BoardState, entry: HistoryEntry) -> str:
    """Number and name of the record an entry is filed under."""
    for change in entry.changes:
        if change[2] == entry.subject:
            return record_words(state, str(change[1]), entry.subject)
    tables = ("cards", "subtasks", "issues", "meetings", "milestones", "duties", "sync", "progress")
    found = next((table for table in tables if entry.subject in state.board.table(table)), "")
    return record_words(state, found, entry.subject) if found else ""


def entry_lines(state: BoardState, entry: HistoryEntry, now: int, cells: int) -> list[Text]:
    """One entry: when, who, what; then old and new of each field."""
    who = state.board.person_name(entry.by) or "?"
    head = Text.assemble(
        " ", (day_time(state, entry.at, now), STYLES["dim"]), f" {who}  ", (deed(entry), STYLES["strong"])
    )
    subject = subject_text(state, entry)
    head.append(f"  {subject}")
    if entry.recorded_at > entry.at:
        head.append("  " + _("entered {t}").format(t=day_time(state, entry.recorded_at, now)), STYLES["dim"])
    if entry.outcome == "aside":
        head.append("  " + _("put aside: {why}").format(why=why_aside(entry)), STYLES["yellow"])
    lines = [head]
    found = list(islice(changes(state, entry, now), MOST_CHANGES + 1))
    for each in found[:MOST_CHANGES]:
        lines += [Text(f"   {part}") for part in wrap(change_text(each, subject), max(10, cells - 4), 3)]
    if len(found) > MOST_CHANGES:
        lines.append(Text("   " + _("and more"), STYLES["dim"]))
    return lines


def history_pane(state: BoardState | None, ref: tuple[str, int] | None, now: int, cells: int) -> list[Text]:
    """The history of a record, newest first."""
    if state is None or ref is None:
        return [dashes(_("history"), cells)]
    table, key = about(state, ref)
    lines = [dashes(f"{_('history')} {record_words(state, table, key)}", cells)]
    found = list(islice(history_of(state, key), MOST_ENTRIES))
    for entry in found:
        lines += entry_lines(state, _about(state, entry, key), now, cells)
    if len(found) < MOST_ENTRIES and (lacking(state, {key}) or (state.older is not None and state.older.failed)):
        lines.append(Text(" " + older_words(state, key), STYLES["dim"]))
    elif not found:
        lines.append(Text(" " + _("none yet"), STYLES["dim"]))
    return lines


def about(state: BoardState, ref: tuple[str, int]) -> tuple[str, int]:
    """The record whose history is shown for a row: what was put aside is filed under what it is about."""
    aside = state.board.asides.get(ref[1]) if ref[0] == "asides" else None
    return ref if aside is None else (table_of(state.board, aside.subject), aside.subject)


def older_words(state: BoardState, key: int) -> str:
    """What stands where the older history of a record is not at hand."""
    if lacking(state, {key}):
        return _("reading older history")
    return _("The older history cannot be read now.")


def _about(state: BoardState, entry: HistoryEntry, key: int) -> HistoryEntry:
    """Of an entry that is filed elsewhere, such as an import, what it did to a record and to what hangs on it."""
    if entry.subject == key:
        return entry

    def hangs(change: Sequence[Any]) -> bool:
        record = state.board.table(str(change[1])).get(change[2])
        return key in (change[2], *(getattr(record, name, None) for name in ("card", "subtask", "issue", "meeting")))

    return msgspec.structs.replace(entry, changes=tuple(change for change in entry.changes if hangs(change)))


def history_of(state: BoardState, key: int) -> Iterator[HistoryEntry]:
    """The entries filed under a record or touching it, newest first."""
    return (entry for entry in all_history(state) if key in entry.touched)
