"""The text of the minutes on screen: one scrolling page, one line of it being typed (screens.md §3.5).

It is a text input whose value is the line under the cursor; all other lines are drawn around it. So an IME, Chinese
words, undo and pastes work as in the bottom panel, and a line longer than the screen is seen whole.
"""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets.input import Selection

from store.text import clean
from tui.editor.completing import Completer
from tui.editor.cursor import Cursor
from tui.editor.drawing import Drawing, Typing
from tui.editor.fold import fold, fold_again, index_at, place_of
from tui.editor.page import FIXED, Line, Place
from tui.editor.viewport import Viewport, cells_changed
from tui.i18n import _
from tui.ordered_keys import Typed
from tui.widgets.entry_keys import panel_keys
from tui.widgets.lines import Drawn
from tui.widgets.text_input import LONGEST, TextInput, rest_of

Steps = list[tuple[str, int]]


class MinutesText(TextInput, Drawn):
    """Draws a page and takes the keys of the text; in row mode (`typing` False) the screen's commands act."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = []
    # What changed is repainted row by row (`repaint`).
    value = reactive("", layout=False, repaint=False, init=False)
    selection = reactive(Selection.cursor(0), repaint=False, init=False)

    def __init__(self, cursor: Cursor, *, id: str | None = None) -> None:
        """In row mode; nothing is drawn before a Drawing is given."""
        super().__init__(self, id=id)
        self.cursor = cursor
        self.drawing: Drawing | None = None
        self.completer: Completer | None = None
        self.typing = False
        self.can_focus = False
        self.view = Viewport()
        self._rows: list[Text] = []
        self._steps: dict[int, tuple[Steps, Steps]] = {}
        """id of a line -> its undo and redo steps."""
        self._loaded: Place | None = None
        self._goal: int | None = None
        """Cell that Up and Down aim for."""
        self._keys: dict[str, tuple[str, bool]] = {}
        self._folded: tuple[str, int, list[int]] = ("", 0, [0])
        self._acting = self._stale = False
        """Whether a key is being carried out, and whether it asked for a repaint."""

    # Modes ------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether text is being typed."""
        return self.typing

    def begin(self) -> None:
        """Text mode on the place under the cursor."""
        self._keys = panel_keys(self.app)
        self.typing = self.can_focus = True
        self.screen.set_focus(self, scroll_visible=False)
        self.take()

    def end(self) -> None:
        """Row mode."""
        self._stash()
        self._loaded = None
        self.typing = self.can_focus = False
        self.screen.set_focus(None)
        self.repaint()

    def take(self) -> None:
        """The place under the cursor, or its text, is another one: type there."""
        place, index = self.cursor.place, self.cursor.index
        if self.typing and not isinstance(place, FIXED):
            if self._loaded is not place or self.value != clean(place.text):
                same = self._loaded is place
                self._stash()
                self._loaded = self.completion = None
                self.load(place.text)
                if isinstance(place, Line) and not same:
                    self._past, self._future = self._steps.get(place.id, ([], []))
                self._loaded = place
            if index != self.cursor_position:  # else a selection stays
                self.selection = Selection.cursor(min(index, len(self.value)))
        self.repaint()

    def _stash(self) -> None:
        if isinstance(self._loaded, Line) and (self._past or self._future):
            self._steps[self._loaded.id] = (list(self._past), list(self._future))

    # Keys (called by the input) -----------------------------------------------------------------------

    def press(self, event: Typed) -> None:
        """Whatever a key or a paste changes is painted once."""
        self._acting = True
        try:
            self._act(event)
        finally:
            self._acting = False
        if self._stale:
            self.repaint()

    def _act(self, event: Typed) -> None:
        """Pastes of several lines are several lines; Up and Down keep their cell only among themselves."""
        if isinstance(event, events.Paste):
            self._paste(event.text)
            return
        if event.key not in {"up", "down"}:
            self._goal = None
        super().press(event)

    def takes(self, key: str) -> bool:
        """Carry out a key of the text; False leaves it to the input."""
        if key == "backspace" and self.selection.is_empty and not self.cursor_position and self.cursor.back():
            self._steps.pop(getattr(self.cursor.place, "id", 0), None)  # its texts from before the join have no end
            self.take()
            return True
        if key == "ctrl+z" and not self._past and self.cursor.part():
            self.take()
            return True
        if key in {"pageup", "pagedown"}:
            for _row in range(max(1, self.size.height - 2)):
                self._vertical(1 if key == "pagedown" else -1)
            return True
        command, first = self._keys.get(key, ("", True))
        if command == "panel.complete":
            return self.take_completion()
        if command == "panel.record":
            self._enter(save=not first)
        elif command == "panel.form":
            self.cursor.turn(1 if first else -1)
            self.take()
        elif command == "panel.recall":
            self._vertical(-1 if first else 1)
        elif command in {"panel.close", "quit"}:
            self.cursor.desk.text_command(command)
        return bool(command)

    def _enter(self, *, save: bool) -> None:
        if save:
            self.cursor.desk.text_command("save")
        else:
            self.cursor.index = self.cursor_position
            self.cursor.enter()
            self.take()

    def _vertical(self, by: int) -> None:
        """One row up or down, past the ends of the line into the next one."""
        starts = self._starts()
        row, cell = place_of(self.value, starts, self.cursor_position)
        self._goal = cell if self._goal is None else self._goal
        if 0 <= row + by < len(starts):
            self.selection = Selection.cursor(index_at(self.value, starts, row + by, self._goal))
        elif self.cursor.step(by, headings=False):
            self.take()
            starts = self._starts()
            to = 0 if by > 0 else len(starts) - 1
            self.selection = Selection.cursor(index_at(self.value, starts, to, self._goal))

    def _paste(self, text: str) -> None:
        texts = [line for line in clean(text, lines=True).split("\n") if line.strip()]
        if len(texts) < 2 or not isinstance(self.cursor.place, Line):
            super()._put(" ".join(texts))
            return
        if not self.selection.is_empty:
            self.delete_selection()
        self.cursor.index = self.cursor_position
        self.cursor.paste(texts)
        self.take()

    def typed(self, text: str) -> None:
        """The text changed."""
        place = self.cursor.place
        if not isinstance(place, FIXED):
            self.cursor.page.typed(place, text)
        self.completion = self.completer.complete(place, text) if self.completer else None
        self.repaint()

    def moved(self) -> None:
        """The page shows the whole line and its cursor already."""

    def too_long(self) -> None:
        """Say that a text was cut."""
        self.cursor.desk.say(_("A line holds {n} characters; the rest was left out.").format(n=LONGEST))

    # What Textual's input does to itself ----------------------------------------------------------------

    def _watch_value(self, _value: str) -> None:
        self.selection = self.selection  # within the new text

    def _watch_selection(self, selection: Selection) -> None:
        if self._loaded is not None:
            self.cursor.index = selection.end
            self.repaint()

    def place_cursor(self) -> None:
        """Put the terminal's cursor, where an IME draws, on ours."""
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the text cursor stands on the screen."""
        x, y, _width, _height = self.content_region
        if self.drawing is None or self.drawing.cells < 1:
            return Offset(x, y)
        _row, cell = place_of(self.value, self._starts(), self.cursor_position)
        indent = self.drawing.cells - 1 - self.drawing.room(self.cursor.place)
        return Offset(x + indent + cell, y + self.view.focus_line)

    # Painting ---------------------------------------------------------------------------------------

    def draw(self, drawing: Drawing) -> None:
        """Another state, minute or width."""
        self.drawing = drawing
        self.repaint()

    def _starts(self) -> list[int]:
        room = self.drawing.room(self.cursor.place) if self.drawing else 80
        text, cells, starts = self._folded
        if (text, cells) != (self.value, room):
            starts = fold_again(self.value, room, text, starts) if cells == room else fold(self.value, room)
            self._folded = (self.value, room, starts)
        return starts

    def repaint(self) -> None:
        """Draw the page around the cursor; only rows that read otherwise go to the terminal."""
        drawing, height = self.drawing, self.size.height
        self._stale = self._acting
        if drawing is None or not height or self._acting:
            return
        places, place = self.cursor.page.flat(), self.cursor.place
        at = next((n for n, each in enumerate(places) if each is place), 0)
        place, typing, focus = places[at], None, 0
        if self.typing and place is self._loaded:
            starts = self._starts()
            start, end = sorted(self.selection)
            typing = Typing(self.value, starts, self.cursor_position, (start, end), self._rest())
            focus = place_of(self.value, starts, self.cursor_position)[0]

        def draw(each: Place) -> list[Text]:
            here = each is place
            return drawing.rows(each, here=here and not self.typing, typing=typing if here else None)

        before, self._rows = self._rows, self.view.rows(places, at, focus, height, draw)
        changed = [(y, cells_changed(before, self._rows, y, self.size.width)) for y in range(height)]
        regions = [Region(0, y, cells, 1) for y, cells in changed if cells]
        if regions:
            self.refresh(*regions)
        self.place_cursor()

    def _rest(self) -> str:
        """What Right adds behind the text, or shows in its place after `=`: grey."""
        return rest_of(self.value, self.completion) if self.completion and self.cursor_at_end else ""

    def on_resize(self) -> None:
        """Another height; another width comes as another Drawing."""
        self.repaint()

    def render_line(self, y: int) -> Strip:
        """One row, cut at the widget's width."""
        return self.drawn(self._rows[y] if y < len(self._rows) else Text())

    # The mouse --------------------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The cursor to the row clicked."""
        event.prevent_default()
        event.stop()
        if event.y < len(self.view.shown):
            self.cursor.go(self.view.shown[event.y][0])
            if self.typing and isinstance(self.cursor.place, FIXED):
                self.cursor.step(1, headings=False)
            self.take()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """No selecting with the mouse."""
        event.prevent_default()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """As above."""
        event.prevent_default()
