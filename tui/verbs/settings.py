"""`: settings`: every setting of the board with its value and default; Enter changes one (rulebook, preface)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from store.errors import CrossdeckError
from store.operations.base import decode
from store.operations.board_settings import CALENDAR_KEYS, SetSetting
from store.operations.references import resolve_fields
from store.settings import RULES, convert
from store.views.state import BoardState
from tui.cells import fit
from tui.entry import Choice, Echo, Entry, Field, Option, Request, Values
from tui.i18n import _
from tui.look import STYLES
from tui.present.settings import meaning, rows, typed, value_of
from tui.sentences import sentence

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen

KEY_CELLS, VALUE_CELLS = 29, 22
CLOCKS_FOLLOW = CALENDAR_KEYS | RULES.keys() | {"hours", "follow_up", "realtime_hours"}
"""Settings that running clocks follow at once."""


def choose(screen: DeckScreen, current: str = "") -> Request | None:
    """The list of all settings."""
    state = screen.state
    if state is None:
        return None
    options = [_option(*row) for row in rows(state.board)]
    return Choice(
        Text(_("settings of this board; Enter changes one")),
        options,
        lambda key: edit(screen, state, key),
        current=current,
        empty=_("no setting of that name"),
    )


def edit(screen: DeckScreen, state: BoardState, key: str) -> Entry:
    """One setting: its value, typed; empty is the default again."""
    value, normal = value_of(state.board, key)
    default = typed(normal, key)

    def operation(values: Values) -> SetSetting:
        text = values["value"].strip()
        fields = resolve_fields(SetSetting, {"key": key, "value": "" if text == "-" else text}, state.board)
        made = decode("SetSetting", fields)
        if not isinstance(made, SetSetting):
            raise TypeError(key)
        if made.value not in {None, ""}:
            convert(key, made.value)
        return made

    def echo(values: Values) -> Echo:
        try:
            made = operation(values)
        except CrossdeckError as problem:
            return Echo(Text(sentence(problem)), error=True)
        told = _("running clocks follow, closed ones stay") if made.key in CLOCKS_FOLLOW else ""
        return Echo(Text.assemble((f"{key} = ", STYLES["dim"]), values["value"].strip(), (f"  {told}", STYLES["dim"])))

    return Entry(
        key=f"{screen.deck.me}:settings:{key}",
        heading=Text.assemble((f"{key}  ", STYLES["strong"]), (meaning(key), STYLES["dim"])),
        fields=[Field("value", key, hint=_("default: {value}").format(value=default))],
        initial={"value": "" if value is None else typed(value, key)},
        submit=lambda values: [operation(values)],
        echo=echo,
        hint=_("default: {value}").format(value=default),
        recorded=lambda: choose(screen, key),
        keep_draft=False,
    )


def _option(key: str, value: str, default: str, changed: bool) -> Option:
    text = Text.assemble(
        (fit(key, KEY_CELLS), STYLES["strong" if changed else ""]),
        (fit(value, VALUE_CELLS), STYLES["yellow" if changed else ""]),
        (_("default {value}").format(value=default) + "  " if changed else "", STYLES["dim"]),
        (meaning(key), STYLES["dim"]),
    )
    return Option(key, text, meaning(key))
