"""What the panel asks can be read, and an answer that is no is no."""

from __future__ import annotations

from pathlib import Path

from store.board import Board
from tests.store.builders import Cast, do, office
from tests.tui.deck import running, typed, until, written_board
from tui.notices import NOTICE_SECONDS


def signed() -> Board:
    """`office` with the draft signed, so that it may become active."""
    return do(office(), "Sign", Cast.wang, card=Cast.draft, department=Cast.market)


async def test_a_message_of_before_does_not_hide_what_the_panel_asks(tmp_path: Path) -> None:
    async with running(signed(), tmp_path) as (app, pilot):
        app.list.table.move_to(Cast.draft)
        app.notice("Nothing here waits for your take.")
        await pilot.press("d")
        assert app.message == "draft > active? Enter yes, Esc no."
        app.notice("Back online.")
        assert app.front.panel.echo().plain.strip() == "Back online."
        app.pass_time(NOTICE_SECONDS)
        assert app.front.panel.echo().plain.strip() == "draft > active? Enter yes, Esc no."


async def test_what_was_said_before_goes_when_something_is_recorded(tmp_path: Path) -> None:
    async with running(signed(), tmp_path) as (app, pilot):
        app.list.table.move_to(Cast.draft)
        app.notice("Draft kept (abc). D brings it back.")
        await typed(pilot, "d\n")
        await until(pilot, lambda: written_board(tmp_path / "board.json").cards[Cast.draft].stage == "active")
        assert app.message.startswith("Recorded: activated")


async def test_no_that_is_typed_is_no(tmp_path: Path) -> None:
    async with running(signed(), tmp_path) as (app, pilot):
        for answer in ("n", "No", "不"):
            app.list.table.move_to(Cast.draft)
            await typed(pilot, f"d{answer}\n")
            await until(pilot, lambda: not app.front.entering)
            assert app.state is not None
            assert app.state.board.cards[Cast.draft].stage == "draft"


async def test_y_leaves_as_enter_does(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await typed(pilot, "q")
        assert not any(" / " in line or "1/1" in line for line in app.screen_text[-6:])
        assert app.screen_text[-1].split() == ["Enter", "yes", "Esc", "no"]
        await typed(pilot, "n")
        assert app.screen_text[-3].strip() == "This is no answer. Enter alone leaves, Esc stays."
        await typed(pilot, "\n")
        assert app.heading == "Leave? Enter yes, Esc no."
        assert app.front.entering
        await pilot.press("escape")
        await typed(pilot, "qy\n")
        await until(pilot, lambda: app.return_code == 0 and not app.is_running)


async def test_a_priority_by_its_beginning_and_another_word_is_refused(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await typed(pilot, "a\n春季\t")
        await pilot.press(*["tab"] * 20)
        await typed(pilot, "urgent")
        assert app.message == 'Error "urgent" is none of high, medium, low.'
        await pilot.press("ctrl+s")
        assert app.front.entering
        await pilot.press("ctrl+u")
        await typed(pilot, "hi")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not app.front.entering)
        assert app.state is not None
        assert [c.priority for c in app.state.board.cards.values() if c.name == "春季"] == ["high"]


async def test_esc_clears_the_filter_and_never_asks_to_leave(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await typed(pilot, "/draft\n")
        assert app.list.filter_text == "draft"
        await typed(pilot, "H")
        await pilot.press("escape")
        assert app.list.filter_text == "draft"  # the pane goes first
        await pilot.press("escape")
        assert app.list.filter_text == ""
        await pilot.press("escape")
        assert (app.front.entering, app.message) == (False, "q leaves crossdeck.")


async def test_esc_clears_the_filter_of_the_help_and_then_closes_it(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await typed(pilot, "?/mark\n")
        shown = app.screen_text
        await pilot.press("escape")
        assert app.screen_text != shown
        assert app.front is not app.screen_stack[0]
        await pilot.press("escape")
        assert app.front is app.screen_stack[0]
