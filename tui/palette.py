"""`:`: every command by its name in the reader's language, or a jump to a number, person or department."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from store.views.state import BoardState
from tui.cells import fit
from tui.commands import COMMANDS
from tui.entry import Choice, Entry, Option
from tui.i18n import _
from tui.look import STYLES
from tui.screens.base import method_of
from tui.verbs import VERBS

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen

MOST_JUMPS = 40


def palette(screen: DeckScreen) -> Choice:
    """The choice of commands; what is typed also finds records."""
    return Choice(
        Text(_("commands; or a number, a name")),
        [_option(screen, c.id) for c in COMMANDS if _known(screen, c.id)],
        lambda chosen: _chosen(screen, chosen),
        empty=_("no command and no record of that name"),
        more=lambda text: _jumps(screen.state, text) if screen.state and text.strip() else [],
    )


def _known(screen: DeckScreen, command: str) -> bool:
    method = method_of(command)
    return command in VERBS or hasattr(screen, method) or hasattr(screen.deck, method)


def _option(screen: DeckScreen, command: str) -> Option:
    found = next(c for c in COMMANDS if c.id == command)
    label = Text.assemble(
        (fit(screen.deck.key_of(command), 7), STYLES["key"]), fit(found.name, 18), (_(found.help), STYLES["dim"])
    )
    return Option(f"command:{command}", label, f"{found.name} {found.id} {_(found.help)}")


def _jumps(state: BoardState, text: str) -> list[Option]:
    """Records whose number or name holds the typed text."""
    wanted = text.strip().casefold()
    board = state.board
    found: list[Option] = []
    for table in ("cards", "issues", "subtasks", "meetings", "departments", "people", "archived"):
        for key, record in board.table(table).items():
            number = getattr(record, "number", "") or getattr(record, "code", "")
            name = getattr(record, "name", "") or getattr(record, "title", "")
            # A card in the archive is found by what is inside it, too.
            inside = next((each for each in getattr(record, "inside", ()) if wanted in each.casefold()), "")
            if inside or wanted in f"{number} {name}".casefold():
                label = Text.assemble((fit(number or "-", 20), STYLES["dim"]), " ", name)
                label.append(f"  {inside}", STYLES["dim"])
                found.append(Option(f"{table}:{key}", label, f"{number} {name} {inside}"))
                if len(found) >= MOST_JUMPS:
                    return found
    return found


def _chosen(screen: DeckScreen, chosen: str) -> Entry | Choice | None:
    kind, _colon, rest = chosen.partition(":")
    screen.deck.hold_keys()  # what is typed ahead is meant for what the command opens
    screen.call_next(_act, screen, kind, rest)
    return None


def _act(screen: DeckScreen, kind: str, rest: str) -> None:
    """The palette is closed: the command, then the keys typed meanwhile."""
    screen.deck.release_keys()
    if kind == "command":
        screen.action_command(rest)
    else:
        jump(screen, kind, int(rest))


def jump(screen: DeckScreen, table: str, key: int) -> None:
    """Go where a record is shown: its card (the archive too), the queue, the minutes, a list filtered by a name."""
    deck, state = screen.deck, screen.state
    if state is None:
        return
    record = state.board.table(table).get(key)
    if table == "archived":
        from tui.archived import open_archived

        open_archived(deck, key)
        return
    if table in {"cards", "subtasks"}:
        from tui.screens.card import CardScreen

        card = key if table == "cards" else getattr(record, "card", 0)
        deck.push_screen(
            CardScreen(card, tab="work" if table == "subtasks" else "", subtask=key if table == "subtasks" else 0)
        )
        return
    mode = {"issues": "escalations", "meetings": "minutes", "departments": "departments"}.get(table, "overview")
    deck.go(mode)
    front = deck.screen
    from tui.screens.list_screen import ListScreen

    if isinstance(front, ListScreen):
        front.call_after_refresh(_land, front, table, key, getattr(record, "name", ""))


def _land(front: DeckScreen, table: str, key: int, name: str) -> None:
    from tui.screens.list_screen import ListScreen

    if isinstance(front, ListScreen):
        front.set_filter(f"who:{name}" if table == "people" else "")
        if table != "people":
            front.follow((table, key))
