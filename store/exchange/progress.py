"""Progress entries of an import, and what they make of their subtasks (rulebook §3 Status, §4).

All rows are taken first and settled together: a subtask's percent and state follow from its newest
entry, and a row that differs from the only entry of its day is a correction of that one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from msgspec import Struct

from store.errors import CrossdeckError, ImportProblem
from store.exchange import values
from store.exchange.desk import Desk
from store.exchange.drafts import Reading
from store.exchange.plan import Planned
from store.exchange.values import Dates, on_paper, short
from store.records import ProgressEntry
from store.rules.dated_lists import split_dated_items
from store.rules.entries import standing

CLOSED = frozenset({"completed", "archived"})

Key = tuple[object, int | None, str, str, str]


class Report(Struct, frozen=True):
    """One entry as the paper has it. `day` is its date, or the unclear text in its place."""

    at: int
    day: object
    by: int
    where: str
    title: str
    percent: int | None = None
    done: str = ""
    next: str = ""
    problem: str = ""
    listed: bool = False
    """It comes from a list of dated items in one cell."""

    @property
    def key(self) -> Key:
        """What makes it the same entry when it is imported again."""
        return _key(self.day, self)

    def body(self, subtask: int) -> dict[str, Any]:
        """The record's fields."""
        fields = {"percent": self.percent, "done": self.done, "next": self.next, "problem": self.problem}
        said = {name: value for name, value in fields.items() if value not in (None, "")}
        return {"subtask": subtask, "at": self.at, "by": self.by} | said


class Reports:
    """Collects the entries of an import by subtask; `settle` makes the records."""

    def __init__(self, desk: Desk) -> None:
        """Nothing yet."""
        self.desk = desk
        self._rows: dict[int, list[Report]] = defaultdict(list)
        self._days: dict[int, Dates] = {}

    def from_row(self, reading: Reading, subtask: int, dates: Dates) -> None:
        """An entry from a row of the tracking sheet; a row that reports nothing gives none."""
        entry = reading.entry
        percent = reading.ask_cell("percent", values.percent)
        at = reading.ask_cell("date", lambda cell: dates.point(cell.value))
        done, then, problem = (values.said(reading.text(name)) for name in ("done", "next", "problem"))
        self._rows.setdefault(subtask, [])
        self._days[subtask] = dates
        if percent is None and not (done or then or problem or reading.kept):
            return
        if not entry.text("date"):
            reading.unclear("date", _undated())
        self._rows[subtask].append(
            Report(
                at=dates.undated() if at is None else at,
                day=entry.text("date") if at is None else dates.day_of(at),
                by=self._by(subtask),
                where=entry.where(),
                title=reading.title,
                percent=percent,
                done="\n".join(filter(None, (done, reading.notes()))),
                next=then,
                problem=problem,
            )
        )

    def from_list(self, reading: Reading, name: str, subtask: int, dates: Dates) -> None:
        """Entries from one cell of dated items: `2023-11-12:已完成…;2023-11-18:收到…`."""
        self._rows.setdefault(subtask, [])
        self._days[subtask] = dates
        where = reading.entry.where(name)
        for item in split_dated_items(reading.text(name)):
            at, done = None, item.item
            if item.date_text:
                try:
                    at = dates.point(item.date_text)
                except CrossdeckError as problem:
                    # A short word before a colon need not be a date: the text is kept whole.
                    done = f"{item.date_text}: {item.item}"
                    reading.unclear(name, problem, done, keep=False)
            else:
                reading.unclear(
                    name, ImportProblem("There is no date here; the day of the import was taken."), done, keep=False
                )
            day: object = "" if at is None else dates.day_of(at)
            at = dates.undated() if at is None else at
            title = reading.title
            self._rows[subtask].append(
                Report(at=at, day=day, by=self._by(subtask), where=where, title=title, done=done, listed=True)
            )

    def _by(self, subtask: int) -> int:
        """Who reported: the owner, else the card's lead, else who imports."""
        drafts = self.desk.drafts
        card = drafts.value("subtasks", subtask, "card")
        owner, lead = drafts.value("subtasks", subtask, "owner"), drafts.value("cards", card, "lead")
        return int(owner or lead or self.desk.person)

    def settle(self) -> None:
        """Make the records and bring the subtasks up to them."""
        for subtask, rows in self._rows.items():
            stood = self.desk.board.progress_of.get(subtask, []) if subtask in self.desk.board.subtasks else []
            new = self._settle_entries(subtask, rows, stood)
            if subtask in self.desk.drafts.fresh["subtasks"]:
                self.desk.drafts.fresh["subtasks"][subtask] |= self._state(subtask, [row for row, _ in new])
            else:
                self._catch_up(subtask, [row for row, _ in new], stood)

    def _settle_entries(self, subtask: int, rows: list[Report], stood: list[ProgressEntry]) -> list[tuple[Report, int]]:
        """Match the rows with the entries there are; returns the new ones in time order with their doc ids."""
        drafts, dates = self.desk.drafts, self._days[subtask]
        known = {_key(dates.day_of(entry.at), entry): entry.id for entry in stood}
        # A list of dated items says no more of an entry than its day and what was done.
        listed: dict[tuple[object, str], int] = {
            (dates.day_of(entry.at), on_paper(entry.done)): entry.id for entry in stood
        }
        matched: set[int] = set()
        new: list[tuple[Report, int]] = []
        for row in rows:
            standing_one = listed.get((row.day, on_paper(row.done))) if row.listed else known.get(row.key)
            key = standing_one or drafts.id_of("progress", subtask, *row.key)
            if key in matched:
                drafts.plan.same.append(Planned("progress", key, short(row.title), row.where))
            elif key in self.desk.board.progress:
                drafts.settle("progress", key, {}, row.where, row.title)
            else:
                new.append((row, key))
            matched.add(key)
        new.sort(key=lambda pair: pair[0].at)
        open_to_correct = [e for e in standing(stood) if e.id not in matched]
        percent = 0
        for row, key in new:
            same_day = [e for e in open_to_correct if e.at == row.at]
            self._add(row, key, subtask, same_day[0] if len(same_day) == 1 else None, percent)
            open_to_correct = [e for e in open_to_correct if e not in same_day]
            percent = row.percent if row.percent is not None else percent
        return new

    def _add(self, row: Report, key: int, subtask: int, corrects: ProgressEntry | None, before: int) -> None:
        drafts = self.desk.drafts
        once: dict[str, Any] = {"before": before or None, "recorded_at": self.desk.now}
        if corrects is None:
            drafts.settle("progress", key, row.body(subtask), row.where, row.title, once=once)
            return
        body = row.body(subtask)
        changes = {
            name: (getattr(corrects, name), body.get(name) or "")
            for name in ("percent", "done", "next", "problem")
            if _differ(getattr(corrects, name), body.get(name))
        }
        once |= {"before": corrects.before or None, "replaces": corrects.id}
        drafts.fresh["progress"][key] = {k: v for k, v in once.items() if v is not None} | body
        drafts.plan.update.append(Planned("progress", key, short(row.title), row.where, "", changes))

    # What the entries make of the subtask -------------------------------------------------------

    def _closed(self, subtask: int) -> bool:
        drafts = self.desk.drafts
        return drafts.value("cards", drafts.value("subtasks", subtask, "card"), "stage") in CLOSED

    def _state(self, subtask: int, rows: list[Report]) -> dict[str, Any]:
        """The fields of a new subtask that follow from its entries (oldest first)."""
        percents = [row for row in rows if row.percent is not None]
        percent = percents[-1].percent if percents else 0
        if percent == 100:
            at = percents[-1].at
            fields: dict[str, Any] = {"percent": 100, "started_at": rows[0].at, "handed_over_at": at}
            closed = self._closed(subtask)
            return fields | ({"status": "done", "done_at": at} if closed else {"status": "awaiting_acceptance"})
        if percent or any(row.done or row.problem for row in rows):
            return {"percent": percent, "status": "in_progress", "started_at": rows[0].at}
        return {}

    def _catch_up(self, subtask: int, rows: list[Report], stood: list[ProgressEntry]) -> None:
        """Change a subtask of the board where the paper has newer entries, or its card is completed now."""
        stands = self.desk.board.subtasks[subtask]
        if stands.status in {"done", "cancelled"}:
            return
        newest = max((e.at for e in standing(stood)), default=0)
        newer = [row for row in rows if row.percent is not None and row.at >= newest]
        percent = newer[-1].percent if newer else stands.percent
        at = newer[-1].at if newer else (stands.handed_over_at or newest or self.desk.now)
        fields: dict[str, Any] = {}
        if percent != stands.percent:
            fields["percent"] = percent
        if percent == 100 and self._closed(subtask):
            fields |= {"status": "done", "done_at": at}
        elif percent == 100 and stands.status != "awaiting_acceptance":
            fields |= {"status": "awaiting_acceptance", "handed_over_at": at}
        elif newer and percent != 100 and stands.status in {"not_started", "awaiting_acceptance"}:
            fields["status"] = "in_progress"
        if fields.get("status") and stands.started_at is None:
            fields["started_at"] = at
        if fields:
            where = self._rows[subtask][-1].where if self._rows[subtask] else self.desk.board.meta.name
            self.desk.drafts.settle("subtasks", subtask, fields, where, stands.name, follows=True)


def _key(day: object, entry: Report | ProgressEntry) -> Key:
    return day, entry.percent, on_paper(entry.done), on_paper(entry.next), on_paper(entry.problem)


def _differ(before: object, after: object) -> bool:
    if isinstance(before, str) or isinstance(after, str):
        return on_paper(str(before or "")) != on_paper(str(after or ""))
    return before != after


def _undated() -> ImportProblem:
    return ImportProblem("There is no date here; the day of the import was taken.")
