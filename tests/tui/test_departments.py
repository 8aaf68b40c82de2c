"""Departments: two panes, one at 80 columns; keys h l Tab a Enter; what the rows say."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.board import Board
from store.views.departments import departments
from store.views.state import build_state
from tests.store.builders import DAY, T0, Cast, busy, do, empty_board, office
from tests.tui.boards import OWED, owing
from tests.tui.deck import Deck, elsewhere, running, typed, until, written_board
from tui import i18n
from tui.cells import width
from tui.present.departments import department_clocks
from tui.screens.departments import DepartmentsScreen


@pytest.fixture(scope="module")
def board() -> Board:
    return owing()


async def opened(app: Deck, pilot: Pilot[int]) -> DepartmentsScreen:
    """The screen, drawn."""
    await pilot.press("2")
    await until(pilot, lambda: app.front.number == 2 and any("市场部" in line for line in app.screen_text))
    assert isinstance(app.screen, DepartmentsScreen)
    return app.screen


def subtasks(screen: DepartmentsScreen) -> list[str]:
    return [row.name for row in screen.subtasks.window.rows]


async def test_a_row_says_how_far_a_department_is(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path) as (app, pilot):
        screen = await opened(app, pilot)
        screen.table.move_to(Cast.sales)
        await until(pilot, lambda: "渠道5" in subtasks(screen))
        at = next(y for y, line in enumerate(app.screen_text) if line[18:].startswith("销售部"))
        first, second, third = (line[:41] for line in app.screen_text[at : at + 3])
        assert first.split()[-3:-1] == ["6", "6!"] or first.split()[-2:] == ["6", "6!"]
        assert "done0 run6 lag0 blk0 late0" in second
        assert "last yesterday 16:" in third
        assert "owes today  陈思 1, 李强 5" in "\n".join(app.screen_text)


async def test_the_right_pane_follows_the_department(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path) as (app, pilot):
        screen = await opened(app, pilot)
        screen.table.move_to(Cast.sales)
        await until(pilot, lambda: subtasks(screen) == ["渠道激励方案初稿", *(f"渠道{n}" for n in range(1, 6))])
        screen.table.move_to(Cast.design)
        await until(pilot, lambda: "主视觉设计" in subtasks(screen))


async def test_h_and_l_walk_the_departments_also_from_the_right_pane(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path) as (app, pilot):
        screen = await opened(app, pilot)
        await pilot.press("tab")
        await until(pilot, lambda: screen.active is screen.subtasks)
        seen = []
        for _ in range(3):
            seen.append(screen.table.cursor_id)
            await pilot.press("l")
        assert set(seen) == {Cast.market, Cast.sales, Cast.design}
        await pilot.press("h", "h", "left")
        assert screen.table.cursor_id == seen[0]


async def test_tab_changes_what_the_verbs_act_on(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path) as (app, pilot):
        screen = await opened(app, pilot)
        screen.table.move_to(Cast.sales)
        await until(pilot, lambda: "渠道5" in subtasks(screen))
        assert app.front.current() == ("departments", Cast.sales)
        assert "b blocked" not in app.screen_text[-1]
        await pilot.press("tab")
        await pilot.press("j")
        assert app.front.current() == ("subtasks", OWED[0])
        assert "b blocked" in app.screen_text[-1]
        await pilot.press("v")
        await pilot.press("v")
        assert app.front.targets() == [("subtasks", OWED[0]), ("subtasks", OWED[1])]
        await pilot.press("tab")
        assert app.front.current() == ("departments", Cast.sales)


async def test_at_80_columns_one_department_fills_the_screen(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path, size=(80, 24)) as (app, pilot):
        screen = await opened(app, pilot)
        assert not screen.table.display
        first = app.screen_text[3]
        assert "1/3" in first
        await pilot.press("l")
        await until(pilot, lambda: "2/3" in app.screen_text[3])
        await pilot.press("l", "l")
        await until(pilot, lambda: "3/3" in app.screen_text[3])
        await pilot.press("tab")
        assert screen.active is screen.subtasks
        await pilot.resize_terminal(120, 40)
        await until(pilot, lambda: screen.table.display)
        await pilot.press("tab")
        assert screen.active is screen.table


def test_late_reports_do_not_push_out_the_clocks_beside_them() -> None:
    board = office()
    for key in range(700, 709):
        board = do(
            board, "AddSubtask", Cast.wang, T0 - 5 * DAY, id=key, card=Cast.card, name=f"渠道{key}", owner=Cast.li,
            planned_start=T0 - 5 * DAY, planned_finish=T0 + 20 * DAY,
        )  # fmt: skip
    board = do(
        board, "AddMilestone", Cast.wang, id=720, card=Cast.card, name="订货会", due=T0 + 9 * DAY, department=Cast.sales
    )
    state = build_state(board, now=T0, me=Cast.wang, cache_dir=None)
    row = next(each for each in departments(state, T0) if each.id == Cast.sales)
    assert "订货会" in "\n".join(line.plain for line in department_clocks(state, row, T0))


@pytest.mark.parametrize(
    ("language", "opened_words", "done_words"),
    [("en", "6 open subtasks", "done in 14 days"), ("zh_Hans", "未完子任务 6", "近14天完成"),
     ("zh_Hant", "未完子任務 6", "近14天完成")],
)  # fmt: skip
async def test_at_80_columns_its_numbers_say_what_they_are(
    board: Board, tmp_path: Path, language: str, opened_words: str, done_words: str
) -> None:
    i18n.choose(language)
    async with running(board, tmp_path, size=(80, 24)) as (app, pilot):
        await opened(app, pilot)
        for _department in range(3):
            if "销售部" not in app.screen_text[3]:
                was = app.screen_text[3]
                await pilot.press("l")
                await until(pilot, lambda: app.screen_text[3] != was)  # noqa: B023
        assert app.screen_text[3].endswith(opened_words)
        assert done_words in app.screen_text[5]


async def test_a_adds_a_subtask_for_the_department(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path) as (app, pilot):
        screen = await opened(app, pilot)
        screen.table.move_to(Cast.sales)
        await pilot.press("a")
        assert app.heading == "new subtask of 销售部 on which card?"
        await typed(pilot, "Q4\n")
        assert "subtask" in app.heading
        await typed(pilot, "门店培训 @李强 <+3wd =名单已确认\n")
        await until(pilot, lambda: "门店培训" in subtasks(screen))
        await until(pilot, lambda: not app.session.store.pending)
    made = next(s for s in written_board(tmp_path / "board.json").subtasks.values() if s.name == "门店培训")
    assert (made.department, made.owner, made.standard) == (Cast.sales, Cast.li, "名单已确认")


async def test_enter_goes_right_and_then_to_the_card(board: Board, tmp_path: Path) -> None:
    async with running(board, tmp_path) as (app, pilot):
        screen = await opened(app, pilot)
        screen.table.move_to(Cast.sales)
        await until(pilot, lambda: "渠道5" in subtasks(screen))
        await pilot.press("enter")
        await until(pilot, lambda: screen.active is screen.subtasks)
        await pilot.press("enter")
        await until(pilot, lambda: len(app.screen_stack) == 2)
        assert type(app.screen).__name__ == "CardScreen"
        await pilot.press("q")
        await until(pilot, lambda: app.screen is screen)


@pytest.mark.parametrize(("place", "key", "first"), [(1, "owed", "销售部"), (2, "name", "市场部")])
async def test_sort(board: Board, tmp_path: Path, place: int, key: str, first: str) -> None:
    async with running(board, tmp_path) as (app, pilot):
        screen = await opened(app, pilot)
        await pilot.press("s", *["down"] * place, "enter")
        assert f"sort {key}" in app.screen_text[2]
        assert screen.table.window.rows[0].name == first


async def test_the_filter_takes_departments(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        screen = await opened(app, pilot)
        await pilot.press("slash")
        await typed(pilot, "销售\n")
        assert [row.name for row in screen.table.window.rows] == ["销售部"]
        assert "1/3" in app.screen_text[2]


async def test_a_colleagues_subtask_appears_and_the_cursor_stays(board: Board, tmp_path: Path) -> None:
    from store.operations.subtasks import AddSubtask

    async with running(board, tmp_path) as (app, pilot):
        screen = await opened(app, pilot)
        screen.table.move_to(Cast.sales)
        await until(pilot, lambda: "渠道5" in subtasks(screen))
        await pilot.press("tab", "j", "j")
        before = screen.subtasks.cursor_id
        early = AddSubtask(card=Cast.card, name="früher", owner=Cast.li, department=Cast.sales, planned_finish=T0 - DAY,
                           planned_start=T0 - 2 * DAY)  # fmt: skip
        elsewhere(tmp_path / "board.json", early, by=Cast.wang)
        app.do_reread()
        await until(pilot, lambda: "früher" in subtasks(screen))
        assert screen.subtasks.cursor_id == before
        assert screen.table.cursor_id == Cast.sales


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_without_departments_the_screen_says_where_they_come_from(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(empty_board(), tmp_path, size=size) as (app, pilot):
        await pilot.press("2")
        await until(pilot, lambda: any("No departments yet." in line for line in app.screen_text))
        for key in ("j", "h", "l", "tab", "space", "enter", "a", "p", "v", "n", "z"):
            await pilot.press(key)
        assert app.is_running


@pytest.mark.parametrize("language", ["en", "zh_Hans", "zh_Hant"])
async def test_panes_are_straight_in_every_language(board: Board, tmp_path: Path, language: str) -> None:
    i18n.choose(language)
    async with running(board, tmp_path, size=(120, 40)) as (app, pilot):
        screen = await opened(app, pilot)
        screen.table.move_to(Cast.sales)
        await until(pilot, lambda: "渠道5" in subtasks(screen))
        for columns in (80, 100, 120, 160, 220):
            await pilot.resize_terminal(columns, 40)
            await until(pilot, lambda: any("渠道5" in line for line in app.screen_text) and app.size.width == columns)  # noqa: B023
            rows = [line for line in app.screen_text if any(f" 渠道{n} " in line for n in range(1, 6)) and "-0" in line]
            starts = {width(line[: line.index(" 渠道")]) for line in rows}
            assert len(starts) == 1, (columns, rows)
            assert [line for line in app.screen_text if width(line) > columns] == []
