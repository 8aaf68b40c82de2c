"""What the program has to say: one line at a time, all of the session for the inbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.errors import CrossdeckError
from store.file.machine_clock import SAID, trusted
from store.port import CommitResult
from tui.deeds import deed_word
from tui.duration import elapsed
from tui.i18n import _, ngettext

if TYPE_CHECKING:
    from store.changes import Loss
    from store.file.chain import Settled

NOTICE_SECONDS = 8


def clock_words(ahead: int) -> str:
    """`This machine's clock is 1h 00m ahead of the share's.`, and what is not done because of it."""
    by = elapsed(abs(ahead))
    text = _("This machine's clock is {by} ahead of the share's. Set it: deadlines are counted by it.")
    if ahead < 0:
        text = _("This machine's clock is {by} behind the share's. Set it: deadlines are counted by it.")
    said = text.format(by=by)
    return said if trusted(ahead) else said + " " + _("Until then nothing here moves up by itself.")


class Notices:
    """The message row's memory."""

    def __init__(self) -> None:
        """Nothing said yet."""
        self.all: list[tuple[int, str, bool]] = []
        """(epoch seconds, sentence, is an error) of this session, oldest first."""
        self._shown: tuple[int, str, bool] | None = None
        self._passing = False
        self._failed = ""
        self._clock_said = False

    def say(self, text: str, now: int, *, error: bool = False, passing: bool = False) -> None:
        """Show a sentence; what it replaces stays in `all`. `passing`: only until the next command."""
        self._shown = (now, text, error)
        self._passing = passing
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

    def answered(self) -> bool:
        """Another command follows: what was said of a key that did nothing goes. True if it stood there."""
        if self._shown is None or not self._passing:
            return False
        self._shown = None
        return True

    def recorded(self) -> None:
        """A key that records was pressed: what was said before has been read."""
        self._shown = None

    def commit_failed(self, text: str) -> bool:
        """Why the file could not be written; True if it is another reason than the last one."""
        new, self._failed = text != self._failed, text
        return new

    def clock_off(self, ahead: int | None) -> str:
        """That this machine's clock and the share's differ (seconds ahead), once; empty if they agree."""
        if ahead is None or abs(ahead) <= SAID or self._clock_said:
            return ""
        self._clock_said = True
        return clock_words(ahead)

    def of_commit(
        self, result: CommitResult, words: Callable[[CrossdeckError], str], won: Callable[[Settled, Loss], str]
    ) -> list[str]:
        """Sentences for what a commit put aside, settled between two people (`won` says what) or found lost."""
        self._failed = ""
        said: list[str] = []
        for one in result.settled:
            if one.outcome == "aside":
                why = "; ".join(words(reason) for reason in one.reasons)
                text = _("Put aside: {deed}. {why}.")
                if one.waits:
                    text = _("Put aside: {deed}. {why}. It waits in your inbox: i.")
                said.append(text.format(deed=deed_word(one.operation), why=why.rstrip(".")))
            said += [won(one, loss) for loss in one.losses]
        if result.put_back:
            text = ngettext(
                "The board went back to an older copy. {n} of your changes was put back.",
                "The board went back to an older copy. {n} of your changes were put back.",
                result.put_back,
            )
            said.append(text.format(n=result.put_back))
        return said
