"""A line that drops must not hold the program (screens.md §7e).

When a terminal goes away the kernel sends SIGHUP and then SIGCONT. Textual takes the SIGCONT for the end of a
Ctrl+Z and starts its threads a second time; its writer dies of the first write that fails, and whatever is written
afterwards waits for it: the program stands still with a full queue, its reader spinning on the dead terminal.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress

from textual.drivers._writer_thread import WriterThread


class PatientWriter(WriterThread):
    """Textual's writer, which goes on taking texts when the terminal takes none, and then asks the program to end."""

    def run(self) -> None:
        """Write until None comes; behind a failure only take."""
        lost = False
        while (text := self._queue.get()) is not None:
            if lost:
                continue
            try:
                self._file.write(text)
                if self._queue.qsize() == 0:
                    self._file.flush()
            except (OSError, ValueError):
                lost = True
                # Whoever started us may have kept the SIGHUP to itself. Without a handler it would only kill.
                if signal.getsignal(signal.SIGHUP) not in {signal.SIG_DFL, signal.SIG_IGN}:
                    os.kill(os.getpid(), signal.SIGHUP)
        if not lost:
            with suppress(OSError, ValueError):
                self._file.flush()


def guard_line() -> None:
    """Make the driver of this process survive a dropped line; call it before the App runs. Nothing on Windows."""
    try:
        from textual.drivers import linux_driver

        from tui.line_driver import LineDriver
    except ImportError:
        return
    vars(linux_driver)["WriterThread"] = PatientWriter
    vars(linux_driver)["LinuxDriver"] = LineDriver
