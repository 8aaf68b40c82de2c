"""T1, the product launch card, from draft to archive across the National Day of 2026: every clock to the minute.

Worked: Sun 9-20 and Sat 10-10. Off: Fri 9-25 to Sun 9-27 (Mid-Autumn) and Thu 10-01 to Wed 10-07.
"""

from __future__ import annotations

from store.rules.clock_book import clock_book
from tests.store.builders import refused
from tests.store.clock_helpers import at, working
from tests.store.launch_card import (
    NAMES,
    active,
    before_mid_autumn,
    before_national_day,
    circulated,
    completed,
    divided,
    do,
    minute,
    named,
    rectifying,
    retro,
    running,
    submitted,
)
from tests.store.test_scenario_t1_card import CARD, HEADS, WANG


def test_t1_life_two_working_days_to_confirm_are_friday_and_the_make_up_sunday() -> None:
    assert running(circulated(), "09-17 17:05") == {f"confirmation {place}": "09-20 18:00" for place in HEADS}


def test_t1_life_what_runs_from_a_kickoff_on_the_make_up_sunday() -> None:
    assert running(active(), "09-20 11:00") == {
        "minutes_draft kickoff": "09-21 10:30",
        "minutes_final kickoff": "09-22 10:30",
        "division card": "09-23 18:00",  # Mon 21, Tue 22, Wed 23
        "card_due card": "10-09 18:00",
    }
    assert running(divided(), "09-22 10:20") == {
        "progress training": "09-22 17:00",
        "progress specs": "09-22 17:00",
        "progress shelves": "09-28 17:00",
        "division card": "09-23 18:00",
        "subtask_due training": "09-24 18:00",
        "subtask_due specs": "09-30 18:00",
        "subtask_due shelves": "10-08 18:00",
        "change_notice launch": "10-07 18:00",  # 3 days before: a day off, kept
        "card_due card": "10-09 18:00",
        "milestone launch": "10-10 12:00",
    }


def test_t1_life_over_mid_autumn() -> None:
    assert running(before_mid_autumn(), "09-27 23:59") == {
        "progress specs": "09-28 17:00",  # Fri 25 to Sun 27 owe nothing
        "progress shelves": "09-28 17:00",
        "accept_subtask training": "09-30 18:00",  # Mon 28, Tue 29, Wed 30
        "subtask_due specs": "09-30 18:00",
        "subtask_due shelves": "10-08 18:00",
        "change_notice launch": "10-07 18:00",
        "card_due card": "10-09 18:00",
        "milestone launch": "10-10 12:00",
    }


def test_t1_life_hours_run_through_national_day_and_working_days_do_not() -> None:
    assert running(before_national_day(), "10-07 23:59") == {
        "meeting logistics": "!10-01 15:00",
        "deliverable specs": "!10-01 16:00",
        "coordination warning": "!10-01 17:30",
        "progress shelves": "10-08 17:00",
        "subtask_due shelves": "10-08 18:00",
        "card_due card": "10-09 18:00",
        "milestone launch": "10-10 15:00",
        "accept_subtask specs": "10-10 18:00",  # Thu 8, Fri 9, Sat 10
        "tier warning": "10-10 18:00",
    }


def test_t1_life_acceptance_rectified_on_the_make_up_saturday() -> None:
    assert running(submitted(), "10-08 16:00") == {
        "notify decision": "10-09 09:30",
        "milestone launch": "10-10 15:00",
        "resolution warning": "10-10 18:00",
        "acceptance first": "10-12 18:00",  # Fri 9, Sat 10, Mon 12
    }
    assert running(rectifying(), "10-10 18:01") == {
        "milestone launch": "!10-10 15:00",
        "rectification first": "!10-10 18:00",
    }
    assert running(completed(), "10-10 17:00") == {"retro card": "10-14 18:00"}  # Mon 12, Tue 13, Wed 14
    assert refused(completed(), "ArchiveCard", WANG, at("2026-10-12 09:00"), card=CARD) == "gate.archive"


LIFE = """
09-18 18:00 notice kickoff                 09-18 16:10
09-20 10:00 meeting kickoff                09-20 10:00
09-20 18:00 confirmation 11                09-18 15:00
09-20 18:00 confirmation 12                09-18 15:00
09-20 18:00 confirmation 13                09-18 15:00
09-20 18:00 confirmation 14                09-18 15:00
09-21 10:30 minutes_draft kickoff          09-21 09:00
09-22 10:30 minutes_final kickoff          09-22 10:20
09-23 18:00 division card                  09-23 17:00
09-24 18:00 subtask_due training           09-24 16:00
09-25 16:00 deliverable training           09-24 17:00
09-30 17:00 notify requirement_change      09-30 09:00
09-30 18:00 accept_subtask training        09-28 10:00
09-30 18:00 subtask_due specs              09-30 16:00
10-01 15:00 meeting logistics              void
10-01 16:00 deliverable specs              10-01 09:00
10-01 17:30 coordination warning           10-08 09:30
10-01 17:30 report_warning warning         09-30 17:30
10-07 18:00 change_notice launch           09-29 17:00
10-08 18:00 subtask_due shelves            10-08 15:00
10-09 09:30 notify decision                10-09 09:00
10-09 15:00 deliverable shelves            10-08 15:00
10-09 18:00 card_due card                  10-10 14:00
10-10 15:00 milestone launch               10-10 15:00
10-10 18:00 accept_subtask specs           10-08 10:00
10-10 18:00 rectification first            10-10 14:00
10-10 18:00 resolution warning             10-10 10:00
10-10 18:00 tier warning                   10-08 09:30
10-11 15:00 deliverable launch             10-10 15:00
10-12 18:00 accept_subtask shelves         10-08 15:30
10-12 18:00 acceptance first               10-09 11:00
10-14 18:00 acceptance second              10-10 17:00
10-14 18:00 retro card                     10-13 11:00
"""
"""Due, which clock, when it was met: of its whole life."""

REPORTS = """
training 09-21 09-22 09-23 09-24
specs    09-22 09-23 09-24 09-28 09-29 09-30
shelves  09-28 09-29 09-30 10-08
"""
"""The days whose 17:00 an entry served."""


def test_t1_life_from_draft_to_archive_every_clock_to_the_minute() -> None:
    board, now = retro(), at("2026-10-13 11:00")
    assert running(board, "10-13 11:00") == {}
    found = {
        f"{minute(each.due)} {named(board, each)} {'void' if each.void else minute(each.closed)}"
        for each in clock_book(board, working(), now=now).of_card(CARD)
    }
    assert found == {" ".join(line.split()) for line in LIFE.strip().splitlines()}
    served: dict[str, list[str]] = {}
    for entry in sorted(board.progress.values(), key=lambda each: each.at):
        served.setdefault(NAMES[entry.subtask], []).append(minute(entry.due))
    assert served == {
        name: [f"{day} 17:00" for day in days]
        for name, *days in (line.split() for line in REPORTS.strip().splitlines())
    }
    after = do(board, "ArchiveCard", WANG, "10-13 14:00", card=CARD)
    assert CARD not in after.cards
    assert after.archived[CARD].file == "Q3推广-新产品上市推广-Q3推广-2026-001-2026-10-10.json"
    assert not clock_book(after, working(), now=now).of_card(CARD)
