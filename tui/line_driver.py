"""The terminal of the dashboard: keys are read when they come, and nothing wakes while nobody types.

Textual's thread looks ten times a second whether a sequence of keys was left unfinished, which is a fifth of what an
idle dashboard costs; here it looks only behind a key. It also waits a tenth of a second twice to leave.
"""

from __future__ import annotations

import os
import selectors
import shutil
from codecs import getincrementaldecoder
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

from tui.paste_guard import GuardedParser

LOOK = 0.1
"""Seconds between two looks for a sequence that does not go on: an Esc alone is one."""
LOOKS = 3
"""So many of them without a key and nothing is unfinished."""


class LineDriver(LinuxDriver):
    """Textual's driver for POSIX. It comes back from Ctrl+Z only if it went there (`tui.lost_line`)."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """As any driver; nothing is read yet."""
        super().__init__(*arguments, **named)
        self._ended, self._end = os.pipe()

    def _get_terminal_size(self) -> tuple[int, int]:
        """Columns and rows; of a terminal that has none (`ssh -tt` from a script) what Rich takes them to be.

        Textual asks both; two answers would lay the screen out for the one and for the other, for ever.
        """
        size = shutil.get_terminal_size((80, 25))
        return size.columns, size.lines

    def _sigcont_application(self, *arguments: object) -> None:
        if self._must_signal_resume:
            super()._sigcont_application(*arguments)

    def disable_input(self) -> None:
        """Have the thread that reads end, and wait for it."""
        os.write(self._end, b"\0")
        super().disable_input()
        os.read(self._ended, 1)

    def run_input_thread(self) -> None:
        """Read keys until `disable_input`; behind the end of the terminal only wait for it."""
        parser = GuardedParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        looks = 0
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._ended, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                ready = {key.fd for key, _events in selector.select(LOOK if looks < LOOKS else None)}
                looks = 0 if ready else looks + 1
                if self.fileno in ready:
                    data = _read(self.fileno)
                    if not data:
                        selector.unregister(self.fileno)
                    text = decode(data)  # nothing of half a character; no text is the end for the parser
                    for event in parser.feed(text) if text else ():
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)


def _read(terminal: int) -> bytes:
    """What was typed; nothing if the terminal is gone."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""
