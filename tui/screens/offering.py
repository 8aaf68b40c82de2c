"""OfferingScreen: which verbs the footer leaves out, asked anew once the cursor rests."""

from __future__ import annotations

from contextlib import suppress
from threading import Event, Thread

from textual.timer import Timer

from tui import verbs
from tui.commands import COMMANDS
from tui.screens.asking import AskingScreen

REST = 0.12
"""Seconds after which a cursor rests: verbs asked for each row it passes would slow a held-down arrow."""
OFFERED = sorted((c for c in COMMANDS if c.footer), key=lambda c: c.footer)
ASKED = [c.id for c in OFFERED if c.id in verbs.VERBS and c.on_row]
_loaded = Event()
"""Whether the verbs are imported."""


class OfferingScreen(AskingScreen):
    """Until the verbs were asked all that act on this kind of record are offered."""

    def __init__(self) -> None:
        """Nothing was asked yet."""
        super().__init__()
        self._idle: frozenset[str] = frozenset()
        self._look: Timer | None = None

    def draw_bottom(self) -> None:
        """Redraw message row and footer."""
        raise NotImplementedError

    def ask_verbs_later(self) -> None:
        """The row or the state is another one."""
        if self._look is None:
            self._look = self.set_interval(REST, self.ask_verbs, pause=True)
        self._look.reset()

    def ask_verbs(self) -> None:
        """Which verbs of the footer have nothing to do here; not while the program starts, which imports no verb."""
        if self._look is not None:
            self._look.pause()
        if self.deck.alarm is None or not self.is_current:
            return
        if not _loaded.is_set():  # 50 ms of imports, which no key should wait for
            Thread(target=self._load, daemon=True).start()
            return
        from tui.verbs.trial import idle

        before, self._idle = self._idle, frozenset()
        if self.state is not None and self.deck.me is not None and self.current() is not None:
            self._idle = idle(self._whole, ASKED)
        if before != self._idle:
            self.draw_bottom()

    def _load(self) -> None:
        for command in ASKED:
            for table in verbs.VERBS[command]:
                verbs.verb(command, table)
        _loaded.set()
        with suppress(RuntimeError):  # the program ended meanwhile
            self.deck.call_from_thread(self.ask_verbs)
