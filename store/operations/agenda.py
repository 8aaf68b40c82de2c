"""The agenda of a meeting: its items, their time and order (rulebook §6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from msgspec import Meta, field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, Edit, needed, same_fields, wrong_state
from store.operations.base import Stamp, mint

EDITABLE = ("notice", "held", "draft", "in_review")
"""States in which minutes can be written."""


class AddAgendaItem(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Add an item to a meeting's agenda, last.

    Args:
        id: minted.
        meeting: not final.
        title: what it is about.
        minutes: planned.
        presenter: who presents.
        attachments: what is read for it.
        agreed: with whom and when it was settled beforehand.
    """

    adds: ClassVar[str] = "agenda"

    id: int = field(default_factory=mint)
    meeting: r.MeetingRef
    title: str
    minutes: int | None = None
    presenter: r.PersonRef | None = None
    attachments: r.Text = ""
    agreed: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A title; minutes that are not frozen."""
        yield from not_frozen(board, self.meeting)
        if not self.title.strip():
            yield needed("title")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The new item."""
        items = agenda_of(board, self.meeting)
        order = items[-1].order + 1 if items else 0
        return [add(r.AgendaItem(id=self.id, order=order, **same_fields(self, r.AgendaItem)))]

    def subject(self) -> int:
        """The meeting."""
        return self.meeting


class EditAgendaItem(Edit, frozen=True, kw_only=True, omit_defaults=True):
    """Change an agenda item.

    Args:
        item: which.
        fields: any of title, minutes, presenter, used_seconds, finished, disagreement, attachments, agreed.
    """

    table: ClassVar[str] = "agenda"
    about: ClassVar[str] = "item"
    editable: ClassVar[frozenset[str]] = frozenset(
        {"title", "minutes", "presenter", "used_seconds", "finished", "disagreement", "attachments", "agreed"}
    )

    item: r.AgendaRef
    fields: Annotated[dict[str, Any], Meta(extra={"fields": "agenda"})]

    def against(self, board: Board, by: Stamp, new: Any) -> Iterator[Refused]:
        """A title; minutes that are not frozen."""
        yield from super().against(board, by, new)
        yield from not_frozen(board, new.meeting)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The fields that differ; of words in the minutes, who confirmed them before."""
        changes = super().apply(board, by)
        said = changes and self.fields.keys() & {"title", "disagreement"}
        return [*changes, *(confirmed_before(board, board.agenda[self.item].meeting, by) if said else ())]


class MoveAgendaItem(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Move an agenda item to another place in its agenda.

    Args:
        item: which.
        position: 0 = first; past the end = last.
    """

    about: ClassVar[str] = "item"

    item: r.AgendaRef
    position: int

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Minutes that are not frozen."""
        yield from not_frozen(board, board.agenda[self.item].meeting)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The order of the items that change places."""
        item = board.agenda[self.item]
        others = [each for each in agenda_of(board, item.meeting) if each.id != item.id]
        others.insert(max(0, self.position), item)
        return compact([put(each, order=order) for order, each in enumerate(others)])


def not_frozen(board: Board, meeting_id: int) -> Iterator[Refused]:
    """Refuse changes to final or cancelled minutes."""
    meeting = board.meetings.get(meeting_id)
    if meeting is not None and meeting.state not in EDITABLE:
        yield wrong_state(meeting, meeting.state, *EDITABLE)


def confirmed_before(board: Board, meeting_id: int, by: Stamp) -> Iterator[Change]:
    """Yield what a change of minutes does to those who confirmed them: they stay confirmed, as they were before it."""
    meeting = board.meetings.get(meeting_id)
    if meeting is None or meeting.state != "in_review":
        return
    for each in board.reviews_of.get(meeting_id, ()):
        if each.answer == "confirmed" and each.changed_at is None and each.person != by.person:
            yield put(each, changed_at=by.at)


def agenda_of(board: Board, meeting: int) -> list[r.AgendaItem]:
    """A meeting's agenda in order."""
    return sorted((a for a in board.agenda.values() if a.meeting == meeting), key=lambda a: (a.order, a.id))
