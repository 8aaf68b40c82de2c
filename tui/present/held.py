"""What still hangs on somebody who leaves or a department that closes, in words; the same for both ways in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from store.board import Board
from store.operations.held import Held
from store.operations.leaving import said
from store.records import Attendance, Letter
from tui.field_words import field_word
from tui.i18n import _
from tui.sentences import sentence


class HeldRow(NamedTuple):
    """One thing: which record, and as what it is held (`lead, tracker`; letters as they are)."""

    what: str
    role: str


def held_rows(board: Board, held: Iterable[Held]) -> list[HeldRow]:
    """The rows of what is held, in its order."""
    return [HeldRow(sentence(said(board, each.record)), _role(each)) for each in held]


def _role(held: Held) -> str:
    if isinstance(held.record, Letter):
        return held.record.letters
    if isinstance(held.record, Attendance):
        return _("invited")
    return ", ".join(field_word(name) for name in held.fields)
