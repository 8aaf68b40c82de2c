"""What narrows and orders a list: the filter line, the usual filters, the columns to sort by (screens.md §4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.text import Text

from store.views.filters import Preset, parse_filter, presets
from store.views.state import BoardState
from tui.entry import Choice, Echo, Entry, Field, Option, Values
from tui.i18n import Np_, _, p_
from tui.look import STYLES

if TYPE_CHECKING:
    from tui.screens.list_screen import ListScreen

PRESET_WORDS: Mapping[str, str] = {
    "breached": Np_("filter", "over"),
    "24h": Np_("filter", "in 24 h"),
    "blocked": Np_("filter", "blocked"),
    "escalated": Np_("filter", "escalated"),
    "unconfirmed": Np_("filter", "unconfirmed"),
    "silent": Np_("filter", "silent"),
    "mine": Np_("filter", "mine"),
    "resolved": Np_("filter", "resolved"),
    "archived": Np_("filter", "archived"),
}


def filter_line(screen: ListScreen) -> Entry:
    """The filter as it is typed: live; Enter keeps, Esc clears."""
    return Entry(
        key="filter",
        heading=Text(_("filter: words, dept: who: is:, ! inverts")),
        fields=[Field("text", _("filter"))],
        echo=lambda values: _echo(screen, values),
        initial={"text": screen.filter_text},
        submit=lambda _values: None,
        changed=screen.set_filter,
        closed=lambda: screen.set_filter(""),
        keep_draft=False,
    )


def _echo(screen: ListScreen, values: Values) -> Echo:
    if unknown := parse_filter(values["text"]).unknown:
        return Echo(Text(_("Nobody knows is:{word}. f lists the usual filters.").format(word=unknown[0])), error=True)
    shown = len(screen.table.window.rows)
    return Echo(Text(_("{n} of {all} shown. Enter keeps, Esc clears.").format(n=shown, all=len(screen.rows))))


def usual_filters(screen: ListScreen, state: BoardState, now: int) -> Choice:
    """The presets with their counts; the one in force clears."""
    options = []
    for each in presets(screen.rows, state, now):
        word, label = typed_word(each), p_("filter", PRESET_WORDS[each.label])
        words = Text.assemble(f"{each.count:>5}  ", label, (f"  {word}", STYLES["dim"]))
        options.append(Option(word, words, each.word))
    current = screen.filter_text if any(option.id == screen.filter_text for option in options) else ""

    def chosen(word: str) -> None:
        screen.set_filter("" if word == screen.filter_text else word)

    return Choice(Text(_("usual filters")), options, chosen, current)


def typed_word(preset: Preset) -> str:
    """What is typed for one of the usual filters, in the reader's language where the line knows that word."""
    before = p_("filter", "is:")
    word = before + p_("filter", PRESET_WORDS[preset.label])
    known = parse_filter(word).words == parse_filter(preset.word).words
    return word if known and not preset.word.startswith(before) else preset.word


def sort_columns(screen: ListScreen) -> Choice:
    """The columns to sort by; the one in force reverses."""
    options = [Option(key, Text(p_("sort", label)), key) for key, label in screen.sorts.items()]
    return Choice(Text(_("sort by; again reverses")), options, screen.set_sort, screen.sort_key)
