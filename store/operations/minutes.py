"""Minutes: lines, attendance, and action items that become subtasks (rulebook §6).

An agenda item, a line and an attendance are records of their own, so that two people can write the same
minutes at once; a save is one operation for one agenda item. Final minutes are frozen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import msgspec
from msgspec import Struct, field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, drop, put
from store.errors import Refused
from store.operations.act import Act, derived
from store.operations.agenda import agenda_of, confirmed_before, not_frozen
from store.operations.base import Stamp, mint
from store.operations.cards import LIVE
from store.operations.concrete import concrete
from store.operations.numbering import Numbers
from store.operations.raci import signatures_void, touched_by
from store.operations.shape import LINE_LIMIT, Prose


class SavedLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line as the editor holds it; `id` stays the same from the first save on."""

    id: int = field(default_factory=mint)
    kind: r.LineKind
    text: Prose
    order: int
    who: str = ""
    department: r.DepartmentRef | None = None
    owner: r.PersonRef | None = None
    due: r.Instant | None = None
    due_text: str = ""
    standard: str = ""
    resources: str = ""


class SaveLines(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Save what was written under one agenda item: points, decisions, action items.

    Args:
        meeting: not final.
        item: the agenda item.
        lines: new and changed lines, by their id: id, kind (point, decision, action), text, order, who, department,
            owner, due, due_text, standard, resources. Lines left out stay as they are.
        removed: ids of lines that are gone.
        used_seconds: time the item has taken; left out, as it was.
        finished: whether the item is done; left out, as it was.
        disagreement: left out, as it was.
    """

    about: ClassVar[str] = "meeting"

    meeting: r.MeetingRef
    item: r.AgendaRef
    lines: tuple[SavedLine, ...] = ()
    removed: tuple[int, ...] = ()
    used_seconds: int | None = None
    finished: bool | None = None
    disagreement: r.Text | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Minutes that are not frozen; lines and item of this meeting; what became a subtask stays."""
        yield from not_frozen(board, self.meeting)
        known = [board.lines[line.id] for line in self.lines if line.id in board.lines]
        gone = [board.lines[key] for key in self.removed if key in board.lines]
        meetings = {line.meeting for line in (*known, *gone)} | {board.agenda[self.item].meeting}
        if meetings != {self.meeting}:
            yield Refused("A line or agenda item belongs to another meeting.", code="refuse.meeting")
        if any(line.subtask for line in gone):
            yield Refused("An action item that became a subtask stays: void the subtask.", code="refuse.line")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """Lines added, changed, taken away; the item's time and state; who confirmed them before."""
        changes: list[Change] = []
        for line in self.lines:
            values = {name: getattr(line, name) for name in line.__struct_fields__ if name != "id"}
            stored = board.lines.get(line.id)
            if stored is None:
                changes.append(add(r.MinutesLine(id=line.id, meeting=self.meeting, item=self.item, **values)))
            else:
                changes.append(put(stored, item=self.item, **values))
        changes += [drop(board.lines[key]) for key in self.removed if key in board.lines]
        given = {name: getattr(self, name) for name in ("used_seconds", "finished", "disagreement")}
        item = {name: value for name, value in given.items() if value is not None}
        said = bool(changes := compact(changes)) or self.disagreement is not None
        changes += compact([put(board.agenda[self.item], **item)])
        return [*changes, *(confirmed_before(board, self.meeting, by) if said else ())]


class SetAttendance(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Invite a person to a meeting, or say whether they were there.

    Args:
        meeting: not final.
        person: who.
        presence: expected, present or absent.
        observer: they only listen (列席).
        reason: why absent.
        stand_in: who came instead.
    """

    about: ClassVar[str] = "meeting"

    meeting: r.MeetingRef
    person: r.PersonRef
    presence: r.Presence = "expected"
    observer: bool | None = None
    reason: str = ""
    stand_in: r.PersonRef | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Minutes that are not frozen."""
        yield from not_frozen(board, self.meeting)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The attendance, added or changed; who confirmed the minutes before."""
        rows = [a for a in board.attendance.values() if (a.meeting, a.person) == (self.meeting, self.person)]
        fields: dict[str, Any] = {"presence": self.presence, "reason": self.reason, "stand_in": self.stand_in}
        if self.observer is not None:
            fields["observer"] = self.observer
        if rows:
            changes = compact([put(rows[0], **fields)])
        else:
            key = attendance_id(self.meeting, self.person)
            new = r.Attendance(id=key, meeting=self.meeting, person=self.person)
            changes = [add(msgspec.structs.replace(new, **fields))]
        return [*changes, *(confirmed_before(board, self.meeting, by) if changes else ())]


class MakeSubtask(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Make an action item a subtask of the meeting's card now, linked both ways.

    Args:
        line: an action item that is no subtask yet.
    """

    about: ClassVar[str] = "line"

    line: r.LineRef

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """An action item, once, with a concrete text, on a card that is not closed."""
        line = board.lines[self.line]
        if line.kind != "action" or not line.text.strip():
            yield Refused("Only an action item becomes a subtask.", code="refuse.line")
        elif line.subtask is not None:
            yield Refused("This action item is a subtask already.", code="refuse.double")
        meeting = board.meetings.get(line.meeting)
        if meeting is None or card_of(board, meeting) is None:
            yield Refused("This meeting has no card with work going on.", code="refuse.card")
        yield from concrete(board, line.text, line.standard)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The subtask and the link."""
        numbers = Numbers(board, by)
        return [*to_subtask(board, by, numbers, board.lines[self.line]), *numbers.changes()]

    def made(self) -> int:
        """The subtask."""
        return subtask_id(self.line)


def attendance_id(meeting: int, person: int) -> int:
    """The one attendance of a person at a meeting."""
    return derived("attendance", meeting, person)


def subtask_id(line: int) -> int:
    """The one subtask an action item becomes, whoever makes it."""
    return derived("subtask", line)


def card_of(board: Board, meeting: r.Meeting) -> r.Card | None:
    """The card a meeting is about, its own or its issue's, if work on it goes on."""
    card = board.cards.get(board.card_of_meeting(meeting) or 0)
    return card if card is not None and card.stage in LIVE else None


def action_items(board: Board, meeting: int) -> list[r.MinutesLine]:
    """A meeting's action items that are no subtask yet, in the order of the minutes."""
    order = {item.id: n for n, item in enumerate(agenda_of(board, meeting))}
    rows = [n for n in board.lines.values() if n.meeting == meeting and n.kind == "action" and n.text.strip()]
    return sorted((n for n in rows if n.subtask is None), key=lambda n: (order.get(n.item, 0), n.order, n.id))


def to_subtask(board: Board, by: Stamp, numbers: Numbers, line: r.MinutesLine) -> list[Change]:
    """The changes that make an action item a subtask of its meeting's card; its departments sign the division anew."""
    card = card_of(board, board.meetings[line.meeting])
    if card is None:
        return []
    owner, name = board.people.get(line.owner or 0), line.text.split("\n", 1)[0]
    subtask = r.Subtask(
        id=subtask_id(line.id),
        card=card.id,
        name=name[:LINE_LIMIT],
        number=numbers.subtask(card.id, card.number),
        description=line.text if line.text != name[:LINE_LIMIT] else "",
        department=line.department or (owner.department if owner else None),
        owner=line.owner,
        standard=line.standard,
        resources=line.resources,
        planned_start=by.at if line.due is None else min(by.at, line.due),
        planned_finish=line.due,
        source_line=line.id,
        created_at=by.at,
    )
    void = signatures_void(board, card.id, touched_by(board, None, subtask))
    return [add(subtask), put(line, subtask=subtask.id), *void]
