"""Waiting is said: for somebody else's commit, before one wonders; for a share, when one has had enough of it."""

from __future__ import annotations

from store.errors import CrossdeckError
from tui.cli.context import Run
from tui.i18n import _
from tui.sentences import sentence

SAID = 1.0
"""Seconds of waiting for somebody else's commit from which that is said."""
AGAIN = 10.0
"""Seconds until it is said once more."""
INTERRUPTED = 130
"""Exit code of a command that was ended by Ctrl+C, as shells have it."""


class Waits:
    """Says who writes, on standard error: what a commit calls while it waits (`store.port.Waiting`)."""

    def __init__(self, run: Run, *, recorded: bool = False) -> None:
        """`recorded`: what waits is in the journal, and is sent later should one leave now."""
        self._run, self._recorded, self._next = run, recorded, SAID

    def __call__(self, who: str, seconds: float) -> None:
        """So long somebody else has kept us waiting."""
        if seconds < self._next:
            return
        self._next = seconds + AGAIN
        text = (
            _("{who} is writing, {s} s. Your change is safe here.") if self._recorded else _("{who} is writing, {s} s.")
        )
        self._run.out.flush()
        self._run.out.error(text.format(who=who, s=int(seconds)))
        self._run.out.flush()


def no_answer(run: Run) -> int:
    """Say that nobody waits for the share any longer; the exit code."""
    what = CrossdeckError(
        "{path} does not answer; given up. Once it does, `crossdeck outbox` and `crossdeck log` say what was recorded.",
        path=run.path,
    )
    run.out.error(sentence(what))
    run.out.flush()
    return INTERRUPTED
