"""Colours and glyphs: state is always word + glyph + colour, never colour alone (screens.md §2).

`chrome` decides between glyphs that are one cell wide everywhere and plain ASCII; no box drawing, no
blocks, no emoji: those break where ambiguous characters are two cells wide (terminal facts §1).
"""

from __future__ import annotations

from typing import Final

from rich.style import Style
from textual.theme import Theme

# All of the fixed palette of 256: `tui.filters.ShortColours` sends those by number, in half the bytes.
INK: Final = "#dadada"
DIM: Final = "#8a8a8a"
RED: Final = "#ff5f5f"
YELLOW: Final = "#ffd75f"
GREEN: Final = "#87d787"
CYAN: Final = "#5fd7d7"
BLUE: Final = "#5fafff"
GROUND: Final = "#121212"
BAND: Final = "#262626"
CURSOR: Final = "#005f87"
RED_ON_CURSOR: Final = "#ff8787"
"""The red of other rows is 2.4 : 1 on the cursor's ground, hard to read; this one is 3 : 1."""
BAR: Final = "#5f87af"
BAR_DONE: Final = "#5faf5f"
BAR_REST: Final = "#3a3a3a"

STYLES: Final[dict[str, Style]] = {
    "": Style.null(),
    "over": Style(color=GROUND, bgcolor=RED, bold=True),
    "now": Style(color=YELLOW, bold=True),
    "soon": Style(color=YELLOW),
    "calm": Style(color=INK),
    "met": Style(color=GREEN),
    "void": Style(color=DIM),
    "none": Style(color=DIM),
    "red": Style(color=RED),
    "yellow": Style(color=YELLOW),
    "green": Style(color=GREEN),
    "cyan": Style(color=CYAN),
    "blue": Style(color=BLUE),
    "dim": Style(color=DIM),
    "strong": Style(bold=True),
    "head": Style(color=DIM, bold=True),
    "key": Style(color=CYAN, bold=True),
    "tab": Style(color=GROUND, bgcolor=CYAN, bold=True),
    "bar": Style(bgcolor=BAR, color=INK),
    "bar_done": Style(bgcolor=BAR_DONE, color=INK),
    "bar_rest": Style(bgcolor=BAR_REST, color=INK),
    "mark_words": Style(color=YELLOW, underline=True),
    "mark_aside": Style(underline=True),
}
"""Style by name; the only place that knows a colour."""

THEME: Final = Theme(
    name="crossdeck",
    primary=CYAN,
    secondary=BLUE,
    accent=CYAN,
    warning=YELLOW,
    error=RED,
    success=GREEN,
    foreground=INK,
    background=GROUND,
    surface=GROUND,
    panel=BAND,
    dark=True,
)

_UNICODE: Final = {
    "over": "✗", "now": "⚠", "soon": ".", "calm": " ", "met": "✓", "late": "✓", "void": "-", "none": "-",
    "not_started": " ", "in_progress": "▸", "blocked": "▪", "awaiting_acceptance": "◉", "done": "✓", "cancelled": "-",
    "flag": "!", "open": "◉", "acknowledged": "▸", "resolved": "✓", "warning": "!", "dispute": "=",
    "pending": "?", "confirmed": "✓", "objected": "✗", "signed": "✓", "yes": "✓", "no": "✗",
    "notice": " ", "held": "▸", "draft": "▸", "in_review": "◉", "final": "✓", "overdue": "✗", "lagging": "!",
    "escalated": "▸", "unconfirmed": "?",
}  # fmt: skip
_ASCII: Final = _UNICODE | {k: {"✗": "x", "⚠": "!", "✓": "v", "▸": ">", "▪": "#", "◉": "o"}[v]
                            for k, v in _UNICODE.items() if v in "✗⚠✓▸▪◉"}  # fmt: skip


class _Chrome:
    glyphs: dict[str, str] = _UNICODE
    plain_bars = False


def choose_chrome(chrome: str, *, no_color: bool) -> None:
    """Set the glyphs of this process: `chrome` is unicode or ascii; without colour bars are drawn with # and dots."""
    _Chrome.glyphs = _ASCII if chrome == "ascii" else _UNICODE
    _Chrome.plain_bars = chrome == "ascii" or no_color


def glyph(name: str) -> str:
    """The one-cell glyph of a state."""
    return _Chrome.glyphs[name]


def bar(percent: int, cells: int = 8) -> list[tuple[str, str]]:
    """A progress bar as (text, style name) pieces: background colour, or # and dots without colour."""
    full = 0 if percent <= 0 else cells if percent >= 100 else max(1, percent * cells // 100)
    if _Chrome.plain_bars:
        return [("#" * full + "." * (cells - full), "calm")]
    style = "bar_done" if percent >= 100 else "bar"
    return [piece for piece in ((" " * full, style), (" " * (cells - full), "bar_rest")) if piece[0]]
