"""`u` and `U`: my last change that stands taken back, and given again. Both are found in the history of the board."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from store.operations.reverting import Revert
from store.records import HistoryEntry
from store.undoing import Turns
from store.views.state import BoardState
from tui.deeds import deed
from tui.entry import Request
from tui.i18n import _, ngettext
from tui.present.history import change_text, changes, subject_text
from tui.subjects import day_time
from tui.verbs.forms import heading, verb_word, yes_entry

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen

MOST_CHANGES = 3
TITLES = ("name", "what", "risk", "over", "topic", "title", "text")
"""Fields that say what a record is about."""


def undo(screen: DeckScreen) -> Request | None:
    """My last operation that stands. What cannot be undone says why; the next `u` asks for the one before it."""
    turns = _turns(screen)
    if turns is None:
        return None
    passed: set[int] = screen.deck.left_over.setdefault("undo.passed", set())
    entry = turns.last_done(screen.deck.me or 0, passed)
    if entry is None:
        passed.clear()
        screen.deck.notice(_("Nothing of yours is left to undo."))
        return None
    request = _ask(screen, turns, entry, "undo", _("Undo: {what} by {who}, {t}. Enter yes, Esc no."))
    if request is None:
        passed.add(turns.root(entry.id))
    return request


def redo(screen: DeckScreen) -> Request | None:
    """What I undid last, unless I did something else since."""
    turns = _turns(screen)
    if turns is None:
        return None
    entry = turns.last_undone(screen.deck.me or 0)
    if entry is None:
        screen.deck.notice(_("Nothing of yours is there to redo."))
        return None
    return _ask(screen, turns, entry, "redo", _("Redo: {what} by {who}, {t}. Enter yes, Esc no."))


def _turns(screen: DeckScreen) -> Turns | None:
    """The history, once all that was entered here stands in it; else a notice."""
    state, deck = screen.state, screen.deck
    if state is None:
        deck.notice(_("The board is not read yet."))
        return None
    waiting = len(deck.session.store.pending)
    if waiting:
        text = ngettext(
            "{n} change waits to be written; undo acts on what stands on the board.",
            "{n} changes wait to be written; undo acts on what stands on the board.",
            waiting,
        )
        deck.notice(text.format(n=waiting))
        return None
    return Turns(state.board)


def _ask(screen: DeckScreen, turns: Turns, entry: HistoryEntry, command: str, question: str) -> Request | None:
    state, deck, now = screen.state, screen.deck, screen.deck.now()
    if state is None:
        return None
    done = turns.entries[turns.root(entry.id)]
    operation = Revert(entry=entry.id, client=entry.client, n=entry.n, record=done.subject)
    refusal = next(iter(operation.check(state.board, deck.session.stamp(state.me or 0))), None)
    what = f"{deed(done)} {_subject(state, done, entry)}".strip()
    if refusal is not None:
        deck.notice(f"{what}: {deck.error_text(refusal)}", error=True)
        return None
    said = question.format(what=what, who=state.board.person_name(done.by) or "?", t=day_time(state, done.at, now))
    subject = subject_text(state, done)
    more = ", ".join(change_text(each, subject) for each in islice(changes(state, done, now), MOST_CHANGES))
    head = heading(verb_word(command), "", what, more)
    request = yes_entry(screen, f"{command}:{entry.id}", head, [operation], said)
    over = _("Undone: {what}.") if command == "undo" else _("Redone: {what}.")
    request.recorded = lambda: deck.notice(over.format(what=what))
    return request


def _subject(state: BoardState, done: HistoryEntry, entry: HistoryEntry) -> str:
    """The record an operation was about; one that went when it was undone is in the entry that took it away."""
    for change in entry.changes:
        if change[0] == "drop" and change[2] == done.subject and len(change) > 3 and change[3]:
            body: dict[str, Any] = change[3]
            title = next((body[name] for name in TITLES if body.get(name)), "")
            return f"{body.get('number', '')} {title}".strip()
    return subject_text(state, done)
