"""Rulebook §8, the table of clocks: one case per clause, named after it, across National Day 2026 and its make-up days.

Each row: the records, the clock's start and due, when it was met, who must act. All times are Shanghai's.
"""

from __future__ import annotations

import pytest

from store import records as r
from store.rules.clock_book import ClockBook, clock_book
from store.rules.clocks import Clock, Kind, state
from tests.store.cases_of_clocks import (
    CASES,
    DONE,
    KICKOFF,
    Case,
    asked,
    needed,
    noticed,
    stone,
    submitted,
    told,
    waiting,
)
from tests.store.clock_helpers import (
    CARD,
    MARKET,
    NOW,
    SUB,
    WANG,
    at,
    board_of,
    card,
    issue,
    meeting,
    subtask,
    working,
)


def book_of(*records: r.Record) -> ClockBook:
    return clock_book(board_of(*records), working(), now=NOW)


def clocks_of(book: ClockBook, kind: str) -> list[Clock]:
    return [clock for key in (*book.board.cards, None) for clock in book.of_card(key) if clock.kind == kind]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.clause)
def test_the_table_of_clocks(case: Case) -> None:
    found = clocks_of(book_of(*case.records), case.kind)
    clock = next(each for each in found if each.is_open is (case.met is None))
    assert clock.due == at(case.due)
    assert clock.who == case.who
    assert clock.started == (at(case.started) if case.started else None)
    assert clock.closed == (at(case.met) if case.met else None)
    assert not clock.void


def test_every_kind_has_a_clause() -> None:
    from typing import get_args

    assert {case.kind for case in CASES} == set(get_args(Kind))


NONE: list[tuple[str, str, list[r.Record]]] = [
    ("input: without a date", "input", [card(), subtask(), needed(due=None)]),
    ("input: of a card not active yet", "input", [card(stage="circulating"), subtask(), needed()]),
    ("input: the subtask was handed over without it", "input", [card(), waiting(), needed()]),
    ("change_notice: a milestone that asks for none", "change_notice", [card(), stone(tentative=True)]),
    ("change_notice: a firm date is not to change", "change_notice", [card(), stone(notice_days=10)]),
    ("change_notice: its subtask is done by then", "change_notice",
     [card(), subtask(planned_finish=at("2026-10-23 18:00")), stone(notice_days=10, subtask=SUB)]),
    ("notice: once for a series, its first meeting's", "notice", [card(), meeting(regular=True, series=399)]),
    ("division: no kickoff", "division", [card(), meeting(kind="kickoff")]),
    ("division: no kickoff is held", "division", [card(kickoff=False, kickoff_note="同班人马")]),
    ("delay_notice: it does not lag", "delay_notice", [card(), subtask(percent=90)]),
    ("delay_notice: a subtask without a finish", "delay_notice", [card(), subtask(planned_finish=None)]),
    ("follow_up: a warning does not stop work", "follow_up", [card(), subtask(percent=90), issue(kind="warning")]),
    ("follow_up: it is resolved", "follow_up",
     [card(), subtask(percent=90), issue(state="resolved", resolved_at=at("2026-10-08 14:00"))]),
    ("deliverable: none is named", "deliverable", [card(), waiting(deliverable="")]),
    ("deliverable: of a completed card", "deliverable", [card(stage="completed"), waiting()]),
    ("accept_subtask: nobody knows when", "accept_subtask", [card(), waiting(handed_over_at=None)]),
    ("acceptance: an older board without a round", "acceptance", [card(stage="acceptance", submitted_at=DONE)]),
    ("notice: not for coordination meetings", "notice", [card(), meeting(kind="coordination", noticed_at=DONE)]),
    ("notice: called later is short notice", "notice", [card(), meeting(noticed_at=at("2026-10-09 09:00"))]),
    ("retro: nobody knows when it was completed", "retro", [card(stage="completed")]),
    ("retro: of an archived card", "retro", [card(stage="archived", completed_at=DONE)]),
    ("notify: no rule wants it sent", "notify", [card(), told(notify=False)]),
    ("support: of a finished subtask", "support", [card(), waiting(), asked()]),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "kind", "records"), NONE, ids=[row[0] for row in NONE])
def test_no_clock(clause: str, kind: str, records: list[r.Record]) -> None:
    assert clause
    assert not clocks_of(book_of(*records), kind)


VOID: list[tuple[str, list[r.Record]]] = [
    ("input", [needed(cancelled_at=NOW)]),
    ("support", [asked(cancelled_at=NOW)]),
    ("report_block", [noticed("stopped", closed_at=NOW)]),
    ("meeting", [meeting(state="cancelled")]),
    ("notice", [meeting(state="cancelled", noticed_at=DONE)]),
]


@pytest.mark.parametrize(("kind", "records"), VOID, ids=[row[0] for row in VOID])
def test_void_its_subject_was_cancelled(kind: str, records: list[r.Record]) -> None:
    (clock,) = clocks_of(book_of(card(), subtask(percent=90), *records), kind)
    assert state(clock, NOW) == "void"


def test_cancelling_a_card_voids_all_that_hangs_on_it() -> None:
    gone = card(stage="cancelled", cancelled_at=NOW, circulated_at=DONE)
    records = [needed(), asked(), noticed("risk"), told(), stone(tentative=True, notice_days=10), submitted(), KICKOFF]
    book = book_of(gone, subtask(), *records)
    assert not book.open_of(CARD)
    void = {clock.kind for clock in book.of_card(CARD) if clock.void}
    assert void >= {"input", "support", "report_warning", "notify", "change_notice", "acceptance", "division"}


def test_a_follow_up_is_owed_for_what_lags_too_and_one_note_closes_what_was_missed() -> None:
    late = subtask(planned_start=at("2026-09-01 09:00"), planned_finish=at("2026-10-20 18:00"), percent=20)
    (clock,) = clocks_of(book_of(card(), late), "follow_up")
    assert (clock.table, clock.subject, clock.who) == ("subtasks", SUB, (WANG,))
    assert state(clock, NOW) == "breached"
    note = told(notify=False, subtask=SUB, at=at("2026-10-09 11:00"))
    (after,) = clocks_of(book_of(card(), late, note), "follow_up")
    assert after.due == at("2026-10-09 17:00")


def test_a_blocked_report_has_the_follow_up_of_its_subtask() -> None:
    late = subtask(planned_start=at("2026-09-01 09:00"), planned_finish=at("2026-10-20 18:00"), status="blocked")
    assert [clock.table for clock in clocks_of(book_of(card(), late, issue()), "follow_up")] == ["issues"]


def test_what_lags_is_known_a_minute_after_it_does_and_not_before() -> None:
    soon = subtask(planned_finish=at("2026-10-09 17:00"), percent=99)
    book = clock_book(board_of(card(), soon), working(), now=NOW)
    assert not [clock for clock in book.running if clock.kind == "delay_notice"]
    assert book.awake(NOW + 30) is book
    later = book.awake(at("2026-10-09 17:01"))
    assert [clock.kind for clock in later.running if clock.kind in {"delay_notice", "follow_up"}]
    assert later.renewed == frozenset({CARD})


def test_no_department_of_the_initiating_side_is_asked_where_management_accepts() -> None:
    (clock,) = clocks_of(book_of(card(stage="acceptance"), submitted()), "acceptance")
    assert clock.department == MARKET
