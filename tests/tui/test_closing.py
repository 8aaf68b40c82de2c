"""The end of a card's life in the dashboard: gate line by line, verdict, retro, archive, reopening, the report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.operations.cards import duty_id
from store.rules.gates import last_round
from tests.store.builders import DAY, T0, Cast, do
from tests.store.closing import closed, completed, ready, submitted, worked
from tests.tui.deck import Deck, running, typed, until, written_board
from tui import verbs
from tui.screens.archived_card import ArchivedCardScreen
from tui.screens.card import CardScreen

c = Cast
NOW = T0 + 10 * DAY


async def on_card(app: Deck, pilot: Pilot[int], key: str) -> None:
    """Press a key on the card in the overview."""
    assert app.list.table.move_to(c.card)
    await pilot.press(key)


def stage(app: Deck) -> str:
    assert app.state is not None
    return app.state.board.cards[c.card].stage


def shown(app: Deck) -> str:
    return "\n".join(app.screen_text)


async def closed_panel(app: Deck, pilot: Pilot[int]) -> None:
    await until(pilot, lambda: not app.front.entering)


async def test_d_shows_the_gate_line_by_line_and_the_lead_passes_it_with_a_reason(tmp_path: Path) -> None:
    async with running(worked(), tmp_path, now=NOW) as (app, pilot):
        await on_card(app, pilot, "d")
        assert "销售部 has not confirmed its support" in shown(app)
        assert "deliverable of Q4营销-2026-001-01" in shown(app)
        await pilot.press("tab")
        await typed(pilot, "客户今天验收\n")
        await until(pilot, lambda: stage(app) == "acceptance")
        assert app.state is not None
        assert app.state.board.passes_of[c.card][-1].reason == "客户今天验收"


async def test_a_supporting_department_confirms_with_t(tmp_path: Path) -> None:
    async with running(worked(), tmp_path, now=NOW, me="李强") as (app, pilot):
        await on_card(app, pilot, "t")
        assert "销售部" in app.heading
        await typed(pilot, "附合同\n")
        await closed_panel(app, pilot)
        assert app.state is not None
        words = [duty.support_word for duty in app.state.board.duties_of[c.card]]
        assert words == ["", "附合同", ""]


async def test_an_open_gate_is_one_enter(tmp_path: Path) -> None:
    async with running(ready(), tmp_path, now=NOW) as (app, pilot):
        await on_card(app, pilot, "d")
        await pilot.press("enter")
        await until(pilot, lambda: stage(app) == "acceptance")
        await on_card(app, pilot, "d")
        assert "Only acceptor can do this: 张岚" in app.message


@pytest.mark.parametrize(
    ("key", "text", "verdict", "after"),
    [
        ("t", "达标\n", "pass", "completed"),
        ("T", "缺数据\t+3wd\n", "rectify", "acceptance"),
    ],
)
async def test_t_passes_and_capital_t_has_it_rectified(
    key: str, text: str, verdict: str, after: str, tmp_path: Path
) -> None:
    async with running(submitted(), tmp_path, now=NOW, me="张岚") as (app, pilot):
        await on_card(app, pilot, key)
        await typed(pilot, text)
        await closed_panel(app, pilot)
        assert app.state is not None
        newest = last_round(app.state.board, c.card)
        assert newest is not None
        assert (newest.verdict, stage(app)) == (verdict, after)


async def test_a_failed_card_goes_back_with_new_dates(tmp_path: Path) -> None:
    async with running(submitted(), tmp_path, now=NOW, me="张岚") as (app, pilot):
        await on_card(app, pilot, "d")
        await typed(pilot, "back to work\n")
        await typed(pilot, "未达标\t+30wd")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: stage(app) == "active")
        assert app.state is not None
        assert {duty.answer for duty in app.state.board.duties_of[c.card]} == {"pending"}


async def test_the_retro_is_a_form_and_then_the_card_is_archived(tmp_path: Path) -> None:
    async with running(completed(), tmp_path, now=NOW) as (app, pilot):
        await on_card(app, pilot, "d")
        assert "the retro is neither recorded nor waived" in shown(app)
        await pilot.press("enter")
        await typed(pilot, "快\t晚\t早")
        await pilot.press("ctrl+s")
        await closed_panel(app, pilot)
        await on_card(app, pilot, "d")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: app.state is not None and c.card not in app.state.board.cards)
        await until(pilot, lambda: not app.session.store.pending)
        assert c.card in written_board(tmp_path / "board.json").archived
        (found,) = (tmp_path / "board.json.archive").iterdir()
        assert found.name.startswith("Q4营销-Q4营销活动筹备-Q4营销-2026-001-")


async def test_an_archived_card_is_found_read_and_reopened(tmp_path: Path) -> None:
    board = do(closed(), "AddSyncEntry", c.sun, T0, card=c.card, topic="数据口径", kind="progress")
    async with running(board, tmp_path, now=NOW) as (app, pilot):
        await on_card(app, pilot, "d")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: app.state is not None and not app.state.waiting and app.state.board.archived)
        assert c.card not in [row.id for row in app.list.table.window.rows]
        await pilot.press("/")
        await typed(pilot, "is:archived\n")
        assert [row.id for row in app.list.table.window.rows] == [c.card]
        await pilot.press("e")
        assert "read only" in app.message
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ArchivedCardScreen))
        await until(pilot, lambda: "archived" in shown(app))
        await pilot.press("e")
        assert "read only" in app.message
        await pilot.press("[", "[", "[")
        assert "数据口径" in shown(app)
        await pilot.press("d")
        await typed(pilot, "客户追加\n")
        await until(pilot, lambda: not isinstance(app.screen, ArchivedCardScreen))
        assert stage(app) == "active"
        await until(pilot, lambda: not app.session.store.pending)
        assert [e.topic for e in written_board(tmp_path / "board.json").sync.values()] == ["数据口径"]


async def test_a_completed_card_is_reopened_with_a_new_finish(tmp_path: Path) -> None:
    async with running(closed(), tmp_path, now=NOW) as (app, pilot):
        await on_card(app, pilot, "d")
        await until(pilot, lambda: "reopen it" in shown(app))
        await pilot.press("down", "enter")
        await typed(pilot, "客户追加 <2026-12-10")
        assert "12-10 18:00" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: stage(app) == "active")
        assert app.state is not None
        card = app.state.board.cards[c.card]
        assert (card.reason, app.state.working.day_of(card.planned_finish or 0)) == (
            "客户追加",
            date(2026, 12, 10).toordinal(),
        )


async def test_an_archive_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    async with running(closed(), tmp_path, now=NOW) as (app, pilot):
        await on_card(app, pilot, "d")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: app.state is not None and not app.state.waiting and app.state.board.archived)
        for each in (tmp_path / "board.json.archive").iterdir():
            each.unlink()
        await pilot.press("/")
        await typed(pilot, "is:archived\n")
        await pilot.press("enter")
        await until(pilot, lambda: "is not in the archive" in shown(app))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (220, 60)])
async def test_rounds_words_retro_gate_and_report_on_the_tabs(size: tuple[int, int], tmp_path: Path) -> None:
    async with running(closed(), tmp_path, now=NOW, size=size) as (app, pilot):
        assert app.list.table.move_to(c.card)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen))
        screen = app.screen
        assert isinstance(screen, CardScreen)
        text = "\n".join("".join(piece for piece, _ in row.text) for row in screen.active.window.rows)
        for part in ("round 1", "初稿已交, 附源文件", "提前一周锁定数据口径", "archived needs:", "verdict pass"):
            assert part in text
        await pilot.press("[")
        assert screen.tab.id == "report"
        text = "\n".join("".join(piece for piece, _ in row.text) for row in screen.active.window.rows)
        assert "round 1" in text
        assert "earl" in text
        assert all(len(line) <= size[0] for line in app.screen_text)


async def test_what_was_accepted_is_refused_when_its_form_is_to_open_and_the_key_that_reopens_it_named(
    tmp_path: Path,
) -> None:
    said = "is completed and stays as it was accepted: d on the card reopens it."
    board = do(closed(), "AddMilestone", c.wang, id=904, card=c.draft, name="x")
    async with running(board, tmp_path, now=NOW) as (app, pilot):
        for ref in (("subtasks", c.plan), ("duties", duty_id(c.card, c.sales))):
            app.front.follow(ref)
            for command in ("edit", "add_below") if ref[0] == "subtasks" else ("edit", "void"):
                found = verbs.verb(command, ref[0])
                assert found is not None
                assert found(app.front, [ref]) is None
                await until(pilot, lambda: said in app.message)
        await on_card(app, pilot, "e")  # what it took may still be written
        await until(pilot, lambda: app.front.entering and said in app.message)
        await typed(pilot, "3 人 12 天")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.state is not None and app.state.board.cards[c.card].resources_used != "")
        assert app.state is not None
        assert app.state.board.cards[c.card].name == closed().cards[c.card].name
