"""Cards that recur (weekly, monthly, quarterly): the next is made from one as a draft (rulebook §2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

import msgspec

from store import records as r
from store.board import Board
from store.changes import Change, add
from store.errors import Refused
from store.operations.act import Act, derived
from store.operations.base import Stamp
from store.operations.cards import duty_id
from store.operations.numbering import Numbers
from store.rules.roles import duties_on, has_left

COPIED = frozenset(r.Card.__struct_fields__) - {
    "id", "number", "paper_number", "stage", "version", "initiated_at", "planned_start", "planned_finish", "previous",
    "reminders", "reason", "created_at", "circulated_at", "activated_at", "division_at", "submitted_at",
    "completed_at", "archived_at", "reopened_at", "cancelled_at", "resources_used", "budget_used", "kickoff_note",
}  # fmt: skip
"""Fields the next card has from the one before."""
DUTY_COPIED = ("department", "order", "liaison", "work_lead", "role", "action", "standard")
"""Fields of a duty that go along; who leads and answers is asked anew."""


class MakeNext(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Make the next card of one that recurs: a draft with its dates moved on and the retro's improvements.

    Args:
        card: one that recurs; its next is made once.
    """

    about: ClassVar[str] = "card"

    card: r.CardRef

    def made(self) -> int:
        """Doc id of the next card."""
        return next_id(self.card)

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """It recurs, it was not cancelled, and its next does not stand yet."""
        card = board.cards[self.card]
        following = board.cards.get(next_id(card.id))
        if card.recurs is None:
            yield Refused("{id} does not recur: set weekly, monthly or quarterly in its form.", code="refuse.recurs",
                          id=card.number or card.name)  # fmt: skip
        elif following is not None:
            yield Refused("The next of this card is there already: {id}.", code="refuse.double",
                          id=following.number or following.name)  # fmt: skip

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The next card with its duties and milestones, and the counter of its number."""
        before = board.cards[self.card]
        numbers = Numbers(board, by)
        card = next_card(board, before, by.at)
        numbered = msgspec.structs.replace(card, number=numbers.card(card))
        moved = _mover(board, before)
        duties = [
            r.Duty(id=duty_id(card.id, each.department), card=card.id, **_duty_fields(board, each, by))
            for each in duties_on(board, before.id)
        ]
        milestones = [
            r.Milestone(
                id=derived("next milestone", card.id, each.id), card=card.id, name=each.name, due=moved(each.due),
                responsible=each.responsible, department=each.department, output=each.output,
                tentative=each.tentative, relative=each.relative, notice_days=each.notice_days,
            )
            for each in board.milestones.values() if each.card == before.id and each.subtask is None
        ]  # fmt: skip
        return [*map(add, [numbered, *duties, *milestones]), *numbers.changes()]


def next_id(card: int) -> int:
    """The doc id the next of a card has, whoever makes it and however often."""
    return derived("next", card)


def next_card(board: Board, before: r.Card, at: int) -> r.Card:
    """The next of a card as a draft without a number, made at an instant."""
    moved = _mover(board, before)
    values: dict[str, Any] = {name: getattr(before, name) for name in COPIED}
    values["name"] = before.name
    improvements = [each.improvements for each in board.retros.values() if each.card == before.id and each.improvements]
    reminders = "\n".join(improvements) or before.reminders
    return r.Card(
        id=next_id(before.id),
        **values,
        planned_start=moved(before.planned_start),
        planned_finish=moved(before.planned_finish),
        previous=before.id,
        reminders=reminders,
        initiated_at=at,
        created_at=at,
    )


def _duty_fields(board: Board, duty: r.Duty, by: Stamp) -> dict[str, Any]:
    values = {name: getattr(duty, name) for name in DUTY_COPIED}
    for name in ("liaison", "work_lead"):
        if has_left(board, values[name]):
            values[name] = None
    if values["liaison"] is not None and duty.liaison_registered_at is not None:
        values |= {"liaison_registered_at": by.at, "liaison_registered_by": by.person}
    return values


def _mover(board: Board, card: r.Card) -> Any:
    """A function that moves an instant on by the card's period, at the same time of day on the board."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(board.settings.zone)

    def moved(at: int | None) -> int | None:
        if at is None:
            return None
        return int(later(datetime.fromtimestamp(at, zone), card.recurs or "monthly").timestamp())

    return moved


def later(when: datetime, period: r.Recurrence) -> datetime:
    """A week, a month or three months on; a day the month does not have becomes its last (31 Jan > 28 Feb)."""
    from calendar import monthrange
    from datetime import timedelta

    if period == "weekly":
        return when + timedelta(days=7)
    months = when.month - 1 + (1 if period == "monthly" else 3)
    year, month = when.year + months // 12, months % 12 + 1
    return when.replace(year=year, month=month, day=min(when.day, monthrange(year, month)[1]))
