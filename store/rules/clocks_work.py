"""Clocks of subtasks: subtask_due, progress, and the response to a problem in an entry (rulebook sections 4, 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from store.board import Board
from store.records import Card, ProgressEntry, Subtask
from store.rules.clock_facts import HANDED_OVER, OWES, Facts, Points, activated, limit, owner_of
from store.rules.clocks import Clock
from store.rules.clocks_cards import has_run
from store.rules.entries import reports, sent_back_at, standing
from store.rules.ladder import answerers

NEVER: frozenset[int] = frozenset()


def subtask_due(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """From planned start to planned finish; met when handed over as done, sent back: as it was."""
    if card is None or not has_run(card):
        return
    gone, alone = card.stage == "cancelled", facts.roster.alone
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
            alone.get(each.owner or 0) or owner_of(facts, card, each),
            each.department,
            each.name,
        )


def progress(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """The one open progress clock of each subtask that owes entries, counting from the earliest missed point.

    That of a cancelled subtask, or card, is void.
    """
    cancelled = card is not None and card.stage == "cancelled" and has_run(card)
    if card is None or not (card.stage == "active" or (cancelled and facts.closed)):
        return
    since = activated(card) or 0
    entries_of, alone = facts.board.progress_of, facts.roster.alone
    points = None if card.cadence == "realtime" else facts.points[card.cadence]
    for each in facts.board.subtasks_of.get(card.id, ()):
        void = cancelled or each.status == "cancelled"
        if each.status not in OWES and not (void and facts.closed):
            continue
        if void and (each.status in HANDED_OVER or each.handed_over_at is not None):
            continue
        first, entries = owed_from(since, each), entries_of.get(each.id, ())
        started, due = _open_at(points, first, entries) if points else _open_in_time(facts, first, entries)
        who = alone.get(each.owner or 0) or owner_of(facts, card, each)
        yield Clock("progress", "subtasks", each.id, card.id, started, due, None, void, who, each.department, each.name)


def owed_from(active: int, subtask: Subtask) -> int:
    """Return from when a subtask owes entries (epoch seconds): `active` is since when its card is active.

    Without a planned start that is when it was added, never a point before it was there.
    """
    return max(active, subtask.planned_start or subtask.created_at or 0)


def open_point(facts: Facts, card: Card, first: int, entries: Sequence[ProgressEntry]) -> tuple[int, int]:
    """Return (start, due) of the progress clock that is open after `entries` (oldest first), owed from `first` on."""
    if card.cadence == "realtime":
        return _open_in_time(facts, first, entries)
    return _open_at(facts.points[card.cadence], first, entries)


def _open_at(points: Points, first: int, entries: Sequence[ProgressEntry]) -> tuple[int, int]:
    """Return `open_point` of a cadence with fixed points."""
    known, after = points.known, points.after
    started, began, served, back = first, first - 1, 0, NEVER
    due = known.get(first) or after(first)
    for entry in entries:  # asked of all of a board's subtasks: what is seldom is looked for only where it can be
        if entry.replaces is not None or entry.percent == 100:
            back, entries = sent_back_at(entries), reports(entries)
            break
    for entry in entries:
        at, kept = entry.at, entry.due
        if at <= began:
            continue
        if kept is not None and kept > served:
            # What it closed is kept, whatever became of the calendar; one entered later for an earlier point, which
            # took this one's place, makes it free for the next.
            started = began = max(kept, at)
            served = kept
        elif at <= due and at not in back:
            # It meets this point; the next counts from here, and a second entry before it serves nothing.
            started = began = served = due
        else:
            # It closes all points missed so far (or starts anew) but does not serve the next one.
            started = began = served = at
        due = known.get(began) or after(began)
    return started, due


def _open_in_time(facts: Facts, first: int, entries: Sequence[ProgressEntry]) -> tuple[int, int]:
    """Return (start, due) where no more than so many working hours may lie between two entries."""
    last = max((entry.at for entry in reports(entries)), default=first)
    started = max(first, last)
    return started, facts.working.next_point("realtime", started)


def closed_progress(facts: Facts, card: Card, subtask: Subtask) -> Iterator[Clock]:
    """Yield the progress clocks of a subtask that an entry closed, oldest first: one for each run of missed points.

    The due each entry keeps is the result of the clock it closed; it is worked out only where none is kept.
    """
    first = owed_from(activated(card) or 0, subtask)
    after: Callable[[int], int]
    if card.cadence == "realtime":

        def after(instant: int) -> int:
            return facts.working.next_point("realtime", instant)
    else:
        after = facts.points[card.cadence].after
    who = owner_of(facts, card, subtask)
    started, due, began, served = first, after(first), first - 1, 0
    entries = facts.board.progress_of.get(subtask.id, ())
    back = sent_back_at(entries)
    for entry in reports(entries):
        at, kept = entry.at, entry.due
        if at <= began:
            continue
        if at in back:
            started = began = at
            due = after(began)
            continue
        trusted = kept is not None and kept > served
        due = kept if trusted and kept is not None else due
        yield Clock(
            "progress", "subtasks", subtask.id, card.id, started, due, at, False, who, subtask.department, subtask.name
        )
        late = at > due or card.cadence == "realtime"
        served = at if late and not trusted else due
        started = began = at if late else due
        due = after(began)


def problem_response(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """The response a problem in an entry asks of the lead, within 24 h or the card's response limit.

    One event runs one clock: only the earliest unanswered problem of a subtask has one. An issue of the
    subtask, a sync entry that refers to it, or an entry by somebody else answers it.
    """
    if card is None or not (card.stage == "active" or (facts.closed and has_run(card))):
        return
    rule = limit(card.response_limit_hours, facts.spans.of("response"))
    for each in facts.board.subtasks_of.get(card.id, ()):
        if not facts.may_have_problem(each.id) or not (facts.closed or each.status in OWES):
            continue
        void = "cancelled" in {card.stage, each.status}
        for asked, answered in _problems(facts.board, each):
            if not (answered or void or (card.stage == "active" and each.status in OWES)):
                continue  # its subtask is done: nobody asks any more
            if (answered or void) and not facts.closed:
                continue
            yield Clock(
                "response",
                "progress",
                asked.id,
                card.id,
                asked.at,
                facts.spans.due(asked.at, rule),
                answered,
                void and not answered,
                answerers(facts.roster, card, each, asked.by),
                None,
                asked.problem,
            )


def _problems(board: Board, subtask: Subtask) -> Iterator[tuple[ProgressEntry, int | None]]:
    """Yield the entries whose problem asked for a response, each with when it had one; the last may have none.

    A problem that is named again before the response is the same question.
    """
    entries = board.progress_of.get(subtask.id, ())
    if not any(entry.problem for entry in entries):
        return
    shown = standing(entries)
    until: int | None = -1
    for entry in shown:
        if entry.problem and until is not None and entry.at > until:
            until = _answered_at(board, subtask, entry, shown)
            yield entry, until


def _answered_at(board: Board, subtask: Subtask, asked: ProgressEntry, shown: Sequence[ProgressEntry]) -> int | None:
    """Return when the problem in an entry was answered: by an issue, a note, or an entry of somebody else.

    A note that wrote itself (`event`) is nobody's answer.
    """
    numbers = {subtask.number, str(subtask.id)} - {""}
    found = [each.at for each in shown if each.at >= asked.at and each.by != asked.by]
    found += [each.raised_at for each in board.issues_of.get(subtask.card, ()) if each.subtask == subtask.id]
    found += [
        note.at
        for note in board.sync_of.get(subtask.card, ())
        if (note.subtask == subtask.id or note.reference in numbers) and note.by != asked.by and not note.event
    ]
    return min((at for at in found if at >= asked.at), default=None)
