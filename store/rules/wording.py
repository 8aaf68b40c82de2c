"""Vague words and what a concrete sentence lacks (rulebook §6, wording).

Input is one text as a person wrote it; output says where words are vague and why. All lists look at every text,
whatever its language, because people mix them in one line; `word_lists` holds them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import Final, Literal, NamedTuple, cast, get_args

from store.errors import Refused
from store.rules.word_lists import beginnings, folded, half_width, marks, words_of

Reason = Literal["when", "amount", "who", "what", "standard", "commitment", "open", "board"]
"""What the words leave open: the date, the number, the person, the result, how good it has to be, whether it is
promised at all, the matter itself; `board` is a word of the board's own list (setting `vague_words`)."""

REASONS: Final[tuple[str, ...]] = get_args(Reason)
KEPT: Final = 4096
"""How many texts are remembered with their findings: a discussion of 300 lines is drawn without a second look."""
_PAIRS: Final = "“”‘’「」『』《》〈〉«»‹›﹁﹂﹃﹄〝〞〝〟｢｣„“"
_NAME_GOES_ON: Final = re.compile(
    r" (?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b)[A-Z][a-z]"
)
_TERM: Final = re.compile(
    "性(?![能质别情急格命子])|率(?![先领同真])|权(?![衡责力宜限益利])|值(?![班守勤日得])|型(?!号)|化(?![解妆验装整名])"
    "|牌(?![照子匾楼位])|费(?![用心力劲时])|金(?![额属融钱库])|度(?![假过日]|量(?!表))|员(?![工警])|法(?![院律庭务官规令定人治制办])"
)
"""What makes a Chinese word a term, so that it is no longer vague: 及时率, 适当性, 酌情权, 协助金."""
_ALIKE: Final = '"`＂'


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
    English word inside a sentence (a name), is not looked at, nor a Chinese word that is half of a term (及时率).
    """
    words, look = words_of(extra, exceptions), folded(text)
    starts = beginnings(look)
    marked = [*marks(look, words.vague, starts)]
    if not marked:
        return ()
    spans = ((bisect_left(starts, start - words.reach), bisect_left(starts, end)) for start, end, _ in marked)
    near = sorted({at for first, last in spans for at in starts[first:last]})
    innocent = [(start, end) for start, end, _ in marks(look, words.innocent, near)]
    clear, plain = _clear(text, innocent), half_width(text)
    found: list[Finding] = []
    for start, end, reason in sorted(marked, key=lambda mark: (mark[0], -mark[1])):
        after = found[-1].start + found[-1].length if found else 0
        if start < after or clear(start, end) or _is_name(plain, start, end) or _is_term(look, end, reason):
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
    if any(each.reason == "what" for each in findings(action, extra, exceptions)):
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
    return Refused('"{word}" is vague. Write: [person] does [what] by [date].', code="refuse.wording", word=words)


def _clear(text: str, innocent: list[tuple[int, int]]) -> Callable[[int, int], bool]:
    """Says of words whether they are clear.

    They are where they begin inside an innocent phrase, begin with it and are no longer, end in one that goes on
    (改天|花板), or stand in quotes.
    """
    inside, until, ends = bytearray(len(text) + 1), [0] * (len(text) + 1), [0] * (len(text) + 1)
    for start, end in innocent:
        inside[start + 1 : end] = b"\1" * (end - start - 1)
        until[start] = max(until[start], end)
        ends[start] = until[start]
    for quotation in _quotations().finditer(text):
        left, right = quotation.span()
        until[left:right] = [max(each, right) for each in until[left:right]]
    return lambda start, end: bool(inside[start]) or end <= until[start] or max(ends[start + 1 : end], default=0) > end


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether English words are (part of) a name: Ms Soon, Project Maybe; ASAP Logistics, Around Town Ltd."""
    words, before = text[start:end], text[:start].rstrip()
    if not (words.isascii() and words[:1].isupper()):
        return False
    if _NAME_GOES_ON.match(text, end):
        return words.isupper() or words.istitle()
    inside = before[-1:].isascii() and (before[-1:].isalnum() or before[-1:] == ",")
    return inside and words.isalpha() and words.istitle()


def _is_term(look: str, end: int, reason: str) -> bool:
    """Whether listed Chinese words that end here go on as a term."""
    return reason != "board" and not look[end - 1].isascii() and _TERM.match(look, end) is not None


@cache
def _quotations() -> re.Pattern[str]:
    """Closed quotations of every style on one line, those of the same style nested once.

    A straight single mark is one at the edge of a word only, or `don't` would open a quotation.
    """
    pairs = [_PAIRS[place : place + 2] for place in range(0, len(_PAIRS), 2)]
    expressions = [rf"{pair[0]}[^{pair}\n]*(?:{pair[0]}[^{pair}\n]*{pair[1]}[^{pair}\n]*)*{pair[1]}" for pair in pairs]
    expressions += [rf"{mark}[^{mark}\n]+{mark}" for mark in _ALIKE]
    expressions.append(r"(?<![a-zA-Z0-9])'[^'\n]+(?:'[a-z][^'\n]*){0,9}'(?![a-zA-Z0-9])")
    return re.compile("|".join(expressions))
