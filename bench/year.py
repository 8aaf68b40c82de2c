"""A year of 30 people: 45,000 progress entries and 90,000 history entries, archived and moved out as designed.

    python -m bench.year [--times N]

On the board: the cards of the demo, several times over, with all that hangs on them; the progress entries of the last
quarter; a row for each archived card; about 2,000 entries of the history. The first commit moves the other 88,000 into
`BOARD.history`. Measured: the size of the board, a commit against its floor (`bench.commit`), reading the files.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import msgspec
from msgspec import Raw

from bench.commit import floor, timed
from bench.report import Report
from store.clock import FixedClock, SystemClock
from store.file.chain import chain_hash
from store.file.shared_board import SharedBoard
from store.file.storage import encode, meta_of, parse
from store.operations.base import Stamp
from store.operations.progress import RecordProgress
from store.sample import make_demo

DAY = 86_400
CARDS, ARCHIVED = 65, 195
"""Cards on the board, and those that left it within the year."""
LIVE, ENTRIES = 11_250, 90_000
"""Progress entries of a quarter; history entries of a year."""
RESULTS = 30
"""Results of closed clocks a card."""
HANGING = (
    *("cards", "duties", "milestones", "subtasks", "progress", "issues", "steps", "meetings", "attendance", "agenda"),
    *("lines", "reviews", "sync", "letters", "inputs", "scopes", "supports"),
)
"""Tables that are there once for each copy of the demo."""
_ID = re.compile(rb"\b[1-9]\d{9,15}\b")
Tables = dict[str, dict[str, Any]]


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=40)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        _measured(Path(folder), times)
    return 0


def _measured(folder: Path, times: int) -> None:
    path = folder / "board" / "board.json"
    clock = SystemClock()
    tables = _year(path, folder, clock.now())
    shared, other = (SharedBoard(path, state=folder / name, clock=clock) for name in ("one", "two"))
    board = shared.read()
    subtasks = [key for key, each in board.subtasks.items() if each.status == "in_progress" and each.owner]
    report = Report(f"A year of 30 people: {ENTRIES} history entries, {LIVE} progress entries on the board")
    stamp = Stamp(person=next(iter(board.people)), at=clock.now(), recorded=clock.now())

    def report_one(session: SharedBoard) -> float:
        session.record([RecordProgress(subtask=random.choice(subtasks), done="完成两档测算")], stamp)
        return timed(session.commit)

    report.say(f"first commit, which moves {ENTRIES - 2_000} entries into files: {report_one(shared):.0f} ms")
    report.figure("the board file", path.stat().st_size / 1e6, 8, " MB", _fill(path))
    other.read()
    report_one(other)
    own, foreign, floors = [], [], []
    for _ in range(times):
        floors.append(timed(lambda: floor(path)))
        foreign.append(report_one(shared))
        own.append(report_one(shared))
        report_one(other)
    for what, found in (("our own", own), ("a foreign", foreign)):
        ratio = f"{median(found) / median(floors):.2f} x the floor of {median(floors):.1f}, p95 {_high(found):.1f}"
        report.figure(f"a commit after {what} revision", median(found), 20, " ms", ratio)
    _look_back(shared, report, subtasks[0])
    shared.close()
    other.close()
    assert tables


def _look_back(shared: SharedBoard, report: Report, subtask: int) -> None:
    """Reading the files: of one record as `H` does, all as `log` and `check` do."""
    board = shared.read()
    for what, work in (
        ("older history of one record, newest months first", lambda: shared.past.older(board, [subtask], most=60)),
        ("older history whole, as `log` reads it", lambda: shared.past.older(board)),
        ("the chain over board and files, as `check` looks at it", lambda: [*shared.past.problems(board)]),
    ):
        began = time.perf_counter()
        found = work()
        report.say(f"{what}: {(time.perf_counter() - began) * 1000:.0f} ms, {len(found)} found")


def _high(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def _fill(path: Path) -> str:
    """The tables that fill a board most."""
    sizes = {name: sum(map(len, rows.values())) for name, rows in parse(path.read_bytes()).items()}
    most = sorted(sizes.items(), key=lambda item: -item[1])[:5]
    return ", ".join(f"{name} {size / 1e6:.1f}" for name, size in most)


def _year(path: Path, folder: Path, now: int) -> Tables:
    """Write the board; returns its tables."""
    make_demo(path, FixedClock(now), folder / "state")
    raws = parse(path.read_bytes())
    meta = meta_of(raws)
    tables: Tables = {name: dict(rows) for name, rows in raws.items() if name != "_meta"}
    copies = CARDS // len(tables["cards"])
    first = {name: dict(tables[name]) for name in HANGING}
    dice = random.Random(7)
    for _ in range(copies - 1):
        offset = dice.getrandbits(40)
        mine = {key.encode() for name in HANGING for key in first[name]}
        for name in HANGING:
            for key, raw in first[name].items():
                tables[name][str(int(key) + offset)] = Raw(_moved(bytes(raw), mine, offset))
    _progress(tables, now, dice)
    _closed(tables, now, dice)
    tables["history"] = dict(_history(tables["history"], tables["subtasks"], now, dice))
    path.write_bytes(encode(meta, tables))
    return tables


def _moved(raw: bytes, mine: set[bytes], offset: int) -> bytes:
    """A record of another copy: every id of this copy's records is another."""

    def other(found: re.Match[bytes]) -> bytes:
        return str(int(found[0]) + offset).encode() if found[0] in mine else found[0]

    return _ID.sub(other, raw)


def _progress(tables: Tables, now: int, dice: random.Random) -> None:
    """Entries as people write them, until a quarter's are there."""
    bodies = [msgspec.json.decode(raw) for raw in tables["progress"].values()]
    subtasks = [*map(int, tables["subtasks"])]
    while len(tables["progress"]) < LIVE:
        body = dice.choice(bodies) | {"subtask": dice.choice(subtasks), "at": now - dice.randrange(90 * DAY)}
        body |= {"next": "整理第三档并请市场部确认", "due": body["at"] + 3_600}
        tables["progress"][str(dice.getrandbits(53) | 1)] = Raw(msgspec.json.encode(body))


def _closed(tables: Tables, now: int, dice: random.Random) -> None:
    """Results of closed clocks of the cards that are there, and the rows of those that left."""
    cards = [*map(int, tables["cards"])]
    people = [*map(int, tables["people"])]
    for card in cards:
        for _ in range(RESULTS):
            at = now - dice.randrange(90 * DAY)
            row = {"kind": "handover", "table": "subtasks", "subject": dice.getrandbits(53), "card": card}
            row |= {"started": at - 3 * DAY, "due": at + DAY, "closed": at, "who": [dice.choice(people)]}
            row |= {"department": dice.getrandbits(53), "rule": "3 WD", "calendar": "CN 2026.1"}
            tables["results"][str(dice.getrandbits(53) | 1)] = Raw(msgspec.json.encode(row))
        for person in people:
            row = {"card": card, "person": person, "at": now - 60 * DAY}
            tables["seen"][str(dice.getrandbits(53) | 1)] = Raw(msgspec.json.encode(row))
    for n in range(ARCHIVED):
        name = f"Q4营销-渠道激励方案-Q4营销-2026-{n:03}-2026-05-06.json"
        row = {"number": f"Q4营销-2026-{n:03}", "name": "渠道激励方案", "file": name, "digest": "0" * 32}
        row |= {"archived_at": now - dice.randrange(365 * DAY), "archived_by": dice.choice(people)}
        tables["archived"][str(dice.getrandbits(53) | 1)] = Raw(msgspec.json.encode(row))


def _history(
    demo: dict[str, Raw], subtasks: dict[str, Raw], now: int, dice: random.Random
) -> Iterator[tuple[str, Raw]]:
    """A year's entries in a chain, half of them progress reports."""
    bodies = [msgspec.json.decode(raw) for raw in demo.values()]
    reports = [body for body in bodies if body["operation"] == "RecordProgress"]
    keys = [*map(int, subtasks)]
    previous = ""
    for number in range(1, ENTRIES + 1):
        body = dict(dice.choice(reports if number % 2 else bodies))
        at = now - (ENTRIES - number) * 365 * DAY // ENTRIES
        body |= {"client": f"c{number // 40:07}", "n": number % 40 + 1, "at": at, "recorded_at": at}
        if body["operation"] == "RecordProgress":
            body["subject"] = dice.choice(keys)
        previous = body["hash"] = chain_hash(previous, body)
        yield str(number), Raw(msgspec.json.encode(body))


if __name__ == "__main__":
    raise SystemExit(main())
