"""Everything about one card: the preview of the overview and the tabs of the card (screens 3.1, 3.6)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from store.records import (
    Card,
    Duty,
    HistoryEntry,
    Meeting,
    Milestone,
    ProgressEntry,
    Subtask,
    SyncEntry,
)
from store.rules.clocks import Clock, by_due
from store.rules.entries import corrected_by, last_report
from store.rules.privacy import as_seen
from store.views.minutes import MeetingRow
from store.views.older import all_history
from store.views.overview import CardRow
from store.views.queue import IssueRow
from store.views.sorting import by_due as rows_by_due
from store.views.subtasks import SubtaskRow

if TYPE_CHECKING:
    from store.views.state import BoardState

NEAREST = 3


class ClockGroup(Struct, frozen=True):
    """The open clocks of one kind due at the same second, drawn as one line: the first, and how many more."""

    clock: Clock
    others: tuple[Clock, ...]


class LoggedEntry(Struct, frozen=True):
    """A progress entry with its subtask; `by` is the entry that corrected or withdrew it."""

    entry: ProgressEntry
    subtask: Subtask
    by: ProgressEntry | None


class CardPreview(Struct, frozen=True):
    """What the preview shows of a card: signatures, three nearest clocks, issues, last entry, next meeting."""

    row: CardRow
    card: Card
    duties: tuple[Duty, ...]
    clocks: tuple[ClockGroup, ...]
    issues: tuple[IssueRow, ...]
    last: LoggedEntry | None
    next_meeting: Meeting | None


class CardDetail(Struct, frozen=True):
    """The tabs of a card. `clocks` are the open ones by due, then the closed and void, newest due first.

    Entries and sync entries stand newest first; the history, which may be long, is `card_history`.
    """

    row: CardRow
    card: Card
    duties: tuple[Duty, ...]
    milestones: tuple[Milestone, ...]
    subtasks: tuple[SubtaskRow, ...]
    progress: tuple[LoggedEntry, ...]
    issues: tuple[IssueRow, ...]
    clocks: tuple[Clock, ...]
    meetings: tuple[MeetingRow, ...]
    sync: tuple[SyncEntry, ...]


def card_preview(state: BoardState, card_id: int, now: int) -> CardPreview | None:
    """Return the preview of a card at `now`, None if there is none of this id."""
    board = state.board
    card = board.cards.get(card_id)
    if card is None:
        return None
    coming = [each for each in board.meetings_of.get(card_id, ()) if each.state == "notice" and each.starts >= now]
    return CardPreview(
        row=state.card_rows[card_id],
        card=card,
        duties=tuple(board.duties_of.get(card_id, ())),
        clocks=grouped(state.book.open_of(card_id))[:NEAREST],
        issues=_issues(state, card_id, resolved=False),
        last=_last_entry(state, card_id),
        next_meeting=coming[0] if coming else None,
    )


def card_detail(state: BoardState, card_id: int) -> CardDetail | None:
    """Return all tabs of a card, None if there is none of this id."""
    board = state.board
    card = board.cards.get(card_id)
    if card is None:
        return None
    return CardDetail(
        row=state.card_rows[card_id],
        card=card,
        duties=tuple(board.duties_of.get(card_id, ())),
        milestones=tuple(board.milestones_of.get(card_id, ())),
        subtasks=state.subtask_rows.get(card_id, ()),
        progress=logged(state, card_id),
        issues=_issues(state, card_id, resolved=True),
        clocks=card_clocks(state, card),
        meetings=tuple(state.meeting_rows[each.id] for each in board.meetings_of.get(card_id, ())),
        sync=tuple(as_seen(each, state.me) for each in reversed(board.sync_of.get(card_id, ()))),
    )


def grouped(clocks: Iterable[Clock]) -> tuple[ClockGroup, ...]:
    """Return clocks (sorted by due) as lines: those of one kind due at the same second stand in one."""
    lines: dict[tuple[str, int], list[Clock]] = {}
    for clock in clocks:
        lines.setdefault((clock.kind, clock.due), []).append(clock)
    return tuple(ClockGroup(first, tuple(others)) for first, *others in lines.values())


def card_clocks(state: BoardState, card: Card) -> tuple[Clock, ...]:
    """Return a card's open clocks by due, then the closed and void ones, newest due first."""
    closed = [clock for clock in state.book.of_card(card.id) if not clock.is_open]
    closed += state.book.closed_progress(card)
    closed.sort(key=by_due, reverse=True)
    return (*state.book.open_of(card.id), *closed)


def logged(state: BoardState, card_id: int) -> tuple[LoggedEntry, ...]:
    """Return all progress entries of a card, corrected ones too, newest first."""
    board = state.board
    found: list[LoggedEntry] = []
    for subtask in board.subtasks_of.get(card_id, ()):
        entries = board.progress_of.get(subtask.id, ())
        replaced = corrected_by(entries)
        found += [LoggedEntry(each, subtask, replaced.get(each.id)) for each in entries if not each.withdrawn]
    found.sort(key=lambda each: (each.entry.recorded_at or each.entry.at, each.entry.id), reverse=True)
    return tuple(found)


def card_history(state: BoardState, card_id: int) -> tuple[HistoryEntry, ...]:
    """Return the history of a card and of what hangs on it, newest first, as far as it is at hand."""
    ids = history_ids(state, card_id)
    return tuple(each for each in all_history(state) if each.subject in ids)


def history_ids(state: BoardState, card_id: int) -> frozenset[int]:
    """Return the doc ids under which the history of a card may be filed."""
    board = state.board
    ids = {card_id}
    for index in (board.subtasks_of, board.duties_of, board.milestones_of, board.issues_of, board.meetings_of):
        ids.update(each.id for each in index.get(card_id, ()))
    for subtask in board.subtasks_of.get(card_id, ()):
        ids.update(entry.id for entry in board.progress_of.get(subtask.id, ()))
    ids.update(each.id for each in board.sync_of.get(card_id, ()))
    return frozenset(ids)


def _last_entry(state: BoardState, card_id: int) -> LoggedEntry | None:
    """Return the newest entry that stands on any subtask of a card."""
    board = state.board
    found: LoggedEntry | None = None
    for subtask in board.subtasks_of.get(card_id, ()):
        entry = last_report(board.progress_of.get(subtask.id, ()))
        if entry is not None and (found is None or entry.at > found.entry.at):
            found = LoggedEntry(entry, subtask, None)
    return found


def _issues(state: BoardState, card_id: int, *, resolved: bool) -> tuple[IssueRow, ...]:
    """Return a card's issues, what runs out first on top, resolved ones (if wanted) last."""
    rows = [state.issue_rows[each.id] for each in state.board.issues_of.get(card_id, ())]
    rows.sort(key=rows_by_due)
    return tuple(
        sorted((row for row in rows if resolved or row.state != "resolved"), key=lambda row: row.state == "resolved")
    )
