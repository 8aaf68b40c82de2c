"""What every paper asks: names, dates and words of the board it is filled in from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct

from store.board import Board
from store.exchange.papers.model import Cell, Facts, Paper, Sheet, spoken
from store.exchange.values import said
from store.records import Card, Duty
from store.views.state import BoardState
from tui.i18n import _, language
from tui.subjects import local

DASH = "/"
"""What the templates write where there is nothing to say."""


class Desk(Struct, frozen=True):
    """Where a paper is filled in: the state it is taken from, and when (epoch seconds).

    The paper shows what `state.me` may see: entries that are restricted to others stand without their texts.
    """

    state: BoardState
    now: int

    @property
    def board(self) -> Board:
        """The board."""
        return self.state.board

    def person(self, person: int | None) -> str:
        """A person's name, "" for none."""
        return self.board.person_name(person) if person else ""

    def people(self, people: Iterable[int | None]) -> str:
        """Names in a row, each once."""
        return _(", ").join(dict.fromkeys(filter(None, map(self.person, people))))

    def department(self, department: int | None) -> str:
        """A department's name, "" for none."""
        return self.board.department_name(department) if department else ""

    def departments(self, departments: Iterable[int | None]) -> str:
        """Names in a row, each once."""
        return _(", ").join(dict.fromkeys(filter(None, map(self.department, departments))))

    def with_department(self, person: int | None) -> str:
        """`市场部 王敏`: how the templates name people of several departments."""
        found = self.board.people.get(person or 0)
        if found is None:
            return ""
        return " ".join(filter(None, (found.organisation or self.department(found.department), found.name)))

    def at(self, instant: int | None) -> datetime | None:
        """Date and time in the board's zone."""
        return local(self.state, instant).replace(tzinfo=None, second=0) if instant is not None else None

    def day(self, instant: int | None) -> date | None:
        """The date in the board's zone."""
        return local(self.state, instant).date() if instant is not None else None

    def finish(self, instant: int | None) -> Cell:
        """When something is due: the date alone at close of business, as people write it; else with its time."""
        if instant is None:
            return None
        working = self.state.working
        return self.day(instant) if working.close_of(working.day_of(instant)) == instant else self.at(instant)

    def start(self, instant: int | None) -> Cell:
        """When something begins: the date alone at midnight, as a date without a time is read."""
        at = self.at(instant)
        return at.date() if at is not None and (at.hour, at.minute) == (0, 0) else at

    def point(self, instant: int) -> Cell:
        """When something was reported: the date alone at the daily progress point, as papers say it."""
        working = self.state.working
        daily = self.board.settings.minutes_of_day[2]
        return self.day(instant) if working.at(working.day_of(instant), daily) == instant else self.at(instant)

    def text(self, cell: Cell) -> str:
        """A date in a sentence."""
        return spoken(cell)

    def head(self, department: int | None) -> str:
        """The name of a department's head."""
        found = self.board.departments.get(department or 0)
        return self.person(found.head) if found else ""

    def milestones(self, card: int, subtask: int | None) -> str:
        """`2026-07-20 方案定稿;…`: the milestones of a card itself, or of one subtask, by date."""
        found = [each for each in self.board.milestones_of.get(card, ()) if each.subtask == subtask]
        found.sort(key=lambda each: (each.due is None, each.due or 0))
        return ";".join(dated(self.text(self.finish(each.due)) or each.relative, each.name) for each in found)

    def kept(self, notes: str, label: str) -> str:
        """What an import kept in the notes under this heading of its paper, "" if nothing."""
        lines = (line.partition(": ") for line in notes.splitlines())
        return _("; ").join(text for head, colon, text in lines if colon and head == label)

    def reply_of(self, duty: Duty) -> str:
        """What a department asked about its duty, and what it was told."""
        return _("; ").join(filter(None, (duty.question, duty.reply)))

    def paper(self, name: str, *sheets: Sheet) -> Paper:
        """The paper in the language in use."""
        return Paper(name, language(), sheets)


def listed(text: str) -> str:
    """A text as one item of a list: without what separates items."""
    return " ".join(re.sub(r"[;；]", ",", text).split())


def bracketed(text: str) -> str:
    """A text as it stands in brackets: other marks in place of its own."""
    return " ".join(said(text).translate(str.maketrans("()（）", "[][]")).split())


def dated(day: str, text: str, mark: str = " ") -> str:
    """An item of a list, `2026-07-20 方案定稿`; another mark where the text could be taken for part of the date."""
    text = listed(text)
    if not day:
        return text
    return f"{day}、{text}" if re.match(r"[\d前之以日号號时時点點:：,，、至到-]", text) else f"{day}{mark}{text}"


def facts(*rows: tuple[str, Cell], keep: bool = True) -> Facts:
    """Labels and values; `keep` says whether rows without a value stay, as in a form whose fields are fixed."""
    return Facts(tuple((label, value) for label, value in rows if keep or value not in {None, ""}))


def stem(*parts: str) -> str:
    """The name of a paper's file before it is made safe: `Q4营销-2026-001 会议纪要`."""
    return " ".join(filter(None, parts))


def card_stem(card: Card, title: str) -> str:
    """A file of a card: title, name, number."""
    return stem(title, card.name, card.number)
