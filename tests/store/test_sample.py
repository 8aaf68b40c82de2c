"""The demo board shows something to do at any hour of any day."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from store.board import Board
from store.checking import problems
from store.clock import FixedClock
from store.file.calendar_cache import load_working_time
from store.file.storage import meta_of, parse
from store.records import Gate, Stage
from store.rules.calendar_data import CalendarSettings
from store.rules.clock_book import ClockBook, clock_book
from store.rules.frozen import stored
from store.rules.gates import missing
from store.rules.reviewing import unanswered
from store.sample import LEAD, demo_operations, make_demo, worn_out
from store.sample.division import DIVISION
from store.sample.script import Script
from store.sample.work import every_day, read_division

MOMENTS = (
    "2026-10-09T16:55",  # the mock-ups: a working day, five minutes before the reports are due
    "2026-10-09T17:10",
    "2026-10-11T23:40",  # a Sunday night
    "2026-10-12T00:05",
    "2026-10-05T12:00",  # in the middle of a holiday week
    "2026-02-20T11:00",  # spring festival
    "2027-01-04T09:30",  # the year has just changed
    "2026-08-12T09:00",
)


def moment(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}:00+08:00").timestamp())


@cache
def book_at(text: str, folder: Path) -> tuple[Board, ClockBook, int]:
    now = moment(text)
    path = folder / "demo" / "board.json"
    make_demo(path, FixedClock(now), folder)
    raws = parse(path.read_bytes())
    board = Board(meta_of(raws), raws)
    return board, clock_book(board, load_working_time(CalendarSettings(), now, folder), now=now), now


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("samples")


@pytest.mark.parametrize("text", MOMENTS)
def test_something_is_over_something_due_within_the_hour_and_something_within_a_day(text: str, folder: Path) -> None:
    board, book, now = book_at(text, folder)
    over = {(clock.kind, board.issues[clock.subject].number) for clock in book.breached(now)}
    assert over == {("response", "I-012"), ("coordination", "I-013")}
    left = [clock.due - now for clock in book.running if clock.due >= now]
    assert 0 < min(left) <= 300
    assert any(1800 < each <= 3600 for each in left)
    assert any(4 * 3600 < each <= 25 * 3600 for each in left)
    assert any(each > 20 * 86_400 for each in left)


@pytest.mark.parametrize("text", MOMENTS)
def test_it_is_whole_and_nothing_in_it_lies_in_the_future(text: str, folder: Path) -> None:
    board, _book, now = book_at(text, folder)
    assert list(problems(board)) == []
    assert {card.stage for card in board.cards.values()} == set(get_args(Stage)) - {"archived"}
    entries = [entry for _, entry in sorted(board.history.items())]
    assert all(entry.outcome == "applied" for entry in entries)
    times = [entry.at for entry in entries]
    assert times == sorted(times)
    assert times[-1] <= now
    assert {issue.number for issue in board.issues.values() if issue.state != "resolved"} == {
        "I-009", "I-011", "I-012", "I-013", "I-014", "I-015",
    }  # fmt: skip


GATES: tuple[Gate, ...] = ("circulating", "active", "acceptance", "completed")
"""In the order a card goes through them, each named after the stage behind it."""


@pytest.mark.parametrize("text", MOMENTS)
def test_every_card_holds_what_the_gates_behind_it_ask_for(text: str, folder: Path) -> None:
    board, _book, _now = book_at(text, folder)
    behind: dict[Stage, tuple[Gate, ...]] = {gate: GATES[: n + 1] for n, gate in enumerate(GATES)}
    lacking = [
        (card.number, gate, need.id)
        for card in board.cards.values()
        for gate in behind.get(card.stage, ())
        for need in missing(board, card.id, gate)
    ]
    assert lacking == []
    assert not board.passes


@pytest.mark.parametrize("text", MOMENTS)
def test_something_is_noted_promised_and_told_to_some_alone(text: str, folder: Path) -> None:
    board, book, now = book_at(text, folder)
    running = {(clock.kind, clock.table) for clock in book.running if clock.due > now}
    assert {("report_problem", "incidents"), ("resolution", "sync")} <= running
    (private,) = [entry for entry in board.sync.values() if entry.restricted]
    lead = next(person.id for person in board.people.values() if person.name == LEAD)
    assert lead not in private.recipients


@pytest.mark.parametrize("text", MOMENTS)
def test_minutes_wait_for_the_lead_and_a_series_is_planned_and_neither_is_late(text: str, folder: Path) -> None:
    board, book, now = book_at(text, folder)
    (asked,) = [each for each in board.meetings.values() if each.state == "in_review"]
    assert [board.person_name(each) for each in unanswered(board, asked)] == [LEAD]
    (regular,) = [each for each in board.meetings.values() if each.regular]
    late = {clock.subject for clock in book.running if clock.due <= now}
    assert not {asked.id, regular.id} & late


def test_reports_are_owed_by_the_people_of_the_mock_up(folder: Path) -> None:
    board, book, now = book_at(MOMENTS[0], folder)
    owed = [clock for clock in book.running if clock.kind == "progress" and clock.due - now == 300]
    names = sorted(board.person_name(clock.who[0]) for clock in owed)
    assert names == ["李强", "李强", "王敏", "陈思", "陈思"]
    lead = next(person for person in board.people.values() if person.name == LEAD)
    assert board.settings.administrator == lead.id


def test_every_line_is_an_operation_that_survives_json() -> None:
    now = moment(MOMENTS[0])
    signed = demo_operations(now, load_working_time(CalendarSettings(), now, None))
    assert len(signed) > 200
    for operation, stamp in signed:
        assert msgspec.json.decode(msgspec.json.encode(operation), type=type(operation)) == operation
        assert stamp.at == stamp.recorded <= now


def test_days_are_counted_in_working_days_from_the_last_reports() -> None:
    now = moment("2026-10-09T16:55")
    script = Script(now, load_working_time(CalendarSettings(), now, None))
    assert script.past(1, "16:00") == moment("2026-10-08T16:00")  # today's reports are not due yet
    assert script.past(2, "16:00") == moment("2026-09-30T16:00")  # the holiday week is skipped
    assert script.ahead(1) == moment("2026-10-10T18:00")  # a make-up Saturday
    assert script.tomorrow("12:00") == moment("2026-10-10T12:00")
    assert script.soon(5) == moment("2026-10-09T17:00")


def test_between_two_written_reports_the_work_goes_on() -> None:
    found = every_day(((4, "20 a > b"), (1, "50 c")), 5, 1, needed=True)
    assert [day for day, _ in found] == [5, 4, 3, 2, 1]
    assert found[1:] == ((4, "20 a > b"), (3, "30 b"), (2, "40 b"), (1, "50 c"))
    assert every_day(((4, "20 a"),), 5, 1, needed=False) == ((4, "20 a"),)
    assert len({work.key for work in read_division(DIVISION)}) == len(read_division(DIVISION))


def test_only_an_untouched_demo_of_another_day_is_made_anew(folder: Path) -> None:
    now = moment(MOMENTS[0])
    path = folder / "own" / "board.json"
    make_demo(path, FixedClock(now), folder)
    assert not worn_out(path, now + 3600)
    assert worn_out(path, now + 86_400)
    path.write_text(path.read_text("utf-8").replace('"rev":1', '"rev":2', 1), "utf-8")
    assert not worn_out(path, now + 86_400)
    path.write_text("{}", "utf-8")
    assert not worn_out(path, now + 86_400)


def test_what_closed_on_the_demo_keeps_its_rule_when_the_board_gets_another(folder: Path) -> None:
    board, book, _now = book_at(MOMENTS[0], folder)
    closed = [clock for card in board.cards for clock in book.of_card(card) if not clock.is_open]
    kept = {clock.kind for clock in closed if stored(board, clock) is not None}
    assert kept >= {"confirmation", "accept_subtask", "tier", "minutes_draft", "minutes_final", "notify"}
    first = next(card.id for card in board.cards.values() if card.number == "Q4营销-2026-001")
    assert all(stored(board, clock) for clock in closed if clock.kind == "confirmation" and clock.card == first)
