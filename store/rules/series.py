"""The regular meetings of a card as one series: which they are, and when the next one is to be planned (§6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from store.board import Board
from store.records import AgendaItem, Meeting


def series_of(meetings: Iterable[Meeting]) -> list[Meeting]:
    """The series planned last among a card's meetings, in order of their starts; empty if none was planned.

    Not the one that reaches furthest: what was cancelled of an earlier series may lie behind a new one's first.
    """
    regular = sorted((each for each in meetings if each.regular), key=lambda each: (each.starts, each.id))
    newest = max(regular, key=lambda each: (each.noticed_at or 0, each.starts, each.id), default=None)
    first = (newest.series or newest.id) if newest else None
    return [each for each in regular if first in {each.id, each.series}]


def wants_another(series: Sequence[Meeting]) -> bool:
    """Whether the next one of a series is to be planned: it goes on, and none is ahead."""
    ended = any(each.series_ended_at is not None for each in series)
    return bool(series) and not ended and all(each.state != "notice" for each in series)


def next_agenda(board: Board, series: Sequence[Meeting], starts: int) -> list[AgendaItem]:
    """The agenda items the next one of a series begins with: those of the last; monthly ones in a new month only.

    A series that began in a month whose monthly items another meeting of the card had takes them from that one.
    """
    items = [item for item in board.agenda_of.get(series[-1].id, ()) if not item.monthly]
    if same_month(board, series[-1].starts, starts):
        return items
    others = [each for each in board.meetings.values() if each.card == series[-1].card and not each.regular]
    held = [*reversed(series), *sorted(others, key=lambda each: -each.starts)]
    monthly = ([item for item in board.agenda_of.get(each.id, ()) if item.monthly] for each in held)
    return [*items, *next(filter(None, monthly), [])]


def same_month(board: Board, one: int, other: int) -> bool:
    """Whether two instants lie in the same month of the board's zone."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(board.settings.zone)
    a, b = (datetime.fromtimestamp(each, zone) for each in (one, other))
    return (a.year, a.month) == (b.year, b.month)
