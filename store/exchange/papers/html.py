"""A paper as one HTML page that needs nothing else: style inside, every text escaped, ready to print."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from store.exchange.papers.model import Block, Cell, Facts, Heading, Line, Paper, Table, spoken
from store.text import clean

_LANGUAGES = {"zh_Hans": "zh-Hans", "zh_Hant": "zh-Hant"}
_STYLE = """
body{max-width:60rem;margin:2rem auto;padding:0 1rem;line-height:1.6;color:#222;
font-family:"Noto Serif","Noto Serif CJK SC","Source Han Serif SC",SimSun,serif}
h1{text-align:center;font-size:1.5rem}h2{font-size:1.15rem;border-bottom:1px solid #999}h3{font-size:1rem}
table{border-collapse:collapse;width:100%;margin:.6rem 0}
th,td{border:1px solid #888;padding:.3rem .5rem;text-align:left;vertical-align:top}
th{background:#eee;font-weight:600}td.n{text-align:right;white-space:nowrap}th[scope=row]{width:9rem}
ul,ol{margin:.2rem 0}section+section{break-before:page}@media print{body{margin:0;max-width:none}}
"""


def write_html(paper: Paper) -> bytes:
    """The page in UTF-8. No script, no link and no picture: what people wrote is shown and never acts."""
    lang = _LANGUAGES.get(paper.lang, "en")
    out = [
        "<!doctype html>",
        f'<html lang="{lang}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{_said(paper.name)}</title><style>{_STYLE}</style></head><body>",
    ]
    for sheet in paper.sheets:
        out += ["<section>", f"<h1>{_said(sheet.title)}</h1>"]
        for block in sheet.blocks:
            out += _block(block)
        out.append("</section>")
    return ("\n".join([*out, "</body></html>"]) + "\n").encode()


def _said(text: str) -> str:
    return escape(clean(text, lines=True)).replace("\n", "<br>")


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"<h{level + 1}>{_said(text)}</h{level + 1}>"
        case Line(text, bold, bullet, number):
            said = f"<strong>{_said(text)}</strong>" if bold else _said(text)
            if number:
                yield f'<ol start="{number}"><li>{said}</li></ol>'
            else:
                yield f"<ul><li>{said}</li></ul>" if bullet else f"<p>{said}</p>"
        case Facts(rows, head):
            yield "<table>"
            if head is not None:
                yield f"<thead><tr>{''.join(f'<th>{_said(title)}</th>' for title in head)}</tr></thead>"
            for label, value in rows:
                yield f'<tr><th scope="row">{_said(label)}</th>{_cell(value)}</tr>'
            yield "</table>"
        case Table(columns, rows):
            yield f"<table><thead><tr>{''.join(f'<th>{_said(each.title)}</th>' for each in columns)}</tr></thead>"
            for row in rows:
                yield f"<tr>{''.join(map(_cell, row))}</tr>"
            yield "</table>"


def _cell(cell: Cell) -> str:
    kind = "" if cell is None or isinstance(cell, str) else ' class="n"'
    return f"<td{kind}>{_said(spoken(cell))}</td>"
