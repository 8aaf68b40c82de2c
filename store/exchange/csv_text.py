"""A csv file as a sheet: its encoding and its delimiter are told by what stands in it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable

from store.errors import ImportProblem
from store.exchange.headings import PAPERS, heading
from store.exchange.reading import MOST_FLAWS, Cell, Flaw, Row, Sheet, Weight, check_rows, letters, value_of


def _decoded(name: str, data: bytes) -> str:
    """The text of a csv file: UTF-16 with its mark, UTF-8, else GB18030 (GBK's larger form) or Big5.

    Nearly any bytes are GB18030. Big5 is believed where the headings of a paper can be read in it, and cannot in that.
    """
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    texts = [text for each in (("utf-16",) if marked else ("utf-8-sig",)) if (text := _as(data, each)) is not None]
    if not texts and not marked:
        # A NUL tells that these were no text.
        found = [text for each in ("gb18030", "cp950") if (text := _as(data, each)) is not None and "\0" not in text]
        texts = [text for text in found if _has_headings(text)] or found
    if not texts:
        raise ImportProblem("{file} is neither a workbook nor text in UTF-8 or GBK.", file=name)
    return texts[0]


def _as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _has_headings(text: str) -> bool:
    """Whether there are words between the first delimiters that papers have as headings or titles."""
    words = {heading(word.strip('"')) for word in re.split(r"[,;\t\n\r]", text[:4_000])}
    return any(not words.isdisjoint(paper.titles | paper.fields.keys()) for paper in PAPERS)


def csv_sheet(file: str, name: str, data: bytes) -> Sheet:
    """The rows of a csv file as a sheet of this name. Raises ImportProblem for what is no text, or is too large."""
    text = _decoded(file, data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows: list[Row] = []
    flaws: list[Flaw] = []
    weight = Weight(file)
    try:
        for number, line in enumerate(reader, 1):
            cells: dict[int, Cell] = {}
            for column, raw in enumerate(line):
                value = value_of(raw)
                if value is None:
                    continue
                place = f"{letters(column)}{number}"
                if (why := weight.refused(column, value)) is None:
                    cells[column] = Cell(value, place)
                elif len(flaws) < MOST_FLAWS:
                    flaws.append(Flaw(place, why))
            if cells:
                rows.append(Row(number, cells))
                check_rows(file, len(rows))
    except csv.Error as problem:
        raise ImportProblem("{file}, line {line}: {why}.", file=file, line=reader.line_num, why=problem) from None
    return Sheet(file, name, tuple(rows), tuple(flaws))


def _delimiter(text: str) -> str:
    """The delimiter under which most of the first rows have the same number of columns, and the most of them."""

    def score(delimiter: str) -> tuple[int, int]:
        widths = Counter(width for width in _widths(text, delimiter) if width > 1)
        if not widths:
            return 0, 0
        width, rows = max(widths.items(), key=lambda item: (item[1], item[0]))
        return rows, width

    return max(",\t;", key=score)


def _widths(text: str, delimiter: str) -> Iterable[int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for _, line in zip(range(30), reader, strict=False):
            yield len(line)
    except csv.Error:
        return
