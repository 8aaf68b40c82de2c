"""The first column: band, word, countdown of a clock (screens.md §2)."""

from __future__ import annotations

from store.rules.clocks import Clock, band, left
from store.rules.working_time import WorkingTime
from tui import words
from tui.duration import countdown, met
from tui.look import glyph
from tui.widgets.rows import Lead

TONE = {"breached": "over"}
"""Band -> style name, where they differ."""


def lead_of(clock: Clock | None, now: int, working: WorkingTime) -> Lead:
    """The first column of a row whose nearest clock this is."""
    if clock is None:
        return Lead(glyph("none"), words.band("none"), "", "none")
    name = band(clock, now, working)
    rest = left(clock, now)
    tone = TONE.get(name, name)
    time = "" if name == "void" else met(rest) if name == "met" else countdown(rest)
    return Lead(glyph(tone), words.band(name), time, tone)
