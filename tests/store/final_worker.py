"""A session in a process of its own that makes minutes final once the file GO is there: `BOARD STATE PERSON GO`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from store.clock import FixedClock
from store.errors import CrossdeckError
from store.file.shared_board import SharedBoard
from store.operations.base import Stamp
from store.operations.meetings import FinaliseMinutes
from tests.store.builders import DAY, T0

MEETING = 800


def main(path: str, state: str, person: str, go: str) -> None:
    """Read the board, say so (a file beside GO), wait for the others, finalise, commit."""
    shared = SharedBoard(Path(path), state=Path(state), clock=FixedClock(T0 + DAY), terminal=f"pc{person}")
    shared.read()
    Path(f"{go}.{person}").touch()
    while not Path(go).exists():
        time.sleep(0.002)
    sign = Stamp(person=int(person), at=T0 + DAY, recorded=T0 + DAY, terminal=f"pc{person}")
    shared.record([FinaliseMinutes(meeting=MEETING)], sign)
    while shared.pending:
        try:
            shared.commit()
        except CrossdeckError:
            time.sleep(0.05)
    shared.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
