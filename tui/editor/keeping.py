"""What is typed and not saved, as a draft on this machine: nothing is lost to a dropped line (screens.md §3.5)."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct

from store.records import LineKind
from tui.editor.page import Line, Page


class KeptLine(Struct, frozen=True):
    """A line that differs from the board: where it stands, what it says, and what it said on the board."""

    id: int
    item: int
    after: int
    kind: LineKind
    text: str
    base_kind: LineKind
    base_text: str


class Kept(Struct, frozen=True):
    """A page's unsaved words."""

    roll: str | None
    lines: tuple[KeptLine, ...]
    form: Literal[1] = 1


def draft_of(page: Page) -> str:
    """The unsaved words of a page as one text; "" if there are none."""
    kept = []
    for section in page.sections:
        before = 0
        for line in section.lines:
            if line.changed or line.waiting:
                kept.append(KeptLine(line.id, section.item.id, before, line.kind, line.text, *line.base))
            before = line.id
    roll = page.roll.text if page.roll.changed else None
    return msgspec.json.encode(Kept(roll, tuple(kept))).decode() if kept or roll is not None else ""


def last_words(draft: str) -> str:
    """The last line of a draft, or its attendance; "" if it is no draft of minutes."""
    try:
        kept = msgspec.json.decode(draft, type=Kept)
    except msgspec.DecodeError:
        return ""
    return kept.lines[-1].text if kept.lines else kept.roll or ""


def restore(page: Page, draft: str) -> int:
    """Put the words of a draft back on the page; gives how many lines that changed.

    What the board has by now stays out. Where the board's line is another one than the draft began with, the
    draft's stands below it.
    """
    try:
        kept = msgspec.json.decode(draft, type=Kept)
    except msgspec.DecodeError:
        return 0
    known = {line.id: line for line in page.lines()}
    count = 0
    for each in kept.lines:
        line = known.get(each.id)
        if line is None or (line.base != (each.base_kind, each.base_text) and line.text != each.text):
            count += _put_back(page, each, known)
        elif (line.kind, line.text) != (each.kind, each.text):
            line.kind, line.text = each.kind, each.text
            count += 1
    if kept.roll is not None and kept.roll != page.roll.text:
        page.roll.text = kept.roll
        count += 1
    page.version += 1
    return count


def _put_back(page: Page, each: KeptLine, known: dict[int, Line]) -> int:
    section = next((s for s in page.sections if s.item.id == each.item), None)
    if section is None or not each.text.strip():
        return 0
    line = Line(each.kind, each.text)
    theirs = known.get(each.id)
    if theirs is None:
        line.id = each.id
    last = section.lines[-1] if section.lines else None
    after = theirs or known.get(each.after) or last
    page.insert(section, after if after in section.lines else last, line)
    known[each.id] = line
    return 1
