"""What a department says to a card: confirm, object, ask, sign (rulebook §2).

A department's head answers for it; while none is registered (or the head has left) anybody of that department may, so
that a young board is usable. The administrator may for anyone, recorded as on behalf of the head.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from store import records as r
from store.board import Board
from store.changes import Change, compact, merged, put
from store.errors import Refused
from store.operations.act import Act, behalf, heads, needed, only, wrong_state
from store.operations.base import Stamp
from store.operations.voiding import ASKED, asked_anew, version_signed, version_to_sign
from store.rules.objection import names_a_change
from store.rules.roles import duties_on, head_of, is_asking

Tick = Literal["duty", "dates", "resources"]
TICKS: tuple[Tick, ...] = ("duty", "dates", "resources")
"""What a confirmation ticks: the duty, the dates, and people, time and authority for it (人力、时间、权限)."""


def signed_already(board: Board, duty: r.Duty) -> Refused:
    """The refusal of an answer to what a department has signed."""
    name = board.department_name(duty.department)
    return Refused("{department} has signed; only an edit asks it anew.", code="refuse.none", department=name)


class Answering(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Base of what a department says about its duty."""

    about: ClassVar[str] = "card"

    card: r.CardRef
    department: r.DepartmentRef

    def duty(self, board: Board) -> r.Duty | None:
        """The department's duty on the card."""
        return next((d for d in duties_on(board, self.card) if d.department == self.department), None)

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """The card asks, the department is on it."""
        card = board.cards[self.card]
        if card.stage not in ASKED and not self.alone(board):
            yield wrong_state(card, card.stage, *ASKED)
        duty = self.duty(board)
        if duty is None:
            name = board.department_name(self.department)
            yield Refused("{department} is not on this card.", code="refuse.department", department=name)
        else:
            yield from self.against(duty, board)

    def against(self, duty: r.Duty, board: Board) -> Iterator[Refused]:
        """Reasons that lie in the answer that stands."""
        yield from ()

    def alone(self, board: Board) -> bool:
        """Whether this is the draft of a card of one department, which needs only its head's signature."""
        return board.cards[self.card].stage == "draft" and len(duties_on(board, self.card)) == 1

    def answer(self, board: Board, **fields: Any) -> list[Change]:
        """The change of the duty."""
        duty = self.duty(board)
        return compact([put(duty, **fields)]) if duty else []


del Act.registry["Answering"]


class HeadAnswering(Answering, frozen=True, kw_only=True, omit_defaults=True):
    """Base of what only a department's head says."""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """As every answer, and by the head."""
        yield from super().reasons(board, by)
        yield from heads(board, by, self.department)

    def head(self, board: Board, by: Stamp) -> int | None:
        """For whom the administrator answers; None: the head answers, or there is none."""
        return behalf(by, [head_of(board, self.department)])

    def signature(self, board: Board, by: Stamp, duty: r.Duty, means: str) -> list[Change]:
        """The duty signed, and the card's next version if that was the last signature under a change."""
        card = board.cards[self.card]
        signs = version_to_sign(card, duty)
        fields: dict[str, Any] = {"answer": "signed", "signed_at": by.at, "signed_by": by.person}
        fields |= {"signed_for": self.head(board, by), "means": means, "signed_version": signs}
        fields |= {"voided_at": None, "voided_by_edit": ""}
        version = put(card, version=version_signed(board, card, duty, signs))
        return compact([put(duty, **fields), version])


del Act.registry["HeadAnswering"]


class Confirm(HeadAnswering, frozen=True, kw_only=True, omit_defaults=True):
    """Confirm for a department: its duty, the dates, and people, time and authority for it.

    Args:
        card: circulating, or active and asked anew.
        department: by its head; without a registered head anybody of the department may.
        ticks: duty, dates, resources: a confirmation ticks all three; what does not hold is an objection.

    On a board with `confirm_signs` it signs in the same act.
    """

    ticks: tuple[Tick, ...] = TICKS

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """As every answer, with all three ticked."""
        yield from super().reasons(board, by)
        if left := [tick for tick in TICKS if tick not in self.ticks]:
            yield Refused(
                "Not ticked: {missing}. Object with the change that is needed instead.",
                code="refuse.tick",
                missing=", ".join(left),
            )

    def against(self, duty: r.Duty, board: Board) -> Iterator[Refused]:
        """Not confirmed already."""
        if duty.answer == "signed":
            yield signed_already(board, duty)
        elif duty.answer == "confirmed":
            name = board.department_name(duty.department)
            yield Refused("{department} has confirmed; it signs next.", code="refuse.none", department=name)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The answer, by whom and when."""
        fields: dict[str, Any] = {"answer": "confirmed", "answered_at": by.at, "answered_by": by.person}
        fields |= {"answered_for": self.head(board, by), "answer_text": "", "ticks": TICKS}
        changes = self.answer(board, **fields)
        if not board.settings.confirm_signs:
            return changes
        duty = self.duty(board)
        signature = self.signature(board, by, duty, "here") if duty else []
        return merged(changes, signature)


class ObjectTo(HeadAnswering, frozen=True, kw_only=True, omit_defaults=True):
    """Object for a department, with the concrete change it asks for; an answer that stops its clock.

    Args:
        card: circulating, or active and asked anew.
        department: by its head; without a registered head anybody of the department may.
        text: what has to change.
    """

    text: str

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """As every answer, and with the change it asks for."""
        yield from super().reasons(board, by)
        if not self.text.strip():
            yield needed("text")
        elif not names_a_change(self.text):
            yield Refused(
                '"{text}" names no change. Write what has to be different: which duty, date or resource, and how.',
                code="refuse.change",
                text=self.text.strip()[:60],
            )

    def against(self, duty: r.Duty, board: Board) -> Iterator[Refused]:
        """Not signed already."""
        if duty.answer == "signed":
            yield signed_already(board, duty)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The answer with its text, by whom and when."""
        fields: dict[str, Any] = {"answer": "objected", "answered_at": by.at, "answered_by": by.person}
        return self.answer(board, **fields, answered_for=self.head(board, by), answer_text=self.text, ticks=())


class Sign(HeadAnswering, frozen=True, kw_only=True, omit_defaults=True):
    """Sign for a department what it has confirmed (the draft of a card of one department: at once).

    Args:
        card: circulating, active, or the draft of a card of one department.
        department: by its head; without a registered head anybody of the department may.
        means: here, an OA number, or paper with a link.
    """

    means: str = "here"

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """As every answer; paper comes with a link."""
        yield from super().reasons(board, by)
        if self.means.strip().casefold() in {"paper", "纸质", "紙本", "纸"}:
            yield Refused("A signature on paper needs a link to the paper: paper LINK.", code="refuse.paper")

    def against(self, duty: r.Duty, board: Board) -> Iterator[Refused]:
        """Confirmed first, and not signed already."""
        if duty.answer == "signed":
            yield signed_already(board, duty)
        elif duty.answer != "confirmed" and not self.alone(board):
            name = board.department_name(duty.department)
            yield Refused("{department} has to confirm before it signs.", code="refuse.sign", department=name)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The signature: by whom, when, by which means."""
        duty = self.duty(board)
        return self.signature(board, by, duty, self.means.strip() or "here") if duty else []


class AskInfo(Answering, frozen=True, kw_only=True, omit_defaults=True):
    """Ask the requester contact for more information (补充信息); the department's clock goes on.

    Args:
        card: circulating, or active and asked anew.
        department: for which it is asked.
        text: the question.
    """

    text: str

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """As every answer, and with a text; anybody may ask."""
        yield from super().reasons(board, by)
        if not self.text.strip():
            yield needed("text")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The question; an earlier one and its reply stay in the history."""
        fields: dict[str, Any] = {"question": self.text, "question_at": by.at, "question_by": by.person}
        return self.answer(board, **fields, reply="", reply_at=None, reply_by=None)


class Reply(Answering, frozen=True, kw_only=True, omit_defaults=True):
    """Answer what a department asked.

    Args:
        card: the one it asked about.
        department: that asked.
        text: the information.
    """

    text: str

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """There is a question without a reply; with a text."""
        yield from super().reasons(board, by)
        if not self.text.strip():
            yield needed("text")

    def against(self, duty: r.Duty, board: Board) -> Iterator[Refused]:
        """It asked something."""
        if not is_asking(duty):
            name = board.department_name(duty.department)
            yield Refused("{department} waits for no reply.", code="refuse.none", department=name)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The reply, by whom and when."""
        return self.answer(board, reply=self.text, reply_at=by.at, reply_by=by.person)


class AskAgain(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Ask departments anew after their objection: the initiator's new version; a new clock starts for each.

    Args:
        card: circulating or active; by its initiator or lead.
        departments: of those that objected; default all of them.
    """

    about: ClassVar[str] = "card"

    card: r.CardRef
    departments: tuple[r.DepartmentRef, ...] = ()

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Somebody to ask, on a card that asks; by its lead or initiator."""
        card = board.cards[self.card]
        if card.stage not in ASKED:
            yield wrong_state(card, card.stage, *ASKED)
        elif not self._asked(board):
            yield Refused("No department objects: there is none to ask again.", code="refuse.none")
        yield from only(board, by, "lead", [card.lead, card.initiator] if card.lead else [])

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """Each duty asked now."""
        return asked_anew(board, by, self._asked(board), "")

    def _asked(self, board: Board) -> list[r.Duty]:
        # A clock that runs goes on, and what is signed is voided by an edit only (rulebook §2).
        objected = [duty for duty in duties_on(board, self.card) if duty.answer == "objected"]
        return [duty for duty in objected if not self.departments or duty.department in self.departments]
