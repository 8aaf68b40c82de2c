"""A file from outside as named sheets of cells: xlsx, docx, and csv in UTF-8, UTF-16, GBK or Big5.

What a file is, is told by its content, not by its name. Every text is cleaned here, at the door
(`store.text.clean`); what a sheet means is for `store.exchange.recognise`.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from msgspec import Struct

from store.errors import ImportProblem
from store.text import clean

MOST_BYTES = 50_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_CELLS = 1_000_000
"""Cells of one file."""
MOST_CHARACTERS = 60_000_000
"""Characters of one file, those of a text that stands in many cells counted in each."""
MOST_TEXT = 200_000
"""Characters of one cell; a record keeps no longer text."""
MOST_FLAWS = 100
"""Flaws of one sheet that are listed."""

Value = str | int | float | date | datetime


class Cell(Struct, frozen=True):
    """One cell that holds something: its value, where it stands ("B3"), whether it is formatted as a percentage."""

    value: Value
    place: str
    percent: bool = False

    @property
    def text(self) -> str:
        """The value as a person reads it."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, datetime):
            whole_day = self.value.time() == time()
            return self.value.strftime("%Y-%m-%d" if whole_day else "%Y-%m-%d %H:%M")
        if isinstance(self.value, float):
            return f"{self.value:.12g}"
        return str(self.value)


class Row(Struct, frozen=True):
    """A row with at least one cell: its number in the sheet (from 1) and its cells by column (from 0)."""

    number: int
    cells: dict[int, Cell]


class Flaw(Struct, frozen=True):
    """A cell that was not read, and why."""

    place: str
    why: ImportProblem


class Sheet(Struct, frozen=True):
    """One sheet of a file; `rows` leaves out empty ones. `hidden`, and the numbers of hidden rows among `rows`."""

    file: str
    name: str
    rows: tuple[Row, ...]
    flaws: tuple[Flaw, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()

    def where(self, place: str | int = "") -> str:
        """`register.xlsx:Overview!B3` for a cell, or the row or sheet it names."""
        return f"{self.file}:{self.name}" + (f"!{place}" if place else "")


def read_sheets(path: Path) -> list[Sheet]:
    """Every sheet of a workbook, or the one sheet of a csv file (named after the file).

    Raises ImportProblem: missing, no file, no permission, too large, encrypted, torn, or neither
    a workbook nor text.
    """
    data = bytes_of(path)
    name = clean(path.name)
    if data.startswith(b"PK"):
        if path.suffix.lower() in {".docx", ".docm"}:
            broken = ImportProblem("{file} is not a Word document (docx), or it is damaged.", file=name)
            return _unbroken(lambda: _document(name, data), broken)
        return _unbroken(lambda: _workbook(name, data), _not_a_workbook(name))
    _refuse_others(name, data)
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        raise _not_a_workbook(name)
    from store.exchange.csv_text import csv_sheet

    return [csv_sheet(name, clean(path.stem), data)]


def _unbroken(read: Callable[[], list[Sheet]], broken: ImportProblem) -> list[Sheet]:
    """What is read; a damaged file breaks its reader in any way, hence the wide net."""
    try:
        return read()
    except ImportProblem:
        raise
    except MemoryError:
        raise ImportProblem("{file} is too large for this machine's memory.", **broken.fields) from None
    except Exception:  # noqa: BLE001 - see above
        raise broken from None


def _not_a_workbook(name: str) -> ImportProblem:
    return ImportProblem("{file} is not an xlsx workbook, or it is damaged.", file=name)


_OLE: Final = b"\xd0\xcf\x11\xe0"
_WEB: Final = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta")


def _refuse_others(name: str, data: bytes) -> None:
    """Say what a file is that offices have but import does not take. Raises ImportProblem."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ImportProblem("{file} is protected by a password. Save it without one.", file=name)
        if "WordDocument".encode("utf-16-le") in data:
            raise ImportProblem("{file} is an old Word file (doc). Save it as docx.", file=name)
        raise ImportProblem("{file} is an old Excel file (xls). Save it as xlsx or csv.", file=name)
    if data.startswith(b"%PDF"):
        raise ImportProblem("{file} is a PDF, which holds no cells. Import takes xlsx, docx and csv.", file=name)
    if data.startswith(b"{\\rtf"):
        raise ImportProblem("{file} is rich text (rtf). Save it as docx.", file=name)
    if data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_WEB):
        raise ImportProblem("{file} is a web page, whatever its name says. Save it as xlsx or csv.", file=name)


def bytes_of(path: Path) -> bytes:
    """What a file holds. Raises ImportProblem: missing, no regular file, no permission, too large, empty."""
    name = clean(str(path))
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise ImportProblem("{file} is a folder. Name the files in it.", file=name)
        if not stat.S_ISREG(about.st_mode):
            raise ImportProblem("{file} is not a regular file.", file=name)
        if about.st_size > MOST_BYTES:
            raise ImportProblem("{file} is larger than {most} MB.", file=name, most=MOST_BYTES // 1_000_000)
        data = path.read_bytes()
    except FileNotFoundError:
        raise ImportProblem("There is no file {file}.", file=name) from None
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or problem
        raise ImportProblem("{file} cannot be read: {why}.", file=name, why=why) from None
    if not data.strip():
        raise ImportProblem("{file} is empty.", file=name)
    return data


def _workbook(name: str, data: bytes) -> list[Sheet]:
    from store.exchange.workbook import workbook_sheets

    return workbook_sheets(name, data)


def _document(name: str, data: bytes) -> list[Sheet]:
    """A Word file as one sheet, its lines as rows."""
    from store.exchange.documents import document_rows

    rows = []
    for number, texts in document_rows(name, data):
        cells = {column: Cell(text, str(number)) for column, text in enumerate(texts) if text}
        rows.append(Row(number, cells))
    return [Sheet(name, "docx", tuple(rows))]


def value_of(raw: str | float) -> Value | None:
    """A text or number as a cell holds it: texts harmless and trimmed, whole numbers as such; None for nothing."""
    if isinstance(raw, str):
        return clean(raw, lines=True).strip() or None
    return int(raw) if abs(raw) < 1e15 and float(raw).is_integer() else raw


class Weight:
    """How much of a file was read."""

    def __init__(self, file: str) -> None:
        """Nothing yet."""
        self._file = file
        self._cells = self._characters = 0

    def refused(self, column: int, value: Value) -> ImportProblem | None:
        """Why this one cell is not taken, None if it is. Raises ImportProblem where the whole file is too large."""
        self.add(1, 0)
        if column >= MOST_COLUMNS:
            return ImportProblem("It stands beyond column {column}; it was not read.", column=letters(MOST_COLUMNS - 1))
        size = len(value) if isinstance(value, str) else 0
        if size > MOST_TEXT:
            return ImportProblem("A text of {n} characters; at most {most} are read.", n=size, most=MOST_TEXT)
        self.add(0, size)
        return None

    def add(self, cells: int, characters: int) -> None:
        """Count what is kept. Raises ImportProblem."""
        self._cells += cells
        self._characters += characters
        if self._cells > MOST_CELLS or self._characters > MOST_CHARACTERS:
            raise ImportProblem("{file} holds more than a register can; it was not read.", file=self._file)


def check_rows(name: str, count: int) -> None:
    """Raises ImportProblem for a sheet of too many rows."""
    if count > MOST_ROWS:
        raise ImportProblem("{file} has a sheet of more than {most} rows.", file=name, most=MOST_ROWS)


def letters(column: int) -> str:
    """Column 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_of(letters: str) -> int:
    """A is column 0, AA is 26. Raises ValueError for what is no column."""
    column = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or len(letters) > 3:
            raise ValueError(letters)
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
