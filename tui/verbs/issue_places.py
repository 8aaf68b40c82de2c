"""Where an issue can be raised: an open subtask, or a card, from circulating on (rulebook §5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from store.operations.cards import OPEN
from store.records import Card, Subtask
from store.views.state import BoardState
from tui import words
from tui.cells import cut
from tui.entry import Choice, Option, Request
from tui.i18n import _
from tui.look import STYLES, glyph

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen, Ref

Place = Subtask | Card
Raise = Callable[[Place], Request | None]
MOST_PLACES = 200
"""Places a choice lists; typing finds the others."""


def place_of(state: BoardState, refs: list[Ref]) -> Place | None:
    """The subtask or card a verb acts on."""
    if not refs:
        return None
    table, key = refs[0]
    return state.board.subtasks.get(key) if table == "subtasks" else state.board.cards.get(key)


def card_of(state: BoardState, place: Place) -> Card | None:
    """The card a place is or belongs to."""
    return place if isinstance(place, Card) else state.board.cards.get(place.card)


def is_open(subtask: Subtask) -> bool:
    """Whether there is still something to do."""
    return subtask.status not in {"done", "cancelled"}


def may_raise(screen: DeckScreen, state: BoardState, place: Place) -> bool:
    """Whether something may be raised here; if not, say why."""
    card = card_of(state, place)
    if card is not None and card.stage not in OPEN:
        why = _("{id} is {state}: issues are raised once it circulates.")
        screen.deck.notice(why.format(id=card.number, state=words.stage(card.stage)))
        return False
    if isinstance(place, Subtask) and not is_open(place):
        why = _("{id} is {state}: nothing to raise.")
        screen.deck.notice(why.format(id=place.number, state=words.status(place.status)))
        return False
    return True


def on_card(
    screen: DeckScreen, state: BoardState, card: Card, heading: Text, go: Raise, *, whole: bool
) -> Choice | None:
    """The open subtasks of a card, with `whole` the card itself too; None (said) if there is nothing to choose."""
    places: list[Place] = [s for s in state.board.subtasks_of.get(card.id, ()) if is_open(s)]
    if whole:
        places.append(card)
    if places:
        return _choice(state, places, heading, go)
    screen.deck.notice(_("{id} has no open subtask. A adds one.").format(id=card.number))
    return None


def anywhere(state: BoardState, heading: Text, go: Raise, *, cards: bool, near: int) -> Choice:
    """All places: those of card `near` first, then mine. `cards`: whole cards too."""
    board = state.board
    open_cards = {c.id: c for c in board.cards.values() if c.stage in OPEN}
    places: list[Place] = [s for s in board.subtasks.values() if s.card in open_cards and is_open(s)]
    if cards:
        places += open_cards.values()

    def order(place: Place) -> tuple[bool, bool, bool]:
        whole = isinstance(place, Card)
        mine = (place.lead if isinstance(place, Card) else place.owner) == state.me
        return ((place.id if isinstance(place, Card) else place.card) != near, not mine, whole)

    places.sort(key=order)
    return _choice(state, places, heading, go)


def _choice(state: BoardState, places: Sequence[Place], heading: Text, go: Raise) -> Choice:
    known = {_key(place): place for place in places}

    def more(text: str) -> list[Option]:
        wanted = text.casefold().split()
        found = (p for p in places if all(word in f"{p.number} {p.name}".casefold() for word in wanted))
        return [_option(state, place) for place, _n in zip(found, range(MOST_PLACES), strict=False)]

    return Choice(
        heading,
        [_option(state, place) for place in places[:MOST_PLACES]],
        lambda chosen: go(known[chosen]),
        more=more if len(places) > MOST_PLACES else None,
        empty="" if places else _("No card circulates or is active."),
    )


def _key(place: Place) -> str:
    return f"{'cards' if isinstance(place, Card) else 'subtasks'} {place.id}"


def _option(state: BoardState, place: Place) -> Option:
    if isinstance(place, Card):
        return Option(_key(place), Text(f"{place.number} {place.name} ({_('the whole card')})"))
    owner = state.board.person_name(place.owner)
    return Option(_key(place), Text(f"{place.number} {place.name}  {owner} {place.percent}%"))


def parts_echo(parts: Sequence[tuple[str, str]], room: int) -> Text:
    """`✓ what 渠道数据~  ? tried`: which fields are filled, their beginning in `room` cells (0: without)."""
    line = Text()
    for label, text in parts:
        line.append(f"{glyph('yes')} {label} " if text else f"? {label} ", STYLES["green" if text else "yellow"])
        line.append(f"{cut(text, room)}  " if text and room else " ")
    return line
