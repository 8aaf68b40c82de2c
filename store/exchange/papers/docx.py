"""A paper as a Word file: a title, headings, grid tables whose first row repeats, fonts for East Asian text.

python-docx is imported here, and this module only when somebody exports.
"""

from __future__ import annotations

import io
from datetime import date

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table as DocxTable
from docx.table import _Cell as DocxCell

from store.exchange.papers.model import Block, Cell, Column, Facts, Heading, Line, Paper, Sheet, Table, spoken
from store.text import clean

_FONTS = {"zh_Hans": ("宋体", "黑体", "zh-CN"), "zh_Hant": ("新細明體", "微軟正黑體", "zh-TW")}
"""Language -> font of text and of headings, and its tag; English papers may hold Chinese names, set as simplified."""
_WIDTH = 17.0
"""Centimetres between the margins of an upright A4 page."""
_LETTER, _EDGES = 0.2, 0.5
"""Centimetres of a bold Latin letter, and of a cell's own margins."""


def write_docx(paper: Paper) -> bytes:
    """The paper as .docx. Fixed texts are in the paper's language, records as they stand."""
    document = Document()
    _page(document)
    _fonts(document, paper.lang)
    document.core_properties.title = clean(paper.name)[:250]
    document.core_properties.author = ""
    for number, sheet in enumerate(paper.sheets):
        if number:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _sheet(document, sheet)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Docx) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin = section.bottom_margin = Cm(2.2)


def _fonts(document: Docx, lang: str) -> None:
    text, head, tag = _FONTS.get(lang, _FONTS["zh_Hans"])
    sizes = {"Normal": 10.5, "Title": 18.0, "Heading 1": 14.0, "Heading 2": 12.0}
    for name, size in sizes.items():
        style = document.styles[name]
        if not isinstance(style, ParagraphStyle):
            continue
        style.font.name = "Times New Roman"
        style.font.size = Pt(size)
        style.font.color.rgb = None
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), text if name == "Normal" else head)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), tag)
        properties.append(language)


def _sheet(document: Docx, sheet: Sheet) -> None:
    title = document.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(clean(sheet.title))
    for block in sheet.blocks:
        _block(document, block)


def _block(document: Docx, block: Block) -> None:
    match block:
        case Heading(text, level):
            document.add_paragraph(clean(text), style=f"Heading {min(level, 2)}")
        case Line(text, bold, bullet, number):
            paragraph = document.add_paragraph(style="List Bullet" if bullet else "Normal")
            paragraph.paragraph_format.space_after = Pt(3)
            # Numbers stand in the text: Word's own lists would count on through the whole paper.
            paragraph.add_run((f"{number}. " if number else "") + clean(text, lines=True)).bold = bold
        case Facts(rows, head):
            table = _grid(document, (*([head] if head else ()), *rows), (3.6, _WIDTH - 3.6), head=head is not None)
            for row in table.rows:
                _make_bold(row.cells[0])
        case Table(columns, rows):
            _grid(document, (tuple(column.title for column in columns), *rows), _shared(columns, rows), head=True)


def _shared(columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]) -> tuple[float, ...]:
    """The page's width by the columns' weights; no word of a heading and no date is broken where there is room."""
    total = sum(column.width for column in columns)
    wanted = [_WIDTH * column.width / total for column in columns]
    whole = [
        (*column.title.split(), *(spoken(cell)[:10] for cell in cells if isinstance(cell, date)))
        for column, *cells in zip(columns, *rows, strict=True)
    ]
    least = [max(map(_letters, words), default=0) * _LETTER + _EDGES for words in whole]
    short = sum(max(0.0, needs - has) for needs, has in zip(least, wanted, strict=True))
    spare = sum(max(0.0, has - needs) for needs, has in zip(least, wanted, strict=True))
    given = min(1.0, short / spare) if spare else 0.0
    return tuple(
        has - (has - needs) * given if has > needs else needs if short <= spare else has
        for needs, has in zip(least, wanted, strict=True)
    )


def _letters(word: str) -> int:
    """Latin letters a word takes up; a Chinese one may be broken behind its third character."""
    return len(word) if word.isascii() else min(3, len(word)) * 2


def _grid(document: Docx, rows: tuple[tuple[Cell, ...], ...], widths: tuple[float, ...], *, head: bool) -> DocxTable:
    """A table with lines; with `head` the first row is bold and comes again on every page."""
    table: DocxTable = document.add_table(rows=len(rows), cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row, found in zip(table.rows, rows, strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - no public way
        for cell, value, width in zip(row.cells, found, widths, strict=True):
            cell.width = Cm(width)
            cell.text = clean(spoken(value), lines=True)
    if head and rows:
        for cell in table.rows[0].cells:
            _make_bold(cell)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no public way
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    return table


def _make_bold(cell: DocxCell) -> None:
    for paragraph in cell.paragraphs:
        for run in paragraph.runs:
            run.bold = True
