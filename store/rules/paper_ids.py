"""Card and subtask numbers as people write them (rulebook section 2, "Id"; template T4).

Ours is `PREFIX-YEAR-NNN` and `PREFIX-YEAR-NNN-NN`; the paper form leaves out the first hyphen
(`产品迭代2024-001`) and is read as the same number.
"""

from __future__ import annotations

import re

import msgspec

_LONGEST = 200
_DASHES = "‐‑‒–—―−﹣"
_HALF_WIDTH = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "} | {ord(dash): "-" for dash in _DASHES}
)
# The prefix may hold figures and hyphens itself: of several readings the one with the longest prefix holds.
_NUMBER = re.compile(
    r"(?P<prefix>[^,;:、。]*[^,;:、。\s-])(?P<hyphen> ?-? ?)"
    r"(?P<year>(?:19|20)\d\d) ?- ?(?P<number>\d{3,9})(?: ?- ?(?P<sub>\d{2,9}))?",
    re.ASCII,
)


class CardId(msgspec.Struct, frozen=True):
    """A card's or subtask's number.

    `canonical` is our form with everything in it; `sub` the subtask's own number (None for a card);
    `paper` whether the text left out the hyphen before the year (such a text is worth keeping).
    """

    canonical: str
    prefix: str
    year: int
    number: int
    sub: int | None
    paper: bool

    @property
    def card(self) -> str:
        """The canonical number of the card, also for a subtask."""
        return format_card_id(self.prefix, self.year, self.number)


def format_card_id(prefix: str, year: int, number: int, sub: int | None = None) -> str:
    """Our form: the number has at least three digits, the subtask's at least two."""
    card = f"{prefix}-{year}-{number:03d}"
    return card if sub is None else f"{card}-{sub:02d}"


def read_card_id(text: str) -> CardId | None:
    """Read a number in either form, half- or full-width; None if `text` is not one. Never raises."""
    plain = text.strip().translate(_HALF_WIDTH)
    found = _NUMBER.fullmatch(plain) if len(plain) <= _LONGEST else None
    if found is None or not plain.isprintable() or not any(char.isalpha() for char in found["prefix"]):
        return None
    year, number = int(found["year"]), int(found["number"])
    sub = int(found["sub"]) if found["sub"] else None
    canonical = format_card_id(found["prefix"], year, number, sub)
    return CardId(canonical, found["prefix"], year, number, sub, "-" not in found["hyphen"])
