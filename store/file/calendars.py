"""The working time of a board by its own settings, kept between commits."""

from __future__ import annotations

import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from store.board import Board
from store.errors import SettingError

if TYPE_CHECKING:
    from store.clock import Clock
    from store.rules.working_time import WorkingTime

LOG: Final = "errors.txt"
"""The file of the state directory that says what could not be worked out."""
LOG_BYTES: Final = 100_000
"""Size from which the older half of it is dropped."""


class Calendars:
    """Gives the working time of a Board; asked for another board's settings it works that one out."""

    def __init__(self, cache_dir: Path, clock: Clock, language: str | None = None) -> None:
        """`cache_dir` is where worked-out calendars are kept; with the language of what is shown one serves both."""
        self._cache_dir, self._clock, self._language = cache_dir, clock, language
        self._known: WorkingTime | None = None

    def of(self, board: Board) -> WorkingTime | None:
        """Return the working time the settings of `board` come to, None if they come to none."""
        # Not at the top: a start that writes nothing needs none of it.
        from store.file.calendar_cache import load_working_time
        from store.rules.board_calendar import calendar_settings

        try:
            settings = calendar_settings(board.settings, self._language)
            if self._known is None or self._known.settings != settings:
                self._known = load_working_time(settings, self._clock.now(), self._cache_dir)
        except SettingError:
            return None
        return self._known

    def failed(self, name: str, error: Exception) -> None:
        """Write down that the results of an operation could not be worked out, and where in the program that was.

        Nothing of it is shown: the operation stands, and its clocks are worked out whenever they are asked for.
        """
        path = self._cache_dir / LOG
        lines = [f"{self._clock.now()} results of {name}: {error!r}\n", *traceback.format_exception(error)]
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            known = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
            kept = known if len(known) < LOG_BYTES else known[-LOG_BYTES // 2 :]
            path.write_text(kept + "".join(lines), encoding="utf-8")
