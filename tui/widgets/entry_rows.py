"""The panel's rows: heading, what stands above and below the one text input, and the echo of it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from store.errors import CrossdeckError
from store.text import clean
from tui.entry import Entry
from tui.i18n import _
from tui.look import DIM, STYLES
from tui.widgets.entry_deck import Deck
from tui.widgets.entry_shapes import FormShape, LineShape, Picture, heading_row, literal, understood
from tui.widgets.lines import Lines
from tui.widgets.long_text import long_text
from tui.widgets.text_input import TextInput


class EntryRows(Widget):
    """Draws a Picture around the text input. A subclass is the input's owner."""

    DEFAULT_CSS = f"""
    EntryRows {{ display: none; height: auto; width: 100%; background: $panel; }}
    EntryRows Lines {{ height: 1; width: 100%; background: $panel; }}
    EntryRows Horizontal {{ height: 1; width: 100%; background: $panel; }}
    EntryRows #entry-prompt {{ width: 3; }}
    EntryRows TextInput, EntryRows TextInput:focus {{
        width: 1fr; height: 1; border: none; padding: 0; background: $panel; background-tint: $panel 0%;
    }}
    EntryRows TextInput > .input--cursor {{ background: $foreground; color: $background; text-style: none; }}
    EntryRows TextInput > .input--suggestion, EntryRows TextInput > .input--placeholder {{ color: {DIM}; }}
    """

    def __init__(self, *, id: str | None = None) -> None:
        """Hidden and empty."""
        self.input = TextInput(self, id="entry-input")
        self._heading = Lines(id="entry-heading")
        self._above = Lines(id="entry-above")
        self._prompt = Lines(id="entry-prompt")
        self._whole = Lines(id="entry-whole")
        self._below = Lines(id="entry-below")
        # Given here and not composed: what is typed right behind the key that opens the panel finds its input.
        line = Horizontal(self._prompt, self.input)
        super().__init__(self._heading, self._above, self._whole, line, self._below, id=id)

    def show_picture(self, heading: Text, picture: Picture, cells: int) -> None:
        """Draw; the input's own text is not touched."""
        self._heading.show([heading_row(heading, picture.note, cells)])
        self._prompt.styles.width = picture.prompt.cell_len
        self._prompt.show([picture.prompt])
        self.input.placeholder = picture.placeholder
        for lines, rows in ((self._above, picture.above), (self._below, picture.below)):
            _fill(lines, rows)
        self.show_whole(cells)
        self.input.call_after_refresh(self.input.place_cursor)

    def show_whole(self, cells: int) -> None:
        """Above a text that is longer than its row: all of it. The row itself stays where it is, and so does an IME."""
        indent = self._prompt.lines[0].cell_len if self._prompt.lines else 0
        rows = long_text(self.input.value, self.input.cursor_position, cells - indent, indent)
        if rows or self._whole.display:
            _fill(self._whole, rows)

    def on_input_changed(self, event: Input.Changed) -> None:
        """The owner was told already, before the next key was looked at."""
        event.stop()

    def on_click(self, event: events.Click) -> None:
        """A row above or below the one that is typed in."""
        if event.widget in {self._above, self._below}:
            event.stop()
            self.clicked(event.y if event.widget is self._above else len(self._above.lines) + 1 + event.y)

    def clicked(self, row: int) -> None:
        """A row was clicked, counted from the first one drawn."""
        raise NotImplementedError

    # The input's owner ----------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether something is being entered."""
        raise NotImplementedError

    def takes(self, key: str) -> bool:
        """Carry out a key that is no text."""
        raise NotImplementedError

    def typed(self, text: str) -> None:
        """The text changed."""
        raise NotImplementedError

    def moved(self) -> None:
        """The cursor stands elsewhere in the text."""
        self.show_whole(self.screen.size.width)

    def too_long(self) -> None:
        """A text was cut."""
        raise NotImplementedError


def _fill(lines: Lines, rows: Sequence[Text]) -> None:
    lines.display = bool(rows)
    lines.styles.height = len(rows)
    lines.show(rows)


def error_row(text: Text) -> Text:
    """A message row that says what is wrong."""
    return Text.assemble(" ", (_("Error"), STYLES["red"]), " ", literal(text))


def echo_of(shape: LineShape | FormShape, deck: Deck, said: str) -> Text:
    """How the text is understood; while nothing is typed the app's message, else the entry's hint.

    `said` is the message of before the panel opened: it would hide what the panel asks.
    """
    entry = shape.entry
    if not shape.words:
        message = deck.message_text()
        return message if message.plain.strip() and message.plain != said else _hint(entry)
    values = understood(shape)
    if isinstance(values, CrossdeckError):
        return error_row(Text(deck.error_text(values)))
    if entry.echo is None:
        return _hint(entry)
    echo = entry.echo(values)
    return error_row(echo.text) if echo.error else Text.assemble("   ", literal(echo.text))


def _hint(entry: Entry) -> Text:
    return Text(f"   {clean(entry.hint)}", STYLES["dim"])
