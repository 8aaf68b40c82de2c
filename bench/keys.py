"""A held-down arrow: cursor down past the edge of the page with 10,000 cards, against 100.

    python -m bench.keys [--steps N]

The two dashboards are asked in turn, a step each, so that what else the machine does falls on both.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles

from bench.boards import make, spread
from bench.report import Report
from bench.start import AS, SCRIPT
from bench.terminal import DOWN, UP, Burst, Terminal, environment

SIZES = (100, 10_000)
TURN = 90
"""Steps after which both turn round: the short list has no more."""


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=250)
    steps = parser.parse_args().steps
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        terminals = {}
        for cards in SIZES:
            path = Path(folder) / f"{cards}.json"
            now = int(time.time())
            make(path, spread(cards, now), now)
            terminals[cards] = stack.enter_context(Terminal([SCRIPT, str(path), *AS], environment(Path(folder))))
            terminals[cards].until("-2026-042")
            terminals[cards].settle(0.3, 4)
        bursts: dict[int, list[Burst]] = {cards: [] for cards in SIZES}
        for step in range(steps):
            for cards in SIZES:
                bursts[cards].append(terminals[cards].press(UP if step // TURN % 2 else DOWN))
    _say(bursts, steps)
    return 0


def _say(bursts: dict[int, list[Burst]], steps: int) -> None:
    report = Report(f"Cursor down, {steps} steps, past the edge of the page")
    first = {cards: [each.first for each in found if each.first is not None] for cards, found in bursts.items()}
    size = {cards: [each.size for each in found] for cards, found in bursts.items()}
    few, many = SIZES
    report.figure(
        "10,000 rows against 100, median to the first byte", median(first[many]) / median(first[few]), 1.25, "x"
    )
    report.figure("10,000 rows, median to the first byte", median(first[many]), 3.5, " ms", "on a quiet machine")
    report.figure("10,000 rows, median bytes of a step", median(size[SIZES[1]]), 1000, " B")
    for cards in SIZES:
        high = quantiles(first[cards], n=20)[-1]
        report.say(
            f"{cards} rows: {median(first[cards]):.2f} ms (p95 {high:.2f}, least {min(first[cards]):.2f}), "
            f"{median(size[cards]):.0f} bytes (mean {sum(size[cards]) / steps:.0f}), "
            f"CPU {median(each.cpu for each in bursts[cards]):.2f} ms"
        )


if __name__ == "__main__":
    raise SystemExit(main())
