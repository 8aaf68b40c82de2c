"""`show ID`: one record with all its fields and what hangs on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from store.board import Board
from store.operations.shape import Shape, members
from store.records import TABLES, SyncEntry
from store.rules.clock_book import clock_book
from store.rules.clocks import by_due
from store.rules.gates import was_missing
from store.rules.privacy import as_seen
from store.rules.regular_meeting import written
from store.rules.relative_dates import due_of
from store.views.numbers import PARENTS
from tui import words
from tui.cli.context import Run
from tui.cli.lists import shapes_of
from tui.cli.log import find_any
from tui.cli.output import Column
from tui.cli.shapes import Item, Shapes
from tui.cli.tables import Tables
from tui.deeds import report_words, step_word
from tui.field_words import LISTS, WORDS, field_word
from tui.i18n import _
from tui.sentences import sentence
from tui.subjects import signer_words

When = Callable[[int], str | None]
PLAIN_DERIVED = ("departments", "percent", "lagging", "overdue", "silent", "unannounced")
"""What is worked out of a record and is not said by its clocks."""


def show(run: Run) -> int:
    """Print one card, subtask, issue, meeting, milestone, person or department."""
    table, key = find_any(run.seen, run.words.text("id"))
    shapes = shapes_of(run)
    if table == "archived":
        from tui.cli.closing import archived_board

        board = archived_board(run, key)
        table, shapes = "cards", Shapes(board, clock_book(board, shapes.working), shapes.working, run.now, shapes.me)
    if run.json:
        item = fields_of(shapes, table, key) | _derived(shapes, table, key)
        for name, rows in hanging(shapes, table, key):
            item[name] = [fields_of(shapes, name, each) | _derived(shapes, name, each) for each in rows]
        item["clocks"] = [shapes.clock(clock) for clock in _clocks(shapes, table, key)]
        run.out.json(item)
    else:
        _print(run, shapes, table, key)
    return 0


def fields_of(shapes: Shapes, table: str, key: int, when: When | None = None) -> Item:
    """All fields of a record: references as numbers and names, instants as `when` writes them, absent as null."""
    record = _seen(shapes, table, key)
    item: Item = {"doc_id": key}
    for name, shape in members(TABLES[table]).items():
        if name != "id":
            item["id" if name == "number" else name] = _plain(
                shapes, getattr(record, name), shape, when or shapes.instant
            )
    return item


def _seen(shapes: Shapes, table: str, key: int) -> Any:
    """A record as who looks may see it."""
    record = shapes.board.table(table)[key]
    return as_seen(record, shapes.me) if isinstance(record, SyncEntry) else record


def _plain(shapes: Shapes, value: Any, shape: Shape, when: When) -> Any:
    if value is None or value == "":
        return None
    if shape.kind == "ref":
        return shapes.number(shape.table, value)
    if shape.kind == "instant":
        return when(value)
    if isinstance(value, tuple):
        return [_plain(shapes, part, shape.inner or shape, when) for part in value]
    if isinstance(value, Struct):
        fields = members(type(value)).items()
        return {name: _plain(shapes, getattr(value, name), inner, when) for name, inner in fields}
    return value


def _derived(shapes: Shapes, table: str, key: int) -> Item:
    """What `list` says beside the fields."""
    if table == "passes":
        return {"missing": [str(text) for text in was_missing(shapes.board.passes[key])]}
    made = {"cards": shapes.card, "subtasks": shapes.subtask, "issues": shapes.issue, "meetings": shapes.meeting}
    return made[table](key) if table in made else {}


def hanging(shapes: Shapes, table: str, key: int) -> list[tuple[str, list[int]]]:
    """(table, doc ids) of the records that hang on one, in their order."""
    board = shapes.board
    indexes: dict[str, tuple[tuple[str, Any], ...]] = {
        "cards": (
            ("duties", board.duties_of),
            ("milestones", board.milestones_of),
            ("subtasks", board.subtasks_of),
            ("issues", board.issues_of),
            ("meetings", board.meetings_of),
            ("sync", board.sync_of),
            ("attachments", board.attachments_of),
            ("passes", board.passes_of),
        ),
        "subtasks": (("progress", board.progress_of), ("joint_reviews", board.joint_reviews_of)),
        "issues": (("steps", board.steps_of),),
        "meetings": (
            ("attendance", board.attendance_of),
            ("agenda", board.agenda_of),
            ("reviews", board.reviews_of),
            ("amendments", board.amendments_of),
        ),
    }
    found = [(name, [each.id for each in index.get(key, ())]) for name, index in indexes.get(table, ())]
    for name, rows in found:
        if name == "milestones":  # those that hang on other dates, too
            dues = {each: due_of(board, board.milestones[each], shapes.working) for each in rows}
            rows.sort(key=lambda each: (dues[each] is None, dues[each] or 0))
    if table == "meetings":
        items = board.agenda_of.get(key, ())
        found.append(("lines", [line.id for item in items for line in board.lines_of.get(item.id, ())]))
    return found


def _clocks(shapes: Shapes, table: str, key: int) -> Sequence[Any]:
    """The clocks of a record; of a card all on it."""
    book = shapes.book
    if table == "cards":
        return book.of_card(key)
    card = getattr(shapes.board.table(table)[key], "card", None)
    if table == "meetings":
        card = shapes.board.card_of_meeting(shapes.board.meetings[key])
    found = list(book.of(table, key, card))
    if table == "subtasks" and card is not None:  # what is noted there, asked for and promised counts too
        board = shapes.board
        found += [each for each in book.of_card(card) if _hangs_on(board, each.table, each.subject) == (table, key)]
    return sorted(found, key=by_due)


def _hangs_on(board: Board, table: str, key: int) -> tuple[str, int | None] | None:
    record = board.table(table).get(key) if table in {"incidents", "inputs", "supports"} else None
    return PARENTS[table](record) if record is not None else None


def _print(run: Run, shapes: Shapes, table: str, key: int) -> None:
    tables, out = Tables(shapes, run.out), run.out
    record: Any = shapes.board.table(table)[key]
    head = [getattr(record, "number", ""), getattr(record, "name", "") or getattr(record, "over", "")]
    out.line("  ".join(part for part in head if part))
    derived = _derived(shapes, table, key)
    item = fields_of(shapes, table, key, tables.when) | {k: derived[k] for k in PLAIN_DERIVED if k in derived}
    if table == "cards":  # as people write it: `weekly Wed 17:00`
        item["regular_meeting"] = written(record.regular_meeting, record.meeting_day, record.meeting_at)
        item |= {"meeting_day": None, "meeting_at": None}
    shown = [
        (_label(name), _shown(table, name, value))
        for name, value in item.items()
        if value not in (None, "", [], {}, False) and name not in {"id", "name", "doc_id"}
    ]
    out.table([Column(""), Column("", cut=True)], shown)
    clocks = [clock for clock in _clocks(shapes, table, key) if clock.is_open]
    if clocks:
        _headline(run, _("clocks"))
        tables.clocks(clocks)
    for name, rows in hanging(shapes, table, key):
        if rows:
            _headline(run, _(LISTS[name]))
            _section(tables, shapes, name, rows)


def _headline(run: Run, text: str) -> None:
    run.out.line()
    run.out.line(f"-- {text}")


def _section(tables: Tables, shapes: Shapes, name: str, rows: list[int]) -> None:
    """One list under the record: those `list` knows as it prints them, the others as lines."""
    if name in {"subtasks", "issues", "meetings"}:
        getattr(tables, name)(rows)
        return
    for key in rows:
        tables.out.line("  " + _row(tables, shapes, name, _seen(shapes, name, key)))


OF_MEETINGS = frozenset({"attendance", "agenda", "lines", "reviews", "amendments"})
"""Lists that stand under a meeting."""


def _row(tables: Tables, shapes: Shapes, name: str, record: Any) -> str:
    """One record of a list that `list` does not know, as a line."""
    board, when = shapes.board, tables.when
    if name == "duties":
        duty = " + ".join(part for part in (record.role, record.action, record.standard) if part)
        parts = [board.department_name(record.department), words.answer(record.answer), duty]
    elif name == "milestones":
        parts = [when(due_of(board, record, shapes.working)) or "-", record.name, board.person_name(record.responsible)]
    elif name == "progress":
        parts = [when(record.at), board.person_name(record.by), report_words(record)]
    elif name == "joint_reviews":
        how = _("agrees") if record.agrees else _("does not agree")
        who = f"{board.department_name(record.department)} {board.person_name(record.by)}"
        parts = [when(record.at), who, how, record.text]
    elif name == "steps":
        by = "" if record.auto else signer_words(board, record.by, record.on_behalf_of)
        parts = [when(record.at), by, step_word(record), record.text]
    elif name == "attachments":
        parts = [record.name, record.version, record.link]
    elif name == "passes":
        gaps = "; ".join(map(sentence, was_missing(record)))
        parts = [when(record.at), board.person_name(record.by), words.stage(record.gate), f"{record.reason} ({gaps})"]
    elif name in OF_MEETINGS:
        parts = _meeting_parts(tables, board, name, record)
    else:
        parts = [when(record.at), record.topic, record.content.partition("\n")[0]]
    return "  ".join(part for part in parts if part)


def _meeting_parts(tables: Tables, board: Board, name: str, record: Any) -> list[str]:
    """One record that hangs on a meeting."""
    when = tables.when
    if name == "attendance":
        return [board.person_name(record.person), WORDS[name, "presence"](record.presence), record.reason]
    if name == "agenda":
        return [str(record.order + 1), record.title]
    if name == "lines":
        return [words.line_kind(record.kind), record.text, board.person_name(record.owner), when(record.due)]
    if name == "reviews":
        return [when(record.at), board.person_name(record.person), WORDS[name, "answer"](record.answer), record.text]
    return [str(record.number), record.text, record.reason, board.person_name(record.by), when(record.at)]


def _label(name: str) -> str:
    """A field's name; of what is derived the word for it."""
    return words.flag(name) if name in words.FLAGS else field_word(name)


def _shown(table: str, name: str, value: Any) -> str:
    """A field's value in words."""
    if isinstance(value, list):
        return ", ".join(_shown(table, name, part) for part in value)
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values() if part)
    if value is True:
        return words.yes_no(yes=True)
    term = WORDS.get((table, name))
    return term(value) if term is not None else str(value)
