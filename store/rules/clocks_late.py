"""Clocks of what runs late: delay_notice, follow_up (rulebook sections 4, 5, 8). Whether a subtask lags depends on now.

Both are worked out at the `now` of the Facts; the book looks again every minute.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.records import Card, ClockResult, Issue, Subtask
from store.rules.clock_facts import Facts, owner_of
from store.rules.clocks import Clock
from store.rules.clocks_issues import ends

ANNOUNCES = frozenset({"warning", "blocked"})
"""Issues that announce a delay (rulebook §8, delay_notice)."""


def late(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """What a subtask that lags owes: `delay_notice` and, from the working day after it began to lag, `follow_up`.

    delay_notice: due 1 WD before the finish (of a subtask shorter than that: by its finish), met by a warning or
    blocked report of it. follow_up: a blocked report has its own.
    """
    if card is None or card.stage != "active":
        return
    board, span = facts.board, facts.spans.of("delay_notice")
    issues: Sequence[Issue] = board.issues_of.get(card.id, ())
    noted = bool(issues or card.id in board.sync_of)
    lead, department = facts.roster.lead(card), card.lead_department
    alone = facts.roster.alone
    for each in facts.late(card.id):
        finish = each.planned_finish
        if finish is None:
            continue
        due = facts.spans.announced_by(finish, span)
        if each.planned_start is not None and due < each.planned_start:
            due = finish
        since = facts.lagging_since(each, finish)
        told = _announced(issues, each, since) if issues else None
        if told is None or facts.closed:
            owner = alone.get(each.owner or 0) or owner_of(facts, card, each)
            yield Clock(
                "delay_notice", "subtasks", each.id, card.id, None, due, told, False, owner, each.department, each.name
            )
        if not (issues and _is_blocked(issues, each)):
            start, due = _open_note(facts, since, _notes_on(facts, card, each)) if noted else _first(facts, since)
            yield Clock("follow_up", "subtasks", each.id, card.id, start, due, None, False, lead, department, each.name)


def follow_up(facts: Facts, card: Card | None) -> Iterator[Clock]:
    """A note each working day at 17:00 from the working day after a blocked report until it is resolved."""
    if card is None or card.stage in {"draft", "completed", "archived"}:
        return
    for issue in facts.board.issues_of.get(card.id, ()):
        if issue.kind == "blocked":
            yield from _notes_owed(facts, card, issue)


def _is_blocked(issues: Sequence[Issue], subtask: Subtask) -> bool:
    return any(each.kind == "blocked" and each.subtask == subtask.id and each.resolved_at is None for each in issues)


def _announced(issues: Sequence[Issue], subtask: Subtask, since: int) -> int | None:
    """Return when a delay was announced: the first report that stands open, or that came since it lags."""
    for each in issues:
        if (
            each.subtask == subtask.id
            and each.kind in ANNOUNCES
            and (each.resolved_at is None or each.raised_at >= since)
        ):
            return each.raised_at
    return None


def _notes_owed(facts: Facts, card: Card, issue: Issue) -> Iterator[Clock]:
    """The open follow-up clock of a blocked report; with the closed ones if they are asked for."""
    closed, void = ends(facts, card, issue, issue.resolved_at)
    if not facts.closed and (closed is not None or void):
        return
    lead = facts.roster.lead(card)
    started, due = _first(facts, issue.raised_at)
    counted = 0
    stored = [each for each in _stored(facts, card) if each.subject == issue.id and each.closed is not None]
    if stored:
        # What was closed stays closed, whatever became of the calendar: the next counts from there.
        last = max(stored, key=lambda each: each.due)
        counted = last.closed or 0
        started = max(last.due, counted)
        due = facts.points["follow_up"].after(started)
    for at in _notes(facts, issue):
        if at < started or at <= counted:
            continue
        if facts.closed:
            yield _note_clock(card, issue, (started, due), at, lead)
        started = max(due, at)
        due = facts.points["follow_up"].after(started)
    if closed is None:
        yield _note_clock(card, issue, (started, due), None, lead, void=void)


def _stored(facts: Facts, card: Card) -> list[ClockResult]:
    if not facts.board.table("results"):
        return []
    return [each for each in facts.board.results_of.get(card.id, ()) if each.kind == "follow_up"]


def _note_clock(
    card: Card, issue: Issue, span: tuple[int, int], closed: int | None, lead: tuple[int, ...], *, void: bool = False
) -> Clock:
    return Clock(
        "follow_up",
        "issues",
        issue.id,
        card.id,
        span[0],
        span[1],
        closed,
        void,
        lead,
        card.lead_department,
        issue.title,
    )


def _open_note(facts: Facts, since: int, notes: Sequence[int]) -> tuple[int, int]:
    """Return (start, due) of the note that is owed after those made at `notes`, late since an instant."""
    started, due = _first(facts, since)
    for at in notes:
        if at >= started:
            started = max(due, at)
            due = facts.points["follow_up"].after(started)
    return started, due


def _first(facts: Facts, since: int) -> tuple[int, int]:
    """Return the start of the working day after an instant, and when its note is due."""
    working = facts.working
    day = working.day_of(since)
    found = facts.first_notes.get(day)
    if found is None:
        started = working.at(working.next_working_day(day), 0)
        found = facts.first_notes[day] = started, facts.points["follow_up"].after(started - 1)
    return found


def _notes(facts: Facts, issue: Issue) -> list[int]:
    """Return when notes on an issue were written: follow-ups, and acknowledging it with a sentence."""
    steps = facts.board.steps_of.get(issue.id, ())
    return [each.at for each in steps if each.kind == "note" or (each.kind == "acknowledged" and each.text)]


def _notes_on(facts: Facts, card: Card, subtask: Subtask) -> list[int]:
    """Return when notes on a subtask were written: sync entries about it, and notes on its issues."""
    board = facts.board
    found = [
        each.at
        for each in (board.sync_of.get(card.id, ()) if board.sync else ())
        if each.subtask == subtask.id and each.event != "lag"
    ]
    for issue in board.issues_of.get(card.id, ()):
        if issue.subtask == subtask.id:
            found += _notes(facts, issue)
    return sorted(found)
