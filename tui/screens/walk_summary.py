"""The end of a triage: done, left, to be sent. `S` marks all sent, `Y` copies the summary, `h` goes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text

from store.errors import CrossdeckError
from store.views.state import BoardState
from tui.copies import save_copy
from tui.i18n import Np_, _, p_
from tui.look import STYLES
from tui.present.walk import summary_lines, summary_markdown, to_be_sent
from tui.screens.base import Ref
from tui.screens.walk import WalkScreen

FOOTER = {
    "sent": Np_("walk", "mark all sent"),
    "copy_text": Np_("walk", "copy"),
    "left": Np_("walk", "back"),
    "back": Np_("walk", "end"),
}


class SummaryScreen(WalkScreen):
    """Stands over the walk; `q` ends both, on the last issue."""

    number = 3
    table_name = "issues"
    footer_names: ClassVar[dict[str, str]] = FOOTER
    one_by_one = False

    def __init__(self, rows: Sequence[int], began: int) -> None:
        """`began` is when the walk did, epoch seconds."""
        super().__init__(rows, len(rows) - 1)
        self.began = began

    def head_line(self, state: BoardState, now: int, cells: int) -> Text:
        """The word."""
        return Text.assemble(" ", (p_("walk", "TRIAGE"), STYLES["strong"]), "   ", p_("walk", "summary"))

    def page_lines(self, state: BoardState, now: int, cells: int) -> Sequence[Text]:
        """Each issue under what became of it."""
        return summary_lines(state, self.rows, self.began, now)

    # Nothing is under a cursor here; only what is to be sent can be acted on.

    def current(self) -> Ref | None:
        """No record."""
        return None

    def taken_by(self, command: str) -> list[Ref]:
        """`S` takes all that is to be sent."""
        if command != "sent" or self.state is None:
            return []
        return [("issues", issue.id) for issue in to_be_sent(self.state, self.rows)]

    def can(self, command: str) -> bool:
        """The summary itself can be copied."""
        return command == "copy_text" or super().can(command)

    def at_end(self) -> None:
        """Nothing comes after the summary."""
        self.deck.notice(_("no command on {key}; ? shows all").format(key=self.deck.key_of("walk")))

    def do_left(self) -> None:
        """Back to the last issue."""
        self.app.pop_screen()

    def leave(self) -> None:
        """End the walk too."""
        self.app.pop_screen()
        front = self.app.screen
        if isinstance(front, WalkScreen):
            front.leave()

    def do_copy_text(self) -> None:
        """The summary as Markdown: to the terminal's clipboard, and to a file."""
        state, deck = self.state, self.deck
        if state is None:
            return
        text = summary_markdown(state, self.rows, self.began, deck.now())
        try:
            path = save_copy(deck.session.state_dir / "copies", "triage.md", text)
        except CrossdeckError as error:
            deck.notice(deck.error_text(error), error=True)
            return
        deck.copy_to_clipboard(text)
        deck.notice(_("Copied if your terminal allows; also in {path}.").format(path=path))
