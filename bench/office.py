"""Minutes of an office: eight dashboards on one board, people using them, and a colleague who keeps writing.

    python -m bench.office [--minutes N] [--dashboards N]

Measured from the middle on, when every screen has been in front and every cache is full: the memory and the open files
of each dashboard; at the end what is left beside the board. `make soak` runs ten minutes of it.
"""

from __future__ import annotations

import argparse
import itertools
import random
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from bench.boards import make, spread
from bench.report import Report
from bench.start import AS, SCRIPT
from bench.terminal import DOWN, LEAVE_AT_ONCE, UP, Terminal, environment
from store.clock import SystemClock
from store.file.shared_board import SharedBoard
from store.operations.base import Stamp
from store.operations.cards import EditCard
from store.operations.progress import RecordProgress

KEYS = (DOWN, DOWN, DOWN, UP, b"2", b"\t", b"H", b"H", b"3", b"4", b"1", b"=", b"=", b"/x", b"\x1b")
"""What is pressed in turn: lists, panes, filters."""
PACE = 1.5
"""Seconds between two changes of the colleague."""
STAYS = frozenset({"board.json", "board.json.backups", "board.json.history"})
"""What may lie in the folder at the end."""


class Taken(NamedTuple):
    """What a dashboard holds: MiB resident, open descriptors."""

    memory: float
    files: int


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--dashboards", type=int, default=8)
    given = parser.parse_args()
    report = Report(f"{given.dashboards} dashboards and a writer for {given.minutes:g} minutes, 300 cards")
    with tempfile.TemporaryDirectory() as folder:
        _watched(Path(folder), given.minutes * 60, given.dashboards, report)
    return 1 if report.missed else 0


def _watched(folder: Path, seconds: float, dashboards: int, report: Report) -> None:
    path = folder / "share" / "board.json"
    path.parent.mkdir()
    now = SystemClock().now()
    make(path, spread(300, now), now, subtasks=3, entries=2)
    over = threading.Event()
    written: list[int] = []
    writer = threading.Thread(target=_write, args=(path, folder / "writer", over, written))
    with ExitStack() as stack:
        screens = [
            stack.enter_context(Terminal([SCRIPT, str(path), *AS], environment(folder / f"state{number}")))
            for number in range(dashboards)
        ]
        writer.start()
        try:
            _warm(screens)
            first = _used(screens, seconds / 2)
            last = _used(screens, seconds / 2)
        finally:
            over.set()
            writer.join()
        sent = sum(len(each.written) for each in screens) / 1e6
        ended = sum(not each.alive for each in screens)
        for each in screens:
            each.close(LEAVE_AT_ONCE)
    report.figure("dashboards that ended by themselves", ended, 0)
    growth = [b.memory - a.memory for a, b in zip(first, last, strict=True)]
    most = f"{max(one.memory for one in last):.0f} at most"
    report.figure("memory of a dashboard above that at half time, most", max(growth), 4, " MiB", most)
    opened = max(b.files - a.files for a, b in zip(first, last, strict=True))
    report.figure("open files of a dashboard above those at half time, most", opened, 0, "", f"{last[0].files} open")
    left = sorted({each.name for each in path.parent.iterdir()} - STAYS)
    report.figure("files left beside the board", len(left), 0, "", " ".join(left))
    report.say(f"changes written: {sum(written)}; sent to the terminals: {sent:.1f} MB")


def _warm(screens: list[Terminal]) -> None:
    """Every key on every dashboard a few times: what is made once is there before anything is measured."""
    for key in KEYS * 5:
        for each in screens:
            each.send(key)
            each.read(0.03)


def _used(screens: list[Terminal], seconds: float) -> list[Taken]:
    """Press keys here and there for so long, each dashboard its own in turn; what each holds then."""
    end = time.monotonic() + seconds
    turns = [itertools.cycle(KEYS) for _ in screens]
    while time.monotonic() < end:
        one, keys = random.choice([*zip(screens, turns, strict=True)])
        if one.alive:
            one.send(next(keys))
        for one in screens:
            one.read(0.03)
    for one in screens:
        one.settle(0.2, 1.0)
    return [Taken(one.rss(), len([*Path(f"/proc/{one.pid}/fd").iterdir()]) if one.alive else 0) for one in screens]


def _write(path: Path, state: Path, over: threading.Event, written: list[int]) -> None:
    """The colleague: a change of a card or a report, each in a commit of its own."""
    clock = SystemClock()
    shared = SharedBoard(path, state=state, clock=clock, terminal="colleague@pc2")
    board = shared.read()
    cards, subtasks, by = [*board.cards], [*board.subtasks], next(iter(board.people))
    while not over.wait(PACE):
        now = clock.now()
        stamp = Stamp(person=by, at=now, recorded=now, terminal="colleague@pc2")
        change = EditCard(card=random.choice(cards), fields={"notes": f"note {len(written)}"})
        report = RecordProgress(subtask=random.choice(subtasks), done=f"step {len(written)}")
        shared.record([random.choice((change, report))], stamp)
        written.append(len(shared.commit().settled))
    shared.close()


if __name__ == "__main__":
    raise SystemExit(main())
