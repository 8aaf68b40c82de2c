"""What every line passes on its way to the terminal, from any widget. An app adds `NET` to its line filters."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rich.color import Color as TerminalColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from store.text import is_clean, plain


class StripControls(LineFilter):
    """No control character of any text gets through: U+FFFD instead; bidi controls and zero-width characters go.

    ESC and C1 bytes in text reach the terminal raw from every Textual widget, also from `Content` and `Text`. Text is
    cleaned at the door (`store.text.clean`); this catches what did not come through one.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with harmless text; the same list if nothing had to change."""
        if all(is_clean(segment.text) or segment.control for segment in segments):
            return segments
        return [each if each.control else Segment(plain(each.text), each.style, None) for each in segments]


class ShortColours(LineFilter):
    """24-bit colours that stand in the palette of 256 are sent by their number: the same look in half the bytes.

    `38;5;221;48;5;233` for `38;2;255;215;95;48;2;18;18;18`. A ticking row costs more for its colours than for its
    text, so the colours of `tui.look` are of that palette. Its first 16 are left out: terminals redefine those.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with the shorter styles."""
        return [Segment(text, _short_style(style), control) for text, style, control in segments]


_PALETTE: Final = {
    colour.get_truecolor(): colour for colour in (TerminalColor.from_ansi(number) for number in range(255, 15, -1))
}


@lru_cache(maxsize=1024)
def _short_style(style: Style | None) -> Style | None:
    if style is None:
        return None
    colour, ground = _short(style.color), _short(style.bgcolor)
    return style + Style(color=colour, bgcolor=ground) if colour or ground else style


def _short(colour: TerminalColor | None) -> TerminalColor | None:
    return None if colour is None or colour.triplet is None else _PALETTE.get(colour.triplet)


class _Net(LineFilter):
    """Both in one: every visible line passes every filter at every paint."""

    def __init__(self, *filters: LineFilter) -> None:
        super().__init__()
        self._filters = filters

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments as they may go out."""
        for each in self._filters:
            segments = each.apply(segments, background)
        return segments


NET: Final = (_Net(StripControls(), ShortColours()),)
"""The one instance: a strip remembers what a filter made of it by the filter's identity."""
