"""Orders of lists: one key per column, stable, with the due always second (screens sections 2, 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar

LATEST = 1 << 62
"""Later than any due: where rows without a clock stand."""

PRIORITY_ORDER = {"high": 0, "medium": 1, "low": 2}
STAGE_ORDER = {
    name: place
    for place, name in enumerate(("draft", "circulating", "active", "acceptance", "completed", "archived", "cancelled"))
}


class Due(Protocol):
    """A row with the due of its nearest clock."""

    @property
    def due(self) -> int | None:
        """When the nearest clock is due, None without one."""


AnyRow = TypeVar("AnyRow", bound=Due)
Key = Callable[[Any], Any]


def by_due(row: Due) -> int:
    """Key of the default order: what runs out first on top, rows without a clock last."""
    due = row.due
    return LATEST if due is None else due


def sort_rows(
    rows: Iterable[AnyRow], column: str, keys: Mapping[str, Key], *, reverse: bool = False
) -> tuple[AnyRow, ...]:
    """Return `rows` sorted by a column of `keys`, then by due; an unknown column is `due`.

    `reverse` turns the column round, never the due behind it.
    """
    key = keys.get(column)
    # Equal dues by number or name: on two terminals the same rows stand in the same order.
    named = sorted(rows, key=lambda row: getattr(row, "number", "") or getattr(row, "name", ""))
    ordered = sorted(named, key=by_due, reverse=reverse and key is None)
    if key is not None:
        ordered.sort(key=key, reverse=reverse)
    return tuple(ordered)
