"""`i`: what waits for me by role, due first; the notices of this session below."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from store.operations.sync import AddSyncEntry
from store.views.inbox import inbox_items
from tests.store.builders import Cast, busy, do, empty_board, office
from tests.store.closing import submitted
from tests.tui.boards import owing
from tests.tui.deck import Deck, elsewhere, running, typed, until
from tui.screens.inbox import InboxScreen


async def opened(app: Deck, pilot: object) -> InboxScreen:
    await pilot.press("i")  # type: ignore[attr-defined]
    await until(pilot, lambda: isinstance(app.screen, InboxScreen))  # type: ignore[arg-type]
    assert isinstance(app.screen, InboxScreen)
    return app.screen


async def test_my_clocks_due_first(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        screen = await opened(app, pilot)
        assert app.state is not None
        mine = inbox_items(app.state, Cast.wang, app.now())
        assert mine
        assert [row.item for row in screen.table.window.rows] == list(mine)
        dues = [row.clock.due for row in screen.table.window.rows if row.clock]
        assert dues == sorted(dues)
        assert f"inbox {len(mine)}" in app.screen_text[2]
        assert any("筹备会" in line for line in app.screen_text[4:])


async def test_enter_goes_to_the_record(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        screen = await opened(app, pilot)
        for row in screen.table.window.rows:
            await pilot.press("i")
            await until(pilot, lambda: isinstance(app.screen, InboxScreen))
            assert isinstance(app.screen, InboxScreen)
            rows = app.screen.table.window.rows
            place = next((at for at, each in enumerate(rows) if each.id == row.id), None)
            if place is None:  # what the board does by itself may have met it
                await pilot.press("q")
                continue
            await pilot.press("g", *["j"] * place, "enter")
            await until(pilot, lambda: not isinstance(app.screen, InboxScreen))
            table = row.item.table
            wanted = {"issues": 3, "meetings": 4}.get(table)
            assert app.front.number == wanted or type(app.screen).__name__ == "CardScreen"
            await pilot.press("1")


async def test_nothing_waits_for_somebody_without_a_role(tmp_path: Path) -> None:
    async with running(office(), tmp_path, me="方圆") as (app, pilot):
        await opened(app, pilot)
        assert "Nothing waits for you." in app.screen_text[4]
        for key in ("j", "k", "g", "G", "enter", "t", "p"):
            await pilot.press(key)
        assert app.is_running


async def test_verbs_act_on_the_record_of_the_clock(tmp_path: Path) -> None:
    async with running(owing(), tmp_path, me="李强") as (app, pilot):
        await opened(app, pilot)
        await pilot.press("j", "p")
        assert "渠道2" in app.heading


async def test_what_was_said_stands_below_newest_first(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        app.notice("first")
        app.notice("second", error=True)
        await opened(app, pilot)
        lines = app.screen_text
        head = next(y for y, line in enumerate(lines) if "notices of this session" in line)
        assert lines[head + 1].endswith("16:55 second")
        assert lines[head + 2].endswith("16:55 first")


async def test_it_follows_the_board(tmp_path: Path) -> None:
    async with running(owing(), tmp_path, me="李强") as (app, pilot):
        screen = await opened(app, pilot)
        before = len(screen.table.window.rows)
        from store.operations.progress import RecordProgress

        elsewhere(tmp_path / "board.json", RecordProgress(subtask=411, percent=70), by=Cast.li)
        app.do_reread()
        await until(
            pilot, lambda: next(r.item.subject for r in screen.table.window.rows if r.item.what == "progress") == 412
        )
        assert len(screen.table.window.rows) == before  # its next report is due on the next day


async def test_q_comes_back(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await pilot.press("3")
        await opened(app, pilot)
        await pilot.press("q")
        await until(pilot, lambda: app.front.number == 3)
        assert len(app.screen_stack) == 1


async def test_on_an_empty_board(tmp_path: Path) -> None:
    board = do(empty_board(), "AddPerson", 11, id=11, name="王敏")
    async with running(board, tmp_path) as (app, pilot):
        await opened(app, pilot)
        assert "Nothing waits for you." in app.screen_text[4]
        elsewhere(tmp_path / "board.json", AddSyncEntry(topic="x"), by=11)


async def on_clock(app: Deck, pilot: Pilot[int], kind: str) -> InboxScreen:
    """The inbox, its cursor on the first clock of a kind."""
    screen = await opened(app, pilot)
    row = next(row for row in screen.table.window.rows if row.clock and row.clock.kind == kind)
    assert screen.table.move_to(row.id)
    return screen


async def test_the_verdict_is_given_where_it_waits(tmp_path: Path) -> None:
    async with running(submitted(), tmp_path, me="张岚") as (app, pilot):
        await on_clock(app, pilot, "acceptance")
        await pilot.press("t")
        await until(pilot, lambda: app.front.entering)
        await pilot.press("enter")
        await until(pilot, lambda: app.state is not None and app.state.board.cards[Cast.card].stage == "completed")


async def test_a_problem_in_an_entry_is_answered_where_it_waits(tmp_path: Path) -> None:
    board = do(office(), "RecordProgress", Cast.li, subtask=Cast.plan, percent=65, problem="缺渠道数据")
    async with running(board, tmp_path) as (app, pilot):
        screen = await on_clock(app, pilot, "response")
        await pilot.press("c")
        await until(pilot, lambda: app.front.entering)
        await typed(pilot, "下午给\n")
        await until(pilot, lambda: all(not r.clock or r.clock.kind != "response" for r in screen.table.window.rows))
