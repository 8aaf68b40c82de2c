"""The frame's lines: header rows 1-3, message row, footer (screens.md §1). Pure drawing."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

from store.clock import terminal_offset
from store.rules.clocks import Clock, band, left
from store.views.header import Header, header_of
from store.views.state import BoardState
from tui import words
from tui.cells import width, wrap
from tui.commands import BY_ID
from tui.duration import with_seconds
from tui.i18n import _, p_
from tui.look import STYLES, glyph
from tui.subjects import due_text, local, subject_words, who_names
from tui.widgets.lines import clipped

if TYPE_CHECKING:
    from tui.app import CrossdeckApp
    from tui.screens.base import DeckScreen

MOST_MESSAGE_ROWS = 3
LEAST_DAY = 8
"""In fewer cells the kind of day says nothing."""
NARROW = 100
"""Below this many columns words are short and the board's name goes."""


def header(deck: CrossdeckApp, screen: DeckScreen, cells: int) -> tuple[list[Text], int]:
    """The three header lines, and how many cells at the left of the first one tick."""
    state = deck.state
    if state is None:
        return [spread(_opening(deck), deck.freshness_text(cells), cells), Text(), _tabs(None, screen, cells)], 0
    view = header_of(state, deck.now())
    clock, ticking = _clock_row(deck, view, cells)
    if screen.has_class("-tiny"):
        return [clock, spread(Text(f" {_('window too small')}: < 40x8", STYLES["yellow"]), Text(), cells)], ticking
    return [clock, _board_row(deck, view, cells), _tabs(view, screen, cells)], ticking


def _opening(deck: CrossdeckApp) -> Text:
    """Before the first read: which board is being opened, and whether it can be."""
    return Text.assemble(" crossdeck  ", (str(deck.board_name), STYLES["dim"]))


def _clock_row(deck: CrossdeckApp, view: Header, cells: int) -> tuple[Text, int]:
    """Nearest clock with seconds, what it is, who must act; right: freshness and me."""
    line = Text()
    ticking = 0
    state = deck.state
    if view.nearest is not None and state is not None:
        line = _ticking(state, view.nearest, deck.now())
        ticking = width(line.plain)
        line.append(f"  {nearest_words(state, view, view.nearest)}")
    else:
        line.append(f" {_('no clock is running')}", STYLES["dim"])
    right = deck.freshness_text(cells)
    if ticking + right.cell_len >= cells:
        right = Text()  # in the smallest window the clock is what stays
    return spread(line, right, cells), ticking


def _ticking(state: BoardState, clock: Clock, now: int) -> Text:
    """The cells of the first row that change each second."""
    name = band(clock, now, state.working)
    tone = "over" if name == "breached" else name
    style = STYLES[tone]
    # Where the band has no ground the blank before it is of its colour: a colour less to send each second.
    line = Text(" ", style if style.bgcolor is None else "", end="")
    return Text.assemble(line, (f"{glyph(tone)} {with_seconds(left(clock, now))}", style))


def ticking_alone(deck: CrossdeckApp, screen: DeckScreen) -> tuple[Text | None, object]:
    """What ticks in the first header row (None: nothing does), and all that the rest of the header depends on."""
    state = deck.state
    if state is None:
        return None, None
    now = deck.now()
    nearest = state.nearest(now)
    cells = _ticking(state, nearest.clock, now) if nearest.clock is not None else None
    return cells, (
        nearest,
        state.counts(now),
        now // 60,
        deck.freshness_facts(),
        screen.list_status().plain,
        screen.size,
        screen.classes,
    )


def nearest_words(state: BoardState, view: Header, clock: Clock) -> str:
    """`progress 02 渠道激励方案初稿  李强`; of many alike: `progress: 4 due at 17:00 (李强 2, 陈思 2)`."""
    if view.same > 1:
        people = ", ".join(f"{state.board.person_name(p)} {n}" for p, n in view.same_who[:4])
        today = state.working.day_of(clock.due) == view.today
        time = f"{local(state, clock.due):%H:%M}" if today else due_text(state, clock.due)
        text = _("{clock}: {n} due at {time}").format(clock=words.clock(clock.kind), n=view.same, time=time)
        return f"{text} ({people})" if people else text
    who = who_names(state, clock)
    return "  ".join(part for part in (f"{words.clock(clock.kind)} {subject_words(state, clock)}".strip(), who) if part)


def _board_row(deck: CrossdeckApp, view: Header, cells: int) -> Text:
    narrow = cells < NARROW
    today = date.fromordinal(view.today)
    name = "" if narrow else f"{deck.board_name}   "
    day = words.short_date(today) if narrow else words.long_date(today)
    kind = f"  {day_words(view)}"
    line = Text.assemble(" ", (name, STYLES["strong"]), f"{day} {view.time}")
    extras = _extras(view)
    # The next make-up day is worth shorter counts; a year that is not published is not.
    coming = width(extras[0]) if view.next_make_up is not None else 0
    counts = _fitting_counts(view, line.cell_len + width(_zone(deck)) + width(kind) + coming, cells)
    if line.cell_len + counts.cell_len >= cells:
        line = Text(f" {view.time}")
    zone = _zone(deck)
    if line.cell_len + width(zone) + width(kind) + counts.cell_len < cells:
        line.append(zone)
    if line.cell_len + LEAST_DAY + counts.cell_len < cells:
        line.append(kind)
    whole = counts.plain == _counts(view, LONG).plain
    for n, extra in enumerate(extras):  # what does not fit beside the counts is left out, not cut
        worth = whole or (n == 0 and view.next_make_up is not None)
        if worth and line.cell_len + width(extra) + counts.cell_len < cells:
            line.append(extra)
    return spread(line, counts, cells)


def _zone(deck: CrossdeckApp) -> str:
    """The board's time zone where the terminal's clock shows another time (rulebook §1)."""
    state = deck.state
    if state is None or state.working.offset_at(deck.now()) == terminal_offset(deck.now()):
        return ""
    minutes = state.working.offset_at(deck.now()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f" UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")


def day_words(view: Header) -> str:
    """What kind of day it is."""
    return {
        "working": _("workday"),
        "make_up": _("make-up day"),
        "weekend": _("day off"),
        "holiday": view.holiday or _("holiday"),
    }[view.day_kind]


def _extras(view: Header) -> list[str]:
    """The next make-up day, and a year whose make-up days are not published."""
    extras = []
    if view.next_make_up is not None:
        day = words.short_date(date.fromordinal(view.next_make_up))
        extras.append("; " + _("{day} make-up").format(day=day))
    if view.estimated:
        extras.append("; " + _("{year} not published").format(year=view.estimated))
    return extras


LONG, SHORT, TIGHT = range(3)
"""How the counts are written: `over 2`, `blk 2`, and without the word of the first and the blanks."""


def _counts(view: Header, form: int) -> Text:
    """Counts by word; zero ones are dim, so that what is not zero is seen first."""
    rows = (
        ("over", "over", _("over"), _("over"), view.breached),
        ("now", "now", _("in 24 h"), _("24h"), view.due_24h),
        ("blocked", "red", _("blocked"), _("blk"), view.blocked),
        ("escalated", "yellow", _("escalated"), _("esc"), view.escalated),
        ("unconfirmed", "cyan", _("unconfirmed"), _("unc"), view.unconfirmed),
    )
    line = Text()
    for mark, style, word, short, count in rows:
        said = word if form == LONG else "" if form == TIGHT and mark == "over" else short
        text = " ".join(part for part in (glyph(mark), said, str(count)) if part)
        if form == TIGHT and said:
            text = f"{glyph(mark)}{said} {count}"
        line.append(text, STYLES[style] if count else STYLES["dim"])
        line.append(" " if form == TIGHT else "  ")
    return line


def _fitting_counts(view: Header, left: int, cells: int) -> Text:
    """The longest form that leaves `left` cells for the day; the tightest if none does."""
    forms = [_counts(view, form) for form in (LONG, SHORT, TIGHT)]
    return next((counts for counts in forms if left + counts.cell_len < cells), forms[TIGHT])


def _tabs(view: Header | None, screen: DeckScreen, cells: int) -> Text:
    line = Text(" ")
    counts = view.tab_counts if view else (0, 0, 0, 0)
    for number, count in enumerate(counts, start=1):
        text = f"{number} {p_('key', BY_ID[f'goto.{number}'].label)}" + (f" {count}" if count else "")
        if number == screen.number:
            line.append(f"[{text}]", STYLES["tab"])
        else:
            line.append(f" {text} ", STYLES["dim"])
        line.append(" ")
    return spread(line, screen.list_status(), cells)


def bottom(deck: CrossdeckApp, screen: DeckScreen, cells: int) -> list[Text]:
    """Message row (a long sentence takes up to three) and footer."""
    if screen.entering:
        return [*message_rows(screen.panel.echo(), cells), screen.panel.footer(cells)]
    return [*message_rows(deck.message_text(), cells), _footer(screen, cells)]


def message_rows(message: Text, cells: int) -> list[Text]:
    """A message in as many rows as its sentence needs, an error's red word kept; an echo that is typed stays one."""
    error = f" {_('Error')} "
    if message.cell_len <= cells or not (message.plain.startswith(error) or message.style == STYLES["dim"]):
        return [message]
    rows = [Text(f" {line}", message.style) for line in wrap(message.plain.strip(), cells - 2, MOST_MESSAGE_ROWS)]
    if message.plain.startswith(error):
        rows[0].stylize(STYLES["red"], 0, len(error))
    return rows


def _footer(screen: DeckScreen, cells: int) -> Text:
    """Verbs of this row by priority, always `: ?` at the right; what does not fit is left out."""
    offered = tuple([(screen.deck.key_of(each), screen.command_name(each)) for each in screen.footer_commands()])
    return _footer_line(offered, (_("commands"), _("help")), STYLES["key"], cells)


@lru_cache(maxsize=16)
def _footer_line(offered: tuple[tuple[str, str], ...], last: tuple[str, str], style: Style, cells: int) -> Text:
    """Kept, because each step of the cursor asks and few of them change it."""
    commands, guide = last
    tail = Text.assemble((":", style), " ", commands, "  ", ("?", style), " ", guide, " ")
    room = cells - tail.cell_len - 1
    line = Text(" ")
    for key, name in offered:
        piece = Text.assemble((key, style), " ", name, "  ")
        if line.cell_len + piece.cell_len > room:
            break
        line.append_text(piece)
    return spread(line, tail, cells)


def spread(first: Text, last: Text, cells: int) -> Text:
    """`first` at the left, `last` at the right end of `cells` cells; the left one gives way with `~`."""
    last = clipped(last, cells)
    line = clipped(first, max(0, cells - last.cell_len - 1)).copy()
    line.append(" " * max(0, cells - line.cell_len - last.cell_len))
    line.append_text(last)
    return line
