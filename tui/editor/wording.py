"""Vague words in the lines of a page, looked for a few lines at a time (rulebook §6, wording; screens.md §3.5).

A discussion of 300 lines is on the screen before all of it was read for vague words: lines that were not looked at
have no findings yet, `go_on` looks at some of them. What was found in a text is kept, so that a repaint costs nothing.
"""

from __future__ import annotations

from typing import Final

from store.rules.wording import Finding, findings
from store.settings import BoardSettings

AT_ONCE: Final = 12
"""Lines looked at in one go: well under the time of a frame."""
LONGEST: Final = 2_000
"""Characters of a line that are looked at while it is typed; what is final is looked at whole."""
MOST_KEPT: Final = 4_000
"""Texts whose findings are kept: every key makes another one."""
Findings = tuple[Finding, ...]


class Wording:
    """Findings of texts, by the word list of one board."""

    def __init__(self) -> None:
        """Nothing looked at, no words of the board's own."""
        self._words: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._known: dict[str, Findings] = {}
        self._waiting: dict[str, None] = {}
        self.looks = 0
        """Counts what was learnt: as long as it stays no text has other findings."""

    def use(self, settings: BoardSettings) -> None:
        """Look with these words and exceptions from now on."""
        words = settings.vague_words, settings.vague_exceptions
        if words != self._words or len(self._known) > MOST_KEPT:
            self._words = words
            self._known, self._waiting = {}, {}
            self.looks += 1

    def of(self, text: str, *, now: bool = False) -> Findings:
        """The findings of a text; none before `go_on` has looked at it, unless it has to be `now`."""
        text = text[:LONGEST]
        known = self._known.get(text)
        if known is not None:
            return known
        if now:
            return self._look(text)
        self._waiting[text] = None
        return ()

    @property
    def waits(self) -> bool:
        """Whether texts were asked for that were not looked at."""
        return bool(self._waiting)

    def go_on(self) -> bool:
        """Look at some of the texts that wait; whether anything was found in them."""
        texts = list(self._waiting)[:AT_ONCE]
        for text in texts:
            del self._waiting[text]
        return bool(sum(len(self._look(text)) for text in texts))

    def _look(self, text: str) -> Findings:
        self.looks += 1
        found = self._known[text] = findings(text, *self._words)
        return found
