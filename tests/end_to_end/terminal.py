"""A real pty with pyte behind it: what a person would see, waited for, never slept for."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte
from wcwidth import wcwidth

WAIT = 20.0
"""Seconds a test waits at most for something that takes a tenth of one."""
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;$]*[a-z]|\x1b[P_][^\x1b]*\x1b\\")
KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "space": " ",
    "f2": "\x1bOQ",
    "ctrl+q": "\x11",
    "ctrl+s": "\x13",
    "backspace": "\x7f",
}


class Terminal:
    """A program in a pty of `cols` x `rows`; use as a context manager."""

    def __init__(
        self, command: Sequence[str], cols: int = 80, rows: int = 24, env: Mapping[str, str] | None = None
    ) -> None:
        """Start the program."""
        self.screen = pyte.Screen(cols, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self.presses = 0
        """Key presses sent with `press` (text sent with `text` does not count)."""
        environ = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), environ)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def __enter__(self) -> Self:
        """The terminal itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the program; show the screen if the test failed."""
        if error is not None:
            sys.stderr.write("\n".join(self.lines()) + "\n")
        self.close()

    def _read(self, timeout: float) -> bool:
        if self.fd < 0:
            time.sleep(timeout)  # the line is gone; only the program's end can still be waited for
            return False
        if not select.select([self.fd], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data))
        return bool(data)

    def lines(self) -> list[str]:
        """The screen's lines; a wide character stands once."""
        return [self._line(y).rstrip() for y in range(self.screen.lines)]

    def _line(self, y: int) -> str:
        """One line. Not pyte's own: that one fails on the second half of a wide character whose first one is gone."""
        row = self.screen.buffer[y]
        out = ""
        for x in range(self.screen.columns):
            data = row[x].data
            if data:
                out += data
            elif not (x and row[x - 1].data and wcwidth(row[x - 1].data[0]) == 2):
                out += " "
        return out

    def text(self) -> str:
        """The whole screen as text."""
        return "\n".join(self.lines())

    def wait(self, condition: Callable[[], bool], what: str = "") -> None:
        """Read until a condition holds; fails after WAIT seconds."""
        end = time.monotonic() + WAIT
        while not condition():
            assert time.monotonic() < end, f"waited in vain for {what!r} in:\n{self.text()}"
            self._read(0.05)

    def wait_text(self, wanted: str) -> None:
        """Until a text stands on the screen (blanks pyte puts behind wide characters are not seen)."""
        self.wait(lambda: wanted in self.text(), wanted)

    def wait_gone(self, unwanted: str) -> None:
        """Until a text no longer stands on the screen."""
        self.wait(lambda: unwanted not in self.text(), f"no {unwanted}")

    def press(self, *keys: str) -> None:
        """Press keys by name or letter; each counts."""
        for key in keys:
            self.presses += 1
            os.write(self.fd, KEYS.get(key, key).encode())

    def type(self, text: str) -> None:
        """Type text (an IME commits it at once); not counted as key presses."""
        os.write(self.fd, text.encode())

    def wait_exit(self) -> int:
        """The program's exit code, once it ended by itself."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            self._read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
        msg = f"still running:\n{self.text()}"
        raise AssertionError(msg)

    def resize(self, cols: int, rows: int) -> None:
        """The window has another size now; the program gets SIGWINCH."""
        self.screen.resize(rows, cols)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Drop the line: the program gets SIGHUP."""
        os.close(self.fd)
        self.fd = -1

    def close(self) -> None:
        """End the program whatever it does."""
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
            self.pid = 0
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1
