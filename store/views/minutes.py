"""Rows of the meetings list with their 24 h and 48 h clocks (screens 3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from store.records import Meeting, MeetingKind, MeetingState, MinutesLine
from store.rules.carried import carried, is_open
from store.rules.clocks import Clock
from store.views.rows import Facets, IsWord, fold, people_words, within_a_day
from store.views.sorting import Key

if TYPE_CHECKING:
    from store.views.state import BoardState


class MeetingRow(Struct, frozen=True, gc=False):
    """One meeting. Ids are doc ids, instants epoch seconds.

    `clock` is its open clock that is due first; once final the closed one of the final minutes. `draft`
    and `final` are its minutes clocks, None before it was held. `items` counts its action items,
    `items_open` those that are no subtask yet, `items_done` those whose subtask is finished, `carried`
    the open ones of earlier meetings of its card, which stand on its agenda.
    """

    id: int
    number: str
    name: str
    kind: MeetingKind
    state: MeetingState
    card: int | None
    card_number: str
    issue: int | None
    starts: int
    ends: int | None
    clock: Clock | None
    draft: Clock | None
    final: Clock | None
    items: int
    items_open: int
    items_done: int
    carried: int

    @property
    def due(self) -> int | None:
        """When the nearest open clock is due."""
        return self.clock.due if self.clock and self.clock.is_open else None

    @property
    def who(self) -> tuple[int, ...]:
        """Who must act on the nearest clock."""
        return self.clock.who if self.clock else ()

    @property
    def shelved(self) -> IsWord | None:
        """A meeting is never hidden."""
        return None

    def holds(self, word: IsWord, now: int) -> bool:
        """Say whether an `is:` word is true of the meeting."""
        if word == "breached":
            return self.due is not None and now > self.due
        return word == "24h" and within_a_day(self.due, now)

    def facets(self, state: BoardState) -> Facets:
        """Return what the meeting is found by: number, name, card, its people and their departments."""
        board = state.board
        meeting = board.meetings[self.id]
        invited = board.attendance_of.get(self.id, ())
        people = {meeting.chair, meeting.recorder, *self.who, *(each.person for each in invited)}
        ids = frozenset(each for each in people if each)
        names = people_words(state, ids)
        offices = {board.people[each].department for each in ids if each in board.people}
        departments = fold(*(board.department_name(each) for each in offices if each))
        return Facets(fold(self.number, self.name, self.card_number, names), departments, names, ids)


SORTS: dict[str, Key] = {
    "date": lambda row: -row.starts,
    "card": lambda row: row.card_number,
    "state": lambda row: STATE_ORDER[row.state],
}
"""Sort keys of the meetings beside `due`."""
STATE_ORDER: dict[MeetingState, int] = {
    "notice": 0,
    "held": 1,
    "draft": 2,
    "in_review": 3,
    "final": 4,
    "cancelled": 5,
}


def minutes(state: BoardState) -> list[MeetingRow]:
    """Return all meetings, newest first; sorted by due, those without an open clock keep that order."""
    return sorted(state.meeting_rows.values(), key=SORTS["date"])


def meeting_row(state: BoardState, meeting: Meeting) -> MeetingRow:
    """Return the row of one meeting."""
    board = state.board
    card = board.cards.get(board.card_of_meeting(meeting) or 0)
    clocks = {clock.kind: clock for clock in state.book.of("meetings", meeting.id, card.id if card else None)}
    running = [clock for clock in clocks.values() if clock.is_open]
    items = state.action_items.get(meeting.id, ())
    return MeetingRow(
        id=meeting.id,
        number=meeting.number,
        name=meeting.name,
        kind=meeting.kind,
        state=meeting.state,
        card=card.id if card else None,
        card_number=card.number if card else "",
        issue=meeting.issue,
        starts=meeting.starts,
        ends=meeting.ends,
        clock=running[0] if running else clocks.get("minutes_final") or clocks.get("meeting"),
        draft=clocks.get("minutes_draft"),
        final=clocks.get("minutes_final"),
        items=len(items),
        items_open=sum(item.subtask is None for item in items),
        items_done=sum(not is_open(board, item) for item in items),
        carried=len(carried(board, meeting, state.action_items)) if meeting.state == "notice" else 0,
    )


def group_items(state: BoardState) -> dict[int, list[MinutesLine]]:
    """Return meeting id -> its action items."""
    found: dict[int, list[MinutesLine]] = {}
    for line in state.board.lines.values():
        if line.kind == "action":
            found.setdefault(line.meeting, []).append(line)
    return found
