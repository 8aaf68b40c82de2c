"""What was noticed on a subtask and is not reported yet, and the reports that meet it (rulebook §5).

One event runs one clock: the open incidents of a subtask are one event, and raising it as the stronger kind
meets the weaker ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from store import records as r
from store.board import Board
from store.changes import Change, put
from store.errors import Refused
from store.operations.act import label
from store.operations.base import Stamp

STRENGTH: Final[dict[r.IncidentKind, int]] = {"risk": 0, "problem": 1, "stopped": 2}
"""The kinds from the weakest on: it has not happened yet, it needs others, work has stopped."""

MEETS: Final[dict[str, frozenset[r.IncidentKind]]] = {
    "warning": frozenset({"risk"}),
    "problem": frozenset({"risk", "problem"}),
    "blocked": frozenset({"risk", "problem", "stopped"}),
}
"""A report -> the kinds of incident it meets: its own and the weaker ones."""


def open_incidents(board: Board, subtask: int) -> list[r.Incident]:
    """Return what was noticed on a subtask and is neither reported nor taken back, the strongest first."""
    # One pass: an operation asks once, the Board's index would be made for it alone.
    found = [each for each in board.incidents.values() if each.subtask == subtask and each.closed_at is None]
    return sorted(found, key=lambda each: (-STRENGTH[each.kind], each.since, each.id))


def blocked_reasons(board: Board, subtask: int) -> Iterator[Refused]:
    """Refuse while a blocked report stands open: only what is resolved lets the work go on (rulebook §5)."""
    for issue in board.issues.values():
        if (issue.subtask, issue.kind) == (subtask, "blocked") and issue.resolved_at is None:
            yield Refused(
                "{issue} still says what blocks {id}: resolve it first, then the work goes on.",
                code="refuse.blocked",
                issue=label(issue),
                id=label(board.subtasks[subtask]),
            )


def stopped_since(board: Board, subtask: int) -> int | None:
    """Return since when work on a subtask is noted to have stopped, None if nobody noted it."""
    return next((each.since for each in open_incidents(board, subtask) if each.kind == "stopped"), None)


def met(
    board: Board,
    by: Stamp,
    subtask: int | None,
    report: str,
    *,
    issue: int | None = None,
    entry: int | None = None,
    sync: int | None = None,
) -> list[Change]:
    """Return the changes that close what this report meets; the report is one of `issue`, `entry`, `sync`.

    `report` is a key of MEETS. What was noticed after the report happened is another event.
    """
    if subtask is None or not board.incidents:
        return []
    return [
        put(each, closed_at=by.at, issue=issue, entry=entry, sync=sync)
        for each in open_incidents(board, subtask)
        if each.kind in MEETS[report] and each.since <= by.at
    ]
