"""Records as aligned lines for people: the countdown first, then number, name and who must act (screens §2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from store.board import Board
from store.records import Archived, Issue, Meeting, Subtask
from store.rules import clocks as rules
from store.rules.clocks import Clock
from tui import words
from tui.cli.output import Column, Output
from tui.cli.shapes import Shapes, subtask_flags
from tui.duration import countdown, met
from tui.i18n import _, p_


class Tables:
    """Prints lists of records of one board as they stand at `shapes.now`."""

    def __init__(self, shapes: Shapes, out: Output) -> None:
        """Print to `out`."""
        self.shapes, self.out = shapes, out
        self.board: Board = shapes.board

    def cards(self, keys: Iterable[int]) -> None:
        """Cards: nearest clock, number, name, stage, percent, lead, departments, who must act."""
        board, shapes = self.board, self.shapes
        rows = []
        for key in keys:
            card = board.cards[key]
            item = shapes.card(key)
            clock = shapes.book.nearest.get(key)
            rows.append(
                (
                    *self._left(clock),
                    card.number or "?",
                    card.name,
                    words.stage(card.stage),
                    f"{item['percent']}%",
                    item["lead"] or "",
                    " ".join(item["departments"]),
                    words.clock(clock.kind) if clock else "",
                    self.who(clock),
                )
            )
        self.out.table(
            [
                *self._heads(),
                Column(_("id")),
                Column(_("card"), cut=True),
                Column(_("stage")),
                Column("%", "right"),
                Column(_("lead"), leaves=1),
                Column(_("departments"), leaves=4),
                Column(_("clock"), leaves=3),
                Column(_("acts")),
            ],
            rows,
        )

    def archived(self, found: Iterable[Archived]) -> None:
        """Cards in the archive: completed, number, name, lead, departments, file."""
        board = self.board
        rows = [
            (
                self.when(row.completed_at) or "-",
                row.number or "?",
                row.name,
                board.person_name(row.lead),
                " ".join(map(board.department_name, row.departments)),
                row.file,
            )
            for row in found
        ]
        heads = [Column(_("completed")), Column(_("id")), Column(_("card"), cut=True), Column(_("lead"))]
        self.out.table([*heads, Column(_("departments")), Column(_("file"))], rows)

    def subtasks(self, keys: Iterable[int]) -> None:
        """Subtasks: nearest clock, number, name, percent, status with its flags, owner, department, finish."""
        board = self.board
        rows = []
        for key in keys:
            subtask = board.subtasks[key]
            rows.append(
                (
                    *self._left(self.nearest("subtasks", key, subtask.card)),
                    subtask.number or "?",
                    subtask.name,
                    f"{subtask.percent}%",
                    self.state_of(subtask),
                    board.person_name(subtask.owner),
                    board.department_name(subtask.department),
                    self.when(subtask.planned_finish),
                )
            )
        self.out.table(
            [
                *self._heads(),
                Column(_("id")),
                Column(_("subtask"), cut=True),
                Column("%", "right"),
                Column(_("state"), cut=True),
                Column(_("owner")),
                Column(_("department"), leaves=2),
                Column(_("finish"), leaves=1),
            ],
            rows,
        )

    def issues(self, keys: Iterable[int]) -> None:
        """Issues: nearest clock, kind, number, what it is about, from and to, tier, state, who must act."""
        rows = []
        for key in keys:
            issue = self.board.issues[key]
            clock = self.nearest("issues", key, issue.card)
            rows.append(
                (
                    *self._left(clock),
                    words.issue_kind(issue.kind),
                    issue.number or "?",
                    issue.title,
                    self.between(issue),
                    f"{issue.tier}/3",
                    words.issue_state(issue.state),
                    words.clock(clock.kind) if clock else "",
                    self.who(clock),
                )
            )
        self.out.table(
            [
                *self._heads(),
                Column(_("kind")),
                Column(_("id")),
                Column(_("subject"), cut=True),
                Column(_("from > to"), leaves=4),
                Column(_("tier"), leaves=2),
                Column(_("state")),
                Column(_("clock"), leaves=3),
                Column(_("acts")),
            ],
            rows,
        )

    def meetings(self, keys: Iterable[int]) -> None:
        """Meetings: nearest clock, number, when, kind, name, card, state."""
        rows = []
        for key in keys:
            meeting = self.board.meetings[key]
            card = self.board.card_of_meeting(meeting)
            rows.append(
                (
                    *self._left(self.nearest("meetings", key, card)),
                    meeting.number or "?",
                    self.when(meeting.starts),
                    words.meeting_kind(meeting.kind),
                    self.title(meeting),
                    self.shapes.number("cards", card) or "",
                    words.meeting_state(meeting.state),
                )
            )
        self.out.table(
            [
                *self._heads(),
                Column(_("id")),
                Column(_("date")),
                Column(_("kind"), leaves=3),
                Column(_("meeting"), cut=True),
                Column(_("card"), leaves=2),
                Column(_("state")),
            ],
            rows,
        )

    def sync(self, keys: Iterable[int]) -> None:
        """Sync entries: when, kind, topic, content, by whom, to whom, whether it was sent."""
        rows = []
        for key in keys:
            item = self.shapes.sync(key)
            to = ", ".join(filter(None, [item["to"] or "", *item["recipients"]]))
            hidden = item["restricted"] and item["content"] is None
            rows.append(
                (
                    self.when(self.board.sync[key].at),
                    self.shapes.number("cards", self.board.sync[key].card) or "",
                    item["topic"],
                    _("restricted") if hidden else item["content"] or "",
                    item["by"] or "",
                    to,
                    _("sent") if item["sent_at"] else _("to send"),
                )
            )
        self.out.table(
            [
                Column(_("date")),
                Column(_("card"), leaves=3),
                Column(p_("column", "topic"), cut=True),
                Column(p_("column", "content"), cut=True),
                Column(p_("column", "by"), leaves=1),
                Column(p_("column", "to"), leaves=2, cut=True),
                Column(p_("column", "sent")),
            ],
            rows,
        )

    def clocks(self, clocks: Iterable[Clock]) -> None:
        """Clocks: what is left, kind, subject, its own words, who must act, due."""
        rows = [
            (
                *self._left(clock),
                words.clock(clock.kind),
                self.shapes.number(clock.table, clock.subject) or "",
                clock.about,
                self.who(clock),
                self.when(clock.due),
            )
            for clock in clocks
        ]
        self.out.table(
            [
                *self._heads(),
                Column(_("clock")),
                Column(_("id")),
                Column(_("about"), cut=True),
                Column(_("acts")),
                Column(_("due"), leaves=1),
            ],
            rows,
        )

    # Cells ------------------------------------------------------------------------------------

    def nearest(self, table: str, key: int, card: int | None) -> Clock | None:
        """The open clock of a record that is due first."""
        return next((clock for clock in self.shapes.book.of(table, key, card) if clock.is_open), None)

    def who(self, clock: Clock | None) -> str:
        """Who must act on a clock: names, or the department where nobody is named."""
        if clock is None:
            return ""
        return ", ".join(self.shapes.people(clock.who)) or self.board.department_name(clock.department)

    def when(self, at: int | None) -> str:
        """An instant in the board's time: `Fri 10-09 13:43`, with the year where it is another one."""
        if at is None:
            return ""
        day, seconds = self.shapes.working.split(at)
        try:
            there = date.fromordinal(day)
        except (ValueError, OverflowError):
            return ""
        near = there.year == date.fromordinal(self.shapes.working.day_of(self.shapes.now)).year
        shown = words.short_date(there) if near else words.long_date(there)
        return f"{shown} {seconds // 3600:02d}:{seconds // 60 % 60:02d}"

    def between(self, issue: Issue) -> str:
        """`设计部 > 市场部`; the two sides of a dispute with `=`."""
        if issue.kind == "dispute" and issue.positions:
            return " = ".join(self.board.department_name(position.department) for position in issue.positions)
        names = (self.board.department_name(issue.from_department), self.board.department_name(issue.department))
        return " > ".join(name for name in names if name)

    def state_of(self, subtask: Subtask) -> str:
        """A subtask's status and what is derived of it."""
        shapes = self.shapes
        found = subtask_flags(self.board, shapes.book, shapes.working, subtask)
        return " ".join([words.status(subtask.status), *map(words.flag, found.held(shapes.now))])

    def title(self, meeting: Meeting) -> str:
        """A meeting's name, with the issue it is about."""
        issue = self.shapes.number("issues", meeting.issue)
        return f"{issue} {meeting.name}" if issue and issue not in meeting.name else meeting.name

    def _left(self, clock: Clock | None) -> tuple[str, str]:
        """Band and countdown of a clock."""
        if clock is None:
            return p_("band", words.BANDS["none"]), ""
        shapes = self.shapes
        left = rules.left(clock, shapes.now)
        band = words.band_of(rules.band(clock, shapes.now, shapes.working), left)
        if clock.closed is not None:
            return band, met(left)
        return band, "" if clock.void else countdown(left)

    def _heads(self) -> tuple[Column, Column]:
        return Column(""), Column(_("left"), "right")
