"""`p` in a stand-up: every report the department owes today, whoever owes it (screens.md §3.2, §3.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.views.owed import owed
from store.views.subtasks import SubtaskRow
from tui.entry import Request
from tui.i18n import _
from tui.verbs.progress import Round
from tui.words import still_owed

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen


class DepartmentRound(Round):
    """The owed reports of one department; in a stand-up the lead types what each owner says."""

    def _owed(self) -> list[SubtaskRow]:
        state = self.screen.state
        rows = owed(state, self.screen.deck.now()) if state else ()
        return [row for row in rows if row.department == self.department]

    def left(self) -> list[int]:
        """Its subtasks that still owe a report today, what is due first on top; each is asked once."""
        return [row.id for row in self._owed() if row.id not in self.been]

    def next(self) -> Request | None:
        """The line of the next one; None after the last: what is still owed (it was skipped) is said."""
        found = self.left()
        if found:
            return self.entry(found[0])
        state, rest = self.screen.state, self._owed()
        if state is not None and rest:
            people = dict.fromkeys(state.board.person_name(row.owner) or "-" for row in rest)
            left = still_owed(len(rest), ", ".join(people))
            self.say(left)
        else:
            self.say(_("All reports of this department are in."))
        return None


def owed_reports(screen: DeckScreen, department: int) -> Request | None:
    """The first report the department owes; None (said) if it owes none."""
    return DepartmentRound(screen, department=department).next()
