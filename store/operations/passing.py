"""How an operation takes a card through a gate: open, or passed by the lead with a reason (rulebook §2).

An operation that moves a card to a next stage has a field `reason`, yields `gate_reasons` in `reasons` and adds
`gate_changes` in `apply`. What was passed stays in the table `passes` and is shown on the card.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store import records as r
from store.board import Board
from store.changes import Change, add
from store.errors import CrossdeckError, Refused
from store.operations.act import behalf, derived, only
from store.operations.base import Stamp
from store.rules.gates import Need, gap, missing


class Gaps(tuple[CrossdeckError, ...]):
    """What is missing, several short texts; as one text in English where nobody translates them."""

    __slots__ = ()

    def __str__(self) -> str:
        """Joined by semicolons."""
        return "; ".join(str(each) for each in self)

    def __format__(self, spec: str) -> str:
        """As `str`, so that a sentence can hold them."""
        return format(str(self), spec)


def gate_reasons(board: Board, by: Stamp, card: r.Card, gate: r.Gate, reason: str) -> Iterator[Refused]:
    """Refuse while something is missing and no reason is given; a reason is the lead's to give."""
    lacking = missing(board, card.id, gate)
    if lacking and not reason.strip():
        yield gate_refusal(gate, lacking)
    elif lacking:
        yield from only(board, by, "lead", [card.lead])


def gate_refusal(gate: r.Gate, lacking: Sequence[Need]) -> Refused:
    """The one sentence that says what is missing; its code is `gate.` and what was wanted.

    Its field `ids` are the needs', for whoever says what to do about each (`tui.cli.advice`).
    """
    gaps = Gaps(need.text for need in lacking)
    ids = ", ".join(dict.fromkeys(need.id for need in lacking))
    if gate == "circulating":
        return Refused("Cannot circulate: {missing}.", code="gate.circulate", missing=gaps, ids=ids)
    if gate == "active":
        return Refused("Cannot activate: {missing}.", code="gate.active", missing=gaps, ids=ids)
    if gate == "acceptance":
        return Refused("Cannot submit for acceptance: {missing}.", code="gate.accept", missing=gaps, ids=ids)
    if gate == "completed":
        return Refused("Cannot complete: {missing}.", code="gate.complete", missing=gaps, ids=ids)
    return Refused("Cannot archive: {missing}.", code="gate.archive", missing=gaps, ids=ids)


def gate_changes(board: Board, by: Stamp, card: r.Card, gate: r.Gate, reason: str) -> list[Change]:
    """The record of a gate passed with a reason; nothing where the gate was open."""
    lacking = missing(board, card.id, gate)
    if not lacking:
        return []
    # A card goes back and comes to the same gate again, in a file of operations within one second.
    before = sum(each.card == card.id and each.gate == gate for each in board.passes.values())
    row = r.Pass(
        id=derived("pass", card.id, gate, by.at, by.person, before),
        card=card.id,
        gate=gate,
        gaps=tuple(gap(need.text) for need in lacking),
        reason=reason,
        by=by.person,
        on_behalf_of=behalf(by, [card.lead]),
        at=by.at,
    )
    return [add(row)]
