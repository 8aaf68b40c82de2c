"""Records as `--json` prints them: stable keys (docs/commands.md), rulebook terms, names, ISO instants, null."""

from __future__ import annotations

from datetime import date
from typing import Any

from store.board import Board
from store.records import Subtask
from store.rules import clocks as rules
from store.rules.clock_book import ClockBook
from store.rules.clocks import Clock
from store.rules.lag import card_percent, flags
from store.rules.lateness import reported
from store.rules.privacy import as_seen
from store.rules.working_time import WorkingTime
from store.views.numbers import given, number_of

DAY = 86_400
EPOCH_DAY = 719_163
Item = dict[str, Any]


class Shapes:
    """Turns the records of one board into JSON items as they stand at `now` (epoch seconds)."""

    def __init__(self, board: Board, book: ClockBook, working: WorkingTime, now: int, me: int | None = None) -> None:
        """Nothing is worked out yet. `me` is who looks: restricted entries are shown to some only."""
        self.board, self.book, self.working, self.now, self.me = board, book, working, now, me
        self._instants: dict[int, str] = {}
        self._dates: dict[int, str] = {}
        self._zones: dict[int, str] = {}
        self._names: dict[tuple[int, ...], list[str]] = {}
        self._numbers: dict[tuple[str, int | None], str | None] = {}

    def instant(self, at: int | None) -> str | None:
        """ISO 8601 with the board's offset; None stays None, and what lies beyond the year 9999 is None."""
        if at is None:
            return None
        text = self._instants.get(at)
        if text is None:
            text = self._instants[at] = self._written(at)
        return text or None

    def _written(self, at: int) -> str:
        """As `instant`; empty beyond the year 9999."""
        offset = self.working.offset_at(at)
        days, seconds = divmod(at + offset, DAY)
        day = self._dates.get(days)
        if day is None:
            if not 1 <= days + EPOCH_DAY <= date.max.toordinal():
                return ""
            day = self._dates[days] = date.fromordinal(days + EPOCH_DAY).isoformat()
        zone = self._zones.get(offset)
        if zone is None:
            sign, minutes = ("-", -offset // 60) if offset < 0 else ("+", offset // 60)
            zone = self._zones[offset] = f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
        return f"{day}T{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{zone}"

    def person(self, person: int | None) -> str | None:
        """A person's name."""
        return self.board.person_name(person) or None

    def people(self, people: tuple[int, ...]) -> list[str]:
        """Names of people."""
        names = self._names.get(people)
        if names is None:
            names = self._names[people] = [name for name in map(self.board.person_name, people) if name]
        return names

    def department(self, department: int | None) -> str | None:
        """A department's name."""
        return self.board.department_name(department) or None

    def number(self, table: str, key: int | None) -> str | None:
        """The number people see of a record, else that of the record it hangs on (a milestone: its card's)."""
        found = self._numbers.get((table, key), "")
        if found == "":
            found = self._numbers[table, key] = given(number_of(self.board, table, key))
        return found

    # Items ------------------------------------------------------------------------------------

    def card(self, key: int) -> Item:
        """One card."""
        board, card = self.board, self.board.cards[key]
        nearest = self.book.nearest.get(key)
        return {
            "id": given(card.number),
            "doc_id": key,
            "name": card.name,
            "lead": self.person(card.lead),
            "stage": card.stage,
            "priority": card.priority,
            "type": card.type,
            "category": card.category,
            "project": card.project or None,
            "departments": [board.department_name(duty.department) for duty in board.duties_of.get(key, ())],
            "percent": card_percent(board.subtasks_of.get(key, ()), self.working, card.stage),
            "start": self.instant(card.planned_start),
            "due": self.instant(card.planned_finish),
            "next_due": self.instant(nearest.due if nearest else None),
        }

    def archived(self, key: int) -> Item:
        """One card in the archive; `file` is its name in the folder."""
        row = self.board.archived[key]
        return {
            "id": row.number or None,
            "doc_id": key,
            "name": row.name,
            "lead": self.person(row.lead),
            "stage": "archived",
            "priority": row.priority,
            "project": row.project or None,
            "departments": [self.board.department_name(each) for each in row.departments],
            "due": self.instant(row.planned_finish),
            "completed_at": self.instant(row.completed_at),
            "archived_at": self.instant(row.archived_at),
            "archived_by": self.person(row.archived_by),
            "file": row.file,
        }

    def subtask(self, key: int) -> Item:
        """One subtask with what is derived of it."""
        board, subtask = self.board, self.board.subtasks[key]
        found = subtask_flags(board, self.book, self.working, subtask)
        entries = board.progress_of.get(key, ())
        return {
            "id": given(subtask.number),
            "doc_id": key,
            "card": self.number("cards", subtask.card),
            "name": subtask.name,
            "department": self.department(subtask.department),
            "owner": self.person(subtask.owner),
            "percent": subtask.percent,
            "status": subtask.status,
            "start": self.instant(subtask.planned_start),
            "due": self.instant(subtask.planned_finish),
            "lagging": found.lagging(self.now),
            "overdue": found.overdue(self.now),
            "silent": found.silent(self.now),
            "unannounced": found.unannounced(self.now),
            "last_entry": self.instant(entries[-1].at if entries else None),
        }

    def issue(self, key: int) -> Item:
        """One issue; its subject is the number of the subtask or card it was raised on."""
        issue = self.board.issues[key]
        return {
            "id": given(issue.number),
            "doc_id": key,
            "kind": issue.kind,
            "subject": self.number("subtasks", issue.subtask) or self.number("cards", issue.card),
            "card": self.number("cards", issue.card),
            "title": issue.title or None,
            "tier": issue.tier,
            "state": issue.state,
            "since": self.instant(issue.since),
            "raised_at": self.instant(issue.raised_at),
            "raised_by": self.person(issue.raised_by),
            "owner": self.person(issue.owner),
            "from_department": self.department(issue.from_department),
            "department": self.department(issue.department),
            "resolved_at": self.instant(issue.resolved_at),
            "decision": issue.decision or None,
            "due": self.instant(issue.resolution_due),
            "late_seconds": found.late if (found := reported(self.book.facts.spans, issue)) else None,
        }

    def meeting(self, key: int) -> Item:
        """One meeting."""
        meeting = self.board.meetings[key]
        return {
            "id": given(meeting.number),
            "doc_id": key,
            "kind": meeting.kind,
            "name": meeting.name,
            "state": meeting.state,
            "card": self.number("cards", self.board.card_of_meeting(meeting)),
            "issue": self.number("issues", meeting.issue),
            "starts": self.instant(meeting.starts),
            "ends": self.instant(meeting.ends),
            "ended_at": self.instant(meeting.ended_at),
            "place": meeting.place or None,
            "chair": self.person(meeting.chair),
            "recorder": self.person(meeting.recorder),
        }

    def sync(self, key: int) -> Item:
        """One entry of the sync log, as `me` may see it."""
        entry = as_seen(self.board.sync[key], self.me)
        return {
            "doc_id": key,
            "at": self.instant(entry.at),
            "kind": entry.kind,
            "topic": entry.topic,
            "content": entry.content or None,
            "card": self.number("cards", entry.card),
            "subtask": self.number("subtasks", entry.subtask),
            "issue": self.number("issues", entry.issue),
            "by": self.person(entry.by) or entry.by_name or None,
            "to": entry.to or None,
            "recipients": self.people(entry.recipients),
            "restricted": entry.restricted,
            "reference": entry.reference or None,
            "promise": entry.promise or None,
            "promise_by": self.person(entry.promise_by),
            "promise_due": self.instant(entry.promise_due),
            "promise_done_at": self.instant(entry.promise_done_at),
            "sent_at": self.instant(entry.sent_at),
        }

    def clock(self, clock: Clock) -> Item:
        """One clock; `subject` and `card` are numbers, `about` is the subject's own words."""
        return {
            "kind": clock.kind,
            "subject": self.number(clock.table, clock.subject),
            "card": self.number("cards", clock.card),
            "due": self.instant(clock.due),
            "state": rules.state(clock, self.now),
            "left_seconds": rules.left(clock, self.now),
            "who": self.people(clock.who),
            "department": self.department(clock.department),
            "about": clock.about or None,
        }


def subtask_flags(board: Board, book: ClockBook, working: WorkingTime, subtask: Subtask) -> Any:
    """What is derived of a subtask: lagging, overdue, silent, unannounced."""
    from store.rules.lag import NO_FLAGS

    card = board.cards.get(subtask.card)
    if card is None:
        return NO_FLAGS
    mine = {c.kind: c for c in book.open_of(card.id) if c.table == "subtasks" and c.subject == subtask.id}
    points = board.settings.lag_points
    return flags(card, subtask, mine.get("progress"), working, points, delay=mine.get("delay_notice"))
