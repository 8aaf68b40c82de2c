"""Many sessions that are killed at every point of a commit, and what must hold of the board after."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
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


def run(boards: Sequence[Path], states: Path, *, processes: int, count: int, chance: float, limit: float) -> Said:
    """Let processes work on the board in turn under its several paths; each path is a machine of its own."""
    commands = []
    for n in range(processes):
        board = boards[n % len(boards)]
        machine = [f"machine-{n % len(boards)}"] if len(boards) > 1 else []
        arguments = [str(board), str(states / f"{n}"), f"p{n}", str(count), str(chance), *machine]
        commands.append([sys.executable, "-m", "tests.store.deadly", *arguments])
    running = [subprocess.Popen(each, cwd=ROOT, stdout=subprocess.PIPE, text=True) for each in commands]
    try:
        lines = [line for each in running for line in each.communicate(timeout=limit)[0].splitlines()]
    finally:
        for each in running:
            each.kill()
    ended = [f"process {n} ended with {each.returncode}" for n, each in enumerate(running) if each.returncode]
    told = [line.partition(" ")[::2] for line in lines]
    return Said(
        acknowledged=[text for letter, text in told if letter == "a"],
        killed=Counter(text for letter, text in told if letter == "k"),
        waits=sorted(float(text) for letter, text in told if letter == "c"),
        unavailable=[text for letter, text in told if letter == "u"],
        problems=ended + [text for letter, text in told if letter == "!"],
    )


def send_the_rest(boards: Sequence[Path], states: Path) -> None:
    """What the last life of each process left in its journals is sent, as the next start of the program does."""
    for state in states.iterdir():
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
