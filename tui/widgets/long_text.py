"""A text that is longer than its input: rows with all of it, where the cursor stands, and how much there is.

The input itself stays one row, so that an IME draws where the cursor is; these rows are only read.
"""

from __future__ import annotations

from rich.text import Text

from tui.cells import row_ends, width
from tui.look import STYLES

MOST_ROWS = 4
MARK = "underline"
"""Style of the character at the cursor: the cursor itself is in the input."""


def long_text(text: str, at: int, cells: int, indent: int, most: int = MOST_ROWS) -> list[Text]:
    """At most `most` rows around the cursor `at`, behind `indent` blanks; none for a text of under `cells` cells.

    What does not fit is told by `~` and, in the last row, by place and length in characters.
    """
    if width(text) < cells or cells < 2:
        return []
    starts = [0, *row_ends(text, 0, len(text), cells)]
    ends = starts[1:]
    here = next((n for n, end in enumerate(ends) if at < end), len(ends) - 1)
    first = max(0, min(here - most // 2, len(ends) - most))
    shown = list(zip(starts, ends, strict=False))[first : first + most]
    rows = [_row(text[start:end], at - start, indent) for start, end in shown]
    for row in rows:
        _crop(row, indent + cells)  # blanks hang over the end of a row
    if first:
        rows[0] = Text.assemble(" " * (indent - 2), ("~ ", STYLES["dim"]), rows[0][indent:])
    if len(ends) > most:
        note = f" {'~ ' if first + most < len(ends) else ''}{at}/{len(text)}"
        _crop(rows[-1], indent + cells - width(note))
        rows[-1].append(note, STYLES["dim"])
    return rows


def _row(text: str, at: int, indent: int) -> Text:
    row = Text.assemble(" " * indent, (text, STYLES["dim"]))
    if 0 <= at < len(text):
        row.stylize(MARK, indent + at, indent + at + 1)
    return row


def _crop(row: Text, cells: int) -> None:
    while row.cell_len > cells:
        row.right_crop(1)
