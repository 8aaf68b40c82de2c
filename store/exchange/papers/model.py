"""What a paper holds, whatever file it becomes: sheets of headings, lines, facts and tables (rulebook §9).

A writer turns a Paper into bytes and decides nothing about its contents; who fills it in says all words, in the
reader's language. Texts are record texts as they stand; a writer draws them literally.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

Value = str | int | float | date | datetime | None
"""What a cell holds: text, a number, a date, or a date and time in the board's own zone (naive)."""


class Share(Struct, frozen=True):
    """A percentage 0-100 in a cell: a number there, `80%` in text."""

    percent: int


Cell = Value | Share


class Heading(Struct, frozen=True):
    """A heading inside a sheet; `level` 1 is the widest."""

    text: str
    level: int = 1


class Line(Struct, frozen=True):
    """One paragraph. `bold` for what stands above a list; a `bullet` or a `number` (from 1) stands in one."""

    text: str
    bold: bool = False
    bullet: bool = False
    number: int = 0


class Facts(Struct, frozen=True):
    """Labels with their values, a row each. `head`: the two words above them, where the form has such."""

    rows: tuple[tuple[str, Cell], ...]
    head: tuple[str, str] | None = None


class Column(Struct, frozen=True):
    """A column of a table: its title, and its width in characters of half width."""

    title: str
    width: int = 16


class Table(Struct, frozen=True):
    """Columns and rows; each row has as many cells as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


Block = Heading | Line | Facts | Table


class Sheet(Struct, frozen=True):
    """One page of a paper, or one sheet of a workbook: its fixed title and what stands on it."""

    title: str
    blocks: tuple[Block, ...]


class Paper(Struct, frozen=True):
    """A paper: the stem of its file's name, the language it is in (`en`, `zh_Hans`, `zh_Hant`) and its sheets."""

    name: str
    lang: str
    sheets: tuple[Sheet, ...]


def spoken(cell: Cell) -> str:
    """A cell in text: dates as `2026-10-12`, with a time `2026-10-12 18:00`, percentages with their sign."""
    match cell:
        case None:
            return ""
        case Share(percent):
            return f"{percent}%"
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case float():
            return f"{cell:g}"
        case _:
            return str(cell)
