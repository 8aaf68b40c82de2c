"""What follows the clock: the one tick of the program, the bell, the window's title, who is here."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from tui.facts import Facts
from tui.screens.base import DeckScreen
from tui.session import Session

if TYPE_CHECKING:
    from tui.alarm import Alarm
    from tui.here import Here


class Ticking(Facts):
    """Ticks once a second; bell and company begin when the start is over."""

    def __init__(self, session: Session) -> None:
        """Nothing ticks before `start_ticking`."""
        self.alarm: Alarm | None = None
        self.here: Here | None = None
        self._next_tick: asyncio.TimerHandle | None = None
        super().__init__(session)

    def start_ticking(self) -> None:
        """One tick for the whole program, aligned to the second so that the digits turn with the clock.

        Of the loop, no Timer: making one each second and sending its message takes as long as a fifth of the paint.
        """
        wait = 1.0 - self.session.clock.now_exact() % 1.0 + 0.005
        self._next_tick = asyncio.get_running_loop().call_later(wait, self._tick)

    def _tick(self) -> None:
        try:
            self.tick()
        except Exception as error:  # noqa: BLE001 - raised where Textual looks: outside of a message it would be lost
            self.call_later(_raise, error)
        else:
            self.start_ticking()

    def tick(self) -> None:
        """Show the time as it is now."""
        self.wake()
        front = self.screen_stack[-1] if self.screen_stack else None  # none is left at the very end
        if isinstance(front, DeckScreen):
            front.paint_at_once(partial(front.tick, self.now()))
            if self.here is not None and self.state is not None:
                from tui.here import sign_of

                self.here.show(sign_of(front, self.state.board.person_name(self.me), self.session.login))
            if self.alarm is not None:
                self.alarm.tell(self, self.now())

    def listen(self) -> None:
        """From now on new breaches ring; the start itself waits for no bell."""
        from tui.alarm import Alarm

        self.alarm = Alarm(self.session.state_dir / "heard", self.session.path)

    def join_others(self) -> None:
        """From now on the others see who is here."""
        from tui.here import Here

        self.here = Here(self.session.store.signs(), self.post_message)
        self.here.start()

    def show_title(self, text: str) -> None:
        """Name the terminal's window (OSC 2); one that has no title does nothing with it."""
        if self._driver is not None and not self.is_headless:
            self._driver.write(f"\x1b]2;{text}\x07")

    def stop_ticking(self) -> None:
        """The program ends."""
        if self._next_tick is not None:
            self._next_tick.cancel()
        if self.here is not None:
            self.here.stop()


def _raise(error: Exception) -> None:
    raise error
