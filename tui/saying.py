"""What the App says of itself, in words: errors, the message row, how fresh the picture is, who is here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from rich.text import Text

from store.clock import terminal_offset
from store.errors import CrossdeckError
from store.views.state import BoardState
from tui.cells import cut
from tui.commands import BY_ID
from tui.drafts import brings_back, draft_words
from tui.freshness import Freshness, age_words
from tui.i18n import _
from tui.key_names import key_text
from tui.look import STYLES
from tui.notices import Notices
from tui.ordered_keys import OrderedKeys
from tui.screens.docked import DockedScreen
from tui.sentences import sentence
from tui.session import Session
from tui.subjects import local

if TYPE_CHECKING:
    from store.file.presence import Sign


class Saying(OrderedKeys[int]):
    """Words about the state in front and about what came to it; changes nothing."""

    freshness: Freshness

    def __init__(self, session: Session) -> None:
        """Nothing said yet."""
        super().__init__()
        self.session = session
        self.state: BoardState | None = None
        self.notices = Notices()
        self.keymap: Mapping[str, str] = {}
        """The keys that moved: command id -> keys, comma between several."""
        self.company: Sequence[Sign] = ()
        """Who else has the board open."""

    def now(self) -> int:
        """Epoch seconds."""
        return self.session.clock.now()

    @property
    def board_name(self) -> str:
        """The board's name, or its file's before it is read."""
        return (self.state.board.meta.name if self.state else "") or self.session.path.stem

    @property
    def me(self) -> int | None:
        """Doc id of the person who sits here."""
        return self.state.me if self.state else None

    def error_text(self, error: CrossdeckError) -> str:
        """An error in the reader's language; the board's file by its name, the header's line is short."""
        return sentence(error, self.session.path)

    def draft_text(self, key: str, words: str) -> str:
        """That a draft is kept under `key`, how it begins, and which key brings it back."""
        verb, words = brings_back(key), cut(draft_words(words), 20)
        if not verb:
            return _("Draft kept ({t}). It is there again where it was typed.").format(t=words)
        _me, what, *about = key.split(":")
        if what == "minutes" and self.state is not None and about and about[0].isdecimal():
            meeting = self.state.board.meetings.get(int(about[0]))
            words = f"{meeting.number} {words}" if meeting is not None else words
        return _("Draft kept ({t}). {key} brings it back.").format(t=words, key=self.key_of(verb))

    def trouble_text(self) -> list[str]:
        """Why the board cannot be read or written, for as long as it cannot: the message row forgets it."""
        fresh, found = self.freshness, list[str]()
        unwritten = fresh.unwritten_since if self.session.store.waiting else None  # it may have been given up
        for since, error, words in (
            (fresh.offline_since, fresh.error, _("Not read since {t}: {why}")),
            (unwritten, fresh.write_error, _("Not written since {t}: {why}")),
        ):
            if since is not None and error is not None:
                found.append(words.format(t=self._time_of(since), why=self.error_text(error)))
        return found

    def message_text(self) -> Text:
        """What the message row says now."""
        text, error = self.notices.current(self.now())
        if error:
            return Text.assemble(" ", (_("Error"), STYLES["red"]), " ", text)
        text = text or self._beside()
        return Text(f" {text}" if text else "", STYLES["dim"])

    def _beside(self) -> str:
        """Who else has open what is open, or under the cursor, here."""
        screen = self.screen_stack[-1] if self.company and self.screen_stack else None
        if not isinstance(screen, DockedScreen):
            return ""
        from tui.here import beside_words

        found = screen.current()
        return beside_words(self.company, screen.open_ids() or ([found[1]] if found else []))

    @property
    def stale_word(self) -> str:
        """What the heading of every table says while the picture is old: `offline`, `2 min`; else empty."""
        if self.freshness.offline_since is not None:
            return _("offline")  # since when stands in the first row; a heading has no room for it
        return self.freshness.word(self._since)[0] if self.freshness.stale else ""

    @property
    def _since(self) -> str:
        """Since when the board is away, as its time of day (this machine's before it was ever read), and how long."""
        off = self.freshness.offline_since
        if off is None:
            return ""
        away = self.now() - off
        return f"{self._time_of(off)} ({age_words(away)})" if away >= 60 else self._time_of(off)

    def _time_of(self, instant: int) -> str:
        """Time of day on the board, on this machine before it was read."""
        zone = timedelta(seconds=terminal_offset(instant))
        at = local(self.state, instant) if self.state else datetime.fromtimestamp(instant, timezone(zone))
        return f"{at:%H:%M}"

    def freshness_text(self, cells: int = 0) -> Text:
        """Right end of row 1 of `cells`: how fresh the picture is, what waits, who else is here, who I am."""
        me = self.state.board.person_name(self.me) if self.state else self.session.wanted
        return self.freshness.text(
            self._since, self.session.store.waiting, me or self.session.login, self.company_text(cells)
        )

    def freshness_facts(self) -> object:
        """All that `freshness_text` depends on in one state and width."""
        return self.freshness.word(self._since), self.session.store.waiting, self.company

    def company_text(self, cells: int) -> Text | None:
        """Who else is here, named where a row of `cells` has room for it."""
        if not self.company:
            return None
        from tui.here import company_text

        return company_text(self.company, cells // 4)

    def key_of(self, command: str) -> str:
        """The key shown for a command, as remapped."""
        keys = self.keymap.get(command, "")
        return key_text(keys.split(",")[0]) if keys else BY_ID[command].shown
