"""`doctor`: is the place of a board safe for many writers, and does this terminal show all; in plain words."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from store.errors import UsageError
from store.file import trouble
from store.file.disk import Disk, NoFile, must_be_file
from store.file.doctor import Diagnosis, examine
from tui.cli.context import Run
from tui.cli.output import Column
from tui.i18n import _

LEVELS = {"ok": "ok", "warn": "look", "bad": "BAD"}
ESCAPE_TIME = 50
"""Milliseconds from which tmux makes Esc feel slow."""


def doctor(run: Run) -> int:
    """Test the place where the board lies (it need not exist yet), then the terminal.

    Exit code 1 if anything found makes the place unsafe.
    """
    found = [*examine(str(_place(run)), run.clock), *terminal(run.environ)]
    if run.json:
        said = [{"check": f.check, "level": f.level, "says": f.text.format(**f.fields)} for f in found]
        run.out.json(said)
    else:
        rows = [(_(LEVELS[f.level]), f.check.replace("_", " "), _(f.text).format(**f.fields)) for f in found]
        run.out.table([Column(""), Column(_("test")), Column(_("what was found"))], rows)
        if all(finding.level != "bad" for finding in found):
            run.out.line(_("This place is safe for a board."))
        else:
            run.out.error(_("This place is not safe for a board: see what stands behind BAD."))
    return int(any(finding.level == "bad" for finding in found))


def _place(run: Run) -> Path:
    """The board as named, a folder as a board in it; without any the folder we are in. Raises BoardUnavailable."""
    try:
        path = run.path
    except UsageError:
        path = Path.cwd()
    path = path.resolve()
    try:
        must_be_file(Disk(), str(path))
    except NoFile as error:
        raise trouble.reading(Disk(), str(path), error, before=False) from error
    except OSError:
        return path
    return path / "board.json" if path.is_dir() else path


def terminal(environ: Mapping[str, str]) -> Iterator[Diagnosis]:
    """Yield what is found about the terminal: encoding, colours, width of ambiguous characters, clipboard, Esc."""
    term = environ.get("TERM", "")
    if not (sys.stdout and sys.stdout.isatty()):
        yield Diagnosis("terminal", "ok", "The output is no terminal; its encoding and colours were not tested.")
        return
    encoding = sys.stdout.encoding or ""
    if encoding.lower().replace("-", "") == "utf8":
        yield Diagnosis("encoding", "ok", "UTF-8.")
    else:
        yield Diagnosis(
            "encoding",
            "warn",
            "{encoding}: Chinese cannot be shown. Set LANG=C.UTF-8 or en_US.UTF-8.",
            {"encoding": encoding or "?"},
        )
    yield _colours(term, environ)
    yield _ambiguous()
    if environ.get("TMUX"):
        yield from _tmux()
    else:
        yield Diagnosis("clipboard", "ok", "y copies by OSC 52, if the terminal allows it; the text is in a file too.")


def _colours(term: str, environ: Mapping[str, str]) -> Diagnosis:
    if "NO_COLOR" in environ:
        return Diagnosis("colours", "ok", "None, as NO_COLOR asks: states are told by word and sign.")
    if term in {"", "dumb"}:
        return Diagnosis("colours", "bad", "TERM={term}: no dashboard can be shown.", {"term": term or "?"})
    if environ.get("COLORTERM", "") in {"truecolor", "24bit"}:
        return Diagnosis("colours", "ok", "16 million.")
    if "256" in term:
        return Diagnosis("colours", "ok", "256.")
    return Diagnosis("colours", "ok", "16 or fewer; all states are told by word and sign as well.")


def _ambiguous() -> Diagnosis:
    from tui.dashboard import is_ambiguous_wide

    if is_ambiguous_wide(asked=True):
        return Diagnosis("width", "ok", "Signs are two cells wide here: the dashboard uses plain letters instead.")
    return Diagnosis("width", "ok", "Signs are one cell wide.")


def _tmux() -> Iterator[Diagnosis]:
    clipboard = _option("set-clipboard")
    if clipboard == "on":
        yield Diagnosis("clipboard", "ok", "tmux hands copied text on.")
    elif clipboard:
        yield Diagnosis(
            "clipboard",
            "warn",
            "tmux keeps copied text to itself (set-clipboard {now}): set -g set-clipboard on",
            {"now": clipboard},
        )
    delay = _option("escape-time")
    if delay.isdecimal() and int(delay) > ESCAPE_TIME:
        yield Diagnosis("escape", "warn", "tmux waits {ms} ms after Esc: set -sg escape-time 10", {"ms": delay})


def _option(name: str) -> str:
    """An option of the tmux we are in, or an empty string."""
    with suppress(OSError, subprocess.SubprocessError):
        ran = subprocess.run(
            ["tmux", "show-options", "-sv", name],
            capture_output=True,
            text=True,
            timeout=2,
            check=False,
            env=os.environ,
        )
        return ran.stdout.strip()
    return ""
