"""What one cell says: a date, a percentage, a state, names. Each raises ImportProblem (or DateProblem) if unclear."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from datetime import date, datetime

from store.errors import DateProblem, ImportProblem
from store.exchange.headings import simplified
from store.exchange.reading import Cell, Value
from store.rules.dated_lists import context_year
from store.rules.people_dates import When, parse_when
from store.rules.working_time import WorkingTime

_TYPES = {
    "专项": "special", "常规": "routine", "紧急": "urgent", "日常": "routine",
    "specialtask": "special", "routinetask": "routine", "urgenttask": "urgent",
}  # fmt: skip
_PRIORITIES = {
    "高": "high", "中": "medium", "低": "low", "普通": "medium", "一般": "medium",
    "high": "high", "medium": "medium", "low": "low",
}  # fmt: skip
STAGES = {
    "未开始": "active", "进行中": "active", "受阻": "active", "滞后": "active", "逾期": "active",
    "待验收": "acceptance", "验收中": "acceptance", "已完成": "completed", "完成": "completed",
    "已取消": "cancelled", "取消": "cancelled",
    "notstarted": "active", "inprogress": "active", "blocked": "active", "lagging": "active",
    "tobeaccepted": "acceptance", "done": "completed", "cancelled": "cancelled",
}  # fmt: skip
"""State as the register writes it -> stage of the card (rulebook §3, last clause of Status)."""

_SEPARATORS = re.compile(r"[、,，;；/／\n]+")
_MARKS = re.compile(r"[;；,，、()（）\[\]]")
_PARTING = re.compile(r"[;；,，、:：]")
_MOST_JOINED = 6
"""Parts of a list that may be one name."""
WRITTEN_DAY = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?")
"""A date in a sentence of our own papers."""
NOTHING = frozenset(
    {"", "/", "\\", "-", "--", "—", "——", "－", "／", "无", "暂无", "没有", "無", "暫無", "沒有", "none", "n/a"}
)
"""What people write in a cell to say that there is nothing."""
_BRACKETED = re.compile(r"(.+?)\s*[(（](.*)[)）]\s*")

_BRACKETED_ONCE = re.compile(r"(.+?)\s*[(（][^()（）]*[)）]\s*")


class Dates:
    """Reads dates in the board's time zone; `year` is meant where a date has none."""

    def __init__(self, working: WorkingTime, progress_minutes: int, now: int, year: int | None) -> None:
        """`progress_minutes` after midnight is when an entry of a day without a time is dated."""
        self._working, self._progress_minutes, self._now, self._year = working, progress_minutes, now, year
        self._read: dict[tuple[Value, bool], When] = {}

    def _when(self, value: Value, *, close: bool = True) -> When:
        """A date of the paper, which may stand in thousands of its rows."""
        found = self._read.get((value, close))
        if found is None:
            found = self._read[value, close] = self._lasting(value, close=close)
        return found

    def _lasting(self, value: Value, *, close: bool) -> When:
        """What a date says whenever it is read. "Tomorrow" on paper says nothing to who reads it later: unclear."""
        try:
            found = parse_when(value, self._now, self._working, year_context=self._year, close=close)
            year = date.fromordinal(found.ordinal).year
            # Ten days and an hour later, in the same year: whatever moves then was said relative to "now".
            later = parse_when(value, self._now + 10 * 86_400 + 3_600, self._working, year_context=year, close=close)
        except DateProblem as problem:
            if problem.reason == "unknown":
                raise self._unknown(value) from None
            raise
        if later != found:
            raise self._unknown(value)
        return found

    @staticmethod
    def _unknown(value: Value) -> DateProblem:
        return DateProblem('"{value}" is not a date of the calendar. Write 2026-10-12.', value=short(str(value)))

    def finish(self, value: Value) -> int:
        """When something is due: close of business unless a time is said. Raises DateProblem."""
        return self._when(value).epoch

    def start(self, value: Value) -> int:
        """When something begins: the start of the day unless a time is said. Raises DateProblem."""
        return self._when(value, close=False).epoch

    def point(self, value: Value) -> int:
        """When something was reported: the daily progress point unless a time is said. Raises DateProblem."""
        found = self._when(value)
        return found.epoch if found.had_time else self._working.at(found.ordinal, self._progress_minutes)

    def undated(self) -> int:
        """The instant of the import, for what has no date of its own: never that of a dated row of today."""
        return self._now

    def day_of(self, instant: int) -> int:
        """The ordinal of the local date at an instant."""
        return self._working.day_of(instant)


def year_of(cells: Iterable[Cell]) -> int | None:
    """The year the other dates of the paper say."""
    return context_year([cell.value for cell in cells if isinstance(cell.value, str | date | datetime)])


def percent(cell: Cell) -> int:
    """A percentage 0-100, rounded down: 80, "80%", "８０％", 0.8 in a cell formatted as a percentage."""
    value: float
    if isinstance(cell.value, int | float):
        value = cell.value * 100 if cell.percent else cell.value
    else:
        found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)\s*%?", unicodedata.normalize("NFKC", cell.text).strip())
        if found is None:
            raise ImportProblem('"{value}" is not a percentage.', value=short(cell.text))
        value = float(found[1])
        if 0 < value < 1 and "%" not in cell.text:
            raise ImportProblem('"{value}" may be a share or a percentage. Write 80 for 80%.', value=cell.text)
    if 0 < value < 1 and not cell.percent and isinstance(cell.value, float):
        raise ImportProblem('"{value}" may be a share or a percentage. Write 80 for 80%.', value=cell.text)
    if not 0 <= value <= 100:
        raise ImportProblem("{value} is not between 0 and 100.", value=short(cell.text))
    # 0.29 * 100 is 28.999…: what a person typed as 29 % must stay 29.
    return int(value + 1e-6)


def stage(text: str) -> str:
    """The card's stage for a state of the register."""
    found = STAGES.get(simplified(text))
    if found is None:
        raise ImportProblem(
            '"{value}" is not a state. Known are 未开始, 进行中, 受阻, 待验收, 已完成, 已取消.', value=short(text)
        )
    return found


def card_type(text: str) -> str:
    """special, routine or urgent."""
    found = _TYPES.get(simplified(text).removesuffix("任务"))
    if found is None:
        raise ImportProblem('"{value}" is not a type. Known are 专项任务, 常规任务, 紧急任务.', value=short(text))
    return found


def priority(text: str) -> str:
    """high, medium or low."""
    found = _PRIORITIES.get(simplified(text).removesuffix("优先级"))
    if found is None:
        raise ImportProblem('"{value}" is not a priority. Known are 高, 中, 低.', value=short(text))
    return found


def said(text: str) -> str:
    """A text without blanks around its lines and empty ones; "" for what people write to say that there is nothing."""
    plain = "\n".join(filter(None, map(str.strip, text.splitlines())))
    return "" if plain.casefold() in NOTHING else plain


def on_paper(text: str) -> str:
    """What of a text every paper carries: its words. Where blanks, lines and marks differ it is the same entry."""
    return " ".join(_MARKS.sub(" ", said(text)).split())


def one_part(text: str) -> str:
    """A text as one part of a list whose parts have parts: blanks in place of all that parts them."""
    return " ".join(_PARTING.sub(" ", text).split())


def names(text: str, known: Container[str] = ()) -> list[str]:
    """The names in a list of people, each once, in order; a `known` one may hold what stands between names."""
    return list(dict.fromkeys(_listed(text, list(_SEPARATORS.finditer(text)), known)))


def _listed(text: str, marks: list[re.Match[str]], known: Container[str]) -> Iterator[str]:
    """The parts between these marks; several of them together where they are a known name."""
    begins = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(text)]
    at = 0
    while at < len(begins):
        longest = range(min(len(ends), at + _MOST_JOINED) - 1, at, -1)
        end = next((n for n in longest if _known(text[begins[at] : ends[n]].strip(), known)), at)
        if part := text[begins[at] : ends[end]].strip():
            yield part
        at = end + 1


def _known(part: str, known: Container[str]) -> bool:
    """Whether a part of a list is a known name, whatever stands in brackets behind it."""
    bracketed = _BRACKETED_ONCE.fullmatch(part)
    return part in known or (bracketed is not None and bracketed[1] in known)


def departments(text: str, known: Container[str] = ()) -> list[tuple[str, str]]:
    """Departments, each with what stands in brackets behind it: `市场部(提供文案、品牌规范)、销售部`."""
    depth, at, marks = 0, 0, []
    separators = {mark.start(): mark for mark in _SEPARATORS.finditer(text)}
    for at, char in enumerate(text):
        depth += (char in "(（") - (char in ")）" and depth > 0)
        if depth == 0 and at in separators:
            marks.append(separators[at])
    found: dict[str, str] = {}
    for part in _listed(text, marks, known):
        bracketed = None if part in known else _BRACKETED.fullmatch(part)
        name, duty = (bracketed[1].strip(), bracketed[2].strip()) if bracketed else (part, "")
        found[name] = found.get(name) or duty
    return list(found.items())


def most_revisions(text: str) -> int | None:
    """The number in `修改次数不超过2次`."""
    found = re.search(r"修改(?:次数)?(?:不超过|最多|不多于|至多)\s*(\d{1,2})\s*次", simplified(text))
    return int(found[1]) if found else None


def short(text: str, width: int = 60) -> str:
    """Text for a sentence: one line, cut with `~`."""
    line = " ".join(text.split())
    return line if len(line) <= width else f"{line[: width - 1]}~"
