"""Duties of departments and their answers: confirm, object, sign (rulebook §2).

A department's head answers for it; while none is registered anybody of that department may, so that a
young board is usable.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, Edit, heads, needed, same_fields, wrong_state
from store.operations.base import Stamp
from store.operations.cards import LIVE, duties_of, duty_id

ANSWERABLE = ("circulating", "active")
"""Stages in which a department answers (active: it was added, or asked again)."""


class AddDuty(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Put one more department on a card.

    Args:
        card: which.
        department: not on it yet.
        liaison: its contact on this card (接口人).
        work_lead: who leads its work (协作负责人).
        role: duty, part 1 (岗位).
        action: duty, part 2 (动作).
        standard: duty, part 3: delivery standard (交付标准).
    """

    about: ClassVar[str] = "card"

    card: r.CardRef
    department: r.DepartmentRef
    liaison: r.PersonRef | None = None
    work_lead: r.PersonRef | None = None
    role: str = ""
    action: r.Text = ""
    standard: r.Text = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A live card that does not have the department."""
        card = board.cards[self.card]
        if card.stage not in LIVE:
            yield wrong_state(card, card.stage, *LIVE)
        if any(duty.department == self.department for duty in duties_of(board, self.card)):
            yield Refused("Each department has one duty on a card.", code="refuse.double")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The duty, last in order; asked at once if the card has been circulated."""
        card, duties = board.cards[self.card], duties_of(board, self.card)
        order = duties[-1].order + 1 if duties else 0
        asked = None if card.stage == "draft" else by.at
        new = r.Duty(id=duty_id(self.card, self.department), order=order, asked_at=asked, **same_fields(self, r.Duty))
        return [add(new)]


class EditDuty(Edit, frozen=True, kw_only=True, omit_defaults=True):
    """Change what a department does on a card, its liaison or its work lead.

    Args:
        duty: which.
        fields: any of liaison, work_lead, role, action, standard, order.
    """

    table: ClassVar[str] = "duties"
    about: ClassVar[str] = "duty"
    editable: ClassVar[frozenset[str]] = frozenset({"liaison", "work_lead", "role", "action", "standard", "order"})

    duty: r.DutyRef
    fields: Annotated[dict[str, Any], Meta(extra={"fields": "duties"})]


class Answering(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Base of what a department says about its duty."""

    about: ClassVar[str] = "card"

    card: r.CardRef
    department: r.DepartmentRef

    def duty(self, board: Board) -> r.Duty | None:
        """The department's duty on the card."""
        return next((d for d in duties_of(board, self.card) if d.department == self.department), None)

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """The card asks, the department is on it, its head answers."""
        card = board.cards[self.card]
        if card.stage not in ANSWERABLE and not self.alone(board):
            yield wrong_state(card, card.stage, *ANSWERABLE)
        duty = self.duty(board)
        if duty is None:
            name = board.department_name(self.department)
            yield Refused("{department} is not on this card.", code="refuse.department", department=name)
        else:
            yield from self.against(duty, board)
        yield from heads(board, by, self.department)

    def against(self, duty: r.Duty, board: Board) -> Iterator[Refused]:
        """Reasons that lie in the answer that stands."""
        yield from ()

    def alone(self, board: Board) -> bool:
        """Whether this is the draft of a card of one department, which needs only its head's signature."""
        return board.cards[self.card].stage == "draft" and len(duties_of(board, self.card)) == 1

    def answer(self, board: Board, by: Stamp, **fields: Any) -> list[Change]:
        """The change of the duty."""
        duty = self.duty(board)
        return compact([put(duty, **fields)]) if duty else []


del Act.registry["Answering"]


class Confirm(Answering, frozen=True, kw_only=True, omit_defaults=True):
    """Confirm for a department: its duty, the dates, and people, time and authority for it.

    Args:
        card: circulating, or active and asked anew.
        department: by its head; without a registered head anybody of the department may.
    """

    def against(self, duty: r.Duty, board: Board) -> Iterator[Refused]:
        """Not confirmed already."""
        if duty.answer in {"confirmed", "signed"}:
            yield Refused("Nothing here waits for your {verb}.", code="refuse.none", verb="confirm")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The answer, by whom and when."""
        fields = {"answer": "confirmed", "answered_at": by.at, "answered_by": by.person, "answer_text": ""}
        return self.answer(board, by, **fields)


class ObjectTo(Answering, frozen=True, kw_only=True, omit_defaults=True):
    """Object for a department, with the concrete change it asks for; an answer that stops its clock.

    Args:
        card: circulating, or active and asked anew.
        department: by its head; without a registered head anybody of the department may.
        text: what has to change.
    """

    text: str

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """As every answer, and with a text."""
        yield from super().reasons(board, by)
        if not self.text.strip():
            yield needed("text")

    def against(self, duty: r.Duty, board: Board) -> Iterator[Refused]:
        """Not signed already."""
        if duty.answer == "signed":
            yield Refused("Nothing here waits for your {verb}.", code="refuse.none", verb="object")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The answer with its text, by whom and when."""
        fields = {"answer": "objected", "answered_at": by.at, "answered_by": by.person, "answer_text": self.text}
        return self.answer(board, by, **fields)


class Sign(Answering, frozen=True, kw_only=True, omit_defaults=True):
    """Sign for a department what it has confirmed (the draft of a card of one department: at once).

    Args:
        card: circulating, active, or the draft of a card of one department.
        department: by its head; without a registered head anybody of the department may.
        means: here, an OA number, or paper with a link.
    """

    means: str = "here"

    def against(self, duty: r.Duty, board: Board) -> Iterator[Refused]:
        """Confirmed first, and not signed already."""
        if duty.answer == "signed":
            yield Refused("Nothing here waits for your {verb}.", code="refuse.none", verb="sign")
        elif duty.answer != "confirmed" and not self.alone(board):
            name = board.department_name(duty.department)
            yield Refused("{department} has to confirm before it signs.", code="refuse.sign", department=name)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The signature: by whom, when, by which means."""
        fields = {"answer": "signed", "signed_at": by.at, "signed_by": by.person, "means": self.means}
        return self.answer(board, by, **fields)
