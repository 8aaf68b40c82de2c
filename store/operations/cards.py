"""Task cards: made, edited, circulated, activated, cancelled (rulebook §2). Gates are not asked here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

import msgspec
from msgspec import Meta, Struct, field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, Edit, derived, needed, only, same_fields, wrong_state
from store.operations.base import Stamp, mint
from store.operations.numbering import Numbers

LIVE = ("draft", "circulating", "active", "acceptance")
"""The stages from which a card can be cancelled."""
OPEN = ("circulating", "active", "acceptance")
"""The stages in which work goes on and issues are raised (rulebook §5: from circulating on)."""

NOT_EDITED = frozenset({"id", "number", "paper_number", "stage", "version", "created_at", "reason"}) | {
    f"{step}_at" for step in ("circulated", "activated", "submitted", "completed", "cancelled")
}
"""Fields of a card that operations of their own set."""


class DutyDraft(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One department's duty as it is written on a new card: role + action + delivery standard."""

    department: r.DepartmentRef
    liaison: r.PersonRef | None = None
    work_lead: r.PersonRef | None = None
    role: str = ""
    action: r.Text = ""
    standard: r.Text = ""


class CreateCard(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Make a task card (a draft); its number is given out when it is written.

    Args:
        id: minted.
        name: topic, at most 20 characters is advised.
        lead: answers for the result; default the head of the initiating department.
        departments: the departments that work on it.
        duties: what each does; a department named here need not stand in `departments`.
        planned_start: instant.
        planned_finish: instant.
        initiator: default whoever signs this.
        initiating_department: default the initiator's.
        lead_department: default the lead's.

    The other fields are those of a card (rulebook §2).
    """

    adds: ClassVar[str] = "cards"

    id: int = field(default_factory=mint)
    name: str
    lead: r.PersonRef | None = None
    departments: tuple[r.DepartmentRef, ...] = ()
    duties: tuple[DutyDraft, ...] = ()
    planned_start: r.Instant | None = None
    planned_finish: r.Instant | None = None
    project: str = ""
    category: r.Category = "project"
    type: r.CardType = "special"
    priority: r.Priority = "medium"
    initiator: r.PersonRef | None = None
    initiating_department: r.DepartmentRef | None = None
    lead_department: r.DepartmentRef | None = None
    requester_contact: r.PersonRef | None = None
    acceptor: r.PersonRef | None = None
    initiated_at: r.Instant | None = None
    background: r.Text = ""
    goal: r.Text = ""
    scope: r.Text = ""
    out_of_scope: r.Text = ""
    deliverables: r.Text = ""
    acceptance_criteria: r.Text = ""
    resources: r.Text = ""
    mechanism: r.Text = ""
    cadence: r.Cadence | None = None
    answer_limit_hours: int | None = None
    response_limit_hours: int | None = None
    kickoff: bool = True
    notes: r.Text = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A name, a span that runs forward, each department once."""
        if not self.name.strip():
            yield needed("name")
        yield from span_reasons(self.planned_start, self.planned_finish)
        named = [duty.department for duty in self.duties]
        if len(named) != len(set(named)):
            yield Refused("Each department has one duty on a card.", code="refuse.double")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The card, a duty per department, and the counter of its number."""
        card = self._card(board, by)
        numbers = Numbers(board, by)
        numbered = msgspec.structs.replace(card, number=numbers.card(card))
        duties = {duty.department: duty for duty in self.duties}
        order = dict.fromkeys([*self.departments, *duties])
        return [
            add(numbered),
            *(
                add(_duty(self.id, n, duties.get(department) or DutyDraft(department=department)))
                for n, department in enumerate(order)
            ),
            *numbers.changes(),
        ]

    def _card(self, board: Board, by: Stamp) -> r.Card:
        initiator = self.initiator or by.person
        department = self.initiating_department or home(board, initiator)
        head = board.departments[department].head if department in board.departments else None
        lead = self.lead or head
        return r.Card(
            id=self.id,
            **same_fields(self, r.Card)
            | {
                "initiator": initiator,
                "initiating_department": department,
                "lead": lead,
                "lead_department": self.lead_department or home(board, lead),
                "initiated_at": by.at if self.initiated_at is None else self.initiated_at,
                "cadence": self.cadence or ("realtime" if self.type == "urgent" else board.settings.cadence),
                "created_at": by.at,
            },
        )


class EditCard(Edit, frozen=True, kw_only=True, omit_defaults=True):
    """Change fields of a card.

    Args:
        card: which.
        fields: name -> new value; stage, number and version have operations of their own.
    """

    table: ClassVar[str] = "cards"
    about: ClassVar[str] = "card"
    editable: ClassVar[frozenset[str]] = frozenset(r.Card.__struct_fields__) - NOT_EDITED

    card: r.CardRef
    fields: Annotated[dict[str, Any], Meta(extra={"fields": "cards"})]

    def against(self, board: Board, by: Stamp, new: Any) -> Iterator[Refused]:
        """Closed cards stay as they are; a span runs forward."""
        yield from super().against(board, by, new)
        if new.stage in {"archived", "cancelled"}:
            yield wrong_state(new, new.stage, *LIVE)
        yield from span_reasons(new.planned_start, new.planned_finish)


class Circulate(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Send a draft card to its departments to confirm; their confirmation clocks start.

    Args:
        card: a draft; its lead or initiator may.
    """

    about: ClassVar[str] = "card"

    card: r.CardRef

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A draft with departments; by its lead or initiator."""
        card = board.cards[self.card]
        if card.stage != "draft":
            yield wrong_state(card, card.stage, "draft")
        elif not duties_of(board, card.id):
            yield Refused("Cannot circulate: {missing}.", code="gate.circulate", missing="departments")
        yield from only(board, by, "lead", [card.lead, card.initiator] if card.lead else [])

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The stage, and every duty asked now."""
        card = board.cards[self.card]
        asked = [put(duty, asked_at=by.at, answer="pending") for duty in duties_of(board, card.id)]
        return compact([put(card, stage="circulating", circulated_at=by.at), *asked])


class Activate(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Start the work on a card: it becomes version 1 (最终版).

    Args:
        card: circulating, or the draft of a card of one department; its lead may.
    """

    about: ClassVar[str] = "card"

    card: r.CardRef

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Circulating (one department: a draft will do); by its lead."""
        card = board.cards[self.card]
        alone = card.stage == "draft" and len(duties_of(board, card.id)) <= 1
        if card.stage != "circulating" and not alone:
            yield wrong_state(card, card.stage, "circulating")
        yield from only(board, by, "lead", [card.lead])

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The stage and version 1."""
        return [put(board.cards[self.card], stage="active", activated_at=by.at, version=1)]


class VoidCard(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Cancel a card for good; it keeps its number and its history.

    Args:
        card: not yet completed.
        reason: why.
    """

    about: ClassVar[str] = "card"

    card: r.CardRef
    reason: str

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """One of the first four stages, with a reason."""
        card = board.cards[self.card]
        if card.stage not in LIVE:
            yield wrong_state(card, card.stage, *LIVE)
        if not self.reason.strip():
            yield needed("reason")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The stage and the reason."""
        return [put(board.cards[self.card], stage="cancelled", cancelled_at=by.at, reason=self.reason)]


def home(board: Board, person: int | None) -> int | None:
    """The department a person belongs to; of somebody without one, a department they are the head of."""
    found = board.people.get(person or 0)
    if found is None or found.department is not None:
        return found.department if found else None
    return next((each.id for each in board.departments.values() if each.head == person), None)


def duties_of(board: Board, card: int) -> list[r.Duty]:
    """A card's duties in its order. One pass: cheaper than the Board's index for a single question."""
    return sorted((d for d in board.duties.values() if d.card == card), key=lambda d: (d.order, d.id))


def span_reasons(start: int | None, finish: int | None) -> Iterator[Refused]:
    """Refuse a finish before the start (instants)."""
    if start is not None and finish is not None and finish < start:
        yield Refused("The planned finish lies before the planned start.", code="refuse.span")


def duty_id(card: int, department: int) -> int:
    """The one duty a department has on a card."""
    return derived("duty", card, department)


def _duty(card: int, order: int, draft: DutyDraft) -> r.Duty:
    values = {name: getattr(draft, name) for name in draft.__struct_fields__}
    return r.Duty(id=duty_id(card, draft.department), card=card, order=order, **values)
