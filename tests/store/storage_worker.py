"""A session in a process of its own, for the tests with several: `BOARD STATE NAME COUNT [KILL]`.

Records COUNT entries in the sync log one by one, prints each topic once it is acknowledged, commits.
KILL is the chance that it ends by SIGKILL at any one call of the disk while it commits.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path
from typing import Any

from store.clock import SystemClock
from store.file.disk import Disk
from store.file.shared_board import SharedBoard
from store.operations.sync import AddSyncEntry
from tests.store.storage_helpers import ANA, CALLS, stamp


class DeadlyDisk(Disk):
    """Every call may be the last."""

    def __init__(self, chance: float) -> None:
        self.chance = chance

    def __getattribute__(self, name: str) -> Any:
        if name in CALLS and random.random() < self.chance:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__getattribute__(name)


def main(path: str, state: str, name: str, count: str, kill: str = "0") -> None:
    disk = DeadlyDisk(0)
    clock = SystemClock()
    shared = SharedBoard(Path(path), state=Path(state), clock=clock, terminal=name, disk=disk)
    if float(kill):  # a lock without a name in it (killed between mkdir and owner) costs the lease
        shared.lock.lease = shared.lock.shortest = 1.0
    shared.read()
    for number in range(int(count)):
        topic = f"{name} {number}"
        shared.record([AddSyncEntry(topic=topic)], stamp(clock.now(), ANA))
        print(topic, flush=True)
        disk.chance = float(kill)
        shared.commit()
        disk.chance = 0
    shared.commit()
    shared.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
