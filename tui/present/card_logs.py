"""The logs of a card: progress entries, sync entries, history, newest first (screens.md §3.6)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any, NamedTuple, Protocol

from rich.text import Text

from store.records import HistoryEntry, SyncEntry
from store.rules.privacy import may_read
from store.views.card import CardDetail, LoggedEntry
from store.views.state import BoardState
from tui import words
from tui.deeds import deed, percent_words, support_words
from tui.i18n import _, p_
from tui.look import STYLES
from tui.present.digest import kind_words, promise_words, to_words
from tui.present.history import change_text, changes, subject_text
from tui.present.lead import NO_LEAD, StateOf, StatePainter
from tui.present.lines import dashes, wrapped
from tui.present.why import instant_text
from tui.subjects import local, subtask_number
from tui.widgets.columns import Cell, Column, Placed
from tui.widgets.rows import Lead

MOST_CHANGES = 8
"""Changes of one history entry that a row tries to show."""
LABEL = 10
TIME = Column("time", "", 5)
"""The time of day, behind the date."""


class Logged(Protocol):
    """A row with the instant it is filed under."""

    @property
    def id(self) -> int:
        """Doc id of the record."""

    @property
    def at(self) -> int:
        """Epoch seconds."""


class ProgressRow(NamedTuple):
    """A progress entry as a row."""

    id: int
    at: int
    logged: LoggedEntry


CellOf = Callable[[BoardState, Any, str, int], Cell]


class LogPainter(StatePainter[Any]):
    """Rows with a date where others have a countdown, the time of day behind it; `cell` gives the rest."""

    def __init__(self, state: StateOf, cell: CellOf) -> None:
        """`state` gives the state in front."""
        super().__init__(state)
        self._cell = cell

    def lead(self, row: Logged, now: int) -> Lead:
        """Weekday and date."""
        state = self._state()
        if state is None:
            return NO_LEAD
        at = local(state, row.at)
        day = f"{at:%m-%d}" if at.year == local(state, now).year else f"{at:%y-%m-%d}"
        return Lead("", words.weekday(at.date()), day, "calm")

    def cell(self, state: BoardState, row: Any, place: Placed, now: int) -> Cell:
        """One cell of a row."""
        if place.column is TIME:
            return f"{local(state, row.at):%H:%M}"
        return self._cell(state, row, place.column.key, now)


# Progress --------------------------------------------------------------------------------------------


def progress_columns() -> tuple[list[Column], tuple[str, ...]]:
    """Time, who, subtask, %, done, next, problem, support."""
    columns = [
        TIME,
        Column("who", p_("column", "who"), 8),
        Column("subtask", p_("column", "subtask"), 16, min_width=6),
        Column("percent", "%", 4, align="right"),
        Column("done", p_("column", "done"), 20, flexible=True),
        Column("next", p_("column", "next"), 16),
        Column("problem", p_("column", "problem"), 16),
        Column("support", p_("column", "support"), 14),
    ]
    return columns, ("support", "next", "problem", "subtask")


def progress_rows(detail: CardDetail) -> list[ProgressRow]:
    """All entries, corrected ones too."""
    return [ProgressRow(each.entry.id, each.entry.at, each) for each in detail.progress]


def progress_cell(state: BoardState, row: ProgressRow, key: str, _now: int) -> Cell:
    """One cell of an entry; one that another took the place of is dim and says so."""
    entry, subtask, by = row.logged.entry, row.logged.subtask, row.logged.by
    tone = "dim" if by else ""
    if key == "done" and by:
        word = _("withdrawn") if by.withdrawn else _("corrected")
        return [(f"{word} ", "yellow"), (entry.done, tone)]
    texts = {
        "who": lambda: state.board.person_name(entry.by),
        "subtask": lambda: f"{subtask_number(subtask)} {subtask.name}",
        "percent": lambda: percent_words(entry),
        "done": lambda: entry.done,
        "next": lambda: entry.next,
        "problem": lambda: entry.problem,
        "support": lambda: support_words(entry),
    }
    return (texts[key](), "yellow" if key == "problem" and not by else tone)


def progress_detail(state: BoardState, row: ProgressRow, now: int, cells: int) -> list[Text]:
    """One entry in full."""
    entry, subtask, by = row.logged.entry, row.logged.subtask, row.logged.by
    lines = [dashes(f"{subtask_number(subtask)} {subtask.name}  {percent_words(entry)}", cells)]
    who = f"{instant_text(state, entry.at, now)} {state.board.person_name(entry.by)}"
    if entry.recorded_at and entry.recorded_at > entry.at:
        who += "  " + _("entered {t}").format(t=instant_text(state, entry.recorded_at, now))
    lines.append(Text(f" {who}", STYLES["dim"]))
    parts = (
        (p_("label", "done"), entry.done),
        (p_("label", "next"), entry.next),
        (p_("label", "problem"), entry.problem),
    )
    for label, text in (*parts, (p_("label", "support"), support_words(entry))):
        lines += wrapped(label, text, cells, None, LABEL)
    if by is not None:
        text = _("withdrawn by {who} {t}") if by.withdrawn else _("corrected by {who} {t}")
        at = instant_text(state, by.recorded_at or by.at, now)
        lines.append(Text(" " + text.format(who=state.board.person_name(by.by), t=at), STYLES["yellow"]))
    return lines


# Sync log --------------------------------------------------------------------------------------------


def sync_columns() -> tuple[list[Column], tuple[str, ...]]:
    """Time, kind, topic, content, by, to, sent."""
    columns = [
        TIME,
        Column("kind", p_("column", "kind"), 11, min_width=8),
        Column("topic", p_("column", "topic"), 20, flexible=True),
        Column("content", p_("column", "content"), 36, min_width=20),
        Column("by", p_("column", "by"), 8),
        Column("to", p_("column", "to"), 12),
        Column("sent", p_("column", "sent"), 8),
    ]
    return columns, ("to", "content", "by")


def sync_cell(state: BoardState, row: SyncEntry, key: str, _now: int) -> Cell:
    """One cell of a sync entry."""
    if key == "kind":
        return kind_words(row)
    if key == "by":
        return state.board.person_name(row.by) or row.by_name
    if key == "sent":
        return (_("sent"), "dim") if row.sent_at else (_("to send"), "yellow")
    if key == "content" and not may_read(row, state.me):
        return (_("restricted"), "dim")
    return row.topic if key == "topic" else row.content if key == "content" else to_words(state, row)


def sync_detail(state: BoardState, row: SyncEntry, now: int, cells: int) -> list[Text]:
    """One sync entry in full."""
    who = state.board.person_name(row.by) or row.by_name
    sent = _("sent {t}").format(t=instant_text(state, row.sent_at, now)) if row.sent_at else _("not sent")
    lines = [dashes(row.topic, cells), Text(f" {instant_text(state, row.at, now)} {who}   {sent}", STYLES["dim"])]
    content = row.content if may_read(row, state.me) else _("restricted: only its writer and recipients see it")
    parts = (
        (p_("label", "content"), content),
        (p_("label", "promise"), promise_words(state, row)),
        (p_("label", "to"), to_words(state, row)),
        (p_("label", "reference"), row.reference),
        (p_("label", "note"), row.note),
    )
    for label, text in parts:
        lines += wrapped(label, text, cells, None, LABEL)
    return lines


# History ---------------------------------------------------------------------------------------------


def history_columns() -> tuple[list[Column], tuple[str, ...]]:
    """Time, who, what, on which record, old > new."""
    columns = [
        TIME,
        Column("who", p_("column", "who"), 8),
        Column("what", p_("column", "what"), 16, min_width=12),
        Column("record", p_("column", "record"), 24, min_width=14),
        Column("changes", p_("column", "old > new"), 16, flexible=True),
    ]
    return columns, ("record",)


def history_cell(state: BoardState, row: HistoryEntry, key: str, now: int) -> Cell:
    """One cell of a history entry."""
    if key == "who":
        return state.board.person_name(row.by) or "?"
    if key == "what":
        return (deed(row), "yellow" if row.outcome == "aside" else "")
    if key == "record":
        return (subject_text(state, row), "dim")
    subject = subject_text(state, row)
    found = (change_text(each, subject) for each in islice(changes(state, row, now), MOST_CHANGES))
    return "; ".join(text for text in found if text)
