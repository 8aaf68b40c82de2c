"""One line of text as people type it: Chinese words, undo, pastes that never act, a grey suggestion.

Textual's Input with what it lacks (terminal facts §1): a paste is cleaned and keeps all its lines as one, ctrl+w takes
a word and not the sentence, ctrl+z works, the ideographic blank is text, the terminal's cursor (where an IME draws)
stands where ours does. Every key is carried out by `press` before it returns, so that typing ahead keeps its order.
"""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar, Protocol

from rich.cells import cell_len
from textual import events
from textual.actions import SkipAction, parse
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.reactive import reactive
from textual.widgets import Input

from store.text import clean
from tui.ordered_keys import TakesKeys, Typed, is_text
from tui.widgets.word_steps import word_left, word_right

LONGEST = 20_000
"""Characters a line holds: no sentence is longer, and each key still answers at once."""
UNDO_STEPS = 200


class Owner(Protocol):
    """Whose text it is."""

    @property
    def is_open(self) -> bool:
        """Whether the text is being typed: the input keeps the focus then."""

    def takes(self, key: str) -> bool:
        """Carry out a key that is no text (Enter, Esc, Tab...); False leaves it to the input."""

    def typed(self, text: str) -> None:
        """The text is another one now."""

    def moved(self) -> None:
        """The cursor stands elsewhere in the text."""

    def too_long(self) -> None:
        """Part of what was typed or pasted found no room."""


def rest_of(text: str, whole: str) -> str:
    """What a completion shows behind a text: the rest of it, or what it would say from where they differ."""
    if whole.startswith(text):
        return whole[len(text) :]
    same = next((at for at, (a, b) in enumerate(zip(text, whole, strict=False)) if a != b), len(whole))
    return f" = {whole[same:]}"


class TextInput(Input, TakesKeys):
    """The input of the bottom panel. Its owner sees every key that is no text first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo", show=False),
        Binding("ctrl+y", "redo", show=False),
    ]
    # A key changes the text, never the size: no new layout of the screen for it.
    value = reactive("", layout=False, init=False)

    def __init__(self, owner: Owner, *, id: str | None = None) -> None:
        """Empty, without frame, blink or validation."""
        super().__init__(select_on_focus=False, compact=True, validate_on=(), id=id)
        self.cursor_blink = False
        self._initial_value = False  # else the first paste does not scroll to its end
        self.completion: str | None = None
        """The whole line that Right takes at the end of the text."""
        self._owner = owner
        self._past: list[tuple[str, int]] = []
        self._future: list[tuple[str, int]] = []
        self._typing_at = -1
        self._loading = False

    # Keys -------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """A key that came by Textual's own way."""
        event.stop()
        event.prevent_default()
        self.press(event)

    def on_paste(self, event: events.Paste) -> None:
        """A paste that came by Textual's own way."""
        event.stop()
        event.prevent_default()
        self.press(event)

    def press(self, event: Typed) -> None:
        """Carry out a key or a paste. No screen binding ever sees it."""
        if isinstance(event, events.Paste):
            self._put(event.text)
        elif is_text(event.character):
            self._put(event.character or "")
        elif not self._owner.takes(event.key):
            for binding in self._bindings.key_to_bindings.get(event.key, ()):
                _place, action, arguments = parse(binding.action)
                with suppress(SkipAction):  # nothing to copy, nowhere to scroll
                    getattr(self, f"action_{action}")(*arguments)
                self._owner.moved()

    def _put(self, text: str) -> None:
        self.replace(text, *self.selection)

    async def action_submit(self) -> None:
        """Enter is the owner's."""

    def action_paste(self) -> None:
        """What was cut or copied in this program."""
        self._put(self.app.clipboard)

    # Text -------------------------------------------------------------------------------------------

    def load(self, text: str) -> None:
        """Another text to edit: the cursor at its end, nothing to undo, the owner is not told."""
        self._past.clear()
        self._future.clear()
        self._typing_at = -1
        self._loading = True
        self.value = clean(text)[:LONGEST]
        self._loading = False
        self.cursor_position = len(self.value)
        self.call_after_refresh(self.place_cursor)

    def change(self, text: str) -> None:
        """Another text in place of this one; ctrl+z brings this one back."""
        self.replace(text, 0, len(self.value))

    def replace(self, text: str, start: int, end: int) -> None:
        """Put cleaned text in place of `start` to `end`; what finds no room is left out and told."""
        text = clean(text)
        start, end = sorted((max(0, start), min(len(self.value), end)))
        room = LONGEST - len(self.value) + end - start
        inserted = text[:room]
        value = self.value[:start] + inserted + self.value[end:]
        if value != self.value:
            self._remember(inserted, start, end)
            self.value = value
        self.cursor_position = start + len(inserted)
        self._owner.moved()
        if len(text) > room:
            self._owner.too_long()

    def watch_value(self, value: str) -> None:
        """Tell the owner, who may offer a completion."""
        if not self._loading:
            self._owner.typed(value)

    def offer(self, whole: str | None) -> None:
        """Show the rest of a completed line grey behind the text; what does not begin alike is shown after `=`."""
        self.completion = whole if whole and whole != self.value else None
        self._suggestion = self.value + rest_of(self.value, self.completion) if self.completion else ""

    def take_completion(self) -> bool:
        """Take the grey suggestion if the cursor stands at the end of the text."""
        if self.completion is None or not self.cursor_at_end:
            return False
        self.change(self.completion)
        return True

    # Undo -------------------------------------------------------------------------------------------

    def _remember(self, inserted: str, start: int, end: int) -> None:
        """One step per word typed: letters in a row belong together, a blank begins the next step."""
        goes_on = len(inserted) == 1 and start == end == self._typing_at and not inserted.isspace()
        self._typing_at = start + 1 if len(inserted) == 1 else -1
        if not goes_on:
            self._past.append((self.value, self.cursor_position))
            del self._past[:-UNDO_STEPS]
        self._future.clear()

    def action_undo(self) -> None:
        """The text before the last step."""
        self._step(self._past, self._future)

    def action_redo(self) -> None:
        """The step that was undone."""
        self._step(self._future, self._past)

    def _step(self, steps: list[tuple[str, int]], back: list[tuple[str, int]]) -> None:
        if steps:
            back.append((self.value, self.cursor_position))
            self._typing_at = -1
            self.value, self.cursor_position = steps.pop()

    # Words ------------------------------------------------------------------------------------------

    def action_cursor_left_word(self, select: bool = False) -> None:
        """To the beginning of the word before the cursor."""
        self._go(word_left(self.value, self.cursor_position), select=select)

    def action_cursor_right_word(self, select: bool = False) -> None:
        """Behind the next word."""
        self._go(word_right(self.value, self.cursor_position), select=select)

    def _go(self, to: int, *, select: bool) -> None:
        self.selection = type(self.selection)(self.selection.start if select else to, to)

    def action_delete_left_word(self) -> None:
        """Delete the word before the cursor, or the selection."""
        if self.selection.is_empty:
            self.delete(word_left(self.value, self.cursor_position), self.cursor_position)
        else:
            self.delete_selection()

    def action_delete_right_word(self) -> None:
        """Delete the word behind the cursor, or the selection."""
        if self.selection.is_empty:
            self.delete(self.cursor_position, word_right(self.value, self.cursor_position))
        else:
            self.delete_selection()

    # Cursor of the terminal ---------------------------------------------------------------------------

    def on_focus(self) -> None:
        """An IME draws at the terminal's cursor; the place is known after the next layout (Textual issue 6082)."""
        self.call_after_refresh(self.place_cursor)

    def on_blur(self) -> None:
        """A click elsewhere must not turn letters into commands while something is entered."""
        if self._owner.is_open and self.screen.focused not in (None, self):
            self.screen.set_focus(self)

    def _position_to_cell(self, position: int) -> int:
        """As Input's, without its search for tabs, which no text here has."""
        return cell_len(self.value[:position])

    @property
    def cursor_screen_offset(self) -> Offset:
        """Column and row of our cursor on the screen; Input's own is one cell too far right behind the text."""
        region = self.content_region
        before = self._position_to_cell(self.cursor_position)
        return Offset(region.x + before - round(self.scroll_offset.x), region.y)

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        """The line scrolls after the cursor moved: the terminal's cursor goes with it."""
        super().watch_scroll_x(old_value, new_value)
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    def place_cursor(self) -> None:
        """Put the terminal's cursor where ours stands."""
        if self.has_focus:
            self.offer(self.completion)
            self.app.cursor_position = self.cursor_screen_offset
            self.refresh()
