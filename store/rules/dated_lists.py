"""Lists of dated items in one cell: `11月15日:提交文案;11月22日:初稿`, `2026-07-20 方案定稿` (templates T1 and T5)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import msgspec

_DATE = r"(?:\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{1,2}\s*[-/月]\s*\d{1,2})\s*[日号號]?"
_TIME = r"(?:\s*\d{1,2}(?:[:：]\d{2}(?::\d{2})?|[点點时時]))?"
_HEAD = re.compile(
    rf"({_DATE}{_TIME}\s*(?:之前|以前|前)?)"
    # Directly behind 日 or 前 the item may begin; 至 and 到 make it a span, which is not one date.
    r"(?:\s*[:：,，、]\s*|\s+|$|(?<=[日号號前])(?=[^\W\d_至到]|[《“「]))"
)
_LABEL = re.compile(r"([^:：]{1,24})[:：]\s*(?=\S)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*\d{1,2}(?!\d)")


class DatedItem(msgspec.Struct, frozen=True):
    """One item: its date as written ("" if none stands before it), and its text."""

    date_text: str
    item: str


def split_dated_items(text: str) -> list[DatedItem]:
    """Cut a cell at `;`, `；` and line ends into its dated items, in order; empty ones are left out.

    A short label before a colon is handed over as the date even if it is none (`十月中旬:初稿`), so that
    reading it says what is unclear; an item with neither has date_text "".
    """
    items = []
    for part in re.split(r"[;；\r\n]+", text):
        entry = part.strip()
        if not entry:
            continue
        head = _HEAD.match(entry) or _LABEL.match(entry)
        items.append(DatedItem(head[1].strip(), entry[head.end() :].strip()) if head else DatedItem("", entry))
    return items


def context_year(values: Iterable[object]) -> int | None:
    """The year most of a sheet's dates say (texts with a four-digit year, date objects); the earliest said wins a tie.

    For `parse_when(..., year_context=...)`; None if no value says a year.
    """
    counts: dict[int, int] = {}
    for value in values:
        if isinstance(value, date):
            counts[value.year] = counts.get(value.year, 0) + 1
        elif isinstance(value, str):
            for year in _YEAR.findall(value):
                counts[int(year)] = counts.get(int(year), 0) + 1
    return max(counts, key=lambda year: counts[year]) if counts else None
