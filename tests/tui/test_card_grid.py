"""The division of work on the card's screen: the RACI grid cell by cell, its lint, what hangs on a subtask."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.board import Board
from store.operations.raci import letter_id
from tests.store.builders import DAY, T0, Cast, do, office
from tests.tui.deck import Deck, running, typed, until
from tui.cells import width
from tui.screens.card import CardScreen

c = Cast


@cache
def lettered() -> Board:
    """`office` with letters on the plan, an input of it, and support asked of the market department."""
    board = do(office(), "SetLetters", c.wang, subtask=c.plan, department=c.sales, letters="AR")
    board = do(
        board, "AddInput", c.wang, id=801, subtask=c.plan, what="渠道数据", department=c.market, due=T0 + 2 * DAY
    )
    return do(board, "AskSupport", c.li, id=802, subtask=c.plan, department=c.market, text="核价")


@asynccontextmanager
async def work(
    folder: Path, *, size: tuple[int, int] = (120, 40), me: str = "王敏", subtask: int = c.plan
) -> AsyncIterator[tuple[Deck, Pilot[int], CardScreen]]:
    async with running(lettered(), folder, size=size, me=me) as (app, pilot):
        screen = CardScreen(c.card, "work", subtask)
        await app.push_screen(screen)
        await until(pilot, lambda: screen.head.lines and screen.active.has_focus)
        await until(pilot, lambda: screen.current() == ("subtasks", subtask))
        yield app, pilot, screen


def row(app: Deck, name: str) -> str:
    return next(line for line in app.screen_text if name in line and not line.startswith(("--", " ✗")))


def letters(app: Deck, subtask: int, department: int) -> str:
    assert app.state is not None
    found = app.state.board.letters.get(letter_id(subtask, department, None))
    return found.letters if found else ""


async def test_the_grid_stands_beside_the_division_and_its_lint_below(tmp_path: Path) -> None:
    async with work(tmp_path) as (app, _pilot, _screen):
        assert app.screen_text[5].rstrip().endswith("市 销 设")
        assert row(app, "渠道激励方案初稿").rstrip().endswith("-  AR -")
        text = "\n".join(app.screen_text)
        assert "completion standard is empty" in text
        assert "RACI: 02, 03 has no A" in text


async def test_a_cell_is_typed_and_the_next_one_follows(tmp_path: Path) -> None:
    async with work(tmp_path) as (app, pilot, screen):
        await pilot.press("l")
        assert screen.grid.holder is not None
        assert ">-" in row(app, "渠道激励方案初稿")
        await pilot.press("e")
        assert app.heading.startswith("RACI  01 渠道激励方案初稿")
        assert "市场部" in app.heading
        await typed(pilot, "c\n")
        await until(pilot, lambda: letters(app, c.plan, c.market) == "C")
        assert "销售部" in app.heading  # the line stays open on the next cell
        assert app.panel_text == "AR"
        await pilot.press("enter")
        await until(pilot, lambda: "设计部" in app.heading)
        await typed(pilot, "i\n")
        await until(pilot, lambda: letters(app, c.plan, c.design) == "I")
        assert letters(app, c.plan, c.sales) == "AR"
        assert app.heading.split()[1] != "01"  # and after the last one on the first of the next row


async def test_another_letter_is_refused_and_the_text_stays(tmp_path: Path) -> None:
    async with work(tmp_path) as (app, pilot, _screen):
        await pilot.press("l", "e")
        await typed(pilot, "RX\n")
        assert '"RX" is not of R, A, C, I.' in app.message
        assert app.panel_text == "RX"
        assert letters(app, c.plan, c.market) == ""


async def test_a_person_may_hold_a_letter_and_gets_a_column(tmp_path: Path) -> None:
    async with work(tmp_path) as (app, pilot, screen):
        await pilot.press("l", "e")
        await typed(pilot, "c @方圆\n")
        await until(pilot, lambda: any(holder.person == c.fang for holder in screen.grid.matrix.holders))
        await pilot.press("escape")
        assert "方圆" in app.screen_text[5]


async def test_h_leaves_the_grid_and_e_is_the_subtasks_form_again(tmp_path: Path) -> None:
    async with work(tmp_path) as (app, pilot, screen):
        await pilot.press("l", "l", "h", "h", "h")
        assert screen.grid.holder is None
        await pilot.press("e")
        assert app.heading.startswith("edit")


@pytest.mark.parametrize("press", ["tab", "l"])
async def test_at_80_columns_the_grid_takes_the_place_of_the_other_columns(tmp_path: Path, press: str) -> None:
    async with work(tmp_path, size=(80, 24)) as (app, pilot, screen):
        assert "owner" in app.screen_text[5]
        assert "市" not in app.screen_text[5]
        await pilot.press(press)
        await until(pilot, lambda: "市 销 设" in app.screen_text[5])
        assert "owner" not in app.screen_text[5]
        assert all(width(line) <= 80 for line in app.screen_text)
        await pilot.press("tab")
        await until(pilot, lambda: "owner" in app.screen_text[5])
        assert screen.grid.holder is None


async def test_t_offers_what_waits_for_my_yes(tmp_path: Path) -> None:
    async with work(tmp_path) as (app, pilot, _screen):
        await pilot.press("t")
        text = "\n".join(app.screen_text)
        assert "received: 渠道数据" in text
        assert "promise support: 核价" in text
        assert "the owner's three questions" not in text
        await typed(pilot, "核价\n")
        await until(pilot, lambda: "promise support" in app.heading)
        await typed(pilot, "明天给\n")
        await until(pilot, lambda: app.state and app.state.board.supports[802].answered_at is not None)
        assert app.state is not None
        assert app.state.board.supports[802].answer == "明天给"


async def test_the_owner_answers_the_three_questions(tmp_path: Path) -> None:
    async with work(tmp_path, me="李强") as (app, pilot, _screen):
        await pilot.press("t")
        await typed(pilot, "three\n")
        await until(pilot, lambda: "three questions" in app.heading)
        await typed(pilot, "\n")
        for _ in "yes":
            await pilot.press("backspace")
        await typed(pilot, "no\n\n")
        await until(pilot, lambda: app.state and app.state.board.subtasks[c.plan].answered_at is not None)
        assert app.state is not None
        assert app.state.board.subtasks[c.plan].answers == ("task", "dependencies")


async def test_below_a_subtask_an_input_is_asked_for_in_one_line(tmp_path: Path) -> None:
    async with work(tmp_path, me="李强") as (app, pilot, _screen):
        await pilot.press("A", "enter")
        await until(pilot, lambda: app.heading.startswith("input"))
        await typed(pilot, "品牌规范 @设计部 <10-13 12:00\n")
        await until(pilot, lambda: app.state and len(app.state.board.inputs_of[c.plan]) == 2)
        assert app.state is not None
        found = {each.what: each.department for each in app.state.board.inputs_of[c.plan]}
        assert found["品牌规范"] == c.design


async def test_d_hands_over_and_registers_what_says_where_it_lies(tmp_path: Path) -> None:
    async with work(tmp_path, me="李强") as (app, pilot, _screen):
        await pilot.press("d")
        await typed(pilot, "方案V1.docx =s:/方案V1.docx\n")
        await until(pilot, lambda: app.state and app.state.board.subtasks[c.plan].status == "awaiting_acceptance")
        assert app.state is not None
        subtask = app.state.board.subtasks[c.plan]
        assert (subtask.deliverable, subtask.registered_at) == ("方案V1.docx", T0)
