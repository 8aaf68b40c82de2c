"""A deck for the tests of the bottom panel: a list, the panel, and an App that records what it is asked to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

from store.errors import CrossdeckError
from store.operations.base import Operation
from tui.commands import BY_ID, bindings
from tui.drafts import Drafts, brings_back, draft_words
from tui.entry import Request
from tui.ordered_keys import OrderedKeys
from tui.widgets.entry_panel import EntryPanel
from tui.widgets.lines import Lines

Done = Callable[[list[Any]], None]
Failed = Callable[[CrossdeckError], None]


class Said(Operation, frozen=True, kw_only=True):
    """An operation that only says something."""

    text: str


class Rows(Widget, can_focus=True):
    """Stands for the table."""

    BINDINGS = [Binding("up", "nothing", show=False)]

    def action_nothing(self) -> None:
        pass


class PanelScreen(Screen[None]):
    """List, panel, message row and footer."""

    BINDINGS = [*bindings()]

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows()
        self.panel = EntryPanel(id="panel")
        self.bottom = Lines(id="bottom")

    def compose(self) -> ComposeResult:
        yield self.rows
        yield self.panel
        yield self.bottom

    def on_mount(self) -> None:
        self.rows.focus()

    def draw_bottom(self) -> None:
        width = self.size.width
        panel = self.panel
        self.bottom.show([panel.echo(), panel.footer(width)] if panel.is_open else [Text(), Text()])

    def action_command(self, command: str) -> None:
        deck = self.app
        assert isinstance(deck, PanelDeck)
        deck.commands.append(command)
        request = deck.requests.get(command)
        if request is not None:
            self.panel.open(request)


class PanelDeck(OrderedKeys[int]):
    """The App: `requests` says what a command opens. With `answers` False the journal waits for `answer`."""

    CSS = "Rows { height: 1fr; } #bottom { height: 2; background: $panel; }"

    def __init__(self, folder: Path, requests: dict[str, Request] | None = None) -> None:
        super().__init__()
        self.drafts = Drafts(folder, folder / "board.json")
        self.requests: dict[str, Request] = requests or {}
        self.commands: list[str] = []
        self.recorded: list[str] = []
        self.notices: list[str] = []
        self.answers = True
        self.asked: list[tuple[Done | None, Failed | None]] = []
        self.deck_screen = PanelScreen()

    def get_default_screen(self) -> Screen[Any]:
        return self.deck_screen

    @property
    def panel(self) -> EntryPanel:
        return self.deck_screen.panel

    @property
    def echoed(self) -> str:
        return self.panel.echo().plain

    @property
    def typed(self) -> str:
        return self.panel.input.value

    def record(
        self, operations: Sequence[Operation], done: Done | None = None, failed: Failed | None = None, person: int = 0
    ) -> None:
        self.recorded += [operation.text for operation in operations if isinstance(operation, Said)]
        self.asked.append((done, failed))
        if self.answers:
            self.call_later(self.answer)

    def answer(self, error: CrossdeckError | None = None) -> None:
        done, failed = self.asked.pop(0)
        if error is not None and failed is not None:
            failed(error)
        elif done is not None:
            done([])

    def notice(self, text: str, *, error: bool = False) -> None:
        self.notices.append(text)

    def tell(self, recorded: Sequence[Any]) -> None:
        pass

    def error_text(self, error: CrossdeckError) -> str:
        return str(error)

    def draft_text(self, key: str, words: str) -> str:
        return f"Draft kept ({draft_words(words)}). {self.key_of(brings_back(key))} brings it back."

    def message_text(self) -> Text:
        return Text("")

    def key_of(self, command: str) -> str:
        return BY_ID[command].shown

    def do_quit(self) -> None:
        self.exit(0)
