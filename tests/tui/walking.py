"""What the tests of the walk share: the walk open on the board of six issues, and what stands in it."""

from __future__ import annotations

from textual.pilot import Pilot

from store.records import Issue
from tests.tui.deck import Deck, until
from tests.tui.issue_boards import RAISED
from tui.screens.walk import TriageScreen, WalkScreen


async def triage(app: Deck, pilot: Pilot[int], *keys: str) -> TriageScreen:
    """The queue, the walk, and so many keys into it."""
    await pilot.press("3")
    await until(pilot, lambda: len(app.list.rows) == len(RAISED))
    await pilot.press("space")
    await until(pilot, lambda: isinstance(app.screen, TriageScreen) and app.screen.page.lines)
    await pilot.press(*keys)
    assert isinstance(app.screen, TriageScreen)
    return app.screen


def issue(app: Deck, number: int) -> Issue:
    assert app.state is not None
    return app.state.board.issues[number]


def shown(app: Deck) -> int:
    found = app.front.current()
    return found[1] if found else 0


def page(app: Deck) -> str:
    assert isinstance(app.screen, WalkScreen)
    return "\n".join(line.plain for line in app.screen.page.lines)
