"""Row mode of the minutes editor: the keys of lists on lines, agenda items and the attendance line."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from store.operations.agenda import MoveAgendaItem
from store.operations.minutes import MakeSubtask
from tui.editor.desk import Desk
from tui.editor.page import Carried, Line, Section
from tui.i18n import _


class RowCommands(Desk):
    """The commands; `tui.screens.minutes_editor` has the layout and the text mode."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False, id="rows.up"),
        Binding("down", "step(1)", show=False, id="rows.down"),
        Binding("pageup", "page(-1)", show=False, id="rows.page_up"),
        Binding("pagedown", "page(1)", show=False, id="rows.page_down"),
        Binding("home", "end_of_page(0)", show=False, id="rows.first"),
        Binding("end", "end_of_page(-1)", show=False, id="rows.last"),
    ]

    # What the screen has ------------------------------------------------------------------------------

    def begin_text(self) -> None:
        """Type at the cursor."""
        raise NotImplementedError

    def findings(self) -> list[Line]:
        """Lines `n` stops at."""
        raise NotImplementedError

    def proposed(self, decision: str) -> str:
        """The action item a decision comes to, as it is typed; empty if it does not say who, by when and what."""
        raise NotImplementedError

    def draw_panes(self) -> None:
        """Facts, agenda, attendance."""
        raise NotImplementedError

    # Moving -------------------------------------------------------------------------------------------

    def _moved(self) -> None:
        self.text.repaint()
        self.draw_panes()
        self.draw_bottom()

    def action_step(self, by: int) -> None:
        """One row up or down."""
        if not self.entering and self.cursor.step(by, headings=True):
            self._moved()

    def action_page(self, by: int) -> None:
        """One page up or down."""
        for _row in range(max(1, self.text.size.height - 2)):
            if not self.cursor.step(by, headings=True):
                break
        self._moved()

    def action_end_of_page(self, at: int) -> None:
        """First or last row."""
        self.cursor.go(self.page.flat()[at])
        self._moved()

    def do_down(self) -> None:
        """One row down."""
        self.action_step(1)

    def do_up(self) -> None:
        """One row up."""
        self.action_step(-1)

    def do_first(self) -> None:
        """First row."""
        self.action_end_of_page(0)

    def do_last(self) -> None:
        """Last row."""
        self.action_end_of_page(-1)

    def do_finding(self) -> None:
        """Next line with vague words, or action item without owner or date; what is wrong with it is told."""
        self._find(1)

    def do_finding_back(self) -> None:
        """Previous such line."""
        self._find(-1)

    def _find(self, by: int) -> None:
        places = self.page.flat()
        found = [places.index(line) for line in self.findings()]
        at = places.index(self.cursor.place)
        ahead = [n for n in found if (n - at) * by > 0]
        if not found:
            self.deck.notice(_("No findings: every action item has an owner and a date, and nothing is vague."))
            return
        to = (min(ahead) if by > 0 else max(ahead)) if ahead else found[0 if by > 0 else -1]
        self.cursor.go(places[to])
        if isinstance(line := places[to], Line) and self.text.drawing is not None:
            self.deck.notice(self.text.drawing.wrong(line))
        self._moved()

    # Writing ------------------------------------------------------------------------------------------

    def do_open(self) -> None:
        """Text at the end of this line; on an agenda item a new line."""
        self.begin_text()

    def do_edit(self) -> None:
        """The line's text, or the agenda item's fields."""
        place = self.cursor.place
        if self._amend():
            return
        if not isinstance(place, Section):
            self.begin_text()
        elif self.known(self.do_edit):
            from tui.verbs.agenda import edit_item

            self.open_panel(edit_item(self, place.item.id))

    def _amend(self) -> bool:
        """Final minutes are amended: about the line under the cursor, if there is one."""
        meeting, place = self.meeting, self.cursor.place
        if meeting is None or meeting.state != "final":
            return False
        if self.known(self.do_edit):
            from tui.verbs.meeting_review import amend

            self.open_panel(amend(self, meeting, place.stored if isinstance(place, Line) else None))
        return True

    def do_add(self) -> None:
        """An agenda item."""
        self.run_verb("add_below")

    def do_add_below(self) -> None:
        """An action item under this decision; elsewhere an agenda item."""
        line, section = self.cursor.place, self.cursor.section
        if not isinstance(line, Line) or section is None or line.kind == "point":
            self.do_add()
            return
        if not self.known(self.do_add_below):
            return
        at = section.lines.index(line)
        while at + 1 < len(section.lines) and section.lines[at + 1].kind == "action":
            at += 1
        said = self.proposed(line.text) if line.kind == "decision" else ""
        self.cursor.go(self.page.insert(section, section.lines[at], Line("action", said)))
        self.begin_text()

    def do_shift_down(self) -> None:
        """The line or agenda item one place down."""
        self._shift(1)

    def do_shift_up(self) -> None:
        """The line or agenda item one place up."""
        self._shift(-1)

    def _shift(self, by: int) -> None:
        place, section = self.cursor.place, self.cursor.section
        if not self.editable or not self.known(lambda: self._shift(by)):
            return
        if isinstance(place, Line) and section is not None and self.page.move(place, by):
            beside = self.cursor.section
            for each in {section, beside} - {None}:
                if each is not None:
                    self.save_section(each)
            self._moved()
        elif isinstance(place, Section):
            position = self.page.sections.index(place) + by
            if 0 <= position < len(self.page.sections):
                self.save_all()
                self.deck.record([MoveAgendaItem(item=place.item.id, position=position)])

    def do_to_subtask(self) -> None:
        """The action item becomes a subtask now; what is unsaved of it is saved first."""
        line, section = self.cursor.place, self.cursor.section
        action = isinstance(line, Carried) or (isinstance(line, Line) and line.kind == "action")
        if not action or section is None:
            self.deck.notice(_("Only an action item becomes a subtask."))
            return
        if not self.known(self.do_to_subtask):
            return
        self.save_section(section)
        key = line.line.id if isinstance(line, Carried) else line.id if isinstance(line, Line) else 0
        self.deck.record(
            [MakeSubtask(line=key)], lambda _recorded: self.deck.notice(_("The action item is a subtask now."))
        )

    def do_void(self) -> None:
        """Take the line out, asked once; what became a subtask, an agenda item and the meeting are voided elsewhere."""
        line = self.cursor.place
        if isinstance(line, Carried) and self.editable:
            if self.known(self.do_void):
                from tui.verbs.meeting_review import leave_out

                self.open_panel(leave_out(self, self.meeting_id, line.line))
        elif not isinstance(line, Line):
            text = _("{key} takes out a line here; the meeting is cancelled in the list of meetings.")
            self.deck.notice(text.format(key=self.deck.key_of("void")))
        elif line.linked:
            self.deck.notice(_("This action item is a subtask already and stays one."))
        elif not self.editable:
            self.deck.notice(_("These minutes are final or cancelled and cannot be changed."), error=True)
        elif self.known(self.do_void):
            from tui.verbs.agenda import remove_line

            self.open_panel(remove_line(self, line.text, lambda: self._take_out(line)))

    def _take_out(self, line: Line) -> None:
        section = self.page.section_of(line)
        if section is None:  # somebody else took it out meanwhile
            return
        at = section.lines.index(line)
        self.page.remove(line)
        self.cursor.go(section.lines[min(at, len(section.lines) - 1)] if section.lines else section)
        self.save_section(section)
        self.redraw()

    def do_step(self) -> None:
        """Held, draft, final; what is typed is saved first."""
        self.save_all()
        self.run_verb("step")

    def do_back(self) -> None:
        """Save and leave."""
        self.save_all()
        super().do_back()
