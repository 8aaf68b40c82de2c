"""Steps a person confirms by typing a word, unless `--yes` says they looked already."""

from __future__ import annotations

import sys

from store.errors import Refused
from tui.cli.context import Run
from tui.i18n import _


def confirmed(run: Run, word: str) -> None:
    """Ask for `word` (English, it is typed) on standard input. Raises Refused if another one comes, or none."""
    if run.words.has("yes"):
        return
    if run.json:
        raise Refused("Nothing was done: with --json this needs --yes.", code="confirm")
    run.out.line(_("Type {word} to go on.").format(word=word))
    run.out.flush()
    if sys.stdin.readline().strip().casefold() != word:
        raise Refused("Nothing was done.", code="confirm")
