"""Clocks of subtasks: subtask_due, progress, and the response to a problem in an entry (rulebook sections 4, 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from store.board import Board
from store.records import Card, ProgressEntry, Subtask
from store.rules.clock_facts import Facts, activated, limit
from store.rules.clocks import Clock
from store.rules.clocks_cards import has_run
from store.rules.entries import report_times, sent_back_at, standing

HANDED_OVER = frozenset({"awaiting_acceptance", "done"})
OWES = frozenset({"not_started", "in_progress", "blocked"})
"""States in which a subtask of an active card owes progress entries."""


def subtask_due(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """From planned start to planned finish; met when handed over as done, sent back: as it was."""
    if card is None or not has_run(card):
        return
    gone = card.stage == "cancelled"
    for each in facts.board.subtasks_of.get(card.id, ()):
        due = each.planned_finish
        if due is None:
            continue
        closed = (each.handed_over_at or each.done_at or due) if each.status in HANDED_OVER else None
        void = closed is None and (gone or each.status == "cancelled")
        if (void or closed is not None) and not facts.closed:
            continue
        yield Clock(
            "subtask_due",
            "subtasks",
            each.id,
            card.id,
            each.planned_start,
            due,
            closed,
            void,
            owner_of(facts, card, each),
            each.department,
            each.name,
        )


def progress(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """The one open progress clock of each subtask that owes entries, counting from the earliest missed point."""
    if card is None or card.stage != "active":
        return
    since = activated(card) or 0
    entries_of = facts.board.progress_of
    for each in facts.board.subtasks_of.get(card.id, ()):
        if each.status not in OWES:
            continue
        entries = entries_of.get(each.id, ())
        times, back = report_times(entries), sent_back_at(entries)
        started, due = open_point(facts, card, max(since, each.planned_start or 0), times, back)
        who = owner_of(facts, card, each)
        yield Clock(
            "progress", "subtasks", each.id, card.id, started, due, None, False, who, each.department, each.name
        )


def open_point(
    facts: Facts, card: Card, owed_from: int, times: Sequence[int], back: frozenset[int] = frozenset()
) -> tuple[int, int]:
    """Return (start, due) of the progress clock that is open after the reports made at `times` (oldest first).

    `back` are those of them that put a subtask back in work: nothing was owed before, the next point counts from there.
    """
    if card.cadence == "realtime":
        started = max(owed_from, times[-1]) if times else owed_from
        return started, facts.working.next_point("realtime", started)
    after = facts.points[card.cadence].after
    started, due = owed_from, after(owed_from)
    began = owed_from - 1
    for at in times:
        if at <= began:
            continue
        if at <= due and at not in back:
            # It meets this point; the next counts from here, and a second entry before it serves nothing.
            started = began = due
        else:
            # It closes all points missed so far (or starts anew) but does not serve the next one.
            started = began = at
        due = after(began)
    return started, due


def closed_progress(facts: Facts, card: Card, subtask: Subtask) -> Iterator[Clock]:
    """Yield the progress clocks of a subtask that an entry closed, oldest first: one for each run of missed points."""
    owed_from = max(activated(card) or 0, subtask.planned_start or 0)
    after: Callable[[int], int]
    if card.cadence == "realtime":

        def after(instant: int) -> int:
            return facts.working.next_point("realtime", instant)
    else:
        after = facts.points[card.cadence].after
    who = owner_of(facts, card, subtask)
    started, due, began = owed_from, after(owed_from), owed_from - 1
    entries = facts.board.progress_of.get(subtask.id, ())
    back = sent_back_at(entries)
    for at in report_times(entries):
        if at <= began:
            continue
        if at in back:
            started = began = at
            due = after(began)
            continue
        yield Clock(
            "progress", "subtasks", subtask.id, card.id, started, due, at, False, who, subtask.department, subtask.name
        )
        started = began = at if at > due or card.cadence == "realtime" else due
        due = after(began)


def problem_response(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """The response a problem in an entry asks of the lead, within 24 h or the card's response limit.

    One event runs one clock: only the earliest unanswered problem of a subtask has one. An issue of the
    subtask, a sync entry that refers to it, or an entry by somebody else answers it.
    """
    if card is None or card.stage != "active":
        return
    board = facts.board
    spans, lead = facts.spans, facts.roster.lead(card)
    rule = limit(card.response_limit_hours, spans.of("response"))
    for each in board.subtasks_of.get(card.id, ()):
        if each.status not in OWES or not facts.may_have_problem(each.id):
            continue
        asked = _unanswered(board, each, board.progress_of.get(each.id, ()))
        if asked is not None:
            at = asked.at
            yield Clock(
                "response",
                "progress",
                asked.id,
                card.id,
                at,
                spans.due(at, rule),
                None,
                False,
                lead,
                None,
                asked.problem,
            )


def _unanswered(board: Board, subtask: Subtask, entries: Sequence[ProgressEntry]) -> ProgressEntry | None:
    """Return the earliest entry with a problem that nobody else has answered since."""
    if not any(entry.problem for entry in entries):
        return None
    reports = standing(entries)
    for entry in reports:
        if entry.problem and not _answered(board, subtask, entry, reports):
            return entry
    return None


def _answered(board: Board, subtask: Subtask, asked: ProgressEntry, reports: Sequence[ProgressEntry]) -> bool:
    """Say whether the problem in an entry was answered: by an issue, a note, or an entry of somebody else."""
    if reports[-1].at >= asked.at and any(each.at >= asked.at and each.by != asked.by for each in reports):
        return True
    for issue in board.issues_of.get(subtask.card, ()):
        if issue.subtask == subtask.id and issue.raised_at >= asked.at:
            return True
    for note in board.sync_of.get(subtask.card, ()):
        if note.reference in {subtask.number, str(subtask.id)} and note.at >= asked.at and note.by != asked.by:
            return bool(note.reference)
    return False


def owner_of(facts: Facts, card: Card, subtask: Subtask) -> tuple[int, ...]:
    """Return the owner of a subtask; without one inside, the head of its department, else the lead."""
    roster = facts.roster
    return roster.alone.get(subtask.owner or 0) or roster.heads.get(subtask.department or 0) or roster.lead(card)
