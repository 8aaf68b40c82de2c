"""`lint`: the vague words of a text, wherever it comes from; no board is needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from store.errors import CrossdeckError
from store.rules.wording import Finding, findings
from tui.cli.asking import read_all
from tui.cli.context import Run
from tui.cli.output import Column
from tui.cli.shapes import Item
from tui.i18n import _

Placed = tuple[int, Finding]
"""The number of a line, from 1, and a finding in it."""


def lint(run: Run) -> int:
    """`lint [FILE|-]`: print the vague words of a file or of standard input; exit code 1 if there are any.

    The board's own words and exceptions count where a board is named. Raises OSError, CrossdeckError.
    """
    placed = list(_findings(run, _text(run.words.text("file"))))
    if run.json:
        run.out.json([_item(line, finding) for line, finding in placed])
    elif placed:
        from tui.vagueness import why_vague

        columns = [Column(_("line"), "right"), Column(_("column"), "right"), Column(_("words")), Column(_("reason"))]
        run.out.table(columns, [(str(line), str(each.start + 1), each.words, why_vague(each)) for line, each in placed])
    return int(bool(placed))


def _text(file: str) -> str:
    """All of a file (UTF-8, else GB 18030), or of standard input."""
    if file in {"", "-"}:
        return read_all()
    data = Path(file).expanduser().read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _findings(run: Run, text: str) -> Iterator[Placed]:
    extra, exceptions = _of_board(run)
    for number, line in enumerate(text.split("\n"), 1):
        for finding in findings(line.removesuffix("\r"), extra, exceptions):
            yield number, finding


def _of_board(run: Run) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The board's own words and exceptions; none without a board, or with one that cannot be read."""
    try:
        settings = run.board.settings
    except (CrossdeckError, OSError):
        if run.words.has("board"):
            raise
        return (), ()
    return settings.vague_words, settings.vague_exceptions


def _item(line: int, finding: Finding) -> Item:
    """Line and column from 1, in characters."""
    return {
        "line": line,
        "column": finding.start + 1,
        "length": finding.length,
        "words": finding.words,
        "reason": finding.reason,
    }
