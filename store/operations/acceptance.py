"""Acceptance of a card: supporting departments' words, submission, verdict, reopening (rulebook §2, §9).

Each submission is a round, a record of its own in the table `acceptances`; what was judged stays there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from msgspec import field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, behalf, needed, only, wrong_state
from store.operations.base import Stamp, mint
from store.operations.cards import span_reasons
from store.operations.passing import gate_changes, gate_reasons, gate_refusal
from store.operations.shape import Prose
from store.operations.voiding import asked_anew
from store.rules.gates import last_round, missing, supporting
from store.rules.roles import duties_on, head_of

UNSAID = {"support_at": None, "support_by": None, "support_word": ""}
"""A duty whose department has not said its word at acceptance."""


class ConfirmSupport(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Say for a supporting department that its part is done (配合部门确认), or comment on it.

    Args:
        card: active or in acceptance.
        department: not the leading one; by its head or its liaison.
        text: a comment; empty, it confirms.
    """

    about: ClassVar[str] = "card"

    card: r.CardRef
    department: r.DepartmentRef
    text: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """The card is worked on or judged; the department supports it; its head or liaison speaks."""
        card = board.cards[self.card]
        if card.stage not in ("active", "acceptance"):
            yield wrong_state(card, card.stage, "active", "acceptance")
        duty = self._duty(board)
        if duty is None:
            name = board.department_name(self.department)
            yield Refused("{department} does not support this card.", code="refuse.department", department=name)
        else:
            yield from only(board, by, "head", [head_of(board, self.department), duty.liaison])

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The word, by whom and when."""
        duty = self._duty(board)
        fields = {"support_at": by.at, "support_by": by.person, "support_word": self.text.strip()}
        return compact([put(duty, **fields)]) if duty else []

    def _duty(self, board: Board) -> r.Duty | None:
        of_card = supporting(board, board.cards[self.card])
        return next((duty for duty in of_card if duty.department == self.department), None)


class SubmitForAcceptance(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Submit a card for acceptance, or submit it again after a rectification; starts the acceptor's clock.

    Args:
        id: minted.
        card: active, to be rectified, or imported as waiting for acceptance; its lead may.
        deliverables: what is handed over, with links; left out, those of the subtasks.
        acceptor: who judges it; left out, the card's.
        reason: the lead's, to pass the gate although something is missing; it stays visible.
    """

    adds: ClassVar[str] = "acceptances"

    id: int = field(default_factory=mint)
    card: r.CardRef
    deliverables: Prose = ""
    acceptor: r.PersonRef | None = None
    reason: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Active, or in acceptance without a round that waits; by the lead; nothing missing, or a reason."""
        card = board.cards[self.card]
        newest = last_round(board, card.id)
        # An imported card (待验收) stands in acceptance without a round: its first is still to come.
        if card.stage == "acceptance" and newest is not None and newest.verdict is None:
            yield Refused("{id} is submitted and waits for its verdict.", code="refuse.submitted", id=card.number)
        elif card.stage not in ("active", "acceptance"):
            yield wrong_state(card, card.stage, "active")
        else:
            yield from only(board, by, "lead", [card.lead])
            yield from gate_reasons(board, by, card, "acceptance", self.reason)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The round, the stage, the round before answered, and the gate if it was passed with a reason."""
        card, newest = board.cards[self.card], last_round(board, self.card)
        made = r.Acceptance(
            id=self.id,
            card=card.id,
            round=newest.round + 1 if newest else 1,
            submitted_at=by.at,
            submitted_by=by.person,
            deliverables=self.deliverables.strip() or handed_over(board, card.id),
            support_words=_words(board, card),
            acceptor=self.acceptor or card.acceptor,
        )
        rectified = newest if newest and newest.verdict == "rectify" and newest.resubmitted_at is None else None
        return [
            add(made),
            *compact([put(card, stage="acceptance", submitted_at=by.at)]),
            *([put(rectified, resubmitted_at=by.at)] if rectified else []),
            *gate_changes(board, by, card, "acceptance", self.reason),
        ]


class GiveVerdict(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Judge a submitted card: pass, rectify by an agreed date, or fail (back to active, or cancelled).

    Args:
        card: in acceptance; its acceptor may.
        verdict: pass, rectify or fail.
        remarks: what was found; rectify and fail need it.
        rectify_by: for rectify, the agreed date.
        planned_finish: for fail, the new finish; every department signs anew.
        planned_start: for fail, a new start.
        cancel: for fail, the card is cancelled instead of worked on.
    """

    about: ClassVar[str] = "card"

    card: r.CardRef
    verdict: r.Verdict
    remarks: Prose = ""
    rectify_by: r.Instant | None = None
    planned_finish: r.Instant | None = None
    planned_start: r.Instant | None = None
    cancel: bool = False

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A round that waits for its verdict, by the acceptor, with what this verdict needs."""
        card, newest = board.cards[self.card], last_round(board, self.card)
        if card.stage != "acceptance":
            yield wrong_state(card, card.stage, "acceptance")
            return
        if newest is None:
            yield gate_refusal("completed", missing(board, card.id, "completed")[:1])
            return
        if newest.verdict is not None:
            yield Refused("{id} is to be rectified and submitted again first.", code="refuse.rectify", id=card.number)
            return
        yield from only(board, by, "acceptor", acceptors(board, card, newest))
        if self.verdict != "pass" and not self.remarks.strip():
            yield needed("remarks")
        if self.verdict == "rectify" and self.rectify_by is None:
            yield needed("rectify_by")
        if self.verdict == "rectify" and self.rectify_by is not None and self.rectify_by <= by.at:
            yield Refused("The agreed date has passed already.", code="refuse.span")
        if self.verdict == "fail" and not self.cancel:
            if self.planned_finish is None:
                yield needed("planned_finish")
            yield from span_reasons(max(self.planned_start or card.planned_start or 0, by.at), self.planned_finish)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The round judged, and what follows for the card and its signatures."""
        card, newest = board.cards[self.card], last_round(board, self.card)
        if newest is None:
            return []
        told = {
            "verdict": self.verdict,
            "verdict_at": by.at,
            "verdict_by": by.person,
            "verdict_for": behalf(by, acceptors(board, card, newest)),
            "remarks": self.remarks.strip(),
        }
        judged = put(newest, **told, rectify_by=self.rectify_by if self.verdict == "rectify" else None)
        if self.verdict == "rectify":
            return [judged]
        if self.verdict == "pass":
            return [judged, put(card, stage="completed", completed_at=by.at)]
        if self.cancel:
            return [judged, put(card, stage="cancelled", cancelled_at=by.at, reason=self.remarks.strip())]
        duties = duties_on(board, card.id)
        back = put(
            card,
            stage="active",
            submitted_at=None,
            planned_finish=self.planned_finish,
            planned_start=self.planned_start or card.planned_start,
            reason=self.remarks.strip(),
        )
        return [judged, back, *_merged(asked_anew(board, by, duties, "planned_finish"), unsaid(duties))]


class Reopen(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Put a completed card back to active; a second acceptance follows. An archived one: ReopenArchived.

    Args:
        card: completed; its lead or the administrator may.
        reason: why.
        planned_finish: a new finish; left out, the old one stands.
    """

    about: ClassVar[str] = "card"

    card: r.CardRef
    reason: str
    planned_finish: r.Instant | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Completed, by the lead, with a reason."""
        card = board.cards[self.card]
        if card.stage != "completed":
            yield wrong_state(card, card.stage, "completed")
        yield from only(board, by, "lead", [card.lead])
        if not self.reason.strip():
            yield needed("reason")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The stage, the reason, and the supporting departments asked again."""
        card = board.cards[self.card]
        return [
            put(card, **reopened(card, by, self.reason, self.planned_finish)),
            *unsaid(duties_on(board, card.id)),
        ]


def reopened(card: r.Card, by: Stamp, reason: str, planned_finish: int | None) -> dict[str, object]:
    """The fields of a card that is worked on again (instants in epoch seconds)."""
    return {
        "stage": "active",
        "submitted_at": None,
        "completed_at": None,
        "archived_at": None,
        "reopened_at": by.at,
        "reason": reason.strip(),
        "planned_finish": planned_finish or card.planned_finish,
    }


def acceptors(board: Board, card: r.Card, newest: r.Acceptance | None) -> list[int | None]:
    """Who judges a card (验收方): the round's acceptor, else the card's, a department's head, else the executive."""
    person = (newest.acceptor if newest else None) or card.acceptor
    return [person or head_of(board, card.acceptor_department) or board.settings.executive]


def handed_over(board: Board, card: int) -> str:
    """The deliverables of a card's subtasks, one a line: number, name, what it is, links of its attachments."""
    found = sorted((s for s in board.subtasks.values() if s.card == card), key=lambda s: (s.number, s.id))
    links: dict[int | None, list[str]] = {}
    for each in board.attachments.values():
        if each.card == card:
            links.setdefault(each.subtask, []).append(" ".join(filter(None, (each.name, each.version, each.link))))
    lines = []
    for subtask in found:
        parts = [*filter(None, [subtask.deliverable]), *links.get(subtask.id, [])]
        if subtask.status != "cancelled" and parts:
            lines.append(f"{subtask.number} {subtask.name}: {'; '.join(parts)}")
    return "\n".join([*lines, *links.get(None, [])])


def _words(board: Board, card: r.Card) -> str:
    """`销售部 李强: 附合同`, a line for each supporting department that said its word."""
    lines = []
    for duty in supporting(board, card):
        if duty.support_at is not None:
            who = f"{board.department_name(duty.department)} {board.person_name(duty.support_by)}".strip()
            lines.append(f"{who}: {duty.support_word}" if duty.support_word else who)
    return "\n".join(lines)


def unsaid(duties: list[r.Duty]) -> list[Change]:
    """The supporting departments are asked for their word again."""
    return compact([put(duty, **UNSAID) for duty in duties])


def _merged(first: list[Change], second: list[Change]) -> list[Change]:
    """Changes of the same records as one change each."""
    from store.changes import Put

    fields: dict[tuple[str, int], dict[str, tuple[object, object]]] = {}
    for change in (*first, *second):
        if isinstance(change, Put):
            fields.setdefault((change.table, change.id), {}).update(change.fields)
    return [Put(table, key, found) for (table, key), found in fields.items()]
