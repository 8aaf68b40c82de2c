"""A paper as Markdown: headings, tables of pipes, every text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.exchange.papers.model import Block, Cell, Facts, Heading, Line, Paper, Table, spoken
from store.text import clean

_ACTS = re.compile(r"([\\`*_\[\]<>|~#&])")
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)")


def write_markdown(paper: Paper) -> bytes:
    """The paper in UTF-8; the first sheet's title is the document's."""
    out: list[str] = []
    for number, sheet in enumerate(paper.sheets):
        out += [f"{'#' if number == 0 or len(paper.sheets) > 1 else '##'} {escaped(sheet.title)}", ""]
        for block in sheet.blocks:
            out += [*_lines(block), ""]
    return ("\n".join(out).rstrip("\n") + "\n").encode()


def escaped(text: str) -> str:
    """One line of text that Markdown shows as it is."""
    return _LIST.sub(r"\1\\\2\3", _ACTS.sub(r"\\\1", clean(text)))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * (level + 1)} {escaped(text)}"
        case Line(text, bold, bullet):
            for number, line in enumerate(clean(text, lines=True).split("\n")):
                said = escaped(line)
                yield f"- {said}" if bullet and not number else f"**{said}**" if bold and said else said
                if not bullet:
                    yield ""
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
