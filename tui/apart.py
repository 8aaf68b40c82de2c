"""A dashboard that can be left, and a command that can be interrupted, while their share hangs (core 2.16).

The kernel lets a process with a call to a FUSE mount (sshfs, rclone) that waits for its answer not go, not even a
killed one; on NFS and SMB only a killed one. So there the dashboard runs in a process of its own, and the one the
terminal waits for ends as soon as the screen is given back; what still waits for the share ends with its answer. A
command does so too: at Ctrl+C nobody waits for it longer than a moment.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

LOOK = 0.2
"""Seconds between two looks at whether the dashboard was stopped (Ctrl+Z) or has died."""
ENDED = 0.002
"""The same once it is about to end."""
GRACE = 0.5
"""Seconds a command has to end by itself at Ctrl+C."""
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


def stand_aside(given_up: Callable[[], int]) -> None:
    """Go on in a child; this process stands for it and never returns from here.

    Where Ctrl+C does not end the child it is killed, and `given_up` says so and gives the exit code.
    """
    said, saying = os.pipe()
    sys.stdout.flush()
    signal.pthread_sigmask(signal.SIG_BLOCK, POLITE)
    child = os.fork()
    if child == 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, POLITE)
        os.close(said)  # `saying` is closed by its end
        return
    os.close(saying)
    os._exit(_followed(child, said, given_up))


def _leave_with(parent: int) -> None:
    """End politely when the process the terminal waits for is gone."""
    os.read(parent, 1)
    os.kill(os.getpid(), signal.SIGHUP)


def _followed(child: int, said: int, given_up: Callable[[], int] | None = None) -> int:
    """Stand for the child until it says its exit code, or is gone: hand on signals, stop and go on with it."""
    pressed: list[float] = []
    signal.signal(signal.SIGINT, lambda *_: pressed.append(time.monotonic()))
    for number in POLITE:
        signal.signal(number, lambda got, _frame: _kill(child, got))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, POLITE)
    listened, look = [said], LOOK
    while True:
        if select.select(listened, [], [], look)[0]:
            code = os.read(said, 1)
            if code:
                return code[0]
            listened, look = [], ENDED  # with nothing said
        # The terminal stops a command together with us, the dashboard stops itself.
        pid, status = os.waitpid(child, os.WNOHANG | (0 if given_up else os.WUNTRACED))
        if pid and os.WIFSTOPPED(status):
            os.kill(os.getpid(), signal.SIGSTOP)
            _kill(child, signal.SIGCONT)
        elif pid and os.WIFSIGNALED(status):
            with suppress(OSError):  # SIGKILL has no other way anyhow
                signal.signal(os.WTERMSIG(status), signal.SIG_DFL)
            os.kill(os.getpid(), os.WTERMSIG(status))
        elif pid:
            return os.waitstatus_to_exitcode(status)
        elif given_up and pressed and time.monotonic() - pressed[0] > GRACE:
            _kill(child, signal.SIGKILL)
            return given_up()


def _kill(child: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, number)
