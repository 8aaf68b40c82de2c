"""Whether a verb would act on the records under the cursor: it is asked, on a stage where nothing is shown or done.

Each verb alone knows when it says "nothing here waits for you", so the footer asks it instead of knowing better.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from tui import verbs

if TYPE_CHECKING:
    from tui.screens.base import DeckScreen

SEEN_OF_SCREEN = frozenset({"state", "current", "targets", "taken_by", "list_status"})
SEEN_OF_DECK = frozenset({"me", "now", "session", "key_of", "error_text", "drafts", "state", "base", "board_name"})


class _ActsError(Exception):
    """The verb went on to show or do something."""


class _Stage:
    """Lets a verb look at what it is asked about; whatever else it reaches for means that it acts."""

    def __init__(self, real: Any, seen: frozenset[str], **own: Any) -> None:
        self._real, self._seen, self._own = real, seen, own

    def __getattr__(self, name: str) -> Any:
        if name in self._own:
            return self._own[name]
        if name not in self._seen:
            raise _ActsError(name)
        return getattr(self._real, name)


def _silent(*_said: object, **_how: object) -> None:
    """In place of a notice."""


def idle(screen: DeckScreen, commands: Iterable[str]) -> frozenset[str]:
    """Those of the commands that would only say why they do nothing to the records under the cursor."""
    stage = cast("DeckScreen", _Stage(screen, SEEN_OF_SCREEN, deck=_Stage(screen.deck, SEEN_OF_DECK, notice=_silent)))
    return frozenset(c for c in commands if not _acts(screen, stage, c))


def _acts(screen: DeckScreen, stage: DeckScreen, command: str) -> bool:
    found = verbs.verb(command, screen.table_of_verb(command))
    if found is None:
        return False
    try:
        return found(stage, screen.taken_by(command)) is not None
    except Exception:  # noqa: BLE001 - what a verb makes of a stage is no reason to leave it out
        return True
