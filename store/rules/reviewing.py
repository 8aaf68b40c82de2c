"""Who reviews draft minutes, and how long the chair waits for them (rulebook §6, after).

The chair and the head of each department that was there. A reviewer silent four hours before `minutes_final` is due no
longer stops the chair: the minutes list them under "no answer".
"""

from __future__ import annotations

from typing import Final

from store.board import Board
from store.records import Meeting
from store.rules.clocks_meetings import ended_at
from store.rules.roles import has_left, head_of

HOUR: Final = 3_600
PATIENCE: Final = 4 * HOUR
"""Seconds before `minutes_final` is due from which nobody's silence counts (rulebook §6, ours)."""
UNDER_REVIEW: Final = frozenset({"draft", "in_review"})


def attending(board: Board, meeting: Meeting) -> tuple[int, ...]:
    """Doc ids of the people who were there, stand-ins in place of those they stood in for."""
    found = [
        row.stand_in if row.presence == "absent" else row.person if row.presence == "present" else None
        for row in board.attendance_of.get(meeting.id, ())
    ]
    return tuple(dict.fromkeys(each for each in found if each))


def reviewers(board: Board, meeting: Meeting) -> tuple[int, ...]:
    """Doc ids of those who review its minutes, the chair first, each once; nobody who has left."""
    homes = [board.people[each].department for each in attending(board, meeting) if each in board.people]
    heads = [head_of(board, home) for home in dict.fromkeys(homes) if home]
    found = (meeting.chair, *heads)
    return tuple(dict.fromkeys(each for each in found if each and each in board.people and not has_left(board, each)))


def unanswered(board: Board, meeting: Meeting) -> tuple[int, ...]:
    """Reviewers who have said nothing yet; the chair, whose word is the final itself, is never among them."""
    answered = {each.person for each in board.reviews_of.get(meeting.id, ())}
    return tuple(each for each in reviewers(board, meeting) if each not in answered and each != meeting.chair)


def outdated(board: Board, meeting: Meeting) -> tuple[int, ...]:
    """Reviewers who confirmed minutes that were changed since; their confirmation stands, and they are asked again."""
    return tuple(each.person for each in board.reviews_of.get(meeting.id, ()) if each.changed_at is not None)


def waits_until(board: Board, meeting: Meeting) -> int:
    """Return the instant from which a silent reviewer no longer stops the chair."""
    return final_due(board, meeting) - PATIENCE


def final_due(board: Board, meeting: Meeting) -> int:
    """Return when the final minutes are due (`minutes_final`); its start if the meeting was not held."""
    span, ended = board.settings.span("minutes_final"), ended_at(meeting)
    if ended is None:
        return meeting.starts
    if span.unit == "h" and board.settings.hours == "elapsed":
        return ended + span.n * HOUR
    from datetime import UTC, datetime

    # Only where the rule counts working days is a calendar needed; no operation has one.
    from store.rules.board_calendar import calendar_settings
    from store.rules.calendar_source import build_calendar
    from store.rules.clock_facts import Spans
    from store.rules.working_time import WorkingTime

    settings = calendar_settings(board.settings)
    year = datetime.fromtimestamp(ended, UTC).year
    return Spans(board, WorkingTime(build_calendar(settings, range(year - 1, year + 2)), settings)).due(ended, span)
