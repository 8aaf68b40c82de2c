"""How far this machine's clock is from the share's: said, not trusted where a board acts by itself (design §3.9)."""

from __future__ import annotations

from typing import Final

from store.clock import Clock
from store.file.disk import Disk

SAID: Final = 60
"""Seconds from which a difference is said."""
TRUSTED: Final = 300
"""Seconds up to which what a board does by itself is done on this machine's clock."""


def skew(disk: Disk, made: str, clock: Clock) -> int | None:
    """Return how many seconds this machine is ahead of the share, by what was made there a moment ago (its mtime).

    None where it cannot be told: the share does not say, or `clock` is not the machine's own.
    """
    if not clock.real:
        return None
    try:
        return round(clock.now_exact() - disk.stat(made).st_mtime)
    except OSError:
        return None


def trusted(ahead: int | None) -> bool:
    """Say whether deadlines may be acted on by this machine's clock."""
    return ahead is None or abs(ahead) <= TRUSTED
