"""`python -m tests.end_to_end.program`: crossdeck with a clock that begins at 2026-10-09 16:55 in Shanghai and runs."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.end_to_end.terminal import Terminal
from tests.store.builders import T0

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "tests.end_to_end.program"]


class Later:
    """The clock of this machine, moved to `begin` when it was made."""

    real = False

    def __init__(self, begin: float) -> None:
        """Start at `begin` epoch seconds."""
        self._ahead = begin - time.time()

    def now(self) -> int:
        """Return the current instant in whole epoch seconds."""
        return int(self.now_exact())

    def now_exact(self) -> float:
        """Return the current instant with its fraction."""
        return time.time() + self._ahead

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return time.monotonic()


def environment(folder: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What the program sees: state and settings of its own in `folder`."""
    own = {"XDG_STATE_HOME": str(folder / "state"), "XDG_CONFIG_HOME": str(folder / "config"), "LANG": "C.UTF-8"}
    return {**os.environ, **own, "PYTHONPATH": str(ROOT), **(more or {})}


@contextmanager
def dashboard(
    board: Path,
    who: str = "王敏",
    *,
    size: tuple[int, int] = (80, 24),
    env: Mapping[str, str] | None = None,
    state: Path | None = None,
) -> Iterator[Terminal]:
    """The dashboard on a board in a terminal, drawn. `state` is the folder of the machine, the board's if not said."""
    command = [*COMMAND, str(board), *(("--as", who) if who else ())]
    with Terminal(command, *size, environment(state or board.parent, env)) as terminal:
        yield terminal


if __name__ == "__main__":
    from tui.cli import main

    sys.exit(main(clock=Later(T0)))
