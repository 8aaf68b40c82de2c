"""Verbs on a subtask: new, edit, hand over, accept, send back, resume, void: typed, recorded, refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.board import Board
from store.records import Subtask
from tests.store.builders import T0, Cast, do, office
from tests.tui.boards import at
from tests.tui.deck import Deck, running, typed, until
from tui.entry import Choice
from tui.screens.departments import DepartmentsScreen


def handed_over() -> Board:
    """`office` with the plan handed over and the poster blocked."""
    board = do(office(), "HandOver", Cast.li, T0 - 60, subtask=Cast.plan, deliverable="方案V1.docx")
    return do(
        board, "RaiseBlocked", Cast.chen, T0 - 60, subtask=Cast.poster, what="缺数据", impact="推迟", tried="催过",
        needed="数据", department=Cast.market,
    )  # fmt: skip


def subtask(app: Deck, key: int) -> Subtask:
    assert app.state is not None
    return app.state.board.subtasks[key]


async def on(app: Deck, pilot: Pilot[int], key: int, press: str) -> None:
    """Press a verb's key on a subtask of the departments' screen."""
    await pilot.press("2")
    await until(pilot, lambda: isinstance(app.screen, DepartmentsScreen) and app.front.current())
    screen = app.screen
    assert isinstance(screen, DepartmentsScreen)
    screen.follow(("subtasks", key))
    screen.subtasks.focus()
    await until(pilot, lambda: app.front.current() == ("subtasks", key))
    await pilot.press(press)


async def test_a_new_one_below_a_card_in_one_line(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("A")
        assert "Q4营销活动筹备" in app.heading
        await typed(pilot, "门店培训 @孙悦 <10-20 =名单已确认")
        assert app.message.startswith("门店培训 | 孙悦 | Tue 10-20 18:00")
        await pilot.press("enter")
        await until(pilot, lambda: app.state and "门店培训" in [s.name for s in app.state.board.subtasks.values()])
        assert app.state is not None
        made = next(s for s in app.state.board.subtasks.values() if s.name == "门店培训")
        assert (made.card, made.owner, made.department) == (Cast.card, Cast.sun, Cast.market)
        assert (made.standard, made.planned_finish) == ("名单已确认", at("2026-10-20 18:00"))


async def test_what_is_missing_stands_in_the_echo(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("A")
        await typed(pilot, "门店培训")
        assert app.message == "门店培训 | missing: owner, finish, completion standard"


async def test_an_edit_goes_through_the_form(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, Cast.plan, "e")
        assert app.panel_text.startswith("渠道激励方案初稿")
        await pilot.press("tab")
        await typed(pilot, "V2")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: subtask(app, Cast.plan).name == "渠道激励方案初稿V2")
        assert subtask(app, Cast.plan).owner == Cast.li
        assert subtask(app, Cast.plan).planned_finish == office().subtasks[Cast.plan].planned_finish


async def test_handed_over_with_the_deliverable(tmp_path: Path) -> None:
    async with running(office(), tmp_path, me="李强") as (app, pilot):
        await on(app, pilot, Cast.plan, "d")
        await typed(pilot, "方案V1.docx\n")
        await until(pilot, lambda: subtask(app, Cast.plan).status == "awaiting_acceptance")
        assert subtask(app, Cast.plan).deliverable == "方案V1.docx"


@pytest.mark.parametrize("key", ["t", "d"])
async def test_the_lead_accepts(tmp_path: Path, key: str) -> None:
    async with running(handed_over(), tmp_path) as (app, pilot):
        await on(app, pilot, Cast.plan, key)
        assert app.message == "Accept 渠道激励方案初稿 as done? Enter yes, Esc no."
        await pilot.press("enter")
        await until(pilot, lambda: subtask(app, Cast.plan).status == "done")


async def test_only_the_lead_accepts(tmp_path: Path) -> None:
    async with running(handed_over(), tmp_path, me="李强") as (app, pilot):
        await on(app, pilot, Cast.plan, "t")
        await pilot.press("enter")
        await until(pilot, lambda: app.message.startswith("Error Only"))
        assert subtask(app, Cast.plan).status == "awaiting_acceptance"


async def test_sent_back_with_a_reason(tmp_path: Path) -> None:
    async with running(handed_over(), tmp_path) as (app, pilot):
        await on(app, pilot, Cast.plan, "T")
        await pilot.press("enter")
        assert app.message == "Error reason is empty. Nothing recorded."
        await typed(pilot, "缺第三档\n")
        await until(pilot, lambda: subtask(app, Cast.plan).status == "in_progress")


async def test_what_blocks_is_resolved_then_the_work_goes_on(tmp_path: Path) -> None:
    async with running(handed_over(), tmp_path, me="陈思") as (app, pilot):
        await on(app, pilot, Cast.poster, "d")
        assert "I-001 缺数据" in app.heading
        await typed(pilot, "今天给数据 @孙悦\n")
        await until(pilot, lambda: app.message == "主视觉设计 back in progress? Enter yes, Esc no.")
        await pilot.press("enter")
        await until(pilot, lambda: subtask(app, Cast.poster).status == "in_progress")


async def test_a_joint_review_says_its_word_and_the_lead_sees_it(tmp_path: Path) -> None:
    board = do(handed_over(), "EditSubtask", Cast.wang, subtask=Cast.plan, fields={"reviewers": [Cast.design]})
    async with running(board, tmp_path, me="方圆") as (app, pilot):
        await on(app, pilot, Cast.plan, "t")
        await until(pilot, lambda: isinstance(app.front.panel.request, Choice))
        await typed(pilot, "joint\n")
        await until(pilot, lambda: app.heading.startswith("joint review"))
        await typed(pilot, "可用\n")
        await until(pilot, lambda: app.state and app.state.board.joint_reviews_of.get(Cast.plan))
        assert app.state is not None
        (word,) = app.state.board.joint_reviews_of[Cast.plan]
        assert (word.department, word.by, word.text, word.agrees) == (Cast.design, Cast.fang, "可用", True)
        board = app.state.board
    async with running(board, tmp_path / "lead") as (app, pilot):
        await on(app, pilot, Cast.plan, "d")
        await until(pilot, lambda: "Joint review: 设计部: agrees" in app.message)


@pytest.mark.parametrize("key", ["t", "T"])
async def test_what_does_not_wait_says_so(tmp_path: Path, key: str) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, Cast.plan, key)
        word = {"t": "take", "T": "object"}[key]
        assert app.message == f"Nothing here waits for your {word}."


async def test_void_takes_the_last_digits_and_a_reason(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, Cast.idle, "X")
        last = subtask(app, Cast.idle).number[-3:].lstrip("-")
        await typed(pilot, f"{last}\n")
        assert app.message.startswith("Error Type")
        await typed(pilot, " entfällt\n")
        await until(pilot, lambda: subtask(app, Cast.idle).status == "cancelled")


async def test_esc_keeps_every_draft_apart(tmp_path: Path) -> None:
    async with running(office(), tmp_path, me="李强") as (app, pilot):
        await on(app, pilot, Cast.plan, "c")
        await typed(pilot, "eins")
        await pilot.press("escape")
        await on(app, pilot, Cast.plan, "d")
        await typed(pilot, "zwei")
        await pilot.press("escape")
        await on(app, pilot, Cast.plan, "c")
        assert app.panel_text == "eins"
        await pilot.press("escape")
        await on(app, pilot, Cast.poster, "c")
        assert app.panel_text == ""
        await pilot.press("escape")
        await on(app, pilot, Cast.plan, "d")
        assert app.panel_text == "zwei"
