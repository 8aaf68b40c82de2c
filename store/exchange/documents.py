"""Word files as rows: every paragraph a row of one cell, every table row a row of its cells, in the order they stand.

python-docx is imported when a document is read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from store.errors import ImportProblem
from store.text import clean

MOST_LINES = 20_000


def document_rows(name: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    """(number from 1, texts of the cells that hold any) of each paragraph and table row that says something.

    Merged cells come once. Raises ImportProblem for what is no document, or one that is too long.
    """
    from docx import Document
    from docx.table import Table

    try:
        document = Document(io.BytesIO(data))
        number = 0
        for block in document.iter_inner_content():
            for cells in _table(block) if isinstance(block, Table) else ([block.text],):
                number += 1
                if number > MOST_LINES:
                    raise ImportProblem("{file} has more than {most} lines.", file=name, most=MOST_LINES)
                texts = [clean(cell, lines=True).strip() for cell in cells]
                if any(texts):
                    yield number, [text for text in texts if text] if len(texts) < 3 else texts
    except ImportProblem:
        raise
    except Exception:  # noqa: BLE001 - a broken file breaks the library in any way
        raise ImportProblem("{file} is not a Word document (docx), or it is damaged.", file=name) from None


def _table(table: Any) -> Iterator[list[str]]:
    for row in table.rows:
        seen: set[Any] = set()
        cells = []
        for cell in row.cells:
            if cell._tc not in seen:  # noqa: SLF001 - a merged cell is listed once for each column it covers
                seen.add(cell._tc)  # noqa: SLF001
                cells.append(cell.text)
        yield cells
