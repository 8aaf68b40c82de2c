"""Task cards: made, edited, cancelled (rulebook §2). Their way through the gates: `stages`, `answers`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

import msgspec
from msgspec import Meta, Struct, field

from store import records as r
from store.board import Board
from store.changes import Change, add, put
from store.errors import Refused
from store.operations.act import Act, Edit, derived, label, needed, same_fields, wrong_state
from store.operations.base import Stamp, mint
from store.operations.in_writing import card_change
from store.operations.numbering import Numbers
from store.operations.voiding import ALL_SIGN, ASKED, asked_anew, concerned, differing
from store.operations.wishes import duty_reasons, fit_people, registered
from store.rules.roles import duties_on

LIVE = ("draft", "circulating", "active", "acceptance")
"""The stages from which a card can be cancelled."""
OPEN = ("circulating", "active", "acceptance")
"""The stages in which work goes on and issues are raised (rulebook §5: from circulating on)."""

AFTERWARDS = frozenset({"resources_used", "budget_used", "notes", "recurs", "reminders"})
"""Fields of a completed card that may still be written: what it took, and what its next one has from it."""

NOT_EDITED = frozenset({"id", "number", "paper_number", "stage", "version", "created_at", "reason", "previous"}) | {
    f"{step}_at"
    for step in ("circulated", "activated", "division", "submitted", "completed", "archived", "reopened", "cancelled")
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


class MilestoneDraft(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One milestone as it is written on a new card."""

    name: str
    due: r.Instant | None = None
    output: str = ""
    tentative: bool = False
    relative: str = ""


class CreateCard(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Make a task card (a draft); its number is given out when it is written.

    Args:
        id: minted.
        name: topic, at most 20 characters is advised.
        lead: answers for the result; default the head of the initiating department.
        departments: the departments that work on it.
        duties: what each does; a department named here need not stand in `departments`.
        milestones: name, due, output, tentative, relative.
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
    milestones: tuple[MilestoneDraft, ...] = ()
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
    acceptor_department: r.DepartmentRef | None = None
    tracker: r.PersonRef | None = None
    initiated_at: r.Instant | None = None
    background: r.Text = ""
    goal: r.Text = ""
    scope: r.Text = ""
    out_of_scope: r.Text = ""
    deliverables: r.Text = ""
    acceptance_criteria: r.Text = ""
    resources: r.Text = ""
    budget: str = ""
    mechanism: r.Text = ""
    cadence: r.Cadence | None = None
    regular_meeting: r.Regular = ""
    meeting_day: int | None = None
    meeting_at: str = ""
    channel: str = ""
    urgent_contact: r.PersonRef | None = None
    answer_limit_hours: int | None = None
    response_limit_hours: int | None = None
    kickoff: bool = True
    kickoff_note: str = ""
    recurs: r.Recurrence | None = None
    template: str = ""
    reminders: r.Text = ""
    notes: r.Text = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A name, a span that runs forward, each department once."""
        if not self.name.strip():
            yield needed("name")
        yield from span_reasons(self.planned_start, self.planned_finish)
        named = [duty.department for duty in self.duties]
        if len(named) != len(set(named)):
            yield Refused("Each department has one duty on a card.", code="refuse.double")
        for duty in self.duties:
            yield from duty_reasons(board, duty)
        yield from fit_people(board, self)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The card, a duty per department, its milestones, and the counter of its number."""
        card = self._card(board, by)
        numbers = Numbers(board, by)
        numbered = msgspec.structs.replace(card, number=numbers.card(card))
        duties = {duty.department: duty for duty in self.duties}
        order = dict.fromkeys([*self.departments, *duties])
        return [
            add(numbered),
            *(
                add(duty_made(board, by, self.id, n, duties.get(department) or DutyDraft(department=department)))
                for n, department in enumerate(order)
            ),
            *(add(milestone_made(self.id, n, each)) for n, each in enumerate(self.milestones)),
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
                "cadence": self.cadence or cadence_of(board, self.type),
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
        """What was accepted stays as it is; a span runs forward; roles are held by people who are there."""
        yield from super().against(board, by, new)
        if new.stage != "completed" or not self.fields.keys() <= AFTERWARDS:
            yield from closed_reasons(new)
        yield from span_reasons(new.planned_start, new.planned_finish)
        yield from fit_people(board, new, self.fields)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The fields that differ; what every department signed for asks them anew, what is asked for is told to all."""
        card, new = board.cards[self.card], self.edited(board)
        changed = [name for name in differing(card, new, self.fields) if name in ALL_SIGN]
        asked = concerned(board, card, changed) if card.stage in (*ASKED, "draft") else []
        told = card_change(board, by, card, new)
        return [*super().apply(board, by), *asked_anew(board, by, asked, ", ".join(changed)), *told]


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
        yield from closed_reasons(board.cards[self.card])
        if not self.reason.strip():
            yield needed("reason")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The stage and the reason."""
        return [put(board.cards[self.card], stage="cancelled", cancelled_at=by.at, reason=self.reason)]


def closed_reasons(card: r.Card | None) -> Iterator[Refused]:
    """Refuse to change what hangs on a card that is over: its dates, scope and duties, those of its subtasks too."""
    if card is not None and card.stage == "completed":
        yield Refused(
            "{id} is completed and stays as it was accepted. Reopen it to change this (crossdeck reopen).",
            code="refuse.closed",
            id=label(card),
        )
    elif card is not None and card.stage not in LIVE:
        yield wrong_state(card, card.stage, *LIVE)


def cadence_of(board: Board, card_type: str) -> r.Cadence:
    """How often progress is reported on a card that does not say it: urgent in real time, else as the board has it."""
    return "realtime" if card_type == "urgent" else board.settings.cadence


def home(board: Board, person: int | None) -> int | None:
    """The department a person belongs to; of somebody without one, a department they are the head of."""
    found = board.people.get(person or 0)
    if found is None or found.department is not None:
        return found.department if found else None
    return next((each.id for each in board.departments.values() if each.head == person), None)


def duties_of(board: Board, card: int) -> list[r.Duty]:
    """A card's duties in its order."""
    return duties_on(board, card)


def span_reasons(start: int | None, finish: int | None) -> Iterator[Refused]:
    """Refuse a finish before the start (instants)."""
    if start is not None and finish is not None and finish < start:
        yield Refused("The planned finish lies before the planned start.", code="refuse.span")


def duty_id(card: int, department: int) -> int:
    """The one duty a department has on a card."""
    return derived("duty", card, department)


def duty_made(board: Board, by: Stamp, card: int, order: int, draft: Any) -> r.Duty:
    """A new duty from what is written of it; its liaison is registered by whoever signs."""
    values = {name: getattr(draft, name) for name in DutyDraft.__struct_fields__}
    values |= registered(board, by, draft.department, draft.liaison)
    return r.Duty(id=duty_id(card, draft.department), card=card, order=order, **values)


def milestone_made(card: int, order: int, draft: MilestoneDraft) -> r.Milestone:
    """A new milestone of a card from what is written of it."""
    values = {name: getattr(draft, name) for name in draft.__struct_fields__}
    return r.Milestone(id=derived("milestone", card, order), card=card, **values)
