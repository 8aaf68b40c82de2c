"""A card's way through its first gates: circulated to its departments, then active (rulebook §2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from store import records as r
from store.board import Board
from store.changes import Change, compact, put
from store.errors import Refused
from store.operations.act import Act, only, wrong_state
from store.operations.base import Stamp
from store.operations.passing import gate_changes, gate_reasons
from store.rules.roles import duties_on


class Circulate(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Send a draft card to its departments to confirm; their confirmation clocks start.

    Args:
        card: a draft; its lead or initiator may.
        reason: why it goes although something is missing; its lead may.
    """

    about: ClassVar[str] = "card"

    card: r.CardRef
    reason: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A draft with what the gate asks for, or a reason of the lead's; by its lead or initiator."""
        card = board.cards[self.card]
        if card.stage != "draft":
            yield wrong_state(card, card.stage, "draft")
        elif not duties_on(board, card.id):
            yield Refused("Cannot circulate: {missing}.", code="gate.circulate", missing="departments")
        else:
            yield from gate_reasons(board, by, card, "circulating", self.reason)
        yield from only(board, by, "lead", [card.lead, card.initiator] if card.lead else [])

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The stage, every duty asked now, and the gate if it was passed with a reason."""
        card = board.cards[self.card]
        asked = [put(duty, asked_at=by.at, answer="pending") for duty in duties_on(board, card.id)]
        passed = gate_changes(board, by, card, "circulating", self.reason)
        return compact([put(card, stage="circulating", circulated_at=by.at), *asked, *passed])


class Activate(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Start the work on a card: it becomes version 1 (最终版).

    Args:
        card: circulating, or the draft of a card of one department; its lead may.
        reason: why it starts although something is missing; its lead may.
    """

    about: ClassVar[str] = "card"

    card: r.CardRef
    reason: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Circulating (one department: a draft will do), with what the gate asks for or a reason; by its lead."""
        card = board.cards[self.card]
        alone = card.stage == "draft" and len(duties_on(board, card.id)) <= 1
        if card.stage != "circulating" and not alone:
            yield wrong_state(card, card.stage, "circulating")
        else:
            yield from gate_reasons(board, by, card, "active", self.reason)
        yield from only(board, by, "lead", [card.lead])

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The stage, version 1, and the gate if it was passed with a reason."""
        card = board.cards[self.card]
        passed = gate_changes(board, by, card, "active", self.reason)
        return [put(card, stage="active", activated_at=by.at, version=1), *passed]
