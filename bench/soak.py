"""A day of it: 3,600 ticks of an injected clock and 600 switches of the terminal's focus, and the memory they leave.

    python -m bench.soak [--ticks N] [--switches N]

The program under measurement is `bench.soak_app`: the dashboard with a clock that runs as fast as it is asked to.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench.boards import make
from bench.report import Report
from bench.terminal import FOCUS_IN, FOCUS_OUT, Terminal, environment

REACH = 2.0
"""MiB that the memory after the last may lie above that after the first tenth."""


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--ticks", type=int, default=3_600)
    parser.add_argument("--switches", type=int, default=600)
    given = parser.parse_args()
    report = Report(f"{given.ticks} ticks of the clock, {given.switches} switches of the focus")
    with tempfile.TemporaryDirectory() as folder:
        path, done = Path(folder) / "board.json", Path(folder) / "done"
        now = int(time.time())
        make(path, [now + place * 90 for place in range(1_000)], now)
        command = [sys.executable, "-m", "bench.soak_app", str(path), str(done), str(given.ticks)]
        with Terminal(command, environment(Path(folder), PYTHONPATH=str(Path(__file__).parents[1]))) as terminal:
            terminal.until("-2026-042")
            terminal.settle(0.5, 4)
            first, last = _ticked(terminal, done)
            report.figure("memory after all ticks above that after a tenth", last - first, REACH, " MiB", f"{last:.1f}")
            first, last = _switched(terminal, given.switches)
            report.figure(
                "memory after all switches above that after a tenth", last - first, REACH, " MiB", f"{last:.1f}"
            )
            size = len(terminal.written)
            terminal.press(FOCUS_OUT, quiet=0.2, limit=0.3)
            terminal.press(FOCUS_IN, quiet=0.2, limit=0.3)
            report.say(f"bytes sent for losing and regaining the focus: {len(terminal.written) - size}")
            report.say(f"bytes sent in all: {len(terminal.written) / 1e6:.1f} MB")
    return 0


def _ticked(terminal: Terminal, done: Path) -> tuple[float, float]:
    """Resident memory after a tenth of the ticks, and after all."""
    found: list[float] = []
    while len(found) < 2:
        terminal.read(0.05)
        stage = done.with_suffix(f".{len(found)}")
        if stage.exists():
            found.append(terminal.rss())
            stage.unlink()
        if not terminal.alive:
            raise RuntimeError(f"it ended: {terminal.text[-1000:]!r}")
    return found[0], found[1]


def _switched(terminal: Terminal, switches: int) -> tuple[float, float]:
    first = 0.0
    for turn in range(switches):
        terminal.send(FOCUS_OUT if turn % 2 == 0 else FOCUS_IN)
        terminal.read(0.02)
        if turn == switches // 10:
            terminal.settle(0.1, 0.5)
            first = terminal.rss()
    terminal.settle(0.1, 0.5)
    return first, terminal.rss()


if __name__ == "__main__":
    raise SystemExit(main())
