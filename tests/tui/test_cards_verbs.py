"""Verbs on a card: new, edit, circulate, confirm, sign, object, activate, note, void: typed, recorded, refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.board import Board
from store.records import Card, Duty
from tests.store.builders import DAY, T0, Cast, do, office
from tests.tui.boards import at
from tests.tui.deck import Deck, running, typed, until, written_board


def circulating() -> Board:
    """`office` with the card 新品 in circulation among market and sales; the market's duty is signed."""
    c, board = Cast, office()
    board = do(
        board, "CreateCard", c.wang, T0 - DAY, id=33, name="新品", project="Q4营销", lead=c.wang,
        departments=[c.market, c.sales], planned_start=T0 - DAY, planned_finish=T0 + 20 * DAY,
    )  # fmt: skip
    board = do(board, "Circulate", c.wang, T0 - DAY, card=33, reason="试点")
    board = do(board, "Confirm", c.wang, card=33, department=c.market)
    return do(board, "Sign", c.wang, card=33, department=c.market)


def card_of(app: Deck, name: str) -> Card:
    assert app.state is not None
    return next(card for card in app.state.board.cards.values() if card.name == name)


def duty_of(app: Deck, card: int, department: int) -> Duty:
    assert app.state is not None
    return next(d for d in app.state.board.duties_of[card] if d.department == department)


async def on(app: Deck, pilot: Pilot[int], card: int, key: str) -> None:
    """Press a verb's key on a card of the overview."""
    assert app.list.table.move_to(card)
    await pilot.press(key)


async def test_a_card_in_one_line(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("a", "enter")
        assert app.heading == "new card"
        await typed(pilot, "渠道大会 @李强 @销售部 @市场部 <11-20")
        assert app.message.startswith("渠道大会 | 李强 | 销售部 | 市场部 | Fri 11-20 18:00")
        await pilot.press("enter")
        await until(pilot, lambda: not app.front.entering)
        card = card_of(app, "渠道大会")
        assert (card.lead, card.stage, card.planned_finish) == (Cast.li, "draft", at("2026-11-20 18:00"))
        assert app.state is not None
        assert [d.department for d in app.state.board.duties_of[card.id]] == [Cast.sales, Cast.market]
        assert card.planned_start == T0


async def test_a_card_in_the_form(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("a", "enter", "tab")
        for text in ("渠道大会", "今天", "下周五 18:00", "销量 5000 台", "市场部、销售部", "王敏"):
            await typed(pilot, text)
            await pilot.press("enter")
        await pilot.press(*["tab"] * 11)
        await typed(pilot, "Q4营销")
        await pilot.press("tab", "tab", "tab")
        await typed(pilot, "high")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not app.front.entering)
        card = card_of(app, "渠道大会")
        assert (card.goal, card.project, card.priority) == ("销量 5000 台", "Q4营销", "high")
        assert card.planned_finish == at("2026-10-16 18:00")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("@李强 <11-20", "name is empty. Nothing recorded."),
        ("渠道 @nobody", 'Nobody here is called "nobody".'),
        ("渠道 @市场部 <gestern9", "gestern9"),
        ("渠道" * 300, "Shorten it"),
    ],
)
async def test_what_a_card_is_refused_for(tmp_path: Path, line: str, said: str) -> None:
    async with running(office(), tmp_path, size=(160, 30)) as (app, pilot):
        before = len(office().cards)
        await pilot.press("a", "enter")
        await typed(pilot, line)
        await pilot.press("enter")
        await until(pilot, lambda: app.message.startswith("Error") or said in "\n".join(app.screen_text[-4:]))
        assert said in "\n".join(app.screen_text[-4:])
        assert app.front.entering
        assert app.state is not None
        assert len(app.state.board.cards) == before


async def test_an_edit_changes_only_what_differs(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, Cast.card, "e")
        assert app.panel_text.startswith("Q4营销活动筹备 @王敏")
        await pilot.press("enter")
        await until(pilot, lambda: app.message.startswith("Error Nothing is different."))
        await pilot.press("tab", *["tab"] * 4)
        await typed(pilot, "新目标")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.message.startswith("This change voids the signature of 市场部, 销售部, 设计部."))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: card_of(app, "Q4营销活动筹备").goal == "新目标")
        await until(pilot, lambda: not app.session.store.pending)
    last = list(written_board(tmp_path / "board.json").history.values())[-1]
    assert last.operation == "EditCard"


async def test_confirm_then_sign_for_my_department(tmp_path: Path) -> None:
    async with running(circulating(), tmp_path, me="李强") as (app, pilot):
        await on(app, pilot, 33, "t")
        assert "销售部" in app.heading
        assert "销售部 confirms duty" in app.message
        await pilot.press("enter")
        await until(pilot, lambda: duty_of(app, 33, Cast.sales).answer == "confirmed")
        await on(app, pilot, 33, "t")
        assert "销售部 signs" in app.message
        await typed(pilot, "OA-17\n")
        await until(pilot, lambda: duty_of(app, 33, Cast.sales).answer == "signed")
        assert duty_of(app, 33, Cast.sales).means == "OA-17"
        await on(app, pilot, 33, "t")
        assert app.message == "Seen, no objection (0 of 2 so far)? Enter yes, Esc no."
        await pilot.press("enter")
        await until(pilot, lambda: app.state and len(app.state.board.seen) == 1)
        await on(app, pilot, 33, "t")
        assert app.message == "Nothing here waits for your take."


async def test_object_with_words(tmp_path: Path) -> None:
    async with running(circulating(), tmp_path, me="李强") as (app, pilot):
        await on(app, pilot, 33, "T")
        await pilot.press("enter")
        assert app.message == "Error the concrete change is empty. Nothing recorded."
        await typed(pilot, "交付日改为 10-30\n")
        await until(pilot, lambda: duty_of(app, 33, Cast.sales).answer == "objected")


async def test_another_department_is_not_answered_for(tmp_path: Path) -> None:
    async with running(circulating(), tmp_path, me="陈思") as (app, pilot):
        await on(app, pilot, 33, "t")
        assert app.message == "Nothing here waits for your take."
        assert not app.front.entering


async def test_a_note_becomes_an_entry_of_the_sync_log(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, Cast.card, "c")
        await typed(pilot, "口径统一为 GMV\n")
        await until(pilot, lambda: app.state and len(app.state.board.sync) == 1)
        assert app.state is not None
        entry = next(iter(app.state.board.sync.values()))
        assert (entry.card, entry.topic, entry.content) == (Cast.card, "Q4营销活动筹备", "口径统一为 GMV")


@pytest.mark.parametrize(
    ("line", "done"), [("001 doppelt", True), ("002 doppelt", False), ("001", False), ("", False), ("doppelt", False)]
)
async def test_void_takes_the_last_digits_and_a_reason(tmp_path: Path, line: str, done: bool) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, Cast.draft, "X")
        await typed(pilot, line + "\n")
        await until(pilot, lambda: not app.front.entering if done else app.message.startswith("Error"))
        assert (card_of(app, "店庆").stage == "cancelled") is done


async def test_a_verb_acts_on_the_row_it_was_opened_on(tmp_path: Path) -> None:
    """A refresh between key-down and Enter cannot change the record (screens 0.4)."""
    from store.operations.cards import EditCard
    from tests.tui.deck import elsewhere

    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, Cast.draft, "c")
        assert "店庆" in app.heading
        elsewhere(tmp_path / "board.json", EditCard(card=Cast.draft, fields={"priority": "high"}), by=Cast.wang)
        app.list.table.move_to(Cast.card)
        app.do_reread()
        await until(pilot, lambda: card_of(app, "店庆").priority == "high")
        assert "店庆" in app.heading
        await typed(pilot, "für die richtige\n")
        await until(pilot, lambda: app.state and app.state.board.sync)
        assert app.state is not None
        assert next(iter(app.state.board.sync.values())).card == Cast.draft
