"""The clocks of 1,000 cards with 5,000 subtasks: all of them against the typed decode of the same board, then kept up.

    python -m bench.clocks [--times N]

Decode = every record of every table as its class, from the bytes of the file already taken apart.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from bench.boards import make, spread
from bench.report import Report
from store.board import Board
from store.changes import put
from store.file.calendar_cache import load_working_time
from store.file.journal import Recorded
from store.file.settling import draw
from store.file.storage import meta_of, parse
from store.operations.base import Stamp
from store.operations.progress import RecordProgress
from store.rules.board_calendar import calendar_settings
from store.rules.clock_book import clock_book
from store.rules.why import why
from store.rules.working_time import WorkingTime

CARDS, SUBTASKS, ENTRIES = 1_000, 5, 2


def main() -> int:
    """Print the figures; exit code 1 if one is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=15)
    times = parser.parse_args().times
    report = Report(f"clocks: {CARDS} cards, {CARDS * SUBTASKS} subtasks, {CARDS * SUBTASKS * ENTRIES} entries")
    with tempfile.TemporaryDirectory() as folder:
        now = int(time.time())
        path = Path(folder) / "board.json"
        make(path, spread(CARDS, now), now, subtasks=SUBTASKS, entries=ENTRIES)
        data = path.read_bytes()
    _measure(report, data, now, times)
    return 1 if report.missed else 0


def _measure(report: Report, data: bytes, now: int, times: int) -> None:
    raws = parse(data)
    board = _decoded(data)
    working = load_working_time(calendar_settings(board.settings), now, None)
    decode, every = [], []
    for _ in range(times):  # in turns, and in time of the processor: what else the machine does counts for neither
        fresh = Board(meta_of(raws), raws)
        decode.append(_timed(fresh.decode_all, time.process_time))
        book = clock_book(fresh, working, now=now)  # the indexes are the views' too; they are made here
        every.append(_timed(partial(clock_book, fresh, working, now=now), time.process_time))
    report.figure("all clocks / typed decode", min(every) / min(decode), 1.5, "x", _middles(every, decode))
    book = clock_book(board, working, now=now)
    subtask = next(iter(board.subtasks.values()))
    changed = board.with_changes([put(subtask, percent=min(subtask.percent + 5, 99))])
    kept_up = [_timed(lambda: clock_book(changed, working, book)) for _ in range(times)]
    report.figure("kept up after one change / all clocks", min(kept_up) / min(every), 0.2, "x")
    report.figure("a tick", min(_timed(lambda: book.awake(now + 1)) for _ in range(times)), 0.05, " ms")
    report.figure("once a minute: what lags now", min(_looks(board, working, now, times)), 10, " ms")
    clock = book.running[0]
    report.figure(
        "why, when asked", min(_timed(lambda: why(board, clock, working, now)) for _ in range(times)), 1, " ms"
    )
    _results(report, data, now, times)


def _looks(board: Board, working: WorkingTime, now: int, times: int) -> list[float]:
    found = []
    for _ in range(times):
        book = clock_book(board, working, now=now)
        found.append(_timed(partial(book.awake, now + 61)))
    return found


def _results(report: Report, data: bytes, now: int, times: int) -> None:
    """What the results of closed clocks add to an operation under the lock."""
    board = _decoded(data)
    working = load_working_time(calendar_settings(board.settings), now, None)
    subtask = next(each for each in board.subtasks.values())
    stamp = Stamp(person=next(iter(board.people)), at=now, recorded=now)
    operation = RecordProgress(subtask=subtask.id, percent=99)
    record = Recorded(client="bench", n=1, operation=operation, stamp=stamp, seen={}, digest="")
    plain = [_timed(lambda: draw(board, record, provisional=False)) for _ in range(times)]
    kept = [_timed(lambda: draw(board, record, provisional=False, calendar=lambda _b: working)) for _ in range(times)]
    report.figure("results of an operation, no index there", min(kept) - min(plain), 8, " ms")
    clock_book(board, working, now=now)
    kept = [_timed(lambda: draw(board, record, provisional=False, calendar=lambda _b: working)) for _ in range(times)]
    report.figure("results of an operation, indexes there", min(kept) - min(plain), 2, " ms")


def _decoded(data: bytes) -> Board:
    raws = parse(data)
    board = Board(meta_of(raws), raws)
    board.decode_all()
    return board


def _middles(every: list[float], decode: list[float]) -> str:
    return f"{median(every):.1f} / {median(decode):.1f} ms"


def _timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Milliseconds of `clock` (of the wall, unless told otherwise) that some work takes."""
    gc.collect()
    began = clock()
    work()
    return (clock() - began) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
