"""The tabs of a card, each as a table: its columns, its rows, what verbs act on, the detail of a row (screens.md §3.6).

Nothing here draws: the card's screen holds one live table per tab and asks the tab in front.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.text import Text

from store.records import HistoryEntry, SyncEntry
from store.views.card import CardDetail, card_history
from store.views.minutes import MeetingRow
from store.views.queue import IssueRow
from store.views.state import BoardState
from store.views.subtasks import SubtaskRow
from tui.i18n import Np_, _
from tui.present import card_clocks, card_fields, card_logs, card_work
from tui.present.card_clocks import ClockRow
from tui.present.card_fields import FieldRow
from tui.present.card_logs import LogPainter, ProgressRow
from tui.present.issues import IssuePainter, issue_columns, issue_preview
from tui.present.lead import StateOf
from tui.present.meetings import MeetingPainter, meeting_columns, meeting_preview
from tui.present.subtask_detail import subtask_detail
from tui.subjects import due_text
from tui.widgets.columns import Column
from tui.widgets.rows import Painter

Columns = tuple[list[Column], tuple[str, ...]]
Refs = list[tuple[str, int]]


@dataclass(frozen=True)
class Tab:
    """One tab. `refs` gives what a row is, then what it hangs on; `detail` says more about it in the pane below.

    `adds` is the table of which `a` makes one more, `asked` that the pane opens on Enter only.
    """

    id: str
    title: str
    short: str
    columns: Callable[[], Columns]
    painter: Callable[[StateOf], Painter[Any]]
    rows: Callable[[BoardState, CardDetail, int, int], Sequence[Any]]
    refs: Callable[[Any], Refs]
    detail: Callable[[BoardState, Any, int, int], list[Text]] | None = None
    count: Callable[[CardDetail], int] | None = None
    adds: str = ""
    asked: bool = False
    dated: bool = False
    """The first column is a date, not a countdown."""


def without_card(columns: Columns) -> Columns:
    """Columns of a list as they stand on one card's tab."""
    return [column for column in columns[0] if column.key != "card"], columns[1]


def _subtask_refs(row: SubtaskRow) -> Refs:
    return [("subtasks", row.id)]


def _issue_refs(row: IssueRow) -> Refs:
    return [("issues", row.id), *([("subtasks", row.subtask)] if row.subtask else [])]


def _progress_refs(row: ProgressRow) -> Refs:
    return [("progress", row.id), ("subtasks", row.logged.subtask.id)]


def _clock_refs(row: ClockRow) -> Refs:
    return [(row.clock.table, row.clock.subject)]


def _meeting_refs(row: MeetingRow) -> Refs:
    return [("meetings", row.id)]


def _history_refs(row: HistoryEntry) -> Refs:
    return [(str(change[1]), row.subject) for change in row.changes if change[2] == row.subject][:1]


def _field_refs(row: FieldRow) -> Refs:
    return [row.ref]


def _sync_refs(row: SyncEntry) -> Refs:
    return [("sync", row.id)]


def _history_entry(state: BoardState, row: HistoryEntry, now: int, cells: int) -> list[Text]:
    from tui.present.history import entry_lines
    from tui.present.lines import dashes

    return [dashes(_("history"), cells), *entry_lines(state, row, now, cells)]


def _report_rows(state: BoardState, detail: CardDetail, now: int, cells: int) -> list[FieldRow]:
    from tui.present.card_closing import report_rows

    return report_rows(state, detail, now, cells)


TABS: tuple[Tab, ...] = (
    Tab(
        "card", Np_("tab", "card"), Np_("tab", "card"), card_fields.field_columns, card_fields.FieldPainter,
        card_fields.field_rows, _field_refs, adds="milestones",
    ),
    Tab(
        "work", Np_("tab", "work"), Np_("tab", "work"), card_work.work_columns, card_work.WorkPainter,
        lambda _state, detail, _now, _cells: card_work.work_rows(detail), _subtask_refs, subtask_detail,
        lambda detail: len(detail.subtasks), "subtasks",
    ),
    Tab(
        "progress", Np_("tab", "progress"), Np_("tab", "progr."), card_logs.progress_columns,
        lambda state: LogPainter(state, card_logs.progress_cell),
        lambda _state, detail, _now, _cells: card_logs.progress_rows(detail), _progress_refs,
        card_logs.progress_detail, dated=True,
    ),
    Tab(
        "issues", Np_("tab", "issues"), Np_("tab", "issues"), lambda: without_card(issue_columns()), IssuePainter,
        lambda _state, detail, _now, _cells: detail.issues, _issue_refs, issue_preview,
        lambda detail: sum(row.state != "resolved" for row in detail.issues), "issues",
    ),
    Tab(
        "clocks", Np_("tab", "clocks"), Np_("tab", "clocks"), card_clocks.clock_columns, card_clocks.ClockPainter,
        lambda _state, detail, _now, _cells: card_clocks.clock_rows(detail), _clock_refs, None,
        lambda detail: sum(clock.is_open for clock in detail.clocks),
    ),
    Tab(
        "meetings", Np_("tab", "meetings"), Np_("tab", "meet."), lambda: without_card(meeting_columns()),
        MeetingPainter, lambda _state, detail, _now, _cells: detail.meetings, _meeting_refs,
        lambda state, row, _now, cells: meeting_preview(state, row, cells),
        lambda detail: len(detail.meetings), "meetings",
    ),
    Tab(
        "sync", Np_("tab", "sync"), Np_("tab", "sync"), card_logs.sync_columns,
        lambda state: LogPainter(state, card_logs.sync_cell),
        lambda _state, detail, _now, _cells: detail.sync, _sync_refs, card_logs.sync_detail,
        lambda detail: len(detail.sync), "sync", dated=True,
    ),
    Tab(
        "history", Np_("tab", "history"), Np_("tab", "hist."), card_logs.history_columns,
        lambda state: LogPainter(state, card_logs.history_cell),
        lambda state, detail, _now, _cells: card_history(state, detail.card.id), _history_refs, _history_entry,
        asked=True, dated=True,
    ),
    Tab(
        "report", Np_("tab", "report"), Np_("tab", "rep."), card_fields.field_columns, card_fields.FieldPainter,
        _report_rows, _field_refs,
    ),
)  # fmt: skip
BY_ID = {tab.id: tab for tab in TABS}


def empty_words(state: BoardState, tab: Tab, detail: CardDetail, key: str, now: int) -> str:
    """What an empty tab says; `key` is the key that adds, on progress the one that reports."""
    if tab.id == "work":
        due = due_text(state, detail.card.planned_finish, now) if detail.card.planned_finish else "-"
        return _("No division of work. A adds the first subtask; due {due}.").format(due=due)
    if tab.id == "progress":
        return _("none yet; {key} reports").format(key=key)
    return _("none yet; {key} adds one").format(key=key) if tab.adds else _("none yet")
