"""The working time of a board by its own settings, kept between commits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from store.board import Board
from store.errors import SettingError

if TYPE_CHECKING:
    from store.clock import Clock
    from store.rules.working_time import WorkingTime


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
