"""Milestones that moved with their event: what an operation adds to its own changes where notice is asked for.

A relative date (评审后2日内) follows its event, so the milestone is to change as soon as the event is elsewhere. It
then keeps the date that everybody knows (`Milestone.moved_from`), from which its `change_notice` clock counts back
until the change is announced in writing (rulebook §3, §8).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from store.board import Board
from store.changes import Change, Put, put
from store.rules.relative_dates import due_of
from store.rules.working_time import WorkingTime

EVENTS: Final[Mapping[str, frozenset[str]]] = {
    "cards": frozenset({"initiated_at", "planned_start", "planned_finish"}),
    "meetings": frozenset({"starts", "ended_at", "state", "name", "kind"}),
    "milestones": frozenset({"due", "relative", "reached_at", "name"}),
    "subtasks": frozenset({"planned_finish", "handed_over_at", "status", "name"}),
}
"""Table -> fields of an event that say when it is, or which event it is."""


def moved_with_event(before: Board, after: Board, changes: Iterable[Change], working: WorkingTime) -> Iterator[Change]:
    """Yield what the milestones keep whose date the changes moved, and what those forget that are back where they were.

    `before` and `after` are the Board without and with the changes. A milestone that was given another date itself,
    or whose change was announced by them, has not moved with its event.
    """
    moving = [change for change in changes if _may_move(change)]
    own = {change.id for change in moving if change.table == "milestones"}
    for new in after.milestones.values() if moving else ():
        old = before.milestones.get(new.id)
        if old is None or new.id in own or not new.relative or new.notice_days is None or new.reached_at is not None:
            continue
        card = after.cards.get(new.card)
        if card is None or card.stage != "active":
            continue
        due, known = due_of(after, new, working), old.moved_from
        if known is None:
            known = due_of(before, old, working)
        if known is not None and due is not None:
            kept = None if due == known else known
            if kept != new.moved_from:
                yield put(new, moved_from=kept)


def _may_move(change: Change) -> bool:
    fields = EVENTS.get(change.table)
    return fields is not None and (not isinstance(change, Put) or bool(fields & change.fields.keys()))
