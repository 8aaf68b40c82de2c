"""Sheets of an xlsx workbook: cells that hold something, dates by their format; nothing is computed.

Read here and not through openpyxl, which takes four times as long, knows no date formats of Chinese offices
(numbers 27-36 and 50-58), and refuses whole files for a style that other programs write. Styles, charts, macros
and links are passed over. A formula stands for the result its program saved; without one its cell is a flaw.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from store.errors import ImportProblem
from store.exchange import reading
from store.exchange.parts import Package
from store.exchange.reading import Cell, Flaw, Row, Sheet, Value
from store.text import clean

_DATES: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Numbers of built-in formats of dates and times, with those of Chinese and Japanese offices."""
_PERCENT: Final = frozenset({9, 10})
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_AREA: Final = re.compile(r"([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})")
_TRUE: Final = frozenset({"1", "true", "on"})
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - cells have no zone
_LAST_SERIAL: Final = 2_958_466
"""The day after 9999-12-31."""


def workbook_sheets(name: str, data: bytes) -> list[Sheet]:
    """The sheets in their order; raises ImportProblem, and anything else for a damaged file."""
    package = Package(name, data, "xl/")
    main = package.main()
    if not main.casefold().endswith(".xml"):
        raise ImportProblem("{file} is a binary workbook (xlsb). Save it as xlsx.", file=name)
    links = package.links(main)
    book = _Book(package, main)
    paths = dict(links.values())
    if "styles" in paths:
        book.read_styles(paths["styles"])
    if "sharedStrings" in paths:
        book.read_strings(paths["sharedStrings"])
    found = []
    for title, link, hidden in book.sheets:
        kind, path = links.get(link, ("", ""))
        if kind == "worksheet":
            page = _Page(book, hidden)
            package.walk(path, page.start, page.end, page.said)
            found.append(page.sheet(name, title))
    return found


class _Book:
    """What all sheets of a workbook share."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self.name = package.name
        self.sheets: list[tuple[str, str, bool]] = []
        """(title, id of its link, whether it is hidden)."""
        self.epoch = _EPOCH
        self.kinds: list[str] = []
        """Number of a cell's style -> `date`, `percent` or ""."""
        self.strings: list[str] = []
        self.weight = reading.Weight(package.name)
        package.walk(main, self._start)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            title = clean(attributes.get("name", ""))
            self.sheets.append((title, link, attributes.get("state", "visible") != "visible"))
        elif tag == "workbookPr" and attributes.get("date1904", "") in _TRUE:
            self.epoch = _EPOCH_1904

    def read_styles(self, path: str) -> None:
        """Which styles show dates, which percentages."""
        codes: dict[str, str] = {}
        inside = False

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            if tag == "numFmt":
                codes[attributes["numFmtId"]] = attributes.get("formatCode", "")
            elif tag == "cellXfs":
                inside = True
            elif tag == "xf" and inside:
                number = attributes.get("numFmtId", "0")
                self.kinds.append(_kind(codes[number]) if number in codes else _built_in(int(number)))

        def end(tag: str) -> None:
            nonlocal inside
            inside = inside and tag != "cellXfs"

        self._package.walk(path, start, end)

    def read_strings(self, path: str) -> None:
        """The texts that cells name by their number."""
        text = _Text()

        def start(tag: str, _attributes: dict[str, str]) -> None:
            if tag == "si":
                text.parts = []
            text.start(tag)

        def end(tag: str) -> None:
            text.end(tag)
            if tag == "si":
                self.strings.append(clean("".join(text.parts), lines=True).strip())

        self._package.walk(path, start, end, text.said)


class _Text:
    """The text of `t` elements, without the readings (`rPh`) that stand above Japanese words."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.collects = self._reading = False

    def start(self, tag: str) -> None:
        if tag == "rPh":
            self._reading = True
        elif tag == "t":
            self.collects = not self._reading

    def end(self, tag: str) -> None:
        if tag == "rPh":
            self._reading = False
        elif tag == "t":
            self.collects = False

    def said(self, text: str) -> None:
        if self.collects:
            self.parts.append(text)


def _built_in(number: int) -> str:
    return "date" if number in _DATES else "percent" if number in _PERCENT else ""


@lru_cache(maxsize=512)
def _kind(code: str) -> str:
    """What a format shows. Only its first section counts; quoted words and colours say nothing."""
    plain = _QUOTED.sub("", code.split(";", maxsplit=1)[0])
    if "%" in plain:
        return "percent"
    return "date" if re.search(r"[ymdhs]", plain, re.IGNORECASE) and "general" not in plain.casefold() else ""


class _Page:
    """One sheet on its way through the parser."""

    def __init__(self, book: _Book, hidden: bool) -> None:
        self._book, self._hidden = book, hidden
        self._text = _Text()
        self._number = self._column = 0
        self._row: dict[int, Cell] = {}
        self._rows: list[Row] = []
        self._hidden_rows: list[int] = []
        self._flaws: list[Flaw] = []
        self._place, self._type, self._style = "", "n", 0
        self._formula = self._row_hidden = False
        self._columns: dict[str, int] = {}
        self._merged: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._cell(attributes)
        elif tag == "v":
            self._text.parts = []
            self._text.collects = True
        elif tag == "row":
            self._number = int(attributes["r"]) if "r" in attributes else self._number + 1
            self._column, self._row = 0, {}
            self._row_hidden = attributes.get("hidden", "") in _TRUE
        elif tag == "f":
            self._formula = True
        elif tag == "mergeCell":
            self._merged.append(attributes["ref"])
        else:
            self._text.start(tag)

    def _cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r", "")
        if place:
            name = place.rstrip("0123456789")
            if name not in self._columns:
                self._columns[name] = reading.column_of(name)
            self._column = self._columns[name]
        self._place = place or f"{reading.letters(self._column)}{self._number}"
        self._type = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._formula = False
        self._text.parts = []

    def end(self, tag: str) -> None:
        if tag == "c":
            self._take()
            self._column += 1
        elif tag == "v":
            self._text.collects = False
        elif tag == "row":
            if self._row:
                self._rows.append(Row(self._number, self._row))
                reading.check_rows(self._book.name, len(self._rows))
                if self._row_hidden:
                    self._hidden_rows.append(self._number)
        else:
            self._text.end(tag)

    def said(self, text: str) -> None:
        if self._text.collects:
            self._text.parts.append(text)

    def _take(self) -> None:
        text = "".join(self._text.parts)
        if self._type == "e" or (self._formula and not text):
            problem = "The formula here has no result: {value}." if text else "The formula here was never computed."
            self._flaw(ImportProblem(problem, value=clean(text)[:20]))
            return
        kind = self._book.kinds[self._style] if 0 <= self._style < len(self._book.kinds) else ""
        value = _value(self._type, text, kind, self._book)
        if value is None:
            return
        if (why := self._book.weight.refused(self._column, value)) is not None:
            self._flaw(why)
        else:
            self._row[self._column] = Cell(value, self._place, kind == "percent")

    def _flaw(self, why: ImportProblem) -> None:
        if len(self._flaws) < reading.MOST_FLAWS:
            self._flaws.append(Flaw(self._place, why))

    def _fill(self) -> None:
        """A cell merged over several rows stands in each of them that says something."""
        rows = {row.number: row.cells for row in self._rows}
        last = max(rows, default=0)
        for area in self._merged:
            found = _AREA.fullmatch(area)
            if found is None:
                continue
            column, top, bottom = reading.column_of(found[1]), int(found[2]), min(int(found[3]), last)
            cell = rows.get(top, {}).get(column)
            if cell is None or bottom <= top:
                continue
            self._book.weight.add(bottom - top, 0)
            for number in range(top + 1, bottom + 1):
                if number in rows:
                    rows[number].setdefault(column, cell)

    def sheet(self, file: str, title: str) -> Sheet:
        """What was read."""
        self._fill()
        return Sheet(file, title, tuple(self._rows), tuple(self._flaws), self._hidden, tuple(self._hidden_rows))


def _value(kind: str, text: str, shown: str, book: _Book) -> Value | None:
    """A cell's value by its type and how it is shown; None for an empty one."""
    if kind in {"s", "inlineStr", "str"}:
        return (book.strings[int(text)] or None if kind == "s" else reading.value_of(text)) if text else None
    if not text.strip():
        return None
    if kind == "b":
        return "TRUE" if text.strip() in _TRUE else "FALSE"
    if kind == "d":
        return datetime.fromisoformat(text.strip().removesuffix("Z"))
    number = float(text)
    if shown == "date":
        return _moment(number, book.epoch)
    return reading.value_of(number)


def _moment(number: float, epoch: datetime) -> Value:
    """A date; of less than a day the time. What is no date of the calendar stays the number it is."""
    if 0 <= number < 1:
        seconds = round(number * 86_400)
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    if not 0 < number < _LAST_SERIAL - (epoch - _EPOCH).days:
        return number
    return epoch + timedelta(seconds=round(number * 86_400))
