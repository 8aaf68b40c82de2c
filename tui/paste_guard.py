"""An ESC inside pasted text never acts (terminal facts §1).

Textual's parser takes an ESC inside a bracketed paste for the start of a key sequence: what follows arrives as keys,
Enter and single-letter commands among them, before the paste itself. Here the ESC is taken out of the stream first.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.message import Message

START = "\x1b[200~"
END = "\x1b[201~"


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
    """Textual's parser behind a PasteFilter."""

    def __init__(self, debug: bool = False) -> None:
        """As the parser's."""
        super().__init__(debug)
        self._filter = PasteFilter()

    def feed(self, data: str) -> Iterable[Message]:
        """The events of a chunk; the empty chunk is the end of the stream."""
        passed = self._filter.pass_on(data)
        return super().feed(passed) if passed or not data else ()


def guard_pastes() -> None:
    """Make the driver of this process read through `GuardedParser`; call it before the App runs.

    Windows has another driver; there Textual's own parser stays.
    """
    try:
        from textual.drivers import linux_driver
    except ImportError:
        return
    vars(linux_driver)["XTermParser"] = GuardedParser
