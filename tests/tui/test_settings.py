"""`: settings`: the list of all settings, one changed with Enter, said and refused while it is typed."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from store.settings import SETTING_KEYS
from tests.store.builders import busy
from tests.tui.deck import Deck, running, typed, until
from tui.entry import Choice


async def opened(app: Deck, pilot: Pilot[int], key: str) -> None:
    await typed(pilot, ":settings\n")
    await until(pilot, lambda: "settings of this board" in app.heading)
    request = app.front.panel.request
    assert isinstance(request, Choice)
    assert [option.id for option in request.options] == list(SETTING_KEYS)
    await typed(pilot, key)
    await until(pilot, lambda: app.front.panel._shape.shown[0].id == key)  # type: ignore[union-attr]
    await pilot.press("enter")
    await until(pilot, lambda: app.heading.startswith(key) or key in app.heading)


async def test_a_rule_is_changed_and_the_list_comes_back(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await opened(app, pilot, "confirmation")
        assert app.panel_text == "2 WD"
        await pilot.press("ctrl+u")
        await typed(pilot, "soon")
        await until(pilot, lambda: "is not a span" in "\n".join(app.screen_text))
        await pilot.press("ctrl+u")
        await typed(pilot, "3 WD")
        await until(pilot, lambda: "closed ones stay" in "\n".join(app.screen_text))
        await pilot.press("enter")
        await until(pilot, lambda: "settings of this board" in app.heading)
        await until(
            pilot, lambda: app.state is not None and str(app.state.board.settings.span("confirmation")) == "3 WD"
        )


async def test_a_switch_and_the_default_again(tmp_path: Path) -> None:
    async with running(busy(), tmp_path) as (app, pilot):
        await opened(app, pilot, "auto_escalate")
        assert app.panel_text == "off"
        await pilot.press("ctrl+u")
        await typed(pilot, "on\n")
        await until(pilot, lambda: app.state is not None and app.state.board.settings.auto_escalate)
        await pilot.press("escape")
        await opened(app, pilot, "auto_escalate")
        await pilot.press("ctrl+u")
        await until(pilot, lambda: "default: off" in "\n".join(app.screen_text))
        await pilot.press("enter")
        await until(pilot, lambda: app.state is not None and not app.state.board.settings.auto_escalate)
