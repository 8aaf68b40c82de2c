"""Waiting is said: for somebody else's commit, before one wonders; for a share, when one has had enough of it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

from store.errors import CrossdeckError
from tui.cli.context import Run
from tui.i18n import _
from tui.sentences import sentence

SAID = 1.0
"""Seconds of waiting for somebody else's commit from which that is said."""
AGAIN = 10.0
"""Seconds until it is said once more."""
SILENT = 2.0
"""Seconds one call to a share may take before it is said that we wait for it."""
LOOK = 0.2
"""Seconds between two looks at whether it came back."""
CALLS = frozenset({"store.file.disk", "pathlib", "posixpath", "genericpath"})
"""Modules that ask the system for a file. Nobody who is asked a question or waits for a lock waits in one of them."""
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


def say_if_stuck(run: Run) -> None:
    """On a terminal, say once when the share keeps this command waiting."""
    if sys.stderr is None or not sys.stderr.isatty():
        return

    def say() -> None:
        run.out.error(_("{path} does not answer yet; waiting. Ctrl+C gives up.").format(path=run.path))
        run.out.flush()

    watch(say)


def watch(say: Callable[[], None], silent: float = SILENT, look: float = LOOK) -> threading.Thread:
    """Call `say` once when the main thread has waited `silent` seconds for one answer about a file."""

    def watching() -> None:
        before, looks = None, 0
        while looks * look < silent:
            pause.wait(look)
            frame = sys._current_frames().get(main)  # noqa: SLF001 - documented, for looks like this
            here = (frame, frame.f_lasti) if frame and frame.f_globals.get("__name__") in CALLS else None
            # The frame is held, so that no later call can be taken for this one.
            looks = looks + 1 if here and here == before else 0
            before = here
        say()

    main, pause = threading.main_thread().ident or 0, threading.Event()
    thread = threading.Thread(target=watching, daemon=True)
    thread.start()
    return thread


def no_answer(run: Run) -> int:
    """Say that nobody waits for the share any longer; the exit code."""
    what = CrossdeckError(
        "{path} does not answer; given up. Once it does, `crossdeck outbox` and `crossdeck log` say what was recorded.",
        path=run.path,
    )
    run.out.error(sentence(what))
    run.out.flush()
    return INTERRUPTED
