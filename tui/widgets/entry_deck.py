"""What the panel needs of the App, so that it knows no screen and no engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from rich.text import Text

from store.errors import CrossdeckError
from store.operations.base import Operation
from tui.drafts import Drafts
from tui.ordered_keys import Typed


class Deck(Protocol):
    """The App as the panel sees it."""

    drafts: Drafts

    def record(
        self,
        operations: Sequence[Operation],
        done: Callable[[list[Any]], None] | None = None,
        failed: Callable[[CrossdeckError], None] | None = None,
    ) -> None:
        """Hand operations to the journal; `done` when they are safe, `failed` when they were refused."""

    def notice(self, text: str, *, error: bool = False) -> None:
        """Say a sentence in the message row."""

    def tell(self, recorded: Sequence[Any]) -> None:
        """Say what was recorded, if nothing else was said about it."""

    def error_text(self, error: CrossdeckError) -> str:
        """An error in the reader's language."""

    def message_text(self) -> Text:
        """What the message row says when nothing is typed."""

    def draft_text(self, key: str, words: str) -> str:
        """That a draft is kept under `key`, how it begins, and which key brings it back."""

    def key_of(self, command: str) -> str:
        """The key of a command, as remapped."""

    def hold_keys(self) -> None:
        """Keys wait (`tui.ordered_keys`)."""

    def release_keys(self, *, drop: bool = False) -> list[Typed]:
        """Keys go on."""

    def do_quit(self) -> None:
        """Leave at once."""
