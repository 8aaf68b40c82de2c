"""How far the picture can be trusted: live, its age, or offline since when (screens.md §1)."""

from __future__ import annotations

import time

from rich.text import Text

from store.errors import BoardReadOnly, CrossdeckError
from tui.cells import cut
from tui.duration import elapsed
from tui.engine import SILENT, Engine
from tui.i18n import _, ngettext
from tui.look import STYLES

LIVE_SECONDS = 5
NAME_CELLS = 16
"""Longer names of the person who sits here are cut: the nearest clock must stay in sight."""


class Freshness:
    """Knows when the board was last read and since when it cannot be."""

    def __init__(self, engine: Engine) -> None:
        """Ask the engine when it last read."""
        self._engine = engine
        self.offline_since: int | None = None
        self.error: CrossdeckError | None = None
        """Why the last read failed."""
        self.write_error: CrossdeckError | None = None
        """Why the last commit failed; until one went through."""
        self.unwritten_since: int | None = None
        """Since when (epoch seconds) what waits cannot be written."""
        self._seen = False

    def read(self) -> bool:
        """The board was reached. True if it had been away."""
        self._seen = True
        was_off, self.offline_since, self.error = self.offline_since, None, None
        return was_off is not None

    def failed(self, now: int, error: CrossdeckError) -> bool:
        """A read failed at `now`. True the first time, so that it is said once."""
        first = self.error is None or str(self.error) != str(error)
        self.error = error
        if self.offline_since is None:
            self.offline_since = now
        return first

    def not_written(self, now: int, error: CrossdeckError) -> None:
        """A commit failed at `now`."""
        self.write_error = error
        if self.unwritten_since is None:
            self.unwritten_since = now

    def written(self) -> bool:
        """A commit went through. True if those before it had not."""
        failed = self.write_error is not None
        self.write_error = self.unwritten_since = None
        return failed

    @property
    def stale(self) -> bool:
        """Whether the heading of every table must say so."""
        return self.offline_since is not None or (self.age or 0) > SILENT

    @property
    def age(self) -> int | None:
        """Seconds since the last read; None before the first."""
        last = self._engine.last_read
        return None if last is None else int(time.monotonic() - last)

    def word(self, clock_text: str) -> tuple[str, str]:
        """The word and its style: `live`, `12 s`, `1 min`, `offline since 14:02 (3 min)`, `read-only`."""
        if isinstance(self.error or self.write_error, BoardReadOnly):
            return _("read-only"), "red"
        if self.offline_since is not None:
            return _("offline since {t}").format(t=clock_text), "red"
        age = self.age
        if age is None or not self._seen:
            return _("reading"), "dim"
        if age <= LIVE_SECONDS:
            return _("live"), "green"
        if age < 60:
            step = age // 5 * 5 if age < 10 else age // 10 * 10
            return _("{n} s").format(n=step), "yellow"
        return age_words(age), "yellow"

    def text(self, since: str, waiting: int, me: str, company: Text | None = None) -> Text:
        """`live | 3 here | 王敏`, `offline since 14:02 (3 min) | 4 waiting | 王敏`; `since`: time of day, how long ago.

        `company` is who else is here.
        """
        word, style = self.word(since)
        line = Text.assemble((word, STYLES[style]))
        if waiting:
            line.append(" | ", STYLES["dim"])
            refused = self.write_error is not None and self.offline_since is None  # else the word before says it
            said = _("{n} not written") if refused else _("{n} waiting")
            line.append(said.format(n=waiting), STYLES["red" if refused else "yellow"])
        if company:
            line.append(" | ", STYLES["dim"])
            line.append_text(company)
        line.append(" | ", STYLES["dim"])
        line.append(f"{cut(me, NAME_CELLS)} ")
        return line


class Return:
    """Says once that the board is there again, and how many changes that had waited are in it."""

    def __init__(self) -> None:
        """Nothing was away."""
        self._owed = False
        """It is said when what waits was sent."""

    def read(self, *, waiting: bool) -> str:
        """The board is there again; changes are on their way (`waiting`). Empty: nothing to say yet."""
        self._owed = waiting
        return "" if waiting else _("Back online.")

    def wrote(self, sent: int, *, was_away: bool, refused: bool) -> str:
        """`sent` changes are in the board, which `was_away`, or could not be written before (`refused`)."""
        away, self._owed = was_away or self._owed, False
        if away:
            return ngettext("Back online. {n} change sent.", "Back online. {n} changes sent.", sent).format(n=sent)
        if refused and sent:
            text = ngettext("Written again: {n} change that waited.", "Written again: {n} changes that waited.", sent)
            return text.format(n=sent)
        return ""


def age_words(seconds: int) -> str:
    """`3 min`, `2h 01m`: an age from a minute on."""
    return _("{n} min").format(n=seconds // 60) if seconds < 3600 else elapsed(seconds)
