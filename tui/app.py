"""The App: four screens, one state, one tick; facts from the engine come in, requests go out (design §2)."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, ClassVar

from rich.text import Text
from textual.app import App
from textual.filter import ANSIToTruecolor, LineFilter
from textual.screen import Screen
from textual.types import CSSPathType

from tui.commands import keymap_problems
from tui.crash import crash_sentence
from tui.entry import Choice, Option
from tui.filters import NET
from tui.i18n import _
from tui.look import THEME
from tui.ordered_keys import Typed, text_of
from tui.screens.base import DeckScreen
from tui.session import Session
from tui.ticking import Ticking
from tui.words import leave_question

PATIENCE = 3
"""Seconds keys wait for the first read of the board."""
SETTLED = 3.0
"""Seconds after which the first board has been read and drawn."""


def _collect_garbage() -> None:
    """From now on, where the start did without; what stands by now stays and is never looked through."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _overview() -> Screen[None]:
    from tui.screens.overview import OverviewScreen

    return OverviewScreen()


def _departments() -> Screen[None]:
    from tui.screens.departments import DepartmentsScreen

    return DepartmentsScreen()


def _escalations() -> Screen[None]:
    from tui.screens.escalations import EscalationsScreen

    return EscalationsScreen()


def _minutes() -> Screen[None]:
    from tui.screens.minutes import MinutesScreen

    return MinutesScreen()


class CrossdeckApp(Ticking):
    """The program: its screens, its one tick, and the commands that act everywhere."""

    ENABLE_COMMAND_PALETTE = False
    # The sheets of the first screen stand here too: loaded with it they would have everything parsed once more.
    CSS_PATH: ClassVar[CSSPathType | None] = ["app.tcss", "screens/base.tcss", "screens/list_screen.tcss"]
    DEFAULT_MODE = "overview"
    # Screens are imported when they are first shown: start-up is a feature.
    # The overview is no mode before it stands: as the default screen it is not styled a second time.
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "departments": _departments,
        "escalations": _escalations,
        "minutes": _minutes,
    }

    # Life -----------------------------------------------------------------------------------------

    def __init__(self, session: Session) -> None:
        """Our theme stands before any sheet is parsed: set later, all is parsed, styled and painted twice."""
        self._themed = False
        super().__init__(session)
        self.register_theme(THEME)
        self._themed = True
        # Nothing of ours is a toast or a tooltip: without their widgets a screen stands sooner.
        self._disable_notifications = self._disable_tooltips = True
        self.set_reactive(App.theme, THEME.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        """The colours of our theme; none before there is one, because working them out takes 3 ms."""
        return super().get_css_variables() if self._themed else {}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The last net: no control character of record text reaches the terminal (terminal facts §0.1)."""
        # No colour of ours is one of the terminal's own, which that filter would look for in every line at every paint.
        theirs = [each for each in super().get_line_filters() if not isinstance(each, ANSIToTruecolor)]
        return [*theirs, *NET]

    def get_default_screen(self) -> Screen[Any]:
        """The overview."""
        return _overview()

    def on_mount(self) -> None:
        """Start reading, ticking and listening for a dropped line."""
        self.add_mode(self.DEFAULT_MODE, _overview)
        problems = keymap_problems(self.session.settings.keymap)
        self.keymap = {i: keys for i, keys in self.session.settings.keymap.items() if (i, keys) not in problems}
        self.set_keymap(self.keymap)
        for name, keys in problems:
            self.notice(_('Key map: "{name} = {keys}" cannot be used.').format(name=name, keys=keys), error=True)
        self.hold_keys()  # until there is a board they can act on
        self.set_timer(PATIENCE, self._go_on_without)
        self.screen.call_later(self._open)  # behind the shell's first frame, which waits for nothing
        self.start_ticking()
        self.set_interval(3, self._keep_drafts)
        for behind_the_start in (_collect_garbage, self.listen, self.join_others, self.tell_losses, self.look_around):
            self.set_timer(SETTLED, behind_the_start)
        for number in (signal.SIGHUP, signal.SIGTERM) if hasattr(signal, "SIGHUP") else (signal.SIGTERM,):
            with suppress(NotImplementedError):  # Windows
                asyncio.get_running_loop().add_signal_handler(number, self._leave)

    def _open(self) -> None:
        """Read the board. Until it is there the shell stands as painted; Textual would paint it twice more."""
        # Textual paints 1/60 s after it is first asked to: asked now, the board will not have to wait for that.
        self.screen._update_timer.resume()  # noqa: SLF001
        self.opening.enter_context(self.batch_update())
        self.engine.start()

    def _go_on_without(self) -> None:
        """A share that hangs must not hold the keys."""
        if self.base is None:
            self.opened()

    def entered_unseen(self, ahead: list[Typed]) -> None:
        """What was typed ahead of the board waits to be read: Enter on it comes from somebody who saw it."""
        if isinstance(self.screen, DeckScreen):
            self.screen.panel.unseen(text_of(ahead))

    def _leave(self) -> None:
        """A dropped line or a polite kill: drafts are written, then the program ends cleanly."""
        self.save_drafts()
        self.exit(0)

    def on_unmount(self) -> None:
        """Let the threads go; the journal has everything that was acknowledged."""
        self.stop_ticking()
        self.save_drafts()
        self.engine.stop()
        if self.told is not None:
            self.told.save()

    def save_drafts(self) -> None:
        """Put what is being typed on disk before going on."""
        self._gather_drafts()
        self.drafts.save()

    def _keep_drafts(self) -> None:
        """Every few seconds; keys do not wait for the disk."""
        self._gather_drafts()
        self.drafts.save_soon()

    def _gather_drafts(self) -> None:
        for screen in self.screen_stack:  # at the very end there is none left
            if isinstance(screen, DeckScreen):
                screen.keep_draft()

    # Commands that act everywhere ---------------------------------------------------------------------

    def do_goto_1(self) -> None:
        """Overview."""
        self.go("overview")

    def do_goto_2(self) -> None:
        """Departments."""
        self.go("departments")

    def do_goto_3(self) -> None:
        """Escalation queue."""
        self.go("escalations")

    def do_goto_4(self) -> None:
        """Minutes."""
        self.go("minutes")

    def do_tab_next(self) -> None:
        """The next of the four screens; a screen with tabs of its own walks those instead."""
        self._walk_modes(1)

    def do_tab_back(self) -> None:
        """The screen before."""
        self._walk_modes(-1)

    def _walk_modes(self, by: int) -> None:
        modes = [self.DEFAULT_MODE, *self.MODES]
        self.go(modes[(modes.index(self.current_mode) + by) % len(modes)])

    def go(self, mode: str) -> None:
        """One of the four screens; what was opened above it closes."""
        self.switch_mode(mode)
        if not self.screen.is_mounted:  # shown for the first time: what is typed ahead waits for it
            self.hold_keys()
            self.screen.call_after_refresh(self.release_keys)
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def _fatal_error(self) -> None:
        """An error of ours ends the program with a sentence; where it happened goes into a file, no text of records.

        Textual's own prints a traceback with local variables over the screen.
        """
        with suppress(Exception):  # what is broken may be what keeps them
            self.save_drafts()
        self.panic(Text(crash_sentence(self.session.state_dir)))

    def do_back(self) -> None:
        """One level up; on the four screens it asks before leaving."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif isinstance(self.screen, DeckScreen):
            question = leave_question(self.session.store.waiting)
            answers = [Option("yes", Text(_("leave")), "y yes q")]
            again = _("This is no answer. Enter alone leaves, Esc stays.")
            self.screen.open_panel(Choice(Text(question), answers, lambda _chosen: self.exit(0), question=again))

    def do_palette(self) -> None:
        """Every command by its name, or a jump to a number or a name."""
        if isinstance(self.screen, DeckScreen):
            from tui.palette import palette

            self.screen.open_panel(palette(self.screen))

    def do_help(self) -> None:
        """Keys, glyphs and grammar of the screen in front."""
        if isinstance(self.screen, DeckScreen):
            from tui.screens.help import HelpScreen

            self.push_screen(HelpScreen(self.screen))

    def do_inbox(self) -> None:
        """What waits for me, and the notices of this session."""
        from tui.screens.inbox import InboxScreen

        if not isinstance(self.screen, InboxScreen):
            self.push_screen(InboxScreen())

    def do_reread(self) -> None:
        """Read the board now and try the waiting changes now."""
        self.engine.reread()

    def do_quit(self) -> None:
        """Leave at once; what waits is in the journal and goes out at the next start."""
        self._leave()
