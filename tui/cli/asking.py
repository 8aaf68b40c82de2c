"""Steps a person confirms by typing a word, unless `--yes` says they looked already."""

from __future__ import annotations

import sys

from store.errors import Refused, UsageError
from tui.cli.context import Run
from tui.cli.output import Output
from tui.i18n import _


def confirmed(run: Run, word: str) -> None:
    """Ask for `word` (English, it is typed) on standard input. Raises Refused if another one comes, or none."""
    if run.words.has("yes"):
        return
    if run.json:
        raise Refused("Nothing was done: with --json this needs --yes.", code="confirm")
    run.out.line(_("Type {word} to go on.").format(word=word))
    run.out.flush()
    if answer() != word:
        raise Refused("Nothing was done.", code="confirm")


def beside(run: Run) -> Output:
    """Where a question stands and what it is about: with --json on standard error."""
    return Output(sys.stderr) if run.json else run.out


def answer() -> str:
    """What is typed: one line of standard input in small letters; empty at its end, or where there is none."""
    try:
        return sys.stdin.readline().strip().casefold() if sys.stdin is not None else ""
    except (OSError, ValueError):  # closed, no text
        return ""


def read_all() -> str:
    """All of standard input; nothing where there is none. Raises UsageError for bytes that are no text, OSError."""
    try:
        return sys.stdin.read() if sys.stdin is not None else ""
    except UnicodeDecodeError:
        raise UsageError("{path} is not UTF-8 text.", path="-") from None
