"""The attendance line as operations: who is absent, with reason and stand-in; all others are there."""

from __future__ import annotations

from store.operations.minutes import SetAttendance
from store.records import Meeting, Presence
from store.rules.decision_line import parse_attendance
from store.views.state import BoardState
from tui.verbs.names import known_names, need_person


def attendance_operations(state: BoardState, meeting: Meeting, text: str) -> list[SetAttendance]:
    """What differs from the attendance on the board.

    Raises NotFound for a name nobody has, Refused for a department.
    """
    rows = {row.person: row for row in state.board.attendance_of.get(meeting.id, ())}
    found: list[SetAttendance] = []
    absent = set()
    for each in parse_attendance(text, known_names(state)):
        person = need_person(state, each.name)
        stand_in = need_person(state, each.stand_in) if each.stand_in else None
        absent.add(person)
        row = rows.get(person)
        if row is None or (row.presence, row.reason, row.stand_in) != ("absent", each.reason, stand_in):
            found.append(
                SetAttendance(
                    meeting=meeting.id, person=person, presence="absent", reason=each.reason, stand_in=stand_in
                )
            )
    back: Presence = "expected" if meeting.state == "notice" else "present"
    for person, row in rows.items():
        if row.presence == "absent" and person not in absent:
            found.append(SetAttendance(meeting=meeting.id, person=person, presence=back))
    return found
