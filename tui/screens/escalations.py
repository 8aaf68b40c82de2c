"""Escalation queue (`3`): open issues, the one that breaches first on top (screens.md §3.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from rich.text import Text

from store.views.queue import SORTS, IssueRow, queue
from store.views.sorting import Key
from store.views.state import BoardState
from tui.i18n import Np_, _
from tui.present.issues import IssuePainter, issue_columns, issue_preview
from tui.screens.list_screen import ListScreen
from tui.subjects import due_text
from tui.widgets.columns import Column


class EscalationsScreen(ListScreen):
    """All issues; resolved ones stay findable by `is:resolved`."""

    number = 3
    place = "escalations"
    record_table = "issues"
    sorts: ClassVar[dict[str, str]] = {
        "due": Np_("sort", "due"),
        "tier": Np_("sort", "tier"),
        "age": Np_("sort", "age"),
        "card": Np_("sort", "card"),
    }
    sort_keys: ClassVar[Mapping[str, Key]] = SORTS

    def make_columns(self) -> tuple[list[Column], tuple[str, ...]]:
        """The columns of an issue row."""
        return issue_columns()

    def make_painter(self) -> IssuePainter:
        """How an issue reads."""
        return IssuePainter(lambda: self.state)

    def all_rows(self, state: BoardState, now: int) -> Sequence[IssueRow]:
        """Every issue; the filter hides the resolved ones."""
        return list(state.issue_rows.values())

    def sort_rows(self, rows: Sequence[Any]) -> Sequence[Any]:
        """By column and due; snoozed ones behind, resolved ones last."""
        state = self.state
        if state is None:
            return rows
        shown = {row.id for row in rows}
        ordered = queue(state, self.deck.now(), self.sort_key, reverse=self.sort_reversed)
        return [row for row in ordered if row.id in shown]

    def empty_text(self) -> str:
        """No open issue, and which clock runs out next."""
        state = self.state
        nearest = state.book.next_from(self.deck.now()) if state else None
        clock = due_text(state, nearest.due, self.deck.now()) if state and nearest else "-"
        text = _("No open issue. Next check: {clock}.").format(clock=clock)
        if not self.rows:
            return text
        return f"{text} {_('{n} resolved: {key}.').format(n=len(self.rows), key=self.deck.key_of('presets'))}"

    def preview_lines(self, state: BoardState, row: IssueRow, cells: int) -> list[Text]:
        """The issue under the cursor."""
        return issue_preview(state, row, self.deck.now(), cells)

    def add_table(self) -> str:
        """`a` raises an issue."""
        return "issues"

    def do_open(self) -> None:
        """The card this issue stands on, at its issues."""
        row = self.row()
        if row is not None:
            from tui.screens.card import CardScreen

            self.app.push_screen(CardScreen(row.card, tab="issues"))

    def do_walk(self) -> None:
        """Triage: one issue at a time, from the cursor on."""
        rows = [row.id for row in self.table.window.rows if row.state != "resolved"]
        if not rows:
            self.deck.notice(self.empty_text())
            return
        from tui.screens.walk import TriageScreen

        found = self.current()
        at = rows.index(found[1]) if found and found[1] in rows else 0
        self.app.push_screen(TriageScreen(rows, at))
