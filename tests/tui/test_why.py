"""The sum behind a clock in words, and the clock a record is asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import records as r
from store.views.state import BoardState
from tests.store.clock_helpers import (
    CARD,
    DESIGN,
    NOW,
    at,
    board_of,
    card,
    duty,
    issue,
    meeting,
    working,
)
from tests.store.view_helpers import office
from tui import i18n
from tui.cells import width
from tui.present.why import clock_of, days_text, short_sum, why_lines, why_pane


def counted(start: str, days: int) -> str:
    return days_text(working().counted_days(at(start), days))


@pytest.mark.parametrize(
    ("start", "days", "text"),
    [
        (
            "2026-09-29 10:00",
            4,
            "1 Wed 09-30, (Thu 10-01 - Wed 10-07 国庆节), 2 Thu 10-08, 3 Fri 10-09, 4 Sat 10-10 make-up day",
        ),
        ("2026-10-08 13:43", 3, "1 Fri 10-09, 2 Sat 10-10 make-up day, (Sun 10-11 day off), 3 Mon 10-12"),
        ("2026-10-15 10:00", 2, "1 Fri 10-16, (Sat 10-17 - Sun 10-18 day off), 2 Mon 10-19"),
        ("2026-02-13 10:00", 2, "1 Sat 02-14 make-up day, (Sun 02-15 - Mon 02-23 农历除夕, 春节), 2 Tue 02-24"),
    ],
)
def test_days_off_stand_joined(start: str, days: int, text: str) -> None:
    assert counted(start, days) == text


@given(st.integers(0, 400), st.integers(1, 12))
def test_every_counted_day_is_named_once_and_in_order(later: int, days: int) -> None:
    text = days_text(working().counted_days(NOW + later * 86_400, days))
    numbers = [part.split()[0] for part in text.split(", ") if part[0].isdecimal()]
    assert numbers == [str(n) for n in range(1, days + 1)]
    assert text.count("(") == text.count(")")


def lines_of(state: BoardState, table: str, key: int, cells: int = 100) -> list[str]:
    clock = clock_of(state, table, key)
    assert clock is not None
    return [line.plain for line in why_lines(state, clock, NOW, cells)]


def national_day() -> BoardState:
    asked = at("2026-09-29 10:00")
    return BoardState(board_of(card(circulated_at=asked), duty(department=DESIGN, asked_at=asked)), working())


def test_a_confirmation_over_national_day() -> None:
    head, *lines = lines_of(national_day(), "duties", 600)
    assert head.startswith("-- why: confirmation Q4营销活动筹备 ---")
    assert lines == [
        " asked Tue 09-29 10:00",
        " the start day is not counted",
        " rule: 2 working days (rulebook default)",
        " counted: 1 Wed 09-30, (Thu 10-01 - Wed 10-07 国庆节), 2 Thu 10-08",
        " due Thu 10-08 18:00, over by 22h 55m",
        " who must act: 陈思",
    ]


@pytest.mark.parametrize(
    ("language", "counted", "due"),
    [("zh_Hans", "计入：1 09-30", "已超 22h 55m"), ("zh_Hant", "計入：1 09-30", "已超 22h 55m")],
)
def test_the_sum_in_chinese(language: str, counted: str, due: str) -> None:
    i18n.choose(language)
    text = "\n".join(lines_of(national_day(), "duties", 600))
    assert counted in text
    assert due in text
    assert "working days" not in text


@pytest.mark.parametrize("cells", [40, 80, 120])
def test_no_line_is_wider_than_the_screen(cells: int) -> None:
    state = office(issue(subtask=203))
    for clock in state.book.of_card(CARD):
        for line in why_lines(state, clock, NOW, cells):
            assert width(line.plain) <= cells


def test_which_clock_a_record_is_asked_about() -> None:
    state = office(
        meeting(id=404),
        meeting(id=405, card=None, number="M-009"),
        r.Milestone(id=700, card=CARD, name="初稿", due=at("2026-10-16 18:00")),
    )
    kinds = {
        key: clock.kind if (clock := clock_of(state, *key)) else None
        for key in (
            ("cards", CARD),
            ("issues", 300),
            ("subtasks", 202),
            ("subtasks", 201),
            ("meetings", 404),
            ("meetings", 405),
            ("milestones", 700),
            ("people", 1),
            ("issues", 99),
        )
    }
    assert kinds == {
        ("cards", CARD): "progress",
        ("issues", 300): "response",
        ("subtasks", 202): "progress",
        ("subtasks", 201): "subtask_due",
        ("meetings", 404): "meeting",
        ("meetings", 405): "meeting",
        ("milestones", 700): "milestone",
        ("people", 1): None,
        ("issues", 99): None,
    }
    of_department = clock_of(state, "departments", DESIGN)
    assert of_department is not None
    assert of_department.department == DESIGN


def test_the_sum_in_one_line() -> None:
    state = office(issue(subtask=203))
    sums = {clock.kind: short_sum(state, clock, NOW) for clock in state.book.of("issues", 300, CARD)}
    assert sums == {
        "response": "Thu 10-08 13:43 + 24 h = Fri 10-09 13:43",
        "tier": "Thu 10-08 13:43 + 3 working days = Mon 10-12 18:00",
    }


def test_a_row_without_a_clock_says_so() -> None:
    assert [line.plain for line in why_pane(None, None, NOW, 40)][1] == " No clock runs on this row."
