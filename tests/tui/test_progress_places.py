"""`p` from every place: which report it asks for first, and what is said where none is owed."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.board import Board
from store.operations.subtasks import VoidSubtask
from tests.store.builders import T0, Busy, Cast, busy, do, empty_board, office
from tests.tui.boards import OWED, owing
from tests.tui.deck import elsewhere, running, typed, until
from tui import i18n
from tui.cells import width

LI = "李强"


@pytest.fixture(scope="module")
def board() -> Board:
    return owing()


async def test_p_on_a_subtask_takes_that_one_and_stays_in_the_department(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("2")
        await until(pilot, lambda: app.front.number == 2 and app.front.current())
        app.list.follow(("subtasks", OWED[3]))
        await pilot.press("tab")
        await until(pilot, lambda: app.front.current() == ("subtasks", OWED[3]))
        await pilot.press("p")
        assert "渠道4" in app.heading
        await typed(pilot, "70\n")
        await until(pilot, lambda: "渠道1" in app.heading)
        assert app.front.subtasks.cursor_id == OWED[0]  # type: ignore[attr-defined]


async def test_p_on_a_department_takes_its_first_owed_report(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me=LI) as (app, pilot):
        await pilot.press("2")
        await until(pilot, lambda: app.front.current() == ("departments", Cast.sales) or app.front.current())
        app.list.table.move_to(Cast.sales)
        await pilot.press("p")
        assert "渠道1" in app.heading


async def test_p_on_an_issue_takes_its_subtask(tmp_path: Path) -> None:
    async with running(busy(), tmp_path, me="陈思") as (app, pilot):
        await pilot.press("3")
        await until(pilot, lambda: app.front.current() is not None)
        app.list.table.move_to(Busy.blocked)
        await pilot.press("p")
        assert "主视觉设计" in app.heading


@pytest.mark.parametrize("screen", ["1", "2", "3", "4", "i"])
async def test_p_from_every_screen_starts_the_owed_reports(board: Board, tmp_path: Path, screen: str) -> None:
    full = do(
        board, "CallMeeting", Cast.wang, id=900, kind="progress", name="例会", card=Cast.card, starts=T0 + 3600,
        chair=Cast.li, agenda=[{"title": "进度"}],
    )  # fmt: skip
    async with running(full, tmp_path, me=LI) as (app, pilot):
        await pilot.press(screen)
        await pilot.pause()
        await pilot.press("p")
        await until(pilot, lambda: "渠道1" in app.heading)


async def test_with_nothing_owed_an_open_subtask_of_the_card_is_offered(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, me="方圆") as (app, pilot):
        await pilot.press("p")
        await until(pilot, lambda: app.heading == "All reports of today are in. Another one of:")
        await typed(pilot, "渠道3")
        await pilot.press("enter")
        assert "渠道3" in app.heading


async def test_p_on_an_empty_board_says_that_nothing_is_owed(tmp_path: Path) -> None:
    empty = do(empty_board(), "AddPerson", 11, id=11, name="王敏")
    async with running(empty, tmp_path) as (app, pilot):
        await pilot.press("p")
        assert app.message == "All reports of today are in."


async def test_a_withdrawn_subtask_is_no_trap(tmp_path: Path) -> None:
    """Somebody else finishes the subtask while its line is open: Enter says so, the text stays."""
    async with running(office(), tmp_path, me=LI) as (app, pilot):
        await pilot.press("p")
        await typed(pilot, "70 初稿")
        elsewhere(tmp_path / "board.json", VoidSubtask(subtask=Cast.plan, reason="entfällt"), by=Cast.wang)
        app.do_reread()
        await until(pilot, lambda: app.state and app.state.board.subtasks[Cast.plan].status == "cancelled")
        await pilot.press("enter")
        await until(pilot, lambda: app.message.startswith("Error"))
        assert app.panel_text == "70 初稿"


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant", "en"])
@pytest.mark.parametrize("columns", [80, 120])
async def test_panel_rows_fit_in_every_language(board: Board, tmp_path: Path, language: str, columns: int) -> None:
    i18n.choose(language)
    async with running(board, tmp_path, me=LI, size=(columns, 24)) as (app, pilot):
        await pilot.press("p")
        await typed(pilot, "65 初稿完成" + "很长的一句话" * 20 + " > 送审 ! 缺渠道数据 @销售部")
        assert [text for text in app.screen_text if width(text) > columns] == []
        assert any(text.startswith(">") for text in app.screen_text[4:-5])  # the row stays in sight
