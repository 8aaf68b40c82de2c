"""Vague words and what a concrete sentence lacks (rulebook §6, wording and SMART).

Input is one text as a person wrote it; output says where words are vague and why. The lists stand in
`vague/*.txt`, one per language, and are read when the first text is looked at: most commands never need
them. All of them look at every text, because people mix languages in one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple, cast

from store.errors import Refused

Reason = Literal["when", "amount", "who", "what", "commitment", "open", "board"]
"""What the words leave open: the date, the number, the person, the result, whether it is promised at all, the
matter itself; `board` is a word of the board's own list (setting `vague_words`)."""

LANGUAGES: Final = ("en", "hans", "hant")
KEPT: Final = 4096
"""How many texts are remembered with their findings: a discussion of 300 lines is drawn without a second look."""


class Finding(NamedTuple):
    """Vague words: where they start (characters from 0), how many, the words themselves, and why."""

    start: int
    length: int
    words: str
    reason: Reason


@lru_cache(maxsize=KEPT)
def findings(text: str, extra: tuple[str, ...] = (), exceptions: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """The vague words of a text, in order, none overlapping, the longest first.

    `extra` are the board's own vague words, `exceptions` phrases it holds to be clear, also where they hold a
    listed word; both as people write them. What stands in closed quotation marks of any kind, and a capitalised
    English word inside a sentence (a name), is not looked at.
    """
    matcher = _matcher(extra, exceptions)
    plain = text.translate(_HALF_WIDTH)
    quoted = [match.span() for match in _quotations().finditer(text)]
    found = []
    for match in matcher.pattern.finditer(plain):
        reason = matcher.reasons[cast("int", match.lastindex) - 1]
        start, end = _trimmed(plain, *match.span())
        if reason == "innocent" or end == start or _within(quoted, start, end) or _is_name(plain, start, end):
            continue
        found.append(Finding(start, end - start, text[start:end], cast("Reason", reason)))
    return tuple(found)


def duty_findings(
    role: str, action: str, standard: str, extra: tuple[str, ...] = (), exceptions: tuple[str, ...] = ()
) -> tuple[Refused, ...]:
    """Why a duty (role + action + delivery standard) is not concrete, as refusals; empty if it is.

    An action that names no result of its own ("supports the promotion") is no duty (`refuse.duty`); any other
    vague word is `refuse.wording`. Empty parts are not looked at: the gate to circulating asks for them.
    """
    found = findings(action, extra, exceptions)
    if any(each.reason == "what" for each in found):
        return (not_a_duty(action),)
    return tuple(wording_refusals((role, action, standard), extra, exceptions))


def wording_refusals(
    texts: Iterable[str], extra: tuple[str, ...] = (), exceptions: tuple[str, ...] = ()
) -> Iterator[Refused]:
    """A refusal (`refuse.wording`) for each text that holds vague words, naming the first of them."""
    for text in texts:
        for finding in findings(text, extra, exceptions)[:1]:
            yield vague(finding.words)


def not_a_duty(text: str) -> Refused:
    """`refuse.duty`: the text names no action with a result."""
    return Refused(
        '"{text}" is not a duty. Write role + action + standard.', code="refuse.duty", text=text.strip()[:60]
    )


def vague(words: str) -> Refused:
    """`refuse.wording`: the vague words, and the form a concrete sentence has."""
    return Refused(
        '"{word}" is vague. Write: [person] does [what] by [date].', code="refuse.wording", word=words.strip()
    )


class _Matcher(NamedTuple):
    """One expression of all lists; `reasons[n]` is why its n-th group matches (`innocent`: it is let pass)."""

    pattern: re.Pattern[str]
    reasons: tuple[str, ...]


@cache
def _matcher(extra: tuple[str, ...], exceptions: tuple[str, ...]) -> _Matcher:
    """The lists and the board's own words as one expression: innocent ones first, then the longest."""
    rows = [*_listed()]
    rows += [("board", _bounded(re.escape(word.strip().translate(_HALF_WIDTH)))) for word in extra if word.strip()]
    rows += [("innocent", re.escape(word.strip().translate(_HALF_WIDTH))) for word in exceptions if word.strip()]
    rows.sort(key=lambda row: (row[0] != "innocent", -_longest(row[1])))
    return _Matcher(re.compile("|".join(f"({row[1]})" for row in rows), re.IGNORECASE), tuple(row[0] for row in rows))


@cache
def _listed() -> tuple[tuple[str, str], ...]:
    """Reason and expression of every line of the lists."""
    rows = []
    for name in LANGUAGES:
        reason = ""
        for line in (Path(__file__).parent / "vague" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                reason = line.strip("[]")
            elif line and not line.startswith("#"):
                rows.append((reason, _bounded(_expression(line, _BLANKS[name]))))
    return tuple(rows)


def _expression(line: str, blank: str) -> str:
    for name, meaning in _NAMED.items():
        line = line.replace(name, meaning)
    return re.sub(r"\((?!\?)", "(?:", line).replace(" ", blank)


def _bounded(expression: str) -> str:
    """An expression that begins and ends with whole words where it begins or ends in Latin letters."""
    return rf"(?<![a-z0-9_](?=[a-z0-9_])){expression}(?!(?<=[a-z0-9_])[a-z0-9_])"


def _longest(expression: str) -> int:
    """About how long the longest text is that an expression matches."""
    expression = re.sub(r"\(\?<?[=!](?:[^()]|\([^()]*\))*\)", "", expression)
    while (shorter := re.sub(r"\((?:\?:)?([^()]*)\)", _longest_branch, expression)) != expression:
        expression = shorter
    return len(expression)


def _longest_branch(group: re.Match[str]) -> str:
    return max(group[1].split("|"), key=len)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks at its ends."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _within(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(left <= start and end <= right for left, right in spans)


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether these words are one capitalised English word inside a sentence: Ms Soon, Project Maybe."""
    word = text[start:end]
    if not (word.isascii() and word.isalpha() and word.istitle()):
        return False
    before = text[:start].rstrip()
    return bool(before) and before[-1].isascii() and (before[-1].isalnum() or before[-1] == ",")


@cache
def _quotations() -> re.Pattern[str]:
    """Closed quotations of every style on one line; a straight single mark is one only at the edge of a word."""
    pairs = ("“”", "‘’", "„“", "「」", "『』", "《》", "〈〉", "«»", "‹›", "＂＂", '""', "``", "﹁﹂", "﹃﹄", "〝〞", "｢｣")
    expressions = [rf"{left}[^{left}{right}\n]*(?:{left}[^{left}{right}\n]*{right}[^{left}{right}\n]*)*{right}"
                   if left != right else rf"{left}[^{left}\n]+{right}" for left, right in pairs]  # fmt: skip
    return re.compile("|".join([*expressions, r"(?<![a-zA-Z0-9])'[^'\n]+(?:'[a-z][^'\n]*)*'(?![a-zA-Z0-9])"]))


_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2019: 0x27}
"""Full-width ASCII, the ideographic blank and the curly apostrophe as what they stand for; one for one, so that
places stay. Commas and the like become half-width too, which the lists allow for."""
_BLANKS: Final = {"en": r"\s+", "hans": " ", "hant": " "}
_CLAUSE: Final = r"[^，。；、！？,.;!?\s]"
_NAMED: Final = {
    "<date>": r"(?:\d{1,4}\s?[年月日号號/-]\s?\d{0,2}|[今明后後]天|(?:周|週|星期|礼拜|禮拜)[一二三四五六日天末]|"
    r"[一二三四五六七八九十]+月|(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"[a-z]*\.?\s+\d{1,4}|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    "<n>": r"(?:[0-9]+|[一二三四五六七八九十百千万萬两兩半]+)",
    "<gap>": rf"{_CLAUSE}{{0,10}}?",
}
