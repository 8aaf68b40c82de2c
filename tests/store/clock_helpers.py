"""Boards of a few records, and the moment of the mock-ups, for the tests of clocks and views."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from store import records as r
from store.board import Board
from store.changes import table_of
from store.rules.calendar_data import CalendarSettings
from store.rules.calendar_source import build_calendar
from store.rules.clock_book import ClockBook, clock_book
from store.rules.clocks import Clock, Kind
from store.rules.working_time import WorkingTime

META = r.BoardMeta(format=r.FORMAT, board="b0", rev=1, rid="0000000000000000", writer="test", epoch=1)
WANG, LI, CHEN, ZHANG, SUN, BOSS_M, BOSS_S, CLIENT = 1, 2, 3, 4, 5, 6, 7, 9
MARKET, SALES, DESIGN = 10, 11, 12
CARD, SUB = 100, 200


def at(text: str) -> int:
    """`2026-10-09 16:55` in Shanghai as epoch seconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai")).timestamp())


NOW = at("2026-10-09 16:55")
"""Friday; tomorrow is a make-up working day, 1 to 7 October were off."""


@cache
def working(hours: str = "elapsed") -> WorkingTime:
    """China's days around 2026."""
    settings = CalendarSettings(hours="working" if hours == "working" else "elapsed")
    return WorkingTime(build_calendar(settings, range(2025, 2029)), settings)


def people() -> list[r.Record]:
    """Three departments with heads, two of them with a leader in charge; an executive; a client from outside."""
    names = {WANG: "王敏", LI: "李强", CHEN: "陈思", ZHANG: "张岚", SUN: "孙悦", BOSS_M: "分管一", BOSS_S: "分管二"}
    homes = {WANG: MARKET, SUN: MARKET, LI: SALES, CHEN: DESIGN}
    found: list[r.Record] = [r.Person(id=key, name=name, department=homes.get(key)) for key, name in names.items()]
    found.append(r.Person(id=CLIENT, name="客户甲", organisation="客户公司"))
    found += [
        r.Department(id=MARKET, name="市场部", code="SC", head=WANG, leader=BOSS_M),
        r.Department(id=SALES, name="销售部", code="XS", head=LI, leader=BOSS_S),
        r.Department(id=DESIGN, name="设计部", code="SJ", head=CHEN),
        r.Setting(id=90, key="executive", value=ZHANG),
    ]
    return found


def card(**fields: Any) -> r.Card:
    """An active card led by 王敏, planned 2026-09-21 to 2026-12-01."""
    known: dict[str, Any] = {
        "id": CARD,
        "name": "Q4营销活动筹备",
        "number": "Q4营销-2026-001",
        "stage": "active",
        "lead": WANG,
        "initiating_department": MARKET,
        "lead_department": MARKET,
        "planned_start": at("2026-09-21 09:00"),
        "planned_finish": at("2026-12-01 18:00"),
        "activated_at": at("2026-09-21 09:00"),
    }
    return r.Card(**(known | fields))


def subtask(**fields: Any) -> r.Subtask:
    """A subtask of 李强 in the sales department, in progress, planned 2026-09-28 to 2026-10-12."""
    known: dict[str, Any] = {
        "id": SUB,
        "card": CARD,
        "name": "渠道激励方案初稿",
        "number": "Q4营销-2026-001-02",
        "department": SALES,
        "owner": LI,
        "status": "in_progress",
        "planned_start": at("2026-09-28 09:00"),
        "planned_finish": at("2026-10-12 18:00"),
    }
    return r.Subtask(**(known | fields))


def issue(**fields: Any) -> r.Issue:
    """A blocked report of 陈思, raised 2026-10-08 13:43, that asks the market department."""
    raised = at("2026-10-08 13:43")
    known: dict[str, Any] = {
        "id": 300,
        "kind": "blocked",
        "card": CARD,
        "subtask": SUB,
        "number": "I-012",
        "what": "渠道数据缺失",
        "since": raised,
        "raised_at": raised,
        "raised_by": CHEN,
        "from_department": DESIGN,
        "department": MARKET,
        "tier_since": raised,
    }
    return r.Issue(**(known | fields))


def meeting(**fields: Any) -> r.Meeting:
    """A progress meeting called for 2026-10-09 15:30, 孙悦 keeps the minutes."""
    known: dict[str, Any] = {
        "id": 400,
        "kind": "progress",
        "name": "筹备会",
        "number": "M-003",
        "card": CARD,
        "starts": at("2026-10-09 15:30"),
        "chair": WANG,
        "recorder": SUN,
        "noticed_at": at("2026-10-08 10:00"),
    }
    return r.Meeting(**(known | fields))


def duty(**fields: Any) -> r.Duty:
    """The sales department's duty on the card, not answered."""
    return r.Duty(**({"id": 600, "card": CARD, "department": SALES} | fields))


def entry(number: int, when: str, **fields: Any) -> r.ProgressEntry:
    """A progress entry of 李强 on the subtask."""
    return r.ProgressEntry(**({"id": 500 + number, "subtask": SUB, "at": at(when), "by": LI} | fields))


def board_of(*records: r.Record, parent: Board | None = None) -> Board:
    """A Board of these records and of `people()`; a record given here stands in the place of one of those."""
    tables: dict[str, dict[str, msgspec.Raw]] = {name: {} for name in r.TABLES}
    for record in (*people(), *records):
        body = msgspec.to_builtins(record)
        key = body.pop("id")
        tables[table_of(record)][str(key)] = msgspec.Raw(msgspec.json.encode(body))
    return Board(META, tables, parent)


def book_of(*records: r.Record) -> ClockBook:
    """The clocks of a board of these records."""
    return clock_book(board_of(*records), working())


def everything(book: ClockBook) -> list[Clock]:
    """All clocks of a board, closed ones too, but for the progress clocks that entries closed."""
    return [clock for key in (*book.board.cards, None) for clock in book.of_card(key)]


def only(book: ClockBook, kind: Kind) -> Clock:
    """The one clock of a kind on the whole board."""
    found = [clock for clock in everything(book) if clock.kind == kind]
    assert len(found) == 1, found
    return found[0]


def kinds(book: ClockBook) -> set[str]:
    """The kinds of all clocks."""
    return {clock.kind for clock in everything(book)}
