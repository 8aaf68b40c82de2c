"""The heading of an agenda item in the page: its time against its box, who else writes there, what was not agreed."""

from __future__ import annotations

from rich.text import Text

from tui.cells import cut, width
from tui.editor.page import Section
from tui.editor.timing import over, timer
from tui.i18n import _
from tui.look import STYLES, glyph


def heading_rows(section: Section, number: int, cells: int, presenter: str, writers: str) -> list[Text]:
    """The rows of a heading in `cells` cells; `number` counts from 1, `writers` are the others who write there."""
    line = Text.assemble(("-- ", STYLES["dim"]), (f"{number} ", STYLES["dim"]))
    time = Text(f"  {timer(section)}", STYLES["yellow" if over(section) else "dim"])
    line.append(cut(section.item.title, max(8, cells - line.cell_len - time.cell_len - 4)), STYLES["strong"])
    if presenter and line.cell_len + width(presenter) + time.cell_len + 4 < cells:
        line.append(f"  {presenter}", STYLES["dim"])
    line.append_text(time)
    if writers:
        said = "  " + _("{names} is writing here").format(names=writers)
        line.append(cut(said, max(0, cells - line.cell_len - 2)), STYLES["yellow"])
    line.append(f" {glyph('met')}" if section.done else "", STYLES["green"])
    line.append(" " + "-" * (cells - line.cell_len - 1), STYLES["dim"])
    return [line, *_disagreement(section, cells)]


def _disagreement(section: Section, cells: int) -> list[Text]:
    text = section.item.disagreement.split("\n", 1)[0]
    said = _("disagreement: {text}").format(text=text)
    return [Text.assemble("   ", (cut(said, cells - 4), STYLES["yellow"]))] if text else []
