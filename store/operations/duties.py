"""Duties: which departments work on a card, what each does, its liaison and work lead (rulebook §1, §2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, drop, merged, put
from store.errors import Refused
from store.operations.act import Act, Edit, needed
from store.operations.base import Stamp
from store.operations.cards import LIVE, DutyDraft, closed_reasons, duties_of, duty_made
from store.operations.voiding import ASKED, ONE_SIGNS, asked_anew, concerned, differing
from store.operations.wishes import duty_reasons, registered

DUTY_FIELDS = frozenset({"liaison", "work_lead", "role", "action", "standard", "order"})
"""What EditDuty changes; answers and signatures have operations of their own."""


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
        """A live card that does not have the department, and a duty that says something."""
        yield from closed_reasons(board.cards[self.card])
        if any(duty.department == self.department for duty in duties_of(board, self.card)):
            yield Refused("Each department has one duty on a card.", code="refuse.double")
        yield from duty_reasons(board, self)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The duty, last in order; asked at once if the card has been circulated."""
        card, duties = board.cards[self.card], duties_of(board, self.card)
        order = duties[-1].order + 1 if duties else 0
        draft = DutyDraft(**{name: getattr(self, name) for name in DutyDraft.__struct_fields__})
        made = add(duty_made(board, by, self.card, order, draft))
        if card.stage != "draft" and made.record is not None:
            made.record["asked_at"] = by.at
        return [made]


class EditDuty(Edit, frozen=True, kw_only=True, omit_defaults=True):
    """Change what a department does on a card, its liaison or its work lead.

    Another role, action or standard voids the department's answer: it is asked anew.

    Args:
        duty: which.
        fields: any of liaison, work_lead, role, action, standard, order.
    """

    table: ClassVar[str] = "duties"
    about: ClassVar[str] = "duty"
    editable: ClassVar[frozenset[str]] = DUTY_FIELDS

    duty: r.DutyRef
    fields: Annotated[dict[str, Any], Meta(extra={"fields": "duties"})]

    def against(self, board: Board, by: Stamp, new: Any) -> Iterator[Refused]:
        """A card that is not closed, and a duty that says something."""
        yield from super().against(board, by, new)
        yield from closed_reasons(board.cards[new.card])
        yield from duty_reasons(board, new, differing(board.duties[new.id], new, self.fields))

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The fields that differ, who registered another liaison, and the answer void if the duty is another."""
        duty, new = board.duties[self.duty], self.edited(board)
        changed = differing(duty, new, self.fields)
        card = board.cards[duty.card]
        fields = {name: getattr(new, name) for name in changed}
        if "liaison" in changed:
            fields |= registered(board, by, duty.department, new.liaison)
        asked = concerned(board, duty, changed) if card.stage in (*ASKED, "draft") else []
        void = asked_anew(board, by, asked, ", ".join(name for name in changed if name in ONE_SIGNS))
        return merged(compact([put(duty, **fields)]), void)


class RemoveDuty(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Take a department off a card; what it said stays in the history.

    Args:
        duty: which; the department owns no open subtask of the card.
        reason: why, once the card has been circulated.
    """

    about: ClassVar[str] = "duty"

    duty: r.DutyRef
    reason: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A live card on which the department owns nothing that is still to be done."""
        duty = board.duties[self.duty]
        card = board.cards[duty.card]
        if card.stage not in LIVE:
            yield from closed_reasons(card)
        elif card.stage != "draft" and not self.reason.strip():
            yield needed("reason")
        owned = [
            each.number or each.name
            for each in board.subtasks.values()
            if each.card == card.id and each.department == duty.department and each.status not in {"done", "cancelled"}
        ]
        if owned:
            yield Refused(
                "{department} still owns {what}: give it to another department first, or cancel it.",
                code="refuse.owns",
                department=board.department_name(duty.department),
                what=", ".join(sorted(owned)),
            )

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The duty goes; the history keeps what it held."""
        return [drop(board.duties[self.duty])]
