"""The editor's desk: the page of one meeting, and how it gets to the board and into the drafts (screens.md §3.5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from store.errors import CrossdeckError
from store.file.presence import Sign
from store.operations.agenda import EDITABLE
from store.records import Meeting
from tui.cells import cut
from tui.editor.attendance import attendance_operations
from tui.editor.cursor import Cursor
from tui.editor.keeping import draft_of
from tui.editor.meaning import Reader
from tui.editor.merging import attendance_text
from tui.editor.page import Page, Section
from tui.editor.saving import Saving, save
from tui.editor.text import MinutesText
from tui.i18n import _
from tui.screens.base import DeckScreen

FINISHING = ("notice", "held")
"""States in which going on to a later item finishes the one before."""


def writers_in(company: Sequence[Sign]) -> dict[int, str]:
    """Record -> the names of the others who write in it."""
    found: dict[int, list[str]] = {}
    for sign in company:
        for key in sign.on if sign.writing else ():
            found.setdefault(key, []).append(cut(sign.name, 16))
    return {key: ", ".join(names) for key, names in found.items()}


class Desk(DeckScreen):
    """A screen with a page. Each agenda item is saved by itself: one operation with the lines that changed."""

    def __init__(self, meeting: int) -> None:
        """`meeting` is a doc id."""
        super().__init__()
        self.meeting_id = meeting
        self.page = Page(meeting)
        self.cursor = Cursor(self.page, self)
        self.text = MinutesText(self.cursor, id="text")
        self.opened = False
        """Whether the page was filled from the board."""
        self._kept = -1

    @property
    def meeting(self) -> Meeting | None:
        """The meeting as the board has it."""
        return self.state.board.meetings.get(self.meeting_id) if self.state else None

    @property
    def editable(self) -> bool:
        """Whether its minutes can still be written."""
        return self.meeting is not None and self.meeting.state in EDITABLE

    def current(self) -> tuple[str, int]:
        """The meeting."""
        return "meetings", self.meeting_id

    def open_ids(self) -> tuple[int, ...]:
        """The meeting, and the agenda item that is written."""
        section = self.cursor.section if self.text.typing else None
        return (self.meeting_id, section.item.id) if section is not None else (self.meeting_id,)

    @property
    def writing(self) -> bool:
        """Whether the text has the keys."""
        return self.text.typing

    def known(self, then: Callable[[], None]) -> bool:
        """Whether the board knows who sits here; if not they are asked, and `then` goes on."""
        if self.deck.me is None:
            from tui.verbs.who import ask

            self.open_panel(ask(self, then))
        return self.deck.me is not None

    def redraw(self) -> None:
        """Everything anew."""
        raise NotImplementedError

    def text_command(self, command: str) -> None:
        """A key of the text that is the screen's."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """A sentence for the message row."""
        self.deck.notice(text)

    @property
    def draft_key(self) -> str:
        """Under which the unsaved words are kept."""
        return f"{self.deck.me}:minutes:{self.meeting_id}"

    def keep_draft(self) -> None:
        """What is typed and not saved goes to the drafts."""
        super().keep_draft()
        if self.opened and self._kept != self.page.version:
            self._kept = self.page.version
            self.deck.drafts.keep(self.draft_key, draft_of(self.page))

    def left_section(self, section: Section, *, forward: bool) -> None:
        """Another agenda item: this one is saved, and finished if one goes on to a later one while writing."""
        meeting = self.meeting
        written = any(not line.blank for line in section.lines)
        if forward and self.text.typing and written and meeting is not None and meeting.state in FINISHING:
            section.finished = True
        self.save_section(section)

    def save_section(self, section: Section) -> Saving | None:
        """Hand what changed in an agenda item to the journal."""
        state = self.state
        if state is None or state.me is None or not self.editable:
            return None
        saving, left_out = save(self.page, section, Reader(state, self.deck.now()))
        if left_out:
            text = _("A part behind @ < = or + is too long; that line is not saved, the draft has it.")
            self.deck.notice(text, error=True)
        if saving is not None:
            self.deck.record([saving.operation], lambda _recorded: self.saved(saving), lambda _e: self._failed(saving))
        return saving

    def saved(self, saving: Saving) -> None:
        """The journal has it: the draft need not."""
        saving.done()
        if self.state is not None:
            self.show_state(self.state)
        self.keep_draft()

    def _failed(self, saving: Saving) -> None:
        saving.failed()
        self.redraw()

    def save_all(self) -> None:
        """Every agenda item and the attendance line."""
        for section in self.page.sections:
            self.save_section(section)
        self.left_roll()

    def left_roll(self) -> None:
        """The attendance line to the board."""
        state, meeting, roll = self.state, self.meeting, self.page.roll
        if state is None or meeting is None or not roll.changed or not self.editable:
            return
        try:
            operations = attendance_operations(state, meeting, roll.text)
        except CrossdeckError as error:
            self.deck.notice(self.deck.error_text(error), error=True)
            return
        if operations:
            self.deck.record(operations, self._roll_saved)
        else:
            roll.text = roll.base

    def _roll_saved(self, _recorded: list[Any]) -> None:
        if self.state is not None and self.cursor.place is not self.page.roll:
            self.page.roll.text = self.page.roll.base = attendance_text(self.state, self.meeting_id)
            self.redraw()

    def on_screen_suspend(self) -> None:
        """Another screen comes in front: nothing is left unsaved behind it."""
        if self.opened:
            self.save_all()
            self.keep_draft()
