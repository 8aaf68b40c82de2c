"""Issues on their way: acknowledged, escalated, resolved, snoozed; typed press by press."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.operations.queue import Escalate
from store.records import Issue
from tests.store.builders import DAY, HOUR, T0, Cast, do
from tests.tui.boards import at
from tests.tui.deck import Deck, running, typed, until
from tests.tui.issue_boards import queue_board
from tests.tui.on_record import on

Running = AbstractAsyncContextManager[tuple[Deck, Pilot[int]]]


class Queue:
    """The queue with its six issues, open in the dashboard of wang."""

    def __init__(self, app: Deck, pilot: Pilot[int]) -> None:
        self.app, self.pilot = app, pilot

    def issue(self, number: int) -> Issue:
        assert self.app.state is not None
        return self.app.state.board.issues[number]

    async def at(self, number: int) -> None:
        await self.pilot.press("3")
        await until(self.pilot, lambda: self.app.list.record_table == "issues" and len(self.app.list.rows) == 6)
        self.app.list.table.move_to(number)


@pytest.fixture
def queue(tmp_path: Path) -> Running:
    return running(queue_board(), tmp_path)


async def test_acknowledged_with_a_sentence_is_a_response(queue: Running) -> None:
    async with queue as (app, pilot):
        on_queue = Queue(app, pilot)
        await on_queue.at(101)
        await pilot.press("t")
        assert app.heading.split() == ["take", "I-001", "渠道数据缺失,", "主文案不能定稿", "as", "王敏"]
        assert app.message == "What will you do? Enter alone: seen only, the response clock runs on."
        await typed(pilot, "今天下班前给\n")
        await until(pilot, lambda: on_queue.issue(101).state == "acknowledged")
        assert on_queue.issue(101).responded_at == T0


async def test_enter_alone_is_seen_only(queue: Running) -> None:
    async with queue as (app, pilot):
        on_queue = Queue(app, pilot)
        await on_queue.at(101)
        await typed(pilot, "t\n")
        await until(pilot, lambda: on_queue.issue(101).state == "acknowledged")
        assert on_queue.issue(101).responded_at is None


async def test_marked_issues_are_taken_together_and_the_marks_go(queue: Running) -> None:
    async with queue as (app, pilot):
        on_queue = Queue(app, pilot)
        await on_queue.at(101)
        await pilot.press("v", "v", "v", "t")
        assert app.heading.split("  ")[1] == "3 issues: I-001, I-002, I-003"
        await typed(pilot, "一起处理\n")
        await until(pilot, lambda: all(on_queue.issue(n).responded_at == T0 for n in (101, 102, 103)))
        assert on_queue.issue(104).state == "open"
        assert app.list.table.marked_ids() == []


async def test_escalated_from_the_tier_that_was_shown(queue: Running) -> None:
    async with queue as (app, pilot):
        on_queue = Queue(app, pilot)
        await on_queue.at(105)
        await pilot.press("x")
        assert "#-- 1/3 > ##- 2/3: 张岚" in app.heading
        await typed(pilot, "\n")
        assert app.message == "Error reason is empty. Nothing recorded."
        await typed(pilot, "两周没谈拢\n")
        await until(pilot, lambda: on_queue.issue(105).tier == 2)


async def test_a_tier_that_moved_meanwhile_refuses(queue: Running) -> None:
    async with queue as (app, pilot):
        on_queue = Queue(app, pilot)
        await on_queue.at(105)
        await typed(pilot, "xreason")
        app.record([Escalate(issue=105, reason="anderswo")])
        await until(pilot, lambda: on_queue.issue(105).tier == 2)
        await typed(pilot, "\n")
        await until(pilot, lambda: "This moved to tier 2 a moment ago" in app.message)
        assert on_queue.issue(105).tier == 2
        assert app.panel_text == "reason"


async def test_x_on_a_card_asks_which_issue(queue: Running) -> None:
    async with queue as (app, pilot):
        await on(app, pilot, ("cards", Cast.card))
        await typed(pilot, "x讲师\n")
        assert app.heading.startswith("escalate  I-002")


async def test_x_on_a_subtask_takes_its_only_issue(queue: Running) -> None:
    async with queue as (app, pilot):
        await on(app, pilot, ("subtasks", Cast.poster))
        await pilot.press("x")
        assert app.heading.startswith("escalate  I-001")
        await pilot.press("escape")
        await on(app, pilot, ("subtasks", Cast.idle))
        await pilot.press("x")
        assert app.message == "Nothing here waits for your escalate."


async def test_resolved_in_one_line(queue: Running) -> None:
    async with queue as (app, pilot):
        on_queue = Queue(app, pilot)
        await on_queue.at(102)
        await pilot.press("d")
        assert app.message.startswith("decision @who <due   else 市场部, Tue 10-13 18:00 (4d 02h)")
        await typed(pilot, "改到下周三 @J. Meyer <10-10 12:00")
        assert app.message == "销售部 J. Meyer | due Sat 10-10 12:00 (make-up day, 19h 05m) | 改到下周三"
        await typed(pilot, "\n")
        await until(pilot, lambda: on_queue.issue(102).state == "resolved")
        found = on_queue.issue(102)
        assert (found.decision, found.resolution_owner) == ("改到下周三", Cast.mei)
        assert (found.resolution_department, found.resolution_due) == (Cast.sales, T0 + 19 * HOUR + 300)


async def test_department_and_due_stand_where_nobody_says_otherwise(queue: Running) -> None:
    async with queue as (app, pilot):
        on_queue = Queue(app, pilot)
        await on_queue.at(102)
        await typed(pilot, "d改期")
        assert app.message.endswith("Resolving needs all four: owner is empty.")
        await typed(pilot, "\n")
        assert on_queue.issue(102).state == "open"
        await typed(pilot, " @张岚\n")
        await until(pilot, lambda: on_queue.issue(102).state == "resolved")
        found = on_queue.issue(102)
        assert (found.resolution_department, found.resolution_owner) == (Cast.market, Cast.zhang)


async def test_a_date_nobody_understands_is_refused(queue: Running) -> None:
    async with queue as (app, pilot):
        on_queue = Queue(app, pilot)
        await on_queue.at(102)
        await typed(pilot, "d改期 @孙悦 <十月中旬\n")
        assert app.message.startswith('Error "十月中旬" is not a date.')
        assert on_queue.issue(102).state == "open"


async def test_a_resolved_blocked_report_offers_to_go_on(queue: Running) -> None:
    async with queue as (app, pilot):
        on_queue = Queue(app, pilot)
        await on_queue.at(101)
        await typed(pilot, "d今天给数据 @孙悦\n")
        await until(pilot, lambda: app.message == "主视觉设计 back in progress? Enter yes, Esc no.")
        assert app.state is not None
        assert app.state.board.subtasks[Cast.poster].status == "blocked"
        await pilot.press("enter")
        await until(pilot, lambda: app.state and app.state.board.subtasks[Cast.poster].status == "in_progress")
        assert not app.front.panel.is_open


async def test_only_the_executive_rules_in_tier_3(tmp_path: Path) -> None:
    board = do(queue_board(), "Escalate", Cast.mei, issue=106, reason="谈不拢")
    board = do(board, "SetSetting", Cast.wang, key="administrator", value=Cast.fang)
    async with running(board, tmp_path) as (app, pilot):
        await Queue(app, pilot).at(106)
        await pilot.press("d")
        assert app.message == "Only executive can do this: 张岚."
        assert not app.front.panel.is_open
    async with running(board, tmp_path, me="张岚") as (app, pilot):
        on_queue = Queue(app, pilot)
        await on_queue.at(106)
        await pilot.press("d")
        assert app.heading.startswith("rule on  I-006")
        await typed(pilot, "归市场部 @王敏\n")
        await until(pilot, lambda: on_queue.issue(106).state == "resolved")


async def test_what_was_decided_is_done(tmp_path: Path) -> None:
    board = do(queue_board(), "Resolve", Cast.wang, issue=102, decision="改期", department=Cast.market,
               owner=Cast.sun, due=T0 + DAY)  # fmt: skip
    async with running(board, tmp_path) as (app, pilot):
        await on(app, pilot, ("issues", 102))
        await typed(pilot, "d\n")
        await until(pilot, lambda: app.state and app.state.board.issues[102].resolution_done_at == T0)


async def test_a_follow_up_needs_words(queue: Running) -> None:
    async with queue as (app, pilot):
        on_queue = Queue(app, pilot)
        await on_queue.at(101)
        await typed(pilot, "c\n")
        assert app.message == "Error note is empty. Nothing recorded."
        await typed(pilot, "仍缺 2 个省\n")
        await until(pilot, lambda: on_queue.issue(101).responded_at == T0)


async def test_everybody_has_it_in_writing(queue: Running) -> None:
    async with queue as (app, pilot):
        on_queue = Queue(app, pilot)
        await on_queue.at(101)
        await typed(pilot, "S\n")
        await until(pilot, lambda: on_queue.issue(101).notified_at == T0)


async def test_snoozed_until_a_time_with_a_reason(queue: Running) -> None:
    async with queue as (app, pilot):
        on_queue = Queue(app, pilot)
        await on_queue.at(105)
        await typed(pilot, "Z10-12 09:00 等人事部")
        assert app.message == "until Mon 10-12 09:00 (2d 17h) | reason 等人事部"
        await typed(pilot, "\n")
        await until(pilot, lambda: on_queue.issue(105).snoozed_until is not None)
        assert on_queue.issue(105).snooze_reason == "等人事部"


@pytest.mark.parametrize(("typed_day", "opens"), [("明天", "2026-10-10 09:00"), ("10-11", "2026-10-12 09:00")])
async def test_a_day_without_a_time_is_the_opening_of_the_working_day(
    queue: Running, typed_day: str, opens: str
) -> None:
    async with queue as (app, pilot):
        on_queue = Queue(app, pilot)
        await on_queue.at(105)
        await typed(pilot, f"Z{typed_day} 等人事部\n")
        await until(pilot, lambda: on_queue.issue(105).snoozed_until == at(opens))


async def test_only_what_is_acknowledged_can_be_snoozed(queue: Running) -> None:
    async with queue as (app, pilot):
        await Queue(app, pilot).at(101)
        await pilot.press("Z")
        assert app.message == "I-001 is open; this needs acknowledged."
        assert not app.front.panel.is_open
