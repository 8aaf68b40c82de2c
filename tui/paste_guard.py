"""An ESC inside pasted text never acts (terminal facts §1).

Textual's parser takes an ESC inside a bracketed paste for the start of a key sequence: what follows arrives as keys,
Enter and single-letter commands among them, before the paste itself. Here the ESC is taken out of the stream first.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator

from textual import events
from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.message import Message

ESC = "\x1b"
START = "\x1b[200~"
END = "\x1b[201~"
_PRESSED = re.compile("\x1b(?![][OP_^Xbf\x7f])(?=.)", re.DOTALL)
"""An Esc that begins no sequence. Esc b, f and Backspace are what Alt with an arrow or Backspace sends on a Mac."""


class PasteFilter:
    """Takes ESC out of the pasted parts of a stream of any chunks; everything else passes as it came."""

    def __init__(self) -> None:
        """Outside of a paste."""
        self._pasting = False
        self._tail = ""
        """Outside: the last characters that passed. Inside: what may be the beginning of END."""

    def pass_on(self, data: str) -> str:
        """The next chunk, harmless; the end of a paste cut in two waits for its second half."""
        out = ""
        while data:
            data, passed = self._inside(data) if self._pasting else self._outside(data)
            out += passed
        return out

    def _outside(self, data: str) -> tuple[str, str]:
        seen = self._tail + data
        at = seen.find(START)
        if at < 0:
            self._tail = seen[-(len(START) - 1) :]
            return "", data
        self._pasting = True
        passed = data[: at + len(START) - len(self._tail)]
        self._tail = ""
        return data[len(passed) :], passed

    def _inside(self, data: str) -> tuple[str, str]:
        seen = self._tail + data
        self._tail = ""
        at = seen.find(END)
        if at >= 0:
            self._pasting = False
            return seen[at + len(END) :], seen[:at].replace("\x1b", "") + END
        kept = next((n for n in range(len(END) - 1, 0, -1) if seen.endswith(END[:n])), 0)
        self._tail = seen[len(seen) - kept :]
        return "", seen[: len(seen) - kept].replace("\x1b", "")


class GuardedParser(XTermParser):
    """Textual's parser behind a PasteFilter; it is never given an Esc that was pressed.

    On a slow line Esc arrives together with the key pressed after it. Textual's parser then makes one key of the two
    and loses the Esc: of `Esc Enter`, which leaves a line and opens a row, Enter stays, which records the line.
    """

    def __init__(self, debug: bool = False) -> None:
        """As the parser's."""
        super().__init__(debug)
        self._filter = PasteFilter()
        self._esc_at: float | None = None
        """When an Esc came that may yet begin a sequence: monotonic seconds."""

    def feed(self, data: str) -> Iterable[Message]:
        """The events of a chunk; the empty chunk is the end of the stream."""
        passed = self._filter.pass_on(data)
        if passed:
            return self._keys(passed)
        return super().feed(data) if not data else ()

    def tick(self) -> Iterable[Message]:
        """As the parser's, and an Esc that nothing followed."""
        if self._esc_at is not None and time.monotonic() - self._esc_at >= ESCAPE_DELAY:
            self._esc_at = None
            yield _escape()
        yield from super().tick()

    def _keys(self, data: str) -> Iterator[Message]:
        """The events of a chunk, an Esc that was pressed each by itself."""
        if self._esc_at is not None:
            data, self._esc_at = ESC + data, None
        at = 0
        for found in _PRESSED.finditer(data):
            if found.start() > at:
                yield from super().feed(data[at : found.start()])
            yield _escape()
            at = found.end()
        rest = data[at:]
        if rest.endswith(ESC):
            rest, self._esc_at = rest[:-1], time.monotonic()
        if rest:
            yield from super().feed(rest)


def _escape() -> events.Key:
    return events.Key("escape", ESC)
