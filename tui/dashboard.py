"""Opening the dashboard: is this a terminal that can show it, which glyphs, then the App.

Textual is imported here and nowhere before, so the command line stays fast.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from store.file.mounts import mount_of
from store.text import plain
from tui.i18n import N_, ngettext
from tui.session import Session

if TYPE_CHECKING:
    from tui.app import CrossdeckApp

PROBE_SECONDS = 0.3


def can_open(environ: Mapping[str, str]) -> str:
    """An empty string if a dashboard can open here, else the reason (an English sentence to translate)."""
    if environ.get("TERM", "") in {"", "dumb"}:
        return N_("TERM={term} cannot show a dashboard; here is the board as a report.")
    # Textual draws on stderr and reads keys from stdin.
    if not (sys.stdin and sys.stdin.isatty() and sys.__stderr__ and sys.__stderr__.isatty()):
        return N_("This is not a terminal; here is the board as a report.")
    return ""


def run(session: Session) -> int:
    """Open the dashboard and return its exit code."""
    if hasattr(os, "fork") and mount_of(str(session.file.path)).holds:
        from tui.apart import run_apart

        return run_apart(lambda: _run(session), session.store.close)
    return _run(session)


def _run(session: Session) -> int:
    # IMEs lose text under the kitty keyboard protocol (terminal facts §1); read once at import.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    no_color = "NO_COLOR" in os.environ
    _asyncio_without_tls()
    from tui.app import CrossdeckApp
    from tui.look import choose_chrome
    from tui.lost_line import guard_line

    wanted = session.settings.chrome
    if wanted == "auto":
        wanted = "ascii" if is_ambiguous_wide() else "unicode"
    choose_chrome(wanted, no_color=no_color)
    guard_line()
    app = CrossdeckApp(session)
    app.run(mouse=session.settings.mouse)
    with suppress(OSError):  # the terminal is gone
        for line in left_behind(app):
            print(line)  # noqa: T201 - the screen is given back
    return app.return_code or 0


def left_behind(app: CrossdeckApp) -> list[str]:
    """What is said after leaving: how many changes are kept on this machine, and why they could not be written."""
    waiting = app.session.store.waiting
    if not waiting:
        return []
    text = ngettext(
        "{n} change is kept on this machine and sent at the next start.",
        "{n} changes are kept on this machine and sent at the next start.",
        waiting,
    )
    return [plain(text.format(n=waiting)), *map(plain, app.trouble_text())]


def _asyncio_without_tls() -> None:
    """Import asyncio as a Python built without TLS does, which it provides for.

    The dashboard opens no connection, and importing `ssl` would cost every start 8 ms; who needs it later gets it.
    """
    if "asyncio" not in sys.modules and "ssl" not in sys.modules:
        sys.modules["ssl"] = None  # type: ignore[assignment] # how Python spells "not there"
        try:
            import asyncio  # noqa: F401
        finally:
            del sys.modules["ssl"]


def is_ambiguous_wide(*, asked: bool = False) -> bool:
    """Whether this terminal draws ambiguous characters two cells wide (GNU screen in zh_CN, xterm -cjk_width).

    Writes one and asks where the cursor is; no answer within 0.3 s counts as no. Only asked where it is
    known to happen, so that nobody waits for a terminal that does not answer; everywhere if it is `asked` for.
    """
    if not asked and not os.environ.get("STY") and "cjk" not in os.environ.get("TERM", ""):
        return False
    try:
        import select
        import termios
        import tty
    except ImportError:
        return False
    try:
        with open("/dev/tty", "r+b", buffering=0) as terminal:  # noqa: PTH123 - a device, not a path of ours
            before = termios.tcgetattr(terminal)
            try:
                tty.setcbreak(terminal.fileno())
                terminal.write("\r\u2460\x1b[6n".encode())
                answer = b""
                while select.select([terminal], [], [], PROBE_SECONDS)[0] and not answer.endswith(b"R"):
                    answer += terminal.read(1)
                terminal.write(b"\r\x1b[K")
            finally:
                termios.tcsetattr(terminal, termios.TCSADRAIN, before)
    except (OSError, termios.error):
        return False
    return answer.rstrip(b"R").endswith(b";3")
