"""One event, one clock in the dashboard; the sync entry's form; the digest; what the board does by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.board import Board
from tests.store.builders import DAY, HOUR, T0, Busy, Cast, busy, do
from tests.store.clock_helpers import at
from tests.tui.deck import Deck, running, typed, until, written_board
from tests.tui.on_record import on

c, k = Cast, Busy
PLAN, IDLE, CARD = ("subtasks", c.plan), ("subtasks", c.idle), ("cards", c.card)
NOTED = "Note it? Its report is then due in"


def shown(app: Deck) -> Board:
    assert app.state is not None
    return app.state.board


async def test_a_warning_that_came_true_is_chosen_and_carried_on(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await on(app, pilot, PLAN)
        await pilot.press("b")
        assert app.front.panel.shape == "choice"
        await pilot.press("down", "enter")
        await typed(pilot, "a / b / c / d\n")
        await until(pilot, lambda: shown(app).issues[k.warning].became is not None)
        assert shown(app).issues[k.warning].state == "resolved"


async def test_another_event_leaves_the_warning_alone(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await on(app, pilot, PLAN)
        await pilot.press("b", "enter")
        await typed(pilot, "a / b / c / d\n")
        await until(pilot, lambda: len(shown(app).issues) == 4)
        assert shown(app).issues[k.warning].became is None


@pytest.mark.parametrize("wanted", [True, False])
async def test_a_report_that_is_left_is_noted_only_if_the_person_says_so(tmp_path: Path, *, wanted: bool) -> None:
    async with running(busy(), tmp_path, me="孙悦") as (app, pilot):
        await on(app, pilot, IDLE)
        await typed(pilot, "p5 !! 停线\n")
        await until(pilot, lambda: "blocked" in app.heading)
        await pilot.press("escape")
        assert NOTED in app.heading
        assert not shown(app).incidents
        await pilot.press(*(("down",) if wanted else ()), "enter")
        await until(pilot, lambda: not app.front.panel.is_open)
        if wanted:
            await until(pilot, lambda: shown(app).incidents)
        found = [(each.kind, each.text, each.since) for each in shown(app).incidents.values()]
        assert found == ([("stopped", "停线", T0)] if wanted else [])


async def test_what_is_noted_already_is_not_asked_again(tmp_path: Path) -> None:
    board = do(busy(), "Notice", c.sun, id=901, subtask=c.idle, kind="stopped")
    async with running(board, tmp_path, me="孙悦") as (app, pilot):
        await on(app, pilot, IDLE)
        await typed(pilot, "p5 !! 停线\n")
        await until(pilot, lambda: "blocked" in app.heading)
        await pilot.press("escape")
        assert not app.front.panel.is_open


async def test_a_report_begins_with_what_was_noted_and_since_when(tmp_path: Path) -> None:
    board = do(busy(), "Notice", c.sun, T0, id=901, subtask=c.idle, kind="stopped", text="停线", since=T0 - 600)
    async with running(board, tmp_path, me="孙悦") as (app, pilot):
        await on(app, pilot, IDLE)
        await typed(pilot, "b")
        assert app.panel_text == "停线 / "
        await typed(pilot, "b / c / d\n")
        await until(pilot, lambda: len(shown(app).issues) == 4)
        assert shown(app).incidents[901].closed_at == T0
        (found,) = (each for each in shown(app).issues.values() if each.subtask == c.idle)
        assert (found.what, found.since) == ("停线", T0 - 600)


async def test_an_entry_of_the_sync_log_says_to_whom_and_what_it_promises(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await on(app, pilot, PLAN)
        await typed(pilot, "c数据已给")
        await pilot.press("tab", "tab", "tab")
        await typed(pilot, "\t销售部, 客户甲\ty\t给 v2\t孙悦\t10-12\n\n")
        await until(pilot, lambda: len(shown(app).sync) == 2)
        entry = next(each for each in shown(app).sync.values() if each.id != k.sync)
        assert (entry.content, entry.subtask, entry.to, entry.recipients) == ("数据已给", c.plan, "客户甲", (c.li,))
        assert (entry.restricted, entry.promise, entry.promise_by) == (True, "给 v2", c.sun)
        assert entry.promise_due == at("2026-10-12 18:00")


async def test_a_promise_is_kept_with_d_and_an_entry_sent_with_s(tmp_path: Path) -> None:
    board = do(busy(), "AddSyncEntry", c.wang, id=901, card=c.card, topic="数据", promise="v2", promise_due=T0 + DAY)
    async with running(board, tmp_path) as (app, pilot):
        await on(app, pilot, ("sync", 901))
        await pilot.press("d", "enter")
        await until(pilot, lambda: shown(app).sync[901].promise_done_at == T0)
        await pilot.press("d")
        assert not app.front.panel.is_open
        await pilot.press("S", "enter")
        await until(pilot, lambda: shown(app).sync[901].sent_at == T0)


async def test_s_on_a_card_finds_what_is_to_be_sent(tmp_path: Path) -> None:
    board = do(busy(), "MarkSent", c.wang, sync=k.sync)
    async with running(board, tmp_path) as (app, pilot):
        await on(app, pilot, ("cards", c.card))
        await pilot.press("S")
        assert app.message == "Nothing here waits for your mark sent."
    for key, topic in ((901, "数据"), (902, "口径")):
        board = do(board, "AddSyncEntry", c.wang, id=key, card=c.card, topic=topic)
    async with running(board, tmp_path / "two") as (app, pilot):
        await on(app, pilot, ("cards", c.card))
        await typed(pilot, "S口径\n\n")
        await until(pilot, lambda: shown(app).sync[902].sent_at == T0)
        await typed(pilot, "S\n")
        await until(pilot, lambda: shown(app).sync[901].sent_at == T0)


async def test_a_digest_goes_to_the_clipboard_and_always_to_a_file(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        for wanted, name in (("", "digest-today.md"), ("card plain", "digest-card.txt")):
            copy = tmp_path / "state" / "copies" / name
            await pilot.press("Y")
            assert app.front.panel.shape == "choice"
            await typed(pilot, f"{wanted}\n")
            await until(pilot, copy.exists)
            assert app.clipboard == copy.read_text("utf-8")
            assert "I-001" in app.clipboard
        assert any(line.strip().startswith("Copied if your terminal allows") for line in app.screen_text)


async def test_the_dashboard_moves_what_ran_out_and_writes_what_lags(tmp_path: Path) -> None:
    board = do(busy(), "SetSetting", c.wang, key="auto_escalate", value=True)
    now = at("2026-10-16 18:00") + HOUR
    async with running(board, tmp_path, now=now, chores=True) as (app, pilot):
        await until(pilot, lambda: shown(app).issues[k.blocked].tier == 3)
        await until(pilot, lambda: not app.session.store.pending)
        found = written_board(tmp_path / "board.json")
        tiers = [(step.tier, step.at) for step in found.steps_of[k.blocked] if step.auto]
        assert tiers == [(2, at("2026-10-13 18:00")), (3, at("2026-10-16 18:00"))]
        assert {each.subtask for each in found.sync.values() if each.event == "lag"} == {c.plan, c.poster, c.idle}
        assert {entry.by for entry in found.history.values()} == {c.wang}


async def test_nobody_the_board_knows_does_nothing_by_itself(tmp_path: Path) -> None:
    async with running(busy(), tmp_path, me="", chores=True) as (app, _pilot):
        assert app.state is not None
        assert app.session.chores(app.state) == []
