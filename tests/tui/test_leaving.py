"""`X` on a department and `: people`: what still hangs on it is shown, and who takes it over is asked."""

from __future__ import annotations

from pathlib import Path

from store.board import Board
from tests.store.builders import Cast, busy, do
from tests.tui.deck import Deck, running, typed, until
from tui.entry import Choice

c = Cast


def board() -> Board:
    """`busy` and a department nobody works in yet."""
    return do(busy(), "AddDepartment", c.wang, id=24, name="渠道部", head=c.fang)


def shown(app: Deck) -> list[str]:
    """The lines of the choice in the panel."""
    request = app.front.panel.request
    return [option.label.plain for option in request.options] if isinstance(request, Choice) else []


async def test_a_department_closes_and_another_takes_over(tmp_path: Path) -> None:
    async with running(board(), tmp_path) as (app, pilot):
        await typed(pilot, "2")
        await until(pilot, lambda: app.front.current() is not None)
        app.front.follow(("departments", c.sales))
        await typed(pilot, "X")
        await until(pilot, lambda: shown(app)[:1] == ["close department 销售部"])
        assert shown(app) == ["close department 销售部", "李强 leaves", "J. Meyer leaves"]
        await pilot.press("enter")
        await until(pilot, lambda: "still hang on it" in app.heading)
        assert any("渠道激励方案初稿" in line and "department" in line for line in shown(app))
        await pilot.press("enter")
        await typed(pilot, "销售部")
        await until(pilot, lambda: "销售部 cannot take this over" in "\n".join(app.screen_text))
        await pilot.press("ctrl+u")
        await typed(pilot, "渠道部")
        await until(pilot, lambda: "渠道部 takes over" in "\n".join(app.screen_text))
        await pilot.press("enter")
        await until(pilot, lambda: app.state is not None and app.state.board.subtasks[c.plan].department == 24)
        assert app.state is not None
        assert app.state.board.departments[c.sales].removed_at is not None


async def test_somebody_nothing_hangs_on_leaves_after_a_yes(tmp_path: Path) -> None:
    async with running(board(), tmp_path) as (app, pilot):
        await typed(pilot, ":people\n")
        await until(pilot, lambda: "somebody leaves, or a department closes" in shown(app))
        await typed(pilot, "closes\n")
        await until(pilot, lambda: "J. Meyer leaves" in shown(app))
        await typed(pilot, "meyer")
        await pilot.press("enter")
        await until(pilot, lambda: "nothing hangs on it" in "\n".join(app.screen_text))
        await pilot.press("enter")
        await until(pilot, lambda: app.state is not None and app.state.board.people[c.mei].left_at is not None)
