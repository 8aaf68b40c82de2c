"""Minutes under review, final, amended; action items carried over; regular meetings planned (rulebook §6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import store.operations.every  # noqa: F401 - fills the registry
from store import records as r
from store.board import Board
from store.chores import Chores
from store.operations.act import derived
from store.operations.regular import PlanRegular
from store.rules.carried import carried
from store.rules.clock_book import clock_book
from store.rules.regular_dates import occurrences
from store.rules.reviewing import final_due, reviewers, unanswered, waits_until
from store.rules.series import series_of
from tests.store.builders import DAY, HOUR, T0, Cast, do, office, refused
from tests.store.clock_helpers import working

c = Cast
M = 800
BEIJING = timedelta(hours=8)


def drafted(**fields: Any) -> Board:
    """A meeting of wang (chair), sun, li and chen, held until T0, its draft out."""
    board = do(
        office(), "CallMeeting", c.sun, T0 - 2 * DAY, id=M, kind="progress", card=c.card, starts=T0 - HOUR, ends=T0,
        chair=c.wang, recorder=c.sun, invitees=[c.wang, c.sun, c.li, c.chen], agenda=[{"title": "进度"}], **fields,
    )  # fmt: skip
    board = do(board, "HoldMeeting", c.sun, meeting=M)
    return do(board, "SendDraft", c.sun, T0 + HOUR, meeting=M)


def action(board: Board, key: int, text: str, *, meeting: int = M) -> Board:
    line = {"id": key, "kind": "action", "text": text, "order": key, "owner": c.sun, "due": T0 + DAY}
    return do(board, "SaveLines", c.sun, meeting=meeting, item=board.agenda_of[meeting][0].id, lines=[line])


# Review --------------------------------------------------------------------------------------------------


def test_chair_and_heads_of_the_departments_that_were_there_review() -> None:
    board = drafted()
    assert reviewers(board, board.meetings[M]) == (c.wang, c.li, c.chen)
    board = do(board, "SetAttendance", c.sun, meeting=M, person=c.li, presence="absent", reason="出差")
    assert reviewers(board, board.meetings[M]) == (c.wang, c.chen)
    board = do(board, "SetAttendance", c.sun, meeting=M, person=c.li, presence="absent", stand_in=c.mei)
    assert reviewers(board, board.meetings[M]) == (c.wang, c.li, c.chen)


def test_the_first_answer_puts_them_in_review_and_an_answer_may_change() -> None:
    board = do(drafted(), "ReviewMinutes", c.li, T0 + 2 * HOUR, meeting=M, answer="comment", text="补金额")
    assert (board.meetings[M].state, board.meetings[M].reviewed_at) == ("in_review", T0 + 2 * HOUR)
    board = do(board, "ReviewMinutes", c.li, T0 + 3 * HOUR, meeting=M)
    assert board.meetings[M].reviewed_at == T0 + 2 * HOUR
    assert [(each.person, each.answer, each.text) for each in board.reviews_of[M]] == [(c.li, "confirmed", "")]
    assert refused(board, "ReviewMinutes", c.li, meeting=M) == "refuse.none"
    assert unanswered(board, board.meetings[M]) == (c.chen,)


def test_a_silent_reviewer_stops_the_chair_until_four_hours_before_the_final_is_due() -> None:
    board = do(drafted(), "ReviewMinutes", c.li, T0 + 2 * HOUR, meeting=M)
    meeting = board.meetings[M]
    assert (final_due(board, meeting), waits_until(board, meeting)) == (T0 + 48 * HOUR, T0 + 44 * HOUR)
    assert refused(board, "FinaliseMinutes", c.wang, T0 + 44 * HOUR - 1, meeting=M) == "gate.review"
    board = do(board, "FinaliseMinutes", c.wang, T0 + 44 * HOUR, meeting=M)
    assert board.meetings[M].no_answer == (c.chen,)


def test_where_hours_are_working_hours_the_wait_is_counted_in_them() -> None:
    board = do(drafted(), "SetSetting", c.wang, key="hours", value="working")
    meeting, clocks = board.meetings[M], clock_book(board, working(hours="working"), None)
    due = next(each.due for each in clocks.open_of(c.card) if each.kind == "minutes_final")
    assert due == final_due(board, meeting) > T0 + 48 * HOUR


def test_the_final_clock_runs_until_the_minutes_are_distributed() -> None:
    board = drafted()
    for head in (c.li, c.chen):
        board = do(board, "ReviewMinutes", head, meeting=M)
    board = do(board, "FinaliseMinutes", c.wang, T0 + 3 * HOUR, meeting=M)
    kinds = [each.kind for each in clock_book(board, working(), None).open_of(c.card) if each.subject == M]
    assert kinds == ["minutes_final"]
    board = do(board, "MarkSent", c.sun, T0 + 4 * HOUR, meeting=M)
    meeting = board.meetings[M]
    assert (meeting.final_sent_at, meeting.final_sent_by) == (T0 + 4 * HOUR, c.sun)
    assert set(meeting.final_sent_to) >= {c.wang, c.sun, c.li, c.chen}
    assert not [each for each in clock_book(board, working(), None).open_of(c.card) if each.subject == M]
    assert refused(board, "MarkSent", c.sun, meeting=M) == "refuse.none"


def test_final_minutes_are_corrected_by_numbered_amendments() -> None:
    board = action(drafted(), 810, "门店清单")
    assert refused(board, "AmendMinutes", c.sun, meeting=M, text="86 家") == "refuse.state"
    for head in (c.li, c.chen):
        board = do(board, "ReviewMinutes", head, meeting=M)
    board = do(board, "FinaliseMinutes", c.wang, meeting=M)
    board = do(board, "AmendMinutes", c.sun, id=901, meeting=M, text="86 家, 不是 68 家", reason="笔误", line=810)
    board = do(board, "AmendMinutes", c.wang, T0 + 1, id=902, meeting=M, text="地点改为 B 座")
    found = [(each.number, each.text, each.by, each.line) for each in board.amendments_of[M]]
    assert found == [(1, "86 家, 不是 68 家", c.sun, 810), (2, "地点改为 B 座", c.wang, None)]
    assert board.lines[810].text == "门店清单"
    assert refused(board, "AmendMinutes", c.li, meeting=M, text="x") == "refuse.role"
    assert refused(board, "AmendMinutes", c.sun, meeting=M, text=" ") == "refuse.empty"


# Carried over ---------------------------------------------------------------------------------------------


def next_meeting(board: Board, key: int, starts: int) -> Board:
    return do(
        board, "CallMeeting", c.sun, id=key, kind="progress", card=c.card, starts=starts, agenda=[{"title": "一"}]
    )


def test_open_action_items_stand_in_every_next_agenda_until_they_are_done_or_left_out() -> None:
    board = action(action(drafted(), 810, "门店清单"), 811, "竞品价格表")
    board = next_meeting(board, 820, T0 + 7 * DAY)
    board = next_meeting(board, 830, T0 + 14 * DAY)

    def items(meeting: int) -> list[int]:
        return [line.id for line in carried(board, board.meetings[meeting])]

    assert (items(M), items(820), items(830)) == ([], [810, 811], [810, 811])
    assert refused(board, "LeaveOut", c.wang, meeting=820, line=810, reason="") == "refuse.empty"
    board = do(board, "LeaveOut", c.wang, meeting=820, line=810, reason="等报价")
    choice = board.meetings[820].left_out[0]
    assert (choice.line, choice.reason, choice.by, choice.at) == (810, "等报价", c.wang, T0)
    assert (items(820), items(830)) == ([811], [810, 811])
    assert refused(board, "LeaveOut", c.wang, meeting=820, line=810, reason="又") == "refuse.carried"
    board = do(board, "MakeSubtask", c.sun, line=811)
    assert items(820) == [811]
    board = do(board, "VoidSubtask", c.wang, subtask=board.lines[811].subtask, reason="不做")
    assert (items(820), items(830)) == ([], [810])


def test_final_minutes_keep_what_was_carried_into_them() -> None:
    board = next_meeting(action(drafted(), 810, "门店清单"), 820, T0 + DAY)
    for operation in ("HoldMeeting", "SendDraft"):
        board = do(board, operation, c.sun, T0 + DAY, meeting=820)
    board = do(board, "FinaliseMinutes", c.wang, T0 + 4 * DAY, meeting=820)
    board = do(board, "MakeSubtask", c.sun, line=810)
    board = do(board, "VoidSubtask", c.wang, subtask=board.lines[810].subtask, reason="不做")
    assert [line.id for line in carried(board, board.meetings[820])] == [810]


# Regular meetings -----------------------------------------------------------------------------------------


def local(instant: int) -> str:
    return f"{datetime.fromtimestamp(instant, UTC) + BEIJING:%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("fields", "starts", "skipped"),
    [
        ({"regular_meeting": "weekly", "meeting_day": 4, "meeting_at": "16:00"},
         ["10-09 16:00", "10-16 16:00", "10-23 16:00"], ["10-02 16:00"]),
        ({"regular_meeting": "weekly", "meeting_day": 2, "meeting_at": "17:00"},
         ["09-30 17:00", "10-14 17:00", "10-21 17:00"], ["10-07 17:00"]),
        ({"regular_meeting": "daily", "meeting_at": "9:30"}, ["09-30 09:30", "10-08 09:30", "10-09 09:30"],
         ["10-01 09:30", "10-02 09:30", "10-03 09:30", "10-05 09:30", "10-06 09:30", "10-07 09:30"]),
        ({"regular_meeting": "monthly", "meeting_day": 31, "meeting_at": "10:00"},
         ["09-30 10:00", "11-30 10:00", "12-31 10:00"], ["10-31 10:00"]),
        ({}, ["10-09 16:00", "10-16 16:00", "10-23 16:00"], ["10-02 16:00"]),
    ],
    ids=str,
)  # fmt: skip
def test_regular_meetings_skip_the_days_off_and_say_so(
    fields: dict[str, Any], starts: list[str], skipped: list[str]
) -> None:
    card = r.Card(name="x", **fields)
    found = [*islice(occurrences(card, T0 - 10 * DAY, working()), 3)]
    assert [local(each.starts) for each in found] == starts
    assert [local(start) for each in found for start in each.skipped] == skipped


@given(st.sampled_from(get_args(r.Regular)), st.integers(0, 6), st.integers(0, 400), st.integers(0, 1439))
def test_regular_meetings_are_on_working_days_in_order(every: r.Regular, day: int, ahead: int, minute: int) -> None:
    card = r.Card(name="x", regular_meeting=every, meeting_day=day, meeting_at=f"{minute // 60:02d}:{minute % 60:02d}")
    after, time = T0 + ahead * DAY, working()
    found = [*islice(occurrences(card, after, time), 4)]
    assert [each.starts for each in found] == sorted({each.starts for each in found if each.starts > after})
    assert all(time.is_working_day(time.day_of(each.starts)) for each in found)
    assert not any(time.is_working_day(time.day_of(start)) for each in found for start in each.skipped)


def planned(**fields: Any) -> Board:
    """The card's first regular meeting, Friday 16:00 in a week; the mechanism says so."""
    card = {"regular_meeting": "weekly", "meeting_day": 4, "meeting_at": "16:00"}
    board = do(office(), "EditCard", c.wang, card=c.card, fields=card)
    agenda = [{"title": "进度", "minutes": 20}, {"title": "各部门职责", "minutes": 10, "monthly": True}]
    return do(
        board, "PlanRegular", c.wang, card=c.card, starts=T0 + 7 * DAY - 55 * 60, ends=T0 + 7 * DAY - 25 * 60,
        recorder=c.sun, place="会议室A", agenda=agenda, **fields,
    )  # fmt: skip


def plans(board: Board) -> list[PlanRegular]:
    found = Chores(clock_book(board, working(), None)).due(1 << 61)
    return [each for each in found if isinstance(each, PlanRegular)]


def test_a_series_plans_its_next_meeting_by_itself_once_the_last_was_held() -> None:
    board = planned()
    first = next(iter(board.meetings.values()))
    assert (first.regular, first.series, plans(board)) == (True, None, [])
    board = do(board, "HoldMeeting", c.wang, first.starts + HOUR, meeting=first.id)
    (plan,) = plans(board)
    board = do(board, "PlanRegular", c.li, first.starts + HOUR, card=plan.card, starts=plan.starts)
    second = board.meetings[derived("regular", c.card, plan.starts)]
    assert local(second.starts) == "10-23 16:00"
    assert (second.series, second.place, second.recorder, second.chair) == (first.id, "会议室A", c.sun, c.wang)
    assert second.ends == second.starts + 30 * 60
    assert [(each.title, each.minutes) for each in board.agenda_of[second.id]] == [("进度", 20)]
    assert {row.person for row in board.attendance_of[second.id]} == {
        row.person for row in board.attendance_of[first.id]
    }
    assert refused(board, "PlanRegular", c.wang, card=plan.card, starts=plan.starts) == "refuse.double"
    assert plans(board) == []
    third = do(
        do(board, "CancelMeeting", c.wang, meeting=second.id, reason="出差"), "PlanRegular", c.wang, card=c.card,
        starts=T0 + 28 * DAY,
    )  # fmt: skip
    newest = series_of(third.meetings.values())[-1]
    assert [each.title for each in third.agenda_of[newest.id]] == ["进度", "各部门职责"]


def test_a_series_that_began_in_a_month_whose_duties_were_talked_about_has_them_in_the_next() -> None:
    board = do(office(), "CallMeeting", c.wang, id=950, kind="progress", card=c.card, starts=T0 + 2 * DAY)
    assert board.agenda_of[950][-1].monthly
    plan = {"card": c.card, "starts": T0 + 7 * DAY, "agenda": [{"title": "进度"}]}
    board = do(board, "PlanRegular", c.wang, **plan)
    (first,) = series_of(board.meetings.values())
    board = do(board, "CancelMeeting", c.wang, meeting=first.id, reason="出差")
    board = do(board, "PlanRegular", c.wang, card=c.card, starts=T0 + 28 * DAY)
    newest = series_of(board.meetings.values())[-1]
    assert [each.title for each in board.agenda_of[newest.id]] == ["进度", "Duties of each department"]


def test_a_series_begun_anew_goes_on_though_the_one_before_reached_further() -> None:
    board = planned()
    first = next(iter(board.meetings.values()))
    later = {"card": c.card, "starts": first.starts + 28 * DAY}
    board = do(board, "HoldMeeting", c.wang, first.starts + HOUR, meeting=first.id)
    board = do(board, "PlanRegular", c.wang, first.starts + HOUR, **later)
    (ahead,) = [each for each in board.meetings.values() if each.state == "notice"]
    stop = {"meeting": ahead.id, "reason": "改为每周", "series": True}
    board = do(board, "CancelMeeting", c.wang, first.starts + 2 * HOUR, **stop)
    assert plans(board) == []
    anew = {"card": c.card, "starts": first.starts + 7 * DAY}
    board = do(board, "PlanRegular", c.wang, first.starts + 3 * HOUR, **anew)
    (begun,) = series_of(board.meetings.values())
    assert begun.starts == anew["starts"]
    board = do(board, "HoldMeeting", c.wang, begun.starts + HOUR, meeting=begun.id)
    assert [each.starts for each in plans(board)] == [begun.starts + 7 * DAY]


def test_a_meeting_that_was_moved_is_not_planned_again_where_it_was() -> None:
    board = planned()
    first = next(iter(board.meetings.values()))
    board = do(board, "EditMeeting", c.wang, meeting=first.id, fields={"starts": first.starts - DAY})
    board = do(board, "HoldMeeting", c.wang, first.starts, meeting=first.id)
    (plan,) = plans(board)
    assert local(plan.starts) == "10-23 16:00"


def test_a_series_that_was_ended_plans_no_more() -> None:
    board = planned()
    first = next(iter(board.meetings))
    assert plans(do(board, "CancelMeeting", c.wang, meeting=first, reason="x"))
    assert not plans(do(board, "CancelMeeting", c.wang, meeting=first, reason="x", series=True))


def test_a_card_without_a_series_plans_nothing() -> None:
    assert plans(drafted()) == []
