"""Two people set the same value: what each of them is told, in words (screens.md §6, conflict.lost)."""

from __future__ import annotations

from store.changes import Loss
from store.views.state import BoardState
from tui.cells import cut
from tui.field_words import field_word
from tui.i18n import _
from tui.present.fields import record_words, value_words

MOST = 30
"""Cells of a value in a sentence."""


def lost_words(state: BoardState, loss: Loss, who: str, now: int, history: str) -> str:
    """For whoever's value gave way: who set what, and both values. `who` wrote last; `history` shows both (a key)."""
    if loss.kept != loss.mine:
        return _("{who} changed {field} of {what} too; both are kept. The history has each: {k}.").format(
            who=who or "?", k=history, **_about(state, loss)
        )
    text = _("{who} set {field} of {what} to {theirs}; yours ({mine}) gave way and is in the history: {k}.")
    theirs, mine = (_value(state, loss, value, now) for value in (loss.mine, loss.theirs))
    return text.format(who=who or "?", theirs=theirs, mine=mine, k=history, **_about(state, loss))


def won_words(state: BoardState, loss: Loss, who: str, now: int, history: str) -> str:
    """For whoever wrote last: what had been set meanwhile, by whom, and what stands."""
    if loss.kept != loss.mine:
        return lost_words(state, loss, who, now, history)
    text = _("{who} had set {field} of {what} to {theirs} meanwhile; yours ({mine}) stands. The history has both: {k}.")
    theirs, mine = (_value(state, loss, value, now) for value in (loss.theirs, loss.mine))
    return text.format(who=who or "?", theirs=theirs, mine=mine, k=history, **_about(state, loss))


def _about(state: BoardState, loss: Loss) -> dict[str, str]:
    return {"field": field_word(loss.field), "what": cut(record_words(state, loss.table, loss.id) or "?", MOST)}


def _value(state: BoardState, loss: Loss, value: object, now: int) -> str:
    return cut(value_words(state, loss.table, loss.field, value, now).replace("\n", " "), MOST)
