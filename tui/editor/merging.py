"""The board into the page, and again at every revision: what is being typed is never touched (screens.md §3.5).

A line only others changed becomes theirs. Where both did, mine stays where it is as a line of its own and theirs
stands below it. A state older than one seen before (a change of ours is written but not read back) is passed over.
"""

from __future__ import annotations

from collections.abc import Sequence

from store.records import AgendaItem, Meeting, MinutesLine
from store.rules.carried import carried
from store.rules.decision_line import Absence, format_attendance
from store.views.state import BoardState
from tui.editor.meaning import Reader, content_of
from tui.editor.page import Carried, Line, Page, Place, Section


class Merger:
    """Keeps one page in step with the board."""

    def __init__(self, page: Page) -> None:
        """Nothing seen yet."""
        self.page = page
        self._seen: tuple[int, frozenset[int]] | None = None
        self._ids: set[int] = set()
        """Every line that was ever on the page."""

    def merge(self, state: BoardState, now: int, current: Place | None) -> int:
        """Take what changed; `current` is the line that is being typed in. Gives how many lines both had changed."""
        if self._is_old(state):
            return 0
        meeting = state.board.meetings.get(self.page.meeting)
        if meeting is None:
            return 0
        reader = Reader(state, now)
        self._sections(state.board.agenda_of.get(meeting.id, ()))
        on_board = {
            line.id: line for section in self.page.sections for line in state.board.lines_of.get(section.item.id, ())
        }
        self._drop(on_board, current)
        conflicts = self._lines(state, on_board, reader)
        self.page.gone &= on_board.keys()
        self._roll(state, meeting)
        self._carried(state, meeting)
        return conflicts

    def _is_old(self, state: BoardState) -> bool:
        board = state.board
        self._ids.update(line.id for line in self.page.lines())
        seen, mine = self._seen, board.pending & self._ids
        if seen is not None and (board.meta.rev < seen[0] or (board.meta.rev == seen[0] and seen[1] - mine)):
            # Once only: a file that was put back stays at its older revision.
            self._seen = None if board.meta.rev < seen[0] else seen
            return True
        self._seen = board.meta.rev, mine
        return False

    def _sections(self, items: Sequence[AgendaItem]) -> None:
        known = {section.item.id: section for section in self.page.sections}
        found = []
        for item in items:
            section = known.pop(item.id, None) or Section(item)
            section.item = item
            found.append(section)
        found += [section for section in known.values() if any(not line.blank for line in section.lines)]
        self.page.sections = found

    def _drop(self, on_board: dict[int, MinutesLine], current: Place | None) -> None:
        """Lines others took out; what I had changed in them, or type now, stays and is saved anew."""
        for section in self.page.sections:
            section.removed &= on_board.keys()
            for line in list(section.lines):
                if line.id in on_board or line.waiting or (line.stored is None and line.sent is None):
                    continue
                if line.changed or line is current or line.sent is not None:
                    line.renew()
                else:
                    section.lines.remove(line)

    def _lines(self, state: BoardState, on_board: dict[int, MinutesLine], reader: Reader) -> int:
        known = {line.id: line for line in self.page.lines()}
        removed = {key for section in self.page.sections for key in section.removed} | self.page.gone
        conflicts = 0
        for key, record in on_board.items():
            line = known.get(key)
            if line is None:
                if key not in removed:
                    self._insert(Line(record.kind, reader.typed(record), id=key, stored=record))
            elif not line.waiting:
                conflicts += self._reconcile(line, record, reader, pending=key in state.board.pending)
        return conflicts

    def _insert(self, line: Line) -> None:
        """A line of somebody else, after the last one that stands before it."""
        stored = line.stored
        section = next((s for s in self.page.sections if stored and s.item.id == stored.item), None)
        if section is None or stored is None:
            return
        at = len(section.lines)
        while at:
            other = section.lines[at - 1]
            if other.order is not None and (other.order, other.id) < (stored.order, stored.id):
                break
            at -= 1
        section.lines.insert(at, line)

    def _reconcile(self, line: Line, record: MinutesLine, reader: Reader, *, pending: bool) -> int:
        """One line that both know. Gives 1 if both had changed it."""
        before, line.stored = line.stored, record
        content = content_of(record)
        if content == line.sent:
            line.sent = line.sent if pending else None
            self._place(line, record)
            return 0
        if before is not None and content == content_of(before) and line.sent is None:
            self._place(line, record)
            return 0
        typed = reader.typed(record)
        mine = line.changed or (line.sent is not None and not _holds(record.text, line.text))
        line.sent = None
        if not mine or (record.kind, typed) == (line.kind, line.text):
            line.kind, line.text = record.kind, typed
            line.base = (record.kind, typed)
            self._place(line, record)
            return 0
        self._fork(line, record, typed)
        return 1

    def _fork(self, line: Line, record: MinutesLine, typed: str) -> None:
        """Mine stays as a new line; theirs, with the id both had, stands below it."""
        section = self.page.section_of(line)
        theirs = Line(record.kind, typed, id=line.id, stored=record)
        line.renew()
        if section is not None:
            self.page.insert(section, line, theirs)

    def _place(self, line: Line, record: MinutesLine) -> None:
        """Where others moved a line: its agenda item and order, unless I moved it too."""
        section = self.page.section_of(line)
        if line.order is None or section is None:
            return
        if section.item.id != record.item:
            section.lines.remove(line)
            line.order = record.order
            self._insert(line)
        elif line.order != record.order:
            line.order = record.order
            orders = [each.order for each in section.lines]
            if None not in orders:
                section.lines.sort(key=lambda each: (each.order or 0, each.id))

    def _carried(self, state: BoardState, meeting: Meeting) -> None:
        """The open action items of earlier meetings; those that stay keep their place under the cursor."""
        known = {each.line.id: each for each in self.page.carried}
        found = []
        for line in carried(state.board, meeting, state.action_items):
            each = known.get(line.id) or Carried(line)
            each.line = line
            found.append(each)
        self.page.carried = found

    def _roll(self, state: BoardState, meeting: Meeting) -> None:
        """The attendance line of the board, unless mine is changed."""
        roll = self.page.roll
        text = attendance_text(state, meeting.id)
        if not roll.changed:
            roll.text = text
        roll.base = text


def _holds(theirs: str, mine: str) -> bool:
    """Whether a text that was put together from two holds mine."""
    return "\n-- " in theirs and mine.strip()[:40] in theirs


def attendance_text(state: BoardState, meeting: int) -> str:
    """The attendance line of a meeting: who is absent, why, and who came instead."""
    board = state.board
    absent = [row for row in board.attendance_of.get(meeting, ()) if row.presence == "absent"]
    return format_attendance(
        tuple(Absence(board.person_name(a.person), a.reason, board.person_name(a.stand_in)) for a in absent)
    )
