"""Dates of milestones that hang on another date (rulebook §3): 第10个工作日, 评审后2日内, 2 days after EVENT.

The text stays as it was typed; `due_of` is the date it comes to as soon as its event has one, and follows the
event. Nothing else may read `Milestone.due` for when a milestone is due.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from store.board import Board
from store.records import Meeting, Milestone
from store.rules.working_time import WorkingTime

MOST = 999
"""Most days a relative date may lie away from its event."""


class Relative(Struct, frozen=True, gc=False):
    """A relative date as understood: `n` days (`working` or calendar ones) from an event, `before` or after it.

    Without an event it counts from the card's initiation date.
    """

    n: int
    working: bool
    before: bool = False
    event: str = ""


_N = r"(?P<n>\d{1,3})"
_UNIT = r"(?P<unit>个?工作日|個?工作日|个?自然日|個?自然日|日|天|个?工作天|個?工作天)"
_SIDE = r"(?P<side>after|before)"
_DAYS = r"(?P<unit>(?:working |business |calendar )?days?|workdays?|wd)"
_WITHIN = r"(?:以?内|以?內)?"
_FORMS = (
    rf"第{_N}[个個]?(?P<unit>工作[日天])",
    rf"(?P<event>.+?)(?P<side>[后後前])的?第?{_N}{_UNIT}{_WITHIN}",
    rf"(?P<event>.+?)(?P<side>之?[后後前]){_N}{_UNIT}{_WITHIN}",
    rf"{_N}(?:st|nd|rd|th) (?P<unit>working day|workday|business day)",
    rf"(?P<unit>working day|workday|business day) {_N}",
    rf"(?:within )?{_N} {_DAYS} {_SIDE} (?:the )?(?P<event>.+)",
)
"""Compiled when a relative date is first read: no start waits for it."""
_HAPPENED = r"(?<=..)(?:之|以|通过|通過|结束|結束|召开|召開|完成)+$"
"""What says no more than that an event took place: 评审通过后, 评审结束之后."""
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "兩": 2}
_COUNTED = r"([后後前第])([零一二三四五六七八九两兩十]{1,3})(?=[个個日天工自])"


@lru_cache(512)
def read_relative(text: str) -> Relative | None:
    """Understand a relative date; None for a text that is none (a plain date, a name)."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split()).rstrip(".。")
    plain = re.sub(_COUNTED, lambda found: found[1] + str(_number(found[2])), plain)
    for form in _FORMS:
        found = re.fullmatch(form, plain, re.IGNORECASE)
        if found is None:
            joined = re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", plain)
            found = re.fullmatch(form, joined, re.IGNORECASE)
        if found is None:
            continue
        parts = found.groupdict()
        n, event = int(parts["n"]), re.sub(_HAPPENED, "", (parts.get("event") or "").strip())
        if n > MOST or (n == 0 and not event):
            return None
        unit = parts["unit"].casefold()
        works = "工作" in unit or unit.startswith(("working", "business", "workday", "wd"))
        before = (parts.get("side") or "").casefold() in {"前", "之前", "before"}
        return Relative(n, works, before, event)
    return None


def _number(word: str) -> int:
    """Chinese digits up to 99: 二, 十, 十五, 二十五."""
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return _DIGITS.get(word[-1], 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def due_of(board: Board, milestone: Milestone, working: WorkingTime) -> int | None:
    """When a milestone is due: its date, or that of its relative text if its event has one; None: not known yet."""
    if not milestone.relative:
        return milestone.due
    return _due(board, milestone, working, frozenset())


def known_date(board: Board, milestone: Milestone, working: WorkingTime) -> int | None:
    """When everybody knows a milestone to be: its date, or where that was before its event moved it unannounced."""
    return due_of(board, milestone, working) if milestone.moved_from is None else milestone.moved_from


def _due(board: Board, milestone: Milestone, working: WorkingTime, asked: frozenset[int]) -> int | None:
    relative = read_relative(milestone.relative) if milestone.relative else None
    if relative is None or milestone.id in asked:  # two that hang on each other have no date
        return milestone.due
    event = event_of(board, milestone, relative, working, asked | {milestone.id})
    return milestone.due if event is None else counted(event, relative, working)


def circle(board: Board, milestone: Milestone) -> tuple[str, ...]:
    """Names from `milestone` round to itself if as it stands its date hangs on its own; empty if it does not.

    Followed is what is named in full: words that fit several milestones, or a meeting, have other ways to a date.
    """
    others = {
        _plain(each.name): each for each in board.milestones_of.get(milestone.card, ()) if each.id != milestone.id
    }
    own, here, way = _plain(milestone.name), milestone, [milestone.name]
    while (relative := read_relative(here.relative)) is not None and len(way) <= len(others) + 1:
        event = _plain(relative.event)
        if event == own and here is not milestone:
            return (*way, milestone.name)
        after = others.get(event)
        if after is None or after.reached_at is not None:
            break
        here = after
        way.append(after.name)
    return ()


def counted(event: int, relative: Relative, working: WorkingTime) -> int:
    """Close of business of the day a relative date comes to when its event lies at an instant.

    The event's own day does not count. Calendar days may end on a day off: the date is kept (rulebook §8).
    """
    if not relative.working:
        day = working.day_of(event) + (-relative.n if relative.before else relative.n)
        return working.close_of(day)
    if relative.before:
        return working.working_days_before(event, relative.n)
    return working.due_in_working_days(event, relative.n)


def event_of(
    board: Board, milestone: Milestone, relative: Relative, working: WorkingTime, asked: frozenset[int] = frozenset()
) -> int | None:
    """When the event of a relative date is, or was: the first on the card that its words fit; None: no date yet.

    Without words it is the card's initiation date. Else a milestone of the same name, a meeting, a milestone or a
    subtask with the words in its name, the card's own initiation, start and finish.
    """
    card = board.cards.get(milestone.card)
    if card is None:
        return None
    if not relative.event:
        return card.initiated_at if card.initiated_at is not None else card.created_at
    wanted = _plain(relative.event)
    others = [each for each in board.milestones_of.get(card.id, ()) if each.id != milestone.id]
    for same in (True, False):
        for each in others:
            name = _plain(each.name)
            if name == wanted if same else (wanted in name or (len(name) > 1 and name in wanted)):
                when = each.reached_at if each.reached_at is not None else _due(board, each, working, asked)
                if when is not None:
                    return when
        if same:
            found = next(_meetings(board, card.id, wanted), None)
            if found is not None:
                return found
    for subtask in board.subtasks_of.get(card.id, ()):
        if subtask.status != "cancelled" and _plain(subtask.name) == wanted:
            return subtask.handed_over_at or subtask.planned_finish
    return edge_of(relative.event, initiated=card.initiated_at, start=card.planned_start, finish=card.planned_finish)


def edge_of(event: str, *, initiated: int | None, start: int | None, finish: int | None) -> int | None:
    """When the event of a relative date is, as far as a card's own dates say; without words: its initiation."""
    if not event:
        return initiated
    wanted = _plain(event)
    edges = {"initiated": initiated, "start": start, "finish": finish}
    return next((edges[edge] for edge, words in _EDGES.items() if wanted in words), None)


_MEETINGS: dict[str, frozenset[str]] = {
    "kickoff": frozenset({"启动", "启动会", "啟動", "啟動會", "kickoff", "kick-off"}),
    "review": frozenset({"评审", "评审会", "評審", "評審會", "review"}),
    "acceptance": frozenset({"验收", "验收会", "驗收", "驗收會", "acceptance"}),
    "retro": frozenset({"复盘", "复盘会", "復盤", "復盤會", "retro"}),
}
_EDGES: dict[Literal["initiated", "start", "finish"], frozenset[str]] = {
    "initiated": frozenset({"发起", "發起", "需求发起", "需求發起", "立项", "立項", "initiation"}),
    "start": frozenset({"启动", "啟動", "开始", "開始", "开工", "開工", "start", "card start"}),
    "finish": frozenset({"完成", "结束", "結束", "finish", "card finish", "end"}),
}
"""Words for an event that is no record of its own."""


def _meetings(board: Board, card: int, wanted: str) -> Iterator[int]:
    """When the meetings the words fit ended, or begin; first ones first."""
    for each in board.meetings_of.get(card, ()):
        if each.state != "cancelled" and _fits(each, wanted):
            yield each.ended_at if each.ended_at is not None else each.starts


def _fits(meeting: Meeting, wanted: str) -> bool:
    return wanted in _MEETINGS.get(meeting.kind, ()) or wanted in _plain(meeting.name)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()) if not text.isascii() else (
        " ".join(text.casefold().split())
    )  # fmt: skip
