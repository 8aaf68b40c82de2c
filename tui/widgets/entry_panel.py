"""The bottom panel: the only place where something is entered (screens.md §1, §4 panel keys).

One text input serves all three shapes (line, form, choice) and moves to the row that is typed in, so what is typed
ahead always finds it. Keys wait while the journal takes an entry: the text stays until it is safe, and what is typed
meanwhile belongs to the next entry. Everything is drawn from Text: markup in a heading or a label is never read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from rich.text import Text
from textual.widget import Widget

from store.errors import CrossdeckError
from store.text import clean
from tui.entry import Choice, Request, Shape
from tui.i18n import _
from tui.look import STYLES
from tui.widgets.entry_choice import ChoiceShape
from tui.widgets.entry_deck import Deck
from tui.widgets.entry_keys import footer, panel_keys
from tui.widgets.entry_recording import Recording
from tui.widgets.entry_rows import EntryRows, echo_of, error_row
from tui.widgets.entry_shapes import FormShape, LineShape, draft_of, shape_of, understood
from tui.widgets.text_input import LONGEST

HIGHEST = 0.6
"""The part of the screen's height the panel may take."""


class EntryPanel(EntryRows):
    """Hidden until `open`; stays open on the next entry of a chain; closes with Esc and keeps the draft."""

    def __init__(self, *, id: str | None = None) -> None:
        """Closed."""
        super().__init__(id=id)
        self.request: Request | None = None
        self.spent = False
        """What stands in the line is recorded: there is no draft of it."""
        self._shape: LineShape | FormShape | ChoiceShape | None = None
        self._recording = Recording(self)
        self._note: tuple[str, bool] | None = None
        """(sentence, is an error) in the message row until the text changes."""
        self._came_from: Widget | None = None
        self._said = ""
        """What the message row said when the panel opened: it must not hide what the panel asks."""
        self._start = ""
        self._turns = 0
        """How often the panel was opened, closed or went on."""
        self._keys: dict[str, tuple[str, bool]] = {}

    # What the screen uses -----------------------------------------------------------------------------

    @property
    def deck(self) -> Deck:
        """The App, as far as the panel needs it."""
        return cast("Deck", self.app)

    @property
    def is_open(self) -> bool:
        """Whether something is being entered."""
        return self.request is not None

    @property
    def shape(self) -> Shape | None:
        """The shape that is open."""
        return self._shape.name if self._shape is not None else None

    def open(self, request: Request) -> None:
        """Open on an entry or a choice. What was open gives way and keeps its draft."""
        if self.is_open:
            self.keep()
        else:
            self._said = self.deck.message_text().plain
            self._came_from = self.screen.focused
            self._keys = panel_keys(self.app)
        self._recording.forget()
        self._show(request)

    def close(self) -> None:
        """Close and keep the draft; the widget that had the focus has it again."""
        if not self.is_open:
            return
        self.keep()
        self._recording.forget()
        self._turns += 1
        self.request = self._shape = self._note = None
        if not self.is_attached:  # its screen went while the journal answered
            return
        self.display = False
        back, self._came_from = self._came_from, None
        self.screen.set_focus(back if back is not None and back.is_attached and back.display else None)
        self._draw_bottom()

    def keep(self) -> None:
        """Put what is typed into the drafts (the app writes them to disk)."""
        shape = self._shape
        if shape is not None and not isinstance(shape, ChoiceShape) and shape.entry.keep_draft and not self.spent:
            text = draft_of(shape)
            self.deck.drafts.keep(shape.entry.key, "" if text == self._start else text)

    def echo(self) -> Text:
        """The message row: an error or a question, else how the text is understood, else the app's message."""
        if self._note is not None:
            text, error = self._note
            return error_row(Text(text)) if error else Text(f" {text}")
        if self._recording.waiting:
            return Text(f" {_('recording')}", STYLES["dim"])
        shape = self._shape
        if shape is None or isinstance(shape, ChoiceShape):
            return self.deck.message_text()
        return echo_of(shape, self.deck, self._said)

    def footer(self, cells: int) -> Text:
        """The keys of the panel, in `cells` cells."""
        return footer(self._shape, self.deck.key_of, cells, self._keys)

    # What recording uses ------------------------------------------------------------------------------

    def say(self, text: str, *, error: bool = False) -> None:
        """A sentence in the message row, until the text changes."""
        self._note = (clean(text), error)
        self._draw_bottom()

    def refuse(self, error: CrossdeckError) -> None:
        """Say why nothing was recorded; the text stays."""
        self.say(self.deck.error_text(error), error=True)

    def go_on(self, following: Callable[[], Request | None] | None) -> None:
        """Open what follows, or close. `following` may open the panel itself."""
        turns = self._turns
        request = following() if following is not None else None
        if self._turns != turns:
            return
        if request is None or not self.is_attached:
            self.close()
        else:
            self.keep()
            self._show(request)

    def go_to_missing(self, form: FormShape) -> None:
        """To the first required field that is empty."""
        if form.go_to_missing():
            self._load()

    def _show(self, request: Request) -> None:
        self.request = request
        self._turns += 1
        self._note = None
        self.spent = False
        if isinstance(request, Choice):
            self._shape = ChoiceShape(request)
        else:
            self._start = draft_of(shape_of(request, ""))
            self._shape = shape_of(request, self.deck.drafts.get(request.key) if request.keep_draft else "")
        self.display = True
        self.screen.set_focus(self.input, scroll_visible=False)
        self._load()

    def _load(self) -> None:
        """The input takes the text of the row under the cursor."""
        if self._shape is not None:
            self._recording.changed()
            self.input.load(self._shape.text)
            self.input.offer(self._shape.suggestion())
            self._draw()

    def _draw(self) -> None:
        shape, request = self._shape, self.request
        if shape is not None and request is not None:
            size = self.screen.size
            rows = max(1, int(size.height * HIGHEST) - 1)
            self.show_picture(request.heading, shape.picture(size.width, rows), size.width)
            self._draw_bottom()

    def _draw_bottom(self) -> None:
        cast("Any", self.screen).draw_bottom()

    def on_resize(self) -> None:
        """Rows are cut to the width and counted by the height."""
        self._draw()

    def takes(self, key: str) -> bool:
        """Carry out a key of the panel; False leaves it to the input."""
        shape = self._shape
        if isinstance(shape, ChoiceShape | FormShape) and key in {"pageup", "pagedown"}:
            shape.page(1 if key == "pagedown" else -1)
            self._load() if isinstance(shape, FormShape) else self._draw()
            return True
        command, first = self._keys.get(key, ("", True))
        if command == "panel.record":
            self._enter(save=not first)
        elif command == "panel.close":
            self._escape()
        elif command == "panel.form":
            self._tab(1 if first else -1)
        elif command == "panel.recall":
            self._up_down(-1 if first else 1)
        elif command == "panel.complete":
            return self.input.take_completion()
        elif command == "quit":
            self.deck.do_quit()
        return bool(command)

    def typed(self, text: str) -> None:
        """The text changed: filter, echo, suggestion."""
        shape = self._shape
        if shape is None:
            return
        self._note = None
        self._recording.changed()
        shape.text = text
        if isinstance(shape, ChoiceShape):
            shape.filter()
            self._draw()
            return
        if shape.entry.changed is not None:
            line = shape.line()
            shape.entry.changed(text if line is None else line)
        self.input.offer(shape.suggestion())
        self._draw_bottom()

    def too_long(self) -> None:
        """Say that a text was cut."""
        self.say(_("A line holds {n} characters; the rest was left out.").format(n=LONGEST))

    def clicked(self, row: int) -> None:
        """The cursor to a row that was clicked; in a choice, where it stands already: Enter."""
        shape = self._shape
        if isinstance(shape, FormShape | ChoiceShape) and shape.go(row):
            self._load()
        elif isinstance(shape, ChoiceShape):
            self._enter(save=False)

    def unseen(self, ahead: str) -> None:
        """Enter was pressed before any of this could be seen; Up brings what was typed `ahead` of it."""
        if ahead and isinstance(self._shape, LineShape):
            self._shape.typed_ahead(ahead)
        self.say(_("Typed before the board was there. Enter goes on, Esc leaves."))

    def _up_down(self, by: int) -> None:
        shape = self._shape
        if isinstance(shape, LineShape):
            text = shape.recall(-by)
            if text is not None:
                self.input.change(text)
        elif isinstance(shape, ChoiceShape):
            shape.move(by)
            self._draw()
        elif shape is not None and shape.move(by):
            self._load()

    def _tab(self, by: int) -> None:
        """The line becomes the form; Tab walks its fields, and past its ends it is the line again."""
        shape = self._shape
        if isinstance(shape, ChoiceShape) and shape.choice.form is not None:
            self.go_on(shape.choice.form)
            return
        if isinstance(shape, LineShape):
            values = understood(shape)
            if isinstance(values, CrossdeckError):
                self.refuse(values)
                return
            self._shape = FormShape(shape.entry, values, shape)
            self._shape.at = 0 if by > 0 else len(self._shape.fields) - 1
        elif isinstance(shape, FormShape) and not shape.move(by):
            if (line := shape.line()) is not None:
                self._shape = LineShape(shape.entry, line, shape.values())
            else:
                shape.at = 0 if by > 0 else len(shape.fields) - 1
        if not isinstance(shape, ChoiceShape):
            self._load()

    def _enter(self, *, save: bool) -> None:
        shape = self._shape
        if isinstance(shape, ChoiceShape):
            option, chosen = shape.option, shape.choice.chosen
            if option is not None:
                try:
                    self.go_on(lambda: chosen(option.id))
                except CrossdeckError as error:
                    self.refuse(error)
        elif isinstance(shape, FormShape) and not save and shape.move(1):
            self._load()
        elif shape is not None:
            self._recording.record(shape)

    def _escape(self) -> None:
        shape = self._shape
        self.close()
        if shape is None or isinstance(shape, ChoiceShape):
            return
        entry = shape.entry
        if entry.closed is not None:
            entry.closed()
        if kept := self.deck.drafts.get(entry.key) if entry.keep_draft else "":
            self.deck.notice(self.deck.draft_text(entry.key, kept))
