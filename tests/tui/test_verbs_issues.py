"""Raising issues, typed press by press."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.records import Issue
from tests.store.builders import DAY, HOUR, T0, Cast, do, office
from tests.tui.deck import Deck, running, typed, until
from tests.tui.on_record import on
from tui.screens.base import Ref

PLAN: Ref = ("subtasks", Cast.plan)
CARD: Ref = ("cards", Cast.card)


def newest(app: Deck) -> Issue:
    assert app.state is not None
    return max(app.state.board.issues.values(), key=lambda issue: issue.raised_at)


def issues(app: Deck) -> int:
    assert app.state is not None
    return len(app.state.board.issues)


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
        await typed(pilot, "c\nd\n13:00\n")
        await until(pilot, lambda: issues(app) == 1)
        found = newest(app)
        assert (found.what, found.impact, found.tried, found.needed) == ("a", "b", "c", "d")
        assert found.since == T0 - 3 * HOUR - 55 * 60


async def test_esc_keeps_the_line_and_the_same_key_brings_it_back(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, PLAN)
        await typed(pilot, "ba / b")
        await pilot.press("escape")
        assert app.message.startswith("Draft kept (a / b)")
        await pilot.press("b")
        assert app.panel_text == "a / b"


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
