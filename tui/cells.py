"""Text measured and cut in terminal cells: a Chinese character is two wide. Pure, no Textual.

Everything here cleans what it is given (`store.text.clean`), so that what it returns is as wide on the
terminal as it says. Cut text ends in `~`; never `…`, which is one cell here and two there (screens 2).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal

from rich.cells import cell_len, get_character_cell_size

from store.text import clean

CUT: Final = "~"
LONG: Final = 400
"""Longer texts are cut anew each time: a cache of them would hold whole minutes."""
Align = Literal["left", "right"]

_NOT_FIRST: Final = "，。、；：！？）】》」』”’…—％·,.;:!?)]}%"
_NOT_LAST: Final = "（【《「『“‘([{"
_FAR: Final = "\u2e80"
"""From here on characters are Chinese or like it: a line may break before and behind each."""


def width(text: str) -> int:
    """Cells that `text` takes on one line."""
    if text.isascii() and text.isprintable():
        return len(text)
    return cell_len(text)


def cut(text: str, cells: int) -> str:
    """`text` in at most `cells` cells, its end replaced by `~` if it is longer.

    A wide character is never split: if one cell is left before the `~`, it is a blank.
    """
    text = clean(text)
    if width(text) <= cells:
        return text
    if cells <= 0:
        return ""
    head, used = _head(text, cells - 1)
    return head + " " * (cells - 1 - used) + CUT


def cut_left(text: str, cells: int) -> str:
    """As `cut`, but the beginning goes: `~营销-2026-001`. For ids, whose end tells them apart."""
    text = clean(text)
    if width(text) <= cells:
        return text
    if cells <= 0:
        return ""
    tail, used = _tail(text, cells - 1)
    return CUT + " " * (cells - 1 - used) + tail


def fit(text: str, cells: int, align: Align = "left", cut_at: Align = "right") -> str:
    """`text` in exactly `cells` cells: padded with blanks, or cut at its right (or left) end."""
    if len(text) <= cells and text.isascii() and text.isprintable():
        return text.rjust(cells) if align == "right" else text.ljust(cells)
    return (_fit_known if len(text) <= LONG else _fit)(text, cells, align, cut_at)


def _fit(text: str, cells: int, align: Align, cut_at: Align) -> str:
    short = cut(text, cells) if cut_at == "right" else cut_left(text, cells)
    pad = " " * (cells - width(short))
    return pad + short if align == "right" else short + pad


_fit_known = lru_cache(maxsize=8192)(_fit)


def wrap(text: str, cells: int, max_lines: int | None = None) -> list[str]:
    """`text` in lines of at most `cells` cells each; at most `max_lines`, the last one then cut with `~`.

    Line breaks of the text stand. A Chinese line may end anywhere, but none begins with `，。、；：！？）】》」』`
    and the like, or ends with an opening bracket, unless a single piece is wider than the line. An empty
    text gives one empty line; `cells` below 2 counts as 2, the width of one character.
    """
    cells = max(2, cells)
    lines: list[str] = []
    for paragraph in clean(text, lines=True).split("\n"):
        for line in _wrap_line(paragraph, cells):
            if max_lines is not None and len(lines) >= max_lines:
                lines[-1:] = [cut(last + " ", cells) if width(last) == cells else last + CUT for last in lines[-1:]]
                return lines
            lines.append(line)
    return lines


def _wrap_line(text: str, cells: int) -> Iterator[str]:
    if not text:
        yield ""
    start = 0
    for end in row_ends(text, 0, len(text), cells):
        line = text[start:end].rstrip()
        if line or end == len(text):
            yield line
        start = end


def row_ends(text: str, start: int, end: int, cells: int) -> Iterator[int]:
    """Where the rows of the clean line `text[start:end]` end, the last one at `end`.

    Blanks that find no room hang over the end of their row. `cells` is 2 at least.
    """
    # No pattern: compiling one for so many characters costs a start 4 ms, and only the ends of rows matter.
    while start < end:
        at = start + len(_head(text[start : min(end, start + 4 * cells)], cells)[0])
        if at < end and not text[at].isspace():
            full = at
            while at > start and not _may_break(text, at):
                at -= 1
            at = full if at == start else at
        while at < end and text[at].isspace():
            at += 1
        yield at
        start = at


def _may_break(text: str, at: int) -> bool:
    """Whether a row may begin with the character at `at`, which is no blank."""
    here, before = text[at], text[at - 1]
    if before.isspace():
        return True
    if here in _NOT_FIRST or before in _NOT_LAST or not get_character_cell_size(here):
        return False
    if here in _NOT_LAST or here >= _FAR:
        return True
    while at > 1 and before in _NOT_FIRST:  # closing marks belong to what stands before them
        at -= 1
        before = text[at - 1]
    return before >= _FAR and not before.isspace()


def _head(text: str, cells: int) -> tuple[str, int]:
    """The longest beginning of clean `text` in at most `cells` cells, and its width."""
    if text.isascii():
        return text[:cells], min(cells, len(text))
    used = 0
    for at, character in enumerate(text):
        wide = get_character_cell_size(character)
        if used + wide > cells:
            return text[:at], used
        used += wide
    return text, used


def _tail(text: str, cells: int) -> tuple[str, int]:
    """The longest end of clean `text` in at most `cells` cells, and its width."""
    used, at = 0, len(text)
    while at:
        wide = get_character_cell_size(text[at - 1])
        if used + wide > cells:
            break
        used += wide
        at -= 1
    while at < len(text) and not get_character_cell_size(text[at]):
        at += 1  # a combining mark must not be parted from the letter it stands on
    return text[at:], used
