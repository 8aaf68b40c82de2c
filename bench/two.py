"""A colleague's change on this screen: from the moment another process has written it until its row shows it.

    python -m bench.two [--times N]

A dashboard polls once a second: on the screen within that second and 150 ms.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from bench.boards import make, spread
from bench.report import Report, middle
from bench.start import AS, SCRIPT
from bench.terminal import Terminal, environment
from store.clock import SystemClock
from store.file.shared_board import SharedBoard
from store.operations.base import Stamp
from store.operations.cards import EditCard


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=12)
    times = parser.parse_args().times
    taken: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "board.json"
        clock = SystemClock()
        make(path, spread(1_000, clock.now()), clock.now(), subtasks=5, entries=2)
        colleague = SharedBoard(path, state=Path(folder) / "colleague", clock=clock, terminal="colleague@pc2")
        board = colleague.read()
        first = min(board.cards.values(), key=lambda card: card.planned_finish or 0)
        by = next(iter(board.people))
        with Terminal([SCRIPT, str(path), *AS], environment(Path(folder))) as terminal:
            terminal.until("-2026-042")
            terminal.settle(0.3, 4)
            for number in range(times):
                terminal.settle(1.0, random.random())
                name = f"changed{number:03d}"
                now = clock.now()
                stamp = Stamp(person=by, at=now, recorded=now, terminal="colleague@pc2")
                colleague.record([EditCard(card=first.id, fields={"name": name})], stamp)
                colleague.commit()
                began, seen = time.perf_counter(), len(terminal.written)
                while name.encode() not in terminal.written[seen:]:
                    if time.perf_counter() - began > 10:
                        raise TimeoutError(f"{name} never came; written: {terminal.text[-1000:]!r}")
                    terminal.read(0.05)
                taken.append((time.perf_counter() - began) * 1000)
        colleague.close()
    report = Report(f"A colleague's change on the screen, 1,000 cards, 5,000 subtasks, 10,000 entries; {times} changes")
    report.figure("written until drawn, longest", max(taken) / 1000, 2.0, " s", f"{middle(taken)} ms")
    report.figure("one poll and", max(taken) - 1000, 150, " ms", "behind a poll of a second")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
