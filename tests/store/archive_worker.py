"""A session that archives the one card of a board and dies around a chosen replace: `BOARD STATE CARD NUMBER WHEN`.

The first replace of that commit puts the file into the archive, the second the board in its place; WHEN is `before`
or `after`.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from store.clock import FixedClock
from store.file.disk import Disk
from store.file.shared_board import SharedBoard
from store.operations.archive import ArchiveCard
from tests.store.storage_helpers import NOW, stamp


class DyingDisk(Disk):
    """Ends by SIGKILL around the replace number `number`."""

    def __init__(self, number: int, when: str) -> None:
        self.number, self.when, self.count = number, when, 0

    def replace(self, old: str, new: str) -> None:
        """Put a file in the place of another, or die."""
        self.count += 1
        if self.count == self.number and self.when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        super().replace(old, new)
        if self.count == self.number:
            os.kill(os.getpid(), signal.SIGKILL)


def main(path: str, state: str, card: str, number: str, when: str) -> None:
    disk = DyingDisk(int(number), when)
    shared = SharedBoard(Path(path), state=Path(state), clock=FixedClock(NOW), terminal="w", disk=disk)
    shared.read()
    shared.record([ArchiveCard(card=int(card))], stamp())
    shared.commit()


if __name__ == "__main__":
    main(*sys.argv[1:])
