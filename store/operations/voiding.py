"""What an edit does to answers and signatures (rulebook §2, §3).

An edit of duty, dates or resources voids the signatures it touches (goal, scope, card dates and the card's resources:
all); the departments concerned are asked anew, and the card stays in its stage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from store import records as r
from store.board import Board
from store.changes import Change, compact, put
from store.operations.base import Stamp
from store.rules.roles import duties_on

ALL_SIGN = frozenset({"goal", "scope", "out_of_scope", "planned_start", "planned_finish", "resources", "budget"})
"""Fields of a card every department signed for."""
ONE_SIGNS = frozenset({"role", "action", "standard"})
"""Fields of a duty its own department signed for."""
ASKED = ("circulating", "active", "acceptance")
"""Stages in which a department is asked: it answers, and is asked anew."""

UNANSWERED: Mapping[str, Any] = {
    "answer": "pending",
    "answered_at": None,
    "answered_by": None,
    "answered_for": None,
    "answer_text": "",
    "ticks": (),
    "signed_at": None,
    "signed_by": None,
    "signed_for": None,
    "means": "",
}
"""A duty nobody has answered for."""


def differing(record: object, new: object, names: Iterable[str]) -> list[str]:
    """The names of fields whose values differ between two records."""
    return [name for name in names if getattr(record, name) != getattr(new, name)]


def concerned(board: Board, record: r.Card | r.Duty, changed: Iterable[str]) -> list[r.Duty]:
    """The answered duties an edit of these fields of a card or a duty asks anew: what the dashboard names before."""
    if isinstance(record, r.Card):
        found = duties_on(board, record.id) if ALL_SIGN & set(changed) else []
    else:
        found = [record] if ONE_SIGNS & set(changed) else []
    return [duty for duty in found if duty.answer != "pending"]


def asked_anew(board: Board, by: Stamp, duties: Iterable[r.Duty], because: str) -> list[Change]:
    """The answers of these duties void: a new confirmation clock from now, in a draft none.

    `because` is the field that was edited; it stays on a duty that had been signed.
    """
    out: list[Change] = []
    for duty in duties:
        asked = by.at if board.cards[duty.card].stage in ASKED else None
        marks = {"voided_at": by.at, "voided_by_edit": because} if duty.answer == "signed" else {}
        out.append(put(duty, **UNANSWERED, asked_at=asked, **marks))
    return compact(out)


def version_to_sign(card: r.Card, duty: r.Duty) -> int:
    """The version of the card a signature stands under: 1 before it is active, the next one after a change."""
    if card.version == 0:
        return 1
    added = duty.asked_at is not None and card.activated_at is not None and duty.asked_at > card.activated_at
    return card.version + (duty.voided_at is not None or added)


def version_signed(board: Board, card: r.Card, duty: r.Duty, signs: int) -> int:
    """The card's version once this duty is signed under version `signs`: a change counts when all have signed it."""
    others = [each for each in duties_on(board, card.id) if each.id != duty.id]
    if card.version == 0 or any(each.answer != "signed" for each in others):
        return card.version
    return max(card.version, signs, *(each.signed_version for each in others), 0)
