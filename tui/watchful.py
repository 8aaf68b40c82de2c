"""What is wrong with the board or with its place is said in the message row, once it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.i18n import ngettext
from tui.saying import Saying
from tui.screens.base import DeckScreen
from tui.session import Session

if TYPE_CHECKING:
    from store.board import Board
    from tui.surroundings import LookedAround


class Watchful(Saying):
    """Keeps count of what was said."""

    def __init__(self, session: Session) -> None:
        """Nothing was found yet."""
        super().__init__(session)
        self._damaged = 0

    def notice(self, text: str, *, error: bool = False, passing: bool = False) -> None:
        """One line in the message row: 8 s, an error until the next key that records, `passing` until any command."""
        self.notices.say(text, self.now(), error=error, passing=passing)
        if (front := self._front) is not None:
            front.draw_bottom()

    @property
    def _front(self) -> DeckScreen | None:
        """The screen in front, if it is one of ours; at the very end there is none left."""
        front = self.screen_stack[-1] if self.screen_stack else None
        return front if isinstance(front, DeckScreen) else None

    def tell_damage(self, board: Board) -> None:
        """Records that cannot be read are missing on every screen: said when there are more of them than before."""
        n, before = len(board.damaged), self._damaged
        self._damaged = n
        if n > before:
            said = ngettext(
                "{n} record cannot be read and is not shown: crossdeck check.",
                "{n} records cannot be read and are not shown: crossdeck check.",
                n,
            )
            self.notice(said.format(n=n), error=True)

    def look_around(self) -> None:
        """Is the board in a folder that a sync program copies about, and did one leave copies of it?"""
        from tui.surroundings import look_around

        look_around(self.session.path, self.session.state_dir, self.now(), self.post_message)

    def on_looked_around(self, message: LookedAround) -> None:
        """Something is unsafe about the place of the board."""
        self.notice(message.text, error=True)
