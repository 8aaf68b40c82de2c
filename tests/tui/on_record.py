"""A screen for the tests of verbs: its cursor stands on one record."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.pilot import Pilot

from tests.tui.deck import Deck, until
from tui.screens import base
from tui.screens.base import DeckScreen, Ref
from tui.widgets.lines import Lines


class OnRecord(DeckScreen):
    """A screen whose cursor stands on one record."""

    CSS_PATH = str(Path(base.__file__).with_name("base.tcss"))  # Textual looks beside the subclass
    AUTO_FOCUS = ""

    def __init__(self, ref: Ref) -> None:
        super().__init__()
        self.ref = ref

    def compose_body(self) -> ComposeResult:
        body = Lines()
        body.styles.height = "1fr"
        yield body

    def current(self) -> Ref | None:
        return self.ref

    def add_table(self) -> str:
        return "issues"


async def on(app: Deck, pilot: Pilot[int], ref: Ref) -> None:
    """A screen with the cursor on `ref` in front."""
    app.push_screen(OnRecord(ref))
    await until(pilot, lambda: isinstance(app.screen, OnRecord) and app.screen.panel.is_attached)
