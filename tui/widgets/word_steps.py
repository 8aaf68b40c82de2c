"""Where a word begins and ends, for moving and deleting by words, in Latin and Chinese text."""

from __future__ import annotations

import unicodedata

WIDE_STEP = 4
"""Chinese has no blanks between words: at most so many characters are one step, never a whole sentence."""


def _kind(character: str) -> str:
    """`blank`, `mark` (punctuation, symbols), `wide` (ideographs, kana, hangul) or `word`."""
    if character.isspace():
        return "blank"
    if not (character.isalnum() or character == "_"):
        return "mark"
    return "wide" if unicodedata.east_asian_width(character) == "W" else "word"


def word_left(text: str, at: int) -> int:
    """Index where the word before `at` begins; blanks between it and `at` are passed over."""
    while at and _kind(text[at - 1]) == "blank":
        at -= 1
    if not at:
        return 0
    kind, least = _kind(text[at - 1]), at - WIDE_STEP
    while at and _kind(text[at - 1]) == kind and not (kind == "wide" and at <= least):
        at -= 1
    return at


def word_right(text: str, at: int) -> int:
    """Index behind the word that begins at or after `at`; blanks before it are passed over."""
    while at < len(text) and _kind(text[at]) == "blank":
        at += 1
    if at >= len(text):
        return len(text)
    kind, most = _kind(text[at]), at + WIDE_STEP
    while at < len(text) and _kind(text[at]) == kind and not (kind == "wide" and at >= most):
        at += 1
    return at
