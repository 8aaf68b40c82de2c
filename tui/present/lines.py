"""Ready-made lines that previews and panes share: a heading with dashes, a label before its lines."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from tui.cells import cut, fit, width, wrap
from tui.look import STYLES

LABEL = 8
"""Cells of the label before a line."""


def dashes(text: str, cells: int) -> Text:
    """A heading row: `-- text ---`, dashes to the width."""
    head = f"-- {cut(text, max(0, cells - 4))} "
    return Text(head + "-" * max(0, cells - width(head)), STYLES["dim"])


def labelled(label: str, lines: Iterable[Text], wide: int = LABEL) -> list[Text]:
    """Lines with a label before the first and blanks before the others; nothing for nothing."""
    out: list[Text] = []
    for line in lines:
        head = fit(label if not out else "", wide)
        out.append(Text.assemble(" ", (head, STYLES["dim"]), " ", line))
    return out


def wrapped(label: str, text: str, cells: int, most: int | None = None, wide: int = LABEL) -> list[Text]:
    """A text in lines of at most `cells` cells behind its label; nothing for an empty text."""
    if not text.strip():
        return []
    return labelled(label, [Text(part) for part in wrap(text, max(10, cells - wide - 2), most)], wide)
