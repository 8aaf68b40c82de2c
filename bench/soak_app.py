"""The dashboard with an injected clock: `python -m bench.soak_app BOARD DONE TICKS`.

It ticks as fast as it can, a second of the clock each, and makes the files DONE.0 after a tenth and DONE.1 after all.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import ClassVar, cast

from textual.types import CSSPathType

from store.clock import FixedClock, SystemClock
from tui.app import CrossdeckApp
from tui.session import PersonalSettings, Session

FOLDER = Path(sys.modules[CrossdeckApp.__module__].__file__ or "").parent
BETWEEN = 0.004
"""Seconds between two ticks: the frame of each is drawn."""


class Soaked(CrossdeckApp):
    """Ticks as often as it is told."""

    # Textual looks beside the subclass.
    CSS_PATH: ClassVar[CSSPathType | None] = [FOLDER / str(name) for name in cast("list[str]", CrossdeckApp.CSS_PATH)]

    def __init__(self, session: Session, clock: FixedClock, done: Path, ticks: int) -> None:
        """`done` names the files that say how far it is."""
        super().__init__(session)
        self._clock, self._done, self._ticks, self._ticked = clock, done, ticks, 0

    def on_mount(self) -> None:
        """Begin when the board is there."""
        self.set_interval(BETWEEN, self._pass)

    def _pass(self) -> None:
        if self.state is None or self._ticked >= self._ticks:
            return
        self._ticked += 1
        self._clock.advance(1)
        self.tick()
        if self._ticked in {self._ticks // 10, self._ticks}:
            self._done.with_suffix(f".{self._ticked // self._ticks}").touch()


def main() -> None:
    """Run until it is ended."""
    board, done, ticks = sys.argv[1:4]
    clock = FixedClock(SystemClock().now())
    session = Session(Path(board), clock=clock, settings=PersonalSettings(), wanted="员工01", environ=os.environ)
    Soaked(session, clock, Path(done), int(ticks)).run()


if __name__ == "__main__":
    main()
