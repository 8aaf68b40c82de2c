"""One sitting at a terminal: which board, who sits here, where this machine keeps its own files.

Shared by the command line and the dashboard; imports no Textual.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from store.board import Board
from store.clock import Clock
from store.errors import SettingError
from store.file.calendar_cache import load_working_time
from store.file.calendars import Calendars
from store.file.shared_board import SharedBoard
from store.operations.base import Stamp
from store.port import BoardStore
from store.records import Person
from store.rules.calendar_data import CalendarSettings
from tui.i18n import calendar_language

if TYPE_CHECKING:
    from store.chores import Chores
    from store.operations.base import Operation
    from store.views.state import BoardState


class PersonalSettings(Struct, frozen=True, kw_only=True):
    """`$XDG_CONFIG_HOME/crossdeck/settings.toml`: what is true of this person everywhere."""

    name: str = ""
    board: str = ""
    language: str = ""
    chrome: str = "auto"
    mouse: bool = True
    keymap: dict[str, str] = {}
    """Command id -> keys, comma between several (Textual key names)."""


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_keymap(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


EXPECTED: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "name": (_is_text, 'name = "王敏"'),
    "board": (_is_text, 'board = "/share/board.json"'),
    "language": (_is_text, 'language = "zh_Hans"'),
    "chrome": (lambda value: value in {"auto", "unicode", "ascii"}, 'chrome = "auto", "unicode" or "ascii"'),
    "mouse": (lambda value: isinstance(value, bool), "mouse = true or mouse = false"),
    "keymap": (_is_keymap, '[keymap] and below it lines such as progress = "p,f2"'),
}
"""Personal setting -> whether a value can be used, and a line that can."""


def config_home(environ: Mapping[str, str]) -> Path:
    """Where personal settings lie."""
    return Path(environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "crossdeck"


def state_home(environ: Mapping[str, str]) -> Path:
    """Where this machine keeps journals, drafts and the calendar cache."""
    if environ.get("CROSSDECK_STATE"):
        return Path(environ["CROSSDECK_STATE"])
    return Path(environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "crossdeck"


def load_settings(environ: Mapping[str, str]) -> PersonalSettings:
    """The personal settings, or the defaults. Raises SettingError that names the file and what is off."""
    path = config_home(environ) / "settings.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return PersonalSettings()
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingError("{path} cannot be read: {why}.", path=path, why=problem) from None
    import tomllib

    import msgspec

    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise SettingError("{path}: {why}. Mend the line or take it out.", path=path, why=problem) from None
    for name, value in found.items():
        expected = EXPECTED.get(name)
        if expected is None:
            known = ", ".join(EXPECTED)
            text = '{path}: there is no personal setting "{name}". Known are {known}.'
            raise SettingError(text, path=path, name=name, known=known)
        if not expected[0](value):
            text = "{path}: {name} = {value} cannot be used. Write {example}"
            raise SettingError(text, path=path, name=name, value=value, example=expected[1])
    return msgspec.convert(found, PersonalSettings)


def login_name() -> str:
    """The login of the person at this terminal; empty if the system does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def terminal_name() -> str:
    """`login@host`: the terminal a change is signed at."""
    # Not socket.gethostname: importing socket costs a short command 3 ms.
    node = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return f"{login_name()}@{node}"


def find_person(board: Board, wanted: str, login: str) -> Person | None:
    """The person of a name (or login) if one is wanted, else the one this login belongs to."""
    if wanted:
        return next((p for p in board.people.values() if p.name == wanted or wanted in p.logins), None)
    return next((p for p in board.people.values() if login and login in p.logins), None)


class Session:
    """A board, a person, a clock. `wanted` is the name from `--as` or the settings."""

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock,
        settings: PersonalSettings,
        wanted: str = "",
        environ: Mapping[str, str] = os.environ,
        store: BoardStore | None = None,
    ) -> None:
        """Opens nothing yet. `store` stands behind it in place of the file at `path`."""
        self.clock = clock
        self.settings = settings
        self.wanted = wanted or settings.name
        self.strict = bool(wanted)
        """A name given by `--as` must be on the board."""
        self.login = login_name()
        self.terminal = terminal_name()
        self.state_dir = state_home(environ)
        self.path = path
        self.calendar_problem: SettingError | None = None
        self._chores: Chores | None = None
        self.store: BoardStore = store or self.file

    @cached_property
    def file(self) -> SharedBoard:
        """The board file on its drive: what only a file has is asked of it."""
        found = SharedBoard(self.path, state=self.state_dir, clock=self.clock, terminal=self.terminal)
        found.calendars = Calendars(self.state_dir, self.clock, calendar_language())
        return found

    def me(self, board: Board) -> Person | None:
        """The person who sits here, if the board knows them; a name of the settings that it lacks leaves the login."""
        found = find_person(board, self.wanted, self.login)
        return find_person(board, "", self.login) if found is None and not self.strict else found

    def build(self, board: Board, before: BoardState | None) -> BoardState:
        """The state of a board (clocks, working time), made from the one before where possible.

        Board settings that give no calendar are said in `calendar_problem`; the default one stands in.
        """
        # Not at the top: a command that lists clocks needs none of the views.
        from store.views.state import BoardState, build_state

        me = self.me(board)
        person, now = me.id if me else None, self.clock.now()
        try:
            state = build_state(
                board, now=now, me=person, cache_dir=self.state_dir, before=before, language=calendar_language()
            )
            self.calendar_problem = None
        except SettingError as problem:
            self.calendar_problem = problem
            standard = load_working_time(CalendarSettings(), now, self.state_dir)
            state = BoardState(board, standard, before, me=person, now=now)
        return state

    def chores(self, state: BoardState) -> list[tuple[Operation, Stamp]]:
        """What the board does by itself now (`store.chores`), signed by whoever sits here and has not left.

        Asked at every poll: while nothing is due it costs a comparison.
        """
        me = state.board.people.get(state.me or 0)
        if me is None or me.left_at is not None:
            return []
        from store.chores import Chores

        if self._chores is None or self._chores.clocks is not state.book.by_card:
            self._chores = Chores(state.book, self._chores)
        return self._chores.signed(self.stamp(me.id))

    def stamp(self, person: int, at: int | None = None) -> Stamp:
        """Sign as this person, now; `at` is when the thing happened (epoch seconds), the past allowed."""
        now = self.clock.now()
        return Stamp(person=person, at=now if at is None else at, recorded=now, terminal=self.terminal)
