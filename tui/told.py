"""Whose value gave way is told, also when his dashboard was closed then: a mark of what was told, on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from store.board import Board
from store.file.whole import write_whole
from store.tokens import digest
from store.views.asides import asides_of
from store.views.losses import entry_of, last_entry, lost_by, owner_of
from store.views.state import BoardState
from tui.i18n import _, ngettext
from tui.present.losses import lost_words, won_words

if TYPE_CHECKING:
    from store.changes import Loss
    from store.file.chain import Settled

FIRST = 7 * 86_400
"""Seconds a first start on a machine looks back."""


def won(state: BoardState, board: Board, one: Settled, loss: Loss, now: int, *, history: str) -> str:
    """What somebody had set while a person wrote over it, in the words of `state`. `board` has the entry of `one`.

    `history` is what shows both: a key, or a command.
    """
    who = board.person_name(owner_of(board, loss, entry_of(board, one.client, one.n)))
    return won_words(state, loss, who, now, history)


class Told:
    """Knows up to which entry of the history a person was told; asked with each revision, looks at what is new."""

    def __init__(self, folder: Path, path: Path) -> None:
        """Reads nothing yet. `folder` is in this machine's state directory, `path` the board's file."""
        self._folder, self._path = folder, path
        self._board: Board | None = None
        self._me: int | None = None
        self._upto = 0
        self._asides = False

    def tell(self, state: BoardState, now: int, inbox: str, history: str) -> list[str]:
        """Return what there is to say: each value that gave way; the first time what was put aside.

        `inbox` and `history` are the keys that show them.
        """
        found = self.look(state, now, history)
        first, self._asides = not self._asides, True
        aside = len(asides_of(state.board, state.me)) if first else 0
        if aside:
            said = ngettext(
                "{n} change of yours was put aside: {k}.", "{n} changes of yours were put aside: {k}.", aside
            )
            return [*found, said.format(n=aside, k=inbox)]
        if len(found) > 1:
            said = _("{n} values of yours gave way to others': {k}.")
            return [*found, said.format(n=len(found), k=inbox)]
        return found

    def look(self, state: BoardState, now: int, history: str) -> list[str]:
        """Return a sentence for each value of this person that gave way since the last look (at `now`)."""
        if state.me is None or (state.board is self._board and state.me == self._me):
            return []
        since = 0
        if state.me != self._me:
            self._me, known = state.me, self._read(state.me)
            self._upto, since = (known, 0) if known is not None else (0, now - FIRST)
        self._board, last = state.board, last_entry(state.board)
        after, self._upto = self._upto, last
        # Numbers that went back are those of an older copy or of another history: what it lost comes anew.
        found = [*lost_by(state.board, state.me, after, since)] if last > after else []
        if found or since:
            self.save()
        return [lost_words(state, one.loss, state.board.person_name(one.by), now, history) for one in found]

    def save(self) -> None:
        """Remember on disk how far this person was told; a disk that is full tells it once more."""
        if self._me is not None:
            try:
                write_whole(self._file(self._me), msgspec.json.encode(self._upto))
            except OSError:
                return

    def _file(self, person: int) -> Path:
        return self._folder / f"{digest(f'{self._path}/{person}'.encode(), 8).hex()}.json"

    def _read(self, person: int) -> int | None:
        try:
            return msgspec.json.decode(self._file(person).read_bytes(), type=int)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None
