"""`: people`, `a` on an empty departments screen; `: incident` and a report that is only noted; hints that pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.board import Board
from tests.store.builders import HOUR, T0, Cast, do, empty_board, office
from tests.tui.deck import Deck, running, typed, until
from tests.tui.on_record import on
from tui.verbs.people import read_department, read_person

c = Cast
PLAN = ("subtasks", c.plan)


def fresh() -> Board:
    """A board as `crossdeck init` leaves it: one person."""
    return do(empty_board(), "AddPerson", id=c.wang, name="王敏", logins=["u11"])


def shown(app: Deck) -> Board:
    assert app.state is not None
    return app.state.board


def test_a_department_and_a_person_in_one_line() -> None:
    assert read_department("Sales XS @J. Meyer") == {"name": "Sales", "code": "XS", "head": "J. Meyer"}
    assert read_department("Public Relations") == {"name": "Public Relations", "code": "", "head": ""}
    assert read_department("法务部 FW ＠吴倩") == {"name": "法务部", "code": "FW", "head": "吴倩"}
    assert read_person("J. Meyer @Public Relations jm j.meyer", ["Public Relations"]) == {
        "name": "J. Meyer",
        "department": "Public Relations",
        "logins": "jm j.meyer",
    }


async def test_a_new_board_gets_its_departments_and_people_in_the_dashboard(tmp_path: Path) -> None:
    async with running(fresh(), tmp_path) as (app, pilot):
        assert "First the departments: 2, then a." in "\n".join(app.screen_text)
        await pilot.press("d")
        assert app.message == "d step: nothing is under the cursor. a adds one."
        await pilot.press("2")
        assert not app.message
        await pilot.press("a")
        await typed(pilot, "Sales XS @J. Meyer\n")
        await until(pilot, lambda: len(shown(app).departments) == 1)
        (sales,) = shown(app).departments.values()
        head = shown(app).people[sales.head or 0]
        assert (sales.name, sales.code, head.name, head.department) == ("Sales", "XS", "J. Meyer", sales.id)
        await typed(pilot, ":people\nnew person\n")
        await typed(pilot, "陈思 @Sales chensi\n")
        await until(pilot, lambda: any(each.logins == ("chensi",) for each in shown(app).people.values()))
        await pilot.press("e")
        await pilot.press("tab", "tab")
        await typed(pilot, "陈思")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: shown(app).departments[sales.id].head != head.id)


@pytest.mark.parametrize("kind", ["stopped", "problem", "risk"])
async def test_what_is_noticed_is_noted_and_its_clock_runs(tmp_path: Path, kind: str) -> None:
    limits = {"stopped": ("report_block", 1), "problem": ("report_problem", 2), "risk": ("report_warning", 24)}
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, PLAN)
        await typed(pilot, ":incident\n")
        await pilot.press(*["down"] * list(limits).index(kind), "enter")
        await typed(pilot, "客户数据没到\n")
        await until(pilot, lambda: shown(app).incidents)
        assert app.state is not None
        (clock,) = [each for each in app.state.book.running if each.table == "incidents"]
        assert (clock.kind, clock.due) == (limits[kind][0], T0 + limits[kind][1] * HOUR)
        await typed(pilot, ":incident\nneeds no\n")
        await typed(pilot, "误报\n")
        await until(pilot, lambda: all(each.closed_at for each in shown(app).incidents.values()))


async def test_a_report_with_its_first_part_alone_is_only_noted_after_a_second_enter(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, PLAN)
        await typed(pilot, "b停线\n")
        await until(pilot, lambda: "Enter again: only note it" in app.message)
        assert not shown(app).incidents
        await pilot.press("enter")
        await until(pilot, lambda: shown(app).incidents)
        assert [(each.kind, each.text) for each in shown(app).incidents.values()] == [("stopped", "停线")]
        assert not shown(app).issues


async def test_two_parts_of_four_are_no_note(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, PLAN)
        await typed(pilot, "b停线 / 推迟\n")
        await until(pilot, lambda: "needs all four" in app.message)
        assert "Enter again" not in app.message


async def test_a_on_a_department_without_any_card_offers_a_card_and_another_department(tmp_path: Path) -> None:
    board = do(fresh(), "AddDepartment", c.wang, id=c.market, name="市场部")
    async with running(board, tmp_path, size=(120, 40)) as (app, pilot):
        await pilot.press("2")
        await until(pilot, lambda: app.front.current() is not None)
        await pilot.press("a")
        lines = "\n".join(app.screen_text)
        assert "new card" in lines
        assert "new department" in lines
        await typed(pilot, "department\n")
        await typed(pilot, "销售部 XS\n")
        await until(pilot, lambda: len(shown(app).departments) == 2)
