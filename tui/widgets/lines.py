"""Lines: a widget of ready-made text lines that repaints only the lines that changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.segment import Segment
from rich.style import Style
from rich.text import Span, Text
from textual.containers import Container
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.text import clean, is_clean
from tui.cells import cut
from tui.painting import Painted


def harmless(text: Text) -> Text:
    """A Text that draws as wide as it says, styles kept: what acts instead of being read is taken out of it."""
    if is_clean(text.plain) or clean(text.plain) == text.plain:
        return text
    made = Text(style=text.style, no_wrap=True, end="")
    for piece in text.divide({edge for span in text.spans for edge in (span.start, span.end)}):
        shown = clean(piece.plain)
        made.append_text(Text(shown, spans=[Span(0, len(shown), span.style) for span in piece.spans]))
    return made


def clipped(text: Text, cells: int) -> Text:
    """A Text in at most `cells` cells, `~` where it was cut."""
    text = harmless(text)
    if text.cell_len <= cells:
        return text
    short = cut(text.plain, cells)
    kept = max(0, len(short) - 1)
    if text.plain[:kept] != short[:kept]:
        kept -= 1  # half a wide character: a blank stands for it
    line = text[:kept]
    line.append(short[kept:])
    return line


class Panes(Container):
    """Holds widgets that cover it."""

    BLANK = True


class Drawn(Painted):
    """Draws Texts, a line each. It stands behind a base that has a sheet: Textual inherits only the first one's."""

    _ground: Style | None = None
    """The widget's own style, kept: looking it up takes longer than to draw a line."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """As any widget."""
        super().__init__(*arguments, **named)
        self._strips: dict[int, tuple[Text, int, Strip]] = {}
        """Texts drawn of late, by their identity: lines that move up or down are sent again, not drawn again."""

    def notify_style_update(self) -> None:
        """The CSS changed: the style is looked up anew."""
        super().notify_style_update()
        self._ground = None
        self._strips.clear()

    def drawn(self, text: Text) -> Strip:
        """A Text as a strip of exactly the widget's width. Markup is never read. A Text is not changed afterwards."""
        cells = self.size.width
        kept = self._strips.get(id(text))
        if kept is not None and kept[0] is text and kept[1] == cells:
            return kept[2]
        if len(self._strips) > 4 * self.size.height:
            self._strips.clear()
        strip = self.drawn_in(text, cells)
        self._strips[id(text)] = text, cells, strip
        return strip

    def drawn_in(self, text: Text, cells: int) -> Strip:
        """A Text as a strip of exactly so many cells."""
        if self._ground is None:
            self._ground = self.rich_style
        if not text:
            return Strip.blank(cells, self._ground)
        strip = Strip(harmless(text).render(self.app.console))
        if strip.cell_length > cells > 0:  # what is cut says so
            strip = Strip([*strip.crop(0, cells - 1), Segment("~")])
        # Colours cost more than text.
        return strip.adjust_cell_length(cells, self._ground).apply_style(self._ground).simplify()


class Lines(Drawn):
    """Fixed lines (frame rows). `show` takes one Text per line; the widget's height is set by its style."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        """Start empty."""
        super().__init__(name=name, id=id, classes=classes)
        self._lines: list[Text] = []
        self._head: Text | None = None
        """The first line begins with this by now, it was not put together yet."""

    @property
    def lines(self) -> list[Text]:
        """What stands in them."""
        if self._head is not None:
            self._lines[0] = Text.assemble(self._head, self._lines[0][len(self._head) :])
            self._head = None
        return self._lines

    def show(self, lines: Sequence[Text]) -> None:
        """Draw these lines; only those that differ from what stands are sent to the terminal."""
        before, self._lines = self.lines, list(lines)
        rows = range(max(len(before), len(self._lines)))
        changed = [y for y in rows if _differs(before, self._lines, y)]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def turn_head(self, head: Text) -> None:
        """Another beginning of the same length, in characters of one cell, for the first line (a ticking clock)."""
        self._head = head
        self.refresh(Region(0, 0, len(head), 1))

    def render_head(self, y: int, cells: int) -> Strip | None:
        """The beginning that was turned: to put the whole line together takes longer."""
        head = self._head
        return self.drawn_in(head, cells) if head is not None and y == 0 and cells == len(head) else None

    def render_line(self, y: int) -> Strip:
        """One line, cut at the widget's width."""
        return self.drawn(self.lines[y] if y < len(self.lines) else Text())


class ScrolledLines(ScrollView, Drawn):
    """Lines that scroll vertically (preview, card tabs, help). No scrollbar: its glyphs are ambiguous in width."""

    can_focus = False
    DEFAULT_CSS = "ScrolledLines { scrollbar-size: 0 0; overflow-x: hidden; overflow-y: auto; }"

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        """Start empty."""
        super().__init__(name=name, id=id, classes=classes)
        self.lines: list[Text] = []

    def show(self, lines: Sequence[Text], *, keep_scroll: bool = True) -> None:
        """Draw these lines; with `keep_scroll` False from the top."""
        before, self.lines = self.lines, list(lines)
        if len(before) != len(self.lines):
            self.virtual_size = Size(self.size.width, len(self.lines))
        if not keep_scroll and self.scroll_offset.y:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
            self.refresh()
            return
        top = self.scroll_offset.y
        seen = range(top, top + self.size.height)
        changed = [y for y in seen if _differs(before, self.lines, y)]
        if changed:
            self.refresh(*(Region(0, y - top, self.size.width, 1) for y in changed))

    def page(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True, immediate=True)
        self.refresh()

    def turn(self, pages: int) -> None:
        """Scroll by so many pages; two lines of the one before stay in sight."""
        self.page(pages * max(1, self.size.height - 2))

    def render_line(self, y: int) -> Strip:
        """One visible line, cut at the widget's width."""
        y += self.scroll_offset.y
        return self.drawn(self.lines[y] if y < len(self.lines) else Text())


def _differs(before: Sequence[Text], after: Sequence[Text], y: int) -> bool:
    if y >= len(before) or y >= len(after):
        return y < len(before) or y < len(after)
    a, b = before[y], after[y]
    return a is not b and (a.plain != b.plain or a.spans != b.spans or a.style != b.style)
