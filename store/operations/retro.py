"""The retro of a completed card (复盘): recorded, or waived by the lead (rulebook §8 `retro`, §9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from msgspec import field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, needed, only, wrong_state
from store.operations.base import Stamp, mint
from store.operations.shape import Prose
from store.rules.gates import retro_of
from store.rules.roles import duties_on


class RecordRetro(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Record what a completed card taught; said again, it takes the place of what was said.

    Args:
        id: minted.
        card: completed.
        well: what went well.
        short: what fell short.
        improvements: what the next card does differently; it is reminded of them.
    """

    adds: ClassVar[str] = "retros"

    id: int = field(default_factory=mint)
    card: r.CardRef
    well: Prose = ""
    short: Prose = ""
    improvements: Prose = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Completed, and all three said."""
        card = board.cards[self.card]
        if card.stage != "completed":
            yield wrong_state(card, card.stage, "completed")
        empty = [name for name in ("well", "short", "improvements") if not getattr(self, name).strip()]
        if empty:
            yield needed(*empty)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The retro of this completion, new or corrected."""
        fields = {"well": self.well, "short": self.short, "improvements": self.improvements, "waived": ""}
        return _kept(board, by, self.card, self.id, fields)


class WaiveRetro(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Do without a retro: a routine card of one department, by its lead, with a reason.

    Args:
        id: minted.
        card: completed, routine, of one department.
        reason: why there is none.
    """

    adds: ClassVar[str] = "retros"

    id: int = field(default_factory=mint)
    card: r.CardRef
    reason: str

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """The cards whose retro may be waived, and by whom."""
        card = board.cards[self.card]
        if card.stage != "completed":
            yield wrong_state(card, card.stage, "completed")
        if card.type != "routine" or len(duties_on(board, card.id)) > 1:
            yield Refused("Only a routine card of one department may do without a retro.", code="refuse.waive")
        yield from only(board, by, "lead", [card.lead])
        if not self.reason.strip():
            yield needed("reason")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The reason in the place of a retro."""
        fields = {"well": "", "short": "", "improvements": "", "waived": self.reason.strip()}
        return _kept(board, by, self.card, self.id, fields)


def _kept(board: Board, by: Stamp, card: int, key: int, fields: dict[str, str]) -> list[Change]:
    known = retro_of(board, board.cards[card])
    if known is not None:
        return compact([put(known, **fields)])
    return [add(r.Retro(id=key, card=card, **fields, at=by.at, by=by.person))]
