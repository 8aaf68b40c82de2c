"""A progress entry is acknowledged: from Enter until its row shows `^`, with the share at hand and while it hangs.

    python -m bench.progress [--times N]

The share hangs for good in the middle: a pipe without a writer takes the board's place, and whoever opens it waits
in the kernel, as on a mount whose server is gone. Then the dashboard is told to leave.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from bench.boards import make, spread
from bench.report import Report
from bench.start import AS, SCRIPT
from bench.terminal import DOWN, LEAVE_AT_ONCE, Terminal, environment

PENDING, RECORDED = "^", "Recorded:"
"""What the row shows while it waits, and what is said; with the share at hand a row may wait too shortly to be seen."""


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=25)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "board.json"
        now = int(time.time())
        make(path, spread(1_000, now), now, subtasks=5, entries=2)
        report = Report(f"A progress entry acknowledged, 1,000 cards, 5,000 subtasks, 10,000 entries; {times} entries")
        with Terminal([SCRIPT, str(path), *AS], environment(Path(folder))) as terminal:
            _go_to_subtasks(terminal)
            there = [_recorded(terminal, number, PENDING, RECORDED) for number in range(times)]
            _hang(path)
            time.sleep(2.5)
            terminal.settle(0.2, 2)
            hanging = [_recorded(terminal, number, PENDING) for number in range(times)]
            left = terminal.close(LEAVE_AT_ONCE)
    report.figure("Enter until it is said, the share at hand, median", median(there), 10, " ms", _spread(there))
    report.figure("Enter to ^, the share hangs, median", median(hanging), 10, " ms", _spread(hanging))
    report.figure("Enter to ^, the share hangs, longest", max(hanging), 100, " ms")
    report.figure("leaving while the share hangs", left, 1.0, " s")
    return 0


def _go_to_subtasks(terminal: Terminal) -> None:
    """The departments, cursor among the subtasks of the first."""
    terminal.until("-2026-042")
    terminal.settle(0.5, 3)
    terminal.await_after(b"2", "[2 ")
    terminal.settle(0.5, 3)
    terminal.press(b"\t", quiet=0.5)


def _recorded(terminal: Terminal, number: int, *signs: str) -> float:
    """Enter progress on the next row; milliseconds from Enter to a sign that it is safe on this machine."""
    terminal.press(DOWN, quiet=0.15)
    terminal.await_after(b"p", "close, keep draft")
    text = f"note {number}"
    terminal.await_after(text.encode(), text[-1])
    terminal.settle(0.1, 0.5)
    taken = terminal.await_after(b"\r", *signs)
    terminal.settle(0.15, 1.0)
    return taken


def _hang(path: Path) -> None:
    """The board's file is there and never answers."""
    pipe = path.with_suffix(".pipe")
    os.mkfifo(pipe)
    pipe.replace(path)


def _spread(values: list[float]) -> str:
    return f"p95 {quantiles(values, n=20)[-1]:.1f}, least {min(values):.1f}"


if __name__ == "__main__":
    raise SystemExit(main())
