"""Columns of a Word table: by their weights, but wide enough that no heading's word and no date is broken."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document

from store.exchange.papers.docx import write_docx
from store.exchange.papers.model import Column, Paper, Sheet, Table

LETTER, EDGES, PAGE = 0.2, 0.5, 17.0


def widths(*columns: Column, rows: int = 1) -> list[float]:
    """Centimetres of each column of a table whose second column holds dates."""
    cells = tuple(date(2026, 11, 22) if number == 1 else "x" for number, _ in enumerate(columns))
    sheet = Sheet("t", (Table(columns, (cells,) * rows),))
    document = Document(io.BytesIO(write_docx(Paper("t", "en", (sheet,)))))
    return [cell.width.cm for cell in document.tables[0].rows[0].cells if cell.width is not None]


def test_a_short_column_gets_what_its_words_need_from_those_with_room() -> None:
    found = widths(Column("Responsible department", 4), Column("Due", 4), Column("Action item", 40))
    assert sum(found) == pytest.approx(PAGE, abs=0.05)
    assert found[0] >= 11 * LETTER + EDGES - 0.01
    assert found[1] >= 10 * LETTER + EDGES - 0.01
    assert found[2] > 8


def test_where_there_is_no_room_the_weights_hold() -> None:
    wide = [Column("Responsibilities" * 2, 10) for _ in range(8)]
    assert widths(*wide) == pytest.approx([PAGE / 8] * 8, abs=0.01)


def test_a_row_is_not_torn_in_two_by_the_end_of_a_page() -> None:
    sheet = Sheet("t", (Table((Column("a", 1),), (("x",), ("y",))),))
    document = Document(io.BytesIO(write_docx(Paper("t", "en", (sheet,)))))
    assert all("w:cantSplit" in row._tr.xml for row in document.tables[0].rows)
