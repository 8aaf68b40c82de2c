"""The two lines above the tabs of a card: the card with its nearest clock, and the tabs (screens.md §3.6)."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from store.rules.clocks import Clock
from store.views.card import CardDetail
from store.views.state import BoardState
from tui import frame, words
from tui.i18n import _, p_
from tui.look import STYLES
from tui.present.card_preview import unsigned_words
from tui.present.card_tabs import TABS, Tab
from tui.present.lead import lead_of
from tui.subjects import who_names

WIDE_FROM = 100
"""From this width on tabs have their whole names and the pane below is on at first."""


def card_line(state: BoardState, detail: CardDetail, now: int, cells: int) -> Text:
    """Number, name, stage, percent, who has not signed, lead; at the right the nearest clock."""
    card = detail.card
    line = Text.assemble(" ", (card.number or "?", STYLES["dim"]), " ", (card.name, STYLES["strong"]), "  ")
    line.append(words.stage(card.stage), STYLES["cyan"])
    line.append(f"  {detail.row.percent}%  ")
    if unsigned := unsigned_words(state, card):  # before what a narrow line cuts
        line.append(f"{unsigned}  ", STYLES["yellow"])
    line.append(_("lead {who}").format(who=state.board.person_name(card.lead) or "-"))
    if card.version:
        line.append("  " + _("version {n}").format(n=card.version), STYLES["dim"])
    return frame.spread(line, _nearest(state, detail.row.clock, now, cells), cells)


def _nearest(state: BoardState, clock: Clock | None, now: int, cells: int) -> Text:
    if clock is None:
        return Text()
    lead = lead_of(clock, now, state.working)
    line = Text(f"{lead.glyph} {lead.time}", STYLES[lead.band])
    about = f" {words.clock(clock.kind)} {who_names(state, clock, 1)}" if cells >= WIDE_FROM else ""
    return Text.assemble(line, f"{about} ")


def tabs_line(detail: CardDetail, front: Tab, keys: Sequence[str], cells: int) -> Text:
    """All tabs with what they hold, the one in front in brackets; `keys` are those for back, next tab and leaving."""
    narrow = cells < WIDE_FROM
    line = Text(" ")
    for tab in TABS:
        count = tab.count(detail) if tab.count else 0
        text = p_("tab", tab.short if narrow else tab.title) + (f" {count}" if count else "")
        line.append(*((f"[{text}]", STYLES["tab"]) if tab is front else (f" {text} ", STYLES["dim"])))
    back, following, leave = keys
    walk = f"{back} {following}"
    tail = walk if narrow else _("{keys} tabs | {key} back").format(keys=walk, key=leave)
    return frame.spread(line, Text(f"{tail} ", STYLES["dim"]), cells)
