"""The lists of vague words (`store.rules.vague`, one module per language) as expressions to look a text through with.

They are read when the first text is looked at, and an expression is compiled when a character turns up that it can
begin with: most commands need neither, and all expressions at once would hold up a key for 75 ms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Final

LANGUAGES: Final = ("en", "hans", "hant")
INNOCENT: Final = "innocent"
"""The section of a list that names what holds a listed word but is not vague."""

Words = dict[str, list[tuple[str, str]]]
"""First character of a text -> (expression, why it is caught) of each that can begin with it."""

_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2019: 0x27}
_LOWER: Final = {upper: upper + 32 for upper in range(0x41, 0x5B)}
_MONTH: Final = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_NAMED: Final = {
    "<date>": r"(?:\d{1,4}\s?[年月日号號/-]\s?\d{0,2}|[今明后後]天|(?:周|週|星期|礼拜|禮拜)[一二三四五六日天末]|"
    rf"[一二三四五六七八九十]+月|{_MONTH}\s+\d{{1,4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    "<n>": r"(?:[0-9]+|[一二三四五六七八九十百千万萬两兩半]+)",
    "<gap>": r"[^，。；、！？,.;!?\s]{0,10}?",
    "<words>": r"(?:[a-z-]+\s+){0,2}?",
}
_WHOLE: Final = r"(?!(?<=[a-z0-9_])[a-z0-9_])"
"""Behind an expression in Latin letters: it ends with a whole word."""


def half_width(text: str) -> str:
    """Full-width ASCII, the ideographic blank and the curly apostrophe as what they stand for, one for one."""
    return text.translate(_HALF_WIDTH)


def lower(text: str) -> str:
    """A-Z as a-z and nothing else, one for one: `str.lower` makes some letters two."""
    return text.translate(_LOWER)


def marks(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """Start, end and reason of every expression that matches somewhere in a half-width lower-case text."""
    before = ""
    for start, letter in enumerate(text):
        if letter in words and not (_is_latin(before) and _is_latin(letter)):
            for expression, reason in words[letter]:
                if (match := _compiled(expression).match(text, start)) and match[0]:
                    yield start, start + len(match[0].rstrip()), reason
        before = letter


@cache
def words_of(extra: tuple[str, ...], exceptions: tuple[str, ...]) -> Words:
    """All lists, with a board's own words (reason `board`) and exceptions as people write them."""
    rows = [row for name in LANGUAGES for row in _listed(name)]
    for reason, phrases in (("board", extra), (INNOCENT, exceptions)):
        plain = (lower(half_width(phrase.strip())) for phrase in phrases)
        rows += [(re.escape(phrase) + _WHOLE, reason) for phrase in plain if phrase]
    words: Words = {}
    for expression, reason in dict.fromkeys(rows):
        for first in _firsts(expression)[0]:
            words.setdefault(first, []).append((expression, reason))
    return words


def _listed(language: str) -> Iterator[tuple[str, str]]:
    """Expression and reason of every line of a list."""
    reason, words = "", str(import_module(f"store.rules.vague.{language}").WORDS)
    for line in words.replace("|\n  ", "|").splitlines():
        if heading := re.fullmatch(r"\[([a-z]+)\]", line):
            reason = heading[1]
        elif line:
            yield _expression(line, english=language == "en"), reason


def _expression(line: str, *, english: bool) -> str:
    for short, meaning in _NAMED.items():
        line = line.replace(short, meaning)
    if english:
        line = line.replace("[- ]", r"[-\s]").replace(" ?", r"\s*").replace(" ", r"\s+") + _WHOLE
    return re.sub(r"\((?!\?)", "(?:", line)


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _firsts(expression: str) -> tuple[set[str], bool]:
    """What a text that an expression matches can begin with, and whether it can be empty."""
    found: set[str] = set()
    while expression:
        head, expression = _cut(expression)
        count = re.match(r"[?*+]|\{\d+(?:,\d*)?\}\??", expression)
        expression = expression[count.end() :] if count else expression
        if head.startswith(("(?=", "(?!", "(?<")):
            continue
        letters, empty = _unit(head)
        found |= letters
        if not empty and (count is None or (count[0][0] not in "?*" and not count[0].startswith("{0"))):
            return found, False
    return found, True


def _unit(head: str) -> tuple[set[str], bool]:
    """The same for one unit: a group, a class, an escape, a character."""
    if head.startswith("(?:"):
        branches = [_firsts(branch) for branch in _branches(head[3:-1])]
        return set().union(*(letters for letters, _ in branches)), any(empty for _, empty in branches)
    if head.startswith("["):
        return set("0123456789" + head[4:-1] if head.startswith("[0-9") else head[1:-1]), False
    return set("0123456789") if head == r"\d" else {head[-1]}, False


def _cut(expression: str) -> tuple[str, str]:
    """The first unit of an expression, and the rest."""
    if expression[0] == "\\":
        return expression[:2], expression[2:]
    if expression[0] == "[":
        end = expression.index("]") + 1
        return expression[:end], expression[end:]
    depth = 0
    for place, letter in enumerate(expression):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return expression[: place + 1], expression[place + 1 :]
    raise ValueError(expression)


def _branches(inside: str) -> list[str]:
    """What stands between the bars of a group."""
    branches, depth = [""], 0
    for letter in inside:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            branches.append("")
        else:
            branches[-1] += letter
    return branches
