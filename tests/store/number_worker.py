"""A session in a process of its own that makes COUNT cards, one by one: `BOARD STATE NAME COUNT`."""

from __future__ import annotations

import sys
from pathlib import Path

from store.clock import SystemClock
from store.file.shared_board import SharedBoard
from store.operations.cards import CreateCard
from tests.store.storage_helpers import ANA, stamp


def main(path: str, state: str, name: str, count: str) -> None:
    clock = SystemClock()
    shared = SharedBoard(Path(path), state=Path(state), clock=clock, terminal=name)
    shared.read()
    for number in range(int(count)):
        shared.record([CreateCard(name=f"{name} {number}", project="P")], stamp(clock.now(), ANA))
        shared.commit()
    shared.commit()
    shared.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
