"""The same program inside tmux, where it is installed: what tmux shows is what a person over ssh sees."""

from __future__ import annotations

import shlex
import subprocess
import time
import uuid
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from tests.end_to_end.terminal import WAIT

NAMES = {"enter": "Enter", "esc": "Escape", "tab": "Tab", "space": "Space", "up": "Up", "down": "Down", "ctrl+q": "C-q"}


class TmuxTerminal:
    """A program in a tmux of its own; the same words as `Terminal`."""

    def __init__(self, command: Sequence[str], cols: int, rows: int, env: Mapping[str, str]) -> None:
        """Start tmux with the program in it."""
        self._socket = f"crossdeck-{uuid.uuid4().hex[:8]}"
        variables = " ".join(f"{k}={shlex.quote(v)}" for k, v in env.items())
        line = f"env {variables} {shlex.join(command)}; echo ended with $?; exec cat"
        self._tmux("-f", "/dev/null", "new-session", "-d", "-s", "a", "-x", str(cols), "-y", str(rows), line)
        self._tmux("set", "-s", "escape-time", "10")

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(["tmux", "-u", "-L", self._socket, *words], capture_output=True, text=True, check=False)
        return done.stdout

    def __enter__(self) -> Self:
        """The terminal itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End tmux and all in it."""
        self._tmux("kill-server")

    def text(self) -> str:
        """The whole screen as text."""
        return self._tmux("capture-pane", "-p", "-t", "a")

    def wait_text(self, wanted: str) -> None:
        """Until a text stands on the screen."""
        end = time.monotonic() + WAIT
        while wanted not in self.text():
            assert time.monotonic() < end, f"waited in vain for {wanted!r} in:\n{self.text()}"

    def press(self, *keys: str) -> None:
        """Press keys by name or letter."""
        for key in keys:
            self._tmux("send-keys", "-t", "a", NAMES.get(key, key))

    def type(self, text: str) -> None:
        """Type text."""
        self._tmux("send-keys", "-t", "a", "-l", text)

    def wait_exit(self) -> int:
        """The program's exit code, once it ended by itself."""
        self.wait_text("ended with")
        return int(self.text().split("ended with ")[1].split()[0])
