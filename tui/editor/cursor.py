"""Where one writes on a page, and what the keys do there: lines begin, turn, part and join. No widget."""

from __future__ import annotations

from typing import Protocol

from tui.editor.joins import Joins
from tui.editor.page import FIXED, KINDS, MOST_LINES, Line, Page, Place, Roll, Section
from tui.i18n import _, ngettext
from tui.widgets.text_input import LONGEST


class Desk(Protocol):
    """What the cursor tells the screen."""

    def left_section(self, section: Section, *, forward: bool) -> None:
        """The cursor went to another agenda item, on down the page or back."""

    def left_roll(self) -> None:
        """The attendance line is written."""

    def text_command(self, command: str) -> None:
        """A key of the text that is the screen's: `save`, `panel.close` (row mode), `quit`."""

    def say(self, text: str) -> None:
        """A sentence for the message row."""


class Cursor:
    """The place under the cursor of one page. `index` is where in its text one types next."""

    def __init__(self, page: Page, desk: Desk) -> None:
        """On the attendance line."""
        self.page, self.desk = page, desk
        self.place: Place = page.roll
        self.joins = Joins(page)
        self.index = 0

    @property
    def text(self) -> str:
        """The text under the cursor; a heading has none here."""
        return "" if isinstance(self.place, FIXED) else self.place.text

    @property
    def section(self) -> Section | None:
        """The agenda item the cursor is in."""
        return self.page.section_of(self.place)

    # Going ------------------------------------------------------------------------------------------

    def go(self, place: Place, index: int | None = None) -> None:
        """To a place, at its end unless `index` says where. A blank line left behind goes away."""
        before, section = self.place, self.section
        self.place = place
        self.index = len(self.text) if index is None else index
        if before is place:
            return
        if isinstance(before, Line) and before.blank and not before.linked:
            self.page.remove(before)
        if isinstance(before, Roll):
            self.desk.left_roll()
        now = self.section
        if section is not None and section is not now:
            sections = self.page.sections
            forward = now is not None and section in sections and sections.index(now) > sections.index(section)
            self.desk.left_section(section, forward=forward)

    def open(self, section: Section) -> None:
        """On a new line at the end of an agenda item."""
        if self.section is section and isinstance(self.place, Line) and self.place.blank:
            return
        last = section.lines[-1] if section.lines else None
        if self._is_full(section):
            self.go(last or section)
        else:
            self.go(last if last and last.blank else self.page.insert(section, last, Line("point")))

    def step(self, by: int, *, headings: bool) -> bool:
        """One place down (1) or up (-1); text passes over headings, and begins a line where there is none."""
        places = self.page.flat()
        at = places.index(self.place) + by if self.place in places else 0
        while 0 <= at < len(places):
            place = places[at]
            if headings or not isinstance(place, FIXED):
                self.go(place, 0 if by > 0 else None)
                return True
            if isinstance(place, Section) and not place.lines:
                self.open(place)
                return True
            at += by
        return False

    # Writing ----------------------------------------------------------------------------------------

    def enter(self) -> None:
        """A new line; on a blank decision or action that line becomes a point."""
        line, section = self.place, self.section
        if isinstance(line, Roll):
            self._leave_roll()
        elif not isinstance(line, Line) or section is None or (line.blank and line.kind == "point"):
            return
        elif line.blank:
            self.page.turn(line, "point")
        elif self._is_full(section):
            self.desk.say(_("An agenda item holds {n} lines. Begin another item: Esc, then a.").format(n=MOST_LINES))
        elif line.kind == "point" and 0 < self.index < len(line.text):
            rest = line.text[self.index :]
            self.page.typed(line, line.text[: self.index].rstrip())
            self.go(self.page.insert(section, line, Line("point", rest.lstrip())), 0)
        else:
            self.go(self.page.insert(section, line, Line("point" if line.kind == "point" else "action")))

    def _leave_roll(self) -> None:
        section = next((s for s in self.page.sections if not s.done), None)
        section = section or (self.page.sections[-1] if self.page.sections else None)
        if section is not None:
            self.open(section)
        else:
            self.desk.left_roll()

    def turn(self, by: int) -> None:
        """Make the line the next (1) or previous (-1) kind."""
        line = self.place
        if isinstance(line, Line):
            if line.linked:
                self.desk.say(_("This action item is a subtask already and stays one."))
            else:
                self.page.turn(line, KINDS[(KINDS.index(line.kind) + by) % len(KINDS)])

    def back(self) -> bool:
        """Backspace at the beginning of a line: a blank one goes, another joins the one before it."""
        line, section = self.place, self.section
        if not isinstance(line, Line) or section is None or self.index or line not in section.lines[1:]:
            return False
        before = section.lines[section.lines.index(line) - 1]
        if line.blank:
            if not line.linked:
                self.joins.remember(before, len(before.text), line)
            self.go(before)
        elif not line.linked and len(before.text) + len(line.text) <= LONGEST:
            end = len(before.text)
            self.joins.remember(before, end, line)
            self.page.typed(before, before.text + line.text)
            self.page.remove(line)
            self.go(before, end)
        return True

    def part(self) -> bool:
        """Undo what Backspace did last, if it did it to this line: the line that went stands below again."""
        parted = self.joins.part(self.place) if isinstance(self.place, Line) else None
        if parted is not None:
            self.go(parted, 0)
        return parted is not None

    def paste(self, texts: list[str]) -> None:
        """Several lines at once: the first goes into this line, the last takes what stood behind the cursor.

        Nothing that stood there is lost; what finds no room is left out and told.
        """
        line, section = self.place, self.section
        if not isinstance(line, Line) or section is None:
            return
        head, tail = line.text[: self.index], line.text[self.index :]
        room = MOST_LINES - len(section.lines) + 1
        taken = [text[: LONGEST - len(head) - len(tail)] for text in texts[:room]]
        left = len(texts) - len(taken) + sum(len(a) > len(b) for a, b in zip(texts, taken, strict=False))
        self.page.typed(line, head + taken[0] + ("" if taken[1:] else tail))
        index = len(head) + len(taken[0])
        at = section.lines.index(line)
        new = [Line(line.kind, text) for text in taken[1:]]
        if new:
            index = len(new[-1].text)
            new[-1].text += tail
            section.lines[at + 1 : at + 1] = new
        self.go(new[-1] if new else line, index)
        said = ngettext("{n} line pasted.", "{n} lines pasted.", len(taken)).format(n=len(taken))
        if left:
            said += " " + _("{n} were cut or left out: an item holds {lines} lines of {most} characters.").format(
                n=left, lines=MOST_LINES, most=LONGEST
            )
        self.desk.say(said)

    def _is_full(self, section: Section) -> bool:
        return len(section.lines) >= MOST_LINES
