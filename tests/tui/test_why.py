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
            "Wed 30 Sep, (Thu 1 - Wed 7 Oct 国庆节), Thu 8, Fri 9, Sat 10 make-up day",
        ),
        ("2026-10-08 13:43", 3, "Fri 9 Oct, Sat 10 make-up day, (Sun 11 day off), Mon 12"),
        ("2026-10-15 10:00", 2, "Fri 16 Oct, (Sat 17 - Sun 18 day off), Mon 19"),
        ("2026-02-13 10:00", 2, "Sat 14 Feb make-up day, (Sun 15 - Mon 23 农历除夕, 春节), Tue 24"),
    ],
)
def test_days_off_stand_joined(start: str, days: int, text: str) -> None:
    assert counted(start, days) == text


@given(st.integers(0, 400), st.integers(1, 12))
def test_every_counted_day_is_named_once_and_in_order(later: int, days: int) -> None:
    text = days_text(working().counted_days(NOW + later * 86_400, days))
    counted_days = [part for part in text.split(", ") if not part.startswith("(") and not part.endswith(")")]
    assert sum(part.split()[1].isdecimal() for part in counted_days) >= days
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
        " asked Tue 29 Sep 10:00; 2 working days: Wed 30 Sep, (Thu 1 - Wed 7 Oct 国庆节), Thu 8 -> Thu 8 Oct",
        " 18:00",
        " rule: confirmation = 2 WD (rulebook default)",
        " the start day is not counted",
        " due Thu 8 Oct 18:00, over by 22h 55m",
        " who must act: 陈思",
    ]


@pytest.mark.parametrize(
    ("language", "counted", "due"),
    [("zh_Hans", "09-30 周三", "已超 22h 55m"), ("zh_Hant", "09-30 週三", "已超 22h 55m")],
)
def test_the_sum_in_chinese(language: str, counted: str, due: str) -> None:
    i18n.choose(language)
    text = "\n".join(lines_of(national_day(), "duties", 600))
    assert counted in text
    assert due in text


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
        ("meetings", 404): "notice",
        ("meetings", 405): "notice",
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
        "follow_up": "Fri 10-09 17:00",
        "report_block": "Thu 10-08 14:43",
    }


def test_a_row_without_a_clock_says_so() -> None:
    assert [line.plain for line in why_pane(None, None, NOW, 40)][1] == " No clock runs on this row."
