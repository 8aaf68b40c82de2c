"""What the program has to say: one line at a time, all of the session for the inbox."""

from __future__ import annotations

from typing import Any

from store.views.state import BoardState
from tui.i18n import _

NOTICE_SECONDS = 8


class Notices:
    """The message row's memory."""

    def __init__(self) -> None:
        """Nothing said yet."""
        self.all: list[tuple[int, str, bool]] = []
        """(epoch seconds, sentence, is an error) of this session, oldest first."""
        self._shown: tuple[int, str, bool] | None = None
        self._failed = ""

    def say(self, text: str, now: int, *, error: bool = False) -> None:
        """Show a sentence; what it replaces stays in `all`."""
        self._shown = (now, text, error)
        self.all.append(self._shown)

    def current(self, now: int) -> tuple[str, bool]:
        """The sentence to show now, and whether it is an error. Errors stay until `recorded`."""
        if self._shown is None:
            return "", False
        at, text, error = self._shown
        if not error and now - at >= NOTICE_SECONDS:
            self._shown = None
            return "", False
        return text, error

    def recorded(self) -> None:
        """A key that records was pressed: an error has been read."""
        if self._shown and self._shown[2]:
            self._shown = None

    def commit_failed(self, text: str) -> None:
        """Remember why the file could not be written, once."""
        if text != self._failed:
            self._failed = text
            self.all.append((0, text, True))

    def of_commit(self, result: Any, state: BoardState | None) -> list[str]:
        """Sentences for what a commit lost, kept twice or put aside."""
        self._failed = ""
        said: list[str] = []
        for outcome in getattr(result, "outcomes", ()):
            if outcome.outcome == "aside":
                why = "; ".join(outcome.reasons)
                said.append(
                    _("{operation} was put aside: {why}. It is in the history: H.").format(
                        operation=outcome.operation, why=why
                    )
                )
            said += [
                _("Both changed {field}. Yours and theirs are in the history: H.").format(field=loss.field)
                for loss in outcome.losses
            ]
        return said
