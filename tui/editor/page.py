"""The page: agenda items and their lines as they are being written. No widget, no board file."""

from __future__ import annotations

from collections.abc import Iterator

from store.operations.base import mint
from store.records import AgendaItem, LineKind, MinutesLine

KINDS: tuple[LineKind, ...] = ("point", "decision", "action")
MOST_LINES = 2_000
"""Lines an agenda item holds."""


class Line:
    """One line being written.

    `stored` is the record as the board was last seen to have it, `base` the kind and text that stands for.
    `sent` is what was saved last until the board is seen to have it, `waiting` how many saves are under way.
    """

    def __init__(self, kind: LineKind, text: str = "", *, id: int = 0, stored: MinutesLine | None = None) -> None:
        """A new line, or with `stored` one that is on the board."""
        self.kind: LineKind = kind
        self.text = text
        self.stored: MinutesLine | None
        self.base: tuple[LineKind, str]
        self.order: int | None
        self.sent: tuple[object, ...] | None
        self.sent_to: tuple[int, int] | None = None
        """Agenda item and order of the last save."""
        self.renew()
        if stored is not None:
            self.id, self.stored, self.base, self.order = id, stored, (kind, text), stored.order

    def renew(self) -> None:
        """From now on a new line, with the same words: the board has none of it."""
        self.id = mint()
        self.stored = self.order = self.sent = None
        self.base = ("point", "")
        self.waiting = 0

    @property
    def blank(self) -> bool:
        """Whether nothing is in it."""
        return not self.text.strip()

    @property
    def changed(self) -> bool:
        """Whether its words differ from the board's."""
        return (self.kind, self.text) != self.base and not (self.blank and self.stored is None)

    @property
    def linked(self) -> bool:
        """Whether it became a subtask: such a line stays an action item."""
        return self.stored is not None and self.stored.subtask is not None


class Section:
    """An agenda item with its lines."""

    def __init__(self, item: AgendaItem) -> None:
        """No lines yet."""
        self.item = item
        self.lines: list[Line] = []
        self.removed: set[int] = set()
        """Lines on the board that are gone here and not saved yet."""
        self.extra = 0
        """Seconds the item took that are not saved yet."""
        self.finished: bool | None = None
        """Set here and not saved yet."""

    @property
    def used(self) -> int:
        """Seconds the item has taken."""
        return self.item.used_seconds + self.extra

    @property
    def done(self) -> bool:
        """Whether the item is finished."""
        return self.item.finished if self.finished is None else self.finished


class Roll:
    """The attendance line: all are present but those named in it."""

    def __init__(self) -> None:
        """Empty: nobody is missing."""
        self.text = ""
        self.base = ""

    @property
    def changed(self) -> bool:
        """Whether it differs from the board's attendance."""
        return self.text.strip() != self.base


class Carried:
    """An open action item of an earlier meeting, as it stands in the first agenda item: read, never typed."""

    def __init__(self, line: MinutesLine) -> None:
        """`line` is the record, of that meeting."""
        self.line = line


Place = Line | Section | Roll | Carried
"""Where the cursor can stand: a line, the heading of an agenda item, the attendance line, a carried action item."""
FIXED = (Section, Carried)
"""Places without a text of their own here."""


class Page:
    """All sections of a meeting, with the attendance line before them."""

    def __init__(self, meeting: int) -> None:
        """Empty until `tui.editor.merging` fills it from the board."""
        self.meeting = meeting
        self.roll = Roll()
        self.sections: list[Section] = []
        self.carried: list[Carried] = []
        """Open action items of earlier meetings, below the first heading."""
        self.gone: set[int] = set()
        """Lines whose removal was saved and that the board may still be seen to have."""
        self.version = 0
        """Counts changes, so that a draft is made only when there is something new."""

    def flat(self) -> list[Place]:
        """Every place from top to bottom."""
        found: list[Place] = [self.roll]
        for section in self.sections:
            found.append(section)
            found += self.carried if section is self.sections[0] else ()
            found += section.lines
        return found

    def lines(self) -> Iterator[Line]:
        """Every line from top to bottom."""
        for section in self.sections:
            yield from section.lines

    def section_of(self, place: Place) -> Section | None:
        """The agenda item a place belongs to; None for the attendance line."""
        if isinstance(place, Section):
            return place
        if isinstance(place, Carried):
            return self.sections[0] if place in self.carried and self.sections else None
        return next((each for each in self.sections if place in each.lines), None)

    def number_of(self, section: Section) -> int:
        """The agenda item's number, from 1."""
        return self.sections.index(section) + 1

    def typed(self, place: Line | Roll, text: str) -> None:
        """The text of a line is another one."""
        place.text = text
        self.version += 1

    def turn(self, line: Line, kind: LineKind) -> None:
        """Make a line another kind."""
        line.kind = kind
        self.version += 1

    def insert(self, section: Section, after: Line | None, line: Line) -> Line:
        """Put a line behind another one, or first."""
        section.lines.insert(section.lines.index(after) + 1 if after else 0, line)
        self.version += 1
        return line

    def remove(self, line: Line) -> None:
        """Take a line out; if the board has it, the next save takes it out there too."""
        section = self.section_of(line)
        if section is not None:
            section.lines.remove(line)
            if line.stored is not None or line.sent is not None:
                section.removed.add(line.id)
            self.version += 1

    def move(self, line: Line, by: int) -> bool:
        """Move a line one place up (-1) or down (1), past the ends into the next agenda item; False: no room."""
        section = self.section_of(line)
        if section is None:
            return False
        at = section.lines.index(line) + by
        if 0 <= at < len(section.lines):
            section.lines.remove(line)
            section.lines.insert(at, line)
        else:
            beside = self.sections.index(section) + by
            if not 0 <= beside < len(self.sections):
                return False
            section.lines.remove(line)
            other = self.sections[beside]
            other.lines.insert(0 if by > 0 else len(other.lines), line)
        line.order = None
        self.version += 1
        return True
