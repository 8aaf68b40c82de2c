"""The progress clock: which point it counts to, and what an entry meets (rulebook sections 4 and 8)."""

from __future__ import annotations

from typing import Any

import pytest

from store import records as r
from store.rules.clock_book import clock_book
from store.rules.clocks import Clock, state
from store.rules.clocks_work import closed_progress
from tests.store.clock_helpers import (
    CARD,
    CHEN,
    LI,
    NOW,
    SUB,
    WANG,
    at,
    board_of,
    book_of,
    card,
    entry,
    everything,
    issue,
    kinds,
    only,
    subtask,
    working,
)

E = entry

OPEN: list[tuple[str, list[str], str]] = [
    ("nothing yet: the first point after planned start", [], "2026-09-28 17:00"),
    ("met today: tomorrow's make-up day", ["09-28 16", "09-29 16", "09-30 16", "10-08 16", "10-09 16"], "10-10 17:00"),
    ("met on time until yesterday: today", ["09-28 16", "09-29 16", "09-30 16", "10-08 16:58"], "10-09 17:00"),
    ("the holidays owe nothing", ["09-28 16", "09-29 16", "09-30 16"], "10-08 17:00"),
    ("one entry closes all missed ones but does not serve the next", ["10-09 16:20"], "10-09 17:00"),
    ("a second one serves it", ["10-09 16:20", "10-09 16:50"], "10-10 17:00"),
    ("two on one day do not serve two days", ["09-28 10", "09-28 16"], "09-29 17:00"),
    ("at the second of the point it is met", ["09-28 17:00"], "09-29 17:00"),
    ("an entry before the planned start serves nothing", ["09-25 16"], "09-28 17:00"),
    ("late by a minute closes the missed one only", ["09-28 17:01"], "09-29 17:00"),
]


def moment(text: str) -> str:
    day, _, time = text.removeprefix("2026-").partition(" ")
    return f"2026-{day} {time if ':' in time else time + ':00'}"


@pytest.mark.parametrize(("times", "due"), [row[1:] for row in OPEN], ids=[row[0] for row in OPEN])
def test_the_open_point(times: list[str], due: str) -> None:
    entries = [entry(number, moment(time)) for number, time in enumerate(times)]
    clock = only(book_of(card(), subtask(), *entries), "progress")
    assert (clock.due, clock.who) == (at(moment(due)), (LI,))


@pytest.mark.parametrize(
    ("back", "due"),
    [
        ("10-10 12:00", "2026-10-10 17:00"),
        ("10-10 17:00", "2026-10-12 17:00"),
        ("10-09 15:00", "2026-10-09 17:00"),
        ("10-08 16:30", "2026-10-09 17:00"),  # that day's point was met by the report that it was done
    ],
)
def test_nothing_is_owed_while_it_awaits_acceptance(back: str, due: str) -> None:
    on_time = [entry(number, moment(time)) for number, time in enumerate(["09-28 16", "09-29 16", "09-30 16"])]
    done = [entry(3, "2026-10-08 16:00", percent=100), entry(4, moment(back), percent=90, by=WANG)]
    board = board_of(card(), subtask(), *on_time, *done)
    book = clock_book(board, working())
    assert only(book, "progress").due == at(due)
    closed = list(closed_progress(book.facts, board.cards[CARD], board.subtasks[SUB]))
    assert [clock.due for clock in closed] == [at(f"2026-{day} 17:00") for day in ("09-28", "09-29", "09-30", "10-08")]


def test_it_counts_from_activation_if_that_is_later() -> None:
    clock = only(book_of(card(activated_at=at("2026-10-09 09:00")), subtask()), "progress")
    assert clock.due == at("2026-10-09 17:00")


@pytest.mark.parametrize(
    ("cadence", "times", "due"),
    [
        ("weekly", [], "2026-09-30 18:00"),  # Friday 10-02 is off: the last working day before it
        ("weekly", ["2026-09-30 10:00"], "2026-10-09 18:00"),
        ("weekly", ["2026-09-30 10:00", "2026-10-09 10:00"], "2026-10-16 18:00"),
        ("realtime", ["2026-10-09 16:00"], "2026-10-10 11:00"),
        ("realtime", ["2026-10-09 10:00", "2026-10-09 11:00"], "2026-10-09 16:00"),
    ],
)
def test_other_cadences(cadence: str, times: list[str], due: str) -> None:
    entries = [entry(number, time) for number, time in enumerate(times)]
    clock = only(book_of(card(cadence=cadence), subtask(), *entries), "progress")
    assert clock.due == at(due)


@pytest.mark.parametrize("status", ["not_started", "in_progress", "blocked"])
def test_owed_in_blocked_too(status: str) -> None:
    assert "progress" in kinds(book_of(card(), subtask(status=status)))


@pytest.mark.parametrize("status", ["awaiting_acceptance", "done"])
def test_not_owed_from_awaiting_acceptance_on(status: str) -> None:
    assert "progress" not in kinds(book_of(card(), subtask(status=status)))


@pytest.mark.parametrize("stage", ["draft", "circulating", "acceptance", "completed", "archived"])
def test_owed_by_active_cards_only(stage: str) -> None:
    assert "progress" not in kinds(book_of(card(stage=stage), subtask()))


def test_what_a_cancelled_subtask_or_card_owed_is_void() -> None:
    for records in ([card(), subtask(status="cancelled")], [card(stage="cancelled"), subtask()]):
        book = book_of(*records)
        assert not [clock for clock in book.running if clock.kind == "progress"]
        owed = only(book, "progress")
        assert (owed.due, state(owed, NOW)) == (at("2026-09-28 17:00"), "void")
    for handed_over in ([card(), subtask(status="cancelled", handed_over_at=NOW)],
                        [card(stage="cancelled", activated_at=None), subtask()]):  # fmt: skip
        assert "progress" not in kinds(book_of(*handed_over))


MISSED = [E(1, "2026-10-09 16:20")]
CORRECTIONS: list[tuple[str, list[r.ProgressEntry], str]] = [
    ("a correction is no new report", [*MISSED, E(2, "2026-10-09 16:20", replaces=501)], "2026-10-09 17:00"),
    (
        "a withdrawn entry met nothing",
        [*MISSED, E(2, "2026-10-09 16:20", replaces=501, withdrawn=True)],
        "2026-09-28 17:00",
    ),
    (
        "a withdrawn correction leaves the report",
        [
            *MISSED,
            E(2, "2026-10-09 16:20", replaces=501, recorded_at=at("2026-10-09 16:30")),
            E(3, "2026-10-09 16:20", replaces=502, withdrawn=True, recorded_at=at("2026-10-09 16:31")),
        ],
        "2026-10-09 17:00",
    ),
    (
        "a withdrawn withdrawal changes nothing",
        [
            *MISSED,
            E(2, "2026-10-09 16:20", replaces=501, withdrawn=True, recorded_at=at("2026-10-09 16:30")),
            E(3, "2026-10-09 16:20", replaces=502, withdrawn=True, recorded_at=at("2026-10-09 16:31")),
        ],
        "2026-10-09 17:00",
    ),
]


@pytest.mark.parametrize(("entries", "due"), [row[1:] for row in CORRECTIONS], ids=[row[0] for row in CORRECTIONS])
def test_corrections_and_withdrawals(entries: list[r.ProgressEntry], due: str) -> None:
    assert only(book_of(card(), subtask(), *entries), "progress").due == at(due)


def closed(*times: str, **fields: Any) -> list[Clock]:
    the_card, the_subtask = card(**fields), subtask()
    entries = [entry(number, time) for number, time in enumerate(times)]
    book = book_of(the_card, the_subtask, *entries)
    return list(closed_progress(book.facts, the_card, the_subtask))


def test_entries_leave_met_clocks_behind() -> None:
    first, second = closed("2026-09-28 16:00", "2026-10-09 16:20")
    assert (first.due - (first.closed or 0), state(first, NOW)) == (3600, "met")
    assert (second.due, second.closed) == (at("2026-09-29 17:00"), at("2026-10-09 16:20"))


def test_a_second_entry_before_a_point_closes_nothing() -> None:
    assert len(closed("2026-09-28 10:00", "2026-09-28 16:00")) == 1


def test_realtime_entries_close_one_clock_each() -> None:
    clocks = closed("2026-09-28 10:00", "2026-09-28 15:00", cadence="realtime")
    assert [clock.due for clock in clocks] == [at("2026-09-28 14:00"), at("2026-09-28 15:00")]


PROBLEM = entry(1, "2026-10-09 10:00", problem="缺渠道数据")


def test_a_problem_in_an_entry_asks_the_lead_for_a_response_within_24_h() -> None:
    clock = only(book_of(card(), subtask(), PROBLEM), "response")
    assert (clock.table, clock.subject, clock.card) == ("progress", 501, CARD)
    assert (clock.due, clock.who, clock.about) == (at("2026-10-10 10:00"), (WANG,), "缺渠道数据")


def test_the_same_problem_again_runs_one_clock() -> None:
    again = entry(2, "2026-10-09 16:00", problem="还是缺")
    assert only(book_of(card(), subtask(), PROBLEM, again), "response").subject == 501


ANSWERS: list[tuple[str, r.Record, bool]] = [
    ("raised as the stronger kind", issue(kind="warning", raised_at=at("2026-10-09 11:00")), True),
    ("an issue raised before it", issue(kind="warning"), False),
    ("an entry of somebody else", entry(2, "2026-10-09 11:00", by=CHEN), True),
    ("the owner's own next entry", entry(2, "2026-10-09 11:00"), False),
    (
        "a note that refers to the subtask",
        r.SyncEntry(
            id=800, at=at("2026-10-09 12:00"), topic="答复", card=CARD, by=WANG, reference="Q4营销-2026-001-02"
        ),
        True,
    ),
    (
        "the owner's own note",
        r.SyncEntry(id=800, at=at("2026-10-09 12:00"), topic="答复", card=CARD, by=LI, reference="Q4营销-2026-001-02"),
        False,
    ),
    ("a note about something else", r.SyncEntry(id=800, at=NOW, topic="无关", card=CARD, by=WANG), False),
    ("a correction without the problem", entry(2, "2026-10-09 10:00", replaces=501), True),
]


@pytest.mark.parametrize(("answer", "met"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS])
def test_what_answers_a_problem(answer: r.Record, met: bool) -> None:
    asked = [clock for clock in everything(book_of(card(), subtask(), PROBLEM, answer)) if clock.kind == "response"]
    assert [state(clock, PROBLEM.at) for clock in asked] in ([["met"], []] if met else [["running"]])
    if isinstance(answer, r.ProgressEntry) and answer.replaces:
        assert asked == []
    elif met:
        assert asked[0].closed == (answer.raised_at if isinstance(answer, r.Issue) else getattr(answer, "at", None))


def test_each_problem_that_was_answered_leaves_its_clock_behind() -> None:
    asked = [entry(number, f"2026-10-08 {hour}:00", problem=f"{hour}") for number, hour in enumerate((10, 11, 13, 15))]
    answers = [entry(9, "2026-10-08 12:00", by=WANG), entry(10, "2026-10-08 14:00", by=WANG)]
    book = book_of(card(), subtask(), *asked, *answers)
    found = sorted((c for c in everything(book) if c.kind == "response"), key=lambda clock: clock.due)
    # What is named again at 11 before anybody answered is the same question.
    assert [(c.about, state(c, NOW), c.closed) for c in found] == [
        ("10", "met", at("2026-10-08 12:00")),
        ("13", "met", at("2026-10-08 14:00")),
        ("15", "breached", None),
    ]
    assert [c.about for c in book.running if c.kind == "response"] == ["15"]


def test_a_problem_of_a_subtask_that_is_handed_over_waits_for_nobody() -> None:
    board = board_of(card(), subtask(status="awaiting_acceptance", handed_over_at=NOW), PROBLEM)
    assert not [c for c in clock_book(board, working()).running if c.kind == "response"]
    assert SUB in board.subtasks
