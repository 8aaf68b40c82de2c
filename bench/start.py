"""Start-up against an empty Textual app started in the same run: the shell, and the complete overview.

    python -m bench.start [--times N]

The three programs are started in turn, N times each, through the console script; ratios are of medians and of the
least of all (which other programs on the machine disturb least).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.boards import make, spread
from bench.report import Report, middle
from bench.terminal import LEAVE_AT_ONCE, ROWS, Seen, Terminal, environment

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("an empty app")
Empty().run()
"""
LAST_ROW = f"-2026-{ROWS - 6:03d}"
"""Number of the card in the last row of the first page: it is written with the frame that shows all of them."""
SCRIPT = str(Path(sys.executable).with_name("crossdeck"))
AS = ("--as", "员工01")


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=12)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        return _measured(Path(folder), times)


def _measured(folder: Path, times: int) -> int:
    now = int(time.time())
    full, many, empty = folder / "full.json", folder / "many.json", folder / "empty.py"
    make(full, spread(1_000, now), now, subtasks=5, entries=2)
    make(many, spread(10_000, now), now)
    empty.write_text(EMPTY, encoding="utf-8")
    commands = {
        "empty": ([sys.executable, str(empty)], ("", "an empty app")),
        "full": ([SCRIPT, str(full), *AS], ("", LAST_ROW)),
        "many": ([SCRIPT, str(many), *AS], ("", LAST_ROW)),
    }
    seen: dict[str, list[list[Seen]]] = {name: [] for name in commands}
    for turn in range(times + 1):
        for name, (command, marks) in commands.items():
            with Terminal(command, environment(folder / "state")) as terminal:
                found = terminal.until(*marks)
                terminal.settle(0.1, 0.5)
                terminal.close(LEAVE_AT_ONCE)
            if turn:  # the first start fills caches
                seen[name].append(found)
    _say(seen, times)
    return 0


def _say(seen: dict[str, list[list[Seen]]], times: int) -> None:
    report = Report(f"Start at 160x48, against an empty Textual app; {times} starts each, in turn")
    floor = [found[1] for found in seen["empty"]]
    report.say(f"empty app: {middle([one.wall for one in floor])} ms, CPU {middle([one.cpu for one in floor])} ms")
    for what, name, mark, reach in (
        ("shell, 1,000 cards 5,000 subtasks 10,000 entries", "full", 0, 1.2),
        ("complete overview of it", "full", 1, 1.6),
        ("complete overview, 10,000 cards", "many", 1, 2.0),
    ):
        there = [found[mark] for found in seen[name]]
        walls, cpus = [one.wall for one in there], [one.cpu for one in there]
        ratio = median(walls) / median(one.wall for one in floor)
        least = min(walls) / min(one.wall for one in floor)
        cpu = median(cpus) / median(one.cpu for one in floor)
        report.figure(what, ratio, reach, "x", f"least {least:.2f}x, CPU {cpu:.2f}x; {middle(walls)} ms")


if __name__ == "__main__":
    raise SystemExit(main())
