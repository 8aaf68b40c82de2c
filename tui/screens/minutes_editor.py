"""The minutes editor: a meeting's lines as one text, saved to the board item by item (screens.md §3.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container, Vertical

from store.rules.decision_line import ActionLine, format_action
from store.rules.proposing import Names, propose
from store.rules.reviewing import UNDER_REVIEW
from store.views.state import BoardState
from tui import frame
from tui.editor.completing import Completer
from tui.editor.desk import writers_in
from tui.editor.drawing import Drawing
from tui.editor.keeping import restore
from tui.editor.meaning import Reader
from tui.editor.merging import Merger
from tui.editor.page import FIXED, Carried, Line
from tui.editor.row_commands import RowCommands
from tui.editor.side import action_lines, facts_line, findings_text, side_lines, status_line
from tui.editor.timing import keeps_time, over, under_way
from tui.editor.wording import Wording
from tui.i18n import _, p_
from tui.key_names import key_text
from tui.look import STYLES
from tui.screens.list_screen import BELOW_FROM, RIGHT_FROM
from tui.widgets.lines import Lines, ScrolledLines

NEXT_LOOK = 0.02
"""Seconds between two looks for vague words in lines nobody is typing."""
LONGEST_PAUSE = 900
"""Seconds between two ticks beyond which nobody was at work here (a machine asleep)."""


class MinutesEditor(RowCommands):
    """One meeting. Text mode types, row mode has the keys of lists; both stand on the same page."""

    CSS_PATH: ClassVar[list[Any]] = ["base.tcss", "minutes_editor.tcss"]
    AUTO_FOCUS = ""
    number = 4
    place = "minutes"

    def __init__(self, meeting: int) -> None:
        """`meeting` is a doc id."""
        super().__init__(meeting)
        self.facts = Lines(id="facts")
        self.side = ScrolledLines(id="side")
        self.third = ScrolledLines(id="third")
        self.drawing: Drawing | None = None
        self._merger = Merger(self.page)
        self._wording = Wording()
        self._panes: dict[str, tuple[object, ...]] = {}
        """What the panes were drawn from."""
        self._found: tuple[object, list[Line]] = None, []
        """The findings, and what they were found in."""
        self._reading_on = False  # whether a look at more lines is to come
        self._ticked = 0
        self._company: Sequence[object] = ()
        self._named: BoardState | None = None
        """The state whose names are completed."""

    # Body -------------------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """Agenda and attendance | facts and text | action items where there is room."""
        with Container(id="panes"):
            yield self.side
            with Vertical(id="middle"):
                yield self.facts
                yield self.text
            yield self.third

    def on_mount(self) -> None:
        """What was typed ahead waited for the text to be there."""
        self._place_panes()
        super().on_mount()
        self.deck.release_keys()

    def on_resize(self) -> None:
        """Panes come and go with the width."""
        self._place_panes()
        self.call_after_refresh(self.redraw)

    def _place_panes(self) -> None:
        cells = self.size.width
        self.set_class(cells < BELOW_FROM, "-narrow")
        self.set_class(cells >= RIGHT_FROM, "-wide")

    def do_preview(self) -> None:
        """On a narrow screen: agenda and attendance beside the text, or not."""
        self.toggle_class("-side")
        self.call_after_refresh(self.redraw)

    # State ------------------------------------------------------------------------------------------

    def show_state(self, state: BoardState) -> None:
        """What others wrote joins the page; where I type nothing moves."""
        now = self.deck.now()
        place = self.cursor.place if self.text.typing else None
        if self._merger.merge(state, now, place):
            self.deck.notice(_("Somebody else changed a line you changed: both stand, one below the other."))
        if not self.opened:
            self.opened, self._ticked = True, now
            self._open(state)
        elif self.text.typing and not self.editable:
            self.text.end()
            self.keep_draft()
            self.deck.notice(_("These minutes are final now. What you typed is kept here as a draft."), error=True)
        self._stay_on_page()
        self.redraw()
        self.text.take()

    def _open(self, state: BoardState) -> None:
        """The draft of an earlier session back on the page; then into the first item that is not finished."""
        found = restore(self.page, self.deck.drafts.get(self.draft_key))
        if found and self.editable:
            self.deck.notice(_("Not saved last time and back again: {n}. Esc saves.").format(n=found))
        elif found:
            self.deck.notice(_("Never saved, and these minutes are final: {n}.").format(n=found), error=True)
        sections = self.page.sections
        section = next((each for each in sections if not each.done), sections[-1] if sections else None)
        if section is None:
            return
        if self.editable and state.me is not None and (found or self._writes(state)):
            self.cursor.open(section)
            self.begin_text()
            return
        self.cursor.go(section)
        if self.editable:
            self.deck.notice(_("Open for reading. {key} writes here.").format(key=self.deck.key_of("open")))

    def _writes(self, state: BoardState) -> bool:
        """Whether these minutes are mine to write now: as recorder or chair, or as presenter of one of the items.

        Under review they are read first, and answered with the keys of the row mode.
        """
        meeting = self.meeting
        if meeting is None or meeting.state in UNDER_REVIEW:
            return False
        writers = {meeting.recorder, meeting.chair, *(each.item.presenter for each in self.page.sections)}
        return state.me in writers or not {meeting.recorder, meeting.chair} - {None}

    def _stay_on_page(self) -> None:
        """Others may take out the line the cursor of the row mode stands on."""
        place = self.cursor.place
        if isinstance(place, (Line, Carried)) and self.cursor.section is None:
            self.cursor.place = self.page.sections[0] if self.page.sections else self.page.roll

    def redraw(self) -> None:
        """Everything anew: another state, minute or width."""
        state, cells = self.state, self.text.size.width
        if state is not None and cells:
            self._wording.use(state.board.settings)
            self._company, writers = self.deck.company, writers_in(self.deck.company)
            self.drawing = Drawing(self.page, Reader(state, self.deck.now()), cells, self._wording, writers)
            self.text.draw(self.drawing)
            if self._named is not state:
                self._named, self.text.completer = state, Completer(state, self.meeting_id)
            self.draw_panes()

    def draw_panes(self) -> None:
        """Facts, agenda, attendance and action items, where they read otherwise."""
        state, meeting, drawing = self.state, self.meeting, self.drawing
        if state is None or meeting is None or drawing is None:
            return
        section, cells, findings = self.cursor.section, self.facts.size.width, len(self.findings())
        lines = [facts_line(state, meeting, self.deck.now(), cells)]
        if self.has_class("-narrow"):
            lines.append(status_line(self.page, section, findings, cells))
        self.facts.show(lines)
        if self.side.display:
            height, times = self.side.size.height, [(s.used // 60, over(s) > 0, s.done) for s in self.page.sections]
            if self._differs("side", drawing, section, findings, height, times):
                self.side.show(side_lines(drawing, meeting, section, findings, height))
        if self.third.display:
            cells = self.third.size.width
            if self._differs("third", drawing, self.page.version, self._wording.looks, cells):
                self.third.show(action_lines(self.page, drawing, cells))
        self._read_on()

    def _differs(self, pane: str, *facts: object) -> bool:
        """Whether what a pane depends on is not what it was drawn from; from now on it was."""
        before, self._panes[pane] = self._panes.get(pane), facts
        return before != facts

    def _read_on(self) -> None:
        """Lines that were not read for vague words yet are, a few at a time between two keys."""
        if self._wording.waits and not self._reading_on:
            self._reading_on = True
            self.set_timer(NEXT_LOOK, self._read_more)

    def _read_more(self) -> None:
        self._reading_on = False
        if self._wording.go_on():
            self.text.repaint()
            self.draw_panes()
            self.draw_frame()
        self._read_on()

    def findings(self) -> list[Line]:
        """Lines `n` stops at; looked for again when a text, or what is known of one, is another."""
        if (drawing := self.drawing) is None:
            return []
        facts = drawing, self.page.version, self._wording.looks
        if self._found[0] != facts:
            self._found = facts, [line for line in self.page.lines() if drawing.is_finding(line)]
        return self._found[1]

    def proposed(self, decision: str) -> str:
        """The action item a decision comes to, as it is typed; empty if it does not say who, by when and what."""
        state = self.state
        if state is None:
            return ""
        found = propose(decision, Names.of(state.board), self.deck.now(), state.working)
        return "" if found.missing else format_action(ActionLine(found.text, found.who, found.due_text))

    def tick_body(self, now: int) -> None:
        """The time of the agenda item under the cursor runs while the meeting does."""
        section = self.cursor.section
        gone, before = now - self._ticked, self._ticked
        self._ticked = now
        if section is not None and self._takes_time(now) and 0 < gone <= LONGEST_PAUSE:
            section.extra += gone
        if now // 60 != before // 60 or self._company is not self.deck.company:
            self.redraw()
        else:
            self.text.repaint()
            self.draw_panes()

    def _takes_time(self, now: int) -> bool:
        state, meeting = self.state, self.meeting
        if state is None or meeting is None or not under_way(state, meeting, now):
            return False
        return keeps_time(state, meeting, self.deck.company, typing=self.text.typing)

    def on_screen_resume(self) -> None:
        """Time spent elsewhere is not the item's."""
        self._ticked = self.deck.now()

    # Text mode --------------------------------------------------------------------------------------

    def begin_text(self) -> None:
        """Type at the cursor; who is unknown to the board is asked first."""
        if not self.editable:
            self.deck.notice(_("These minutes are final or cancelled and cannot be changed."), error=True)
        elif self.known(self.begin_text):
            section = self.cursor.section
            if isinstance(self.cursor.place, FIXED) and section is not None:
                self.cursor.open(section)
            self.text.begin()
            self.draw_frame()

    def text_command(self, command: str) -> None:
        """A key of the text that is ours: save, row mode, leave the program."""
        if command == "quit":
            self.save_all()
            self.deck.do_quit()
            return
        place, section = self.cursor.place, self.cursor.section
        if command == "panel.close":
            if isinstance(place, Line) and place.blank and not place.linked and section is not None:
                at = section.lines.index(place)
                self.cursor.go(section.lines[at - 1] if at else section)
            self.text.end()
        self.save_all()
        self.draw_frame()

    def draw_bottom(self) -> None:
        """In text mode the footer names the keys of the text."""
        if not self.text.typing or self.entering:
            super().draw_bottom()
            return
        cells = self.size.width
        self.bottom.show([frame.bottom(self.deck, self, cells)[0], self._text_footer(cells)])

    def _text_footer(self, cells: int) -> Text:
        pieces = (
            (self.deck.key_of("panel.record"), p_("key", "new line")),
            (self.deck.key_of("panel.form"), p_("key", "point > decision > action")),
            (f"{self.deck.key_of('panel.recall')} {key_text('down')}", p_("key", "move")),
            ("ctrl+s", p_("key", "save")),
            ("ctrl+z", p_("key", "undo")),
        )
        tail = Text.assemble((self.deck.key_of("panel.close"), STYLES["key"]), " ", p_("key", "rows, save"), " ")
        line = Text(" ")
        for key, word in pieces:
            piece = Text.assemble((key_text(key), STYLES["key"]), " ", word, "  ")
            if line.cell_len + piece.cell_len + tail.cell_len < cells:
                line.append_text(piece)
        return frame.spread(line, tail, cells)

    def list_status(self) -> Text:
        """Text or row mode, and findings."""
        mode = _("text") if self.text.typing else _("rows")
        return Text(f"{mode} | {findings_text(len(self.findings()))} ", STYLES["dim"])
