"""Results of closed clocks as they were stored at their closing (rulebook §8): what is shown of them, and their names.

The due, the rule and the calendar of a closed clock never change again; a clock without a stored result (an older
board, an import) is worked out from its records.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

import msgspec

from store.board import Board
from store.records import TABLES, ClockResult
from store.rules.clocks import Clock, Kind, by_due
from store.tokens import digest

Key = tuple[str, str, int, int | None, int | None]
"""What tells one clock from every other: kind, table, subject, start, and of a meeting its due (it may be moved)."""

NAMES: Final = ("name", "title", "topic", "what", "text", "over", "risk")
"""Fields of a record that may say what it is about."""


def key_of(clock: Clock | ClockResult) -> Key:
    """Return what tells a clock from every other. The start of a subtask is edited while its clock runs."""
    started = None if clock.kind == "subtask_due" else clock.started
    return clock.kind, clock.table, clock.subject, started, clock.due if clock.kind == "meeting" else None


def result_id(key: Key) -> int:
    """Return the doc id of a clock's result: always the same, so that it can stand only once."""
    return int.from_bytes(digest("/".join(["results", *map(str, key)]).encode(), 8)) >> 11 | 1


def stored(board: Board, clock: Clock) -> ClockResult | None:
    """Return the result stored for a clock that is closed, None if there is none."""
    return board.results.get(result_id(key_of(clock))) if not clock.is_open else None


def with_results(board: Board, card: int | None, closed: Sequence[Clock], running: Sequence[Clock]) -> list[Clock]:
    """Return the closed clocks of a card by due, those that have a stored result as that says.

    Results of clocks that leave no trace in their records (a subtask sent back, a meeting moved) stand among them;
    those of a clock that runs again do not.
    """
    if not board.table("results"):
        return list(closed)
    kept = {key_of(each): each for each in board.results_of.get(card or 0, ())}
    for each in running:
        kept.pop(key_of(each), None)
    found: list[Clock] = []
    for clock in closed:
        result = kept.pop(key_of(clock), None)
        found.append(clock if result is None else _clock(result, clock.about))
    found += [_clock(each, about) for each in kept.values() if (about := _about(board, each)) is not None]
    return sorted(found, key=by_due)


def _clock(result: ClockResult, about: str) -> Clock:
    return Clock(
        cast("Kind", result.kind),
        result.table,
        result.subject,
        result.card,
        result.started,
        result.due,
        result.closed,
        result.void,
        result.who,
        result.department,
        about,
    )


def _about(board: Board, result: ClockResult) -> str | None:
    """Return what the record of a result calls itself, None if it is gone."""
    record = board.table(result.table).get(result.subject) if result.table in TABLES else None
    if record is None:
        return None
    body = msgspec.structs.asdict(record)
    for name in NAMES:
        if body.get(name):
            return str(body[name])
    owner = board.cards.get(result.card or 0)
    return owner.name if owner else ""
