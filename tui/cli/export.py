"""`export [PAPER] [ID]`: one of the papers as a file; without words it lists them."""

from __future__ import annotations

import sys
from pathlib import Path

from store.errors import CrossdeckError, UsageError
from store.file.placed import WouldReplace, place
from store.operations.act import WHAT
from store.operations.references import find
from store.views.card import history_ids
from store.views.older import take_older
from tui.cli.context import Run
from tui.cli.output import Column
from tui.exporting import check_format, compose, form_of, target
from tui.i18n import _, p_
from tui.papers.desk import Desk
from tui.papers.every import KINDS, Kind


def export(run: Run) -> int:
    """Write the paper and say where; `--to -` writes it to standard output. Raises UsageError and others."""
    words = run.words
    if not words.has("paper"):
        return _list(run)
    kind = _kind(words.text("paper"))
    to = words.text("to")
    form = check_format(kind, words.text("format") or form_of(kind, "" if to == "-" else to))
    key = _subject(run, kind, words.text("id"))
    state = run.session.build(run.seen, None)
    if kind.key == "summary":  # it says what changed, however long ago
        take_older(run.session.store.past, state, history_ids(state, key))
    name, data = compose(kind, Desk(state, run.now), key, form)
    if to == "-":
        sys.stdout.buffer.write(data)
        return 0
    path = target(to, name, Path.cwd())
    try:
        place(path, data, replace=words.has("force"))
    except WouldReplace as there:
        raise CrossdeckError(
            "{path} is there already. --force replaces it; --to names another.", **there.fields
        ) from None
    if run.json:
        run.out.json({"paper": kind.key, "format": form, "path": str(path), "bytes": len(data)})
    else:
        run.out.line(_("Written: {path}").format(path=path))
    return 0


def _kind(word: str) -> Kind:
    for kind in KINDS:
        if word == kind.key or word == kind.said():
            return kind
    raise UsageError(
        'There is no paper "{value}". Papers: {known}.', value=word[:40], known=", ".join(kind.key for kind in KINDS)
    )


def _subject(run: Run, kind: Kind, text: str) -> int:
    """The doc id of what the paper is of; 0 for the board."""
    if not text:
        if "" in kind.of:
            return 0
        raise UsageError("Of which {what}? Add its number.", what=_what(kind.of[0]))
    tables = [table for table in kind.of if table]
    for table in tables[:-1]:
        try:
            return find(run.board, table, text)
        except CrossdeckError:
            continue
    if not tables:
        raise UsageError("This paper is of the whole board; it takes no number.")
    return find(run.board, tables[-1], text)


def _what(table: str) -> str:
    """What a record of a table is called."""
    return p_("record", WHAT[table])


def _list(run: Run) -> int:
    if run.json:
        run.out.json([{"paper": k.key, "title": k.said(), "of": k.of, "formats": k.formats} for k in KINDS])
        return 0
    columns = [Column(_("paper")), Column(_("title")), Column(_("of")), Column(_("formats"))]
    rows = [
        (kind.key, kind.said(), _(", ").join(_what(t) if t else _("board") for t in kind.of), " ".join(kind.formats))
        for kind in KINDS
    ]
    run.out.table(columns, rows)
    return 0
