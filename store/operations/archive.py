"""Into the archive and out of it (rulebook §2, → archived).

A card leaves the board whole: the writer puts its records into `BOARD.archive/` first and only then commits what
drops them here (`store.file.settling`). A row with its file's name and digest stays in the table `archived`, so that
lists and searches need no folder. A reopened card brings its records back under their doc ids and numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, cast

import msgspec

from store import records as r
from store.board import Board
from store.changes import Add, Change, Drop, add, drop, put
from store.errors import CrossdeckError, Refused
from store.operations.acceptance import UNSAID, reopened
from store.operations.act import WHAT, Act, label, needed, only, wrong_state
from store.operations.base import Stamp
from store.operations.letting_go import lets_go, named_instead
from store.operations.passing import gate_changes, gate_reasons
from store.packages import (
    Records,
    Reference,
    decoded,
    digest_of,
    file_name,
    package,
    refers_into,
    refers_out,
)
from store.rules.roles import duties_on, named_on


class ArchiveCard(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Move a completed card with all that belongs to it from the board into the archive beside it.

    Args:
        card: completed, with verdict `pass` and its retro; its lead or the administrator may.
        reason: the lead's, to pass the gate although something is missing; it stays visible.
    """

    about: ClassVar[str] = "card"

    card: r.CardRef
    reason: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Completed, through the gate, by the lead; no live record that can be changed refers to what would leave."""
        card = board.cards[self.card]
        if card.stage != "completed":
            yield wrong_state(card, card.stage, "completed")
            return
        yield from only(board, by, "lead", [card.lead])
        yield from gate_reasons(board, by, card, "archived", self.reason)
        found = package(board, self.card)
        for each in refers_into(board, found):
            if not lets_go(board, each):
                yield _used(board, found, each)
        yield from _damaged(board, found)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """Everything of the card dropped, the row that stays, and names where minutes of others referred to it."""
        found = self.parting(board, by)
        gone = [Drop(table, key) for table, rows in found.items() for key in rows if key in board.table(table)]
        return [*gone, add(self._row(board, by, found)), *named_instead(board, found)]

    def parting(self, board: Board, by: Stamp) -> Records:
        """The records as they go into the archive."""
        card = board.cards[self.card]
        last = [
            put(card, stage="archived", archived_at=by.at),
            *gate_changes(board, by, card, "archived", self.reason),
        ]
        after = board.with_changes(last)
        after.take_parent()
        return package(after, self.card)

    def _row(self, board: Board, by: Stamp, found: Records) -> r.Archived:
        card = board.cards[self.card]
        same = {name: getattr(card, name) for name in ("number", "paper_number", "name", "project", "priority", "lead")}
        return r.Archived(
            id=card.id,
            **same,
            departments=tuple(duty.department for duty in duties_on(board, card.id)),
            people=named_on(board, card),
            inside=tuple(inside(found)),
            planned_finish=card.planned_finish,
            completed_at=card.completed_at,
            archived_at=by.at,
            archived_by=by.person,
            file=file_name(card, card.completed_at or by.at, board.settings.zone),
            digest=digest_of(found),
        )


def inside(found: Records) -> Iterator[str]:
    """`Q4营销-2026-001-03 主视觉`, `I-012 渠道数据缺失`: what a card in the archive is found by, too."""
    for table in ("subtasks", "issues", "meetings"):
        for each in sorted(found.get(table, {}).values(), key=lambda record: record.id):
            name = getattr(each, "name", "") or getattr(each, "title", "")
            yield f"{getattr(each, 'number', '')} {name}".strip()


class ReopenArchived(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Bring a card back from the archive to active; a second acceptance follows. `crossdeck reopen` fills it in.

    Args:
        card: in the archive; its lead or the administrator may.
        reason: why.
        records: what its file holds, table -> doc id -> record; it must have the digest the board remembers.
        planned_finish: a new finish; left out, the old one stands.
    """

    about: ClassVar[str] = "card"

    card: r.ArchivedRef
    reason: str
    records: dict[str, Any]
    planned_finish: r.Instant | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """By the lead, with a reason; the records are those that left, and all they refer to is there."""
        row = board.archived[self.card]
        yield from only(board, by, "lead", [row.lead])
        if not self.reason.strip():
            yield needed("reason")
        try:
            found = decoded(self.records)
            same = digest_of(found) == row.digest and self.card in found["cards"]
        except (msgspec.ValidationError, ValueError, TypeError, AttributeError, KeyError):
            same, found = False, {}
        if not same:
            yield Refused(
                "{file} in the archive is not what left the board; it is not brought back.",
                code="archive.changed",
                file=row.file,
            )
            return
        yield from _unknown(board, found)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The records again, the card active, and its row of the archive away."""
        row = board.archived[self.card]
        card = cast("r.Card", decoded({"cards": self.records["cards"]})["cards"][self.card])
        back = reopened(card, by, self.reason, self.planned_finish)
        out: list[Change] = []
        for table, rows in self.records.items():
            for key, body in rows.items():
                fields = back if table == "cards" else UNSAID if table == "duties" else {}
                new = {name: value for name, value in (body | fields).items() if value is not None}
                out.append(Add(table, int(key), new if fields else body))
        return [*out, drop(row)]


def _used(board: Board, found: Records, each: Reference) -> Refused:
    """The error for a record on the board that refers to one that would leave."""
    return Refused(
        "{one} refers to {other} of this card ({field}). Change that first.",
        code="archive.used",
        one=_named(board, each.table, board.table(each.table)[each.id]),
        other=_named(board, each.to_table, found[each.to_table][each.to]),
        field=each.field.replace("_", " "),
    )


def _named(board: Board, table: str, record: Any) -> CrossdeckError:
    """A record with the word for what it is."""
    return CrossdeckError("{what} {id}", what=WHAT[table], id=_name(board, table, record))


def _name(board: Board, table: str, record: Any) -> str:
    """How a sentence names a record: its number or name, else that of what it hangs on."""
    own = label(record)
    for name, above in (("subtask", "subtasks"), ("issue", "issues"), ("meeting", "meetings"), ("card", "cards")):
        if own == "?" and getattr(record, name, None) in board.table(above):
            own = label(board.table(above)[getattr(record, name)])
    return own if own != "?" else f"{table}/{record.id}"


def _damaged(board: Board, found: Records) -> Iterator[Refused]:
    """A record that cannot be read and names one of these would stay behind alone."""
    ids = [str(key).encode() for rows in found.values() for key in rows]
    for (table, key), why in board.damaged.items():
        raw = bytes(board.raws.get(table, {}).get(str(key), b""))
        if any(each in raw for each in ids) or key in found.get(table, ()):
            yield Refused("A record of this card is damaged: {why}. Mend it first.", code="damaged", why=why)


def _unknown(board: Board, found: Records) -> Iterator[Refused]:
    """What is there already, or refers to what left the board meanwhile."""
    for table, rows in found.items():
        if any(key in board.table(table) for key in rows):
            yield Refused("This record is on the board already.", code="taken")
            return
    for each in refers_out(found):
        gone = each.to not in board.table(each.to_table)
        if gone and not (each.to_table == "cards" and each.to in board.archived):
            yield Refused(
                "{one} refers to a record that is not on the board now ({what}). Reopen the card it belongs to first.",
                code="archive.needs",
                one=_named(board, each.table, found[each.table][each.id]),
                what=WHAT[each.to_table],
            )
