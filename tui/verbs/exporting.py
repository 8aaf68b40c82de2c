"""`o`: a paper of the record here, of its card or of the board, as a file: which, where, and then it is written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.text import Text

from store.errors import as_sentence
from store.file.placed import WouldReplace, place, safe_name
from store.views.card import history_ids
from store.views.older import take_older
from store.views.state import BoardState
from tui.entry import Choice, Entry, Field, Option, Request, Values
from tui.exporting import compose, form_of, target
from tui.i18n import _
from tui.look import STYLES
from tui.papers.desk import Desk
from tui.papers.every import BY_KEY, Kind, kinds_of
from tui.screens.base import DeckScreen

if TYPE_CHECKING:
    from tui.app import CrossdeckApp


HOLDERS = {
    "subtask": "subtasks",
    "issue": "issues",
    "meeting": "meetings",
    "department": "departments",
    "card": "cards",
}
"""Field of a record -> table of what it hangs on."""


class Wanted(Struct, frozen=True):
    """A paper, and of which record (0: the board)."""

    kind: Kind
    table: str
    key: int


def choose(screen: DeckScreen) -> Request | None:
    """Every paper there is from here; typing narrows the list. The ending of the file says which format."""
    state = screen.state
    if state is None:
        return None
    options = []
    for table, key in _subjects(state, screen.current()):
        name = _name(state, table, key)
        for kind in kinds_of(table):
            label = Text.assemble(f"{kind.said()}  ", (" ".join(kind.formats), STYLES["dim"]), f"  {name}")
            options.append(Option(f"{kind.key} {table or '-'} {key}", label, kind.key))

    def chosen(option: str) -> Request:
        paper, table, key = option.split()
        return _where(screen, state, Wanted(BY_KEY[paper], table.strip("-"), int(key)))

    return Choice(Text(_("export which paper?")), options, chosen)


def _subjects(state: BoardState, here: tuple[str, int] | None) -> Iterator[tuple[str, int]]:
    """What papers can be of from here: the record, its subtask, issue or meeting, its card, the board."""
    board = state.board
    record = board.table(here[0]).get(here[1]) if here and here[0] else None
    if here is not None and record is not None:
        found = [here, *((table, getattr(record, field, None) or 0) for field, table in HOLDERS.items())]
        for table, key in found:
            if table == "meetings" and key in board.meetings:
                found.append(("cards", board.card_of_meeting(board.meetings[key]) or 0))
            elif table in {"subtasks", "issues"} and key in board.table(table):
                found.append(("cards", getattr(board.table(table)[key], "card", 0)))
        yield from dict.fromkeys((table, key) for table, key in found if key and key in board.table(table))
    yield "", 0


def _name(state: BoardState, table: str, key: int) -> str:
    if not table:
        return _("whole board")
    record = state.board.table(table).get(key)
    number, name = getattr(record, "number", ""), getattr(record, "name", "") or getattr(record, "title", "")
    return f"{number} {name}".strip()


def _where(screen: DeckScreen, state: BoardState, wanted: Wanted, typed: str = "") -> Entry:
    """The path, filled in with what was typed before or a name that says what it is; a folder alone keeps that name."""
    kind = wanted.kind
    name = safe_name(f"{kind.said()} {_name(state, wanted.table, wanted.key)}", kind.formats[0])

    def submit(values: Values) -> None:
        path = values["path"].strip().strip("'\"")
        form_of(kind, path)
        _start(screen.deck, state, wanted, path)

    return Entry(
        key=f"export:{kind.key}",
        heading=Text(_("export: file or folder ({formats})").format(formats=" ".join(f".{f}" for f in kind.formats))),
        fields=[Field("path", _("path"), required=True)],
        initial={"path": typed or str(Path.cwd() / name)},
        submit=submit,
        keep_draft=False,
    )


def _start(deck: CrossdeckApp, state: BoardState, wanted: Wanted, path: str, *, replace: bool = False) -> None:
    # A share may hang and a large workbook takes a second: keys must not wait for either.
    deck.notice(_("Writing {path}").format(path=path), passing=True)
    work = partial(_write, deck, Desk(state, deck.now()), wanted, path, replace)
    threading.Thread(target=work, name="export", daemon=True).start()


def _write(deck: CrossdeckApp, desk: Desk, wanted: Wanted, path: str, replace: bool) -> None:
    """In a thread of its own: it touches no widget."""
    try:
        if wanted.kind.key == "summary":  # it says what changed, however long ago
            take_older(deck.session.store.past, desk.state, history_ids(desk.state, wanted.key))
        name, data = compose(wanted.kind, desk, wanted.key, form_of(wanted.kind, path))
        found = target(path, name, Path.cwd())
        place(found, data, replace=replace)
    except WouldReplace:
        deck.call_later(_ask_to_replace, deck, desk.state, wanted, path)
    except Exception as error:  # noqa: BLE001 - whichever it is, the person waits for an answer
        deck.call_later(_failed, deck, desk.state, wanted, path, deck.error_text(as_sentence(error)))
    else:
        deck.call_later(deck.notice, _("Written: {path}").format(path=found))


def _failed(deck: CrossdeckApp, state: BoardState, wanted: Wanted, path: str, why: str) -> None:
    """Why nothing was written, and the path again to put right."""
    front = deck.screen_stack[-1]
    deck.notice(why, error=True)
    if isinstance(front, DeckScreen) and not front.entering:
        front.open_panel(_where(front, state, wanted, path))
        front.panel.say(why, error=True)


def _ask_to_replace(deck: CrossdeckApp, state: BoardState, wanted: Wanted, path: str) -> None:
    front = deck.screen_stack[-1]
    if not isinstance(front, DeckScreen):
        return

    def chosen(option: str) -> Request | None:
        if option == "replace":
            _start(deck, state, wanted, path, replace=True)
            return None
        return _where(front, state, wanted, path)

    options = [
        Option("other", Text(_("no: another name"))),
        Option("replace", Text(_("yes: replace it"))),
    ]
    heading = Text(_("{path} is there already. Replace it?").format(path=path))
    deck.notices.answered()  # nothing is being written while it asks
    front.draw_bottom()
    front.open_panel(Choice(heading, options, chosen))
