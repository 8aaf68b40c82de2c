"""Milestones of cards and subtasks (rulebook §3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from msgspec import Meta, field

from store import records as r
from store.board import Board
from store.changes import Change, add, compact, put
from store.errors import Refused
from store.operations.act import Act, Edit, needed, same_fields
from store.operations.base import Stamp, mint


class AddMilestone(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Add a milestone to a card.

    Args:
        id: minted.
        card: which.
        subtask: if it is one of a subtask of that card.
        name: what is reached.
        due: instant; may be left open.
        responsible: who brings it.
        department: whose it is.
        output: what is there when it is reached.
        tentative: the date is not firm (暂定).
    """

    adds: ClassVar[str] = "milestones"

    id: int = field(default_factory=mint)
    card: r.CardRef
    subtask: r.SubtaskRef | None = None
    name: str
    due: r.Instant | None = None
    responsible: r.PersonRef | None = None
    department: r.DepartmentRef | None = None
    output: str = ""
    tentative: bool = False

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """A name; the subtask is of the card."""
        if not self.name.strip():
            yield needed("name")
        if self.subtask and board.subtasks[self.subtask].card != self.card:
            yield Refused("The subtask belongs to another card.", code="refuse.card")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """The new milestone."""
        return [add(r.Milestone(id=self.id, **same_fields(self, r.Milestone)))]


class EditMilestone(Edit, frozen=True, kw_only=True, omit_defaults=True):
    """Change a milestone.

    Args:
        milestone: which.
        fields: any of name, due, responsible, department, output, tentative.
    """

    table: ClassVar[str] = "milestones"
    about: ClassVar[str] = "milestone"
    editable: ClassVar[frozenset[str]] = frozenset({"name", "due", "responsible", "department", "output", "tentative"})

    milestone: r.MilestoneRef
    fields: Annotated[dict[str, Any], Meta(extra={"fields": "milestones"})]


class ReachMilestone(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Say that a milestone is reached: its output is there.

    Args:
        milestone: not reached yet.
        output: what is there (kept as it was if left out).
    """

    about: ClassVar[str] = "milestone"

    milestone: r.MilestoneRef
    output: str = ""

    def reasons(self, board: Board, by: Stamp) -> Iterator[Refused]:
        """Once."""
        if board.milestones[self.milestone].reached_at is not None:
            yield Refused("Nothing here waits for your {verb}.", code="refuse.none", verb="step")

    def apply(self, board: Board, by: Stamp) -> list[Change]:
        """When, and the output."""
        milestone = board.milestones[self.milestone]
        return compact([put(milestone, reached_at=by.at, output=self.output or milestone.output)])
