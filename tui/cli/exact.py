"""What restore, merge and repair share: the one operation in one commit, and records in a few words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from store.as_of import PARENTS
from store.board import Board
from store.clock import terminal_offset
from store.errors import CrossdeckError, Refused
from store.file.chain import Settled
from store.operations.act import WHAT
from store.operations.prepared import Prepared
from tui.cli.context import Run
from tui.cli.output import Column
from tui.cli.waiting import Waits
from tui.i18n import _, p_
from tui.sentences import RECORDS, sentence

NAMED = 6
"""So many records of a table are named; the rest is counted."""
WIDE = 30
"""Characters of a name."""
TITLES = ("name", "title", "topic", "text", "what", "done", "key", "risk", "over")
"""Fields that say what a record is, the first that is filled in."""


def made(run: Run, operation: Prepared) -> Settled:
    """Record and write one operation, now or not at all. Raises why it was not written, and then it does not wait."""
    store = run.session.file
    recorded = store.record([operation], run.stamp())[0]
    try:
        found = store.commit(on_wait=Waits(run)).of(recorded)
    except BaseException as error:  # also Ctrl-C: nobody expects it to happen later by itself
        dropped = store.drop(recorded)
        if dropped and isinstance(error, CrossdeckError):
            run.out.error(sentence(error))
            raise Refused("This was not done and does not wait: do it again later.", code="confirm") from error
        raise
    if found is None:
        raise CrossdeckError("This was written and cannot be found in the board. `crossdeck check` looks at it.")
    if found.reasons:
        raise found.reasons[0]
    return found


Part = tuple[str, Board, Iterable[tuple[str, int]]]
"""A word (comes, goes, changes), and records of a board of which it is true."""


def preview(run: Run, parts: Iterable[Part]) -> None:
    """Print what would become of records, table by table: how many, and the first names; nothing if there are none."""
    rows = [(mark, str(n), word, names) for mark, board, places in parts for word, n, names in counted(board, places)]
    if rows:
        heads = [Column(""), Column(_("n"), "right"), Column(_("what")), Column(_("which"), cut=True)]
        run.out.table(heads, rows)


def counted(board: Board, places: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int, str]]:
    """Yield (word of the table, how many, the first names) of records of a board, table by table."""
    found = defaultdict[str, list[int]](list)
    for table, key in places:
        found[table].append(key)
    for table, keys in found.items():
        names = [label(board, table, key) for key in keys[:NAMED]]
        more = f" +{len(keys) - NAMED}" if len(keys) > NAMED else ""
        yield table_word(table), len(keys), ", ".join(filter(None, names)) + more


def table_word(table: str) -> str:
    """The word for one record of a table."""
    word = WHAT.get(table, table)
    return p_("record", RECORDS[word]) if word in RECORDS else word


def label(board: Board, table: str, key: int) -> str:
    """A record in a few words: its number and name, else those of what it hangs on."""
    record: Any = board.table(table).get(key)
    if record is None:
        return str(key)
    number = getattr(record, "number", "")
    title = next((str(getattr(record, name)) for name in TITLES if getattr(record, name, "")), "")
    own = " ".join(filter(None, (number, title.partition("\n")[0][:WIDE])))
    if own:
        return own
    for name, parent in PARENTS.items():
        if getattr(record, name, None):
            return label(board, parent, getattr(record, name))
    return str(key)


def when(instant: int) -> str:
    """An instant as the clock on this machine's wall says it: the board's own zone may be unreadable here."""
    zone = timezone(timedelta(seconds=terminal_offset(instant)))
    return f"{datetime.fromtimestamp(instant, UTC).astimezone(zone):%Y-%m-%d %H:%M}"
