"""Bell and title mark on a new breach: in working hours, once for each breach, whatever is restarted (rulebook §8)."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from store.file.whole import write_whole
from store.rules.alarm import Breach, breach_of, concerning, may_ring, next_opening
from store.rules.clocks import Clock
from store.text import plain
from store.tokens import digest
from store.views.numbers import number_of
from store.views.state import BoardState
from tui import words
from tui.i18n import _, ngettext
from tui.subjects import who_names

if TYPE_CHECKING:
    from tui.ticking import Ticking

KEPT = 90 * 86_400
"""Seconds for which a breach is remembered after its due."""


class Alarm:
    """Knows which breaches this person has heard; asked at every tick, looks only when one may be new.

    What was heard stands in a small file of this machine, one for each board and person. Where there is none
    yet, what is over already is taken as heard: the screen says so, and a first start rings for nothing.
    """

    def __init__(self, folder: Path, board: Path) -> None:
        """Reads nothing yet."""
        self._folder, self._board = folder, board
        self._state: BoardState | None = None
        self._next = 0
        self._me: int | None = None
        self._heard: frozenset[Breach] | None = None
        self._writing: threading.Thread | None = None
        self.over = 0
        """How many clocks that concern this person are over."""

    def look(self, state: BoardState, now: int) -> Sequence[Clock]:
        """Return the breaches to ring for at `now` (epoch seconds): usually none, and without looking."""
        if state is self._state and now < self._next:
            return ()
        if state.me != self._me or self._heard is None:
            self._me, self._heard = state.me, self._read(state.me)
        self._state = state
        following = state.book.next_from(now)
        self._next = min(next_opening(state.working, now), following.due + 1 if following else now + KEPT)
        over = [*concerning(state.board, state.book.breached(now), state.me)]
        self.over = len(over)
        return self._new(over, now) if self._heard is None or may_ring(state.working, now) else ()

    def tell(self, app: Ticking, now: int) -> None:
        """Ring, say and show in the title what is new, as the board's settings `bell` and `title` have it."""
        state = app.state
        if state is None:
            return
        before = self.over
        new = self.look(state, now)
        settings = state.board.settings
        if new:
            app.notice(_sentence(state, new))
            if settings.bell:
                app.bell()
        if settings.title and (new or self.over != before):
            app.show_title(title(self.over, app.board_name))

    def _new(self, over: Sequence[Clock], now: int) -> Sequence[Clock]:
        """Return those not heard yet, and remember them."""
        heard = self._heard or frozenset()
        new = [clock for clock in over if breach_of(clock) not in heard]
        first = self._heard is None
        if new or first:
            known = {each for each in heard if each[2] > now - KEPT}
            self._heard = frozenset(known | {breach_of(clock) for clock in new})
            self._writing = threading.Thread(target=self._write, args=(self._me, self._heard), daemon=True)
            self._writing.start()  # the screen does not wait for a disk
        return () if first else new

    def wait(self) -> None:
        """Wait until what was heard is on disk."""
        if self._writing is not None:
            self._writing.join()

    def _path(self, person: int | None) -> Path:
        return self._folder / f"{digest(f'{self._board}/{person}'.encode(), 8).hex()}.json"

    def _read(self, person: int | None) -> frozenset[Breach] | None:
        try:
            return frozenset(msgspec.json.decode(self._path(person).read_bytes(), type=list[Breach]))
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None

    def _write(self, person: int | None, heard: frozenset[Breach]) -> None:
        try:
            write_whole(self._path(person), msgspec.json.encode(sorted(heard)))
        except OSError:
            return  # a disk that is full rings once more at the next start, no more


def title(over: int, board: str) -> str:
    """The terminal's title: how many clocks of mine are over, and the board's name."""
    name = plain(f"{board} - crossdeck").replace("\n", " ")
    return f"! {over} {name}" if over else name


def _sentence(state: BoardState, new: Sequence[Clock]) -> str:
    """One breach by its name; of several how many they are."""
    if len(new) > 1:
        several = ngettext("Breached: {n} clock. i: what waits.", "Breached: {n} clocks. i: what waits.", len(new))
        return several.format(n=len(new))
    clock = new[0]
    about = number_of(state.board, clock.table, clock.subject) or clock.about
    text = _("Breached: {clock} of {id}, {who} must act. = shows why.")
    return text.format(clock=words.clock(clock.kind), id=about, who=who_names(state, clock) or "?")
