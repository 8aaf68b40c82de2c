"""`log`: what was done, by whom, when, from what to what; newest last."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from store.board import Board
from store.errors import UsageError
from store.operations.act import derived
from store.operations.board_settings import PEOPLE_KEYS
from store.operations.references import find
from store.operations.shape import Shape, members
from store.records import TABLES, HistoryEntry
from store.settings import SETTING_KEYS
from store.views.numbers import number_of, table_of
from tui.cli.context import Run
from tui.cli.lists import shapes_of
from tui.cli.output import Column
from tui.cli.shapes import Item, Shapes
from tui.deeds import deed, report_words
from tui.field_words import LISTS, field_word, value_word
from tui.i18n import _
from tui.sentences import why_aside

UNSHOWN = frozenset({"counters", "clients", "history", "results", "asides"})
"""Tables that keep the file going; what happens there is nobody's deed."""
FOREVER = 1 << 60
"""An instant behind all there are."""


class Wanted(NamedTuple):
    """Which entries to print: of whom, about what (0: of all), that happened from an instant on and before another."""

    by: int
    record: int
    since: int
    until: int

    def has(self, entry: HistoryEntry) -> bool:
        """Whether an entry is one of them."""
        return (
            self.since <= entry.at < self.until
            and self.by in (0, entry.by)
            and (not self.record or self.record in entry.touched)
        )


FILES = {"RestoreBoard": "backup", "MergeCopy": "copy"}
"""Operations that took records from a file, and the field of their payload that names it."""


def log(run: Run) -> int:
    """Print the history, newest last; what was moved out of the board is read where it is asked for."""
    shapes = shapes_of(run)
    entries = _entries(run, _wanted(run), _limit(run.words.text("limit")))
    items = [_item(shapes, entry, spoken=not run.json) for entry in entries]
    if run.json:
        run.out.json(items)
    elif not items:
        run.out.line(_("Nothing to list."))
    else:
        _print(run, shapes, entries, items)
    return 0


def _entries(run: Run, wanted: Wanted, limit: int) -> list[HistoryEntry]:
    """The entries to print, in the order of the chain; `limit` leaves that many of the newest (0: all)."""
    found = [entry for _number, entry in sorted(run.seen.history.items()) if wanted.has(entry)]
    if run.seen is run.board and not 0 < limit <= len(found):  # as of an instant before, all of it is there already
        about = [wanted.record] if wanted.record else []
        older = run.session.store.past.older(run.board, about, wanted.since)
        found = [*filter(wanted.has, older.values()), *found]
    return found[-limit:]


def _limit(typed: str) -> int:
    """How many entries; 0 stands for all of them. Raises UsageError."""
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdecimal() and 0 < int(typed) < 10**9):
        raise UsageError('--limit "{value}": write a number above 0.', value=typed[:60])
    return int(typed)


def _wanted(run: Run) -> Wanted:
    """What `--by`, `--record`, `--since` and `--day` ask for. Raises NotFound, DateProblem, UsageError."""
    words = run.words
    since, until = 0, FOREVER
    if words.has("since") and words.has("day"):
        raise UsageError("--since and --day exclude each other.")
    if words.has("since"):
        since = run.instant(words.text("since"), start=True)
    elif words.has("day"):
        day = run.working.day_of(run.instant(words.text("day"), start=True))
        since, until = run.working.at_seconds(day, 0), run.working.at_seconds(day + 1, 0)
    by = find(run.board, "people", words.text("by")) if words.has("by") else 0
    return Wanted(by, record_id(run) if words.has("record") else 0, since, until)


def record_id(run: Run) -> int:
    """The doc id of `--record`: a number, a name or a doc id."""
    typed = run.words.text("record")
    if typed.isascii() and typed.isdecimal():
        return int(typed)
    return find_any(run.board, typed)[1]


def find_any(board: Board, typed: str) -> tuple[str, int]:
    """(table, doc id) of a number in any form, else of a doc id, a name of a card, person or department. NotFound."""
    from store.errors import NotFound

    for table in ("cards", "subtasks", "issues", "meetings", "people", "departments", "milestones", "archived"):
        try:
            key = find(board, table, typed)
        except NotFound as problem:
            if problem.code == "refuse.ambiguous":
                raise
            continue
        if key in board.table(table):
            return table, key
    wanted = f"{unicodedata.normalize('NFKC', typed).strip().casefold()} "
    for row in board.archived.values():  # a subtask, issue or meeting that left with its card
        if any(f"{each.casefold()} ".startswith(wanted) for each in row.inside):
            return "archived", row.id
    raise NotFound('There is no "{value}" on this board. `crossdeck list cards` shows the ids.', value=typed[:60])


def _item(shapes: Shapes, entry: HistoryEntry, *, spoken: bool) -> Item:
    board = shapes.board
    subject = number_of(board, table_of(board, entry.subject), entry.subject) if entry.subject else _setting(entry)
    return {
        "entry": entry.id,
        "operation": entry.operation,
        "what": "; ".join(dict.fromkeys(_changes(shapes, entry, spoken=spoken))) or None,
        "by": shapes.person(entry.by),
        "at": shapes.instant(entry.at),
        "subject": subject,
        "recorded_at": shapes.instant(entry.recorded_at),
        "terminal": entry.terminal or None,
        "outcome": entry.outcome,
        "reasons": list(entry.reasons),
    }


def _setting(entry: HistoryEntry) -> str | None:
    """The key of the setting an entry is about, also of one that is back at its default."""
    changed = {change[2] for change in entry.changes if change[1] == "settings"}
    return next((key for key in SETTING_KEYS if derived("settings", key) in changed), None) if changed else None


def _changes(shapes: Shapes, entry: HistoryEntry, *, spoken: bool) -> Iterator[str]:
    """What an entry changed: `percent 60 > 65`, the words of what it added; `spoken` in the reader's language."""
    if entry.operation in FILES and isinstance(entry.payload, dict):
        yield str(entry.payload.get(FILES[entry.operation]))
    yield from _overtaken(shapes, entry, spoken=spoken)
    for change in entry.changes:
        kind, table, key = change[0], str(change[1]), change[2]
        if table in UNSHOWN or table not in TABLES:
            continue
        if kind == "add":
            yield _added(shapes, table, key, spoken=spoken)
        elif kind == "drop":
            yield f"{_table(table, spoken=spoken)} -"
        else:
            shape = members(TABLES[table])
            for name, (old, new) in sorted(change[3].items()):
                if new == entry.at and name.endswith("_at"):
                    continue  # says only that it happened then
                was, now = (_value(shapes, shape.get(name), value) for value in (old, new))
                if spoken:
                    was, now = value_word(table, name, was), value_word(table, name, now)
                yield f"{field_word(name) if spoken else name} {was} > {now}"


def _overtaken(shapes: Shapes, entry: HistoryEntry, *, spoken: bool) -> Iterator[str]:
    """What somebody else had changed since the author of an entry looked."""
    for loss in entry.lost:
        table, name = str(loss[0]), str(loss[2])
        shape = members(TABLES[table]).get(name) if table in TABLES else None
        seen, theirs = (_value(shapes, shape, value) for value in (loss[3], loss[5]))
        said = f"{field_word(name)} {_('(both changed it)')}" if spoken else f"{name} (both changed it)"
        yield f"{said} {seen} > {theirs}"


def _table(table: str, *, spoken: bool) -> str:
    return _(LISTS[table]) if spoken and table in LISTS else table


def _added(shapes: Shapes, table: str, key: int, *, spoken: bool) -> str:
    record: Any = shapes.board.table(table).get(key)
    if table == "progress" and record is not None:
        return report_words(record)
    names = ("name", "title", "topic", "text", "what", "risk", "over", "key")
    words = next((str(getattr(record, name)) for name in names if getattr(record, name, "")), "")
    number = getattr(record, "number", "")
    if table == "settings" and record is not None:
        words = f"{record.key} {_setting_value(shapes, record)}"
    return " ".join(part for part in (f"+ {_table(table, spoken=spoken)}", number, words.partition("\n")[0]) if part)


def _setting_value(shapes: Shapes, record: Any) -> str:
    if record.key in PEOPLE_KEYS:
        return shapes.person(record.value) or "-"
    return str(record.value)


def _value(shapes: Shapes, shape: Shape | None, value: Any) -> str:
    if value is None or value == "":
        return "-"
    if isinstance(value, list):
        return ",".join(_value(shapes, shape.inner if shape else None, part) for part in value) or "-"
    if shape is not None and shape.kind == "ref":
        return number_of(shapes.board, shape.table, value) or str(value)
    if shape is not None and shape.kind == "instant" and isinstance(value, int):
        return shapes.instant(value) or str(value)
    return str(value).partition("\n")[0]


def _print(run: Run, shapes: Shapes, entries: list[HistoryEntry], items: list[Item]) -> None:
    from tui.cli.tables import Tables

    tables = Tables(shapes, run.out)
    rows = [
        (
            tables.when(entry.at) + (_(" (entered later)") if entry.at < entry.recorded_at else ""),
            item["by"] or "",
            deed(entry) + (f" ({_('put aside')})" if entry.outcome == "aside" else ""),
            item["subject"] or "",
            item["what"] or why_aside(entry),
        )
        for entry, item in zip(entries, items, strict=True)
    ]
    columns = [Column(_("when")), Column(_("who")), Column(_("what was done")), Column(_("id")), Column("", cut=True)]
    run.out.table(columns, rows)
