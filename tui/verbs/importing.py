"""`O`: read a register or an allocation table: path, then the preview, then one operation (one undo)."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from store.errors import as_sentence
from store.exchange.plan import ImportPlan
from store.exchange.preview import read_import
from store.views.state import BoardState
from tui.entry import Choice, Entry, Field, Option, Request, Values
from tui.i18n import _
from tui.look import STYLES
from tui.screens.base import DeckScreen
from tui.verbs.forms import filled

if TYPE_CHECKING:
    from tui.app import CrossdeckApp

MOST = 200


def ask(screen: DeckScreen) -> Request | None:
    """The path of a file; its preview follows."""
    state = screen.state
    if state is None:
        return None

    card = card_here(state, screen.current())

    def submit(values: Values) -> None:
        text = filled(values["path"].strip().strip("'\""), _("path"))
        screen.deck.notice(_("Reading {path}").format(path=text))
        # A file on a share may hang, and a large sheet takes a second: keys must not wait for it.
        args = (screen.deck, state, Path(text).expanduser(), card)
        threading.Thread(target=_read, args=args, daemon=True).start()

    return Entry(
        key="import",
        heading=Text(_("import: path of a paper (xlsx, docx, csv, json)")),
        fields=[Field("path", _("path"), required=True)],
        submit=submit,
    )


def card_here(state: BoardState, here: tuple[str, int] | None) -> int | None:
    """The card under the cursor, or that of the record there: what a paper that names none is of."""
    if here is None or not here[0]:
        return None
    table, key = here
    if table == "meetings" and key in state.board.meetings:
        return state.board.card_of_meeting(state.board.meetings[key])
    return key if table == "cards" else getattr(state.board.table(table).get(key), "card", None)


def _read(deck: CrossdeckApp, state: BoardState, path: Path, card: int | None) -> None:
    """In a thread of its own: it touches no widget."""
    try:
        board = deck.session.store.past.whole(state.board)
        plan = read_import([path], board, state.working, deck.now(), person=deck.me or 0, card=card)
    except Exception as error:  # noqa: BLE001 - a dead thread would leave "Reading" standing
        deck.call_later(deck.notice, deck.error_text(as_sentence(error)), error=True)
    else:
        deck.call_later(_show, deck, plan)


def _show(deck: CrossdeckApp, plan: ImportPlan) -> None:
    """The preview on the screen in front; another one may have come since the path was typed."""
    front = deck.screen_stack[-1]
    if isinstance(front, DeckScreen):
        front.open_panel(preview(front, plan))


def preview(screen: DeckScreen, plan: ImportPlan) -> Choice:
    """What would be created, changed, is unclear or left out; the first line records it."""
    counts = _("{c} new, {u} changed, {s} the same, {q} unclear, {k} left out").format(
        c=len(plan.create), u=len(plan.update), s=len(plan.same), q=len(plan.unclear), k=len(plan.skipped)
    )
    operation = plan.operation()
    options = []
    if operation is not None:
        options.append(
            Option("record", Text(_("Record this import ({counts})").format(counts=counts), STYLES["strong"]))
        )
    for unclear in plan.unclear:
        why = screen.deck.error_text(unclear.why)
        options.append(Option("", Text(f"? {unclear.where}  {unclear.value}: {why}", STYLES["yellow"])))
    options += [
        Option("", Text(f"! {one.where}  {screen.deck.error_text(one.why)}", STYLES["yellow"]))
        for one in plan.vague[:MOST]
    ]
    options += [
        Option("", Text(f"- {one.where}  {screen.deck.error_text(one.why)}", STYLES["dim"])) for one in plan.skipped
    ]
    options += [Option("", Text(f"+ {one.where}  {one.number} {one.title}")) for one in plan.create[:MOST]]
    options += [Option("", Text(f"~ {one.where}  {one.number} {one.title}")) for one in plan.update[:MOST]]

    def chosen(choice: str) -> Choice | None:
        if operation is None:
            return None
        if choice != "record":
            return shown  # a line of the preview only tells: Enter on it must not look like an import
        screen.deck.record(
            [operation], lambda _done: screen.deck.notice(_("Imported: {counts}.").format(counts=counts))
        )
        return None

    heading = Text(_("import preview: {counts}").format(counts=counts))
    shown = Choice(heading, options, chosen, current="record", empty=_("nothing new"))
    return shown
