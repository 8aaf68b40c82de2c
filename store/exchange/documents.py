"""Word files as rows: every paragraph a row of one cell, every table row a row of its cells, in the order they stand.

Text inside content controls and text that was inserted with changes tracked counts; deleted text, drawings and text
boxes do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from store.errors import ImportProblem
from store.exchange.parts import Package
from store.exchange.reading import Weight
from store.text import clean

MOST_LINES = 20_000
MOST_SPAN: Final = 200
"""Columns a cell is believed to cover."""
_PASSED_OVER: Final = frozenset({"del", "moveFrom", "drawing", "pict", "object", "instrText"})
_BREAKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def document_rows(name: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    """(number from 1, texts of the cells that hold any) of each paragraph and table row that says something.

    A merged cell comes once in its row, and in every row it covers. Raises ImportProblem for what is too long or no
    document, and anything else for a damaged file.
    """
    package = Package(name, data, "word/")
    page = _Page(name)
    package.walk(package.main(), page.start, page.end, page.said)
    for number, cells in enumerate(page.lines, 1):
        texts = [clean(cell, lines=True).strip() for cell in cells]
        if any(texts):
            yield number, [text for text in texts if text] if len(texts) < 3 else texts


class _Page:
    """A document on its way through the parser."""

    def __init__(self, name: str) -> None:
        self._name, self._weight = name, Weight(name)
        self.lines: list[list[str]] = []
        self._depth = self._skipped = 0
        """Tables inside each other; elements inside one that is passed over."""
        self._runs: list[str] = []
        self._in_run = self._collects = False
        self._paragraphs: list[str] = []
        self._cells: list[str] = []
        self._above: dict[int, str] = {}
        """Column -> the text of the cell that may go on below."""
        self._column, self._span, self._goes_on = 0, 1, False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipped or tag in _PASSED_OVER:
            self._skipped += 1
        elif tag == "t":
            self._collects = True
        elif tag == "r":
            self._in_run = True
        elif tag in _BREAKS:
            if self._in_run:  # a tab stop of the paragraph's style has this name too
                self._runs.append(_BREAKS[tag])
        elif tag == "p":
            self._runs = []
        elif tag == "tbl":
            self._depth += 1
            if self._depth == 1:
                self._above = {}
        elif self._depth == 1:
            self._table(tag, attributes)

    def _table(self, tag: str, attributes: dict[str, str]) -> None:
        said = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "val"), "")
        if tag == "tr":
            self._cells, self._column = [], 0
        elif tag == "tc":
            self._paragraphs, self._span, self._goes_on = [], 1, False
        elif tag == "gridSpan":
            self._span = max(1, min(int(said), MOST_SPAN))
        elif tag == "vMerge":
            self._goes_on = said != "restart"

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag == "t":
            self._collects = False
        elif tag == "r":
            self._in_run = False
        elif tag == "p":
            text, self._runs = "".join(self._runs), []
            if self._depth:
                self._paragraphs.append(text)
            else:
                self._line([text])
        elif tag == "tbl":
            self._depth -= 1
        elif self._depth == 1 and tag == "tc":
            text = self._above.get(self._column, "") if self._goes_on else "\n".join(self._paragraphs)
            self._above[self._column] = text
            self._cells.append(text)
            self._column += self._span
        elif self._depth == 1 and tag == "tr":
            self._line(self._cells)

    def said(self, text: str) -> None:
        if self._collects and not self._skipped:
            self._runs.append(text)

    def _line(self, texts: list[str]) -> None:
        self.lines.append(texts)
        self._weight.add(len(texts), sum(map(len, texts)))
        if len(self.lines) > MOST_LINES:
            raise ImportProblem("{file} has more than {most} lines.", file=self._name, most=MOST_LINES)
