"""What hangs on a card beside its work: attachments, and who has seen it without objection (rulebook §2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from msgspec import field

from store import records as r
from store.board import Board
from store.changes import Change, add
from store.errors import Refused
from store.operations.act import Act, derived, needed, only, wrong_state
from store.operations.base import Stamp, mint
from store.rules.roles import named_on


class AddAttachment(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Attach a paper to a card or one of its subtasks: its name, version and link; a newer version is one more.

    Args:
        id: minted.
        card: which.
        subtask: the subtask of the card it belongs to.
        name: what it is called.
        version: V1.0, 终稿 ...
        link: where it lies.
    """

    adds: ClassVar[str] = "attachments"
    about: ClassVar[str] = "card"

    id: int = field(default_factory=mint)
    card: r.CardRef
    subtask: r.SubtaskRef | None = None
    name: str
    version: str = ""
    link: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A name, and a subtask of this card."""
        if not self.name.strip():
            yield needed("name")
        if self.subtask is not None and board.subtasks[self.subtask].card != self.card:
            yield Refused("The subtask belongs to another card.", code="refuse.card")
        for each in board.attachments.values():
            if (each.card, each.subtask, each.name, each.version) == (self.card, self.subtask, self.name, self.version):
                yield Refused("{name} {version} is attached already.", code="refuse.double", name=self.name,
                              version=self.version)  # fmt: skip

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The attachment, by whom and when."""
        values = {name: getattr(self, name) for name in ("id", "card", "subtask", "name", "version", "link")}
        return [add(r.Attachment(**values, at=by.at, by=by.person))]


class SaySeen(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Say "seen, no objection" to a card one is named on (人人看过); once a person.

    Args:
        card: which, from circulating on.
        person: default whoever signs; the administrator may for anyone.
    """

    about: ClassVar[str] = "card"

    card: r.CardRef
    person: r.PersonRef | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Somebody named on a card that is out, who has not said so yet; by themselves."""
        card, who = board.cards[self.card], self.person or by.person
        if card.stage in {"draft", "cancelled"}:
            yield wrong_state(card, card.stage, "circulating", "active")
        elif who not in named_on(board, card):
            yield Refused("{name} is not named on this card.", code="refuse.named", name=board.person_name(who))
        elif seen_id(self.card, who) in board.seen:
            yield Refused("Nothing here waits for your {verb}.", code="refuse.none", verb="seen")
        if who != by.person:
            yield from only(board, by, "administrator", [board.settings.administrator or who])

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """Who has seen it, and when."""
        who = self.person or by.person
        return [add(r.Seen(id=seen_id(self.card, who), card=self.card, person=who, at=by.at))]


def seen_id(card: int, person: int) -> int:
    """The one word a person has on a card."""
    return derived("seen", card, person)


def seen_count(board: Board, card: r.Card) -> tuple[int, int]:
    """How many of those named on a card have seen it, and how many are named."""
    named = named_on(board, card)
    return sum(seen_id(card.id, person) in board.seen for person in named), len(named)
