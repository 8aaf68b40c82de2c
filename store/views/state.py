"""What screens and the command line hold: one Board with its clocks and rows, kept up from revision to revision."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from store.board import Board
from store.indexes import carry_indexes
from store.records import Card, MinutesLine
from store.rules.board_calendar import calendar_settings
from store.rules.clock_book import ClockBook, clock_book
from store.rules.clocks import Clock
from store.rules.ladder import Roster
from store.rules.working_time import WorkingTime
from store.views.header import Counts, Nearest, count_rows, find_nearest
from store.views.overview import CardRow, archived_row, row_maker
from store.views.rows import Facets, Row, RowsOnDemand

if TYPE_CHECKING:
    from store.views.minutes import MeetingRow
    from store.views.older import Older
    from store.views.queue import IssueRow
    from store.views.subtasks import SubtaskRow

HANGING = (
    "duties",
    "milestones",
    "subtasks",
    "progress",
    "issues",
    "steps",
    "meetings",
    "attendance",
    "agenda",
    "reviews",
    "amendments",
    "sync",
    "attachments",
    "seen",
    "inputs",
    "supports",
    "incidents",
    "acceptances",
    "retros",
)
HANGS_ON = ("card", "subtask", "issue", "meeting")
"""Tables whose records hang on others, and the fields that say on which."""


class BoardState:
    """A Board under one working time, seen by one person. Rows in it do not depend on now; views that do are handed it.

    Compared by identity, like the Board. Everything is worked out when first asked for, and views of other
    screens than the first are imported then: no start waits for them. `me` is the doc id of the person who
    looks, None if the board does not know them.
    """

    def __init__(
        self,
        board: Board,
        working: WorkingTime,
        parent: BoardState | None = None,
        *,
        me: int | None = None,
        now: int | None = None,
    ) -> None:
        """Take `board`; `parent` (the state of any other revision) lends what has not changed.

        `now` (epoch seconds) says which subtasks lag and have clocks for it; None: those the parent knew of.
        """
        self.board = board
        self.working = working
        self.me = me
        self.older: Older | None = parent.older if parent is not None else None
        """History that left the board, as far as a screen asked for it (`store.views.older`)."""
        if parent is not None:
            carry_indexes(board, parent.board)
        self.book: ClockBook = clock_book(board, working, parent.book if parent else None, now=now)
        self._counts: Counts | None = None
        self._nearest: Nearest | None = None
        self.facet_cache: dict[int, tuple[Row, Facets]] = {}
        if parent is None or self.book.renewed is None:
            return
        self.facet_cache = dict(parent.facet_cache)
        for name in ("folded_people", "folded_departments"):
            if name in parent.__dict__:
                self.__dict__[name] = parent.__dict__[name]
        if board.archived is parent.board.archived and "archived_rows" in parent.__dict__:
            self.__dict__["archived_rows"] = parent.__dict__["archived_rows"]
        self._take_over(parent, self.book.renewed)

    def following(self, board: Board, *, me: int | None = None) -> BoardState:
        """Return the state of another revision: the next one, or this one with waiting changes drawn over it."""
        board.take_parent()
        return BoardState(board, self.working, self, me=me or self.me)

    def awake(self, now: int) -> BoardState:
        """Return the state as it is at `now`: this one, unless subtasks began to lag since (`ClockBook.awake`)."""
        if self.book.awake(now) is self.book:
            return self
        return BoardState(self.board, self.working, self, me=self.me, now=now)

    @property
    def roster(self) -> Roster:
        """Who may have to act on this board."""
        return self.book.facts.roster

    @cached_property
    def card_rows(self) -> RowsOnDemand[CardRow]:
        """Card id -> row of the overview, all cards, in the board's order."""
        return RowsOnDemand(self.board.cards, row_maker(self), {})

    @cached_property
    def archived_rows(self) -> tuple[CardRow, ...]:
        """Rows of the cards in the archive, last in first."""
        rows = sorted(self.board.archived.values(), key=lambda row: -row.archived_at)
        return tuple(archived_row(self, row) for row in rows)

    @cached_property
    def subtask_rows(self) -> dict[int, tuple[SubtaskRow, ...]]:
        """Card id -> rows of its subtasks in number order, all cards."""
        from store.views.subtasks import subtask_rows

        return {key: subtask_rows(self, card) for key, card in self.board.cards.items()}

    @cached_property
    def issue_rows(self) -> dict[int, IssueRow]:
        """Issue id -> row of the queue, resolved ones too."""
        from store.views.queue import issue_row

        return {key: issue_row(self, issue) for key, issue in self.board.issues.items()}

    @cached_property
    def meeting_rows(self) -> dict[int, MeetingRow]:
        """Meeting id -> row of the meetings list."""
        from store.views.minutes import meeting_row

        return {key: meeting_row(self, meeting) for key, meeting in self.board.meetings.items()}

    @cached_property
    def action_items(self) -> dict[int, list[MinutesLine]]:
        """Meeting id -> its action items."""
        from store.views.minutes import group_items

        return group_items(self)

    @cached_property
    def subtasks_by_department(self) -> dict[int | None, list[SubtaskRow]]:
        """Department id -> rows of its subtasks on live cards."""
        from store.views.departments import group_subtasks

        return group_subtasks(self)

    @cached_property
    def clocks_by_department(self) -> dict[int, list[Clock]]:
        """Department id -> its open clocks by due."""
        from store.views.departments import group_clocks

        return group_clocks(self)

    @cached_property
    def open_issues(self) -> int:
        """How many issues are not resolved."""
        return sum(issue.state != "resolved" for issue in self.board.issues.values())

    @cached_property
    def open_minutes(self) -> int:
        """How many meetings were held and have no final minutes that went out."""
        return sum(
            each.state in {"held", "draft", "in_review"} or (each.state == "final" and each.final_sent_at is None)
            for each in self.board.meetings.values()
        )

    @cached_property
    def folded_people(self) -> dict[int, str]:
        """Person id -> name as it is searched."""
        return {key: person.name.casefold() for key, person in self.board.people.items()}

    @cached_property
    def folded_departments(self) -> dict[int, str]:
        """Department id -> name and code as they are searched."""
        return {key: f"{each.name}\n{each.code}".casefold() for key, each in self.board.departments.items()}

    @cached_property
    def waiting(self) -> frozenset[int]:
        """Records with a change that waits to be written, and what those hang on: the rows of lists that wait."""
        board = self.board
        found = set(board.pending)
        for table in HANGING if found else ():
            rows = board.table(table)
            for key in board.pending & rows.keys():
                found |= self.held_by(rows[key])
        return frozenset(found)

    def held_by(self, holder: object) -> set[int]:
        """Return what a record (or an operation) hangs on: its card, subtask, issue, meeting; its subtask's card."""
        found = {getattr(holder, name, None) or 0 for name in HANGS_ON}
        found |= {subtask.card for key in found if (subtask := self.board.subtasks.get(key)) is not None}
        return found - {0}

    def counts(self, now: int) -> Counts:
        """Return the header's counts, counted again only when time or the Board may have changed them."""
        counts = self._counts
        if counts is None or not counts.since <= now < counts.until:
            counts = self._counts = count_rows(self, now)
        return counts

    def nearest(self, now: int) -> Nearest:
        """Return the header's nearest clock, looked for again only when it has run out."""
        nearest = self._nearest
        if nearest is None or not nearest.since <= now < nearest.until:
            nearest = self._nearest = find_nearest(self, now)
        return nearest

    def facets(self, row: Row) -> Facets:
        """Return what a row is found by, worked out at the first filter that asks."""
        known = self.facet_cache.get(row.id)
        if known is not None and known[0] is row:
            return known[1]
        found = row.facets(self)
        self.facet_cache[row.id] = (row, found)
        return found

    def _take_over(self, parent: BoardState, renewed: frozenset[int | None]) -> None:
        """Take the rows of cards the parent had worked out, but for those of cards that differ."""
        if "card_rows" in parent.__dict__:
            kept = {key: row for key, row in parent.card_rows.made.copy().items() if key not in renewed}
            self.__dict__["card_rows"] = RowsOnDemand(self.board.cards, row_maker(self), kept)
        if "subtask_rows" in parent.__dict__:
            rows = self.__dict__["subtask_rows"] = dict(parent.subtask_rows)
            for key in renewed - {None}:
                rows.pop(key, None)
                if (card := self.board.cards.get(key or 0)) is not None:
                    rows[card.id] = _subtask_rows(self, card)


def _subtask_rows(state: BoardState, card: Card) -> tuple[SubtaskRow, ...]:
    from store.views.subtasks import subtask_rows

    return subtask_rows(state, card)


def build_state(
    board: Board,
    *,
    now: int,
    me: int | None,
    cache_dir: Path | None,
    before: BoardState | None = None,
    language: str | None = None,
) -> BoardState:
    """Return the state of a board as its own settings say, made from `before` where possible.

    `now` says around which years the calendar is needed, `cache_dir` is where worked-out calendars are
    kept, `language` that of the holidays' names. Raises SettingError for settings that cannot be used.
    """
    from store.file.calendar_cache import load_working_time

    settings = calendar_settings(board.settings, language)
    board.take_parent()
    if before is not None and before.working.settings == settings:
        return BoardState(board, before.working, before, me=me, now=now)
    return BoardState(board, load_working_time(settings, now, cache_dir), before, me=me, now=now)
