"""One run of the command line: which board, who, as of when, and where the output goes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from store.board import Board
from store.clock import Clock, SystemClock
from store.errors import CrossdeckError, Refused, SettingError, UsageError
from store.file.calendar_cache import load_working_time
from store.operations.base import Stamp
from store.records import Person
from store.rules.board_calendar import calendar_settings
from store.rules.calendar_data import CalendarSettings
from store.rules.clock_book import ClockBook, clock_book
from store.rules.working_time import WorkingTime
from tui.cli.grammar import Words
from tui.cli.output import Output
from tui.i18n import _, calendar_language
from tui.session import PersonalSettings, Session, load_settings, login_name, state_home, terminal_name

YEAR = 366 * 86_400
EPOCH_DIGITS = 9
"""From so many digits on a number is epoch seconds, no date."""


class Run:
    """Everything a command needs; each part is made when it is first asked for."""

    def __init__(
        self, words: Words, out: Output, *, clock: Clock | None = None, environ: Mapping[str, str] = os.environ
    ) -> None:
        """Opens nothing yet."""
        self.words, self.out, self.environ = words, out, environ
        self.clock: Clock = clock or SystemClock()

    @cached_property
    def settings(self) -> PersonalSettings:
        """The personal settings. Raises SettingError."""
        return load_settings(self.environ)

    @cached_property
    def state_dir(self) -> Path:
        """Where this machine keeps its own files."""
        return state_home(self.environ)

    @cached_property
    def login(self) -> str:
        """The login of whoever sits here."""
        return login_name()

    @cached_property
    def terminal(self) -> str:
        """The terminal a change is signed at."""
        return terminal_name()

    @cached_property
    def path(self) -> Path:
        """The board: the word typed, --board, $CROSSDECK_BOARD, the personal settings. Raises UsageError."""
        named = self.words.text("board") or self.environ.get("CROSSDECK_BOARD", "") or self.settings.board
        if not named:
            raise UsageError("Which board? Name its file: --board FILE, or set CROSSDECK_BOARD.", code="board")
        return Path(named).expanduser()

    @property
    def may_hang(self) -> bool:
        """Whether the board lies on a share, and no dashboard opens, which looks after that itself."""
        if not hasattr(os, "fork") or self.words.command.name in {"", "demo"}:
            return False
        from store.file.mounts import on_share

        try:
            return on_share(str(self.path))
        except CrossdeckError:  # no board is named; perhaps none is needed
            return False

    @cached_property
    def session(self) -> Session:
        """The board, the person, the clock."""
        return Session(
            self.path, clock=self.clock, settings=self.settings, wanted=self.words.text("as"), environ=self.environ
        )

    @cached_property
    def board(self) -> Board:
        """The board as it stands, with what waits on this machine drawn over it. Raises BoardUnavailable and others."""
        self.session.store.read()
        return self.session.store.shown()

    @cached_property
    def seen(self) -> Board:
        """The board a reader looks at: as of `--at` where that lies in the past."""
        if self.now >= self.clock.now():
            return self.board
        from store.as_of import board_as_of

        return board_as_of(self.whole, self.now)

    @cached_property
    def whole(self) -> Board:
        """The board with all of its history, also what was moved out of its file. Raises BoardUnavailable."""
        return self.session.store.past.whole(self.board)

    @cached_property
    def working(self) -> WorkingTime:
        """The board's working time; settings that give no calendar are said on stderr, the default stands in."""
        return self._working(self.clock.now())

    @cached_property
    def now(self) -> int:
        """The instant a reader evaluates at: `--at`, else now. Epoch seconds. Raises DateProblem."""
        at = self.words.text("at")
        return self.instant(at) if at else self.clock.now()

    @cached_property
    def book(self) -> ClockBook:
        """The clocks of the board as it is seen."""
        # A calendar reaches only some years around its now.
        far = abs(self.now - self.clock.now()) > YEAR
        return clock_book(self.seen, self._working(self.now) if far else self.working, now=self.now)

    def instant(self, text: str, *, start: bool = False) -> int:
        """Epoch seconds of a date a person typed (or of themselves); a date alone: close of business, or its midnight.

        Raises DateProblem.
        """
        if len(text) >= EPOCH_DIGITS and text.isascii() and text.isdecimal():
            return int(text)
        from store.rules.people_dates import parse_when

        return parse_when(text, self.clock.now(), self.working, close=not start).epoch

    def _working(self, now: int) -> WorkingTime:
        try:
            settings = calendar_settings(self.board.settings, calendar_language())
            return load_working_time(settings, now, self.state_dir)
        except SettingError as problem:
            from tui.sentences import sentence

            self.out.error(sentence(problem))
            return load_working_time(CalendarSettings(), now, self.state_dir)

    @property
    def json(self) -> bool:
        """Whether to print JSON."""
        return self.words.has("json")

    def me(self) -> Person:
        """Who signs. Raises Refused that says how to name oneself, or which names are near."""
        wanted = self.words.text("as") or self.settings.name
        found = self.session.me(self.board)
        if found is not None:
            return found
        if wanted:
            raise Refused(
                'There is no "{name}" on this board.{nearest} Nothing recorded.',
                code="who",
                name=wanted,
                nearest=self._near(wanted),
            )
        raise Refused(
            'Login "{login}" is nobody on this board yet. Say who you are: --as NAME. Nothing recorded.',
            code="who",
            login=self.session.login,
        )

    def stamp(self) -> Stamp:
        """Sign now; `--at` is when the thing happened. Raises Refused for the future."""
        person = self.me().id
        return self.session.stamp(person, self.happened(self.words.text("at")))

    def happened(self, at: str) -> int | None:
        """The instant a thing happened, as typed; None if nothing was. Raises DateProblem; Refused for the future."""
        if not at:
            return None
        now, found = self.clock.now(), self.instant(at)
        if found > now:
            raise Refused(
                '"{value}" lies in the future; --at says when it happened. Nothing recorded.', code="future", value=at
            )
        return found

    def close(self) -> None:
        """Let go of the board, if it was opened."""
        if "session" in self.__dict__:
            news = self.session.store.past.news
            if news is not None:
                from tui.sentences import sentence

                self.out.error(sentence(news, self.path))
            self.session.store.close()

    def _near(self, wanted: str) -> str:
        """` Did you mean ...?`: the closest names, or nothing."""
        from difflib import get_close_matches

        names = list(dict.fromkeys(person.name for person in self.board.people.values()))
        found = get_close_matches(wanted, names, 3, 0.3) or [name for name in names if wanted[:1] in name][:3]
        return " " + _("Did you mean {word}?").format(word=", ".join(found)) if found else ""
