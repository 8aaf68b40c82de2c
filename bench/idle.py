"""What a dashboard costs while nobody types: bytes a minute and CPU, with 45 rows on screen.

    python -m bench.idle [--seconds N]

Four boards of 1,000 cards stand open at once, each of them with other dues on its first page.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

from bench.boards import DAY, make
from bench.report import Report
from bench.start import AS, SCRIPT
from bench.terminal import COLUMNS, Quiet, Terminal, environment

VISIBLE = 45
SIZE = (COLUMNS, VISIBLE + 6)
"""The frame takes six lines."""
CARDS = 1_000
BEFORE = 90
"""Seconds before the first due of a page: by then the measurement is over, or nearly."""


def _soon(count: int, over: int) -> Callable[[int], list[int]]:
    """Dues of which the first `count` are spread evenly over the next `over` seconds, the rest days away."""

    def dues(now: int) -> list[int]:
        near = [now + BEFORE + (over - BEFORE) * (place + 1) // count for place in range(count)]
        # Half past an hour: none of these texts changes within a few minutes.
        return near + [now + 3 * DAY + 1800 + place * 3600 for place in range(CARDS - count)]

    return dues


CASES = {
    "10 % in their last ten minutes": (_soon(VISIBLE // 10, 600), 24_000, 0.3),
    "all in their last hour, spread evenly over it": (_soon(VISIBLE, 3600), 60_000, 0.0),
    "all in their last ten minutes": (_soon(VISIBLE, 600), 175_000, 0.0),
    "nothing but the clock of the header": (_soon(0, 600), 5_000, 0.0),
}
"""What stands on the page -> dues, bytes a minute to reach, percent of a core to reach (0: none)."""


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=60)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        found = _measured(Path(folder), seconds)
    report = Report(f"Idle for {seconds} s, {VISIBLE} rows on screen")
    for what, (_dues, size, cpu) in CASES.items():
        quiet = found[what]
        note = f"{quiet.bytes / max(1.0, quiet.frames):.0f} B a frame, CPU {quiet.cpu_percent:.2f} %"
        report.figure(what, quiet.bytes / 1000, size / 1000, " kB/min", note)
        if cpu:
            report.figure("   of a core", quiet.cpu_percent, cpu, " %")
    return 0


def _measured(folder: Path, seconds: int) -> dict[str, Quiet]:
    found: dict[str, Quiet] = {}
    with ExitStack() as stack:
        open_ones = {}
        for number, (what, (dues, _size, _cpu)) in enumerate(CASES.items()):
            path = folder / f"{number}.json"
            now = int(time.time())
            make(path, dues(now), now)
            command = [SCRIPT, str(path), *AS]
            open_ones[what] = stack.enter_context(Terminal(command, environment(folder), SIZE))
            open_ones[what].until(f"-2026-{VISIBLE:03d}")
        for terminal in open_ones.values():
            terminal.settle(0.3, 4)

        def watch(what: str) -> None:
            found[what] = open_ones[what].watch(seconds)

        threads = [Thread(target=watch, args=(what,)) for what in CASES]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return found


if __name__ == "__main__":
    raise SystemExit(main())
