"""A dashboard that can be left while its share hangs (core 2.16).

The kernel lets a process with a call to a FUSE mount (sshfs, rclone) that waits for its answer not go, not even a
killed one. So there the dashboard runs in a process of its own, and the one the terminal waits for ends as soon as the
screen is given back; what still waits for the share ends with its answer.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

LOOK = 0.2
"""Seconds between two looks at whether the dashboard was stopped (Ctrl+Z) or has died."""
POLITE = (signal.SIGTERM, signal.SIGHUP) if hasattr(signal, "SIGHUP") else (signal.SIGTERM,)
CLOSING = 0.5
"""Seconds for what is tidied up behind the screen; what it leaves undone the next start does."""


def run_apart(work: Callable[[], int], close: Callable[[], None]) -> int:
    """Run `work` in a child and return its exit code once the screen is free; `close` tidies up behind it there."""
    said, saying = os.pipe()
    parent, living = os.pipe()
    sys.stdout.flush()
    signal.pthread_sigmask(signal.SIG_BLOCK, POLITE)  # none may come between the two and be nobody's
    child = os.fork()
    if child == 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, POLITE)
        os.close(said)
        os.close(living)
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()
        code = 1
        try:
            code = work()
            behind = threading.Thread(target=close, daemon=True)
            behind.start()
            behind.join(CLOSING)
        except Exception:  # noqa: BLE001 - as the interpreter would say it, had it the time to end by itself
            import traceback

            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os.write(saying, bytes([code & 255]))
            os._exit(code)
    os.close(saying)
    os.close(parent)
    return _followed(child, said)


def _leave_with(parent: int) -> None:
    """End politely when the process the terminal waits for is gone."""
    os.read(parent, 1)
    os.kill(os.getpid(), signal.SIGHUP)


def _followed(child: int, said: int) -> int:
    """Stand for the child until it says its exit code, or is gone: hand on signals, stop and go on with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in POLITE:
        signal.signal(number, lambda got, _frame: _kill(child, got))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, POLITE)
    listened = [said]
    while True:
        if select.select(listened, [], [], LOOK)[0]:
            code = os.read(said, 1)
            if code:
                return code[0]
            listened = []  # it died with nothing said
        pid, status = os.waitpid(child, os.WNOHANG | os.WUNTRACED)
        if pid and os.WIFSTOPPED(status):
            os.kill(os.getpid(), signal.SIGSTOP)
            _kill(child, signal.SIGCONT)
        elif pid and os.WIFSIGNALED(status):
            with suppress(OSError):  # SIGKILL has no other way anyhow
                signal.signal(os.WTERMSIG(status), signal.SIG_DFL)
            os.kill(os.getpid(), os.WTERMSIG(status))
        elif pid:
            return os.waitstatus_to_exitcode(status)


def _kill(child: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, number)
