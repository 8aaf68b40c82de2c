"""What action item a decision comes to: who, by when, which result; and what of it the sentence does not say (§6).

For imported minutes, whose decisions are sentences: "由[人]在[日期]前[动作][成果]" in any order, in Chinese or English.
Nothing is guessed: of two people or two dates the one that is marked (由 X 负责, by Friday) counts, else none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple

from store.board import Board
from store.errors import DateProblem
from store.rules.date_words import AMOUNT, DATE_AHEAD, ENGLISH
from store.rules.people_dates import Days, parse_when

Missing = Literal["owner", "date", "result"]
"""What a sentence may lack."""

LONGEST_DATE: Final = 28
"""Characters of the longest date looked for."""
SHORTEST: Final = 3
"""Characters the least result has."""
_STARTS: Final = re.compile(
    rf"(?:(?:by|before|until|on|within)\s+|截止到?|[在于於至]\s*)?(?:(?={DATE_AHEAD})|(?=\d)|(?=[+＋]\d)|(?={ENGLISH.pattern})"
    r"|(?=[下本这這上](?:周|週|星期))|(?=(?i:next|this|tomorrow|today)\b))",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"(?:by|before|until|within)\s|截止", re.IGNORECASE)
_UNTIL: Final = re.compile(r"(?:下班)?(?:之前|以前|前|止|以?[内內]|之[内內])")
_ASKED: Final = re.compile(r"(?:由|请|請|责成|責成|\bby\s+|[@＠])\s*$", re.IGNORECASE)
_DOES: Final = re.compile(r"\s*(?:负责|負責|牵头|牽頭|主办|主辦|\s(?:will|shall|to|is to|owns|leads)\b)", re.IGNORECASE)
_LEFT: Final = " \t\u3000,，.。;；:：、!！-–—()（）"
_COMMA: Final = re.compile(r"[,，;；。]")
_TIME: Final = re.compile(r"\d{1,2}:\d{2}")
_RANGE: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}")
_MEASURE: Final = re.compile(r"\s*(?:[版个個名家次份人台套元页頁章节節轮輪万萬%％]|days|people|rounds)")
_EVERY: Final = re.compile(r"(?:每|\bevery\s+)$", re.IGNORECASE)
_BARE: Final = re.compile(
    r"(?:由|请|請|责成|責成|负责|負責|牵头|牽頭|在|于|於|前|will|shall|to|by|is|must|将|須|须)+", re.IGNORECASE
)


class Proposal(NamedTuple):
    """An action item as far as a decision says it: doc ids, epoch seconds; `missing` is what it does not say."""

    text: str
    owner: int | None = None
    department: int | None = None
    who: tuple[str, ...] = ()
    due: int | None = None
    due_text: str = ""
    missing: tuple[Missing, ...] = ()


class Names(NamedTuple):
    """Names as they stand in sentences -> doc id, of people and of departments."""

    people: Mapping[str, int]
    departments: Mapping[str, int]

    @classmethod
    def of(cls, board: Board) -> Names:
        """Those of a board who are still there."""
        people = {each.name: each.id for each in board.people.values() if each.name and each.left_at is None}
        homes = {each.name: each.id for each in board.departments.values() if each.name and each.removed_at is None}
        return cls(people, homes)


def propose(sentence: str, names: Names, now: int, time: Days) -> Proposal:
    """What a decision comes to as an action item. `now` (epoch seconds) is when it was taken: 周五 is the next one."""
    text = " ".join(unicodedata.normalize("NFC", sentence).split())
    date = _date(text, now, time)
    people = _found(text, names.people)
    owner = _owner(text, people)
    homes = _found(text, names.departments)
    home = homes[0] if homes else None
    gone = [span for span in (date[:2] if date else None, owner[:2] if owner else None) if span is not None]
    if home is not None and (not _result(text[: home[0]], gone) or _DOES.match(text, home[1])):
        gone.append(home[:2])
    result = _result(text, gone)
    missing: list[Missing] = []
    if owner is None and home is None:
        missing.append("owner")
    if date is None:
        missing.append("date")
    if len(result) < SHORTEST:
        missing.append("result")
    return Proposal(
        text=result if len(result) >= SHORTEST else text,
        owner=owner[2] if owner else None,
        department=home[2] if home else None,
        who=tuple(text[each[0] : each[1]] for each in (home, owner) if each),
        due=date[2] if date else None,
        due_text=text[date[0] : date[1]].strip() if date else "",
        missing=tuple(missing),
    )


_Span = tuple[int, int, int]
"""Where it starts and ends, and the doc id or instant it stands for."""


def _found(text: str, names: Mapping[str, int]) -> list[_Span]:
    """Every name in a text, none inside another, in order; one of letters only as a whole word."""
    known = sorted((name for name in names if name), key=lambda name: -len(name))
    if not known:
        return []
    edge = [rf"(?<![A-Za-z]){re.escape(n)}(?![A-Za-z])" if n.isascii() else re.escape(n) for n in known]
    return [(found.start(), found.end(), names[found[0]]) for found in re.finditer("|".join(edge), text)]


def _owner(text: str, people: list[_Span]) -> _Span | None:
    """The person who does it: the one that is marked, else the only one."""
    marked = [each for each in people if _ASKED.search(text[: each[0]]) or _DOES.match(text, each[1])]
    for some in (marked, people):
        if len({each[2] for each in some}) == 1:
            return some[0]
    return None


def _date(text: str, now: int, time: Days) -> _Span | None:
    """The date by which it is done: the one that is marked, else the only one."""
    dates = list(_dates(text, now, time))
    marked = [each for each in dates if _BY.match(text[each[0] : each[1]]) or _UNTIL.search(text[each[0] : each[1]])]
    for some in (marked, dates):
        if len({each[2] for each in some}) == 1:
            return some[0]
    return None


def _dates(text: str, now: int, time: Days) -> Iterator[_Span]:
    at = 0
    while (start := _STARTS.search(text, at)) is not None:
        found = _longest(text, start.start(), now, time)
        at = found[1] if found else max(start.end(), start.start() + 1)
        if found is not None and not _EVERY.search(text[: found[0]]):
            yield found


def _longest(text: str, start: int, now: int, time: Days) -> _Span | None:
    """The longest date that begins here; no number, version or length of time that only looks like one."""
    if start and text[start].isdigit() and (text[start - 1].isalnum() and text[start - 1].isascii()):
        return None
    for end in range(min(len(text), start + LONGEST_DATE), start, -1):
        part, following = text[start:end], text[end : end + 1]
        if part[-1].isspace() or (following.isascii() and following.isalnum() and part[-1].isalnum()):
            continue
        try:
            found = parse_when(part, now, time)
        except DateProblem:
            continue
        return (start, end, found.epoch) if _is_a_date(part, text[end:]) else None
    return None


def _is_a_date(part: str, following: str) -> bool:
    plain = unicodedata.normalize("NFKC", part).strip().lower()
    if _TIME.fullmatch(plain) or (_RANGE.fullmatch(plain) and _MEASURE.match(following)):
        return False
    amount = AMOUNT.fullmatch(plain)
    if amount is not None:
        return bool(amount["sign"] or amount["side"])
    return not plain.replace(".", "").isdigit()


def _result(text: str, gone: list[tuple[int, int]]) -> str:
    """What is left of a sentence without who and when."""
    parts, at = [], 0
    for start, end in sorted(gone):
        parts.append(text[at : min(start, len(text))])
        at = max(at, end)
    parts.append(text[at:])
    joined, before = "", ""
    for part in parts:
        kept = _trimmed(part)
        if kept and joined:
            apart = _COMMA.search(before[-1:]) or _COMMA.match(part) or _COMMA.search(part[: part.find(kept)])
            latin = joined[-1].isascii() and kept[0].isascii()
            joined += ("，" if not latin else ", ") if apart else " " if latin else ""
        joined += kept
        before = part.rstrip() or before
    return _trimmed(joined)


def _trimmed(part: str) -> str:
    """A part without the punctuation and the small words that stood around what was taken out."""
    before = None
    while part != before:
        before = part
        part = part.strip(_LEFT)
        if found := _BARE.match(part):
            whole = not part[found.end() : found.end() + 1].isalpha() or not found[0][-1].isascii()
            part = part[found.end() :] if whole else part
        for word in ("负责", "負責", "牵头", "牽頭", "由", " by", "在", "于", "於"):
            part = part.removesuffix(word)
    return part
