"""A file from outside as named sheets of cells: xlsx (through openpyxl), and csv in UTF-8 or GBK.

What a file is, is told by its content, not by its name. Every text is cleaned here, at the door
(`store.text.clean`); what a sheet means is for `store.exchange.recognise`.
"""

from __future__ import annotations

import csv
import io
import stat
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from msgspec import Struct

from store.errors import ImportProblem
from store.text import clean

MOST_BYTES = 50_000_000
MOST_UNPACKED = 300_000_000
"""A workbook that unpacks to more is a zip bomb, or no register."""
MOST_XML = 60_000_000
"""Its text alone, without pictures: what is read of it takes some ten times that in memory."""
MOST_ROWS = 20_000
MOST_COLUMNS = 200

Value = str | int | float | date | datetime


class Cell(Struct, frozen=True):
    """One cell that holds something: its value, where it stands ("B3"), whether it is formatted as a percentage."""

    value: Value
    place: str
    percent: bool = False

    @property
    def text(self) -> str:
        """The value as a person reads it."""
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


class Sheet(Struct, frozen=True):
    """One sheet of a file; `rows` leaves out empty ones."""

    file: str
    name: str
    rows: tuple[Row, ...]

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
        return _document(name, data) if path.suffix.lower() in {".docx", ".docm"} else _workbook(name, data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ImportProblem("{file} is protected by a password. Save it without one.", file=name)
        raise ImportProblem("{file} is an old Excel file (xls). Save it as xlsx or csv.", file=name)
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        raise _not_a_workbook(name)
    return [Sheet(name, clean(path.stem), tuple(_csv_rows(name, _decoded(name, data))))]


def _not_a_workbook(name: str) -> ImportProblem:
    return ImportProblem("{file} is not an xlsx workbook, or it is damaged.", file=name)


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
    """The sheets of an xlsx file. openpyxl raises errors of many kinds on torn files, hence the wide net."""
    from openpyxl import load_workbook

    _unzips(name, data, "xl/")
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [Sheet(name, clean(sheet.title), tuple(_sheet_rows(name, sheet))) for sheet in book.worksheets]
    except ImportProblem:
        raise
    except MemoryError:
        raise ImportProblem("{file} is too large for this machine's memory.", file=name) from None
    except Exception:  # noqa: BLE001 - a broken file breaks openpyxl in any way
        raise _not_a_workbook(name) from None


def _document(name: str, data: bytes) -> list[Sheet]:
    """A Word file as one sheet, its lines as rows."""
    from store.exchange.documents import document_rows

    _unzips(name, data, "word/")
    rows = []
    for number, texts in document_rows(name, data):
        cells = {column: Cell(text, str(number)) for column, text in enumerate(texts) if text}
        rows.append(Row(number, cells))
    return [Sheet(name, "docx", tuple(rows))]


def _unzips(name: str, data: bytes, inside: str) -> None:
    """Refuse what is no package of this kind, and what would not fit into memory. Raises ImportProblem."""
    kind = ImportProblem("{file} is not a Word document (docx), or it is damaged.", file=name)
    broken = kind if inside == "word/" else _not_a_workbook(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise broken from None
    if not any(part.filename == "[Content_Types].xml" for part in parts) or not any(
        part.filename.startswith(inside) for part in parts
    ):
        raise ImportProblem("{file} is not a spreadsheet or document. Import takes xlsx, docx and csv.", file=name)
    text = sum(part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    if sum(part.file_size for part in parts) > MOST_UNPACKED or text > MOST_XML or len(parts) > 10_000:
        raise ImportProblem("{file} unpacks to more than a register can hold; it was not read.", file=name)


def _sheet_rows(name: str, sheet: Any) -> Iterator[Row]:
    """Rows of one worksheet. The sheet's own word about its size is not trusted (it may claim a million columns)."""
    sheet.reset_dimensions()
    count = 0
    for number, line in enumerate(sheet.iter_rows(), 1):
        cells: dict[int, Cell] = {}
        for column, raw in enumerate(line[:MOST_COLUMNS]):
            value = _value(raw.value)
            if value is not None:
                percent = "%" in (raw.number_format or "")
                cells[column] = Cell(value, f"{letters(column)}{number}", percent)
        if cells:
            count += 1
            _check_rows(name, count)
            yield Row(number, cells)


def _value(raw: object) -> Value | None:
    """A cell's value in the few types we know; None for an empty one."""
    if raw is None:
        return None
    if isinstance(raw, str):
        return clean(raw, lines=True).strip() or None
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, float):
        return int(raw) if abs(raw) < 1e15 and raw.is_integer() else raw
    if isinstance(raw, int | datetime | date):
        return raw
    return clean(str(raw)).strip() or None


def _decoded(name: str, data: bytes) -> str:
    """The text of a csv file: UTF-8 with or without mark, UTF-16 with one, else GB18030 (GBK's larger form)."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Nearly any bytes are GB18030; a NUL tells that these were no text.
        if encoding != "gb18030" or "\x00" not in text:
            return text
    raise ImportProblem("{file} is neither a workbook nor text in UTF-8 or GBK.", file=name)


def _csv_rows(name: str, text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    count = 0
    try:
        for number, line in enumerate(reader, 1):
            cells = {
                column: Cell(value, f"{letters(column)}{number}")
                for column, raw in enumerate(line[:MOST_COLUMNS])
                if (value := _value(raw)) is not None
            }
            if cells:
                count += 1
                _check_rows(name, count)
                yield Row(number, cells)
    except csv.Error as problem:
        raise ImportProblem("{file}, line {line}: {why}.", file=name, line=reader.line_num, why=problem) from None


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


def _check_rows(name: str, count: int) -> None:
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
