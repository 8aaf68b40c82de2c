"""The stand-up (`space` on departments): one department at a time, its owed reports by `p` (screens.md §3.8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text

from store.views.departments import DepartmentRow, departments
from store.views.state import BoardState
from tui.i18n import Np_, _
from tui.present.standup import department_page, standup_head
from tui.screens.walk import WalkScreen
from tui.words import still_owed

FOOTER = {
    "progress": Np_("walk", "owed reports"),
    "walk": Np_("walk", "next"),
    "finding": Np_("walk", "next that owes"),
    "left": Np_("walk", "back"),
    "back": Np_("walk", "end"),
    "why": Np_("walk", "why"),
}


class StandupScreen(WalkScreen):
    """Departments in the order of their list; after the last it says what is still owed."""

    number = 2
    table_name = "departments"
    footer_names: ClassVar[dict[str, str]] = FOOTER

    def __init__(self, rows: Sequence[int], at: int = 0) -> None:
        """`rows` are doc ids of departments, `at` the one to begin with."""
        super().__init__(rows, at)
        self._known: tuple[BoardState, int, list[DepartmentRow]] | None = None

    def _rows(self, state: BoardState, now: int) -> list[DepartmentRow]:
        """The departments' rows in the order of the walk, counted anew for a new state or minute."""
        known, minute = self._known, now // 60
        if known is None or known[0] is not state or known[1] != minute:
            found = {row.id: row for row in departments(state, now)}
            known = self._known = (state, minute, [found[key] for key in self.rows if key in found])
        return known[2]

    def head_line(self, state: BoardState, now: int, cells: int) -> Text:
        """Place, and what the next one owes."""
        return standup_head(self._rows(state, now), self.at)

    def page_lines(self, state: BoardState, now: int, cells: int) -> Sequence[Text]:
        """The department."""
        row = next((row for row in self._rows(state, now) if row.id == self.shown), None)
        return department_page(state, row, now, cells) if row is not None else []

    def at_end(self) -> None:
        """What all of them together still owe."""
        rows = self._rows(self.state, self.deck.now()) if self.state else []
        owing = ", ".join(f"{row.name} {row.owed}" for row in rows if row.owed)
        count = sum(row.owed for row in rows)
        left = still_owed(count, owing)
        self.deck.notice(left if count else _("All reports of today are in."))

    def do_progress(self) -> None:
        """The owed reports of the department shown, one after the other."""
        from tui.verbs.standup import owed_reports

        if self.deck.me is None:
            self.run_verb("progress")
            return
        request = owed_reports(self, self.shown)
        if request is not None:
            self.open_panel(request)

    def do_finding(self) -> None:
        """The next department that owes a report."""
        self._find(1)

    def do_finding_back(self) -> None:
        """The one before."""
        self._find(-1)

    def _find(self, by: int) -> None:
        rows = self._rows(self.state, self.deck.now()) if self.state else []
        owing = {row.id for row in rows if row.owed}
        for step in range(1, len(self.rows)):
            at = (self.at + by * step) % len(self.rows)
            if self.rows[at] in owing:
                self.go(at)
                return
        self.deck.notice(_("No other department owes a report today."))
