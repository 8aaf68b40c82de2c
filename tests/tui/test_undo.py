"""`u` and `U`: asked in words, done by Enter, refused in one line, found again after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.operations.base import decode
from store.operations.cards import EditCard
from tests.store.builders import T0, Cast, busy, office
from tests.store.on_file import standing_tables
from tests.tui.deck import Deck, elsewhere, running, until, written_board

c = Cast


async def record(app: Deck, pilot: Pilot[int], name: str, /, **fields: object) -> None:
    """I do this, and it stands in the file."""
    app.record([decode(name, dict(fields))], person=app.me or 0)
    await settled(app, pilot)


async def settled(app: Deck, pilot: Pilot[int]) -> None:
    """Nothing waits, and the screen shows the revision."""
    await until(pilot, lambda: not app._waiting and not app.session.store.pending and app.state is app.base)
    await until(pilot, lambda: app.state is not None and app.state.board is app.session.store.shown())


async def press(app: Deck, pilot: Pilot[int], key: str) -> None:
    """The key and Enter, until the file has it."""
    await pilot.press(key)
    await until(pilot, lambda: app.front.entering)
    await pilot.press("enter")
    await until(pilot, lambda: not app.front.entering)
    await settled(app, pilot)


def edit(name: str) -> dict[str, object]:
    return {"card": c.card, "fields": {"name": name}}


async def test_u_says_what_it_takes_back_and_enter_does_it_and_capital_u_gives_it_again(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await record(app, pilot, "EditCard", **edit("甲"))
        await record(app, pilot, "EditSubtask", subtask=c.idle, fields={"name": "乙"})
        await pilot.press("u")
        await until(pilot, lambda: app.front.entering)
        assert app.message == "Undo: subtask changed 03 乙 by 王敏, 16:55. Enter yes, Esc no."
        assert app.heading.startswith("undo  subtask changed 03 乙  name 门店清单 > 乙")
        await pilot.press("escape")
        await until(pilot, lambda: not app.front.entering)
        assert written_board(tmp_path / "board.json").subtasks[c.idle].name == "乙"
        for key, subtask, card in (
            ("u", "门店清单", "甲"), ("u", "门店清单", "Q4营销活动筹备"), ("U", "门店清单", "甲"), ("U", "乙", "甲"),
        ):  # fmt: skip
            await press(app, pilot, key)
            board = written_board(tmp_path / "board.json")
            assert (board.subtasks[c.idle].name, board.cards[c.card].name) == (subtask, card)
        assert app.message == "Redone: subtask changed 03 门店清单."
        await pilot.press("U")
        await until(pilot, lambda: app.message == "Nothing of yours is there to redo.")


async def test_it_is_found_again_after_a_restart(tmp_path: Path) -> None:
    before = standing_tables(office())
    async with running(office(), tmp_path) as (app, pilot):
        await record(app, pilot, "CreateCard", id=999, name="年会", departments=[c.market])
    async with running(office(), tmp_path) as (app, pilot):
        await press(app, pilot, "u")
    assert standing_tables(written_board(tmp_path / "board.json")) == before
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("U")
        await until(pilot, lambda: app.front.entering)
        assert app.message == "Redo: card made 专项任务-2026-002 年会 by 王敏, 16:55. Enter yes, Esc no."
        await pilot.press("enter")
        await until(pilot, lambda: not app.front.entering)
        await settled(app, pilot)
    assert written_board(tmp_path / "board.json").cards[999].name == "年会"


async def test_what_another_one_built_on_is_refused_in_one_line_and_the_next_u_goes_on(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await record(app, pilot, "EditSubtask", subtask=c.idle, fields={"name": "乙"})
        await record(app, pilot, "EditCard", **edit("甲"))
        elsewhere(tmp_path / "board.json", EditCard(card=c.card, fields={"name": "丙"}), by=c.sun)
        await until(pilot, lambda: app.state is not None and app.state.board.cards[c.card].name == "丙")
        await settled(app, pilot)
        await pilot.press("u")
        await until(pilot, lambda: "nothing is undone" in app.message)
        assert app.message == (
            "Error card changed Q4营销-2026-001 丙: 孙悦 changed name of card Q4营销-2026-001 since; nothing is undone."
        )
        assert not app.front.entering
        await press(app, pilot, "u")
        assert written_board(tmp_path / "board.json").subtasks[c.idle].name == "门店清单"
        await pilot.press("u")
        await until(pilot, lambda: app.message == "Nothing of yours is left to undo.")


async def test_a_change_of_another_one_that_comes_while_it_is_asked(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await record(app, pilot, "EditCard", **edit("甲"))
        await pilot.press("u")
        await until(pilot, lambda: app.front.entering)
        elsewhere(tmp_path / "board.json", EditCard(card=c.card, fields={"name": "丙"}), by=c.sun)
        await until(pilot, lambda: app.state is not None and app.state.board.cards[c.card].name == "丙")
        await pilot.press("enter")
        await until(pilot, lambda: "孙悦 changed name" in "\n".join(app.screen_text))
    assert written_board(tmp_path / "board.json").cards[c.card].name == "丙"


@pytest.mark.parametrize("keys", ["1", "2", "3", "4", "i", "3 space", "enter"])
async def test_on_every_screen(tmp_path: Path, keys: str) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await record(app, pilot, "EditCard", **edit("甲"))
        for key in keys.split():
            await pilot.press(key)
        await press(app, pilot, "u")
        assert written_board(tmp_path / "board.json").cards[c.card].name == "Q4营销活动筹备"


async def test_a_card_and_minutes_that_are_open_while_they_go(tmp_path: Path) -> None:
    from tui.screens.card import CardScreen
    from tui.screens.minutes_editor import MinutesEditor

    async with running(office(), tmp_path) as (app, pilot):
        await record(app, pilot, "CreateCard", id=999, name="年会", departments=[c.market])
        app.push_screen(CardScreen(999))
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and app.screen.is_mounted)
        await pilot.press("u")
        await until(pilot, lambda: app.front.entering)
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, CardScreen))
        await settled(app, pilot)
        await record(app, pilot, "CallMeeting", id=998, kind="progress", name="会", card=c.card, starts=T0 + 3600)
        app.push_screen(MinutesEditor(998))
        await until(pilot, lambda: isinstance(app.screen, MinutesEditor) and app.screen.opened)
        await pilot.press("escape")
        await settled(app, pilot)
        await press(app, pilot, "u")
        assert 998 not in written_board(tmp_path / "board.json").meetings
        assert app.is_running
        await pilot.press("q")
        await until(pilot, lambda: not isinstance(app.screen, MinutesEditor))


async def test_who_has_done_nothing_has_nothing_to_undo(tmp_path: Path) -> None:
    async with running(office(), tmp_path) as (app, pilot):
        await pilot.press("u")
        await until(pilot, lambda: app.message == "Nothing of yours is left to undo.")
        await pilot.press("U")
        await until(pilot, lambda: app.message == "Nothing of yours is there to redo.")
        assert not app.front.entering
