"""References that give way when what they point to leaves for the archive: its number and name stay (rulebook §2, §6).

Final minutes are frozen and nobody can change them, nor the meeting a subtask came from: so they must stop nobody from
archiving a card. What can still be changed stops it, and the sentence says what.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from store import records as r
from store.board import Board
from store.changes import Change, put
from store.operations.act import label
from store.operations.cards import LIVE
from store.packages import Records, Reference, refers_into

LETS_GO: Final = frozenset(
    {
        ("lines", "subtask"),
        ("meetings", "issue"),
        ("meetings", "series"),
        ("meetings", "carried"),
        ("meetings", "left_out"),
        ("subtasks", "source_line"),
    }
)
"""(table, field) of references nobody can change by hand."""
FINISHED: Final = frozenset({"done", "cancelled"})


def lets_go(board: Board, reference: Reference) -> bool:
    """Whether a reference gives way: one nobody can change, or of work that is over to what it had waited for."""
    place = (reference.table, reference.field)
    if place in LETS_GO:
        return True
    subtask = board.subtasks.get(reference.id) if place == ("subtasks", "depends_on") else None
    return subtask is not None and (subtask.status in FINISHED or board.cards[subtask.card].stage not in LIVE)


def named_instead(board: Board, found: Records) -> list[Change]:
    """The changes that put number and name of what leaves (`found`) in place of each reference that gives way."""
    going: dict[tuple[str, int], list[Reference]] = {}
    for each in refers_into(board, found):
        if lets_go(board, each):
            going.setdefault((each.table, each.id), []).append(each)
    return [_without(board.table(table)[key], refs, found) for (table, key), refs in going.items()]


def _without(record: Any, references: list[Reference], found: Records) -> Change:
    fields: dict[str, Any] = {}
    names = [*record.gone]
    for each in references:
        value = fields.get(each.field, getattr(record, each.field))
        fields[each.field] = _less(value, each.to)
        name = _name(found, each)
        names += [name] if name not in names else []
    return put(record, gone=tuple(names), **fields)


def _less(value: Any, gone: int) -> Any:
    """A field without what leaves: a reference is none any more, of several one is missing."""
    if not isinstance(value, tuple):
        return None
    return tuple(each for each in value if gone != (each.line if isinstance(each, r.LeftOut) else each))


def _name(found: Records, reference: Reference) -> str:
    """`Q4营销-2026-001-02 主视觉设计`: number and name; of a line its text, of what has neither that of its card."""
    record = found[reference.to_table][reference.to]
    body: Mapping[str, Any] = msgspec.structs.asdict(record)
    words = next((str(body[name]) for name in ("name", "text", "what", "risk", "over") if body.get(name)), "")
    card = next(iter(found["cards"].values()))
    number = body.get("number") or label(card)
    return f"{number} {words}".split("\n", 1)[0].strip()[:200]
