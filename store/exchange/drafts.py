"""The records an import is making, beside those the board has: found again or made new, never twice.

Doc ids of new records follow from the board and the paper (`_id`), so that two people who import the
same file at the same moment make the same records, and a record that was renamed since is known again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import msgspec

from store.board import Board
from store.changes import plain
from store.errors import CrossdeckError, ImportProblem
from store.exchange.plan import ImportPlan, Planned, Unclear
from store.exchange.reading import Cell
from store.exchange.recognise import Entry
from store.exchange.values import said, short
from store.operations.act import derived
from store.operations.cards import AFTERWARDS
from store.operations.shape import LINE_LIMIT
from store.records import Card
from store.text import clean

T = TypeVar("T")

MERGED = frozenset({"notes"})
"""Fields several papers add lines to: what the board has stays, missing lines are added."""

_JOINT = "；"
GATHERED = frozenset({"note", "to", "reference"})
"""One-line fields of which rows that are one record otherwise may each say a part."""

AGREED = frozenset({"cards", "duties", "milestones", "subtasks", "letters"})
"""Tables whose records stay as they were accepted once their card is completed."""

_NOBODYS = frozenset({"ImportRecords", "Revert"})
"""Operations whose changes do not make what the paper says outdated: an import, and one that was undone."""


class Drafts:
    """Records in the making over one Board; the plan fills as they are settled."""

    def __init__(self, board: Board, now: int) -> None:
        """Start with nothing planned."""
        self.board = board
        self.now = now
        self.plan = ImportPlan()
        self.fresh: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
        self.wanted: dict[tuple[str, int], dict[str, Any]] = {}
        """What the papers say of records the board has; compared when all of them are read."""
        self._items: dict[tuple[str, int], Planned] = {}
        self._follows: set[tuple[str, int, str]] = set()
        self._before: dict[tuple[str, int, str], list[Any]] | None = None

    # Looking ------------------------------------------------------------------------------------

    def has(self, table: str, key: int) -> bool:
        """Whether a record is on the board or being made."""
        return key in self.fresh[table] or key in self.board.table(table)

    def value(self, table: str, key: int, name: str) -> Any:
        """A field as it will be after the import (builtins; None or empty if not set)."""
        if key in self.fresh[table]:
            return self.fresh[table][key].get(name)
        stands = self._stands(table, key, name)
        wanted = self.wanted.get((table, key), {})
        return _both(name, stands, wanted[name]) if name in wanted else stands

    def _stands(self, table: str, key: int, name: str) -> Any:
        value = plain(getattr(self.board.table(table)[key], name))
        return list(value) if isinstance(value, tuple) else value

    def id_of(self, table: str, *key: object) -> int:
        """The doc id of the record the paper knows by this key."""
        return derived("import", self.board.meta.board, table, "\x1f".join(map(str, key)))

    # Making -------------------------------------------------------------------------------------

    def settle(
        self,
        table: str,
        key: int,
        body: dict[str, Any],
        where: str,
        title: str,
        *,
        once: dict[str, Any] | None = None,
        follows: bool = False,
    ) -> int:
        """Make the record, or bring the one there is up to the paper; returns `key`.

        `body` holds what the paper says; empty values never overwrite. `once` is set on new records only.
        A field that was changed on the board since the paper was imported stays, unless it `follows` from
        other records.
        """
        body = {name: value for name, value in body.items() if value not in (None, "", [])}
        if key not in self.board.table(table) and key not in self.fresh[table]:
            more = {name: value for name, value in (once or {}).items() if value not in (None, "", [])}
            made = self.fresh[table][key] = more | body
            self.plan.create.append(Planned(table, key, short(title), where, made.get("number", "")))
            return key
        made = self.fresh[table].get(key, {})
        if key not in self.fresh[table]:
            made = self.wanted.setdefault((table, key), {})
            self._items.setdefault((table, key), Planned(table, key, short(title), where))
        for name, value in body.items():
            made[name] = _gathered(name, made.get(name), value)
            if follows:
                self._follows.add((table, key, name))
        return key

    def _compare(self, item: Planned) -> None:
        """List a record the board has as changed or the same."""
        table, key = item.table, item.id
        changes: dict[str, tuple[Any, Any]] = {}
        for name, value in self.wanted[table, key].items():
            stands = self._stands(table, key, name)
            new = _both(name, stands, value)
            if new == stands or (isinstance(new, str) and isinstance(stands, str) and said(new) == said(stands)):
                continue
            why = None if (table, key, name) in self._follows else self._kept(table, key, name, new)
            if why is not None:
                self.plan.unclear.append(Unclear(item.where, short(str(value), 200), why, item.title))
            else:
                changes[name] = (stands, new)
        number = str(self._stands(table, key, "number")) if table in {"cards", "subtasks"} else ""
        item = msgspec.structs.replace(item, number=number, changes=changes)
        (self.plan.update if changes else self.plan.same).append(item)
        if changes:
            fields = {name: new for name, (_, new) in changes.items()}
            self.plan.updates.append({"table": table, "id": key, "fields": fields})

    def _kept(self, table: str, key: int, name: str, value: Any) -> ImportProblem | None:
        """Why a field stays as the board has it: it was accepted, or changed since; None if the paper counts."""
        shown, record = name.replace("_", " "), self.board.table(table)[key]
        card = record if table == "cards" else self.board.cards.get(self._card_of(record))
        if table in AGREED and name not in AFTERWARDS and isinstance(card, Card) and card.stage == "completed":
            return ImportProblem("{id} is completed: {field} stays as it was accepted.", id=card.number, field=shown)
        if self._older(table, key, name, value):
            return ImportProblem("{field} was changed on the board since; it stays so.", field=shown)
        return None

    def _card_of(self, record: object) -> int:
        """The card a record hangs on, 0 for none."""
        subtask = self.board.subtasks.get(getattr(record, "subtask", None) or 0)
        return getattr(record, "card", None) or (subtask.card if subtask else 0)

    def _older(self, table: str, key: int, name: str, value: Any) -> bool:
        """Whether this value stood on the board until somebody there changed it: then the paper is older."""
        if self._before is None:
            self._before = defaultdict(list)
            for entry in self.board.history.values():
                for kind, *rest in () if entry.operation in _NOBODYS else entry.changes:
                    if kind == "put":
                        for field, (old, _new) in rest[2].items():
                            self._before[rest[0], rest[1], field].append(old)
        return value in self._before.get((table, key, name), ())

    def finish(self) -> ImportPlan:
        """The plan with the operation's fields filled in."""
        self.plan.records = [
            {"table": table, "id": key, "body": body}
            for table, rows in self.fresh.items()
            for key, body in rows.items()
        ]
        for item in self._items.values():
            self._compare(item)
        return self.plan


def _both(name: str, stands: Any, value: Any) -> Any:
    """The paper's value; what the board has beside it stays in lists and in merged texts."""
    if isinstance(value, list):
        return [*(stands or []), *(one for one in value if one not in (stands or []))]
    return _merged(stands, value) if name in MERGED else value


def _gathered(name: str, before: Any, value: Any) -> Any:
    """What several rows say of one record: the last one, but all of it where each may say more."""
    if name in GATHERED and before:
        return joined(dict.fromkeys([*before.split(_JOINT), *value.split(_JOINT)]))
    return _both(name, before, value)


def _merged(stands: str | None, lines: str) -> str:
    """Text with the lines it lacks added."""
    have = {line.strip() for line in (stands or "").split("\n")}
    missing = [line for line in lines.split("\n") if line.strip() not in have]
    return "\n".join([*([stands] if stands else []), *missing])


class Reading:
    """One entry being read into a record: asks its cells, and keeps the text of those that are unclear."""

    def __init__(self, drafts: Drafts, entry: Entry) -> None:
        """Everything under unknown headings is kept too."""
        self.drafts = drafts
        self.entry = entry
        self.title = entry.text("name") or entry.text("topic") or entry.text("number")
        self.kept: list[str] = [f"{clean(label)}: {cell.text}" if label else cell.text for label, cell in entry.extra]

    def text(self, name: str) -> str:
        """A long text with its line breaks."""
        return self.entry.text(name)

    def line(self, name: str) -> str:
        """A one-line text; what is too long for one is cut with `~` and kept whole beside it."""
        text = clean(self.entry.text(name))
        if len(text) <= LINE_LIMIT:
            return text
        self.unclear(
            name,
            ImportProblem("{n} characters are too many for one line; {most} were taken.", n=len(text), most=LINE_LIMIT),
        )
        return f"{text[: LINE_LIMIT - 1]}~"

    def ask(self, name: str, read: Callable[[str], T]) -> T | None:
        """What `read` makes of a cell's text; None where it is blank or unclear."""
        text = self.entry.text(name)
        return self._tried(name, lambda: read(text)) if text else None

    def ask_cell(self, name: str, read: Callable[[Cell], T]) -> T | None:
        """What `read` makes of a cell; None where it is blank or unclear."""
        cell = self.entry.cells[name] if self.entry.text(name) else None
        return self._tried(name, lambda: read(cell)) if cell is not None else None

    def _tried(self, name: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except CrossdeckError as problem:
            self.unclear(name, problem)
            return None

    def unclear(self, name: str, why: CrossdeckError, value: str | None = None, *, keep: bool = True) -> None:
        """List a cell (or `value`, a part of it) as unclear; its text is kept unless it stands in the record anyway."""
        cell = self.entry.cells.get(name)
        text = value if value is not None else (cell.text if cell else "")
        if text and keep:
            self.kept.append(f"{self.label(name)}: {text}")
        self.drafts.plan.unclear.append(Unclear(self.entry.where(name), short(text, 200), why, short(self.title)))

    def label(self, name: str) -> str:
        """The heading a field stands under on its paper."""
        return self.entry.labels.get(name, name)

    def notes(self, *lines: str) -> str:
        """What was kept, below other lines; one piece per line, "" if there is none."""
        return "\n".join(clean(line) for line in (*lines, *self.kept) if line)


def joined(parts: Iterable[str]) -> str:
    """The parts that say something, in one line."""
    return _JOINT.join(part for part in parts if part)
