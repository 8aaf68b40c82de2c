"""A paper as Markdown: headings, tables of pipes, every text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from store.exchange.papers.model import Block, Cell, Facts, Heading, Line, Paper, Table, spoken
from store.text import clean

_ACTS = re.compile(r"([\\`*_\[\]<>|~#&])")
_LIST = re.compile(r"^(\s*)(\d*)([-+.)])(\s)")


def write_markdown(paper: Paper) -> bytes:
    """The paper in UTF-8; the first sheet's title is the document's."""
    out: list[str] = []
    for number, sheet in enumerate(paper.sheets):
        out += [f"{'#' if number == 0 or len(paper.sheets) > 1 else '##'} {escaped(sheet.title)}", ""]
        for block, after in zip_longest(sheet.blocks, sheet.blocks[1:]):
            listed = isinstance(after, Line) and isinstance(block, Line) and not block.bold and _in_list(after)
            out += [*_lines(block), *([] if listed else [""])]
    return ("\n".join(out).rstrip("\n") + "\n").encode()


def _in_list(line: Line) -> bool:
    return line.bullet or line.number > 1


def escaped(text: str) -> str:
    """One line of text that Markdown shows as it is."""
    return _LIST.sub(r"\1\2\\\3\4", _ACTS.sub(r"\\\1", clean(text)))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * (level + 1)} {escaped(text)}"
        case Line(text, bold, bullet, number):
            said = [escaped(line) for line in clean(text, lines=True).split("\n")]
            mark = "- " if bullet else f"{number}. " if number else ""
            yield f"**{said[0]}**" if bold and said[0] else mark + said[0]
            yield from (" " * len(mark) + each for each in said[1:])
        case Facts(rows, head):
            yield from _table(head or ("", ""), rows)
        case Table(columns, rows):
            yield from _table([column.title for column in columns], rows)


def _table(titles: tuple[str, ...] | list[str], rows: tuple[tuple[Cell, ...], ...]) -> Iterator[str]:
    yield f"| {' | '.join(map(escaped, titles))} |"
    yield f"|{'|'.join(' --- ' for _ in titles)}|"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"


def _cell(cell: Cell) -> str:
    return "<br>".join(escaped(line) for line in clean(spoken(cell), lines=True).split("\n"))
