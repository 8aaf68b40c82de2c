"""Keys act in the order they were pressed, however fast they come (screens.md §0.10).

Textual hands a key to the widget that has the focus when the key arrives, lets it bubble through the queues of all its
parents and carries out a binding only when it comes back to the app. Two keys that arrive together (typing ahead, a
slow line) overtake each other: of `p45` the digits are lost in the table, of `ab Backspace cd` all but the Backspace.
Here a key is carried out before the next one is looked at.
"""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Iterable
from typing import Any, TypeVar

from textual import events
from textual.app import App
from textual.screen import Screen
from textual.widget import Widget

R = TypeVar("R")
Typed = events.Key | events.Paste
LINE_FEED = "ctrl+j"
NEVER_HELD = frozenset({"ctrl+q"})
"""Leaving is possible whatever is being waited for."""


class TakesKeys(Widget):
    """What a text widget also is that carries out keys and pastes by itself, at once."""

    def press(self, event: Typed) -> None:
        """Carry it out before returning."""
        raise NotImplementedError


class OrderedKeys(App[R]):
    """An App that takes one key at a time and can make the next ones wait."""

    def __init__(self) -> None:
        """Nothing waits."""
        super().__init__()
        self._typed: deque[Typed] = deque()
        self._holding = False
        self._first = 0
        """So many of the keys that wait came before there was a board."""

    def hold_keys(self) -> None:
        """What is typed from now on waits for `release_keys`."""
        self._holding = True

    def release_keys(self, *, drop: bool = False) -> list[Typed]:
        """Carry out what was typed meanwhile; with `drop` leave it and give it to the caller."""
        self._holding = False
        dropped = list(self._typed) if drop else []
        if drop:
            self._typed.clear()
            self._first = 0
        if self._typed:
            self.call_next(self._act_on_all)
        return dropped

    def release_first_keys(self) -> None:
        """Carry out what was typed before there was a board.

        An Enter among it that is a line feed was pressed while the terminal was the shell's, which makes one of it:
        nobody saw anything yet, so it goes but enters nothing (a script pasted behind the command must not).
        """
        self._first = len(self._typed)
        self.release_keys()

    def entered_unseen(self, ahead: list[Typed]) -> None:
        """Somebody pressed Enter on what they could not see; `ahead` was typed behind it and is not carried out."""

    def push_screen(self, screen: Any, *args: Any, **kwargs: Any) -> Any:
        """As Textual's; keys typed ahead wait until the new screen stands."""
        if isinstance(screen, Screen):
            self.hold_keys()
            screen.call_after_refresh(self.release_keys)
        return super().push_screen(screen, *args, **kwargs)

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes that come from the terminal are carried out here, everything else as ever.

        That the terminal's window gained or lost the focus is passed over: Textual would paint all anew each time.
        """
        if isinstance(event, events.AppFocus | events.AppBlur):
            return
        if not isinstance(event, Typed) or event.is_forwarded:
            await super().on_event(event)
        elif isinstance(event, events.Key) and event.key in NEVER_HELD:
            await self._act(event)
        else:
            self._typed.append(event)
            await self._act_on_all()

    async def _act_on_all(self) -> None:
        while self._typed and not self._holding and self.screen_stack:  # at the very end there is none left
            event = self._typed.popleft()
            first, self._first = self._first > 0, max(0, self._first - 1)
            if first and isinstance(event, events.Key) and event.key == LINE_FEED:
                if isinstance(self.focused, TakesKeys):
                    ahead, self._first = self._first, 0
                    self.entered_unseen([self._typed.popleft() for _ in range(ahead)])
                    continue
                event = events.Key("enter", "\r")
            await self._act(event)

    async def _act(self, event: Typed) -> None:
        focused = self.focused
        if isinstance(focused, TakesKeys):
            focused.press(event)
            return
        if isinstance(event, events.Key) and not (focused and focused.check_consume_key(event.key, event.character)):
            # Nothing else has priority; to look for it would take as long again as to find the command.
            if event.key in NEVER_HELD and await self._check_bindings(event.key, priority=True):
                return
            if await self._check_bindings(event.key):
                return
        await super().on_event(event)


def text_of(typed: Iterable[Typed]) -> str:
    """The characters typed or pasted before the first other key."""
    text = ""
    for event in typed:
        if isinstance(event, events.Paste):
            text += event.text
        elif event.character and is_text(event.character):
            text += event.character
        else:
            break
    return text


def is_text(character: str | None) -> bool:
    """Whether a key's character belongs in a text: all that prints, and blanks wider than the usual one."""
    return character is not None and (character.isprintable() or unicodedata.category(character[:1] or "\0") == "Zs")
