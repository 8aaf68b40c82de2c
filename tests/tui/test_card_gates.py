"""A card's way through its gates in the dashboard: lists of what is missing, questions, ticks, templates."""

from __future__ import annotations

from pathlib import Path

from tests.store.builders import DAY, T0, Cast, do, office
from tests.tui.deck import running, typed, until
from tests.tui.test_cards_verbs import card_of, circulating, duty_of, on
from tui.subjects import part_words


async def test_the_gate_lists_what_is_missing_and_the_lead_passes_it_with_a_reason(tmp_path: Path) -> None:
    async with running(circulating(), tmp_path) as (app, pilot):
        await on(app, pilot, 33, "d")
        assert "circulating > active" in app.heading
        shown = "\n".join(app.screen_text)
        for gap in ("销售部 has not confirmed", "销售部 has no liaison", "the kickoff is neither held nor recorded"):
            assert gap in shown
        await pilot.press("tab")
        await pilot.press("enter")
        await until(pilot, lambda: app.message == "Error reason to pass is empty. Nothing recorded.")
        await typed(pilot, "销售部出差, 先行启动\n")
        await until(pilot, lambda: card_of(app, "新品").stage == "active")
        assert app.state is not None
        assert [each.reason for each in app.state.board.passes_of[33]][-1] == "销售部出差, 先行启动"


async def test_the_kickoff_is_asked_for_in_words_and_each_clock_names_its_department(tmp_path: Path) -> None:
    async with running(circulating(), tmp_path) as (app, pilot):
        assert app.state is not None
        asked = [each for each in app.state.book.of_card(33) if each.kind == "confirmation"]
        assert {part_words(app.state, each) for each in asked} == {"市场部", "销售部"}
        await on(app, pilot, 33, "d")
        await typed(pilot, "kickoff\n")
        await until(pilot, lambda: "kickoff meeting" in app.heading)
        await pilot.press("enter")
        await until(pilot, lambda: app.message == "the kickoff was held: when, and who was there")


async def test_what_the_gate_misses_is_put_right_line_by_line(tmp_path: Path) -> None:
    c = Cast
    duties = [{"department": place, "role": "专员", "action": "完成物料", "standard": "终稿"} for place in
              (c.market, c.sales)]  # fmt: skip
    board = do(
        office(), "CreateCard", c.wang, T0, id=34, name="联动", lead=c.wang, duties=duties, goal="",
        planned_start=T0, planned_finish=T0 + DAY, scope="华东", resources="1 人",
    )  # fmt: skip
    async with running(board, tmp_path) as (app, pilot):
        await on(app, pilot, 34, "d")
        shown = "\n".join(app.screen_text)
        assert "goal" in shown
        assert "mechanism" in shown
        await pilot.press("enter")
        await typed(pilot, "销量 5000 台\n")
        await until(pilot, lambda: "goal" not in "\n".join(app.screen_text[-8:]))
        await pilot.press("enter")
        await typed(pilot, "每日 17:00 群内同步\n")
        await until(pilot, lambda: "draft > circulating? Enter yes" in app.message)
        await pilot.press("enter")
        await until(pilot, lambda: card_of(app, "联动").stage == "circulating")
        assert app.state is not None
        assert not app.state.board.passes_of[34]


async def test_a_card_of_one_department_is_signed_and_active(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await on(app, pilot, Cast.draft, "t")
        assert app.message.startswith("市场部 signs")
        await pilot.press("enter")
        await until(pilot, lambda: duty_of(app, Cast.draft, Cast.market).answer == "signed")
        await on(app, pilot, Cast.draft, "d")
        assert "draft > active" in app.message
        await pilot.press("enter")
        await until(pilot, lambda: card_of(app, "店庆").stage == "active")


async def test_a_question_goes_to_the_requester_contact_who_replies(tmp_path: Path) -> None:
    async with running(circulating(), tmp_path, me="李强") as (app, pilot):
        await on(app, pilot, 33, "T")
        assert "asks 王敏" in app.message
        await typed(pilot, "？预算含差旅吗\n")
        await until(pilot, lambda: duty_of(app, 33, Cast.sales).question == "预算含差旅吗")
        assert duty_of(app, 33, Cast.sales).answer == "pending"
    async with running(circulating(), tmp_path) as (app, pilot):
        await on(app, pilot, 33, "t")
        assert app.message == "李强 asks: 预算含差旅吗"
        await typed(pilot, "含\n")
        await until(pilot, lambda: duty_of(app, 33, Cast.sales).reply == "含")


async def test_a_confirmation_without_one_of_its_ticks_is_an_objection(tmp_path: Path) -> None:
    async with running(circulating(), tmp_path, me="李强") as (app, pilot):
        await on(app, pilot, 33, "t")
        await pilot.press("tab", "tab", "ctrl+u")
        await typed(pilot, "no")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.message.startswith("Error Not ticked: the dates hold. T objects"))
        assert duty_of(app, 33, Cast.sales).answer == "pending"


async def test_walk_through_d_a_card_from_a_template_is_out_in_eight_presses(tmp_path: Path) -> None:
    """Screens §7d: a, type, Enter; name Enter start Enter finish Enter goal ctrl+s; d Enter."""
    async with running(office(), tmp_path, size=(80, 24)) as (app, pilot):
        presses = 0

        async def press(key: str) -> None:
            nonlocal presses
            presses += 1
            await pilot.press(key)

        await press("a")
        await typed(pilot, "campaign")
        await press("enter")
        for text in ("双十二活动", "10-12", "11-20"):
            await typed(pilot, text)
            await press("enter")
        await typed(pilot, "到场 200 人")
        await press("ctrl+s")
        await until(pilot, lambda: not app.front.entering)
        card = card_of(app, "双十二活动")
        assert (card.template, card.type, card.lead, card.priority) == ("campaign", "special", Cast.wang, "high")
        await until(pilot, lambda: app.front.current() == ("cards", card.id))
        await press("d")
        await until(pilot, lambda: "draft > circulating? Enter yes" in app.message)
        await press("enter")
        await until(pilot, lambda: card_of(app, "双十二活动").stage == "circulating")
        assert presses == 8
        assert app.state is not None
        found = app.state.board
        assert {d.department for d in found.duties_of[card.id]} == {Cast.market, Cast.sales, Cast.design}
        assert all(duty.role and duty.action and duty.standard for duty in found.duties_of[card.id])
        assert [each.relative for each in found.milestones_of[card.id]]
        assert not found.passes_of[card.id]


async def test_a_card_from_an_earlier_one(tmp_path: Path) -> None:
    async with running(circulating(), tmp_path) as (app, pilot):
        await pilot.press("a")
        await typed(pilot, "earlier 新品")
        await pilot.press("enter")
        assert "Q4营销-2026-002 新品" in app.heading
        await typed(pilot, "新品二期")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not app.front.entering)
        card = card_of(app, "新品二期")
        assert card.project == "Q4营销"
        assert app.state is not None
        assert {d.department for d in app.state.board.duties_of[card.id]} == {Cast.market, Cast.sales}
