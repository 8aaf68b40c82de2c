"""Thirty writers on one board at 1,000 cards: back to back, and paced at one change per 1.5 s each.

    python -m bench.storm [--writers N] [--count N]

Each writer is a process of its own with its own state directory, as a colleague's machine; the time of a commit runs
from the acknowledgement to the change being in the file.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from bench.commit import PERSON, change, make_board
from bench.report import Report
from store.clock import SystemClock
from store.file.shared_board import SharedBoard
from store.operations.base import Stamp

PACE = 1.5
"""Seconds between two changes of one writer, on average."""


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--writers", type=int, default=30)
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--write", nargs=4, metavar=("BOARD", "STATE", "COUNT", "PACE"))
    given = parser.parse_args()
    if given.write:
        return _write(*given.write)
    report = Report(f"{given.writers} writers, {given.count} changes each, 1,000 cards")
    for what, pace, limit in (("back to back", 0.0, 1_000.0), ("paced", PACE, 250.0)):
        waits, worst = _storm(given.writers, given.count, pace)
        report.figure(
            f"{what}: p95 of a commit", quantiles(waits, n=20)[-1], limit, " ms", f"median {median(waits):.0f}"
        )
        report.figure(f"{what}: longest commit", max(waits), 5_000.0, " ms")
        report.say(f"{what}: median of the writer who waited most: {worst:.0f} ms")
    return 0


def _storm(writers: int, count: int, pace: float) -> tuple[list[float], float]:
    """All waits in milliseconds, and the median of the worst writer."""
    with tempfile.TemporaryDirectory() as folder:
        path = make_board(Path(folder) / "board.json", 1_000)
        common = [sys.executable, "-m", "bench.storm", "--write", str(path)]
        running = [
            subprocess.Popen(
                [*common, str(Path(folder) / str(n)), str(count), str(pace)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for n in range(writers)
        ]
        for each in running:  # none begins before all are there
            assert each.stdout is not None
            each.stdout.readline()
        told = []
        for each in running:
            assert each.stdin is not None
            each.stdin.write("\n")
            each.stdin.flush()
        for each in running:
            said, _ = each.communicate()
            told.append([float(line) for line in said.split()])
    return [wait for waits in told for wait in waits], max(median(waits) for waits in told)


def _write(board: str, state: str, count: str, pace: str) -> int:
    """One writer."""
    clock = SystemClock()
    shared = SharedBoard(Path(board), state=Path(state), clock=clock)
    ids = list(shared.read().cards)
    change(shared, ids, Stamp(person=PERSON, at=clock.now(), recorded=clock.now()))
    shared.commit()  # the first of a session loads what a commit needs: not what is measured here
    print("here", flush=True)
    sys.stdin.readline()
    waits = []
    for _ in range(int(count)):
        time.sleep(random.uniform(0, 2 * float(pace)))
        now = clock.now()
        change(shared, ids, Stamp(person=PERSON, at=now, recorded=now))
        began = time.perf_counter()
        shared.commit()
        waits.append((time.perf_counter() - began) * 1000)
    shared.close()
    print(*waits, sep="\n", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
