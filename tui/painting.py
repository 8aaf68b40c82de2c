"""A repaint costs what it repaints: the lines it shows and no others, without messages back and forth, a tick at once.

Textual has every widget on the screen give all its lines for a frame of one cell, and a widget that changed tells its
screen by three messages, each of which wakes the loop. With a tick a second, all day, that was two thirds of its cost.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Self

from rich.console import Console
from textual import events
from textual._compositor import Compositor, CompositorUpdate
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget


class Pieces(CompositorUpdate):
    """Parts of lines, each with the column and row it begins at."""

    def __init__(self, pieces: list[tuple[int, int, Strip]]) -> None:
        """In the order in which they are written."""
        self._pieces = pieces

    def render_segments(self, console: Console) -> str:
        """What the terminal is sent."""
        return "".join([f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for x, y, strip in self._pieces])


class FewLines(Compositor):
    """Has only those lines drawn that are painted, by the widgets that are seen there."""

    def render_partial_update(self) -> Pieces | None:  # type: ignore[override] # Textual names the one kind it makes
        """What is dirty: of each line the pieces between the edges of widgets, from the left edge of each."""
        dirty = self._dirty_regions.copy()
        self._dirty_regions.clear()
        found = [
            (x, y, self._piece(x, y, min(end, x2)))
            for y, x1, x2 in self._regions_to_spans(dirty)
            for x, end in pairwise(self.cuts[y])
            if x < x2 and end > x1
        ]
        return Pieces(found) if found else None

    def _piece(self, x: int, y: int, end: int) -> Strip:
        """What is seen from column `x` up to `end` of a line, all of it of the widget in front."""
        for widget, (region, clip) in self.visible_widgets.items():  # those in front come first
            if region.contains(x, y) and clip.contains(x, y):
                return widget.render_lines(Region(x - region.x, y - region.y, end - x, 1))[0]
        return Strip.blank(end - x)


class KeptLines(StylesCache):
    """The lines of one widget as they go out. Textual's own does as much for frames and tints, which none has here."""

    def __init__(self) -> None:
        """Nothing is kept."""
        super().__init__()
        self._behind: tuple[bool, Color] | None = None
        """Whether the widget has room around its lines, and its ground; looked up anew when all of it is dirty."""

    def clear(self) -> None:
        """Size or style is another one."""
        super().clear()
        self._behind = None

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """The lines of a region of the widget; those that are not dirty are kept."""
        width = widget.outer_size.width
        if width != self._width:
            self.clear()
            self._width = width
        if self._behind is None:
            self._behind = bool(widget.gutter), widget.background_colors[1]
        roomy, ground = self._behind
        if roomy:
            return super().render_widget(widget, crop)
        return [self._cut(widget, y, crop.x, crop.right, ground) for y in crop.line_range]

    def _cut(self, widget: Widget, y: int, x: int, end: int, ground: Color) -> Strip:
        """The cells from `x` to `end` of a line."""
        if y in self._dirty_lines or y not in self._cache:
            if x == 0 and end < self._width and isinstance(widget, Painted):
                head = widget.render_head(y, end)
                if head is not None:  # the line stays dirty: the next one who needs all of it has it drawn
                    return _filtered(widget, head, ground)
            strip = widget.render_line(y)
            if strip.cell_length != self._width:
                strip = strip.adjust_cell_length(self._width, widget.rich_style)
            self._cache[y] = _filtered(widget, strip, ground)
            self._dirty_lines.discard(y)
        strip = self._cache[y]
        return strip if (x, end) == (0, self._width) else strip.crop(x, end)


def _filtered(widget: Widget, strip: Strip, ground: Color) -> Strip:
    for each in widget.get_line_filters():
        strip = strip.apply_filter(each, ground)
    return strip


class PaintedScreen(Screen[None]):
    """A screen whose frames cost what is painted in them."""

    def __init__(self) -> None:
        """As any screen."""
        super().__init__()
        self._compositor = FewLines()
        self._at_once = False
        self._stood = False

    def _on_screen_resume(self, event: events.ScreenResume) -> None:  # a handler beside Textual's own
        """In front again: nothing of its styles depends on that, they are looked up the first time only."""
        event.refresh_styles = event.refresh_styles and not self._stood
        self._stood = True

    def takes_dirty(self, widget: Widget) -> bool:
        """Have what a widget set dirty painted with the next frame; False where only its message may tell."""
        # Of one that is not seen the compositor would take its map of the screen for an old one and arrange all anew.
        if widget not in self._compositor.visible_widgets or self.app._batch_count or not self.is_current:  # noqa: SLF001
            return False
        self._dirty_widgets.add(widget)
        if not self._at_once:
            self._update_timer.resume()
        return True

    def paint_at_once(self, change: Callable[[], None]) -> None:
        """Carry out a change and paint it before returning: a tick is one frame and wakes nothing else."""
        self._at_once = True
        try:
            change()
        finally:
            self._at_once = False
        if self._dirty_widgets:
            self._on_timer_update()


class Painted(Widget):
    """A widget without a frame that repaints regions of itself often."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """As any widget."""
        super().__init__(*arguments, **named)
        self._styles_cache = KeptLines()

    def render_head(self, y: int, cells: int) -> Strip | None:
        """The first cells of a line, where they alone differ from what stands; None: all of it must be drawn."""
        return None

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """As any widget's. Regions alone change no size and no style: the screen is told without messages."""
        if regions and repaint and self.is_mounted and self.display and not (layout or recompose):
            screen = self.screen
            if isinstance(screen, PaintedScreen):
                self._set_dirty(*regions)
                if screen.takes_dirty(self):
                    return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
