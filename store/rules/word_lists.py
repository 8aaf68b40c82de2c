"""The lists of vague words (`store.rules.vague`, one module per language) as expressions to look a text through with.

They are read when the first text is looked at, and an expression is compiled when a character turns up that it can
begin with: most commands need neither, and all expressions at once would hold up a key for 75 ms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib import import_module
from string import ascii_lowercase
from typing import Final, NamedTuple

from store.rules.vague.letters import SIMPLIFIED

LISTS: Final = ("en", "en_verbs", "en_office", "en_clear", "zh", "zh_verbs", "zh_office", "hant", "zh_clear")
INNOCENT: Final = "innocent"
"""The section of a list that names what holds a listed word but is not vague."""

_PLAIN: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2019: 0x27}
_BLANKS: Final = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029"), 0x20)
_LOWER: Final = {upper + full: upper + 32 for upper in range(0x41, 0x5B) for full in (0, 0xFEE0)}
_FOLDED: Final = _PLAIN | _LOWER | _BLANKS | SIMPLIFIED
_MONTH: Final = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_NAMED: Final = {
    "<date>": r"(?:\d{1,4}\s?[年月日号/-]\s?\d{0,2}|[今明后]天|(?:周|星期|礼拜)[一二三四五六日天末]|"
    rf"[一二三四五六七八九十]+月|{_MONTH}\s+\d{{1,4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    "<n>": r"(?:[0-9]+|[一二三四五六七八九十百千万两半]+)",
    "<gap>": r"[^，。；、！？,.;!?\s]{0,10}?",
    "<words>": r"(?:[a-z-]+\s+){0,2}?",
    "<end>": r"[,。;!?、.)]|\s*$",
    "<bare>": r"(?=[^.;0-9%]*(?:[.;]|$))(?![^.;]*(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    "<loose>": r"(?![^，。；,;]{0,16}(?:[0-9“「《]|"
    r"[两三四五六七八九十百]+(?:次|人|名|台|轮|天|日|项|个|份|小时|成|倍)))",
    "（": r"\(",
}
_PART: Final = re.compile(r"\\.|\[[^]]*\]|.", re.DOTALL)
_ANY: Final = "\0"
_BEGINNING: Final = re.compile(r"(?<![a-z0-9])[a-z0-9]|[^a-z0-9 ]")
"""Where an expression can begin: not inside a word in Latin letters, not at a blank."""
_REACH: Final = 48
_WHOLE: Final = r"(?!(?<=[a-z0-9_])[a-z0-9_])"
"""Behind an expression in Latin letters: it ends with a whole word."""


class Rows:
    """The expressions that can match at one place, each with why it is caught."""

    def __init__(self) -> None:
        """None yet; `each` is filled before the first look."""
        self.each: list[tuple[str, str]] = []

    @cached_property
    def any(self) -> re.Pattern[str]:
        """All of them as one: at most places in a text none matches, and one look says so."""
        return re.compile("|".join(expression for expression, _reason in self.each))

    @cached_property
    def apart(self) -> list[tuple[re.Pattern[str], str]]:
        """Each of them, compiled."""
        return [(_compiled(expression), reason) for expression, reason in self.each]


Expressions = dict[str, Rows]
"""The next two characters of a text (one, for what can be so short) -> what can match there."""


class Words(NamedTuple):
    """What is vague, and what holds a vague word but is not; the second is of no use before the first is found."""

    vague: Expressions
    innocent: Expressions
    reach: int
    """How many characters before a vague word an innocent phrase that holds it may begin."""


def half_width(text: str) -> str:
    """Full-width ASCII, the ideographic blank and the curly apostrophe as what they stand for, one for one."""
    return text.translate(_PLAIN)


def folded(text: str) -> str:
    """Half width, A-Z as a-z, traditional characters as simplified ones, blanks as " ", all one for one.

    `str.lower` would make some letters two.
    """
    return text.translate(_FOLDED)


def beginnings(text: str) -> list[int]:
    """Where in a folded text an expression can begin, in order."""
    return [each.start() for each in _BEGINNING.finditer(text)]


def marks(text: str, expressions: Expressions, starts: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    """Start, end and reason of every expression that matches in a folded text at some of its beginnings."""
    for start in starts:
        rows = expressions.get(text[start : start + 2]) or expressions.get(text[start])
        if not rows or not rows.any.match(text, start):
            continue
        for expression, reason in rows.apart:
            if (match := expression.match(text, start)) and match[0]:
                yield start, start + len(match[0].rstrip()), reason


@cache
def words_of(extra: tuple[str, ...], exceptions: tuple[str, ...]) -> Words:
    """All lists, with a board's own words (reason `board`) and exceptions as people write them."""
    rows = [row for name in LISTS for row in _listed(name)]
    for reason, phrases in (("board", extra), (INNOCENT, exceptions)):
        plain = (folded(phrase.strip()) for phrase in phrases)
        rows += [(re.escape(phrase).replace("\\ ", r"\s+") + _WHOLE, reason) for phrase in plain if phrase]
    vague, innocent = ([row for row in dict.fromkeys(rows) if (row[1] == INNOCENT) is mild] for mild in (False, True))
    return Words(_by_start(vague), _by_start(innocent), max(_REACH, *map(len, exceptions), 0))


def _by_start(rows: list[tuple[str, str]]) -> Expressions:
    found: Expressions = {}
    for row in rows:
        for start in {start.split(_ANY)[0] for start in _starts(row[0])}:
            found.setdefault(start, Rows()).each.append(row)
    for start, here in found.items():
        if len(start) > 1 and (short := found.get(start[0])):
            here.each += [row for row in short.each if row not in here.each]
    return found


def _listed(name: str) -> Iterator[tuple[str, str]]:
    """Expression and reason of every line of a list."""
    reason, words = "", str(import_module(f"store.rules.vague.{name}").WORDS)
    for line in words.replace("\n  ", "").splitlines():
        if heading := re.fullmatch(r"\[([a-z]+)\]", line):
            reason = heading[1]
        elif line:
            yield _expression(line, english=name.startswith("en")), reason


def _expression(line: str, *, english: bool) -> str:
    for short, meaning in _NAMED.items():
        line = line.replace(short, meaning)
    if english:
        line = line.replace("[- ]", r"[-\s]").replace("[ ]", r"\s").replace(" ?", r"\s*").replace(" ", r"\s+") + _WHOLE
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", line).translate(SIMPLIFIED)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _starts(expression: str) -> set[str]:
    """The first two characters of what an expression matches; fewer if it ends before, `_ANY` for what is not told."""
    if expression[:3].isalnum() or not expression:
        return {expression[:2]}
    head, rest = _cut(expression)
    count = re.match(r"[?*+]|\{(\d+)(?:,\d*)?\}\??", rest)
    rest = rest[count.end() :] if count else rest
    if head.startswith(("(?=", "(?!", "(?<")):
        return _starts(rest)
    unit = found = _unit(head)
    if count and count[0][0] != "?":
        found = unit | _joined(unit, unit)
    if count and (count[0][0] in "?*" or count[1] == "0"):
        found = found | {""}
    return _joined(found, _starts(rest)) if any(len(each) < 2 for each in found) else found


def _joined(left: set[str], right: set[str]) -> set[str]:
    done = {each for each in left if len(each) > 1 or each == _ANY}
    first = {each[:1] for each in right}
    return done | {a + b for a in left - done if a for b in first} | (right if "" in left else set())


def _unit(head: str) -> set[str]:
    """The same for one unit: a group, a class, an escape, a character."""
    if head.startswith("(?:"):
        return set().union(*map(_starts, _branches(head[3:-1])))
    if head == "." or head.startswith("[^"):
        return {_ANY}
    inside = head[1:-1] if head.startswith("[") else head
    for short, letters in ((r"\s", " "), (r"\d", "0123456789"), ("0-9", "0123456789"), ("a-z", ascii_lowercase)):
        inside = inside.replace(short, letters)
    if head.startswith("[") and "-" in inside[1:-1]:
        return {_ANY}
    return set(inside if head.startswith("[") or head == r"\d" else inside[-1])


def _cut(expression: str) -> tuple[str, str]:
    """The first unit of an expression, and the rest."""
    depth = 0
    for part in _PART.finditer(expression):
        depth += (part[0] == "(") - (part[0] == ")")
        if depth == 0:
            return expression[: part.end()], expression[part.end() :]
    raise ValueError(expression)


def _branches(inside: str) -> list[str]:
    """What stands between the bars of a group."""
    branches, depth = [""], 0
    for part in _PART.findall(inside):
        depth += (part == "(") - (part == ")")
        if part == "|" and depth == 0:
            branches.append("")
        else:
            branches[-1] += part
    return branches
