"""The last net before the terminal: no control character of any text gets through, from any widget.

ESC and C1 bytes in text reach the terminal raw from every Textual widget, also from `Content` and
`Text`. Text is cleaned at the door (`store.text.clean`); this catches what did not come through one.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from store.text import is_clean, plain


class StripControls(LineFilter):
    """Writes U+FFFD for control characters and drops bidi controls and zero-width characters.

    An app keeps ONE instance and adds it last in its `get_line_filters()`: strips remember what a filter
    made of them by its identity.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with harmless text; the same list if nothing had to change."""
        if all(is_clean(segment.text) or segment.control for segment in segments):
            return segments
        return [each if each.control else Segment(plain(each.text), each.style, None) for each in segments]


__all__ = ["StripControls", "plain"]
