"""Raising issues and moving them on, typed press by press."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot

from store.records import Issue
from tests.store.builders import DAY, HOUR, T0, Cast, do, office
from tests.tui.deck import Deck, running, typed, until
from tests.tui.issue_boards import queue_board
from tui.drafts import Drafts
from tui.screens import base
from tui.screens.base import DeckScreen, Ref
from tui.widgets.lines import Lines

Running = AbstractAsyncContextManager[tuple[Deck, Pilot[int]]]
PLAN: Ref = ("subtasks", Cast.plan)
CARD: Ref = ("cards", Cast.card)


class OnRecord(DeckScreen):
    """A screen whose cursor stands on one record."""

    CSS_PATH = str(Path(base.__file__).with_name("base.tcss"))  # Textual looks beside the subclass
    AUTO_FOCUS = ""

    def __init__(self, ref: Ref) -> None:
        super().__init__()
        self.ref = ref

    def compose_body(self) -> ComposeResult:
        body = Lines()
        body.styles.height = "1fr"
        yield body

    def current(self) -> Ref | None:
        return self.ref

    def add_table(self) -> str:
        return "issues"


async def on(app: Deck, pilot: Pilot[int], ref: Ref) -> None:
    """A screen with the cursor on `ref` in front."""
    app.push_screen(OnRecord(ref))
    await until(pilot, lambda: isinstance(app.screen, OnRecord) and app.screen.panel.is_attached)


def newest(app: Deck) -> Issue:
    assert app.state is not None
    return max(app.state.board.issues.values(), key=lambda issue: issue.raised_at)


def issues(app: Deck) -> int:
    assert app.state is not None
    return len(app.state.board.issues)


# Raising ----------------------------------------------------------------------------------------------


async def test_a_blocked_report_of_four_parts(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, PLAN)
        await pilot.press("b")
        assert app.heading.split() == ["blocked", "Q4营销-2026-001-01", "渠道激励方案初稿", "Q4营销活动筹备"]
        assert app.message.startswith("what / impact / tried / support needed @department")
        await typed(pilot, "数据缺失 / 推迟 2 天 / 催过 / 渠道数据 @市场部\n")
        await until(pilot, lambda: issues(app) == 1)
        found = newest(app)
        assert (found.what, found.impact, found.tried) == ("数据缺失", "推迟 2 天", "催过")
        assert (found.needed, found.department, found.owner) == ("渠道数据 @市场部", Cast.market, Cast.wang)
        assert app.state is not None
        assert app.state.board.subtasks[Cast.plan].status == "blocked"
        assert not app.front.panel.is_open


async def test_all_four_or_refused(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, PLAN)
        await typed(pilot, "b数据缺失 / 推迟")
        echo = (
            "✓ what 数据缺失  ✓ impact 推迟  ? tried  ? needs  A blocked report needs all four: tried, needs is empty."
        )
        assert app.message == echo
        await typed(pilot, "\n")
        assert app.message == "Error A blocked report needs all four: tried, needs is empty."
        assert app.panel_text == "数据缺失 / 推迟"
        assert issues(app) == 0


async def test_an_unknown_name_is_refused_with_the_closest(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, PLAN)
        await typed(pilot, "ba / b / c / d @市场\n")
        assert app.message == 'Error Nobody here is called "市场". Did you mean 市场部?'
        assert issues(app) == 0


async def test_the_echo_says_who_is_asked_and_by_when(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, PLAN)
        await typed(pilot, "ba / b / c / d @SJ")
        assert app.message.endswith("asks 设计部, first answer by Sat 10-10 16:55")


async def test_the_same_fields_as_a_form_and_back(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, PLAN)
        await typed(pilot, "ba / b")
        await pilot.press("tab", "tab", "tab")
        await typed(pilot, "c\nd\n")
        await until(pilot, lambda: issues(app) == 1)
        found = newest(app)
        assert (found.what, found.impact, found.tried, found.needed) == ("a", "b", "c", "d")


async def test_esc_keeps_the_line_and_the_same_key_brings_it_back(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, PLAN)
        await typed(pilot, "ba / b")
        await pilot.press("escape")
        assert app.message.startswith("Draft kept (a / b)")
        await pilot.press("b")
        assert app.panel_text == "a / b"
        assert isinstance(app.drafts, Drafts)


async def test_on_a_card_the_subtask_is_chosen_first(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, CARD)
        await pilot.press("b")
        assert app.front.panel.shape == "choice"
        await typed(pilot, "主视觉\n")
        assert "主视觉设计" in app.heading
        await typed(pilot, "a / b / c / d\n")
        await until(pilot, lambda: issues(app) == 1)
        assert newest(app).subtask == Cast.poster


async def test_a_warning_may_be_about_the_whole_card(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, CARD)
        await typed(pilot, "wwhole\n")
        await typed(pilot, "人手不够 / 出差 / 全部 / 借人\n")
        await until(pilot, lambda: issues(app) == 1)
        found = newest(app)
        assert (found.kind, found.card, found.subtask, found.solution) == ("warning", Cast.card, None, "借人")


@pytest.mark.parametrize("key", ["b", "w", "D"])
async def test_nothing_is_raised_on_a_draft(tmp_path: Path, key: str) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, ("cards", Cast.draft))
        await pilot.press(key)
        assert app.message.endswith("is draft: issues are raised once it circulates.")
        assert not app.front.panel.is_open


async def test_a_dispute_in_one_line(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, PLAN)
        await typed(pilot, "D物料费用 @销售部 市场出 @市场部 销售出\n")
        await until(pilot, lambda: issues(app) == 1)
        found = newest(app)
        assert (found.kind, found.over, found.subtask) == ("dispute", "物料费用", Cast.plan)
        assert [(p.department, p.text) for p in found.positions] == [(Cast.sales, "市场出"), (Cast.market, "销售出")]


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("费用 @销售部 市场出", "A dispute needs both sides: department 2, position 2 is empty."),
        ("费用 @销售部 a @市场部 b @设计部 c", "A dispute is between two departments."),
        ("费用 @销售部 a @张岚 b", "张岚 is in no department. Name the department."),
        ("费用 @XS a @销售部 b", "A dispute is between two departments."),
    ],
)
async def test_a_dispute_that_is_none(tmp_path: Path, line: str, refusal: str) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, CARD)
        await typed(pilot, f"D{line}\n")
        await until(pilot, lambda: app.message == f"Error {refusal}")
        assert issues(app) == 0


async def test_a_in_the_queue_asks_kind_then_place(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("3")
        await typed(pilot, "a")
        assert app.front.panel.shape == "choice"
        await typed(pilot, "warn\n")
        await typed(pilot, "方案\n")
        await typed(pilot, "a / b / c / d\n")
        await until(pilot, lambda: issues(app) == 1)
        assert (newest(app).kind, newest(app).subtask) == ("warning", Cast.plan)


async def test_a_progress_line_raises_a_blocked_report_and_goes_on(tmp_path: Path) -> None:
    board = do(office(), "AddSubtask", Cast.wang, T0 - 9 * DAY, id=44, card=Cast.card, name="场地", owner=Cast.li,
               planned_start=T0 - 9 * DAY, planned_finish=T0 + DAY)  # fmt: skip
    async with running(board, tmp_path, me="李强") as (app, pilot):
        await pilot.press("p")
        first = app.heading
        await typed(pilot, "70 初稿 !! 字体授权未到\n")
        await until(pilot, lambda: app.heading.startswith("blocked"))
        assert app.panel_text == "字体授权未到 / "
        await typed(pilot, "推迟 / 催过 / 授权\n")
        await until(pilot, lambda: issues(app) == 1 and app.heading.startswith("progress"))
        assert app.heading != first
        assert (newest(app).what, newest(app).needed) == ("字体授权未到", "授权")


# Moving on --------------------------------------------------------------------------------------------


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
        from store.operations.queue import Escalate

        app.record([Escalate(issue=105, reason="anderswo")])
        await until(pilot, lambda: on_queue.issue(105).tier == 2)
        await typed(pilot, "\n")
        await until(pilot, lambda: "This moved to tier 2 a moment ago" in app.message)
        assert on_queue.issue(105).tier == 2
        assert app.panel_text == "reason"


async def test_x_on_a_card_asks_which_issue(queue: Running) -> None:
    async with queue as (app, pilot):
        await on(app, pilot, CARD)
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


async def test_only_what_is_acknowledged_can_be_snoozed(queue: Running) -> None:
    async with queue as (app, pilot):
        await Queue(app, pilot).at(101)
        await pilot.press("Z")
        assert app.message == "I-001 is open; this needs acknowledged."
        assert not app.front.panel.is_open
