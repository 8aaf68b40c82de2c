"""Deadlines and meetings as an iCalendar file that calendars keep up: stable UIDs, SEQUENCE, alarms (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from store.records import Meeting
from store.rules.clocks import Clock
from store.text import clean
from tui import words
from tui.i18n import _, p_
from tui.papers.desk import Desk, card_stem, stem
from tui.subjects import subject_words, who_names

MEETINGS = frozenset({"meeting", "notice"})
"""Kinds of clocks that are the meeting itself or before it: the meeting stands in the calendar."""
DUE_BEFORE = timedelta(hours=4)
"""How long before a deadline its alarm rings."""
MEETING_BEFORE = timedelta(minutes=15)


def calendar_file(desk: Desk, key: int) -> tuple[str, bytes]:
    """Stem and contents: what is due and when one meets, of a card, a person, or the whole board (0).

    Every event keeps its UID from one export to the next, and counts its SEQUENCE up with the board's revisions, so
    that a calendar that reads the file again moves the event instead of doubling it. Cancelled meetings say so.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//crossdeck//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean(_name(desk, key)))
    for clock in _clocks(desk, key):
        calendar.add_component(_due(desk, clock))
    for meeting in _meetings(desk, key):
        calendar.add_component(_meeting(desk, meeting))
    return _name(desk, key), calendar.to_ical()


def _name(desk: Desk, key: int) -> str:
    title = p_("paper", "Calendar")
    card, person = desk.board.cards.get(key), desk.board.people.get(key)
    return card_stem(card, title) if card else stem(title, person.name if person else desk.board.meta.name)


def _clocks(desk: Desk, key: int) -> Iterator[Clock]:
    for clock in desk.state.book.running:
        if clock.kind in MEETINGS:
            continue
        if key in desk.board.cards and clock.card != key:
            continue
        if key in desk.board.people and key not in clock.who:
            continue
        yield clock


def _meetings(desk: Desk, key: int) -> Iterable[Meeting]:
    board = desk.board
    for meeting in board.meetings.values():
        if key in board.cards and board.card_of_meeting(meeting) != key:
            continue
        invited = {meeting.chair, meeting.recorder, *(each.person for each in board.attendance_of.get(meeting.id, ()))}
        if key in board.people and key not in invited:
            continue
        yield meeting


def _event(desk: Desk, uid: str, summary: str, starts: int) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{desk.board.meta.board}.crossdeck")
    event.add("dtstamp", datetime.fromtimestamp(desk.now, UTC))
    event.add("sequence", desk.board.meta.rev)
    event.add("summary", clean(summary))
    event.add("dtstart", datetime.fromtimestamp(starts, UTC))
    return event


def _due(desk: Desk, clock: Clock) -> Event:
    card = desk.board.cards.get(clock.card or 0)
    what = f"{words.clock(clock.kind)}: {subject_words(desk.state, clock)}"
    uid = "-".join(map(str, filter(None, ("due", clock.kind, clock.table, clock.subject, clock.department))))
    event = _event(desk, uid, what, clock.due)
    said = [f"{card.number} {card.name}" if card else "", _("{who} must act.").format(who=who_names(desk.state, clock))]
    event.add("description", clean("\n".join(filter(None, said)), lines=True))
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(what, DUE_BEFORE))
    return event


def _meeting(desk: Desk, meeting: Meeting) -> Event:
    ends = meeting.ended_at or meeting.ends or meeting.starts + 3600
    event = _event(desk, f"meeting-{meeting.id}", meeting.name or meeting.number, meeting.starts)
    event.add("dtend", datetime.fromtimestamp(max(ends, meeting.starts + 60), UTC))
    if meeting.place:
        event.add("location", clean(meeting.place))
    agenda = [f"{n}. {item.title}" for n, item in enumerate(desk.board.agenda_of.get(meeting.id, ()), 1)]
    event.add("description", clean("\n".join(filter(None, (meeting.number, meeting.goal, *agenda))), lines=True))
    event.add("status", "CANCELLED" if meeting.state == "cancelled" else "CONFIRMED")
    if meeting.state == "notice":
        event.add_component(_alarm(meeting.name or meeting.number, MEETING_BEFORE))
    return event


def _alarm(text: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", clean(text))
    alarm.add("trigger", -before)
    return alarm
