"""A paper as a workbook: the title across, forms as label and value, tables under a frozen heading, real dates.

openpyxl is imported here, and this module only when somebody exports. No text of a record can become a formula:
every text is written as text, and what a spreadsheet program would take for one when it is typed again (`=`, `+`,
`-`, `@` first) is marked as quoted.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from store.exchange.papers.model import Block, Cell, Column, Facts, Heading, Line, Paper, Share, Sheet, Table, spoken
from store.text import clean

_ACTS: Final = re.compile(r"^\s*[=+\-@\t\r]")
_MOST: Final = 32_767
"""Characters a cell can hold."""
_FACTS: Final = (Column("", 16), Column("", 72))
_SIDE: Final = Side(style="thin", color="999999")
_LINE: Final = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_GREY: Final = PatternFill("solid", fgColor="E7E6E6")
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top", horizontal="left")
_LINE_HEIGHT: Final = 16.5
"""Points of one line of text."""
_TALLEST: Final = 400.0
"""Points a row may have at most."""
_FONTS: Final = {"zh_Hans": "宋体", "zh_Hant": "新細明體"}


def write_xlsx(paper: Paper) -> bytes:
    """The workbook. A sheet of one table can be filtered, and its heading stays in sight."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in paper.sheets:
        _Page(book.create_sheet(_tab(sheet.title, book.sheetnames)), _FONTS.get(paper.lang, "Calibri")).fill(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _tab(title: str, taken: Sequence[str]) -> str:
    """A name a sheet may have: 31 characters, none of those that mean something, no double."""
    plain = re.sub(r"[\[\]:*?/\\]", "-", clean(title)).strip("' ")[:28] or "1"
    folded = {name.casefold() for name in taken}
    return next(name for n in range(1, 100) if (name := plain if n == 1 else f"{plain} {n}").casefold() not in folded)


def _cells(text: str) -> int:
    """How wide a line is, in characters of half width."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


class _Page:
    """One sheet being written, from top to bottom."""

    def __init__(self, page: Worksheet, font: str) -> None:
        self._page, self._font = page, font
        self._row = 0
        self._across = 2
        self._widths: list[int] = []

    def fill(self, sheet: Sheet) -> None:
        tables = [block for block in sheet.blocks if isinstance(block, Table)]
        columns = max((block.columns for block in tables), key=len, default=_FACTS)
        if len(columns) < 2:  # a form's values need a column of their own
            columns = _FACTS
        self._across = max(2, len(columns))
        self._widths = [column.width for column in columns]
        for number, column in enumerate(columns, 1):
            self._page.column_dimensions[get_column_letter(number)].width = column.width + 2
        self._heading(sheet.title, 14)
        for block in sheet.blocks:
            self._block(block)
        if len(tables) == 1 and len(sheet.blocks) == 1:
            self._page.freeze_panes = "A3"
            self._page.auto_filter.ref = f"A2:{get_column_letter(self._across)}{self._row}"
        self._page.print_title_rows = "1:2"
        self._page.page_setup.orientation = "landscape" if self._across > 5 else "portrait"
        self._page.page_setup.paperSize = "9"
        self._page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self._page.page_setup.fitToHeight = 0

    def _block(self, block: Block) -> None:
        match block:
            case Heading(text):
                self._heading(text, 12)
            case Line(text):
                self._row += 1
                self._write(1, text, lined=False)
                self._merge(1)
            case Facts(rows, head):
                if head is not None:
                    self._cells(head, bold=True)
                for label, value in rows:
                    self._row += 1
                    self._write(1, label, bold=True)
                    self._stretch(1, label)
                    self._write(2, value)
                    self._merge(2)
            case Table(columns, found):
                self._cells([column.title for column in columns], bold=True)
                for cells in found:
                    self._cells(cells)

    def _heading(self, text: str, size: int) -> None:
        self._row += 1
        self._write(1, text, lined=False)
        cell = self._page.cell(self._row, 1)
        cell.font = Font(name=self._font, size=size, bold=True)
        if self._row == 1:
            cell.alignment = Alignment(horizontal="center", vertical="center")
        self._merge(1)
        self._page.row_dimensions[self._row].height = max(28.0, self._page.row_dimensions[self._row].height or 0)

    def _cells(self, cells: Sequence[Cell], *, bold: bool = False) -> None:
        self._row += 1
        for number, value in enumerate(cells, 1):
            self._write(number, value, bold=bold)
            self._stretch(number, spoken(value))

    def _write(self, column: int, value: Cell, *, bold: bool = False, lined: bool = True) -> None:
        cell = self._page.cell(self._row, column)
        cell.font = Font(name=self._font, size=11, bold=bold)
        cell.alignment = _WRAPPED
        if lined:
            cell.border = _LINE
        if bold:
            cell.fill = _GREY
        match value:
            case Share(percent):
                cell.value = percent / 100
                cell.number_format = "0%"
            case datetime():
                cell.value = value
                cell.number_format = "yyyy-mm-dd hh:mm"
            case date():
                cell.value = value
                cell.number_format = "yyyy-mm-dd"
            case str():
                text = clean(value, lines=True)[:_MOST]
                cell.value = text
                cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
                cell.quotePrefix = bool(_ACTS.match(text))
            case _:
                cell.value = value

    def _stretch(self, column: int, text: str, across: int = 1) -> None:
        """Make the row high enough for a text over these columns: no program does it for merged cells."""
        width = sum(self._widths[column - 1 : column - 1 + across])
        lines = sum(max(1, math.ceil(_cells(line) / max(1, width))) for line in text.split("\n"))
        dimension = self._page.row_dimensions[self._row]
        height = min(_TALLEST, lines * _LINE_HEIGHT)
        dimension.height = max(dimension.height or 0, height)

    def _merge(self, first: int) -> None:
        """What stands in this column goes on to the right edge of the sheet."""
        value = self._page.cell(self._row, first).value
        self._stretch(first, str(value or ""), self._across - first + 1)
        if self._across > first:
            self._page.merge_cells(start_row=self._row, start_column=first, end_row=self._row, end_column=self._across)
