"""Regular meetings of a card, planned from its communication mechanism (rulebook §6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from store import records as r
from store.board import Board
from store.changes import Change, add
from store.errors import Refused
from store.operations.act import Act, derived, wrong_state
from store.operations.base import Stamp
from store.operations.cards import OPEN
from store.operations.meeting_defaults import default_invitees
from store.operations.meetings import AgendaDraft
from store.operations.minutes import attendance_id
from store.operations.numbering import Numbers
from store.rules.regular_dates import Occurrence, occurrences
from store.rules.series import next_agenda, series_of
from store.rules.working_time import WorkingTime


class PlanRegular(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Plan the next regular meeting of a card: the first begins a series, each other one takes over from the last.

    Once for each start, whoever plans it. When that is, `store.rules.regular_dates` works out from the mechanism.

    Args:
        card: at work.
        starts: instant.
        ends: instant; left out, as long after the start as with the one before.
        skipped: starts since the one before that fell on days off.
        place, chair, recorder: left out, those of the one before, else the card's lead and whoever signs this.
        agenda: items; left out, those of the one before.
    """

    about: ClassVar[str] = "card"

    card: r.CardRef
    starts: r.Instant
    ends: r.Instant | None = None
    skipped: tuple[r.Instant, ...] = ()
    place: str = ""
    chair: r.PersonRef | None = None
    recorder: r.PersonRef | None = None
    agenda: tuple[AgendaDraft, ...] | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Work goes on; not planned yet; a span that runs forward."""
        card = board.cards[self.card]
        if card.stage not in OPEN:
            yield wrong_state(card, card.stage, *sorted(OPEN))
        if self.made() in board.meetings:
            yield Refused("This regular meeting is planned already.", code="refuse.double")
        if self.ends is not None and self.ends < self.starts:
            yield Refused("The meeting ends before it starts.", code="refuse.span")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The meeting with its agenda and invitations."""
        card, numbers = board.cards[self.card], Numbers(board, by)
        series = series_of(each for each in board.meetings.values() if each.card == self.card)
        if series and any(each.series_ended_at is not None for each in series):
            series = []
        last = series[-1] if series else None
        length = last.ends - last.starts if last is not None and last.ends is not None else None
        meeting = r.Meeting(
            id=self.made(),
            kind="progress",
            name=last.name if last else card.name,
            number=numbers.meeting(),
            card=card.id,
            goal=last.goal if last else "",
            starts=self.starts,
            ends=self.ends if self.ends is not None else self.starts + length if length is not None else None,
            place=self.place or (last.place if last else ""),
            chair=self.chair or (last.chair if last else card.lead) or by.person,
            recorder=self.recorder or (last.recorder if last else None) or by.person,
            regular=True,
            series=series[0].id if series else None,
            skipped=self.skipped,
            noticed_at=by.at,
        )
        agenda = self._agenda(board, series)
        return [add(meeting), *map(add, agenda), *map(add, self._invited(board, card, last)), *numbers.changes()]

    def made(self) -> int:
        """The meeting."""
        return meeting_id(self.card, self.starts)

    def _agenda(self, board: Board, series: list[r.Meeting]) -> Iterator[r.AgendaItem]:
        found: list[AgendaDraft | r.AgendaItem] = [*(self.agenda or ())]
        if self.agenda is None and series:
            found = [*next_agenda(board, series, self.starts)]
        for order, item in enumerate(found):
            yield r.AgendaItem(
                id=derived(self.made(), "agenda", order),
                meeting=self.made(),
                order=order,
                title=item.title,
                minutes=item.minutes,
                presenter=item.presenter,
                monthly=item.monthly,
            )

    def _invited(self, board: Board, card: r.Card, last: r.Meeting | None) -> Iterator[r.Attendance]:
        before = [row for row in board.attendance.values() if last is not None and row.meeting == last.id]
        people = {row.person: row.observer for row in before}
        people = people or dict.fromkeys(default_invitees(board, "progress", card, None), False)
        for person, observer in people.items():
            if board.people[person].left_at is None:
                key = attendance_id(self.made(), person)
                yield r.Attendance(id=key, meeting=self.made(), person=person, observer=observer)


def meeting_id(card: int, starts: int) -> int:
    """The one regular meeting of a card that was planned for an instant, wherever it was moved since."""
    return derived("regular", card, starts)


def next_slot(board: Board, card: r.Card, after: int, working: WorkingTime) -> Occurrence | None:
    """When a card's next regular meeting is: after an instant, and none that was planned before and moved."""
    found = occurrences(card, after, working)
    return next((each for each in found if meeting_id(card.id, each.starts) not in board.meetings), None)
