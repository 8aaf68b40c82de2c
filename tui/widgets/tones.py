"""Tones: the styles of `tui.look` on a widget's own ground, and on its cursor row. Pieces of text become strips."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.look import CURSOR, INK, RED_ON_CURSOR, STYLES
from tui.widgets.columns import NORMAL, Piece

_CURSOR = Style(bgcolor=CURSOR, bold=True)
_DIM_CURSOR = _CURSOR + Style(color=INK)
"""Dim text would be unreadable on the cursor's ground."""
_ON_CURSOR = dict.fromkeys(("dim", "void", "none"), _DIM_CURSOR) | {"red": _CURSOR + Style(color=RED_ON_CURSOR)}


class Tones:
    """The styles of one widget's tones, made once until its CSS changes (`forget`).

    A tone never says anything alone: the word and the glyph beside it do (16 colours, NO_COLOR).
    """

    def __init__(self, widget: Widget) -> None:
        """For this widget; its own style is the normal one."""
        self._widget = widget
        self._known: dict[tuple[str, bool], Style] = {}

    def forget(self) -> None:
        """The theme or the CSS changed."""
        self._known.clear()

    def style(self, tone: str, cursor: bool = False) -> Style:
        """The style of a tone, on the cursor's ground if `cursor`; an unknown tone is a normal one."""
        known = self._known.get((tone, cursor))
        if known is None:
            look = STYLES.get(tone, Style.null())
            known = self._widget.rich_style + look
            if cursor and look.bgcolor is None:  # a bar or a red band keeps its own
                known += _ON_CURSOR.get(tone, _CURSOR)
            self._known[tone, cursor] = known
        return known

    def blends(self, tone: str) -> bool:
        """Whether a blank of this tone looks like a normal one, so that it need not be a segment of its own."""
        style, normal = self.style(tone), self.style(NORMAL)
        return style.bgcolor == normal.bgcolor and not (style.reverse or style.underline)

    def strip(self, pieces: Sequence[Piece], cells: int | None, cursor: bool = False) -> Strip:
        """Pieces as one line for the screen; `cells` is their width together where the caller knows it."""
        segments: list[Segment] = []
        for text, tone in pieces:
            style = self.style(tone, cursor)
            if segments and segments[-1].style == style:  # colours cost more bytes than the text between them
                segments[-1] = Segment(segments[-1].text + text, style)
            elif text:
                segments.append(Segment(text, style))
        return Strip(segments, cells)
