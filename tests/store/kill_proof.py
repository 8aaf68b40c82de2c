"""Many sessions that are killed at every point of a commit, and what must hold of the board after."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tinydb import TinyDB

from store.clock import SystemClock
from store.file.chain import chain_hash
from tests.store.storage_helpers import HastyDisk, session

ROOT = Path(__file__).parents[2]


class Said(NamedTuple):
    """What all processes together said."""

    acknowledged: list[str]
    killed: Counter[str]
    waits: list[float]
    unavailable: list[str]
    problems: list[str]


def run(
    boards: Sequence[Path],
    folder: Path,
    *,
    processes: int,
    count: int,
    chance: float,
    limit: float,
    meanwhile: Callable[[], None] = lambda: None,
) -> Said:
    """Let processes work on the board under its several paths, each path a machine of its own, for `limit` seconds.

    `folder` takes a state directory for each process. `meanwhile` is called now and then.
    """
    running, told = [], folder / "told"
    told.mkdir()
    try:
        for n in range(processes):
            board = boards[n % len(boards)]
            machine = [f"machine-{n % len(boards)}"] if len(boards) > 1 else []
            arguments = [str(board), str(folder / "states" / f"{n}"), f"p{n}", str(count), str(chance), *machine]
            with (told / f"{n}").open("wb") as out:
                command = [sys.executable, "-m", "tests.store.deadly", *arguments]
                running.append(subprocess.Popen(command, cwd=ROOT, stdout=out, start_new_session=True))
        end = time.monotonic() + limit
        while any(each.poll() is None for each in running):
            assert time.monotonic() < end, "it takes too long"
            meanwhile()
            time.sleep(0.05)
    finally:
        for each in running:
            if each.poll() is None:
                os.killpg(each.pid, signal.SIGKILL)  # whoever lives just now, and who would begin the next life
                each.wait()
    ended = [f"process {n} ended with {each.returncode}" for n, each in enumerate(running) if each.returncode]
    lines = [line for each in told.iterdir() for line in each.read_text().splitlines()]
    parts = [line.partition(" ")[::2] for line in lines]
    return Said(
        acknowledged=[text for letter, text in parts if letter == "a"],
        killed=Counter(text for letter, text in parts if letter == "k"),
        waits=sorted(float(text) for letter, text in parts if letter == "c"),
        unavailable=[text for letter, text in parts if letter == "u"],
        problems=ended + [text for letter, text in parts if letter == "!"],
    )


def send_the_rest(boards: Sequence[Path], folder: Path) -> None:
    """What the last life of each process left in its journals is sent, as the next start of the program does."""
    for state in (folder / "states").iterdir():
        heir = session(boards[int(state.name) % len(boards)], state, HastyDisk(), SystemClock())
        heir.read()
        heir.commit()
        assert heir.pending == []
        heir.close()


def check_exactly_once(path: Path, acknowledged: Sequence[str]) -> None:
    """Every acknowledged entry is on the board once, nothing twice, and the chain of the history is whole.

    An operation whose process died between its line in the journal and the word to its author may be there, once.
    """
    with TinyDB(path, encoding="utf-8", access_mode="r") as db:
        topics = Counter(entry["topic"] for entry in db.table("sync"))
        entries = sorted(db.table("history"), key=lambda entry: entry.doc_id)
    missing = set(acknowledged) - set(topics)
    assert not missing, f"lost: {sorted(missing)}"
    assert max(topics.values()) == 1, f"doubled: {[each for each in topics if topics[each] > 1]}"
    assert max(Counter((entry["client"], entry["n"]) for entry in entries).values()) == 1
    assert [entry.doc_id for entry in entries] == list(range(entries[0].doc_id, entries[0].doc_id + len(entries)))
    previous = "" if entries[0].doc_id == 1 else None
    for entry in entries:
        if previous is not None:
            assert entry["hash"] == chain_hash(previous, dict(entry))
        previous = entry["hash"]
