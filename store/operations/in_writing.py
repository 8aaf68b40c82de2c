"""Events that must reach every participant in writing (rulebook §7): each writes a sync entry by itself.

Decisions, rulings, requirement changes and lag; the entry stays "to be sent" (its `notify` clock runs) until somebody
marks it sent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from store import records as r
from store.board import Board
from store.changes import Change, add
from store.operations.act import derived, label
from store.operations.base import Stamp
from store.rules.routing import recipients

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

TOPIC_LIMIT: Final = 200
"""Most characters of a topic that is made of other texts."""

REQUIREMENTS: Final = (
    "goal",
    "scope",
    "out_of_scope",
    "deliverables",
    "acceptance_criteria",
    "planned_start",
    "planned_finish",
)
"""Fields of a card that say what is asked for: a change of one, once it runs, is a requirement change."""

KINDS: Final[dict[r.SyncEvent, r.SyncKind]] = {
    "decision": "decision",
    "ruling": "decision",
    "requirement_change": "requirement_change",
    "lag": "problem",
}
"""Event -> the kind of its entry."""

_CHINESE: Final = re.compile("[\u4e00-\u9fff]")

Subject = r.Card | r.Subtask | r.Issue


def entry_of(board: Board, by: Stamp, seed: int, event: r.SyncEvent, about: Subject, *, content: str) -> r.SyncEntry:
    """Return the entry an event writes: to all participants (`final`), to be sent.

    `seed` is the doc id of what caused it: the entry's own follows from it, so that it is written once however often
    it is asked for. `about` is the record it is about, as it is after the event.
    """
    name = about.title if isinstance(about, r.Issue) else about.name
    return r.SyncEntry(
        id=derived(seed, "sync"),
        at=by.at,
        topic=f"{label(about)} {name}".split("\n", 1)[0][:TOPIC_LIMIT],
        content=content,
        kind=KINDS[event],
        card=about.id if isinstance(about, r.Card) else about.card,
        by=by.person,
        reference=label(about),
        recipients=recipients(board, about, "final"),
        notify=True,
        event=event,
        issue=about.id if isinstance(about, r.Issue) else None,
        subtask=about.id if isinstance(about, r.Subtask) else getattr(about, "subtask", None),
    )


def requirement_change(board: Board, by: Stamp, seed: int, card: r.Card, content: str) -> list[Change]:
    """Return the entry that a change of what a card asks for writes; none before it circulates."""
    if card.stage not in {"circulating", "active", "acceptance"}:
        return []
    return [add(entry_of(board, by, seed, "requirement_change", card, content=content))]


def card_change(board: Board, by: Stamp, card: r.Card, new: r.Card) -> list[Change]:
    """Return the entry that editing what a running card asks for writes: a line `old > new` for each field."""
    changed = [name for name in REQUIREMENTS if getattr(card, name) != getattr(new, name)]
    if not changed or card.stage not in {"active", "acceptance"}:
        return []
    from zoneinfo import ZoneInfo  # no start waits for it

    zone = ZoneInfo(board.settings.zone)
    pairs = [[_said(getattr(each, name), zone) for each in (card, new)] for name in changed]
    seed = derived(card.id, "requirements", by.person, by.at, *changed, *(after for _before, after in pairs))
    while derived(seed, "sync") in board.sync:  # the same words again within one second: A > B > A > B
        seed = derived(seed, "again")
    return requirement_change(board, by, seed, new, "\n".join(f"{before} > {after}" for before, after in pairs))


def lag_words(board: Board, subtask: r.Subtask) -> str:
    """Say in a sentence that a subtask is behind its plan, the same whoever's session writes it.

    It is in the language the work is written in, as what people write themselves; simplified and traditional characters
    are the same in it.
    """
    from zoneinfo import ZoneInfo

    finish = _said(subtask.planned_finish, ZoneInfo(board.settings.zone))
    if _CHINESE.search(subtask.name):
        return f"目前完成 {subtask.percent}%，不及工作日已用去的比例；原定 {finish} 完成。"
    return f"{subtask.percent}% done, less than the share of working days used; planned to be finished {finish}."


def _said(value: object, zone: ZoneInfo) -> str:
    """A field's value as text: an instant as the board's date and time."""
    if isinstance(value, int):
        from datetime import datetime

        return f"{datetime.fromtimestamp(value, zone):%Y-%m-%d %H:%M}"
    return str(value or "-")
