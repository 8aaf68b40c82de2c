"""Scenarios of the templates, to the minute: T3's stopped production line, T2's ladder over the 2026 National Day.

China 2026: 1 to 7 October are off, Sat 10 October is a make-up working day; so is Sun 20 September.
"""

from __future__ import annotations

import pytest

from store.board import Board
from store.chores import NEVER, Chores
from store.rules.clock_book import clock_book
from store.rules.clocks import Clock, state
from store.rules.lateness import reported
from store.views.queue import queue
from store.views.state import BoardState
from tests.store.builders import Cast, do, empty_board, office, refused, run, stamp
from tests.store.clock_helpers import at, working

c = Cast
LINE, REPORT, LADDER = 700, 701, 702


def factory() -> Board:
    """The office's card with a subtask of the design department, which owns the production line for this test."""
    board = office()
    return do(
        board, "AddSubtask", c.wang, at("2026-09-21 10:00"), id=LINE, card=c.card, name="3号线试产", owner=c.chen,
        department=c.design, planned_start=at("2026-09-21 09:00"), planned_finish=at("2026-10-30 18:00"),
    )  # fmt: skip


def clocks(board: Board, table: str, subject: int) -> dict[str, Clock]:
    """The open clocks of a record by kind."""
    book = clock_book(board, working())
    return {clock.kind: clock for clock in book.open_of(c.card) if (clock.table, clock.subject) == (table, subject)}


def test_t3_a_stopped_line_is_reported_within_1_h_answered_within_24_h_followed_up_at_17_00() -> None:
    # Wed 30 Sep 15:10 the line stops; it is noted, not reported.
    board = do(factory(), "Notice", c.chen, at("2026-09-30 15:12"), id=600, subtask=LINE, kind="stopped",
               text="3号线停机", since=at("2026-09-30 15:10"))  # fmt: skip
    asked = clocks(board, "incidents", 600)["report_block"]
    assert (asked.due, asked.who) == (at("2026-09-30 16:10"), (c.chen,))
    # At 16:40 the report comes: 30 minutes late, all four or it is not filed.
    four = {"what": "3号线停机", "impact": "试产推迟 2 天", "tried": "已重启 2 次", "needed": "销售部协调备件"}
    now = at("2026-09-30 16:40")
    for left_out in four:
        bare = four | {left_out: ""}
        assert refused(board, "RaiseBlocked", c.chen, now, subtask=LINE, department=c.sales, **bare) == "refuse.block"
    board = do(board, "RaiseBlocked", c.chen, now, id=REPORT, subtask=LINE, department=c.sales, **four)
    issue = board.issues[REPORT]
    found = reported(clock_book(board, working()).facts.spans, issue)
    assert found is not None
    assert (found.since, found.due, found.late) == (at("2026-09-30 15:10"), at("2026-09-30 16:10"), 30 * 60)
    assert board.subtasks[LINE].status == "blocked"
    assert not clocks(board, "incidents", 600)
    # 24 elapsed hours for the first answer, over the holiday: a due on a day off is kept.
    running = clocks(board, "issues", REPORT)
    assert (running["response"].due, running["response"].who) == (at("2026-10-01 16:40"), (c.wang,))
    # The daily note: the working day after raising is Thu 8 October.
    assert running["follow_up"].due == at("2026-10-08 17:00")
    # A bare acknowledge is no response; one with a sentence is.
    board = do(board, "Acknowledge", c.wang, at("2026-09-30 17:30"), issue=REPORT)
    assert "response" in clocks(board, "issues", REPORT)
    board = do(board, "Acknowledge", c.wang, at("2026-09-30 17:45"), issue=REPORT, text="备件 10-08 上午到")
    assert "response" not in clocks(board, "issues", REPORT)
    # A note on the 8th serves that day, the next is the 9th, then Sat 10 (make-up), Mon 12.
    for day, following in (("08", "09"), ("09", "10"), ("10", "12")):
        board = do(board, "FollowUp", c.wang, at(f"2026-10-{day} 16:30"), issue=REPORT, text="仍停机")
        assert clocks(board, "issues", REPORT)["follow_up"].due == at(f"2026-10-{following} 17:00")
    # Silent past the 12th: acknowledged is not resolved, it comes back on top.
    state_now = BoardState(board, working(), me=c.wang)
    row = state_now.issue_rows[REPORT]
    assert not row.gone_silent(at("2026-10-12 17:00"))
    assert row.gone_silent(at("2026-10-12 17:01"))
    assert queue(state_now, at("2026-10-12 17:01"), "tier")[0].id == REPORT
    # Resolved: no follow-up any more, the decision's own due runs, its subtask can go on.
    board = do(board, "Resolve", c.wang, at("2026-10-13 09:00"), issue=REPORT, decision="换备用主轴",
               department=c.sales, owner=c.li, due=at("2026-10-14 18:00"))  # fmt: skip
    assert set(clocks(board, "issues", REPORT)) == {"resolution"}
    assert clocks(board, "issues", REPORT)["resolution"].due == at("2026-10-14 18:00")
    board = do(board, "ResumeSubtask", c.chen, at("2026-10-13 09:05"), subtask=LINE)
    assert board.subtasks[LINE].status == "in_progress"


@pytest.mark.parametrize(
    ("raised", "first", "second", "third"),
    [
        # Tue 29 Sep: Wed 30, Thu 8, Fri 9; then Sat 10 (make-up), Mon 12, Tue 13; then Wed 14, Thu 15, Fri 16.
        ("2026-09-29 17:05", "2026-10-09 18:00", "2026-10-13 18:00", "2026-10-16 18:00"),
        # Wed 30 Sep: Thu 8, Fri 9, Sat 10 (make-up); then Mon 12, Tue 13, Wed 14; then Thu 15, Fri 16, Mon 19.
        ("2026-09-30 09:00", "2026-10-10 18:00", "2026-10-14 18:00", "2026-10-19 18:00"),
        # Sat 3 Oct, a day off: it counts from the next working day: Thu 8, Fri 9, Sat 10 (make-up).
        ("2026-10-03 11:00", "2026-10-10 18:00", "2026-10-14 18:00", "2026-10-19 18:00"),
        # Sat 10 Oct, a make-up working day: Mon 12, Tue 13, Wed 14.
        ("2026-10-10 08:00", "2026-10-14 18:00", "2026-10-19 18:00", "2026-10-22 18:00"),
    ],
)
def test_t2_the_ladder_over_the_national_day(raised: str, first: str, second: str, third: str) -> None:
    board = do(factory(), "SetSetting", c.wang, key="auto_escalate", value=True)
    sides = [{"department": c.sales, "text": "市场出"}, {"department": c.market, "text": "销售出"}]
    board = do(board, "RaiseDispute", c.li, at(raised), id=LADDER, card=c.card, between=[c.sales, c.market],
               over="物料费用由谁承担", positions=sides)  # fmt: skip
    for tier, (due, who) in enumerate(((first, (c.li, c.wang)), (second, (c.zhang,)), (third, (c.zhang,))), 1):
        clock = clocks(board, "issues", LADDER)["tier"]
        assert board.issues[LADDER].tier == tier
        assert (clock.due, clock.who) == (at(due), who)
        assert state(clock, at(due)) == "running"
        assert state(clock, at(due) + 1) == "breached"
        board = by_itself(board, at(due))
        assert board.issues[LADDER].tier == tier  # at its due to the second it still runs
        board = by_itself(board, at(due) + 1)
    assert board.issues[LADDER].tier == 3  # the executive keeps it, breached
    assert refused(
        board, "Resolve", c.wang, issue=LADDER, decision="各半", department=c.sales, owner=c.li, due=at(third)
    ) == "refuse.role"  # fmt: skip
    ruled = at(third) + 3600
    board = do(board, "Resolve", c.zhang, ruled, id=703, issue=LADDER, decision="各半", department=c.sales, owner=c.li,
               due=ruled + 86_400)  # fmt: skip
    (entry,) = (each for each in board.sync.values() if each.event == "ruling")
    assert {c.li, c.wang, c.chen, c.sun} <= set(entry.recipients)
    assert clocks(board, "sync", entry.id)["notify"].due == ruled + 86_400


def by_itself(board: Board, now: int) -> Board:
    """The board after whoever has it open at `now` moved what ran out there."""
    for operation in Chores(clock_book(board, working())).due(now):
        if operation.subject() == LADDER and not any(operation.check(board, stamp(c.sun, now))):
            board = run(board, operation, c.sun, now)
    return board


def test_an_empty_board_does_nothing_by_itself() -> None:
    assert Chores(clock_book(empty_board(), working())).next_at == NEVER
