"""Settings of the board (rulebook, preface: a rule's id is its key)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, drop, put
from store.errors import Refused, SettingError
from store.operations.act import Act, absent, administrators, derived
from store.operations.base import Stamp
from store.settings import SETTING_KEYS, convert

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
        try:
            value = convert(self.key, self.value)
        except SettingError as problem:
            if self._given() or self.key not in SETTING_KEYS:
                # The sentence stands in store.settings, where the catalogues find it.
                yield Refused(problem.message, code="setting", **problem.fields)
        else:
            if self.key in PEOPLE_KEYS and value is not None and value not in board.people:
                yield absent("people", value)

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
