"""The board file: commit against its floor, poll, refresh, acknowledgement, at 1,000 and 10,000 records of 1 kB.

    python -m bench.commit [--times N]

Floor = read the bytes, write a temporary file, fsync, replace, fsync the folder: the same file in the same run.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

import msgspec
from msgspec import Raw

from store.clock import SystemClock
from store.file.shared_board import SharedBoard, create_board
from store.file.storage import encode, meta_of, parse
from store.operations.base import Stamp
from store.operations.cards import EditCard
from store.operations.people import AddPerson

PERSON = 11
POLLS = 1000


def main() -> int:
    """Print a table per size; exit code 1 if a figure is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=40)
    times = parser.parse_args().times
    missed = 0
    for size in (1_000, 10_000):
        with tempfile.TemporaryDirectory() as folder:
            missed += _measured(Path(folder), size, times)
    return 1 if missed else 0


def _measured(folder: Path, size: int, times: int) -> int:
    """How many figures are missed at this size."""
    path = make_board(folder / "board.json", size)
    clock = SystemClock()
    one, two = (SharedBoard(path, state=folder / name, clock=clock) for name in ("one", "two"))
    figures = _figures(one, two, times)
    poll = timed(lambda: [one.poll() for _ in range(POLLS)]) / POLLS
    middle = {name: median(values) for name, values in figures.items()}
    least = middle["floor"]
    load = f"[load {os.getloadavg()[0]:.1f}]"
    print(f"\n{size} records, {path.stat().st_size / 1e6:.1f} MB; median of {times}, ms (p95)   {load}")
    for name, values in figures.items():
        high = f" ({quantiles(values, n=20)[-1]:.2f})" if len(values) > 1 else ""
        print(f"  {name:8} {middle[name]:8.2f}{high}  {middle[name] / least:5.2f} x floor")
    print(f"  poll     {poll:8.4f}")
    limits = {
        "commit after a foreign revision <= 3 x floor": middle["foreign"] <= 3 * least,
        "commit after our own <= 2 x floor": middle["own"] <= 2 * least,
        "poll that finds nothing <= 0.03 ms": poll <= 0.03,
        "refresh after another's change <= 10 ms + read": middle["refresh"] <= 10 + middle["read"],
        "acknowledged in <= 10 ms": middle["record"] <= 10,
    }
    for what, reached in limits.items():
        print(f"  {'ok    ' if reached else 'MISSED'} {what}")
    one.close()
    two.close()
    return sum(not reached for reached in limits.values())


def _figures(one: SharedBoard, two: SharedBoard, times: int) -> dict[str, list[float]]:
    """Milliseconds of each step of two sessions that write in turn; `first` is the first commit of a session."""
    path, now = one.path, SystemClock().now()
    stamp = Stamp(person=PERSON, at=now, recorded=now)
    ids = list(one.read().cards)
    two.calendars.of(two.read())  # made once a year on each machine, and there before anything is shown
    change(two, ids, stamp)
    names = ("floor", "read", "own", "foreign", "record", "refresh", "first")
    figures: dict[str, list[float]] = {name: [] for name in names}
    figures["first"].append(timed(two.commit))
    for _ in range(times):
        figures["floor"].append(timed(lambda: floor(path)))
        figures["record"].append(timed(lambda: change(one, ids, stamp)))
        figures["foreign"].append(timed(one.commit))
        figures["record"].append(timed(lambda: change(one, ids, stamp)))
        figures["own"].append(timed(one.commit))
        figures["read"].append(timed(path.read_bytes))
        figures["refresh"].append(timed(two.poll))
        change(two, ids, stamp)
        two.commit()
    one.poll()
    return figures


def make_board(path: Path, size: int) -> Path:
    """Make a board of `size` cards of 1 kB at `path`."""
    clock = SystemClock()
    now = clock.now()
    create_board(
        path,
        name="bench",
        clock=clock,
        stamp=Stamp(person=PERSON, at=now, recorded=now),
        operations=[AddPerson(id=PERSON, name="安娜")],
    )
    raws = parse(path.read_bytes())
    dice = random.Random(7)
    raws["cards"] = {
        str(dice.getrandbits(53) | 1): Raw(
            msgspec.json.encode(
                {"name": f"渠道推广方案 {n}", "number": f"P-2026-{n:05}", "lead": PERSON, "goal": "按期上线" * 70}
            )
        )
        for n in range(size)
    }
    path.write_bytes(encode(meta_of(raws), raws))
    return path


def change(shared: SharedBoard, ids: list[int], stamp: Stamp) -> None:
    """Record a change of one of these cards."""
    number = random.choice(ids)
    shared.record([EditCard(card=number, fields={"notes": str(random.random())})], stamp)


def floor(path: Path) -> None:
    """What any program has to do that replaces this file safely."""
    data = path.read_bytes()
    new = path.with_suffix(".floor")
    fd = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.write(fd, data)
    os.fsync(fd)
    os.close(fd)
    new.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
