"""Settings of the board (rulebook, preface: a rule's id is its key)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, drop, put
from store.errors import Refused, SettingError
from store.operations.act import Act, absent, administrators, derived
from store.operations.base import Stamp
from store.rules.board_calendar import calendar_settings
from store.settings import SETTING_KEYS, BoardSettings, convert

CALENDAR_KEYS = frozenset({
    "region", "subdivision", "time_zone", "weekend", "extra_days_off", "extra_working_days", "opens", "closes", "lunch",
    "progress_at",
})  # fmt: skip
"""Settings the board's calendar is made of: a value that gives none is refused."""
PEOPLE_KEYS = frozenset({"executive", "administrator"})
"""Settings whose value is a person."""


class SetSetting(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Set one setting of the board, or give it back its default.

    Args:
        key: a setting or the id of a rule (`crossdeck settings` lists them).
        value: as a person types it (`3 WD`, `09:00`) or as JSON; null or nothing = the default again.
            executive and administrator: a person.
    """

    key: str
    value: Any = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A known key, a value it can have, and the administrator."""
        yield from administrators(board, by)
        value = None
        try:
            value = convert(self.key, self.value)
        except SettingError as problem:
            if self._given() or self.key not in SETTING_KEYS:
                # The sentence stands in store.settings, where the catalogues find it.
                yield Refused(problem.message, code="setting", **problem.fields)
                return
        if self.key in PEOPLE_KEYS and value is not None and value not in board.people:
            yield absent("people", value)
        if self.key in CALENDAR_KEYS:  # its default has to fit the other settings as well
            yield from self._calendar_reasons(board, by)

    def _calendar_reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A calendar can be built with the value: region and zone are known, hours follow each other."""
        # Not at the top: it loads the holidays of the world, and only a change of the calendar needs them.
        from store.rules.calendar_data import check_hours
        from store.rules.calendar_source import build_calendar

        stored = {row.key: row.value for row in board.table("settings").values() if isinstance(row, r.Setting)}
        stored.pop(self.key, None)
        if self._given():
            stored[self.key] = convert(self.key, self.value)
        year = datetime.fromtimestamp(by.at, UTC).year
        try:
            settings = calendar_settings(BoardSettings.of(stored))
            check_hours(settings)
            build_calendar(settings, range(year, year + 1))
        except SettingError as problem:
            yield Refused(problem.message, code="setting", **problem.fields)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The setting's row: added, changed or taken away."""
        rows = [row for row in board.table("settings").values() if isinstance(row, r.Setting) and row.key == self.key]
        if not self._given():
            return [drop(row) for row in rows]
        value = msgspec.to_builtins(convert(self.key, self.value))
        if rows:
            return compact([put(rows[0], value=value)])
        return [add(r.Setting(id=derived("settings", self.key), key=self.key, value=value))]

    def subject(self) -> int:
        """Settings are the board's."""
        return 0

    def _given(self) -> bool:
        return self.value is not None and self.value != ""
