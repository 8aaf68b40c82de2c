"""A line has a place for some fields only; what it has no place for stays as it was (screens.md §5, without loss)."""

from __future__ import annotations

from pathlib import Path

from store.board import Board
from store.records import Card, Subtask
from tests.store.builders import Cast, do, office
from tests.tui.deck import Deck, running, typed, until
from tui import i18n
from tui.screens.card import CardScreen

GOALS = {"goal": "销量 5000 台", "priority": "high"}


def board() -> Board:
    """`office` with what the line of a card, and that of a subtask, has no place for."""
    full = do(office(), "EditCard", Cast.wang, card=Cast.card, fields=GOALS)
    return do(full, "EditSubtask", Cast.wang, subtask=Cast.plan, fields={"deliverable": "方案V1.docx"})


def card(app: Deck) -> Card:
    assert app.state is not None
    return app.state.board.cards[Cast.card]


def plan(app: Deck) -> Subtask:
    assert app.state is not None
    return app.state.board.subtasks[Cast.plan]


async def test_a_card_renamed_in_its_line_keeps_all_else(tmp_path: Path) -> None:
    async with running(board(), tmp_path) as (app, pilot):
        before = card(app)
        await pilot.press("e", *["left"] * 40)
        await typed(pilot, "新")
        await pilot.press("enter")
        await until(pilot, lambda: card(app).name == f"新{before.name}")
        assert (card(app).goal, card(app).priority) == (before.goal, before.priority)
        assert (card(app).project, card(app).planned_start) == (before.project, before.planned_start)


async def test_the_form_shows_what_the_line_does_not(tmp_path: Path) -> None:
    async with running(board(), tmp_path) as (app, pilot):
        await pilot.press("e", "tab")
        assert any(line.split() == ["goal", "销量", "5000", "台"] for line in app.screen_text)
        assert any(line.split() == ["priority", "high"] for line in app.screen_text)


async def test_the_form_speaks_the_readers_language(tmp_path: Path) -> None:
    i18n.choose("zh_Hans")
    async with running(board(), tmp_path) as (app, pilot):
        await pilot.press("e", "tab")
        for _ in range(40):
            if app.panel_text == "高":
                break
            await pilot.press("tab")
        assert app.panel_text == "高"
        await pilot.press("backspace")
        await typed(pilot, "低")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: card(app).priority == "low")


async def test_a_field_of_the_form_alone_survives_the_way_back_to_the_line(tmp_path: Path) -> None:
    async with running(board(), tmp_path) as (app, pilot):
        await pilot.press("e", *["tab"] * 5)
        await pilot.press("ctrl+u")
        await typed(pilot, "销量 6000 台")
        await pilot.press(*["shift+tab"] * 5)
        assert app.panel_text.startswith("Q4营销活动筹备 @王敏 <")
        await pilot.press("enter")
        await until(pilot, lambda: card(app).goal == "销量 6000 台")
        assert card(app).priority == "high"


async def test_a_draft_keeps_a_field_of_the_form_alone(tmp_path: Path) -> None:
    async with running(board(), tmp_path) as (app, pilot):
        await pilot.press("a", "enter", "tab", *["tab"] * 3)
        await typed(pilot, "销量翻倍")
        await pilot.press("escape", "a", "enter")
        assert any(line.split() == ["goal", "销量翻倍"] for line in app.screen_text)
        await pilot.press("shift+tab")
        assert app.front.panel.shape == "line"


async def test_a_subtask_renamed_in_its_line_keeps_all_else(tmp_path: Path) -> None:
    async with running(board(), tmp_path) as (app, pilot):
        before = plan(app)
        screen = CardScreen(Cast.card, "work", Cast.plan)
        await app.push_screen(screen)
        await until(pilot, lambda: screen.current() == ("subtasks", Cast.plan))
        await pilot.press("e", *["left"] * 60)
        await typed(pilot, "新")
        await pilot.press("enter")
        await until(pilot, lambda: plan(app).name == f"新{before.name}")
        assert (plan(app).deliverable, plan(app).planned_start) == (before.deliverable, before.planned_start)
        assert (plan(app).owner, plan(app).department) == (before.owner, before.department)


async def test_a_problem_marked_twice_is_still_a_blocked_report_behind_the_form(tmp_path: Path) -> None:
    async with running(board(), tmp_path, me="李强") as (app, pilot):
        await pilot.press("p")
        await until(pilot, lambda: app.heading.startswith("progress"))
        await typed(pilot, "70 初稿 !! 授权未到")
        await pilot.press("tab", "tab")
        await typed(pilot, "完")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.heading.startswith("blocked"))
        assert "授权未到" in app.panel_text
