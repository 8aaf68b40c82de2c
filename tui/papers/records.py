"""A card or the board as JSON: for other programs, and for import into another board."""

from __future__ import annotations

from store.exchange.records_json import write_json
from tui.papers.desk import Desk, card_stem


def json_file(desk: Desk, key: int) -> tuple[str, bytes]:
    """Stem and contents: a card with all that belongs to it, or the whole board (0)."""
    card = desk.board.cards.get(key)
    return card_stem(card, "") if card else desk.board.meta.name, write_json(desk.board, key if card else 0)
