"""The division of work (rulebook §3): subtasks added, edited, handed over, accepted, sent back, cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from msgspec import Meta, field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, Edit, needed, only, same_fields, wrong_state
from store.operations.base import Stamp, mint
from store.operations.cards import LIVE, span_reasons
from store.operations.numbering import Numbers
from store.operations.progress import over_reasons, standing
from store.operations.shape import Prose


class AddSubtask(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Add a subtask to a card; its number is given out when it is written.

    Args:
        id: minted.
        card: which.
        name: what is to be done.
        department: responsible; default the owner's.
        owner: exactly one person.
        collaborators: who else provides something.
        inputs: what is needed from other departments.
        description: more words.
        standard: completion standard: form, range, quality (完成标准).
        deliverable: what is handed over.
        resources: people, budget, equipment.
        planned_start: instant.
        planned_finish: instant.
        depends_on: subtasks it waits for.
        most_revisions: most times it may be sent back.
    """

    adds: ClassVar[str] = "subtasks"

    id: int = field(default_factory=mint)
    card: r.CardRef
    name: str
    department: r.DepartmentRef | None = None
    owner: r.PersonRef | None = None
    collaborators: tuple[r.PersonRef, ...] = ()
    inputs: r.Text = ""
    description: r.Text = ""
    standard: r.Text = ""
    deliverable: str = ""
    resources: r.Text = ""
    planned_start: r.Instant | None = None
    planned_finish: r.Instant | None = None
    depends_on: tuple[r.SubtaskRef, ...] = ()
    most_revisions: int | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A name, a span that runs forward, a card that is not closed."""
        if not self.name.strip():
            yield needed("name")
        card = board.cards[self.card]
        if card.stage not in LIVE:
            yield wrong_state(card, card.stage, *LIVE)
        yield from span_reasons(self.planned_start, self.planned_finish)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The subtask and the counter of its number."""
        numbers = Numbers(board, by)
        owner = board.people.get(self.owner or 0)
        values = same_fields(self, r.Subtask) | {
            "number": numbers.subtask(self.card, board.cards[self.card].number),
            "department": self.department or (owner.department if owner else None),
            "created_at": by.at,
        }
        return [add(r.Subtask(id=self.id, **values)), *numbers.changes()]


class EditSubtask(Edit, frozen=True, kw_only=True, omit_defaults=True):
    """Change fields of a subtask.

    Args:
        subtask: which.
        fields: name -> new value; percent and status have operations of their own.
    """

    table: ClassVar[str] = "subtasks"
    about: ClassVar[str] = "subtask"
    editable: ClassVar[frozenset[str]] = frozenset(AddSubtask.__struct_fields__) - {"id", "card"}

    subtask: r.SubtaskRef
    fields: Annotated[dict[str, Any], Meta(extra={"fields": "subtasks"})]

    def against(self, board: Board, by: Stamp, new: Any) -> Iterator[Refused]:
        """Not cancelled; a span that runs forward; not waiting for itself."""
        yield from super().against(board, by, new)
        if new.status == "cancelled":
            yield wrong_state(new, new.status, "not_started", "in_progress", "blocked", "awaiting_acceptance")
        yield from span_reasons(new.planned_start, new.planned_finish)
        if new.id in new.depends_on:
            yield Refused("A subtask cannot wait for itself.", code="refuse.self")


class OnSubtask(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Base of what happens to one subtask."""

    about: ClassVar[str] = "subtask"

    subtask: r.SubtaskRef

    def lead_only(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Refuse unless the card's lead signs."""
        card = board.cards.get(board.subtasks[self.subtask].card)
        return only(board, by, "lead", [card.lead if card else None])

    def must_be(self, board: Board, *states: str) -> Iterator[Refused]:
        """Refuse unless the subtask is in one of the states."""
        subtask = board.subtasks[self.subtask]
        if subtask.status not in states:
            yield wrong_state(subtask, subtask.status, *states)


del Act.registry["OnSubtask"]


class HandOver(OnSubtask, frozen=True, kw_only=True, omit_defaults=True):
    """Report a subtask done, with its deliverable; it waits for the lead to accept it.

    Args:
        id: of the progress entry this writes; minted.
        subtask: in work; or awaiting acceptance, to name the deliverable later.
        deliverable: what is handed over (kept as it was if left out).
    """

    id: int = field(default_factory=mint)
    deliverable: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Not over, and with a deliverable."""
        subtask = board.subtasks[self.subtask]
        yield from over_reasons(board, subtask)
        if not (self.deliverable.strip() or subtask.deliverable.strip()):
            yield needed("deliverable")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """An entry of 100 percent, the status and the deliverable."""
        subtask = board.subtasks[self.subtask]
        named = put(subtask, deliverable=self.deliverable or subtask.deliverable)
        if subtask.status == "awaiting_acceptance":
            return compact([named])
        return [
            add(_entry(self.id, subtask, by, 100)),
            put(
                subtask,
                deliverable=self.deliverable or subtask.deliverable,
                percent=100,
                status="awaiting_acceptance",
                handed_over_at=by.at,
                started_at=by.at if subtask.started_at is None else subtask.started_at,
            ),
        ]


class AcceptSubtask(OnSubtask, frozen=True, kw_only=True, omit_defaults=True):
    """Accept a subtask that was handed over: it is done.

    Args:
        subtask: awaiting acceptance; the card's lead may.
    """

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Awaiting acceptance; by the lead."""
        yield from self.must_be(board, "awaiting_acceptance")
        yield from self.lead_only(board, by)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The status and when."""
        return [put(board.subtasks[self.subtask], status="done", percent=100, done_at=by.at)]


class SendBack(OnSubtask, frozen=True, kw_only=True, omit_defaults=True):
    """Send back a subtask that was handed over, with what is missing.

    Args:
        id: of the progress entry this writes; minted.
        subtask: awaiting acceptance; the card's lead may.
        reason: what is missing.
        percent: where it stands; left out, the last percent below 100.
    """

    id: int = field(default_factory=mint)
    reason: Prose
    percent: int | None = None

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Awaiting acceptance, a reason, by the lead."""
        yield from self.must_be(board, "awaiting_acceptance")
        yield from self.lead_only(board, by)
        if not self.reason.strip():
            yield needed("reason")
        if self.percent is not None and not 0 <= self.percent < 100:
            yield Refused("What is sent back stands at 0 to 99 percent.", code="refuse.percent", v=self.percent)

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """An entry with the reason as the next step, the status and the percent."""
        subtask = board.subtasks[self.subtask]
        percent = self._percent(board) if self.percent is None else self.percent
        entry = _entry(self.id, subtask, by, percent, self.reason)
        return [add(entry), put(subtask, status="in_progress", percent=percent, handed_over_at=None)]

    def _percent(self, board: Board) -> int:
        entries = standing(board, self.subtask)
        below = [e.percent for e in entries if e.percent is not None and e.percent < 100]
        return below[-1] if below else min(entries[0].before if entries else 0, 99)


class ResumeSubtask(OnSubtask, frozen=True, kw_only=True, omit_defaults=True):
    """Put a blocked subtask back in progress.

    Args:
        subtask: blocked.
    """

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Blocked."""
        yield from self.must_be(board, "blocked")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The status."""
        subtask = board.subtasks[self.subtask]
        started = by.at if subtask.started_at is None else subtask.started_at
        return [put(subtask, status="in_progress", started_at=started)]


class VoidSubtask(OnSubtask, frozen=True, kw_only=True, omit_defaults=True):
    """Cancel a subtask for good; it keeps its number and its history.

    Args:
        subtask: not done.
        reason: why.
    """

    reason: str

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Not done or cancelled, with a reason."""
        yield from self.must_be(board, "not_started", "in_progress", "blocked", "awaiting_acceptance")
        if not self.reason.strip():
            yield needed("reason")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The status and the reason."""
        subtask = board.subtasks[self.subtask]
        return [put(subtask, status="cancelled", cancelled_at=by.at, reason=self.reason)]


def _entry(number: int, subtask: r.Subtask, by: Stamp, percent: int, text: str = "") -> r.ProgressEntry:
    return r.ProgressEntry(
        id=number,
        subtask=subtask.id,
        at=by.at,
        by=by.person,
        percent=percent,
        before=subtask.percent,
        recorded_at=by.recorded if by.recorded != by.at else None,
        next=text,
    )
