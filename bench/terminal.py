"""A command in a pseudo terminal, with what it writes, when, and what it costs. Linux only.

CPU is user and system time of the whole process (POSIX process CPU clock): on a machine that does other
things too it says more than the time that passed.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Self

COLUMNS, ROWS = 160, 48
UP, DOWN, FOCUS_IN, FOCUS_OUT, LEAVE_AT_ONCE = b"\x1b[A", b"\x1b[B", b"\x1b[I", b"\x1b[O", b"\x11"
ESCAPES = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^X][^\x1b]*\x1b\\|\x1b[ -/]*[0-~]"
)
ANSWERS = (
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
    (b"\x1b[?2048$p", b"\x1b[?2048;0$y"),
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[6n", b"\x1b[1;1R"),
)
"""What a terminal answers when it is asked what it can do: synchronized output, and no more."""


class Seen(NamedTuple):
    """When a text was on the screen: milliseconds since the start, and the CPU milliseconds spent by then."""

    wall: float
    cpu: float


class Burst(NamedTuple):
    """What followed a key: milliseconds to the first and to the last byte (None: nothing came), bytes, CPU."""

    first: float | None
    last: float | None
    size: int
    cpu: float


class Quiet(NamedTuple):
    """A stretch of time in which nothing was typed, per minute of it."""

    bytes: float
    frames: float
    cpu_percent: float


def environment(state: Path, **more: str) -> dict[str, str]:
    """The environment of a measured program: its own state directory, compiled files kept, no network display."""
    keep = {k: v for k, v in os.environ.items() if k not in {"PYTHONDONTWRITEBYTECODE", "COLUMNS", "LINES"}}
    own = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    return {**keep, **own, "XDG_STATE_HOME": str(state), "XDG_CONFIG_HOME": str(state / "config"), **more}


class Terminal:
    """A program in a terminal of 160x48. As a context manager it ends the program."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], size: tuple[int, int] = (COLUMNS, ROWS)) -> None:
        """Start `command`; the clock starts with it."""
        self.written = bytearray()
        self.frames = 0
        self.alive = True
        self._ended = False
        self._rest = b""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.started = time.perf_counter()
        self.pid = os.fork()
        if self.pid == 0:
            _become(command, env, slave)
        os.close(slave)
        self._fd = master
        os.set_blocking(master, False)
        self._poll = select.poll()
        self._poll.register(master, select.POLLIN)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_problem: object) -> None:
        """The program ends."""
        self.close()

    def read(self, seconds: float) -> bytes:
        """What comes within so many seconds, empty if nothing does. Questions of the program are answered."""
        if not self.alive:
            time.sleep(max(0.0, seconds))
            return b""
        if not self._poll.poll(max(0.0, seconds * 1000)):
            return b""
        try:
            data = os.read(self._fd, 65536)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data:
            self.alive = False
            return b""
        self.written += data
        self.frames += 1
        self._answer(data)
        return data

    def _answer(self, data: bytes) -> None:
        asked = self._rest + data
        for question, answer in ANSWERS:
            if question in asked:
                self.send(answer * asked.count(question))
        at = asked.rfind(b"\x1b")
        self._rest = asked[at:] if at >= 0 and len(asked) - at < 10 and not ESCAPES.match(asked, at) else b""

    def send(self, data: bytes) -> None:
        """Type."""
        os.write(self._fd, data)

    def cpu(self) -> float:
        """CPU milliseconds so far."""
        try:
            return time.clock_gettime_ns((~self.pid << 3) | 2) / 1e6
        except OSError:
            return 0.0

    def rss(self) -> float:
        """Resident memory in MiB."""
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def until(self, *marks: str, seconds: float = 30.0) -> list[Seen]:
        """When each of these texts was first written ("" is any text), in this order. Raises TimeoutError.

        A text must be written in one piece: to take escapes out of all that came would slow what is measured.
        """
        found: list[Seen] = []
        end = time.perf_counter() + seconds
        while len(found) < len(marks):
            if time.perf_counter() > end or not self.alive:
                raise TimeoutError(f"{marks[len(found)]!r} never came; written: {self.text[-2000:]!r}")
            if not self.read(0.05):
                continue
            now = Seen((time.perf_counter() - self.started) * 1000, self.cpu())
            while len(found) < len(marks) and self._shows(marks[len(found)]):
                found.append(now)
        return found

    @property
    def text(self) -> str:
        """All that was written so far, without its escapes."""
        return ESCAPES.sub(b"", bytes(self.written)).decode(errors="replace")

    def _shows(self, mark: str) -> bool:
        return mark.encode() in self.written if mark else len(self.text.strip()) > 1

    def settle(self, quiet: float = 0.4, limit: float = 10.0) -> None:
        """Read until nothing has come for `quiet` seconds, at most for `limit` (a running clock never ends)."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end and self.read(quiet):
            pass

    def press(self, key: bytes, *, quiet: float = 0.03, limit: float = 5.0) -> Burst:
        """Press a key and read until `quiet` seconds of silence follow."""
        while self.read(0):
            pass
        cpu, began = self.cpu(), time.perf_counter()
        self.send(key)
        first = last = None
        size = 0
        while data := self.read(limit if first is None else quiet):
            last = (time.perf_counter() - began) * 1000
            first = last if first is None else first
            size += len(data)
        return Burst(first, last, size, self.cpu() - cpu)

    def await_after(self, key: bytes, *marks: str, seconds: float = 20.0) -> float:
        """Press a key; milliseconds until any of these texts is written behind it. Raises TimeoutError."""
        while self.read(0):
            pass
        seen, began = len(self.written), time.perf_counter()
        self.send(key)
        while not any(mark.encode() in self.written[seen:] for mark in marks):
            if time.perf_counter() - began > seconds or not self.alive:
                raise TimeoutError(f"{marks} never came; written: {self.text[-1500:]!r}")
            self.read(0.05)
        return (time.perf_counter() - began) * 1000

    def watch(self, seconds: float) -> Quiet:
        """Type nothing for so long."""
        began, cpu, size, frames = time.perf_counter(), self.cpu(), len(self.written), self.frames
        while (left := began + seconds - time.perf_counter()) > 0:
            self.read(left)
        passed = time.perf_counter() - began
        share = 60 / passed
        return Quiet(
            (len(self.written) - size) * share, (self.frames - frames) * share, (self.cpu() - cpu) / passed / 10
        )

    def close(self, keys: bytes = b"") -> float:
        """End the program (with `keys` first, if given); how many seconds that took."""
        began = time.perf_counter()
        if self._ended:
            return 0.0
        if keys:
            self.send(keys)
        for number, patience in ((0, 5.0 if keys else 0.0), (signal.SIGTERM, 2.0), (signal.SIGKILL, 5.0)):
            if number:
                os.kill(self.pid, number)
            end = time.perf_counter() + patience
            while time.perf_counter() <= end:
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    self._ended = True
                    os.close(self._fd)
                    return time.perf_counter() - began
                self.read(0.005)
                if not self.alive:
                    time.sleep(0.002)
        raise TimeoutError("the program does not end")


def _become(command: Sequence[str], env: Mapping[str, str], slave: int) -> None:
    """In the child: the terminal is its own, then the program takes its place."""
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for descriptor in (0, 1, 2):
        os.dup2(slave, descriptor)
    os.closerange(3, 256)
    try:
        os.execvpe(command[0], list(command), dict(env))  # noqa: S606 - what is measured must be the child itself
    except OSError as problem:
        os.write(2, str(problem).encode())
        os._exit(127)
